//! The tokens with which the gates of the office's own bank sign in: issued, shown once, revoked.

use super::{Part, desk_tabs, office, page, rules};
use crate::api::tokens::{DAYS, visible};
use crate::clerk::named;
use crate::tokens::{self, Told};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, Key, Outcome, TokenId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::empty;
use frame::{Choice, Errors, Field, say};

/// Where they are listed.
const LIST: &str = "office/tokens";

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    list(&caller, ("", &DAYS.to_string()), &Errors::new())
}

pub(super) async fn issue(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let l = caller.language;
    let gate = Key::new(posted.text("gate")).filter(|gate| caller.portal.park.profile.gate(gate).is_some());
    let mut errors = Errors::new();
    if gate.is_none() {
        errors.add("gate", say!(l, "tokens-gate-missing"));
    }
    let (Some(gate), Some(days)) = (gate, tokens::days(l, &posted, &mut errors)) else {
        let page = list(&caller, (posted.text("gate"), posted.text("days")), &errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let issued = tokens::issue(&caller, &posted, &Actor::Gate { gate }, days).await?;
    let visit = caller.visit();
    let page = page(&visit, office(&caller)?, say!(l, "tokens-issued-title", token = issued.token.to_string()));
    let told = Told {
        lead: say!(l, "tokens-issued-lead", gate = bearer(&caller, &issued.bearer)),
        usage: say!(l, "tokens-issued-use"),
        back: say!(l, "tokens-back"),
        list: LIST,
    };
    tokens::shown_once(&caller, page.crumb(say!(l, "tokens-title"), visit.href(LIST)), &issued, &told)
}

pub(super) async fn revoke(caller: Caller, Path((_, token)): Path<(String, String)>) -> Result<Response, Problem> {
    let token: TokenId = named(&token)?;
    caller.portal.park.revoke_token(&caller.actor, token).await?;
    Ok(caller.done(LIST, "token-revoked"))
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
    let known = visible(&caller.portal, &zone, &caller.actor, |_| true);
    let choices: Vec<Choice> = std::iter::once(Choice::new("", say!(l, "tokens-gate-choose")))
        .chain(gates(caller, &zone).map(|gate| Choice::new(gate.key.as_str(), gate.name.get(l))))
        .collect();
    Ok(page(&visit, office, say!(l, "tokens-title")).lead(say!(l, "tokens-lead")).faulty(!errors.is_empty()).body(
        html! {
            (errors.summary(l))
            (desk_tabs(caller, &visit, &zone, office, Part::Tokens))
            @if known.is_empty() { (empty(&say!(l, "tokens-none"), &say!(l, "tokens-none-text"), None)) }
            @else {
                (tokens::table(caller, &visit, (&say!(l, "tokens-title"), say!(l, "tokens-bearer"), LIST), &known,
                    |of| html! { (bearer(caller, of)) }))
            }
            h2 { (say!(l, "tokens-issue")) }
            form method="post" novalidate {
                (visit.csrf_field())
                (once::field())
                (Field::new("gate", say!(l, "tokens-gate")).value(gate).errors(errors).select(&choices))
                (tokens::days_field(l, days, errors))
            }
        },
    ))
}
