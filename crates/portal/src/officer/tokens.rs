//! The tokens with which the gates of the office's own bank sign in: issued, shown once, revoked.

use super::{Part, desk_tabs, office, page, rules};
use crate::api::{token_text, tokens};
use crate::clerk::named;
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, Instant, Key, Language, Outcome, TokenId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, Tone, empty, inset, tag};
use frame::{Choice, Errors, Field, Size, Visit, Weight, button_link, buttons, format, say, submit};
use parties::Token;

/// Tokens shown at once; the newest first.
const SHOWN_MAX: usize = 200;
pub(crate) const DAYS_MAX: u16 = 400;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    list(&caller, ("", &tokens::DAYS.to_string()), &Errors::new())
}

/// The answer shows the token, so it is a page and no redirect: it stands in no address, and nowhere else.
pub(super) async fn issue(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let l = caller.language;
    let gate = Key::new(posted.text("gate")).filter(|gate| caller.portal.park.profile.gate(gate).is_some());
    let days = posted.text("days").trim().parse::<u16>().ok().filter(|days| (1..=DAYS_MAX).contains(days));
    let mut errors = Errors::new();
    if gate.is_none() {
        errors.add("gate", say!(l, "tokens-gate-missing"));
    }
    if days.is_none() {
        errors.add("days", say!(l, "tokens-days-wrong", limit = DAYS_MAX));
    }
    let (Some(gate), Some(days)) = (gate, days) else {
        let page = list(&caller, (posted.text("gate"), posted.text("days")), &errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let park = &caller.portal.park;
    let expires_at = park.now().plus(i64::from(days) * Instant::DAY);
    let key = once::key(&caller.actor, &posted);
    let issued = park.issue_token(&caller.actor, &Actor::Gate { gate }, expires_at, key).await?;
    let text = token_text(park, &issued).map_err(park::WorkError::from)?;
    let visit = caller.visit();
    let page = page(&visit, office(&caller)?, say!(l, "tokens-issued-title", token = issued.token.to_string()));
    let body = page.crumb(say!(l, "tokens-title"), visit.href("office/tokens")).reading().body(html! {
        p.lead { (say!(l, "tokens-issued-lead", gate = bearer(&caller, &issued.bearer))) }
        (inset(html! { p { code.long-code { (text) } } }))
        p { (say!(l, "tokens-issued-use")) }
        p { (say!(l, "tokens-until")) (format::sentence_gap(l)) (visit.time(issued.expires_at)) }
        (buttons(button_link(Weight::Secondary, &say!(l, "tokens-back"), &visit.href("office/tokens"))))
    });
    Ok(body.into_response())
}

pub(super) async fn revoke(caller: Caller, Path((_, token)): Path<(String, String)>) -> Result<Response, Problem> {
    let token: TokenId = named(&token)?;
    caller.portal.park.revoke_token(&caller.actor, token).await?;
    Ok(caller.done("office/tokens", "token-revoked"))
}

/// Whether this officer issues tokens for any gate.
pub(super) fn shown(caller: &Caller, zone: &Zone) -> bool {
    gates(caller, zone).next().is_some()
}

fn gates<'a>(caller: &'a Caller, zone: &'a Zone) -> impl Iterator<Item = &'a profile::Gate> {
    let may = |gate: &&profile::Gate| {
        let bearer = Actor::Gate { gate: gate.key.clone() };
        rules::about_token(caller, zone, &bearer).outcome == Outcome::Permitted
    };
    caller.portal.park.profile.gates.values().filter(may)
}

fn bearer(caller: &Caller, bearer: &Actor) -> String {
    let gate = match bearer {
        Actor::Gate { gate } => caller.portal.park.profile.gate(gate),
        Actor::Anonymous
        | Actor::System
        | Actor::Operator
        | Actor::Person { .. }
        | Actor::Clerk { .. }
        | Actor::Delegate { .. }
        | Actor::Officer { .. } => None,
    };
    gate.map_or_else(|| bearer.to_string(), |gate| gate.name.get(caller.language).to_owned())
}

fn list(caller: &Caller, (gate, days): (&str, &str), errors: &Errors) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    rules::may_issue_tokens(caller, &zone, office)?;
    let visit = caller.visit();
    let l = caller.language;
    let known = tokens::visible(&caller.portal, &zone, &caller.actor);
    let choices: Vec<Choice> = std::iter::once(Choice::new("", say!(l, "tokens-gate-choose")))
        .chain(gates(caller, &zone).map(|gate| Choice::new(gate.key.as_str(), gate.name.get(l))))
        .collect();
    Ok(page(&visit, office, say!(l, "tokens-title")).lead(say!(l, "tokens-lead")).faulty(!errors.is_empty()).body(
        html! {
            (errors.summary(l))
            (desk_tabs(caller, &visit, &zone, office, Part::Tokens))
            @if known.is_empty() { (empty(&say!(l, "tokens-none"), &say!(l, "tokens-none-text"), None)) }
            @else { (table(caller, &visit, &known)) }
            h2 { (say!(l, "tokens-issue")) }
            form method="post" novalidate {
                (visit.csrf_field())
                (once::field())
                (Field::new("gate", say!(l, "tokens-gate")).value(gate).errors(errors).select(&choices))
                (Field::new("days", say!(l, "tokens-days")).hint(say!(l, "tokens-days-hint", limit = DAYS_MAX))
                    .value(days).errors(errors).size(Size::Short).input_mode("numeric").text())
                (submit(Weight::Primary, &say!(l, "tokens-issue-submit")))
            }
        },
    ))
}

fn table(caller: &Caller, visit: &Visit, known: &[(TokenId, &Token)]) -> Table {
    let l = visit.language;
    let now = caller.portal.park.now();
    let columns = [
        Column::text(say!(l, "tokens-number")),
        Column::text(say!(l, "tokens-bearer")),
        Column::text(say!(l, "tokens-ends")),
        Column::text(say!(l, "tokens-state")),
        Column::text(say!(l, "tokens-revoke")),
    ];
    Table::new(say!(l, "tokens-title"), columns).hide_caption().rows(known.iter().take(SHOWN_MAX).map(|(id, token)| {
        let in_force = token.revoked_at.is_none() && now < token.expires_at;
        [
            html! { (id) },
            html! { (bearer(caller, &token.bearer)) },
            visit.time(token.expires_at),
            state(l, token, in_force),
            html! { @if in_force { (revocation(visit, *id)) } @else { "–" } },
        ]
    }))
}

pub(crate) fn state(l: Language, token: &Token, in_force: bool) -> Markup {
    match (token.revoked_at, in_force) {
        (Some(_), _) => tag(Tone::Bad, &say!(l, "tokens-revoked")),
        (None, true) => tag(Tone::Good, &say!(l, "tokens-in-force")),
        (None, false) => tag(Tone::Neutral, &say!(l, "tokens-over")),
    }
}

fn revocation(visit: &Visit, id: TokenId) -> Markup {
    html! {
        form method="post" action=(visit.href(&format!("office/tokens/{id}/revoke"))) {
            (visit.csrf_field())
            (submit(Weight::Secondary, &say!(visit.language, "tokens-revoke-submit")))
        }
    }
}
