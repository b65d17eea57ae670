//! A person's first page: what is asked of them now, their applications, their passes, what happened lately.

use super::tasks as leg_tasks;
use super::{consents_missing, next};
use crate::casework;
use crate::clerk::{stage_tag, status_tag};
use crate::{Caller, Problem};
use base::{CaseId, Instant, PermitId, PersonId};
use cases::{Case, Event, LegState, Stage, Work};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Link, Step, SummaryRow, Table, Task, Tone, empty, summary_list, tag, tasks, timeline};
use frame::{Visit, Weight, button_link, format, say};
use permits::{Permit, Status};

/// What is older is found with its application.
const NEWS_WITHIN: i64 = 30 * Instant::DAY;
const NEWS_MAX: usize = 8;
/// Applications whose history is read for news: the newest.
const NEWS_CASES_MAX: usize = 5;
/// Applications and passes shown, the newest; nobody has more by honest means.
const SHOWN_MAX: usize = 50;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let me = caller.person()?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let own: Vec<(CaseId, &Case)> = cases::own(&zone.cases, &zone.parties, me).take(SHOWN_MAX).collect();
    let mut passes: Vec<(PermitId, &Permit)> = permits::of_holder(&zone.permits, me).collect();
    passes.reverse();
    passes.truncate(SHOWN_MAX);
    // Somebody else's application may wait for my signature.
    let to_sign = cases::to_sign(&zone.cases, me).filter(|(id, _)| !own.iter().any(|(known, _)| known == id));
    let asked_in: Vec<(CaseId, &Case)> = own.iter().copied().chain(to_sign.take(SHOWN_MAX)).collect();
    let mut asked = asked_of_me(&caller, &visit, me, &asked_in, &passes);
    asked.extend(consents_missing::tasks(&caller, &visit, &zone)?);
    asked.extend(super::delegations::tasks(&caller, &visit, &zone)?);
    asked.extend(document_to_renew(&caller, &visit, &zone, me, &passes));
    Ok(visit.page(say!(l, "own-title")).lead(say!(l, "own-lead")).body(html! {
        h2 { (say!(l, "own-asked")) }
        @if asked.is_empty() { p { (say!(l, "own-asked-nothing")) } } @else { (tasks(&asked)) }
        (crate::drafts::waiting(&caller, &caller.as_person()?)?)
        (super::delegations::in_force(&caller, &visit, &zone)?)
        h2 { (say!(l, "own-cases")) }
        @if own.is_empty() {
            @let services = button_link(Weight::Secondary, &say!(l, "own-cases-services"), &visit.href("services"));
            (empty(&say!(l, "own-cases-none"), &say!(l, "own-cases-none-text"), Some(services)))
        } @else { (applications(&caller, &visit, &own)) }
        h2 { (say!(l, "own-passes")) }
        @if passes.is_empty() {
            (empty(&say!(l, "own-passes-none"), &say!(l, "own-passes-none-text"), None))
        } @else {
            (summary_list(passes.iter().map(|(id, permit)| pass(&caller, &visit, &zone, me, *id, permit))))
            p { a href=(visit.href("passes")) { (say!(l, "own-passes-all")) } }
        }
        (news(&caller, &visit, &own)?)
        h2 { (say!(l, "own-more")) }
        ul {
            li { a href=(visit.href("me/messages")) { (say!(l, "messages-title")) } }
            li { a href=(visit.href("me/document")) { (say!(l, "own-renewal-title")) } }
            li { a href=(visit.href("me/consents")) { (say!(l, "own-consents-title")) } }
            li { a href=(visit.href("me/delegations")) { (say!(l, "own-delegations-title")) } }
            li { a href=(visit.href("me/accesses")) { (say!(l, "own-accesses-title")) } }
            li { a href=(visit.href("me/kiosk")) { (say!(l, "kiosk-code-title")) } }
            li { a href=(visit.href("me/settings")) { (say!(l, "own-settings-title")) } }
        }
    }))
}

/// Confirm and submit, answer, collect: in the order in which others wait for it.
fn asked_of_me(
    caller: &Caller,
    visit: &Visit,
    me: PersonId,
    own: &[(CaseId, &Case)],
    passes: &[(PermitId, &Permit)],
) -> Vec<Task> {
    let l = visit.language;
    let now = caller.portal.park.now();
    let to_do = || (Tone::Caution, say!(l, "own-task-to-do"));
    let mut asked = Vec::new();
    for (id, case) in own {
        let offices = case.legs.iter().filter(|leg| leg.state == LegState::Asked && case.stage == Stage::Deciding);
        asked.extend(offices.map(|leg| Task {
            link: Link::new(
                say!(l, "own-task-answer", office = next::office_name(caller, &leg.office)),
                visit.href(&format!("me/cases/{id}#question-{}", leg.key)),
            ),
            hint: Some(service_name(caller, case)),
            status: to_do(),
        }));
    }
    for (id, case) in own {
        asked.extend(leg_tasks::waiting(l, me, case).map(|(label, leg)| Task {
            link: Link::new(label, visit.href(&format!("me/cases/{id}#task-{}", leg.key))),
            hint: Some(format!("{} · {id}", service_name(caller, case))),
            status: to_do(),
        }));
    }
    let confirming = own.iter().filter(|(_, case)| case.stage == Stage::Confirming);
    asked.extend(confirming.map(|(id, case)| Task {
        link: Link::new(say!(l, "own-task-confirm"), visit.href(&format!("me/cases/{id}/confirm"))),
        hint: Some(service_name(caller, case)),
        status: to_do(),
    }));
    let waiting = passes.iter().filter(|(_, permit)| is_to_collect(permit, now));
    asked.extend(waiting.map(|(id, permit)| Task {
        link: Link::new(say!(l, "own-task-collect"), visit.href(&format!("passes/{id}"))),
        hint: Some(format!("{} · {id}", pass_name(caller, permit))),
        status: to_do(),
    }));
    asked
}

/// No gate lets anybody pass whose document has expired.
fn document_to_renew(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    me: PersonId,
    passes: &[(PermitId, &Permit)],
) -> Option<Task> {
    let l = visit.language;
    let now = caller.portal.park.now();
    let person = parties::person(&zone.parties, me)?;
    let today = caller.portal.park.profile.local_date(person.home_bank, now);
    let expires = person.document.as_ref()?.expires;
    let needed = passes.iter().any(|(_, permit)| permit.status != Status::Revoked && permit.issue.valid_until > now);
    (needed && expires < today).then(|| Task {
        link: Link::new(say!(l, "own-task-renew"), visit.href("me/document")),
        hint: Some(say!(l, "own-task-renew-hint", date = format::date(l, expires))),
        status: (Tone::Caution, say!(l, "own-task-to-do")),
    })
}

fn is_to_collect(permit: &Permit, now: Instant) -> bool {
    permit.status == Status::Valid && permit.bindings.is_empty() && permit.issue.valid_until > now
}

fn applications(caller: &Caller, visit: &Visit, own: &[(CaseId, &Case)]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "own-case-service")),
        Column::text(say!(l, "own-case-opened")),
        Column::text(say!(l, "own-case-stage")),
        Column::text(say!(l, "own-case-offices")),
    ];
    Table::new(say!(l, "own-cases"), columns).hide_caption().rows(own.iter().map(|(id, case)| {
        [
            html! { a href=(visit.href(&format!("me/cases/{id}"))) { (service_name(caller, case)) } " " (id) },
            visit.time(case.opened_at),
            stage_tag(l, case),
            legs_in_short(caller, case),
        ]
    }))
}

/// `Hong Kong: being decided, by 27 November 2026`.
fn legs_in_short(caller: &Caller, case: &Case) -> Markup {
    let l = caller.language;
    let zone = caller.portal.park.zone();
    let profile = &caller.portal.park.profile;
    html! {
        @if case.legs.is_empty() { (say!(l, "own-case-not-started")) }
        @for leg in &case.legs {
            @let (tone, word) = casework::works::status(l, leg).unwrap_or_else(|| casework::leg_status(l, leg.state));
            @let bank = profile.bank(leg.bank).map_or("", |bank| bank.short_name.get(l));
            div {
                (bank) " " (tag(tone, &word))
                @if let (LegState::Open, Some(due)) = (leg.state, cases::due(&zone.cases, profile, leg)) {
                    " " span.govuk-hint { (say!(l, "own-due", date = format::date(l, due))) }
                }
            }
        }
    }
}

fn pass(caller: &Caller, visit: &Visit, zone: &Zone, me: PersonId, id: PermitId, permit: &Permit) -> SummaryRow {
    let l = visit.language;
    let profile = &caller.portal.park.profile;
    let bank = parties::person(&zone.parties, me).map_or(base::Bank::South, |person| person.home_bank);
    // `valid_until` is the first instant at which it is over: the last day is the one before.
    let last = profile.local_date(bank, permit.issue.valid_until.plus(-1));
    let until = say!(l, "own-pass-until", date = format::date(l, last));
    let over = permit.issue.valid_until <= caller.portal.park.now();
    let status = if over && permit.status == Status::Valid {
        tag(Tone::Neutral, &say!(l, "own-pass-over"))
    } else {
        status_tag(l, permit.status)
    };
    SummaryRow::new(pass_name(caller, permit), html! { (status) " " (until) })
        .action(Link::new(say!(l, "own-pass-open"), visit.href(&format!("passes/{id}"))), id.to_string())
}

/// The name that the service gives to what it issues.
fn pass_name(caller: &Caller, permit: &Permit) -> String {
    let templates = caller.portal.park.profile.services.values().filter_map(|service| match &service.effect {
        profile::Effect::IssuePermit(template) => Some(template),
        profile::Effect::Grant(_)
        | profile::Effect::Answer
        | profile::Effect::RevokePermit
        | profile::Effect::ErasePerson
        | profile::Effect::Change => None,
    });
    let mut of_kind = templates.filter(|template| template.kind == permit.issue.kind);
    of_kind.next().map_or_else(|| permit.issue.kind.to_string(), |known| known.name.get(caller.language).to_owned())
}

fn service_name(caller: &Caller, case: &Case) -> String {
    let service = caller.portal.park.profile.service_at(&case.service, case.service_version);
    service.map_or_else(|| case.service.to_string(), |known| known.name.get(caller.language).to_owned())
}

/// What offices did and decided about the newest applications.
fn news(caller: &Caller, visit: &Visit, own: &[(CaseId, &Case)]) -> Result<Markup, Problem> {
    let l = visit.language;
    let since = caller.portal.park.now().plus(-NEWS_WITHIN);
    let mut found = Vec::new();
    for (id, case) in own.iter().take(NEWS_CASES_MAX) {
        let items = caller.portal.park.history(&caller.on_case(*id)?, *id)?;
        let lately = items.into_iter().filter(|item| item.at >= since && is_news(&item.event));
        found.extend(lately.map(|item| (item, *id, *case)));
    }
    found.sort_by_key(|(item, ..)| std::cmp::Reverse(item.sequence));
    let steps: Vec<Step> = found
        .iter()
        .take(NEWS_MAX)
        .map(|(item, id, case)| {
            let link =
                html! { a href=(visit.href(&format!("me/cases/{id}"))) { (service_name(caller, case)) " " (id) } };
            let leg = item.event.leg().and_then(|key| case.legs.iter().find(|leg| leg.key == *key));
            let title = casework::title(l, &item.event);
            let title = match leg {
                Some(leg) => {
                    say!(l, "own-news-of-office", office = next::office_name(caller, &leg.office), what = title)
                }
                None => title,
            };
            Step::new(casework::tone(&item.event), title, visit.time(item.at)).body(link)
        })
        .collect();
    Ok(html! { @if !steps.is_empty() { h2 { (say!(l, "own-news")) } (timeline(&steps)) } })
}

/// What somebody else did; one's own steps are no news.
fn is_news(event: &Event) -> bool {
    match event {
        Event::Opened { .. } | Event::LegDecided { .. } | Event::Asked { .. } | Event::Decided { .. } => true,
        Event::Worked { work, .. } => matches!(
            work,
            Work::Paid { .. }
                | Work::FeeWaived { .. }
                | Work::RefundDue { .. }
                | Work::Refunded { .. }
                | Work::Attended { .. }
                | Work::StayedAway { .. }
                | Work::VoteClosed { .. }
        ),
        _ => false,
    }
}
