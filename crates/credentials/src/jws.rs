//! Compact JWS (RFC 7515) with ES256 and nothing else. Knows no claims.

use crate::{CredentialError, VerificationFault};
use aws_lc_rs::signature::ParsedPublicKey;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

const SIGNATURE_BYTES: usize = 64;

/// A header may say these three things. An unknown member (`crit`, `jwk`, `x5c`, `jku` …) is refused rather than
/// ignored: none is needed, and each has been a way in somewhere.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header<'a> {
    #[serde(borrow)]
    pub(crate) alg: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) kid: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) typ: Cow<'a, str>,
}

impl<'a> Header<'a> {
    pub(crate) fn new(typ: &'a str, kid: Option<&'a str>) -> Self {
        Self { alg: Cow::Borrowed("ES256"), kid: kid.map(Cow::Borrowed), typ: Cow::Borrowed(typ) }
    }
}

/// Header, payload and signature, not yet decoded.
#[derive(Clone, Copy)]
pub(crate) struct Compact<'a> {
    header: &'a str,
    pub(crate) payload: &'a str,
    signature: &'a str,
    /// What is signed: header, dot, payload.
    pub(crate) signing_input: &'a str,
}

impl<'a> Compact<'a> {
    pub(crate) fn split(text: &'a str) -> Result<Self, VerificationFault> {
        let (signing_input, signature) = text.rsplit_once('.').ok_or(VerificationFault::Unreadable)?;
        let (header, payload) = signing_input.split_once('.').ok_or(VerificationFault::Unreadable)?;
        if payload.contains('.') {
            return Err(VerificationFault::Unreadable);
        }
        Ok(Self { header, payload, signature, signing_input })
    }

    /// The `kid`, once algorithm and type are those expected.
    pub(crate) fn expect(&self, typ: &str) -> Result<Option<String>, VerificationFault> {
        let bytes = decode(self.header)?;
        let header: Header<'_> = serde_json::from_slice(&bytes).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => VerificationFault::UnsupportedFormat,
            _ => VerificationFault::DecodeFailed,
        })?;
        if header.alg != "ES256" || header.typ != typ {
            return Err(VerificationFault::UnsupportedFormat);
        }
        Ok(header.kid.map(Cow::into_owned))
    }

    /// Whether `key` signed this.
    pub(crate) fn verify(&self, key: &ParsedPublicKey) -> Result<bool, VerificationFault> {
        let signature = decode(self.signature)?;
        if signature.len() != SIGNATURE_BYTES {
            return Err(VerificationFault::DecodeFailed);
        }
        Ok(key.verify_sig(self.signing_input.as_bytes(), &signature).is_ok())
    }
}

/// Unpadded base64url, in its one canonical spelling.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, VerificationFault> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| VerificationFault::DecodeFailed)
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Header and payload as JSON, signed, compact.
pub(crate) fn sign(
    header: &Header<'_>,
    payload: &impl Serialize,
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, CredentialError>,
) -> Result<String, CredentialError> {
    let header = serde_json::to_vec(header).map_err(|_| CredentialError::Signing)?;
    let payload = serde_json::to_vec(payload).map_err(|_| CredentialError::Signing)?;
    let mut text = format!("{}.{}", encode(header), encode(payload));
    let signature = sign(text.as_bytes())?;
    text.push('.');
    text.push_str(&encode(signature));
    Ok(text)
}
