//! What the script `pass.js` asks for: a pass for the key that the browser made, and the QR code of what it signed.

use super::own;
use crate::{Caller, Problem};
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Path, Request};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use credentials::{Jwk, PRESENTATION_BYTES_MAX};
use frame::say;
use serde::{Deserialize, Serialize};

/// A public key has some two hundred bytes.
const KEY_BYTES_MAX: usize = 2_048;
/// A presentation between quotation marks.
const QR_BYTES_MAX: usize = PRESENTATION_BYTES_MAX + 64;

/// What the browser keeps.
#[derive(Debug, Serialize)]
struct Kept {
    pass: String,
    /// By which the page recognises the key in its list of bound ones.
    thumbprint: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    presentation: String,
}

/// Takes the public key as a JSON Web Key, binds it and answers with the pass issued to it.
pub(super) async fn collect(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let (id, _) = own(&caller, &park.zone(), &id)?;
    let key = Jwk::parse(&text(request, KEY_BYTES_MAX).await?).map_err(|_| Problem::Credential)?;
    let thumbprint = BASE64_URL_SAFE_NO_PAD.encode(key.thumbprint());
    let pass = park.collect(&caller.as_person()?, id, key, None).await?;
    Ok(Json(Kept { pass: pass.sd_jwt, thumbprint }).into_response())
}

/// Draws what the browser signed. It is not looked into: a gate does that.
pub(super) async fn qr(caller: Caller, request: Request) -> Result<Response, Problem> {
    let shown: Shown = serde_json::from_str(&text(request, QR_BYTES_MAX).await?).map_err(|_| Problem::Malformed)?;
    // A presentation has no other characters; anything else is somebody using the park to draw codes.
    if !shown.presentation.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~')) {
        return Err(Problem::Malformed);
    }
    let title = say!(caller.language, "hold-code");
    let svg = credentials::qr_svg(&shown.presentation, &title).map_err(|_| Problem::Malformed)?;
    let mut response = svg.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    Ok(response)
}

async fn text(request: Request, bytes_max: usize) -> Result<String, Problem> {
    let bytes = to_bytes(request.into_body(), bytes_max).await.map_err(|_| Problem::TooLarge)?;
    String::from_utf8(bytes.to_vec()).map_err(|_| Problem::Malformed)
}
