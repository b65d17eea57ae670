//! Disclosures (RFC 9901, 4.2): salt, name and value of a claim, of which the issuer signed only the digest.

use crate::{CredentialError, VerificationFault, jws, strict};
use serde_json::Value;
use sha2::{Digest, Sha256};

const SALT_BYTES: usize = 16;

/// Names that a disclosure must not take: what the verifier relies on, and what SD-JWT itself uses.
const RESERVED: [&str; 15] = [
    "iss", "sub", "aud", "iat", "nbf", "exp", "jti", "cnf", "vct", "status", "_sd", "_sd_alg", "...", "permit", "kind",
];

pub(crate) struct Disclosure {
    pub(crate) name: String,
    pub(crate) value: Value,
}

pub(crate) fn is_reserved(name: &str) -> bool {
    name.is_empty() || RESERVED.contains(&name)
}

/// With a fresh salt of 128 bits.
pub(crate) fn make(name: &str, value: &Value) -> Result<String, CredentialError> {
    let mut salt = [0_u8; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|_| CredentialError::NoRandomness)?;
    let text = serde_json::to_vec(&(jws::encode(salt), name, value)).map_err(|_| CredentialError::Signing)?;
    Ok(jws::encode(text))
}

/// What the issuer signs for it: over the encoded text, not over the JSON within.
pub(crate) fn digest(encoded: &str) -> String {
    jws::encode(Sha256::digest(encoded.as_bytes()))
}

pub(crate) fn parse(encoded: &str) -> Result<Disclosure, VerificationFault> {
    let Value::Array(parts) = strict::parse(&jws::decode(encoded)?)? else {
        return Err(VerificationFault::DecodeFailed);
    };
    match <[Value; 3]>::try_from(parts) {
        Ok([Value::String(_), Value::String(name), value]) => Ok(Disclosure { name, value }),
        Ok(_) => Err(VerificationFault::DecodeFailed),
        // An array element's disclosure has two parts; no pass of ours has one.
        Err(_) => Err(VerificationFault::UnsupportedContent),
    }
}

/// Whether SD-JWT's own names occur anywhere in a value.
pub(crate) fn conceals(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(name, value)| matches!(name.as_str(), "_sd" | "..." | "_sd_alg") || conceals(value))
        }
        Value::Array(items) => items.iter().any(conceals),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
