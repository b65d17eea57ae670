//! What the pages of an office and of an organisation have in common that issue tokens for programs: for how many days,
//! the token itself, shown once, and the table of those there are.

use crate::api::token_text;
use crate::{Caller, Posted, Problem, once};
use axum::response::{IntoResponse, Response};
use base::{Actor, Instant, Language, TokenId};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, Tone, inset, tag};
use frame::{Errors, Field, Page, Size, Visit, Weight, button_link, buttons, format, say, submit};
use park::Issued;
use parties::Token;

/// Tokens shown at once; the newest first.
pub(crate) const SHOWN_MAX: usize = 200;
const DAYS_MAX: u16 = 400;

/// The days that were asked for, where they are a number that there may be; else a fault is added.
pub(crate) fn days(l: Language, posted: &Posted, errors: &mut Errors) -> Option<u16> {
    let days = posted.text("days").trim().parse::<u16>().ok().filter(|days| (1..=DAYS_MAX).contains(days));
    if days.is_none() {
        errors.add("days", say!(l, "tokens-days-wrong", limit = DAYS_MAX));
    }
    days
}

/// The form's field for them, and its button.
pub(crate) fn days_field(l: Language, days: &str, errors: &Errors) -> Markup {
    html! {
        (Field::new("days", say!(l, "tokens-days")).hint(say!(l, "tokens-days-hint", limit = DAYS_MAX))
            .value(days).errors(errors).size(Size::Short).input_mode("numeric").text())
        (submit(Weight::Primary, &say!(l, "tokens-issue-submit")))
    }
}

/// Issues the token. Under the form's key it is the same one again.
pub(crate) async fn issue(caller: &Caller, posted: &Posted, bearer: &Actor, days: u16) -> Result<Issued, Problem> {
    let park = &caller.portal.park;
    let expires_at = park.now().plus(i64::from(days) * Instant::DAY);
    Ok(park.issue_token(&caller.actor, bearer, expires_at, once::key(&caller.actor, posted)).await?)
}

/// What the page with a new token says of it.
pub(crate) struct Told<'a> {
    pub lead: String,
    pub usage: String,
    pub back: String,
    /// Where the tokens are listed.
    pub list: &'a str,
}

/// The answer shows the token, so it is a page and no redirect: it stands in no address, and nowhere else.
pub(crate) fn shown_once(caller: &Caller, page: Page, issued: &Issued, told: &Told) -> Result<Response, Problem> {
    let text = token_text(&caller.portal.park, issued).map_err(park::WorkError::from)?;
    let (visit, l) = (caller.visit(), caller.language);
    let page = page.reading().body(html! {
        p.lead { (told.lead) }
        (inset(html! { p { code.long-code { (text) } } }))
        p { (told.usage) }
        p { (say!(l, "tokens-until")) (format::sentence_gap(l)) (visit.time(issued.expires_at)) }
        (buttons(button_link(Weight::Secondary, &told.back, &visit.href(told.list))))
    });
    Ok(page.into_response())
}

/// The tokens, each with whom it is for as `bearer` names them, and the button that revokes it.
pub(crate) fn table(
    caller: &Caller,
    visit: &Visit,
    (title, whose, list): (&str, String, &str),
    known: &[(TokenId, &Token)],
    bearer: impl Fn(&Actor) -> Markup,
) -> Table {
    let l = visit.language;
    let now = caller.portal.park.now();
    let columns = [
        Column::text(say!(l, "tokens-number")),
        Column::text(whose),
        Column::text(say!(l, "tokens-ends")),
        Column::text(say!(l, "tokens-state")),
        Column::text(say!(l, "tokens-revoke")),
    ];
    Table::new(title, columns).hide_caption().rows(known.iter().take(SHOWN_MAX).map(|(id, token)| {
        let in_force = token.revoked_at.is_none() && now < token.expires_at;
        [
            html! { (id) },
            bearer(&token.bearer),
            visit.time(token.expires_at),
            state(l, token, in_force),
            html! { @if in_force { (revocation(visit, list, *id)) } @else { "–" } },
        ]
    }))
}

fn state(l: Language, token: &Token, in_force: bool) -> Markup {
    match (token.revoked_at, in_force) {
        (Some(_), _) => tag(Tone::Bad, &say!(l, "tokens-revoked")),
        (None, true) => tag(Tone::Good, &say!(l, "tokens-in-force")),
        (None, false) => tag(Tone::Neutral, &say!(l, "tokens-over")),
    }
}

fn revocation(visit: &Visit, list: &str, id: TokenId) -> Markup {
    html! {
        form method="post" action=(visit.href(&format!("{list}/{id}/revoke"))) {
            (visit.csrf_field())
            (submit(Weight::Secondary, &say!(visit.language, "tokens-revoke-submit")))
        }
    }
}
