//! Style sheet, scripts and images, under names that change with their content; and what robots ask for.

use crate::problem::Problem;
use crate::{Access, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use frame::assets::{self, Asset};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(crate) fn routes() -> Routes {
    Routes::new().get("/assets/{file}", Access::Anyone, asset).get(
        "/robots.txt",
        Access::Anyone,
        async || "User-agent: *\nDisallow: /api/\n",
    )
}

async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let asset = assets::get(&file).ok_or(Problem::NotFound)?;
    let (encoding, bytes) = encoded(asset, &headers);
    let mut response = bytes.into_response();
    let mut say = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, axum::http::HeaderValue::from_static(value));
    };
    say(header::CONTENT_TYPE, asset.content_type);
    say(header::CACHE_CONTROL, FOR_EVER);
    say(header::VARY, "accept-encoding");
    if let Some(encoding) = encoding {
        say(header::CONTENT_ENCODING, encoding);
    }
    Ok(response)
}

/// The smallest copy that the browser can unpack.
fn encoded(asset: &'static Asset, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |encoding: &str| {
        accepted.split(',').any(|part| {
            let mut pieces = part.split(';').map(str::trim);
            pieces.next() == Some(encoding) && !pieces.any(|piece| piece == "q=0")
        })
    };
    if takes("br") {
        (Some("br"), asset.brotli)
    } else if takes("gzip") {
        (Some("gzip"), asset.gzip)
    } else {
        (None, asset.bytes)
    }
}
