//! Tokens: whom a program acts for.
//!
//! `hetao-2.K-12.<signature>` is a token that the log knows: whom it stands for, until when, and whether it was revoked
//! are asked of the zone at every request. The signature, HMAC-SHA-256 under the vault's secret `api-token`, is over the
//! number together with both, so that a token says nothing else in a log that has given its number again.
//!
//! `hetao-1.<payload>.<signature>` is a demonstration's, which gives thousands: its payload is base64url of
//! `<milliseconds since 1970>|<actor>`, nothing is kept of it, it ends by itself, and a park at work takes none.

use base::{Actor, Instant, TokenId};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use park::{Issued, Park};
use sha2::Sha256;
use vault::VaultError;

const FIRST: &str = "hetao-2.";
const FIRST_OF_DEMONSTRATION: &str = "hetao-1.";
/// A token is never longer.
const TOKEN_BYTES_MAX: usize = 512;
const SECRET: &str = "api-token";

/// What the bearer of a token that was issued shows. The same one every time: it is kept nowhere.
///
/// # Errors
/// Where the vault gives no key to sign it with.
pub fn token_text(park: &Park, issued: &Issued) -> Result<String, VaultError> {
    let Issued { token, bearer, expires_at, entry: _ } = issued;
    let signature = of_log(park, *token, bearer, *expires_at)?.finalize().into_bytes();
    Ok(format!("{FIRST}{token}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
}

/// A demonstration's token with which programs act as `actor` until `expires_at`.
///
/// # Errors
/// Where the vault gives no key to sign it with.
pub fn mint_token(park: &Park, actor: &Actor, expires_at: Instant) -> Result<String, VaultError> {
    let payload = BASE64_URL_SAFE_NO_PAD.encode(format!("{}|{actor}", expires_at.0));
    let signature = mac(park, "token", &payload)?.finalize().into_bytes();
    Ok(format!("{FIRST_OF_DEMONSTRATION}{payload}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
}

/// Whom a token stands for; `None` where it is not one of ours, is over, was revoked, or is for a capacity that its bearer
/// has no longer.
pub(crate) fn read_token(park: &Park, token: &str, now: Instant) -> Option<Actor> {
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    let actor = match token.strip_prefix(FIRST) {
        Some(rest) => known(park, rest, now),
        None if park.is_demo() => demonstrations(park, token.strip_prefix(FIRST_OF_DEMONSTRATION)?, now),
        None => None,
    };
    // The platform acts from within; nobody acts as the platform from outside.
    let actor = actor.filter(|actor| !matches!(actor, Actor::System | Actor::Anonymous));
    actor.filter(|actor| parties::has_capacity(&park.zone().parties, actor))
}

fn known(park: &Park, token: &str, now: Instant) -> Option<Actor> {
    let (id, signature) = token.split_once('.')?;
    let id: TokenId = id.parse().ok()?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
    let zone = park.zone();
    let known = parties::token_in_force(&zone.parties, id, now)?;
    of_log(park, id, &known.bearer, known.expires_at).ok()?.verify_slice(&signature).ok()?;
    Some(known.bearer.clone())
}

fn demonstrations(park: &Park, token: &str, now: Instant) -> Option<Actor> {
    let (payload, signature) = token.split_once('.')?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
    mac(park, "token", payload).ok()?.verify_slice(&signature).ok()?;
    let payload = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let (expires_at, actor) = payload.split_once('|')?;
    if Instant(expires_at.parse().ok()?) <= now { None } else { actor.parse().ok() }
}

fn of_log(park: &Park, token: TokenId, bearer: &Actor, expires_at: Instant) -> Result<Hmac<Sha256>, VaultError> {
    mac(park, "token-2", &format!("{token}|{}|{bearer}", expires_at.0))
}

fn mac(park: &Park, purpose: &str, payload: &str) -> Result<Hmac<Sha256>, VaultError> {
    let secret = park.vault.secret(SECRET)?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_slice()).map_err(|_| VaultError::Damaged)?;
    mac.update(purpose.as_bytes());
    mac.update(b"\0");
    mac.update(payload.as_bytes());
    Ok(mac)
}
