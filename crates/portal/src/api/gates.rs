//! Gates: a presentation in, both banks' answer out; passages that end; gates that close and open.

use super::body::{Body, Nothing};
use super::caller::ApiCaller;
use super::docs::{Problems, Words};
use super::idempotency;
use super::query::Asking;
use super::receipts::{ReceiptView, submit};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, Key, Localised, Outcome, PassageId};
use park::{GateAnswer, Park};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Instant;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PresentationBody {
    /// What the QR code says: an SD-JWT with key binding.
    presentation: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WithCheckpoint {
    /// Whether the signed checkpoint that covers the decision comes with it.
    #[param(required = false)]
    checkpoint: bool,
}

/// Both banks' answer to one presentation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionView {
    /// `pass`, `refer` (an officer has to see the traveller) or `refuse`.
    outcome: &'static str,
    /// The north bank's own; the joint outcome where the reason is not for the public.
    north: &'static str,
    south: &'static str,
    /// Only where the traveller may not pass, and never a reason that is the officers' alone.
    #[schema(value_type = Option<Words>)]
    reason: Option<Localised>,
    #[schema(value_type = Option<Words>)]
    remedy: Option<Localised>,
    section: Option<String>,
    #[schema(value_type = Option<String>)]
    policy: Option<Key>,
    /// Names the passage, to report its end by.
    #[schema(value_type = String, example = "X-1042")]
    passage: PassageId,
    /// Where the decision is in the log.
    sequence: u64,
    /// The size of the log that holds it.
    log_size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    checkpoint: Option<Arc<str>>,
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "pass",
        Outcome::Referred => "refer",
        Outcome::Refused => "refuse",
    }
}

impl DecisionView {
    fn new(park: &Park, answer: &GateAnswer, with_checkpoint: bool) -> Self {
        let GateAnswer { decision, sequence, log_size } = answer;
        let shown = park.shown(decision);
        // Which bank it was would tell what the hidden reason is.
        let hidden = shown.outcome != Outcome::Permitted && shown.policy.is_none();
        let of_bank = |own| word(if hidden { decision.outcome } else { own });
        Self {
            outcome: word(shown.outcome),
            north: of_bank(decision.north),
            south: of_bank(decision.south),
            reason: shown.reason,
            remedy: shown.remedy,
            section: shown.section,
            policy: shown.policy,
            passage: decision.passage,
            sequence: *sequence,
            log_size: *log_size,
            checkpoint: with_checkpoint.then(|| park.desk.log().checkpoint()),
        }
    }
}

/// Decides a presentation. The answer comes when the decision is durable in the log.
#[utoipa::path(post, path = "/api/gates/{gate}/presentations", tag = "gates",
    params(("gate" = String, Path, example = "west-south"), WithCheckpoint),
    request_body = PresentationBody,
    responses((status = 200, body = DecisionView), Problems))]
pub(crate) async fn present(
    caller: ApiCaller,
    Place(gate): Place<Key>,
    Asking(query): Asking<WithCheckpoint>,
    body: Body<PresentationBody>,
) -> Result<Json<DecisionView>, Problem> {
    let begun = Instant::now();
    let itself = Actor::Gate { gate: gate.clone() };
    if caller.actor != itself {
        return Err(Problem::WrongCapacity);
    }
    let park = &caller.portal.park;
    let text = &body.value.presentation;
    let key = idempotency::key_of(&caller, body.asked)?;
    // For a gate that lost the answer and asks again: the same decision, not a refusal of what was used before.
    let answer = park.present(&itself, &gate, text, key).await?;
    caller.portal.metrics.decided(&gate, answer.decision.outcome, begun.elapsed());
    Ok(Json(DecisionView::new(park, &answer, query.checkpoint)))
}

/// The gate at the far end saw the traveller arrive.
#[utoipa::path(post, path = "/api/passages/{passage}/completed", tag = "gates",
    params(("passage" = String, Path, example = "X-1042")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn complete(
    caller: ApiCaller,
    Place(passage): Place<PassageId>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, people::Command::CompletePassage { passage }).await
}

/// The gate where the passage began saw the traveller come back.
#[utoipa::path(post, path = "/api/passages/{passage}/returned", tag = "gates",
    params(("passage" = String, Path, example = "X-1042")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn return_back(
    caller: ApiCaller,
    Place(passage): Place<PassageId>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, people::Command::ReturnPassage { passage }).await
}

/// Closes a gate until it is opened again.
#[utoipa::path(post, path = "/api/gates/{gate}/close", tag = "gates",
    params(("gate" = String, Path, example = "west-south")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn close(
    caller: ApiCaller,
    Place(gate): Place<Key>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, people::Command::CloseGate { gate }).await
}

/// Opens a closed gate.
#[utoipa::path(post, path = "/api/gates/{gate}/open", tag = "gates",
    params(("gate" = String, Path, example = "west-south")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn open(
    caller: ApiCaller,
    Place(gate): Place<Key>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, people::Command::OpenGate { gate }).await
}

/// A gate, and whether one can leave by it now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateView {
    #[schema(value_type = String, example = "west-south")]
    gate: Key,
    #[schema(value_type = String)]
    bridge: Key,
    /// `north` or `south`: the bank it stands on.
    bank: &'static str,
    #[schema(value_type = Words)]
    name: Localised,
    /// `northbound` or `southbound`: the way somebody goes who leaves by it.
    departing: &'static str,
    open: bool,
    /// Closed by an officer, whatever its hours are.
    closed_by_office: bool,
}

/// Every gate, and whether it is open now.
#[utoipa::path(get, path = "/api/gates", tag = "gates",
    responses((status = 200, body = Vec<GateView>), Problems))]
pub(crate) async fn list(caller: super::caller::AnyCaller) -> Json<Vec<GateView>> {
    let park = &caller.portal.park;
    let (zone, now) = (park.zone(), park.now());
    let view = |gate: &profile::Gate| GateView {
        gate: gate.key.clone(),
        bridge: gate.bridge.clone(),
        bank: gate.bank.as_str(),
        name: gate.name.clone(),
        departing: gate.departing().as_str(),
        open: people::gate_is_open(&zone.people, &park.profile, gate, now),
        closed_by_office: zone.people.gates.get(&gate.key).is_some_and(|state| state.closed_since.is_some()),
    };
    Json(park.profile.gates.values().map(view).collect())
}
