//! Idempotency keys: a request sent twice under the same key takes effect once, also across a restart.
//!
//! The desk remembers a key for a day, in the log. Ours is `<who, where and which key>.<what was sent>`, both digests: the
//! same first half with another second half is the same key used for something else, which is refused.

use super::caller::AnyCaller;
use crate::Portal;
use crate::problem::Problem;
use axum::http::HeaderMap;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use park::Earlier;
use sha2::{Digest, Sha256};

const HEADER: &str = "idempotency-key";
const KEY_BYTES_MAX: usize = 128;
const DIGEST_BYTES: usize = 18;

/// A key as it came with a request, and digests of what it is for.
pub(crate) struct Asked {
    key: String,
    path: String,
    sent: String,
}

impl Asked {
    pub fn read(headers: &HeaderMap, path: &str, body: &[u8]) -> Result<Option<Self>, Problem> {
        let Some(value) = headers.get(HEADER) else { return Ok(None) };
        let key = value.to_str().unwrap_or_default();
        let fits = !key.is_empty() && key.len() <= KEY_BYTES_MAX && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !fits {
            return Err(Problem::KeyNotGood);
        }
        Ok(Some(Self { key: key.to_owned(), path: path.to_owned(), sent: digest(&[body]) }))
    }
}

/// The desk's key for a request; `None` where none was given.
///
/// # Errors
/// Where the caller used the key here before, for something else.
pub(crate) fn key_of(caller: &AnyCaller, asked: Option<Asked>) -> Result<Option<Box<str>>, Problem> {
    let Some(asked) = asked else { return Ok(None) };
    let who = caller.actor.to_string();
    let first_half = format!("{}.", digest(&[who.as_bytes(), asked.path.as_bytes(), asked.key.as_bytes()]));
    let key = format!("{first_half}{}", asked.sent);
    let zone = caller.portal.park.zone();
    match zone.key_that_begins(&first_half) {
        Some(known) if known != key => Err(Problem::KeyReused),
        Some(_) | None => Ok(Some(key.into())),
    }
}

/// What the key stands for, if it was accepted before.
pub(crate) fn earlier(portal: &Portal, key: Option<&str>) -> Result<Option<Earlier>, Problem> {
    Ok(portal.park.earlier(key)?)
}

/// Each part is hashed with its length, so that no two lists of parts run together.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let hash = hash.finalize();
    BASE64_URL_SAFE_NO_PAD.encode(hash.get(..DIGEST_BYTES).unwrap_or_default())
}
