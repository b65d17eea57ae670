//! The bank's own list of documents whose bearers its officers have to see: for its immigration officers alone.

use super::{Part, desk_tabs, office, page, rules};
use crate::clerk::named;
use crate::{Caller, Posted, Problem, WORDS};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Language, WatchId};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty, inset};
use frame::{Choice, Errors, Field, Size, Visit, Weight, say, submit};
use rosters::DocumentKind;

/// The longest number that the page takes.
const NUMBER_CHARS_MAX: u32 = 24;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    list(&caller, ("", ""), &Errors::new())
}

pub(super) async fn add(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let bank = office(&caller)?.bank;
    rules::may_watch(&caller, &caller.portal.park.zone(), bank)?;
    let l = caller.language;
    let (kind, number) = (posted.text("kind"), posted.text("number"));
    let known = DocumentKind::ALL.into_iter().any(|known| known.code() == kind);
    let shaped = number.chars().any(|c| c.is_ascii_alphanumeric()) && number.len() <= NUMBER_CHARS_MAX as usize;
    let mut errors = Errors::new();
    if !known {
        errors.add("kind", say!(l, "watch-kind-missing"));
    }
    if !shaped {
        errors.add("number", say!(l, "watch-number-missing"));
    }
    if !errors.is_empty() {
        let page = list(&caller, (kind, number), &errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    caller.portal.park.list_watch(&caller.actor, bank, kind, number).await?;
    Ok(caller.done("office/watchlist", "watch-listed"))
}

pub(super) async fn remove(caller: Caller, Path((_, watch)): Path<(String, String)>) -> Result<Response, Problem> {
    let watch: WatchId = named(&watch)?;
    caller.portal.park.unlist_watch(&caller.actor, watch).await?;
    Ok(caller.done("office/watchlist", "watch-unlisted"))
}

/// What a kind of document is called; a kind that is not known by its key.
pub(super) fn document_label(l: Language, kind: &str) -> String {
    WORDS.find(l, &format!("document-{kind}"), &[]).unwrap_or_else(|| kind.to_owned())
}

fn list(caller: &Caller, (kind, number): (&str, &str), errors: &Errors) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    rules::may_watch(caller, &zone, office.bank)?;
    let visit = caller.visit();
    let l = caller.language;
    let own: Vec<WatchId> =
        zone.people.watch.iter().filter(|(_, watch)| watch.bank == office.bank).map(|(id, _)| *id).collect();
    let since = |id: &WatchId| zone.people.watch.get(id).map(|watch| visit.time(watch.listed_at));
    let kinds: Vec<Choice> = std::iter::once(Choice::new("", say!(l, "watch-kind-choose")))
        .chain(DocumentKind::ALL.map(|kind| Choice::new(kind.code(), document_label(l, kind.code()))))
        .collect();
    let columns = [
        Column::text(say!(l, "watch-entry")),
        Column::text(say!(l, "watch-since")),
        Column::text(say!(l, "watch-remove")),
    ];
    let rows = own
        .iter()
        .map(|id| [html! { (id) }, html! { @if let Some(since) = since(id) { (since) } }, removal(&visit, *id)]);
    Ok(page(&visit, office, say!(l, "watch-title")).lead(say!(l, "watch-lead")).faulty(!errors.is_empty()).body(
        html! {
            (errors.summary(l))
            (desk_tabs(caller, &visit, &zone, office, Part::Watchlist))
            @if own.is_empty() { (empty(&say!(l, "watch-none"), &say!(l, "watch-none-text"), None)) }
            @else { (Table::new(say!(l, "watch-title"), columns).hide_caption().rows(rows)) }
            h2 { (say!(l, "watch-add")) }
            form method="post" novalidate {
                (visit.csrf_field())
                (Field::new("kind", say!(l, "watch-kind")).value(kind).errors(errors).select(&kinds))
                (Field::new("number", say!(l, "watch-number")).value(number).errors(errors).size(Size::Medium)
                    .characters_max(NUMBER_CHARS_MAX).autocomplete("off").without_spell_check().text())
                (submit(Weight::Primary, &say!(l, "watch-add-submit")))
            }
            (inset(html! { p { (say!(l, "watch-sealed")) } }))
        },
    ))
}

fn removal(visit: &Visit, id: WatchId) -> Markup {
    html! {
        form method="post" action=(visit.href(&format!("office/watchlist/{id}/remove"))) {
            (visit.csrf_field())
            (submit(Weight::Secondary, &say!(visit.language, "watch-remove-submit")))
        }
    }
}
