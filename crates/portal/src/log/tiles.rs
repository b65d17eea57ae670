//! C2SP tlog-tiles: the checkpoint and the hash tiles for everybody, the entries for the two banks' auditors.

use crate::api::AnyCaller;
use crate::place::Place;
use crate::problem::Problem;
use crate::{Portal, Routes};
use axum::extract::State;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use base::Actor;
use eventlog::tile_path::{self, TilePath};
use park::WorkError;

/// A tile never changes: neither a full one nor the first hashes of one that is yet to fill.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What entries say is kept by no browser: the next to use it may be anybody.
const KEPT_NOWHERE: &str = "no-store";

pub(crate) fn routes() -> Routes {
    Routes::new().machine(Method::GET, "/log/checkpoint", checkpoint).machine(Method::GET, "/log/tile/{*path}", tile)
}

async fn checkpoint(State(portal): State<Portal>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, portal.park.desk.log().checkpoint().to_string()).into_response()
}

async fn tile(caller: AnyCaller, Place(path): Place<String>) -> Result<Response, Problem> {
    let log = caller.portal.park.desk.log().clone();
    let path = tile_path::parse(&format!("tile/{path}")).ok_or(Problem::NotFound)?;
    let (bytes, caching) = match path {
        TilePath::Hashes { level, index, width } => (log.tile(level, index, width).map_err(WorkError::from)?, FOR_EVER),
        TilePath::Entries { index, width } => {
            if caller.actor == Actor::Anonymous {
                return Err(Problem::SignInFirst);
            }
            caller.portal.may_log(&caller.portal.park.zone(), &caller.actor, "read_entries")?;
            (log.entry_bundle(index, width).map_err(WorkError::from)?, KEPT_NOWHERE)
        }
    };
    let bytes = bytes.ok_or(Problem::NotFound)?;
    let mut response = bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    Ok(response)
}
