//! Everybody whom the organisation applied for, with their case and pass; and a new one-time link for who lost theirs.

use super::{named, organisation, page, stage_tag, status_tag};
use crate::{Caller, Posted, Problem, once};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use base::{CaseId, PersonId, Question};
use cases::{Case, Stage};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Link, Pages, Table, empty, inset, pagination, tabs};
use frame::{Page, Visit, Weight, button_link, say, submit};
use park::InvitationLink;
use std::collections::BTreeMap;

const ROWS: usize = 25;

/// Which of the people are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    Confirming,
    Deciding,
    Decided,
}

impl Shown {
    const ALL: [Shown; 4] = [Shown::All, Shown::Confirming, Shown::Deciding, Shown::Decided];

    fn key(self) -> &'static str {
        match self {
            Shown::All => "all",
            Shown::Confirming => "confirming",
            Shown::Deciding => "deciding",
            Shown::Decided => "decided",
        }
    }

    fn has(self, case: &Case) -> bool {
        match self {
            Shown::All => true,
            Shown::Confirming | Shown::Deciding | Shown::Decided => case.stage.as_str() == self.key(),
        }
    }
}

pub(super) async fn show(caller: Caller, Query(query): Query<BTreeMap<String, String>>) -> Result<Markup, Problem> {
    let id = organisation(&caller)?;
    let zone = caller.portal.park.zone();
    let shown = query.get("stage").and_then(|key| Shown::ALL.into_iter().find(|shown| shown.key() == key));
    let shown = shown.unwrap_or(Shown::All);
    let all: Vec<(CaseId, &Case)> =
        super::overview::seen(&caller, &zone, id).filter(|(_, case)| shown.has(case)).collect();
    let last = u32::try_from(all.len().div_ceil(ROWS)).unwrap_or(u32::MAX).max(1);
    let current = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, last);
    let rows: Vec<(CaseId, &Case)> = all.into_iter().skip((current as usize - 1) * ROWS).take(ROWS).collect();
    let visit = caller.visit();
    let l = caller.language;
    let href = |page: u32| visit.href(&format!("employer/people?stage={}&page={page}", shown.key()));
    Ok(page(&visit, say!(l, "people-title")).lead(say!(l, "people-lead")).body(html! {
        (tabs(&say!(l, "people-title"), &stage_tabs(&visit, shown)))
        @if rows.is_empty() {
            (empty(&say!(l, "people-none"), &say!(l, "people-none-text"), None))
        } @else {
            (table(&caller, &visit, &zone, &rows))
            (pagination(l, &Pages { current, last, href: &href }))
        }
    }))
}

fn stage_tabs(visit: &Visit, chosen: Shown) -> Vec<Link> {
    let l = visit.language;
    let label = |shown| match shown {
        Shown::All => say!(l, "people-all"),
        Shown::Confirming => say!(l, "stage-confirming"),
        Shown::Deciding => say!(l, "stage-deciding"),
        Shown::Decided => say!(l, "people-decided"),
    };
    let href = |shown: Shown| visit.href(&format!("employer/people?stage={}", shown.key()));
    Shown::ALL.into_iter().map(|shown| Link::new(label(shown), href(shown)).current(shown == chosen)).collect()
}

fn table(caller: &Caller, visit: &Visit, zone: &Zone, rows: &[(CaseId, &Case)]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "people-name")),
        Column::text(say!(l, "people-service")),
        Column::text(say!(l, "people-opened")),
        Column::text(say!(l, "people-stage")),
        Column::text(say!(l, "people-pass")),
        Column::text(say!(l, "people-link")),
    ];
    let park = &caller.portal.park;
    Table::new(say!(l, "people-title"), columns).hide_caption().rows(rows.iter().map(|(id, case)| {
        let service =
            park.profile.service_at(&case.service, case.service_version).map_or("", |service| service.name.get(l));
        let pass = permits::of_case(&zone.permits, *id).and_then(|id| permits::permit(&zone.permits, id));
        [
            html! { (caller.name_of(case.subject)) div.data__note { (id) } },
            html! { (service) },
            visit.time(case.opened_at),
            stage_tag(l, case),
            html! { @if let Some(pass) = pass { (status_tag(l, pass.status)) } @else { "–" } },
            html! { @if may_invite(caller, zone, case) { (invite_form(visit, case.subject)) } @else { "–" } },
        ]
    }))
}

/// Whoever has confirmed needs no link; and whom a clerk may invite is the rulebook's to say.
fn may_invite(caller: &Caller, zone: &Zone, case: &Case) -> bool {
    let Some(person) = parties::person(&zone.parties, case.subject) else { return false };
    let resource = parties::person_entity(case.subject, person.employer, person.host, person.erased);
    let question = Question::new("invite_person", caller.portal.principal(zone, &caller.actor), resource);
    case.stage == Stage::Confirming && caller.portal.ask(&question).is_ok()
}

fn invite_form(visit: &Visit, person: PersonId) -> Markup {
    let action = visit.href(&format!("employer/people/{person}/invite"));
    html! {
        form method="post" action=(action) {
            (visit.csrf_field())
            (once::field())
            (submit(Weight::Secondary, &say!(visit.language, "people-invite")))
        }
    }
}

/// The answer shows the link where the demonstration has no mail, so it is a page and no redirect: the secret stands in
/// no address of this site.
pub(super) async fn invite(
    caller: Caller,
    Path((_, person)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let person: PersonId = named(&person)?;
    let park = &caller.portal.park;
    let link = park.invite_again(&caller.actor, person, once::key(&caller.actor, &posted)).await?;
    let visit = caller.visit();
    let l = caller.language;
    let page = page(&visit, say!(l, "invited-title")).crumb(say!(l, "people-title"), visit.href("employer/people"));
    let page = page.lead(say!(l, "invited-lead", name = caller.name_of(person)));
    let back = (say!(l, "invited-back"), visit.href("employer/people"));
    Ok(link_sent(&caller, page, person, &link, back).into_response())
}

/// That a link was sent, and until when it is good. `back` is the label and address of where to go on.
pub(crate) fn link_sent(
    caller: &Caller,
    page: Page<'_>,
    person: PersonId,
    link: &InvitationLink,
    back: (String, String),
) -> Markup {
    let l = caller.language;
    let address = caller.portal.park.link_address(person, link);
    page.reading().body(html! {
        p { (say!(l, "invited-until")) " " (caller.visit().time(link.expires_at)) }
        @if caller.portal.options.demo {
            (inset(html! {
                p { (say!(l, "invited-demo")) }
                p { a href=(address) { (address) } }
            }))
        }
        (button_link(Weight::Secondary, &back.0, &back.1))
    })
}
