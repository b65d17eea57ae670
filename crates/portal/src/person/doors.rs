//! Leaving, and changing capacity.

use crate::problem::Problem;
use crate::{Caller, Posted, navigation};
use axum::response::Response;
use base::Actor;
use frame::maud::{Markup, html};
use frame::{Weight, format, hidden, say, submit};

pub(crate) async fn sign_out(caller: Caller) -> Response {
    let door = if caller.portal.options.demo { "demo" } else { "" };
    caller.sign_out(&format!("{}?done=signed-out", caller.href(door)))
}

/// Asking for this page is what puts off the end of the session; it says until when that is.
pub(crate) async fn session(caller: Caller) -> Markup {
    let visit = caller.visit();
    let l = caller.language;
    visit.page(say!(l, "session-title")).reading().body(html! {
        @if let Some(visitor) = &visit.visitor {
            p.lead { (say!(l, "session-until")) (format::sentence_gap(l)) (visit.time(visitor.session.ends_at)) }
        }
        p { (say!(l, "session-text")) }
        p { (say!(l, "session-close")) }
    })
}

pub(crate) async fn sign_out_everywhere(caller: Caller) -> Result<Response, Problem> {
    caller.portal.park.sign_out_everywhere(caller.person()?).await?;
    let door = if caller.portal.options.demo { "demo" } else { "" };
    Ok(caller.sign_out(&format!("{}?done=signed-out-everywhere", caller.href(door))))
}

pub(crate) async fn capacities(caller: Caller) -> Markup {
    let visit = caller.visit();
    let l = caller.language;
    visit.page(say!(l, "capacity-title")).lead(say!(l, "capacity-lead")).reading().body(html! {
        @for actor in caller.capacities() {
            section.card {
                h2.card__heading { (navigation::capacity(&caller.portal, l, &actor)) }
                @if actor == caller.actor {
                    p { (say!(l, "capacity-current")) }
                } @else {
                    form method="post" {
                        (visit.csrf_field())
                        (hidden("capacity", &actor.to_string()))
                        (submit(Weight::Secondary, &say!(l, "capacity-take-up")))
                    }
                }
            }
        }
    })
}

pub(crate) async fn take_up(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let wanted: Actor = posted.text("capacity").parse().map_err(|_| Problem::Malformed)?;
    // Only what the zone says this person is; the form's word alone is worth nothing.
    let actor = caller.capacities().into_iter().find(|held| *held == wanted).ok_or(Problem::WrongCapacity)?;
    let home = caller.href(navigation::home_of(&actor));
    Ok(caller.switch(actor, &home))
}
