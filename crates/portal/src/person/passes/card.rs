//! A card to print: the same code every day, good until the pass ends, the card is given up, or another is printed.

use super::{Standing, code, kind_name, own, scope};
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use base::{Answer, Key, Outcome, PermitId, Rules};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{card, inset, warning};
use frame::{Visit, Weight, button_link, buttons, format, say, submit};
use people::{Facts, PassFacts};
use permits::{Form, Permit, Status};

/// What a card is and what it risks, before one is made: making one changes which keys the pass has.
pub(super) async fn offer(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let zone = caller.portal.park.zone();
    let (id, permit) = own(&caller, &zone, &id)?;
    let visit = caller.visit();
    let l = caller.language;
    let page = visit
        .page(say!(l, "hold-card-title"))
        .caption(format!("{} {id}", kind_name(&caller, permit)))
        .crumb(say!(l, "hold-title"), visit.href("passes"))
        .crumb(id.to_string(), visit.href(&format!("passes/{id}")))
        .reading();
    let has_one = permit.bindings.iter().any(|binding| binding.form == Form::Card);
    Ok(page.body(html! {
        @if let Some(why) = why_not(&caller, &zone, id, permit) {
            (inset(html! { p { (why) } }))
            p { a href=(visit.href(&format!("passes/{id}"))) { (say!(l, "hold-back")) } }
        } @else {
            p { (say!(l, "hold-card-text")) }
            (warning(&say!(l, "hold-warning"), &say!(l, "hold-card-warning")))
            p { (say!(l, "hold-card-lost")) }
            @if has_one { p { strong { (say!(l, "hold-card-replaces")) } } }
            form method="post" action=(visit.href(&format!("passes/{id}/card"))) {
                (visit.csrf_field())
                (submit(Weight::Primary, &say!(l, "hold-card-make")))
            }
        }
    }))
}

pub(super) async fn print(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    _: Posted,
) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let (id, permit) = own(&caller, &zone, &id)?;
    if why_not(&caller, &zone, id, permit).is_some() {
        return Ok(Redirect::to(&caller.href(&format!("passes/{id}/card"))).into_response());
    }
    let presentation = park.card_presentation(&caller.as_person()?, id).await?;
    let visit = caller.visit();
    let l = caller.language;
    let page = visit
        .page(say!(l, "hold-card-ready"))
        .lead(say!(l, "hold-card-print"))
        .crumb(say!(l, "hold-title"), visit.href("passes"))
        .crumb(id.to_string(), visit.href(&format!("passes/{id}")))
        .reading();
    let body = page.body(html! {
        (drawn(&caller, &visit, (id, permit), &presentation)?)
        div.pass-card-notes {
            (warning(&say!(l, "hold-warning"), &say!(l, "hold-card-warning")))
            (card(&say!(l, "hold-card-lost-title"), html! { p { (say!(l, "hold-card-lost")) } }))
            (buttons(button_link(Weight::Secondary, &say!(l, "hold-back"), &visit.href(&format!("passes/{id}")))))
        }
    });
    Ok(body.into_response())
}

/// The card itself, in the size of a bank card: words on the left, code on the right, and no picture of anybody.
fn drawn(
    caller: &Caller,
    visit: &Visit,
    (id, permit): (PermitId, &Permit),
    presentation: &str,
) -> Result<Markup, Problem> {
    let l = caller.language;
    let issue = &permit.issue;
    let (from, until) = (format::day_of(issue.valid_from, &visit.time_zone), last_day(visit, permit));
    let day = |day: Option<base::Date>| day.map_or_else(|| "–".to_owned(), |day| format::date(l, day));
    Ok(html! {
        section.pass-card aria-label=(say!(l, "hold-card-label", permit = id.to_string())) {
            div.pass-card__words {
                p.pass-card__kind { (kind_name(caller, permit)) }
                p.pass-card__name { (caller.portal.park.name_of(issue.holder)) }
                dl {
                    div { dt { (say!(l, "hold-number")) } dd { (id) } }
                    div { dt { (say!(l, "hold-from")) } dd { (day(from)) } }
                    div { dt { (say!(l, "hold-until")) } dd { (day(until)) } }
                    div { dt { (say!(l, "hold-bridges")) } dd { (scope::bridges(caller, &issue.scope)) } }
                }
                p.pass-card__lost { (say!(l, "hold-card-found", site = caller.portal.options.origin.as_str())) }
            }
            div.pass-card__code { (code(presentation, &say!(l, "hold-code-alternative", permit = id.to_string()))?) }
        }
    })
}

/// The end of a pass is the first instant at which it is no longer good; people read the last day.
fn last_day(visit: &Visit, permit: &Permit) -> Option<base::Date> {
    format::day_of(permit.issue.valid_until.plus(-1), &visit.time_zone)
}

/// Why no card is made of this pass, in the words of the rule where it is a rule.
pub(super) fn why_not(caller: &Caller, zone: &Zone, id: PermitId, permit: &Permit) -> Option<String> {
    let l = caller.language;
    if !Standing::of(permit, caller.portal.park.now()).is_worth_keeping() {
        return Some(say!(l, "hold-card-not-now"));
    }
    let answer = at_best(caller, zone, id, permit)?;
    if answer.outcome != Outcome::Refused {
        return None;
    }
    let rule = answer.policies.first().and_then(|policy| caller.portal.park.rulebook.explain(policy));
    Some(rule.map_or_else(|| say!(l, "hold-card-not-now"), |rule| rule.reason_for_public().get(l).to_owned()))
}

/// What the gates would say to a card of this pass if all else were well: right place, right time, right side of the
/// river. So the rulebook says which passes suit a card, and nothing here has to know their kinds.
fn at_best(caller: &Caller, zone: &Zone, id: PermitId, permit: &Permit) -> Option<Answer> {
    let (park, issue) = (&caller.portal.park, &permit.issue);
    let (bridge, direction) = (issue.scope.bridges.first()?, *issue.scope.directions.first()?);
    let gate = park.profile.gates.get(park.gate_of(bridge, direction)?)?;
    let facts = Facts {
        gate_open: true,
        local_minute: issue.scope.minute_from,
        weekday: *issue.scope.weekdays.first()?,
        verification: Key::new("verified")?,
        pass: Some(PassFacts {
            permit: id,
            holder: issue.holder,
            kind: issue.kind.clone(),
            status: Status::Valid,
            from: issue.valid_from,
            until: issue.valid_until,
            scope: issue.scope.clone(),
        }),
        document_expires: Some(issue.valid_until),
        replayed: false,
        presentation_age_seconds: 0,
        form: Some(Form::Card),
        presence: gate.bank.as_str().into(),
        watchlisted: Vec::new(),
        holder_erased: false,
    };
    let asker = caller.portal.principal(zone, &base::Actor::Gate { gate: gate.key.clone() });
    Some(park.rulebook.ask(&facts.question(asker, gate, direction, issue.valid_from)))
}
