//! The queues that an officer keeps narrowed down: listed, kept, dropped.

use super::body::Body;
use super::caller::ApiCaller;
use super::docs::Problems;
use super::receipts::{ReceiptView, submit};
use crate::problem::Problem;
use axum::Json;
use base::{Actor, Key, PersonId};
use parties::{Command, SavedView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A queue narrowed down and sorted, as the address of its page says it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ViewBody {
    /// Lower-case names and keys, at most 200 characters.
    #[schema(example = "service=commuter-pass&urgency=breached", max_length = 200)]
    query: String,
}

/// The officer, and the office whose queue it is.
fn officer(caller: &ApiCaller) -> Result<(PersonId, Key), Problem> {
    match &caller.actor {
        Actor::Officer { person, office } => Ok((*person, office.clone())),
        Actor::Anonymous
        | Actor::System
        | Actor::Operator
        | Actor::Gate { .. }
        | Actor::Person { .. }
        | Actor::Clerk { .. }
        | Actor::Delegate { .. } => Err(Problem::WrongCapacity),
    }
}

/// The officer's own views of the office's queue, in the order they were saved.
#[utoipa::path(get, path = "/api/views", tag = "office",
    responses((status = 200, body = Vec<ViewBody>), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Result<Json<Vec<ViewBody>>, Problem> {
    let (person, office) = officer(&caller)?;
    let zone = caller.portal.park.zone();
    let kept = parties::views_of(&zone.parties, person, &office).map(|query| ViewBody { query: query.to_owned() });
    Ok(Json(kept.collect()))
}

/// Keeps a view.
#[utoipa::path(post, path = "/api/views", tag = "office", request_body = ViewBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn save(caller: ApiCaller, body: Body<ViewBody>) -> Result<Json<ReceiptView>, Problem> {
    let (person, office) = officer(&caller)?;
    let view = SavedView { office, query: body.value.query.into() };
    submit(&caller, body.asked, Command::SaveView { person, view }).await
}

/// Drops a view.
#[utoipa::path(post, path = "/api/views/remove", tag = "office", request_body = ViewBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn remove(caller: ApiCaller, body: Body<ViewBody>) -> Result<Json<ReceiptView>, Problem> {
    let (person, office) = officer(&caller)?;
    let view = SavedView { office, query: body.value.query.into() };
    submit(&caller, body.asked, Command::RemoveView { person, view }).await
}
