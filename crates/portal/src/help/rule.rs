//! One rule of the rulebook, for everybody: what it says, whose it is, on what it rests, and its text.

use super::source;
use crate::{Caller, Problem};
use axum::extract::Path;
use base::{Key, Outcome};
use frame::maud::{Markup, html};
use frame::parts::{self, SummaryRow, Tone, details, summary_list, tag};
use frame::{format, say};

pub(super) async fn one(caller: Caller, Path((_, id)): Path<(String, Key)>) -> Result<Markup, Problem> {
    let park = &caller.portal.park;
    // A hidden rule is as if it were not there.
    let card = park.rulebook.explain(&id).filter(|card| !card.hidden).ok_or(Problem::NotFound)?;
    let l = caller.language;
    let visit = caller.visit();
    let authority = match card.authority.and_then(|bank| park.profile.bank(bank)) {
        Some(bank) => bank.short_name.get(l).to_owned(),
        None => say!(l, "rule-page-both"),
    };
    let (tone, word) = match card.outcome {
        Outcome::Permitted => (Tone::Good, say!(l, "rule-page-permits")),
        Outcome::Referred => (Tone::Caution, say!(l, "rule-page-refers")),
        Outcome::Refused => (Tone::Bad, say!(l, "rule-page-refuses")),
    };
    let page = visit
        .page(card.reason.get(l))
        .caption(say!(l, "rule-page-caption"))
        .crumb(say!(l, "help-title"), visit.href("help"));
    Ok(page.reading().body(html! {
        p { (tag(tone, &word)) " " @if card.illustrative { (parts::tag(Tone::Caution, &say!(l, "services-illustrative"))) } }
        @if !card.remedy.get(l).is_empty() {
            p { strong { (say!(l, "problem-remedy")) } (format::sentence_gap(l)) (card.remedy.get(l)) }
        }
        p.hit__source { (source(&caller, &card.section)) }
        (summary_list([
            SummaryRow::new(say!(l, "rule-page-authority"), authority),
            SummaryRow::new(say!(l, "rule-page-since"), format::date(l, card.since)),
            SummaryRow::new(say!(l, "rule-page-id"), html! { code { (card.id) } }),
        ]))
        @if let Some(text) = park.rulebook.text_of(&card.id) {
            (details(say!(l, "rule-page-text"), html! { pre.rule-text lang="en" tabindex="0" { code { (text) } } }))
        }
    }))
}
