//! Tokens with which programs act for the organisation: a delegate issues their own, shown once; they and the clerks see
//! which there are, and revoke them.

use super::{named, organisation, page};
use crate::api::tokens::{DAYS, visible};
use crate::tokens::{self, Told};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, OrganisationId, TokenId};
use frame::maud::{Markup, html};
use frame::parts::empty;
use frame::{Errors, Visit, say};
use parties::Token;

/// Where they are listed.
const LIST: &str = "employer/tokens";

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    list(&caller, &DAYS.to_string(), &Errors::new())
}

pub(super) async fn issue(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let l = caller.language;
    let mut errors = Errors::new();
    let Some(days) = tokens::days(l, &posted, &mut errors) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, list(&caller, posted.text("days"), &errors)?).into_response());
    };
    let issued = tokens::issue(&caller, &posted, &caller.actor, days).await?;
    let visit = caller.visit();
    let page = page(&visit, say!(l, "tokens-issued-title", token = issued.token.to_string()));
    let told = Told {
        lead: say!(l, "program-tokens-issued"),
        usage: say!(l, "program-tokens-use"),
        back: say!(l, "program-tokens-back"),
        list: LIST,
    };
    tokens::shown_once(&caller, page.crumb(say!(l, "program-tokens-title"), visit.href(LIST)), &issued, &told)
}

pub(super) async fn revoke(caller: Caller, Path((_, token)): Path<(String, String)>) -> Result<Response, Problem> {
    let token: TokenId = named(&token)?;
    caller.portal.park.revoke_token(&caller.actor, token).await?;
    Ok(caller.done(LIST, "token-revoked"))
}

fn list(caller: &Caller, days: &str, errors: &Errors) -> Result<Markup, Problem> {
    let id = organisation(caller)?;
    let visit = caller.visit();
    let l = caller.language;
    let delegate = matches!(caller.actor, Actor::Delegate { .. });
    let lead = if delegate { say!(l, "program-tokens-lead") } else { say!(l, "program-tokens-lead-clerk") };
    Ok(page(&visit, say!(l, "program-tokens-title")).lead(lead).faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        (table(caller, &visit, id))
        @if delegate {
            h2 { (say!(l, "tokens-issue")) }
            form method="post" action=(visit.href(LIST)) novalidate {
                (visit.csrf_field())
                (once::field())
                (tokens::days_field(l, days, errors))
            }
        }
    }))
}

/// Those whose bearers act for the organisation.
fn table(caller: &Caller, visit: &Visit, organisation: OrganisationId) -> Markup {
    let l = visit.language;
    let zone = caller.portal.park.zone();
    let ours = |token: &Token| token.bearer.organisation() == Some(organisation);
    let known = visible(&caller.portal, &zone, &caller.actor, ours);
    if known.is_empty() {
        return empty(&say!(l, "tokens-none"), &say!(l, "program-tokens-none-text"), None);
    }
    let words = (&*say!(l, "program-tokens-title"), say!(l, "program-tokens-bearer"), LIST);
    html! { (tokens::table(caller, visit, words, &known, |of| bearer(caller, of))) }
}

/// Whoever accepted a delegation is known to the organisation by name.
fn bearer(caller: &Caller, bearer: &Actor) -> Markup {
    html! {
        @if let Some(person) = bearer.person() { (caller.name_of(person)) " (" (person) ")" }
        @if let Some(delegation) = bearer.delegation() { div.data__note { (delegation) } }
    }
}
