//! A code for signing in at a self-service kiosk.

use super::caller::ApiCaller;
use super::docs::Problems;
use crate::kiosk::CODE_GOOD_FOR;
use crate::problem::Problem;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KioskCodeView {
    /// Eight figures, good once; an earlier one of the same person is good no more.
    code: String,
    /// RFC 3339.
    good_until: String,
}

/// A code to sign in at a kiosk with, for the person who asks.
#[utoipa::path(post, path = "/api/kiosk-codes", tag = "persons", responses((status = 200, body = KioskCodeView), Problems))]
pub(crate) async fn make(caller: ApiCaller) -> Result<Json<KioskCodeView>, Problem> {
    let now = caller.portal.park.now();
    let code = caller.portal.codes.make(caller.oneself()?.1, now).ok_or(Problem::Busy)?;
    Ok(Json(KioskCodeView { code, good_until: now.plus(CODE_GOOD_FOR).to_string() }))
}
