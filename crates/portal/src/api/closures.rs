//! Closures of offices: read by anybody who has signed in, since they move everybody's dates; declared, corrected and taken
//! back by whom the rulebook lets.

use super::body::{Bare, Body};
use super::caller::ApiCaller;
use super::docs::Problems;
use super::receipts::{ReceiptView, submit};
use crate::place::Place;
use crate::problem::Problem;
use ::cases::{Closure, Command};
use axum::Json;
use base::{Bank, ClosureId, Date, Key};
use profile::{HalfDay, Part};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A half day of the civil calendar.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HalfDayBody {
    #[schema(value_type = String, format = Date, example = "2026-11-25")]
    date: Date,
    /// `morning` or `afternoon`.
    #[schema(value_type = String, example = "morning")]
    part: Part,
}

impl From<HalfDayBody> for HalfDay {
    fn from(body: HalfDayBody) -> Self {
        HalfDay { date: body.date, part: body.part }
    }
}

impl From<HalfDay> for HalfDayBody {
    fn from(half: HalfDay) -> Self {
        HalfDayBody { date: half.date, part: half.part }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosureView {
    #[schema(value_type = String, example = "D-3")]
    closure: ClosureId,
    /// For what, as the offices' calendar calls it.
    #[schema(value_type = String, example = "gale")]
    kind: Key,
    bank: &'static str,
    #[schema(value_type = Vec<String>)]
    offices: Vec<Key>,
    from: HalfDayBody,
    /// The last half day closed.
    until: HalfDayBody,
    declared_at: String,
    changed_at: Option<String>,
    /// It was taken back, and counts for nothing.
    voided: bool,
}

fn view((id, closure): (&ClosureId, &std::sync::Arc<Closure>)) -> ClosureView {
    ClosureView {
        closure: *id,
        kind: closure.kind.clone(),
        bank: closure.bank.as_str(),
        offices: closure.offices.to_vec(),
        from: closure.from.into(),
        until: closure.until.into(),
        declared_at: closure.declared_at.to_string(),
        changed_at: closure.changed_at.map(|at| at.to_string()),
        voided: closure.voided,
    }
}

/// The most that one answer lists.
const LISTED_MAX: usize = 200;

/// Days on which offices were closed without notice, the latest first, at most 200.
#[utoipa::path(get, path = "/api/closures", tag = "office",
    responses((status = 200, body = Vec<ClosureView>), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Result<Json<Vec<ClosureView>>, Problem> {
    let zone = caller.portal.park.zone();
    Ok(Json(zone.cases.closures.iter().rev().take(LISTED_MAX).map(view).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClosureBody {
    #[schema(value_type = String, example = "gale")]
    kind: Key,
    /// `north` or `south`.
    #[schema(value_type = String)]
    bank: Bank,
    /// None for all of that bank.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    offices: Vec<Key>,
    from: HalfDayBody,
    until: HalfDayBody,
}

/// Offices are closed on these half days: every running clock of theirs moves.
#[utoipa::path(post, path = "/api/closures", tag = "office", request_body = ClosureBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn declare(caller: ApiCaller, body: Body<ClosureBody>) -> Result<Json<ReceiptView>, Problem> {
    let ClosureBody { kind, bank, offices, from, until } = body.value;
    let command = Command::DeclareClosure { kind, bank, offices, from: from.into(), until: until.into() };
    submit(&caller, body.asked, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionBody {
    from: HalfDayBody,
    until: HalfDayBody,
}

/// The closure lasts longer, or has ended early.
#[utoipa::path(post, path = "/api/closures/{closure}/correction", tag = "office",
    params(("closure" = String, Path, example = "D-3")), request_body = CorrectionBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn correct(
    caller: ApiCaller,
    Place(closure): Place<ClosureId>,
    body: Body<CorrectionBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let CorrectionBody { from, until } = body.value;
    submit(&caller, body.asked, Command::CorrectClosure { closure, from: from.into(), until: until.into() }).await
}

/// The closure should not have been declared: dates are as if it had never been.
#[utoipa::path(delete, path = "/api/closures/{closure}", tag = "office",
    params(("closure" = String, Path, example = "D-3")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn void(
    caller: ApiCaller,
    Place(closure): Place<ClosureId>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, bare.asked, Command::VoidClosure { closure }).await
}
