//! Tokens with which programs act for the organisation: a delegate issues their own, shown once; they and the clerks see
//! which there are, and revoke them.

use super::{named, organisation, page};
use crate::api::{token_text, tokens};
use crate::officer::tokens::{DAYS_MAX, state};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, Instant, OrganisationId, TokenId};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty, inset};
use frame::{Errors, Field, Size, Visit, Weight, button_link, buttons, format, say, submit};
use parties::Token;

/// Tokens shown at once; the newest first.
const SHOWN_MAX: usize = 200;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    list(&caller, &tokens::DAYS.to_string(), &Errors::new())
}

/// The answer shows the token, so it is a page and no redirect: it stands in no address, and nowhere else.
pub(super) async fn issue(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let l = caller.language;
    let days = posted.text("days").trim().parse::<u16>().ok().filter(|days| (1..=DAYS_MAX).contains(days));
    let Some(days) = days else {
        let mut errors = Errors::new();
        errors.add("days", say!(l, "tokens-days-wrong", limit = DAYS_MAX));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, list(&caller, posted.text("days"), &errors)?).into_response());
    };
    let park = &caller.portal.park;
    let expires_at = park.now().plus(i64::from(days) * Instant::DAY);
    let key = once::key(&caller.actor, &posted);
    let issued = park.issue_token(&caller.actor, &caller.actor, expires_at, key).await?;
    let text = token_text(park, &issued).map_err(park::WorkError::from)?;
    let visit = caller.visit();
    let page = page(&visit, say!(l, "tokens-issued-title", token = issued.token.to_string()))
        .crumb(say!(l, "program-tokens-title"), visit.href("employer/tokens"))
        .reading()
        .body(html! {
            p.lead { (say!(l, "program-tokens-issued")) }
            (inset(html! { p { code.long-code { (text) } } }))
            p { (say!(l, "program-tokens-use")) }
            p { (say!(l, "tokens-until")) (format::sentence_gap(l)) (visit.time(issued.expires_at)) }
            (buttons(button_link(Weight::Secondary, &say!(l, "program-tokens-back"), &visit.href("employer/tokens"))))
        });
    Ok(page.into_response())
}

pub(super) async fn revoke(caller: Caller, Path((_, token)): Path<(String, String)>) -> Result<Response, Problem> {
    let token: TokenId = named(&token)?;
    caller.portal.park.revoke_token(&caller.actor, token).await?;
    Ok(caller.done("employer/tokens", "token-revoked"))
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
            form method="post" action=(visit.href("employer/tokens")) novalidate {
                (visit.csrf_field())
                (once::field())
                (Field::new("days", say!(l, "tokens-days")).hint(say!(l, "tokens-days-hint", limit = DAYS_MAX))
                    .value(days).errors(errors).size(Size::Short).input_mode("numeric").text())
                (submit(Weight::Primary, &say!(l, "tokens-issue-submit")))
            }
        }
    }))
}

fn table(caller: &Caller, visit: &Visit, organisation: OrganisationId) -> Markup {
    let l = visit.language;
    let now = caller.portal.park.now();
    let zone = caller.portal.park.zone();
    let known = tokens::visible(&caller.portal, &zone, &caller.actor);
    let ours: Vec<(TokenId, &Token)> = known
        .into_iter()
        .filter(|(_, token)| token.bearer.organisation() == Some(organisation))
        .take(SHOWN_MAX)
        .collect();
    if ours.is_empty() {
        return empty(&say!(l, "tokens-none"), &say!(l, "program-tokens-none-text"), None);
    }
    let columns = [
        Column::text(say!(l, "tokens-number")),
        Column::text(say!(l, "program-tokens-bearer")),
        Column::text(say!(l, "tokens-ends")),
        Column::text(say!(l, "tokens-state")),
        Column::text(say!(l, "tokens-revoke")),
    ];
    let rows = ours.into_iter().map(|(id, token)| {
        let in_force = token.revoked_at.is_none() && now < token.expires_at;
        [
            html! { (id) },
            bearer(caller, &token.bearer),
            visit.time(token.expires_at),
            state(l, token, in_force),
            html! { @if in_force { (revocation(visit, id)) } @else { "–" } },
        ]
    });
    html! { (Table::new(say!(l, "program-tokens-title"), columns).hide_caption().rows(rows)) }
}

/// Whoever accepted a delegation is known to the organisation by name.
fn bearer(caller: &Caller, bearer: &Actor) -> Markup {
    html! {
        @if let Some(person) = bearer.person() { (caller.name_of(person)) " (" (person) ")" }
        @if let Some(delegation) = bearer.delegation() { div.data__note { (delegation) } }
    }
}

fn revocation(visit: &Visit, id: TokenId) -> Markup {
    html! {
        form method="post" action=(visit.href(&format!("employer/tokens/{id}/revoke"))) {
            (visit.csrf_field())
            (submit(Weight::Secondary, &say!(visit.language, "tokens-revoke-submit")))
        }
    }
}
