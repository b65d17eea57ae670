//! The dashboard's figures, as its page shows them.

use super::caller::AnyCaller;
use super::docs::Problems;
use crate::problem::Problem;
use axum::Json;

/// Crossings of today by gate and hour, presence, cases by state, clocks by office, passes by status. A few seconds old
/// at most.
#[utoipa::path(get, path = "/api/dashboard", tag = "dashboard", responses((status = 200, body = Object), Problems))]
pub(crate) async fn get(caller: AnyCaller) -> Result<Json<serde_json::Value>, Problem> {
    let portal = &caller.portal;
    portal.may_log(&portal.park.zone(), &caller.actor, "read_dashboard")?;
    let figures = portal.figures();
    Ok(Json(serde_json::to_value(&*figures).map_err(|_| Problem::Broken)?))
}
