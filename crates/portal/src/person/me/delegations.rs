//! For whom I act: what organisations offer me, what I act under now and until when, and what is over.

use super::page;
use crate::clerk::named;
use crate::delegations as words;
use crate::{Caller, Problem, navigation};
use axum::extract::Path;
use axum::response::Response;
use base::{Actor, DelegationId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Link, Table, Task, Tone, empty, inset, summary_list};
use frame::{Visit, Weight, buttons, hidden, say, submit};
use parties::{Command, Delegation, DelegationStanding};

/// Delegations shown, the newest.
const SHOWN_MAX: usize = 50;

/// Offers that wait for an answer, for the first page.
pub(super) fn tasks(caller: &Caller, visit: &Visit, zone: &Zone) -> Result<Vec<Task>, Problem> {
    let l = visit.language;
    let offered = parties::delegations_to(&zone.parties, caller.person()?)
        .filter(|(_, known)| words::standing(caller, zone, known) == DelegationStanding::Offered);
    Ok(offered
        .map(|(id, known)| Task {
            link: Link::new(
                say!(l, "own-delegation-answer", organisation = organisation(caller, known)),
                visit.href(&format!("me/delegations/{id}")),
            ),
            hint: Some(words::days(l, &known.scope)),
            status: (Tone::Caution, say!(l, "own-task-to-do")),
        })
        .collect())
}

/// For whom I act now, for the first page; nothing where I act for nobody.
pub(super) fn in_force(caller: &Caller, visit: &Visit, zone: &Zone) -> Result<Markup, Problem> {
    let l = visit.language;
    let now: Vec<_> = parties::delegations_to(&zone.parties, caller.person()?)
        .filter(|(_, known)| words::standing(caller, zone, known) == DelegationStanding::InForce)
        .collect();
    Ok(html! {
        @if !now.is_empty() {
            h2 { (say!(l, "own-delegations")) }
            @for (id, known) in now { (acting(caller, visit, id, known)) }
        }
    })
}

/// `You act for X until 31 December, for …`, and the way into that capacity.
fn acting(caller: &Caller, visit: &Visit, id: DelegationId, known: &Delegation) -> Markup {
    let l = visit.language;
    let actor = Actor::Delegate { person: known.delegate, organisation: known.organisation, delegation: id };
    inset(html! {
        p {
            a href=(visit.href(&format!("me/delegations/{id}"))) { strong { (organisation(caller, known)) } }
            " " (words::days(l, &known.scope))
        }
        (words::services(caller, &known.scope))
        @if caller.actor != actor {
            form method="post" action=(visit.href("capacity")) {
                (visit.csrf_field())
                (hidden("capacity", &actor.to_string()))
                (submit(Weight::Secondary, &say!(l, "own-delegation-act")))
            }
        }
    })
}

fn organisation(caller: &Caller, known: &Delegation) -> String {
    navigation::organisation_name(&caller.portal, caller.language, known.organisation)
}

pub(super) async fn list(caller: Caller) -> Result<Markup, Problem> {
    let me = caller.person()?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let all: Vec<_> = parties::delegations_to(&zone.parties, me).take(SHOWN_MAX).collect();
    let columns = [
        Column::text(say!(l, "own-delegation-organisation")),
        Column::text(say!(l, "delegation-standing")),
        Column::text(say!(l, "delegation-when")),
        Column::text(say!(l, "delegation-services")),
    ];
    let title = say!(l, "own-delegations-title");
    let rows = all.iter().map(|(id, known)| {
        [
            html! {
                a href=(visit.href(&format!("me/delegations/{id}"))) { (organisation(&caller, known)) }
                div.data__note { (id) }
            },
            words::standing_tag(l, words::standing(&caller, &zone, known)),
            html! { (words::days(l, &known.scope)) },
            words::services(&caller, &known.scope),
        ]
    });
    Ok(page(&visit, title.clone()).lead(say!(l, "own-delegations-lead", person = me.to_string())).body(html! {
        @if all.is_empty() { (empty(&say!(l, "own-delegations-none"), &say!(l, "own-delegations-none-text"), None)) }
        @else { (Table::new(title, columns).hide_caption().rows(rows)) }
    }))
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let id: DelegationId = named(&id)?;
    let zone = caller.portal.park.zone();
    let known = words::visible(&caller, &zone, &caller.as_person()?, id)?;
    let visit = caller.visit();
    let l = caller.language;
    let standing = words::standing(&caller, &zone, known);
    Ok(page(&visit, organisation(&caller, known))
        .crumb(say!(l, "own-delegations-title"), visit.href("me/delegations"))
        .caption(id.to_string())
        .body(html! {
            (summary_list(words::rows(&caller, &visit, &zone, (id, known))))
            @match standing {
                DelegationStanding::Offered => {
                    p { (say!(l, "own-delegation-accepting")) }
                    (buttons(html! {
                        (one(&visit, id, "accept", Weight::Primary, &say!(l, "own-delegation-accept")))
                        (one(&visit, id, "decline", Weight::Secondary, &say!(l, "own-delegation-decline")))
                    }))
                }
                DelegationStanding::InForce => {
                    (acting(&caller, &visit, id, known))
                    (one(&visit, id, "end", Weight::Secondary, &say!(l, "delegation-end")))
                }
                DelegationStanding::Accepted => (one(&visit, id, "end", Weight::Secondary, &say!(l, "delegation-end"))),
                DelegationStanding::Declined | DelegationStanding::Ended | DelegationStanding::Expired => {}
            }
        }))
}

fn one(visit: &Visit, id: DelegationId, what: &str, weight: Weight, label: &str) -> Markup {
    html! {
        form method="post" action=(visit.href(&format!("me/delegations/{id}/{what}"))) {
            (visit.csrf_field())
            (submit(weight, label))
        }
    }
}

pub(super) async fn accept(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let delegation = named(&id)?;
    submitted(&caller, delegation, Command::AcceptDelegation { delegation }, "delegation-accepted").await
}

pub(super) async fn decline(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let delegation = named(&id)?;
    submitted(&caller, delegation, Command::DeclineDelegation { delegation }, "delegation-declined").await
}

pub(super) async fn end(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let delegation = named(&id)?;
    submitted(&caller, delegation, Command::EndDelegation { delegation }, "delegation-ended").await
}

async fn submitted(caller: &Caller, id: DelegationId, command: Command, done: &str) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    park.desk.command(caller.as_person()?, park.now(), command).await?;
    Ok(caller.done(&format!("me/delegations/{id}"), done))
}
