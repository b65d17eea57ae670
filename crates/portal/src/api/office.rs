//! What an office has to see to: unfinished passages, travellers referred to it, its bank's own watchlist.

use super::body::{Bare, Body};
use super::caller::{AnyCaller, ApiCaller};
use super::docs::Problems;
use super::idempotency;
use super::receipts::{ReceiptView, submit, submit_as};
use super::sealing::{not_taken, note};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, Bank, Entity, Key, PassageId, Question, WatchId};
use desk::{context, document_tag};
use park::WorkError;
use people::{Command, OpenItem, Settlement};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const DOCUMENT_CHARS_MAX: usize = 64;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenItemView {
    /// `overdue`: a passage that takes longer than its gate allows for; `referred`: a traveller to be seen.
    kind: &'static str,
    #[schema(value_type = String, example = "X-1042")]
    passage: PassageId,
    since: String,
    #[schema(value_type = String)]
    office: Key,
}

/// What the officer's own office has to see to, oldest first.
#[utoipa::path(get, path = "/api/open-items", tag = "office",
    responses((status = 200, body = Vec<OpenItemView>), Problems))]
pub(crate) async fn open_items(caller: ApiCaller) -> Result<Json<Vec<OpenItemView>>, Problem> {
    let own = held_office(&caller)?;
    let park = &caller.portal.park;
    let zone = park.zone();
    let items = people::open_items(&zone.people, &park.profile, park.now());
    let items = items.iter().filter(|item| *item.office() == own.0).map(|item| match item {
        OpenItem::Overdue { passage, began_at, office } => {
            OpenItemView { kind: "overdue", passage: *passage, since: began_at.to_string(), office: (*office).clone() }
        }
        OpenItem::Referred { passage, at, office } => {
            OpenItemView { kind: "referred", passage: *passage, since: at.to_string(), office: (*office).clone() }
        }
    });
    Ok(Json(items.collect()))
}

/// The office that the caller acts for and its bank, where they still do.
fn held_office(caller: &AnyCaller) -> Result<(Key, Bank), Problem> {
    let Actor::Officer { person, office } = &caller.actor else { return Err(Problem::WrongCapacity) };
    let zone = caller.portal.park.zone();
    let holds = parties::person(&zone.parties, *person).is_some_and(|known| known.offices.contains(office));
    let known = caller.portal.park.profile.office(office).filter(|_| holds).ok_or(Problem::WrongCapacity)?;
    Ok((known.key.clone(), known.bank))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResolutionBody {
    /// `north` or `south`: where the traveller is.
    #[schema(value_type = String)]
    place: Bank,
    /// Sealed under the traveller's key.
    note: Option<String>,
}

/// Settles where the traveller of an unfinished passage is.
#[utoipa::path(post, path = "/api/passages/{passage}/resolved", tag = "office",
    params(("passage" = String, Path, example = "X-1042")), request_body = ResolutionBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn resolve(
    caller: ApiCaller,
    Place(passage): Place<PassageId>,
    body: Body<ResolutionBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let traveller = caller.portal.park.zone().people.passages.get(&passage).map(|open| open.person);
    let note = note(&caller.portal, traveller, context::PASSAGE_NOTE, body.value.note.as_deref())?;
    let command = Command::ResolvePassage { passage, place: body.value.place, note };
    submit_as(&caller, &caller.actor, key, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettlementBody {
    /// `let_pass` or `turn_away`.
    #[schema(value_type = String)]
    settlement: Settlement,
    /// Sealed under the traveller's key.
    note: Option<String>,
}

/// What becomes of a traveller whom the gate referred.
#[utoipa::path(post, path = "/api/passages/{passage}/settled", tag = "office",
    params(("passage" = String, Path, example = "X-1042")), request_body = SettlementBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn settle(
    caller: ApiCaller,
    Place(passage): Place<PassageId>,
    body: Body<SettlementBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let traveller = caller.portal.park.zone().people.referrals.get(&passage).and_then(|open| open.person);
    let note = note(&caller.portal, traveller, context::PASSAGE_NOTE, body.value.note.as_deref())?;
    let command = Command::SettleReferral { passage, settlement: body.value.settlement, note };
    submit_as(&caller, &caller.actor, key, command).await
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WatchView {
    #[schema(value_type = String, example = "W-7")]
    watch: WatchId,
    listed_at: String,
}

/// The bank's own watchlist: whom an entry means is not told again.
#[utoipa::path(get, path = "/api/watchlist", tag = "office",
    responses((status = 200, body = Vec<WatchView>), Problems))]
pub(crate) async fn watchlist(caller: ApiCaller) -> Result<Json<Vec<WatchView>>, Problem> {
    let (_, bank) = held_office(&caller)?;
    may_watch(&caller, bank, "view_watch")?;
    let zone = caller.portal.park.zone();
    let own = zone.people.watch.iter().filter(|(_, watch)| watch.bank == bank);
    Ok(Json(own.map(|(id, watch)| WatchView { watch: *id, listed_at: watch.listed_at.to_string() }).collect()))
}

fn may_watch(caller: &AnyCaller, bank: Bank, action: &'static str) -> Result<(), Problem> {
    let zone = caller.portal.park.zone();
    let resource = Entity::new("Watch", bank).with("bank", bank.as_str());
    caller.portal.ask(&Question::new(action, caller.portal.principal(&zone, &caller.actor), resource))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WatchBody {
    /// The kind of identity document.
    #[schema(value_type = String, example = "passport")]
    kind: Key,
    number: String,
}

/// Puts an identity document on the bank's own watchlist. Its number is kept nowhere.
#[utoipa::path(post, path = "/api/watchlist", tag = "office", request_body = WatchBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn list_watch(caller: ApiCaller, body: Body<WatchBody>) -> Result<Json<ReceiptView>, Problem> {
    let (_, bank) = held_office(&caller)?;
    // Asked before a key is made for the entry.
    may_watch(&caller, bank, "list_watch")?;
    let key = idempotency::key_of(&caller, body.asked)?;
    if let Some(earlier) = idempotency::earlier(&caller.portal, key.as_deref())? {
        return Ok(Json(ReceiptView::repeated(&caller.portal, &earlier)));
    }
    let WatchBody { kind, number } = body.value;
    let fits = number.chars().any(|c| c.is_ascii_alphanumeric()) && number.chars().count() <= DOCUMENT_CHARS_MAX;
    let vault = &caller.portal.park.vault;
    let tag = document_tag(vault, kind.as_str(), &number).filter(|_| fits).ok_or_else(|| not_taken("number"))?;
    let sealed = vault.create_subjects(1).and_then(|mut subjects| {
        let subject = subjects.pop().ok_or(vault::VaultError::UnknownSubject)?;
        vault.seal(&subject, context::WATCH_TAG, &tag)
    });
    let tag = sealed.map_err(WorkError::from)?;
    submit_as(&caller, &caller.actor, key, Command::ListWatch { bank, tag }).await
}

/// Takes an entry off the bank's own watchlist, and destroys the key of what it said.
#[utoipa::path(delete, path = "/api/watchlist/{watch}", tag = "office",
    params(("watch" = String, Path, example = "W-7")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn unlist_watch(
    caller: ApiCaller,
    Place(watch): Place<WatchId>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    let park = &caller.portal.park;
    let sealed_under = park.zone().people.watch.get(&watch).map(|known| known.tag.of.clone());
    let receipt = submit(&caller, bare.asked, Command::UnlistWatch { watch }).await?;
    if let Some(subject) = sealed_under {
        park.vault.erase(&subject).map_err(WorkError::from)?;
    }
    Ok(receipt)
}
