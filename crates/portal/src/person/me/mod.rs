//! Pages of one's own applications: what is asked of me, what becomes of what I asked for, what I agreed to.
//!
//! Everybody is here for themself, whatever capacity their session is in; only on a page of an application of the
//! organisation for which they act, they act for it (`Caller::on_case`). What may be seen and done is asked of the
//! rulebook; that a step is open is the rooms' to say.

mod accesses;
mod answer;
pub(crate) mod apply;
mod case;
mod changes;
mod confirm;
mod consents;
mod consents_missing;
mod delegations;
mod document;
mod erasure;
mod granted;
mod history;
mod kiosk;
pub(crate) mod messages;
mod next;
mod overview;
mod receipt;
mod remarks;
mod renewal;
mod settings;
mod signing;
mod tasks;
mod told;
mod withdraw;
mod works;

use crate::{Access, Caller, Problem, Routes};
use base::{Actor, CaseId, PersonId, Question};
use cases::{Case, Leg};
use desk::Zone;
use frame::{Page, Visit, say};

pub(crate) fn routes() -> Routes {
    let own = Access::SignedIn;
    Routes::new()
        .get("/{lang}/me", own, overview::show)
        .get("/{lang}/me/apply/{service}", own, apply::show)
        .post("/{lang}/me/apply/{service}", own, apply::apply)
        .get("/{lang}/me/cases/{case}", own, case::show)
        .get("/{lang}/me/cases/{case}/confirm", own, confirm::show)
        .post("/{lang}/me/cases/{case}/confirm", own, confirm::submit)
        .get("/{lang}/me/cases/{case}/confirm/document", own, document::show)
        .post("/{lang}/me/cases/{case}/confirm/document", own, document::confirm)
        .get("/{lang}/me/cases/{case}/confirm/consents/{consent}", own, consents::ask)
        .post("/{lang}/me/cases/{case}/confirm/consents/{consent}", own, consents::answer)
        .post("/{lang}/me/cases/{case}/legs/{leg}/answer", own, answer::send)
        .post("/{lang}/me/cases/{case}/legs/{leg}/work/{act}", own, works::act)
        .post("/{lang}/me/cases/{case}/legs/{leg}/sign/question", own, signing::question)
        .post("/{lang}/me/cases/{case}/legs/{leg}/sign/answer", own, signing::answer)
        .get("/{lang}/me/cases/{case}/change/{kind}", own, changes::show)
        .post("/{lang}/me/cases/{case}/change/{kind}", own, changes::ask)
        .post("/{lang}/me/cases/{case}/remarks", own, remarks::write)
        .get("/{lang}/me/cases/{case}/withdraw", own, withdraw::ask)
        .post("/{lang}/me/cases/{case}/withdraw", own, withdraw::withdraw)
        .get("/{lang}/me/cases/{case}/receipts/{sequence}", own, receipt::download)
        .get("/{lang}/me/messages", own, messages::show)
        .get("/{lang}/me/document", own, renewal::show)
        .post("/{lang}/me/document", own, renewal::renew)
        .get("/{lang}/me/consents", own, consents::show)
        .get("/{lang}/me/consents/{consent}", own, consents::ask_to_withdraw)
        .post("/{lang}/me/consents/{consent}", own, consents::withdraw)
        .get("/{lang}/me/consents/{consent}/again", own, consents_missing::ask)
        .post("/{lang}/me/consents/{consent}/again", own, consents_missing::give)
        .get("/{lang}/me/accesses", own, accesses::show)
        .get("/{lang}/me/kiosk", own, kiosk::ask)
        .post("/{lang}/me/kiosk", own, kiosk::make)
        .get("/{lang}/me/settings", own, settings::show)
        .post("/{lang}/me/settings", own, settings::set_language)
        .get("/{lang}/me/delegations", own, delegations::list)
        .get("/{lang}/me/delegations/{delegation}", own, delegations::show)
        .post("/{lang}/me/delegations/{delegation}/accept", own, delegations::accept)
        .post("/{lang}/me/delegations/{delegation}/decline", own, delegations::decline)
        .post("/{lang}/me/delegations/{delegation}/end", own, delegations::end)
        .get("/{lang}/me/erasure", own, erasure::show)
        .post("/{lang}/me/erasure", own, erasure::ask)
}

/// A page of one's own affairs.
pub(crate) fn page(visit: &Visit, title: String) -> Page<'_> {
    visit.page(title).crumb(say!(visit.language, "own-title"), visit.href("me"))
}

/// The cases about the person, newest first, and none of an organisation.
pub(crate) fn private_cases(zone: &Zone, me: PersonId) -> impl Iterator<Item = (CaseId, &Case)> + '_ {
    cases::of_subject(&zone.cases, me).filter(|(_, case)| !cases::is_of_organisation(&zone.cases, case))
}

/// A page that belongs to one application.
fn case_page<'a>(visit: &'a Visit, id: CaseId, service: &str, title: String) -> Page<'a> {
    page(visit, title).crumb(service, visit.href(&format!("me/cases/{id}"))).caption(id.to_string())
}

/// The same about one leg: `sign_undertaking`, `name_signatory`, `book_appointment`.
fn may_on_leg(
    caller: &Caller,
    zone: &Zone,
    (id, case): (CaseId, &Case),
    leg: &Leg,
    action: &'static str,
) -> Result<(), Problem> {
    let actor = caller.on_case(id)?;
    let resource = cases::entity(&zone.cases, id, case, Some(leg));
    caller.portal.ask(&Question::new(action, caller.portal.principal(zone, &actor), resource))
}

/// Asked of the rulebook before a page offers what a form would be refused: `submit_case`, `withdraw_case`,
/// `answer_question`.
fn may(caller: &Caller, zone: &Zone, (id, case): (CaseId, &Case), action: &'static str) -> Result<Actor, Problem> {
    let actor = caller.on_case(id)?;
    let resource = cases::entity(&zone.cases, id, case, None);
    caller.portal.ask(&Question::new(action, caller.portal.principal(zone, &actor), resource))?;
    Ok(actor)
}
