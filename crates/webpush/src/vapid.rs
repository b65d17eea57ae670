//! VAPID (RFC 8292): a push service learns who writes, and that it is who the browser subscribed with.

use crate::{Endpoint, PushError, decode, encode};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, UnparsedPublicKey,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Push services refuse what is valid for longer than a day.
pub const VALID_SECONDS_MAX: i64 = 24 * 60 * 60;
/// Ours are valid for half of that: the clock of a push service may differ.
const VALID_SECONDS: i64 = VALID_SECONDS_MAX / 2;

/// The park's key, by which push services and subscribed browsers know it.
pub struct VapidKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    aud: String,
    exp: i64,
    sub: String,
}

impl VapidKey {
    /// A new private key as PKCS#8, to be kept where secrets are kept.
    pub fn generate() -> Result<Vec<u8>, PushError> {
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map(|document| document.as_ref().to_vec())
            .map_err(|_| PushError::Cryptography)
    }

    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, PushError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8);
        Ok(Self { pair: pair.map_err(|_| PushError::Cryptography)?, random: SystemRandom::new() })
    }

    /// For `PushManager.subscribe`: the uncompressed point, base64url.
    pub fn public(&self) -> String {
        encode(self.pair.public_key().as_ref())
    }

    /// The `Authorization` of a request to this endpoint. `contact` is `mailto:` or `https:`; `now` in seconds since 1970.
    pub fn authorization(&self, to: &Endpoint, contact: &str, now: i64) -> Result<String, PushError> {
        let header = encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = Claims { aud: to.origin(), exp: now.saturating_add(VALID_SECONDS), sub: contact.to_owned() };
        let claims = serde_json::to_vec(&claims).map_err(|_| PushError::Cryptography)?;
        let signed = format!("{header}.{}", encode(&claims));
        let signature = self.pair.sign(&self.random, signed.as_bytes()).map_err(|_| PushError::Cryptography)?;
        Ok(format!("vapid t={signed}.{}, k={}", encode(signature.as_ref()), self.public()))
    }
}

impl fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VapidKey({})", self.public())
    }
}

/// What a push service does with an `Authorization`: who signed (their public key), where the signature is for `origin`
/// and valid now. For push services of tests.
pub fn verify(authorization: &str, origin: &str, now: i64) -> Result<String, PushError> {
    let refused = PushError::NotVouchedFor;
    let parameters = authorization.strip_prefix("vapid ").ok_or(refused)?;
    let find = |name: &str| {
        let mut all = parameters.split(',').filter_map(|one| one.trim().split_once('='));
        all.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let (token, key) = (find("t").ok_or(refused)?, find("k").ok_or(refused)?);
    let (signed, signature) = token.rsplit_once('.').ok_or(refused)?;
    let (header, claims) = signed.split_once('.').ok_or(refused)?;
    let header: serde_json::Value = json(header).ok_or(refused)?;
    let claims: Claims = json(claims).ok_or(refused)?;
    let point = decode(key).ok_or(refused)?;
    let signature = decode(signature).ok_or(refused)?;
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &point)
        .verify(signed.as_bytes(), &signature)
        .map_err(|_| refused)?;
    let left = claims.exp.saturating_sub(now);
    let in_time = left > 0 && left <= VALID_SECONDS_MAX;
    let has_contact = claims.sub.starts_with("mailto:") || claims.sub.starts_with("https:");
    let is_es256 = header.get("alg").and_then(serde_json::Value::as_str) == Some("ES256");
    if in_time && has_contact && is_es256 && claims.aud == origin { Ok(key.to_owned()) } else { Err(refused) }
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&decode(text)?).ok()
}
