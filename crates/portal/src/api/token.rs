//! API tokens: who acts and until when, signed by the park. Nothing is kept of them; they end by themselves.
//!
//! `hetao-1.<payload>.<signature>`: the payload is base64url of `<milliseconds since 1970>|<actor>`, the signature
//! HMAC-SHA-256 under the vault's secret `api-token`. What the actor may do is asked anew at every request, so a token
//! of somebody who lost the capacity is worth no more than its bearer.

use base::{Actor, Instant};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use park::Park;
use sha2::Sha256;
use vault::VaultError;

const FIRST: &str = "hetao-1.";
/// A token is never longer.
const TOKEN_BYTES_MAX: usize = 512;
const SECRET: &str = "api-token";

/// A token with which programs act as `actor` until `expires_at`.
///
/// # Errors
/// Where the vault gives no key to sign it with.
pub fn mint_token(park: &Park, actor: &Actor, expires_at: Instant) -> Result<String, VaultError> {
    let payload = BASE64_URL_SAFE_NO_PAD.encode(format!("{}|{actor}", expires_at.0));
    let signature = mac(park, &payload)?.finalize().into_bytes();
    Ok(format!("{FIRST}{payload}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
}

/// Whom a token stands for; `None` where it is not one of ours, or is over.
pub(crate) fn read_token(park: &Park, token: &str, now: Instant) -> Option<Actor> {
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    let (payload, signature) = token.strip_prefix(FIRST)?.split_once('.')?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
    mac(park, payload).ok()?.verify_slice(&signature).ok()?;
    let payload = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let (expires_at, actor) = payload.split_once('|')?;
    if Instant(expires_at.parse().ok()?) <= now {
        return None;
    }
    // The platform acts from within; nobody acts as the platform from outside.
    actor.parse().ok().filter(|actor| !matches!(actor, Actor::System | Actor::Anonymous))
}

fn mac(park: &Park, payload: &str) -> Result<Hmac<Sha256>, VaultError> {
    let secret = park.vault.secret(SECRET)?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_slice()).map_err(|_| VaultError::Damaged)?;
    mac.update(b"token\0");
    mac.update(payload.as_bytes());
    Ok(mac)
}
