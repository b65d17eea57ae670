//! Passes before an officer: found by number or by their holder, suspended, resumed, revoked.

use super::{Part, desk_tabs, name_of, office, page, rules};
use crate::clerk::{named, status_tag};
use crate::finding::{self, Found};
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base::{Direction, Language, Outcome, PermitId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, SummaryRow, Table, card, empty, summary_list, warning};
use frame::{Choice, Errors, Field, Size, Visit, Weight, button_link, format, say, submit};
use permits::{Permit, Reason, Status};

/// The longest note that the page takes.
const NOTE_CHARS_MAX: u32 = 4_000;
/// Passes shown that wait for an officer's look, the oldest.
const WAITING_MAX: usize = 50;

/// What was looked for, and what there was.
type Asked<'a> = Option<(&'a str, Found)>;

pub(super) async fn show_search(caller: Caller) -> Result<Markup, Problem> {
    search_page(&caller, None)
}

/// Posted, though nothing is changed: what officers look for is personal, and would stand in addresses, histories and the
/// logs of every machine on the way. So the answer is a page of its own.
pub(super) async fn search(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    office(&caller)?;
    let typed = posted.text("wanted").trim().to_owned();
    let (portal, actor, wanted) = (caller.portal.clone(), caller.actor.clone(), typed.clone());
    let found = tokio::task::spawn_blocking(move || finding::find(&portal, &actor, &wanted)).await;
    let found = found.map_err(|_| Problem::Broken)?;
    if let [only] = found.permits.as_slice() {
        return Ok(Redirect::to(&caller.href(&format!("office/passes/{only}"))).into_response());
    }
    let status = if found.permits.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let page = search_page(&caller, Some((&typed, found)))?;
    Ok((status, page).into_response())
}

fn search_page(caller: &Caller, asked: Asked) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let mut errors = Errors::new();
    if asked.as_ref().is_some_and(|(_, found)| found.permits.is_empty()) {
        errors.add("wanted", say!(l, "passes-not-found"));
    }
    let typed = asked.as_ref().map_or("", |(typed, _)| typed);
    let page = page(&visit, office, say!(l, "passes-title")).lead(say!(l, "passes-lead")).faulty(!errors.is_empty());
    Ok(page.body(html! {
        (errors.summary(l))
        (desk_tabs(caller, &visit, &zone, office, Part::Passes))
        form method="post" action=(visit.href("office/passes")) novalidate {
            (visit.csrf_field())
            (Field::new("wanted", say!(l, "passes-wanted")).hint(say!(l, "passes-wanted-hint")).value(typed)
                .errors(&errors).size(Size::Medium).characters_max(finding::CHARS_MAX as u32)
                .autocomplete("off").without_spell_check().text())
            (submit(Weight::Primary, &say!(l, "passes-search")))
        }
        @match &asked {
            Some((_, found)) => (hits(caller, &visit, &zone, found)),
            None if zone.permits.permits.is_empty() => {
                (empty(&say!(l, "passes-none"), &say!(l, "passes-none-text"), None))
            }
            None if rules::may_see_passes(caller, &zone) => (to_look_at(caller, &visit, &zone)),
            None => {}
        }
    }))
}

fn hits(caller: &Caller, visit: &Visit, zone: &Zone, found: &Found) -> Markup {
    let l = visit.language;
    let known: Vec<(PermitId, &Permit)> =
        found.permits.iter().filter_map(|id| Some((*id, permits::permit(&zone.permits, *id)?))).collect();
    html! {
        @if !known.is_empty() {
            h2 { (say!(l, "passes-found", count = known.len())) }
            (table(caller, visit, zone, &known))
        }
        @if found.cut { p.govuk-hint { (say!(l, "passes-found-cut")) } }
    }
}

/// Passes whose holders changed their document: nobody asks for them by number, so they are shown.
fn to_look_at(caller: &Caller, visit: &Visit, zone: &Zone) -> Markup {
    let l = visit.language;
    let waiting = zone.permits.to_look_at.iter().take(WAITING_MAX);
    let waiting: Vec<(PermitId, &Permit)> =
        waiting.filter_map(|id| Some((*id, permits::permit(&zone.permits, *id)?))).collect();
    let total = zone.permits.to_look_at.len();
    html! {
        @if !waiting.is_empty() {
            h2 { (say!(l, "passes-to-look-at")) }
            p { (say!(l, "passes-to-look-at-text")) }
            (table(caller, visit, zone, &waiting))
            @if total > waiting.len() {
                p.govuk-hint {
                    (say!(l, "passes-to-look-at-cut", shown = waiting.len(), total = total))
                }
            }
        }
    }
}

fn table(caller: &Caller, visit: &Visit, zone: &Zone, found: &[(PermitId, &Permit)]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "pass-number")),
        Column::text(say!(l, "pass-holder")),
        Column::text(say!(l, "pass-employer")),
        Column::text(say!(l, "pass-status")),
    ];
    let employer = |permit: &Permit| {
        let known = permit.issue.organisation.and_then(|id| parties::organisation(&zone.parties, id));
        known.map_or_else(|| "–".to_owned(), |known| known.name.get(l).to_owned())
    };
    Table::new(say!(l, "passes-title"), columns).hide_caption().rows(found.iter().map(|(id, permit)| {
        [
            html! { a href=(visit.href(&format!("office/passes/{id}"))) { (id) } },
            html! { (name_of(caller, zone, permit.issue.holder, Some(permit.issue.case))) },
            html! { (employer(permit)) },
            status_tag(l, permit.status),
        ]
    }))
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    pass_page(&caller, named(&id)?, &Errors::new(), "")
}

pub(super) async fn act(
    caller: Caller,
    Path((_, id, action)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id: PermitId = named(&id)?;
    // Every form of the page has a reason and a note of its own, named after what it does.
    let note = posted.text(&format!("{action}-note"));
    let given = posted.text(&format!("{action}-reason"));
    let reason = officers_reasons().find(|reason| reason.as_str() == given);
    let park = &caller.portal.park;
    let done = match (action.as_str(), reason) {
        ("resume", _) => {
            park.resume_permit(&caller.actor, id, note).await?;
            "pass-resumed"
        }
        ("suspend", Some(reason)) => {
            park.suspend_permit(&caller.actor, id, reason, note).await?;
            "pass-suspended"
        }
        ("revoke", Some(reason)) => {
            park.revoke_permit(&caller.actor, id, reason, note).await?;
            "pass-revoked"
        }
        ("suspend" | "revoke", None) => {
            let mut errors = Errors::new();
            errors.add(format!("{action}-reason"), say!(caller.language, "pass-reason-missing"));
            let page = pass_page(&caller, id, &errors, note)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        _ => return Err(Problem::NotFound),
    };
    Ok(caller.done(&format!("office/passes/{id}"), done))
}

fn pass_page(caller: &Caller, id: PermitId, errors: &Errors, note: &str) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    let permit = caller.portal.permit(&zone, &caller.actor, id)?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, office, say!(l, "pass-title", permit = id.to_string()))
        .crumb(say!(l, "passes-title"), visit.href("office/passes"))
        .actions(status_tag(l, permit.status))
        .faulty(!errors.is_empty())
        .body(html! {
            (errors.summary(l))
            (summary_list(facts(caller, &visit, &zone, permit).into_iter().chain(looked_at(caller, &visit, &zone, permit))))
            (forms(caller, &visit, &zone, id, permit, errors, note))
        }))
}

fn facts(caller: &Caller, visit: &Visit, zone: &Zone, permit: &Permit) -> Vec<SummaryRow> {
    let l = visit.language;
    let issue = &permit.issue;
    let employer = issue.organisation.and_then(|id| parties::organisation(&zone.parties, id));
    let profile = &caller.portal.park.profile;
    let service =
        cases::case(&zone.cases, issue.case).and_then(|case| profile.service_at(&case.service, case.service_version));
    let bridges = issue.scope.bridges.iter().filter_map(|bridge| profile.bridges.get(bridge));
    let bridges: Vec<&str> = bridges.map(|bridge| bridge.name.get(l)).collect();
    let case = visit.href(&format!("office/cases/{}", issue.case));
    let case_open = caller.portal.case(zone, &caller.actor, issue.case).is_ok();
    let separator = frame::format::list_gap(l);
    vec![
        SummaryRow::new(
            say!(l, "pass-holder"),
            html! { (name_of(caller, zone, issue.holder, Some(issue.case))) " · " (issue.holder) },
        ),
        SummaryRow::new(say!(l, "pass-service"), html! { (service.map_or("–", |service| service.name.get(l))) }),
        SummaryRow::new(say!(l, "pass-employer"), html! { (employer.map_or("–", |known| known.name.get(l))) }),
        SummaryRow::new(
            say!(l, "pass-validity"),
            html! {
                (visit.time(issue.valid_from)) " – " (visit.time(issue.valid_until))
            },
        ),
        SummaryRow::new(say!(l, "pass-bridges"), html! { (bridges.join(separator)) }),
        SummaryRow::new(
            say!(l, "pass-directions"),
            html! {
                (issue.scope.directions.iter().map(|way| direction(l, *way)).collect::<Vec<_>>().join(separator))
            },
        ),
        SummaryRow::new(
            say!(l, "pass-hours"),
            html! {
                (clock_time(issue.scope.minute_from)) "–" (clock_time(issue.scope.minute_until))
            },
        ),
        SummaryRow::new(
            say!(l, "pass-stopped-for"),
            permit.stopped_for.map_or_else(|| "–".to_owned(), |reason| reason_word(l, reason)),
        ),
        SummaryRow::new(
            say!(l, "pass-case"),
            html! {
                @if case_open { a href=(case) { (issue.case) } } @else { (issue.case) }
            },
        ),
        SummaryRow::new(say!(l, "pass-devices"), html! { (format::number(permit.bindings.len() as i64)) }),
    ]
}

/// What an officer compares before a pass is resumed: the document as its holder confirmed it.
fn looked_at(caller: &Caller, visit: &Visit, zone: &Zone, permit: &Permit) -> Vec<SummaryRow> {
    let holder = permit.issue.holder;
    let person = parties::person(&zone.parties, holder);
    let over = Some(permit.issue.case);
    let shown =
        person.filter(|_| caller.portal.view_person(zone, &caller.actor, holder, over, cases::Seen::Opened).is_ok());
    shown.map(|known| super::case::document(caller, visit, holder, known)).unwrap_or_default()
}

pub(crate) fn direction(l: Language, direction: Direction) -> String {
    match direction {
        Direction::Northbound => say!(l, "direction-northbound"),
        Direction::Southbound => say!(l, "direction-southbound"),
    }
}

fn clock_time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A form for each thing that this officer may do with the pass as it stands.
fn forms(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    id: PermitId,
    permit: &Permit,
    errors: &Errors,
    note: &str,
) -> Markup {
    let l = visit.language;
    let may = |action| rules::about_permit(caller, zone, id, permit, action);
    let revocable = permit.status != Status::Revoked;
    let revoke = may("revoke_permit");
    html! {
        @match permit.status {
            Status::Valid if may("suspend_permit").outcome == Outcome::Permitted => {
                (card(&say!(l, "pass-suspend"), form(visit, id, Act::Suspend, errors, note)))
            }
            Status::Suspended => { (resuming(caller, visit, zone, (id, permit), errors, note)) }
            Status::Valid | Status::Revoked => {}
        }
        @if revocable && revoke.outcome == Outcome::Permitted {
            (card(&say!(l, "pass-revoke"), form(visit, id, Act::Revoke, errors, note)))
            (card(&say!(l, "pass-revocation"), html! {
                p { (say!(l, "pass-revocation-text")) }
                (button_link(Weight::Secondary, &say!(l, "pass-revocation-open"),
                    &visit.href(&format!("office/passes/{id}/revocation"))))
            }))
        } @else if revocable {
            (card(&say!(l, "case-rule"), rules::told(caller, &revoke)))
        }
    }
}

/// Of a suspended pass: resuming it, or the rule that stands in the way. One that is suspended for a withdrawn consent
/// comes back with the consent, unless an officer has a cause of their own to stop it.
fn resuming(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    (id, permit): (PermitId, &Permit),
    errors: &Errors,
    note: &str,
) -> Markup {
    let l = visit.language;
    let may = |action| rules::about_permit(caller, zone, id, permit, action);
    let resume = may("resume_permit");
    let by_consent_alone = permit.stopped_for == Some(Reason::ConsentWithdrawn);
    html! {
        @if resume.outcome == Outcome::Permitted {
            (card(&say!(l, "pass-resume"), form(visit, id, Act::Resume, errors, note)))
        } @else {
            (card(&say!(l, "pass-resume"), rules::told(caller, &resume)))
        }
        @if by_consent_alone && may("suspend_permit").outcome == Outcome::Permitted {
            (card(&say!(l, "pass-suspend"), form(visit, id, Act::Suspend, errors, note)))
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Suspend,
    Resume,
    Revoke,
}

impl Act {
    fn key(self) -> &'static str {
        match self {
            Act::Suspend => "suspend",
            Act::Resume => "resume",
            Act::Revoke => "revoke",
        }
    }

    fn weight(self) -> Weight {
        match self {
            Act::Suspend | Act::Resume => Weight::Secondary,
            Act::Revoke => Weight::Grave,
        }
    }

    fn label(self, l: Language) -> String {
        match self {
            Act::Suspend => say!(l, "pass-suspend"),
            Act::Resume => say!(l, "pass-resume"),
            Act::Revoke => say!(l, "pass-revoke"),
        }
    }
}

fn form(visit: &Visit, id: PermitId, act: Act, errors: &Errors, note: &str) -> Markup {
    let l = visit.language;
    let action = visit.href(&format!("office/passes/{id}/{}", act.key()));
    let reasons: Vec<Choice> =
        officers_reasons().map(|reason| Choice::new(reason.as_str(), reason_word(l, reason))).collect();
    let (reason, noted) = (format!("{}-reason", act.key()), format!("{}-note", act.key()));
    html! {
        form method="post" action=(action) novalidate {
            (visit.csrf_field())
            @if act == Act::Revoke { (warning(&say!(l, "word-warning"), &say!(l, "pass-revoke-warning"))) }
            @if act != Act::Resume {
                (Field::new(reason, say!(l, "pass-reason")).errors(errors).select(&with_none(l, &reasons)))
            }
            (Field::new(noted, say!(l, "pass-note")).hint(say!(l, "pass-note-hint")).value(note)
                .characters_max(NOTE_CHARS_MAX).long_text(2))
            (submit(act.weight(), &act.label(l)))
        }
    }
}

fn with_none(l: Language, reasons: &[Choice]) -> Vec<Choice> {
    std::iter::once(Choice::new("", say!(l, "pass-reason-choose"))).chain(reasons.iter().cloned()).collect()
}

/// What an officer may give as a reason.
fn officers_reasons() -> impl Iterator<Item = Reason> {
    Reason::ALL.into_iter().filter(|reason| !reason.is_the_platforms())
}

fn reason_word(l: Language, reason: Reason) -> String {
    match reason {
        Reason::Lost => say!(l, "reason-lost"),
        Reason::LeftEmployer => say!(l, "reason-left-employer"),
        Reason::Misuse => say!(l, "reason-misuse"),
        Reason::OfficeRequest => say!(l, "reason-office-request"),
        Reason::HolderRequest => say!(l, "reason-holder-request"),
        Reason::CaseDecided => say!(l, "reason-case-decided"),
        Reason::ConsentWithdrawn => say!(l, "reason-consent-withdrawn"),
        Reason::DocumentChanged => say!(l, "reason-document-changed"),
    }
}
