//! Coming back: signing in with a passkey, which says by itself whose it is.

use super::enrol::{button, safe};
use crate::problem::Problem;
use crate::{Caller, navigation};
use axum::Json;
use axum::response::{IntoResponse, Response};
use base::Actor;
use frame::maud::{Markup, html};
use frame::parts::{inset, warning};
use frame::say;
use serde_json::{Value, json};

pub(crate) async fn page(caller: Caller) -> Markup {
    let visit = caller.visit();
    let l = caller.language;
    visit.page(say!(l, "sign-in-title")).lead(say!(l, "sign-in-lead")).reading().script("passkey.js").body(html! {
        (button(&caller, &visit.csrf, "get", &visit.href(&with_to("sign-in", &to_of(&caller))), &say!(l, "sign-in-passkey")))
        noscript { (warning(&say!(l, "passkey-warning"), &say!(l, "passkey-needs-scripts"))) }
        @if caller.portal.options.demo {
            (inset(html! { p { (say!(l, "sign-in-demo")) (frame::format::sentence_gap(l)) a href=(visit.href("demo")) { (say!(l, "demo-title")) } } }))
        }
        h2 { (say!(l, "sign-in-no-passkey")) }
        p { (say!(l, "sign-in-no-passkey-text")) }
    })
}

pub(crate) async fn question(caller: Caller) -> Result<Json<Value>, Problem> {
    caller.portal.ceremonies.sign_in(&caller.session.id, caller.portal.park.now()).map(Json)
}

pub(crate) async fn answer(caller: Caller, Json(answer): Json<Value>) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let known = |person| park.passkeys(person);
    let (person, renewed) = caller.portal.ceremonies.signed_in(&caller.session.id, park.now(), answer, known)?;
    if let Some(renewed) = renewed {
        park.use_passkey(person, &renewed.id, &renewed.credential).await?;
    }
    let actor = Actor::Person { person };
    let to = to_of(&caller);
    let location = if to.is_empty() { caller.href(navigation::home_of(&actor)) } else { safe(&caller, &to) };
    Ok(caller.begin(actor, Json(json!({ "location": location })).into_response()))
}

/// Where the visitor was going when they were asked to sign in.
fn to_of(caller: &Caller) -> String {
    let query = caller.path().split_once('?').map_or("", |(_, query)| query);
    let found = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "to");
    found.map(|(_, to)| to.into_owned()).unwrap_or_default()
}

fn with_to(path: &str, to: &str) -> String {
    if to.is_empty() {
        return path.to_owned();
    }
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    format!("{path}?{query}")
}
