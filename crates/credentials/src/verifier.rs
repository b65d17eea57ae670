//! Verifying a presentation at a gate, fast: the issuer's signature and the disclosures of a pass seen before are
//! remembered, so that only the holder's signature is checked each time.
//!
//! Order: what is cheap first, the signature of the presentation last. Nothing in the answer is to be trusted unless
//! all of it held.

use crate::cache::Seen;
use crate::issue::{self, Payload};
use crate::jws::{self, Compact};
use crate::keys::KID_BYTES_MAX;
use crate::present::{self, Binding, NONCE_BYTES_MAX};
use crate::{
    CredentialError, DISCLOSURES_MAX, Form, Jwk, PRESENTATION_BYTES_MAX, VerificationFault, disclosure, strict,
};
use aws_lc_rs::signature::ParsedPublicKey;
use base::{Key, PermitId};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// The last second that a time in a token may name: the end of the year 9999.
const SECONDS_MAX: i64 = 253_402_300_799;

/// How old a presentation may be, by form, and how far clocks may differ. In seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    pub phone_seconds_max: i64,
    pub portal_seconds_max: i64,
    pub card_seconds_max: i64,
    /// Allowed to either side.
    pub leeway_seconds: i64,
}

impl Default for Freshness {
    fn default() -> Self {
        Self { phone_seconds_max: 60, portal_seconds_max: 300, card_seconds_max: 400 * 86_400, leeway_seconds: 5 }
    }
}

impl Freshness {
    fn seconds_max(&self, form: Form) -> i64 {
        match form {
            Form::Phone => self.phone_seconds_max,
            Form::Portal => self.portal_seconds_max,
            Form::Card => self.card_seconds_max,
        }
    }
}

/// What a presentation proved. Times are milliseconds since 1970 UTC.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    pub permit: PermitId,
    pub kind: Key,
    /// The issuer key that signed the pass.
    pub kid: String,
    pub form: Form,
    /// RFC 7638 thumbprint of the key that signed the presentation.
    pub holder_thumbprint: [u8; 32],
    /// When the presentation was made, by the holder's clock, to the second.
    pub issued_at_ms: i64,
    /// Names this one presentation: SHA-256 of the key-binding JWT's signing input, which covers nonce, time, audience
    /// and all that was shown. The replay key of phone and portal presentations; a card's is the same every time.
    pub digest: [u8; 32],
    /// The pass's own validity. Not judged here: the rulebook does.
    pub not_before_ms: i64,
    pub expires_at_ms: i64,
    pub status_uri: Arc<str>,
    pub status_index: u32,
    /// The personal claims that were shown.
    pub disclosed: Arc<BTreeMap<String, Value>>,
}

impl fmt::Debug for Verified {
    /// Without what was disclosed: it is personal, and this may end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("permit", &self.permit)
            .field("kind", &self.kind)
            .field("kid", &self.kid)
            .field("form", &self.form)
            .field("issued_at_ms", &self.issued_at_ms)
            .field("disclosed", &self.disclosed.len())
            .finish_non_exhaustive()
    }
}

/// A pass whose issuer signature and disclosures held.
pub(crate) struct Trusted {
    holder: ParsedPublicKey,
    holder_thumbprint: [u8; 32],
    kid: String,
    permit: PermitId,
    kind: Key,
    not_before_ms: i64,
    expires_at_ms: i64,
    status_uri: Arc<str>,
    status_index: u32,
    disclosed: Arc<BTreeMap<String, Value>>,
}

pub struct Verifier {
    issuers: BTreeMap<String, ParsedPublicKey>,
    issuer: String,
    vct: String,
    audience: String,
    freshness: Freshness,
    seen: Seen,
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier(of {} at {}, {} issuer keys)", self.issuer, self.audience, self.issuers.len())
    }
}

impl Verifier {
    /// `issuers` are the trusted keys by their `kid`; withdrawing one means making a new verifier, which has seen
    /// nothing yet.
    pub fn new(
        issuers: Vec<(String, Jwk)>,
        issuer: &str,
        vct: &str,
        audience: &str,
        freshness: Freshness,
    ) -> Result<Self, CredentialError> {
        if audience.is_empty() || audience.contains('#') {
            return Err(CredentialError::Verifier("the audience must be a URI without fragment"));
        }
        let mut keys = BTreeMap::new();
        for (kid, key) in issuers {
            if kid.is_empty() || kid.len() > KID_BYTES_MAX || keys.insert(kid, key.parsed()?).is_some() {
                return Err(CredentialError::Verifier("a key identifier is empty, too long, or used twice"));
            }
        }
        Ok(Self {
            issuers: keys,
            issuer: issuer.to_owned(),
            vct: vct.to_owned(),
            audience: audience.to_owned(),
            freshness,
            seen: Seen::default(),
        })
    }

    /// Refuses what cannot be trusted as a presentation; whether the pass is in force is for the caller to judge.
    pub fn verify(&self, presentation: &str, now_ms: i64) -> Result<Verified, VerificationFault> {
        if presentation.len() > PRESENTATION_BYTES_MAX || !presentation.is_ascii() {
            return Err(VerificationFault::Unreadable);
        }
        // Disclosures and JWT come before the last `~`, the key binding after it.
        let end = presentation.rfind('~').ok_or(VerificationFault::Unreadable)? + 1;
        let (shown, binding) = presentation.split_at_checked(end).ok_or(VerificationFault::Unreadable)?;
        if binding.is_empty() {
            return Err(VerificationFault::NotBound);
        }
        let shown_digest: [u8; 32] = Sha256::digest(shown.as_bytes()).into();
        let known = self.seen.get(&shown_digest);
        let trusted = match &known {
            Some(trusted) => Arc::clone(trusted),
            None => Arc::new(self.trust(shown)?),
        };
        let verified = self.verify_binding(&trusted, &shown_digest, binding, now_ms)?;
        // Remembered only now: a pass without its holder's key cannot push others out.
        if known.is_none() {
            self.seen.insert(shown_digest, &trusted);
        }
        Ok(verified)
    }

    fn verify_binding(
        &self,
        trusted: &Trusted,
        shown_digest: &[u8; 32],
        binding: &str,
        now_ms: i64,
    ) -> Result<Verified, VerificationFault> {
        let compact = Compact::split(binding)?;
        compact.expect(present::TYP)?;
        let claims: Binding =
            serde_json::from_slice(&jws::decode(compact.payload)?).map_err(|_| VerificationFault::DecodeFailed)?;
        let form = Form::of(&claims.aud, &self.audience).ok_or(VerificationFault::WrongAudience)?;
        if claims.nonce.is_empty() || claims.nonce.len() > NONCE_BYTES_MAX {
            return Err(VerificationFault::UnsupportedContent);
        }
        if claims.sd_hash != jws::encode(shown_digest) {
            return Err(VerificationFault::ContentMismatch);
        }
        let issued_at_ms = milliseconds(claims.iat)?;
        let age_ms = now_ms.saturating_sub(issued_at_ms);
        let leeway_ms = self.freshness.leeway_seconds.saturating_mul(1_000);
        let age_ms_max = self.freshness.seconds_max(form).saturating_mul(1_000);
        if age_ms > age_ms_max.saturating_add(leeway_ms) {
            return Err(VerificationFault::StalePresentation);
        }
        if age_ms.saturating_add(leeway_ms) < 0 {
            return Err(VerificationFault::FromTheFuture);
        }
        if !compact.verify(&trusted.holder)? {
            return Err(VerificationFault::HolderMismatch);
        }
        Ok(Verified {
            permit: trusted.permit,
            kind: trusted.kind.clone(),
            kid: trusted.kid.clone(),
            form,
            holder_thumbprint: trusted.holder_thumbprint,
            issued_at_ms,
            digest: Sha256::digest(compact.signing_input.as_bytes()).into(),
            not_before_ms: trusted.not_before_ms,
            expires_at_ms: trusted.expires_at_ms,
            status_uri: Arc::clone(&trusted.status_uri),
            status_index: trusted.status_index,
            disclosed: Arc::clone(&trusted.disclosed),
        })
    }

    /// Verifies the issuer's part: signature, claims, and every disclosure that is shown.
    fn trust(&self, shown: &str) -> Result<Trusted, VerificationFault> {
        let mut parts = shown.trim_end_matches('~').split('~');
        let compact = Compact::split(parts.next().unwrap_or_default())?;
        let disclosures: Vec<&str> = parts.collect();
        // Counted by the separators, so that empty parts at the end are not forgiven.
        let separators = shown.bytes().filter(|byte| *byte == b'~').count();
        if disclosures.len() > DISCLOSURES_MAX || separators != disclosures.len() + 1 {
            return Err(VerificationFault::Unreadable);
        }
        let kid = compact.expect(issue::TYP)?.ok_or(VerificationFault::UnsupportedFormat)?;
        let key = self.issuers.get(&kid).ok_or(VerificationFault::KeyUnavailable)?;
        if !compact.verify(key)? {
            return Err(VerificationFault::SignatureMismatch);
        }
        let Value::Object(claims) = strict::parse(&jws::decode(compact.payload)?)? else {
            return Err(VerificationFault::UnsupportedContent);
        };
        let payload = self.payload(&claims)?;
        let disclosed = disclosed(&disclosures, &payload.digests, &claims)?;
        let holder = payload.cnf.jwk;
        Ok(Trusted {
            holder: holder.parsed().map_err(|_| VerificationFault::UnsupportedContent)?,
            holder_thumbprint: holder.thumbprint(),
            kid,
            permit: payload.permit,
            kind: payload.kind,
            not_before_ms: milliseconds(payload.nbf)?,
            expires_at_ms: milliseconds(payload.exp)?,
            status_uri: payload.status.status_list.uri.into(),
            status_index: payload.status.status_list.idx,
            disclosed: Arc::new(disclosed),
        })
    }

    fn payload(&self, claims: &Map<String, Value>) -> Result<Payload, VerificationFault> {
        let nested_concealment =
            claims.iter().any(|(name, value)| name == "..." || (name != "_sd" && disclosure::conceals(value)));
        if nested_concealment {
            return Err(VerificationFault::UnsupportedContent);
        }
        let payload: Payload =
            serde_json::from_value(Value::Object(claims.clone())).map_err(|_| VerificationFault::UnsupportedContent)?;
        if payload.digest_algorithm.as_deref().is_some_and(|name| name != "sha-256") {
            return Err(VerificationFault::UnsupportedContent);
        }
        if payload.iss != self.issuer || payload.vct != self.vct {
            return Err(VerificationFault::WrongIssuer);
        }
        Ok(payload)
    }
}

/// The claims of the disclosures shown, each one signed for by its digest, each shown once, none taking a name that is
/// in the clear already.
fn disclosed(
    shown: &[&str],
    digests: &[String],
    claims: &Map<String, Value>,
) -> Result<BTreeMap<String, Value>, VerificationFault> {
    let signed: BTreeSet<&str> = digests.iter().map(String::as_str).collect();
    if signed.len() != digests.len() {
        return Err(VerificationFault::DisclosureMismatch);
    }
    let mut out = BTreeMap::new();
    for encoded in shown {
        if !signed.contains(disclosure::digest(encoded).as_str()) {
            return Err(VerificationFault::DisclosureMismatch);
        }
        let disclosure = disclosure::parse(encoded)?;
        if disclosure::conceals(&disclosure.value) {
            return Err(VerificationFault::UnsupportedContent);
        }
        let taken = disclosure::is_reserved(&disclosure.name) || claims.contains_key(&disclosure.name);
        if taken || out.insert(disclosure.name, disclosure.value).is_some() {
            return Err(VerificationFault::DisclosureMismatch);
        }
    }
    Ok(out)
}

fn milliseconds(seconds: i64) -> Result<i64, VerificationFault> {
    if (0..=SECONDS_MAX).contains(&seconds) { Ok(seconds * 1_000) } else { Err(VerificationFault::UnsupportedContent) }
}

#[cfg(test)]
impl Verifier {
    pub(crate) fn passes_remembered(&self) -> usize {
        self.seen.len()
    }
}
