//! Several cases of the queue with one press: each is still decided by itself, by its own rule and against the zone as it is
//! when its turn comes, and the page that follows says of each what came of it.

use super::act::verdict_of;
use super::{Part, desk_tabs, name_of, office, page, rules};
use crate::clerk::named;
use crate::{Caller, Posted, Problem, casework};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{CaseId, Key};
use cases::{Case, Leg};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, Tone, inset, tag};
use frame::{Errors, Visit, Weight, button_link, buttons, say};
use park::LegDecision;
use profile::Office;

/// As many as a page of the queue shows.
const CASES_MAX: usize = 25;

/// What the officer asked for with all that were ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Take,
    Decide(cases::LegVerdict),
}

pub(super) async fn act(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let office = office(&caller)?;
    let ticked: Vec<CaseId> = posted.texts("case").map(named).collect::<Result<_, _>>()?;
    let act = match posted.text("act") {
        "take" => Act::Take,
        verdict => Act::Decide(verdict_of(verdict).ok_or(Problem::Malformed)?),
    };
    let reason = posted.text("reason");
    let mut errors = Errors::new();
    if ticked.is_empty() || ticked.len() > CASES_MAX {
        errors.add_general(say!(caller.language, "bulk-choose", most = CASES_MAX));
    }
    if act != Act::Take && reason.is_empty() {
        errors.add("reason", say!(caller.language, "case-reason-missing"));
    }
    if !errors.is_empty() {
        let typed = super::queue::Typed { ticked, reason: reason.to_owned(), errors };
        let again = super::queue::queue_page(&caller, &super::filter::Asked::new(), &typed)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    let office = office.key.clone();
    for case in &ticked {
        one(&caller, &office, *case, act, reason).await?;
    }
    let cases = ticked.iter().map(|case| format!("case={case}")).collect::<Vec<_>>().join("&");
    Ok(caller.done(&format!("office/several?{cases}"), "several"))
}

/// A refusal of one is no reason to leave the others undone: the page that follows tells of it. A failure of the machine is.
async fn one(caller: &Caller, office: &Key, id: CaseId, act: Act, reason: &str) -> Result<(), Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let undecided = |case: &Case| case.legs.iter().find(|leg| is_own(leg, office)).map(|leg| leg.key.clone());
    let Some(leg) = cases::case(&zone.cases, id).and_then(undecided) else { return Ok(()) };
    let done = match act {
        Act::Take => {
            let command = cases::Command::Take { case: id, leg };
            park.desk.command(caller.actor.clone(), park.now(), command).await.map_err(park::WorkError::from)
        }
        Act::Decide(verdict) => {
            let decision = LegDecision { case: id, leg, verdict, reason: reason.to_owned() };
            park.decide_leg(&caller.actor, decision).await
        }
    };
    match done {
        Ok(_) | Err(park::WorkError::Refused(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn is_own(leg: &Leg, office: &Key) -> bool {
    leg.office == *office && leg.state.is_undecided()
}

/// What came of it: each case as it is now, and where nothing was done, by which rule.
pub(super) async fn show(caller: Caller, RawQuery(query): RawQuery) -> Result<Markup, Problem> {
    let office = office(&caller)?;
    let query = query.unwrap_or_default();
    let asked = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "case");
    let ids: Vec<CaseId> = asked.take(CASES_MAX).filter_map(|(_, id)| named(&id).ok()).collect();
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let columns = [
        Column::short(say!(l, "queue-case")),
        Column::text(say!(l, "queue-applicant")),
        Column::text(say!(l, "bulk-now")),
    ];
    let rows = ids.iter().filter_map(|id| {
        let case = caller.portal.case(&zone, &caller.actor, *id).ok()?;
        Some([
            html! { a href=(visit.href(&format!("office/cases/{id}"))) { (id) } },
            html! { (name_of(&caller, &zone, case.subject, Some(*id))) },
            now(&caller, &visit, &zone, office, (*id, case)),
        ])
    });
    let rows: Vec<_> = rows.collect();
    Ok(page(&visit, office, say!(l, "bulk-title")).crumb(say!(l, "queue-title"), visit.href("office")).body(html! {
        (desk_tabs(&caller, &visit, &zone, office, Part::Queue))
        @if rows.is_empty() { (inset(html! { p { (say!(l, "bulk-none")) } })) }
        @else { (Table::new(say!(l, "bulk-title"), columns).hide_caption().rows(rows)) }
        (buttons(button_link(Weight::Primary, &say!(l, "bulk-back"), &visit.href("office"))))
    }))
}

fn now(caller: &Caller, visit: &Visit, zone: &Zone, office: &Office, (id, case): (CaseId, &Case)) -> Markup {
    let l = caller.language;
    let own = || case.legs.iter().filter(|leg| leg.office == office.key);
    let Some(leg) = own().find(|leg| leg.state.is_undecided()).or_else(|| own().next_back()) else {
        return html! { (say!(l, "case-no-leg")) };
    };
    let (tone, word) = casework::leg_status(l, leg.state);
    let action = if leg.kind.binds() { "approve_leg" } else { "give_opinion" };
    html! {
        (tag(tone, &word))
        @if let Some(officer) = leg.officer {
            div.data__note {
                @if leg.decided_at.is_some() { (caller.name_of(officer)) } @else { (say!(l, "case-taken-by", name = caller.name_of(officer))) }
                @if let Some(at) = leg.decided_at { " · " (visit.time(at)) }
            }
        }
        @if leg.state.is_undecided() {
            @let answer = rules::about_leg(caller, zone, (id, case), leg, action);
            @if answer.outcome != base::Outcome::Permitted {
                (tag(Tone::Bad, &say!(l, "bulk-not-done")))
                @if let Some(card) = rules::card(caller, &answer.policies) { div.data__note { (card.reason.get(l)) } }
            }
        }
    }
}
