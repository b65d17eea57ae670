//! How a case stands, for whoever has its number and its secret.

use super::body::Body;
use super::caller::AnyCaller;
use super::docs::Problems;
use crate::problem::Problem;
use ::cases::{Outcome, Stage};
use axum::Json;
use base::{CaseId, Date, Key};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusAsked {
    #[schema(example = "C-1042")]
    case: String,
    #[schema(example = "7K2M-PQ4X-9TRB")]
    secret: String,
}

/// State and dates, and nothing about anybody.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusView {
    #[schema(value_type = String)]
    case: CaseId,
    #[schema(value_type = String)]
    service: Key,
    /// `confirming`, `deciding` or `decided`.
    stage: &'static str,
    /// `approved`, `refused` or `withdrawn`, once it is decided.
    outcome: Option<&'static str>,
    opened_at: String,
    decided_at: Option<String>,
    legs: Vec<LegStatus>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LegStatus {
    #[schema(value_type = String)]
    office: Key,
    #[schema(value_type = String)]
    state: ::cases::LegState,
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
}

/// Follows a case without signing in. Attempts are counted as those to sign in are.
#[utoipa::path(post, path = "/api/status", tag = "cases", request_body = StatusAsked,
    responses((status = 200, body = StatusView), Problems))]
pub(crate) async fn look(
    caller: AnyCaller,
    session: crate::Caller,
    body: Body<StatusAsked>,
) -> Result<Json<StatusView>, Problem> {
    session.count(crate::limits::Counted::SignIn)?;
    let StatusAsked { case, secret } = body.value;
    let park = &caller.portal.park;
    let id = park.case_by_secret(&case, &secret).ok_or(Problem::NotFound)?;
    let zone = park.zone();
    let case = ::cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
    let outcome = match case.stage {
        Stage::Confirming | Stage::Deciding => None,
        Stage::Decided(Outcome::Approved) => Some("approved"),
        Stage::Decided(Outcome::Refused) => Some("refused"),
        Stage::Decided(Outcome::Withdrawn) => Some("withdrawn"),
    };
    let leg = |leg: &::cases::Leg| LegStatus {
        office: leg.office.clone(),
        state: leg.state,
        due: ::cases::due(&zone.cases, &park.profile, leg),
    };
    Ok(Json(StatusView {
        case: id,
        service: case.service.clone(),
        stage: case.stage.as_str(),
        outcome,
        opened_at: case.opened_at.to_string(),
        decided_at: case.decided_at.map(|at| at.to_string()),
        legs: case.legs.iter().map(leg).collect(),
    }))
}
