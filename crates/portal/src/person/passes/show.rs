//! A code made by the portal, for somebody whose browser runs no scripts: good for minutes, and once.
//!
//! The page answers the form itself and does not redirect: the code is for whoever asked just now and is kept nowhere.

use super::{Standing, code, kind_name, own};
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use base::Instant;
use credentials::Freshness;
use frame::maud::{Markup, html};
use frame::parts::details;
use frame::{Weight, button_link, buttons, format, say, submit};

/// Whoever comes to the address by another way than the form is led to the pass.
pub(super) async fn back(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let zone = caller.portal.park.zone();
    let (id, _) = own(&caller, &zone, &id)?;
    Ok(Redirect::to(&caller.href(&format!("passes/{id}"))).into_response())
}

pub(super) async fn present(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    _: Posted,
) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let (id, permit) = own(&caller, &zone, &id)?;
    // A code that no gate would take is not made; the pass's page says why and what to do.
    if Standing::of(permit, park.now()) != Standing::InForce {
        return Ok(Redirect::to(&caller.href(&format!("passes/{id}"))).into_response());
    }
    let presentation = park.portal_presentation(&caller.as_person()?, id).await?;
    let good_until = park.now().plus(Freshness::default().portal_seconds_max * Instant::SECOND);
    let visit = caller.visit();
    let l = caller.language;
    let number = id.to_string();
    let until = format::time_of_day(good_until, &visit.time_zone);
    let page = visit
        .page(say!(l, "hold-show-title"))
        .caption(format!("{} {id}", kind_name(&caller, permit)))
        .crumb(say!(l, "hold-title"), visit.href("passes"))
        .crumb(number.clone(), visit.href(&format!("passes/{id}")))
        .reading();
    let body = page.body(html! {
        figure.qr {
            (code(&presentation, &say!(l, "hold-code-alternative", permit = number))?)
            figcaption { (say!(l, "hold-show-caption", time = until)) }
        }
        p.hint { (say!(l, "hold-brightness")) }
        form method="post" action=(visit.href(&format!("passes/{id}/show"))) {
            (visit.csrf_field())
            (buttons(html! {
                (submit(Weight::Primary, &say!(l, "hold-show-fresh")))
                (button_link(Weight::Secondary, &say!(l, "hold-back"), &visit.href(&format!("passes/{id}"))))
            }))
        }
        @if caller.portal.options.demo { (as_text(&caller, &presentation)) }
    });
    Ok(body.into_response())
}

/// What the code says, to be pasted at a gate of the demonstration, which has no scanner.
fn as_text(caller: &Caller, presentation: &str) -> Markup {
    let l = caller.language;
    details(
        say!(l, "hold-text"),
        html! {
            div.govuk-form-group {
                label.govuk-label for="presentation" { (say!(l, "hold-text-hint")) }
                textarea.govuk-textarea #presentation rows="6" readonly spellcheck="false" autocomplete="off" { (presentation) }
            }
        },
    )
}
