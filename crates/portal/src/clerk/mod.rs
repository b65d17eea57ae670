//! Pages of an organisation's clerks: what was applied for, rosters and their faulty rows, visitors, people.
//!
//! A clerk sees the own organisation alone; that is the rulebook's to say, and it is asked before anything is opened.

mod apply;
pub(crate) mod delegations;
mod mend;
mod overview;
mod people;
mod roster;
mod team;
mod tokens;

use crate::application;
use crate::{Access, Caller, Problem, Routes};
use base::{CaseId, Language, OrganisationId};
use cases::{Case, Outcome, Stage};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Tone, tag};
use frame::{Page, Visit, say};
use profile::{Applicant, Effect, Service};
use std::str::FromStr;

pub(crate) use people::link_sent;
pub(crate) use roster::guidance;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(delegations::routes())
        .get("/{lang}/employer", Access::Organisation, overview::show)
        .get("/{lang}/employer/tokens", Access::Organisation, tokens::show)
        .post("/{lang}/employer/tokens", Access::Organisation, tokens::issue)
        .post("/{lang}/employer/tokens/{token}/revoke", Access::Organisation, tokens::revoke)
        .get("/{lang}/employer/people", Access::Organisation, people::show)
        .post("/{lang}/employer/people/{person}/invite", Access::Organisation, people::invite)
        .get("/{lang}/employer/apply/{service}", Access::Organisation, apply::show)
        .post("/{lang}/employer/apply/{service}", Access::Organisation, apply::apply)
        .get("/{lang}/employer/team/{service}", Access::Organisation, team::show)
        .post("/{lang}/employer/team/{service}", Access::Organisation, team::apply)
        .get("/{lang}/employer/roster/{service}", Access::Organisation, roster::show)
        .upload("/{lang}/employer/roster/{service}", Access::Organisation, roster::upload)
        .get("/{lang}/employer/roster-template", Access::Organisation, roster::template)
        .get("/{lang}/employer/rosters/{roster}", Access::Organisation, roster::result)
        .get("/{lang}/employer/rosters/{roster}/rows/{line}", Access::Organisation, mend::show)
        .post("/{lang}/employer/rosters/{roster}/rows/{line}", Access::Organisation, mend::mend)
}

/// The organisation that the caller acts for.
fn organisation(caller: &Caller) -> Result<OrganisationId, Problem> {
    caller.actor.organisation().ok_or(Problem::WrongCapacity)
}

/// A piece of the path that names something: what does not parse names nothing.
pub(crate) fn named<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// A service that clerks apply for.
fn service<'a>(caller: &'a Caller, key: &str) -> Result<&'a Service, Problem> {
    application::service(caller, key, Applicant::Clerk)
}

/// Whether a service is applied for by rosters: one whose pass begins when it is issued, not on a day of one's own.
fn takes_rosters(service: &Service) -> bool {
    // No row brings a file.
    matches!(&service.effect, Effect::IssuePermit(template) if !template.days_from_request)
        && service.uploads().next().is_none()
}

/// A page of the clerks' circle.
pub(crate) fn page(visit: &Visit, title: String) -> Page<'_> {
    visit.page(title).crumb(say!(visit.language, "clerk-title"), visit.href("employer"))
}

/// The service that a case is of, leading to its page where the caller may see it.
fn case_link(caller: &Caller, visit: &Visit, zone: &Zone, (id, case): (CaseId, &Case)) -> Markup {
    let l = visit.language;
    let service = caller.portal.park.profile.service_at(&case.service, case.service_version);
    let service = service.map_or("", |service| service.name.get(l));
    html! {
        @if may_see(caller, zone, id) { a href=(visit.href(&format!("me/cases/{id}"))) { (service) } } @else { (service) }
        div.data__note { (id) }
    }
}

fn may_see(caller: &Caller, zone: &Zone, id: CaseId) -> bool {
    caller.on_case(id).is_ok_and(|actor| caller.portal.case(zone, &actor, id).is_ok())
}

/// Where a case stands.
pub(crate) fn stage_tag(language: Language, case: &Case) -> Markup {
    let (tone, word) = match case.stage {
        Stage::Confirming => (Tone::Caution, say!(language, "stage-confirming")),
        Stage::Deciding => (Tone::Active, say!(language, "stage-deciding")),
        Stage::Decided(Outcome::Approved) => (Tone::Good, say!(language, "stage-approved")),
        Stage::Decided(Outcome::Refused) => (Tone::Bad, say!(language, "stage-refused")),
        Stage::Decided(Outcome::Withdrawn) => (Tone::Neutral, say!(language, "stage-withdrawn")),
    };
    tag(tone, &word)
}

/// How a case ended, in a word.
pub(crate) fn stage_word(language: Language, outcome: Outcome) -> String {
    match outcome {
        Outcome::Approved => say!(language, "stage-approved"),
        Outcome::Refused => say!(language, "stage-refused"),
        Outcome::Withdrawn => say!(language, "stage-withdrawn"),
    }
}

/// Whether a pass is in force.
pub(crate) fn status_tag(language: Language, status: permits::Status) -> Markup {
    let (tone, word) = match status {
        permits::Status::Valid => (Tone::Good, say!(language, "pass-valid")),
        permits::Status::Suspended => (Tone::Caution, say!(language, "pass-suspended")),
        permits::Status::Revoked => (Tone::Bad, say!(language, "pass-revoked")),
    };
    tag(tone, &word)
}
