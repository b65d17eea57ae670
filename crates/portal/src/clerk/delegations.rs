//! Who acts for the organisation besides its clerks: what was given to whom, until when, what they did, and giving more.

use super::{named, organisation, page, stage_tag};
use crate::delegations as words;
use crate::{Access, Caller, Posted, Problem, Routes, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Date, DelegationId, OrganisationId, PersonId};
use desk::{Event, Submission, Zone};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty, summary_list};
use frame::{Choice, Errors, Field, Size, Visit, Weight, format, problem, say, submit};
use parties::{Command, DelegatedAct, Delegation, Scope};
use profile::{Applicant, Service};
use std::collections::BTreeSet;

/// Delegations, and applications made under one, that are shown; the newest.
const SHOWN_MAX: usize = 100;

pub(super) fn routes() -> Routes {
    let clerk = Access::Clerk;
    Routes::new()
        .get("/{lang}/employer/delegations", clerk, list)
        .post("/{lang}/employer/delegations", clerk, offer)
        .get("/{lang}/employer/delegations/{delegation}", clerk, show)
        .post("/{lang}/employer/delegations/{delegation}/end", clerk, end)
}

/// What was typed and could not be taken, and why.
#[derive(Default)]
struct Typed {
    posted: Posted,
    errors: Errors,
    problem: Option<Markup>,
}

async fn list(caller: Caller) -> Result<Markup, Problem> {
    list_page(&caller, &Typed::default())
}

fn list_page(caller: &Caller, typed: &Typed) -> Result<Markup, Problem> {
    let id = organisation(caller)?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let all: Vec<_> = parties::delegations_of(&zone.parties, id).take(SHOWN_MAX).collect();
    let (over, open): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, known)| words::standing(caller, &zone, known).is_over());
    let faulty = !typed.errors.is_empty() || typed.problem.is_some();
    Ok(page(&visit, say!(l, "delegations-title")).lead(say!(l, "delegations-lead")).faulty(faulty).body(html! {
        (typed.errors.summary(l))
        @if let Some(problem) = &typed.problem { (problem) }
        h2 { (say!(l, "delegations-open")) }
        @if open.is_empty() { (empty(&say!(l, "delegations-none"), &say!(l, "delegations-none-text"), None)) }
        @else { (table(caller, &visit, &zone, say!(l, "delegations-open"), &open)) }
        @if !over.is_empty() {
            h2 { (say!(l, "delegations-over")) }
            (table(caller, &visit, &zone, say!(l, "delegations-over"), &over))
        }
        h2 { (say!(l, "delegations-give")) }
        (form(caller, &visit, id, typed))
    }))
}

fn table(caller: &Caller, visit: &Visit, zone: &Zone, caption: String, rows: &[(DelegationId, &Delegation)]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "delegations-delegate")),
        Column::text(say!(l, "delegation-standing")),
        Column::text(say!(l, "delegation-when")),
        Column::text(say!(l, "delegation-services")),
    ];
    Table::new(caption, columns).hide_caption().rows(rows.iter().map(|(id, known)| {
        [
            html! {
                a href=(visit.href(&format!("employer/delegations/{id}"))) { (words::delegate(caller, known)) }
                div.data__note { (id) }
            },
            words::standing_tag(l, words::standing(caller, zone, known)),
            html! { (words::days(l, &known.scope)) },
            words::services(caller, &known.scope),
        ]
    }))
}

/// Those that the organisation's clerks apply for.
fn on_offer(caller: &Caller) -> impl Iterator<Item = &Service> {
    let services = caller.portal.park.profile.services.values();
    services.filter(|service| service.may_be_applied_for_by(Applicant::Clerk))
}

fn form(caller: &Caller, visit: &Visit, id: OrganisationId, typed: &Typed) -> Markup {
    let l = visit.language;
    let limits = &caller.portal.park.profile.delegations;
    let posted = &typed.posted;
    let field =
        |name: &'static str, label: String| Field::new(name, label).value(posted.text(name)).errors(&typed.errors);
    let date =
        |name: &'static str, label: String| Field::new(name, label).value(posted.date(name)).errors(&typed.errors);
    let services: Vec<Choice> =
        on_offer(caller).map(|service| Choice::new(service.key.as_str(), service.name.get(l))).collect();
    // Not revealed by the choice above: the list is there without scripts, and no radio has to say that it opens one.
    let chosen =
        Field::new("service", say!(l, "delegations-which")).values(posted.texts("service")).errors(&typed.errors);
    let which =
        [Choice::new("all", say!(l, "delegation-all-services")), Choice::new("some", say!(l, "delegations-some"))];
    let acts = DelegatedAct::ALL.map(|act| Choice::new(act.as_str(), words::act(l, act)));
    html! {
        form method="post" action=(visit.href("employer/delegations")) novalidate {
            (visit.csrf_field())
            (once::field())
            (field("person", say!(l, "organisations-person")).hint(say!(l, "delegations-person-hint"))
                .size(Size::Short).without_spell_check().suggestions(people(caller, id)).text())
            (field("services", say!(l, "delegation-services")).radios(&which))
            (chosen.checkboxes(&services))
            (Field::new("act", say!(l, "delegation-acts")).values(posted.texts("act")).errors(&typed.errors)
                .checkboxes(&acts))
            (field("applications", say!(l, "delegations-applications")).hint(say!(l, "delegations-applications-hint"))
                .size(Size::Short).input_mode("numeric").text())
            (date("from", say!(l, "delegations-from")).date(l))
            (date("until", say!(l, "delegations-until"))
                .hint(say!(l, "delegations-until-hint", days = format::number(i64::from(limits.days_max)))).date(l))
            (submit(Weight::Primary, &say!(l, "delegations-give-submit")))
        }
    }
}

/// Numbers of the organisation's own people, whom the clerk may name.
fn people(caller: &Caller, id: OrganisationId) -> Vec<String> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let own: Vec<PersonId> = parties::people_of_organisation(&zone.parties, id).take(SHOWN_MAX).collect();
    let named = own.into_iter().filter(|person| Some(*person) != caller.actor.person());
    named.filter(|person| park.may_name(&caller.actor, *person)).map(|person| person.to_string()).collect()
}

async fn offer(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let organisation = organisation(&caller)?;
    let mut typed = Typed { posted, ..Typed::default() };
    let Some((delegate, scope)) = read(&caller, &typed.posted, &mut typed.errors) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, list_page(&caller, &typed)?).into_response());
    };
    let park = &caller.portal.park;
    let command = Command::OfferDelegation { organisation, delegate, scope };
    let key = once::key(&caller.actor, &typed.posted);
    let submission = Submission { actor: caller.actor.clone(), now: park.now(), commands: vec![command.into()], key };
    match park.desk.submit(submission).await {
        Ok(receipt) => {
            let id = receipt.events.iter().find_map(offered).ok_or(Problem::Broken)?;
            Ok(caller.done(&format!("employer/delegations/{id}"), "delegation-offered"))
        }
        Err(error) => {
            let error = Problem::from(error);
            let told = error.told(&caller);
            typed.problem = Some(problem(caller.language, &told.text, &told.remedy, told.section.as_deref()));
            Ok((error.status(), list_page(&caller, &typed)?).into_response())
        }
    }
}

/// Which delegation came of it.
pub(crate) fn offered(event: &Event) -> Option<DelegationId> {
    match event {
        Event::Parties(parties::Event::DelegationOffered { delegation, .. }) => Some(*delegation),
        Event::Zone(_)
        | Event::Parties(_)
        | Event::Cases(_)
        | Event::Permits(_)
        | Event::People(_)
        | Event::Letters(_) => None,
    }
}

/// `None` where something is missing; `errors` says what.
fn read(caller: &Caller, posted: &Posted, errors: &mut Errors) -> Option<(PersonId, Scope)> {
    let l = caller.language;
    let delegate: Option<PersonId> = posted.text("person").to_ascii_uppercase().parse().ok();
    if delegate.is_none() {
        errors.add("person", say!(l, "organisations-person-missing"));
    }
    let services: BTreeSet<_> = posted.texts("service").filter_map(base::Key::new).collect();
    let services = match posted.text("services") {
        "all" => Some(BTreeSet::new()),
        "some" if !services.is_empty() => Some(services),
        "some" => {
            errors.add("service", say!(l, "delegations-services-missing"));
            None
        }
        _ => {
            errors.add("services", say!(l, "delegations-services-missing"));
            None
        }
    };
    let acts: BTreeSet<_> =
        DelegatedAct::ALL.into_iter().filter(|act| posted.texts("act").any(|given| given == act.as_str())).collect();
    if acts.is_empty() {
        errors.add("act", say!(l, "delegations-acts-missing"));
    }
    let applications_max = match posted.text("applications") {
        "" => Some(None),
        typed => {
            let limit = typed.parse().ok().filter(|limit| *limit > 0);
            if limit.is_none() {
                errors.add("applications", say!(l, "delegations-applications-unclear"));
            }
            limit.map(Some)
        }
    };
    let mut date = |name: &'static str| {
        let date: Option<Date> = posted.date(name).parse().ok();
        if date.is_none() {
            errors.add(name, say!(l, "times-day-unclear"));
        }
        date
    };
    let (from, until) = (date("from"), date("until"));
    let scope = Scope { services: services?, acts, applications_max: applications_max?, from: from?, until: until? };
    errors.is_empty().then_some((delegate?, scope))
}

async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let id: DelegationId = named(&id)?;
    let zone = caller.portal.park.zone();
    let known = words::visible(&caller, &zone, &caller.actor, id)?;
    let visit = caller.visit();
    let l = caller.language;
    let may_end = !words::standing(&caller, &zone, known).is_over()
        && words::may(&caller, &zone, &caller.actor, "end_delegation", (id, known)).is_ok();
    let given_by = known.given_by.map(|clerk| {
        let row = html! { (caller.name_of(clerk)) };
        frame::parts::SummaryRow::new(say!(l, "delegation-given-by"), row)
    });
    let rows = words::rows(&caller, &visit, &zone, (id, known)).into_iter().chain(given_by);
    Ok(page(&visit, words::delegate(&caller, known))
        .crumb(say!(l, "delegations-title"), visit.href("employer/delegations"))
        .caption(id.to_string())
        .body(html! {
            (summary_list(rows))
            @if may_end {
                form method="post" action=(visit.href(&format!("employer/delegations/{id}/end"))) {
                    (visit.csrf_field())
                    (submit(Weight::Secondary, &say!(l, "delegation-end")))
                }
            }
            h2 { (say!(l, "delegation-did")) }
            (done_under(&caller, &visit, &zone, id))
        }))
}

/// What the delegate applied for in the organisation's name.
fn done_under(caller: &Caller, visit: &Visit, zone: &Zone, id: DelegationId) -> Markup {
    let l = visit.language;
    let opened: Vec<_> = cases::of_delegation(&zone.cases, id).take(SHOWN_MAX).collect();
    if opened.is_empty() {
        return empty(&say!(l, "delegation-did-nothing"), &say!(l, "delegation-did-nothing-text"), None);
    }
    let columns = [
        Column::text(say!(l, "own-case-service")),
        Column::text(say!(l, "own-case-opened")),
        Column::text(say!(l, "own-case-stage")),
    ];
    let table = Table::new(say!(l, "delegation-did"), columns).hide_caption();
    html! {
        (table.rows(opened.into_iter().map(|(case, known)| {
            [super::case_link(caller, visit, zone, (case, known)), visit.time(known.opened_at), stage_tag(l, known)]
        })))
    }
}

async fn end(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let delegation: DelegationId = named(&id)?;
    let park = &caller.portal.park;
    park.desk.command(caller.actor.clone(), park.now(), Command::EndDelegation { delegation }).await?;
    Ok(caller.done(&format!("employer/delegations/{delegation}"), "delegation-ended"))
}
