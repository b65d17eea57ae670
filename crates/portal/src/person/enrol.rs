//! Coming in for the first time: the one-time link, and the passkey that takes its place.

use crate::Caller;
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use axum::response::{IntoResponse, Response};
use base::{Actor, PersonId};
use frame::maud::{Markup, html};
use frame::parts::{card, inset, warning};
use frame::say;
use serde_json::{Value, json};

/// A link's secret is 32 characters; anything much longer is no secret of ours.
const SECRET_CHARS_MAX: usize = 64;

type Link = Place<(String, PersonId, String)>;

pub(crate) async fn page(caller: Caller, Place((_, person, secret)): Link) -> Result<Markup, Problem> {
    // Looking is guessing too.
    caller.count(crate::limits::Counted::SignIn)?;
    let l = caller.language;
    let visit = caller.visit();
    if !is_good(&caller, person, &secret) {
        return Ok(visit.page(say!(l, "enrol-over-title")).reading().body(html! {
            p.lead { (say!(l, "enrol-over")) }
            p { (say!(l, "enrol-over-remedy")) }
            p { a href=(visit.href("sign-in")) { (say!(l, "sign-in-title")) } }
        }));
    }
    let name = caller.portal.park.name_of(person);
    let here = format!("enrol/{person}/{secret}");
    Ok(visit.page(say!(l, "enrol-title")).lead(say!(l, "enrol-lead", name = name)).reading().script("passkey.js").body(
        html! {
            (card(&say!(l, "enrol-what"), html! { p { (say!(l, "enrol-what-text")) } }))
            (card(&say!(l, "enrol-next"), html! {
                ol.govuk-list.govuk-list--number {
                    li { (say!(l, "enrol-step-passkey")) }
                    li { (say!(l, "enrol-step-document")) }
                    li { (say!(l, "enrol-step-consent")) }
                    li { (say!(l, "enrol-step-submit")) }
                }
            }))
            (button(&caller, &visit.csrf, "create", &visit.href(&here), &say!(l, "enrol-create")))
            noscript { (warning(&say!(l, "passkey-warning"), &say!(l, "passkey-needs-scripts"))) }
            (inset(html! { p { (say!(l, "enrol-once")) } }))
        },
    ))
}

/// The button that `passkey.js` brings to life; without scripts it stays hidden and the page says why.
pub(crate) fn button(caller: &Caller, csrf: &str, what: &str, href: &str, label: &str) -> Markup {
    let l = caller.language;
    html! {
        div data-passkey=(what) data-href=(href) data-csrf=(csrf) data-failed=(say!(l, "passkey-failed"))
            data-unsupported=(say!(l, "passkey-unsupported")) data-refused=(say!(l, "passkey-refused")) hidden {
            button.govuk-button.button--primary type="button" { (label) }
            p.govuk-error-message data-passkey-message="" role="alert" hidden {}
        }
    }
}

pub(crate) async fn question(caller: Caller, Place((_, person, secret)): Link) -> Result<Json<Value>, Problem> {
    if !is_good(&caller, person, &secret) {
        return Err(Problem::Passkey);
    }
    let park = &caller.portal.park;
    let known = park.passkeys(person);
    let name = park.name_of(person);
    caller.portal.ceremonies.register(&caller.session.id, park.now(), person, &name, &known).map(Json)
}

pub(crate) async fn answer(
    caller: Caller,
    Place((_, person, secret)): Link,
    Json(answer): Json<Value>,
) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let registered = caller.portal.ceremonies.registered(&caller.session.id, park.now(), person, answer)?;
    // The link is used up by the same event that adds the passkey.
    park.add_passkey(person, &registered.id, &registered.credential, Some(&secret)).await?;
    Ok(caller
        .begin(Actor::Person { person }, Json(json!({ "location": caller.href("me?done=enrolled") })).into_response()))
}

fn is_good(caller: &Caller, person: PersonId, secret: &str) -> bool {
    secret.len() <= SECRET_CHARS_MAX && caller.portal.park.invitation_is_good(person, secret)
}

/// What `to` may name: a page of ours, in the reader's language.
/// Of an address to come back to: a question that was typed may stand in it.
const TO_BYTES_MAX: usize = 3_000;

pub(super) fn safe(caller: &Caller, to: &str) -> String {
    let fine = !to.is_empty()
        && to.len() <= TO_BYTES_MAX
        && !to.starts_with('/')
        && !to.contains(['\\', ':'])
        && to.is_ascii();
    caller.href(if fine { to } else { "me" })
}
