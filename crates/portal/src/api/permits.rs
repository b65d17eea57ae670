//! Passes: their state, the holder's key that they are bound to, and what stops them.

use super::body::{Body, Nothing};
use super::caller::{AnyCaller, ApiCaller};
use super::docs::Problems;
use super::idempotency;
use super::receipts::{ReceiptView, submit_as};
use super::sealing::note;
use crate::finding;
use crate::place::Place;
use crate::problem::Problem;
use ::permits::{Command, Form, Permit, Reason, Scope, Status};
use axum::Json;
use base::{Actor, CaseId, Key, OrganisationId, PermitId, PersonId};
use credentials::Jwk;
use desk::context;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermitView {
    #[schema(value_type = String, example = "T-1042")]
    permit: PermitId,
    #[schema(value_type = String, example = "commuter")]
    kind: Key,
    #[schema(value_type = String)]
    holder: PersonId,
    #[schema(value_type = Option<String>)]
    organisation: Option<OrganisationId>,
    #[schema(value_type = String)]
    case: CaseId,
    /// `valid`, `suspended` or `revoked`.
    #[schema(value_type = String)]
    status: Status,
    valid_from: String,
    /// The first instant at which it is no longer valid.
    valid_until: String,
    /// Bridges, directions, minutes of the day and weekdays.
    #[schema(value_type = Object)]
    scope: Scope,
    /// How many keys it is bound to.
    holder_keys: usize,
}

/// A pass, to those concerned.
#[utoipa::path(get, path = "/api/permits/{permit}", tag = "permits",
    params(("permit" = String, Path, example = "T-1042")),
    responses((status = 200, body = PermitView), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(id): Place<PermitId>) -> Result<Json<PermitView>, Problem> {
    let zone = caller.portal.park.zone();
    let permit = caller.portal.permit(&zone, &caller.actor, id)?;
    Ok(Json(view(id, permit)))
}

fn view(id: PermitId, permit: &Permit) -> PermitView {
    let issue = &permit.issue;
    PermitView {
        permit: id,
        kind: issue.kind.clone(),
        holder: issue.holder,
        organisation: issue.organisation,
        case: issue.case,
        status: permit.status,
        valid_from: issue.valid_from.to_string(),
        valid_until: issue.valid_until.to_string(),
        scope: issue.scope.clone(),
        holder_keys: permit.bindings.len(),
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedBody {
    /// The number of a pass, a person or an identity document; or a part of a name or of an organisation's name.
    #[schema(example = "Chan Tai Man")]
    wanted: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundView {
    permits: Vec<PermitView>,
    /// There were more: say more of whom you mean.
    cut: bool,
}

/// Passes that the text may mean, to officers who may see them with their holders. Sent in the body, because what is
/// looked for is personal and would stand in addresses otherwise.
#[utoipa::path(post, path = "/api/permits/search", tag = "permits", request_body = WantedBody,
    responses((status = 200, body = FoundView), Problems))]
pub(crate) async fn search(caller: ApiCaller, body: Body<WantedBody>) -> Result<Json<FoundView>, Problem> {
    let (portal, actor, wanted) = (caller.portal.clone(), caller.actor.clone(), body.value.wanted);
    if !matches!(actor, Actor::Officer { .. }) {
        return Err(Problem::WrongCapacity);
    }
    let found = tokio::task::spawn_blocking(move || finding::find(&portal, &actor, &wanted)).await;
    let found = found.map_err(|_| Problem::Broken)?;
    let zone = caller.portal.park.zone();
    let known = |id: &PermitId| Some(view(*id, ::permits::permit(&zone.permits, *id)?));
    Ok(Json(FoundView { permits: found.permits.iter().filter_map(known).collect(), cut: found.cut }))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolderKeyBody {
    /// The public P-256 key of the holder's device, RFC 7517.
    #[schema(value_type = Object)]
    holder_key: Jwk,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassView {
    /// An SD-JWT VC bound to the holder's key.
    sd_jwt: String,
    #[schema(value_type = String)]
    form: Form,
}

/// The holder collects the pass, bound to their device's key. The same key may collect again.
#[utoipa::path(post, path = "/api/permits/{permit}/holder-keys", tag = "permits",
    params(("permit" = String, Path, example = "T-1042")), request_body = HolderKeyBody,
    responses((status = 200, body = PassView), Problems))]
pub(crate) async fn collect(
    caller: ApiCaller,
    Place(permit): Place<PermitId>,
    body: Body<HolderKeyBody>,
) -> Result<Json<PassView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let pass = caller.portal.park.collect(&caller.as_person()?, permit, body.value.holder_key, key).await?;
    Ok(Json(PassView { sd_jwt: pass.sd_jwt, form: pass.form }))
}

/// Why a pass is stopped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StopBody {
    /// `lost`, `left-employer`, `misuse`, `office-request` or `holder-request`; the others are the platform's to give.
    #[schema(value_type = String)]
    reason: Reason,
    /// Sealed under the holder's key.
    note: Option<String>,
}

/// Suspends a pass: gates refuse it from the next presentation on, until it is resumed.
#[utoipa::path(post, path = "/api/permits/{permit}/suspend", tag = "permits",
    params(("permit" = String, Path, example = "T-1042")), request_body = StopBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn suspend(
    caller: ApiCaller,
    Place(permit): Place<PermitId>,
    body: Body<StopBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let note = note(&caller.portal, holder(&caller, permit)?, context::PERMIT_NOTE, body.value.note.as_deref())?;
    let command = Command::Suspend { permit, reason: body.value.reason, note };
    submit_as(&caller, &caller.actor, key, command).await
}

/// Puts a suspended pass in force again.
#[utoipa::path(post, path = "/api/permits/{permit}/resume", tag = "permits",
    params(("permit" = String, Path, example = "T-1042")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn resume(
    caller: ApiCaller,
    Place(permit): Place<PermitId>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    submit_as(&caller, &caller.actor, key, Command::Resume { permit, note: None }).await
}

/// Revokes a pass for good.
#[utoipa::path(post, path = "/api/permits/{permit}/revoke", tag = "permits",
    params(("permit" = String, Path, example = "T-1042")), request_body = StopBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn revoke(
    caller: ApiCaller,
    Place(permit): Place<PermitId>,
    body: Body<StopBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let note = note(&caller.portal, holder(&caller, permit)?, context::PERMIT_NOTE, body.value.note.as_deref())?;
    let command = Command::Revoke { permit, reason: body.value.reason, note };
    submit_as(&caller, &caller.actor, key, command).await
}

fn holder(caller: &AnyCaller, permit: PermitId) -> Result<Option<PersonId>, Problem> {
    let zone = caller.portal.park.zone();
    let permit = ::permits::permit(&zone.permits, permit).ok_or(Problem::NotFound)?;
    Ok(Some(permit.issue.holder))
}
