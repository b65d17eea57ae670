//! A form that is sent twice counts once: each carries a key of its own, made when it was shown.

use crate::Posted;
use base::Actor;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frame::maud::Markup;
use sha2::{Digest, Sha256};

const FIELD: &str = "once";
/// Keys that pages make have 22 characters; what is longer is not ours.
const KEY_CHARS_MAX: usize = 64;

/// The hidden field with a fresh key. Without chance from the machine there is none, and the form is not guarded.
pub(crate) fn field() -> Markup {
    let mut key = [0; 16];
    let key = if getrandom::fill(&mut key).is_ok() { BASE64_URL_SAFE_NO_PAD.encode(key) } else { String::new() };
    frame::hidden(FIELD, &key)
}

/// What the desk remembers: the key together with who sent it, so that nobody meets somebody else's receipt.
pub(crate) fn key(actor: &Actor, posted: &Posted) -> Option<Box<str>> {
    let key = posted.text(FIELD);
    let fits = !key.is_empty() && key.len() <= KEY_CHARS_MAX;
    fits.then(|| BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("form\n{actor}\n{key}"))).into())
}
