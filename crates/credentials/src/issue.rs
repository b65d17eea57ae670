//! Issuing a pass: claims in the clear, personal claims behind digests, one signature.

use crate::jws::{self, Header};
use crate::{CredentialError, DISCLOSURES_MAX, IssuerKey, Jwk, PRESENTATION_BYTES_MAX, disclosure};
use base::{Key, PermitId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

pub(crate) const TYP: &str = "dc+sd-jwt";
/// Room for the key-binding JWT of a presentation that shows every disclosure.
const PASS_BYTES_MAX: usize = PRESENTATION_BYTES_MAX - 1024;
const TEXT_BYTES_MAX: usize = 512;

/// What a pass says. Times are whole seconds since 1970 UTC, as JWT wants them.
#[derive(Clone)]
pub struct PassClaims {
    /// A URI that names the issuing platform.
    pub issuer: String,
    /// The verifiable credential type, a URI.
    pub vct: String,
    pub permit: PermitId,
    /// The kind of permit: `commuter`, `visitor`.
    pub kind: Key,
    pub issued_at: i64,
    pub not_before: i64,
    pub expires_at: i64,
    /// Where the status list token is served.
    pub status_uri: String,
    pub status_index: u32,
    /// The key that presentations will be signed with.
    pub holder: Jwk,
    /// Name and value of what the holder may show or leave out: name, photo reference, employer.
    pub disclosures: Vec<(String, Value)>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Confirmation {
    pub(crate) jwk: Jwk,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct StatusEntry {
    pub(crate) idx: u32,
    pub(crate) uri: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Status {
    pub(crate) status_list: StatusEntry,
}

/// The signed payload. The verifier reads the same shape.
#[derive(Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) iss: String,
    pub(crate) vct: String,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
    pub(crate) permit: PermitId,
    pub(crate) kind: Key,
    pub(crate) status: Status,
    pub(crate) cnf: Confirmation,
    #[serde(default, rename = "_sd", skip_serializing_if = "Vec::is_empty")]
    pub(crate) digests: Vec<String>,
    #[serde(default, rename = "_sd_alg", skip_serializing_if = "Option::is_none")]
    pub(crate) digest_algorithm: Option<String>,
}

/// `<jwt>~<disclosure>~…~`, with all disclosures, for the holder.
pub fn issue(key: &IssuerKey, claims: &PassClaims) -> Result<String, CredentialError> {
    check(claims)?;
    let disclosures: Vec<String> =
        claims.disclosures.iter().map(|(name, value)| disclosure::make(name, value)).collect::<Result<_, _>>()?;
    let mut digests: Vec<String> = disclosures.iter().map(|encoded| disclosure::digest(encoded)).collect();
    // Sorted, so that their order tells nothing of the claims' order.
    digests.sort_unstable();
    let payload = Payload {
        iss: claims.issuer.clone(),
        vct: claims.vct.clone(),
        iat: claims.issued_at,
        nbf: claims.not_before,
        exp: claims.expires_at,
        permit: claims.permit,
        kind: claims.kind.clone(),
        status: Status { status_list: StatusEntry { idx: claims.status_index, uri: claims.status_uri.clone() } },
        cnf: Confirmation { jwk: claims.holder },
        digest_algorithm: (!digests.is_empty()).then(|| "sha-256".to_owned()),
        digests,
    };
    let mut pass = jws::sign(&Header::new(TYP, Some(key.kid())), &payload, |message| key.sign(message))?;
    pass.push('~');
    for encoded in &disclosures {
        pass.push_str(encoded);
        pass.push('~');
    }
    if pass.len() > PASS_BYTES_MAX {
        return Err(CredentialError::Claims("with its disclosures it would be longer than 7 KiB"));
    }
    Ok(pass)
}

fn check(claims: &PassClaims) -> Result<(), CredentialError> {
    let texts = [&claims.issuer, &claims.vct, &claims.status_uri];
    if texts.iter().any(|text| text.is_empty() || text.len() > TEXT_BYTES_MAX) {
        return Err(CredentialError::Claims("issuer, type and status address must have 1 to 512 bytes"));
    }
    if claims.not_before >= claims.expires_at {
        return Err(CredentialError::Claims("it would expire before it begins"));
    }
    if claims.disclosures.len() > DISCLOSURES_MAX {
        return Err(CredentialError::Claims("it has more than 32 disclosures"));
    }
    let mut names = BTreeSet::new();
    for (name, value) in &claims.disclosures {
        if disclosure::is_reserved(name) || !names.insert(name) {
            return Err(CredentialError::Claims("a disclosure's name is empty, reserved, or used twice"));
        }
        if disclosure::conceals(value) {
            return Err(CredentialError::Claims("a disclosure's value uses a name that SD-JWT keeps to itself"));
        }
    }
    Ok(())
}
