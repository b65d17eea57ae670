//! Given passes, when they are presented well and ill. The world they are made in is here; the cases are beside.

mod faults;
mod presenting;
mod vectors;

use crate::jws::{self, Header};
use crate::{Form, Freshness, HolderKey, IssuerKey, PassClaims, VerificationFault, Verified, Verifier, issue, present};
use base::{Key, PermitId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) const ISSUER: &str = "https://pass.hetao.example";
pub(crate) const VCT: &str = "https://pass.hetao.example/types/commuter";
pub(crate) const GATE: &str = "urn:hetao:gate";
/// 2026-11-22T08:00:00Z, in seconds.
pub(crate) const NOW: i64 = 1_795_334_400;
pub(crate) const NOW_MS: i64 = NOW * 1_000;
pub(crate) const NONCE: &str = "AAECAwQFBgcICQoLDA0ODw";

pub(crate) struct World {
    pub(crate) issuer: IssuerKey,
    pub(crate) holder: HolderKey,
    pub(crate) verifier: Verifier,
}

pub(crate) fn holder() -> HolderKey {
    HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap()
}

impl World {
    pub(crate) fn new() -> Self {
        let issuer = IssuerKey::from_pkcs8("hetao-1", &IssuerKey::generate().unwrap()).unwrap();
        let keys = vec![(issuer.kid().to_owned(), issuer.public_jwk())];
        let verifier = Verifier::new(keys, ISSUER, VCT, GATE, Freshness::default()).unwrap();
        Self { issuer, holder: holder(), verifier }
    }

    pub(crate) fn claims(&self) -> PassClaims {
        PassClaims {
            issuer: ISSUER.into(),
            vct: VCT.into(),
            permit: PermitId(1042),
            kind: Key::new("commuter").unwrap(),
            issued_at: NOW - 86_400,
            not_before: NOW - 3_600,
            expires_at: NOW + 364 * 86_400,
            status_uri: "https://pass.hetao.example/status/1".into(),
            status_index: 1042,
            holder: self.holder.public_jwk(),
            disclosures: vec![
                ("name".into(), json!("陳大文")),
                ("photo".into(), json!("sha256-7d1a54127b222502f5b79b5fb0803061")),
                ("employer".into(), json!({"id": "O-7", "name": "河套生物科技有限公司"})),
            ],
        }
    }

    pub(crate) fn pass(&self) -> String {
        issue(&self.issuer, &self.claims()).unwrap()
    }

    pub(crate) fn presentation(&self, form: Form) -> String {
        present(&self.pass(), &["name", "photo"], &self.holder, &form.audience(GATE), NONCE, NOW).unwrap()
    }

    pub(crate) fn verify(&self, presentation: &str) -> Result<Verified, VerificationFault> {
        self.verifier.verify(presentation, NOW_MS)
    }

    /// A pass with its payload changed before the issuer signs it.
    pub(crate) fn pass_with(&self, change: impl FnOnce(&mut Value)) -> String {
        let pass = self.pass();
        let (jwt, disclosures) = pass.split_once('~').unwrap();
        let mut payload = payload_of(jwt);
        change(&mut payload);
        let header = Header::new(crate::issue::TYP, Some("hetao-1"));
        let jwt = jws::sign(&header, &payload, |message| self.issuer.sign(message)).unwrap();
        format!("{jwt}~{disclosures}")
    }

    /// A pass whose payload is exactly this text.
    pub(crate) fn pass_saying(&self, header: &str, payload: &str) -> String {
        format!("{}~", signed_text(header, payload, |message| self.issuer.sign(message).unwrap()))
    }

    /// What was shown, and a key-binding JWT over it of exactly these texts; `HASH` stands for the right `sd_hash`.
    pub(crate) fn bound(&self, shown: &str, header: &str, payload: &str) -> String {
        let payload = payload.replace("HASH", &jws::encode(Sha256::digest(shown)));
        shown.to_owned() + &signed_text(header, &payload, |message| self.holder.sign(message).unwrap())
    }

    pub(crate) fn bound_well(&self, shown: &str) -> String {
        self.bound(shown, BINDING_HEADER, &binding_payload())
    }
}

pub(crate) const PASS_HEADER: &str = r#"{"alg":"ES256","kid":"hetao-1","typ":"dc+sd-jwt"}"#;
pub(crate) const BINDING_HEADER: &str = r#"{"alg":"ES256","typ":"kb+jwt"}"#;

pub(crate) fn binding_payload() -> String {
    format!(r#"{{"iat":{NOW},"aud":"{GATE}","nonce":"{NONCE}","sd_hash":"HASH"}}"#)
}

pub(crate) fn payload_of(jwt: &str) -> Value {
    serde_json::from_slice(&jws::decode(jwt.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

pub(crate) fn signed_text(header: &str, payload: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let input = format!("{}.{}", jws::encode(header), jws::encode(payload));
    let signature = sign(input.as_bytes());
    format!("{input}.{}", jws::encode(signature))
}
