//! Signing in at a kiosk, with a code from one's phone or with one's pass; leaving it; and being there.

use crate::{Caller, Posted, Problem};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Actor, Instant, Language, PersonId};
use frame::maud::{Markup, html};
use frame::{Errors, Field, Weight, button_link, buttons, say, submit};
use people::Presentation;
use permits::{Form, Status};

pub(super) async fn page(caller: Caller) -> Markup {
    shown(&caller, &Errors::new())
}

pub(super) async fn sign_in(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let shown_at_terminal = posted.text("shown");
    let now = caller.portal.park.now();
    let person = match caller.portal.codes.take(shown_at_terminal, now) {
        Some(person) => Some(person),
        None => holder(&caller, shown_at_terminal, now),
    };
    let l = caller.language;
    let Some(person) = person else {
        let mut errors = Errors::new();
        errors.add("shown", say!(l, "kiosk-code-not-good"));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&caller, &errors)).into_response());
    };
    let to = posted.text("to");
    let fine = to.starts_with("me") && to.len() <= 200 && to.bytes().all(|byte| byte.is_ascii_graphic());
    Ok(caller.sign_in(Actor::Person { person }, &caller.href(if fine { to } else { "me" })))
}

fn shown(caller: &Caller, errors: &Errors) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    let to = caller.queried("to").unwrap_or_default();
    visit.page(say!(l, "kiosk-sign-in")).lead(say!(l, "kiosk-sign-in-lead")).reading().faulty(!errors.is_empty()).body(
        html! {
            (errors.summary(l))
            ol.kiosk-steps {
                li { (say!(l, "kiosk-sign-in-phone")) }
                li { (say!(l, "kiosk-sign-in-scan")) }
            }
            form method="post" novalidate {
                (visit.csrf_field())
                (frame::hidden("to", &to))
                (Field::new("shown", say!(l, "kiosk-code")).hint(say!(l, "kiosk-code-hint")).errors(errors)
                    .autocomplete("off").without_spell_check().text())
                (submit(Weight::Primary, &say!(l, "kiosk-sign-in-button")))
            }
            (buttons(button_link(Weight::Secondary, &say!(l, "kiosk-back"), &visit.href(""))))
        },
    )
}

/// Whose pass it is: one that is in force, shown fresh from a phone, or on its card, with a key that is bound to it.
fn holder(caller: &Caller, text: &str, now: Instant) -> Option<PersonId> {
    let park = &caller.portal.park;
    let (presentation, _) = park.look_at(text, now);
    let Presentation::Verified { permit, thumbprint, form, digest, .. } = presentation else { return None };
    let zone = park.zone();
    let known = permits::permit(&zone.permits, permit)?;
    let bound = known.bindings.iter().any(|binding| binding.form == form && binding.thumbprint == thumbprint);
    let in_force = known.status == Status::Valid && known.issue.valid_until > now;
    let fresh = form == Form::Card || caller.portal.codes.first_shown(&digest, now);
    (bound && in_force && fresh).then_some(known.issue.holder)
}

/// Nothing is left: no session, no cookie, no page kept by the browser, not even the language.
pub(super) async fn end(caller: Caller) -> Response {
    let mut answer = caller.sign_out(&format!("/{}/{}", Language::default(), super::SEGMENT));
    answer.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    answer
}

/// Somebody touched the screen; the entry renews the session.
pub(super) async fn touched(caller: Caller) -> Response {
    // Whoever is not signed in any more sees the start.
    match caller.actor.person() {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => Redirect::to(&caller.href("")).into_response(),
    }
}
