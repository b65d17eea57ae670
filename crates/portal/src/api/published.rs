//! What other verifiers of our passes fetch: the issuer's public key, and the list of what was suspended or revoked.

use crate::Portal;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// The list is signed anew when the log has moved, but no oftener than this: the signature is the dear part.
const LIST_FRESH: Duration = Duration::from_secs(2);

/// The Token Status List of all passes, signed.
#[utoipa::path(get, path = "/status/1", tag = "published",
    responses((status = 200, body = String, content_type = "application/statuslist+jwt")))]
pub(crate) async fn status_list(State(portal): State<Portal>) -> Result<Response, Problem> {
    let park = portal.park.clone();
    let token =
        portal.kept.status_list.get(park.zone().size, LIST_FRESH, move || Ok(park.status_list_token()?)).await?;
    let headers = [(header::CONTENT_TYPE, "application/statuslist+jwt"), (header::CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, (*token).clone()).into_response())
}

/// The issuer's name and public keys, as the SD-JWT VC draft has verifiers look for them.
#[utoipa::path(get, path = "/.well-known/jwt-vc-issuer", tag = "published",
    responses((status = 200, body = Object)))]
pub(crate) async fn issuer(State(portal): State<Portal>) -> Json<serde_json::Value> {
    let park = &portal.park;
    let mut key = serde_json::to_value(park.issuer.public_jwk()).unwrap_or_default();
    if let Some(members) = key.as_object_mut() {
        members.insert("kid".to_owned(), park.issuer.kid().into());
        members.insert("use".to_owned(), "sig".into());
        members.insert("alg".to_owned(), "ES256".into());
    }
    Json(serde_json::json!({ "issuer": park.origin, "jwks": { "keys": [key] } }))
}
