//! Notices in the browser: turned on in the browser itself, seen and turned off on the settings page.
//!
//! Scripts alone can subscribe; turning off is a plain form.

mod browser;

use crate::{Access, Caller, Posted, Problem, Routes};
use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use frame::assets;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, warning};
use frame::{Visit, Weight, hidden, say, submit};
use park::PushSubscription;
use serde::Deserialize;
use serde_json::{Value, json};

/// Under an address that stays: a browser looks there for a newer one, and lets it show notices for the whole site.
const WORKER: &str = "notices-worker.js";
const SETTINGS: &str = "me/settings";

pub(crate) fn routes() -> Routes {
    let own = Access::SignedIn;
    Routes::new()
        .get("/notices-worker.js", Access::Anyone, worker)
        .post("/{lang}/me/settings/pushes", own, subscribe)
        .post("/{lang}/me/settings/pushes/this", own, this)
        .post("/{lang}/me/settings/pushes/end", own, end)
}

async fn worker() -> Result<Response, Problem> {
    let script = assets::named(WORKER).ok_or(Problem::NotFound)?;
    let headers = [(header::CONTENT_TYPE, script.content_type), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, script.bytes).into_response())
}

async fn subscribe(
    caller: Caller,
    headers: HeaderMap,
    Json(subscription): Json<PushSubscription>,
) -> Result<Json<Value>, Problem> {
    let actor = caller.as_person()?;
    let park = &caller.portal.park;
    park.subscribe_push(&actor, caller.person()?, subscription, &browser::of(&headers)).await?;
    Ok(Json(json!({ "location": caller.href(&format!("{SETTINGS}?done=push-on")) })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct This {
    endpoint: String,
}

/// Which of the listed browsers is the one that asks.
async fn this(caller: Caller, Json(this): Json<This>) -> Result<Json<Value>, Problem> {
    let park = &caller.portal.park;
    let digest = park.push_digest(&this.endpoint)?;
    let own = park.pushes(caller.person()?).into_iter().any(|card| card.digest == digest);
    Ok(Json(json!({ "digest": own.then_some(digest) })))
}

async fn end(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let actor = caller.as_person()?;
    caller.portal.park.end_push(&actor, caller.person()?, posted.text("digest")).await?;
    Ok(caller.done(SETTINGS, "push-off"))
}

/// Of the settings page. Its script is `notices.js`.
pub(crate) fn settings(caller: &Caller, visit: &Visit) -> Markup {
    let l = visit.language;
    let person = caller.actor.person();
    let park = &caller.portal.park;
    let cards = person.map(|person| park.pushes(person)).unwrap_or_default();
    html! {
        h2 id="notices" { (say!(l, "pushes-title")) }
        p { (say!(l, "pushes-text")) }
        @if cards.is_empty() { p { (say!(l, "pushes-none")) } } @else { (listed(visit, &cards)) }
        div data-notices="" data-worker={ "/" (WORKER) } data-key=(park.push_key())
            data-href=(visit.href("me/settings/pushes")) data-csrf=(visit.csrf)
            data-unsupported=(say!(l, "pushes-unsupported")) data-denied=(say!(l, "pushes-denied"))
            data-failed=(say!(l, "pushes-failed")) data-no-service=(say!(l, "pushes-no-service")) hidden {
            p data-notices-here="" hidden { (say!(l, "pushes-here")) }
            button.govuk-button.button--secondary type="button" { (say!(l, "pushes-on")) }
            p.govuk-error-message data-notices-message="" role="alert" hidden {}
        }
        noscript { (warning(&say!(l, "passkey-warning"), &say!(l, "pushes-needs-scripts"))) }
    }
}

fn listed(visit: &Visit, cards: &[park::PushCard]) -> Markup {
    let l = visit.language;
    let mut table = Table::new(
        say!(l, "pushes-browsers"),
        [Column::text(say!(l, "pushes-browser")), Column::text(say!(l, "pushes-since")), Column::text("")],
    );
    for card in cards {
        let name = if card.browser.is_empty() { say!(l, "pushes-unnamed") } else { card.browser.clone() };
        table = table.row([
            html! { (name) },
            visit.time(card.since),
            html! {
                form method="post" action=(visit.href("me/settings/pushes/end")) data-notices-digest=(card.digest) {
                    (visit.csrf_field()) (hidden("digest", &card.digest))
                    (submit(Weight::Secondary, &say!(l, "pushes-off")))
                }
            },
        ]);
    }
    html! { (table) }
}
