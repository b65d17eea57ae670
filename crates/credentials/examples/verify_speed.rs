//! What a gate pays for one presentation, beside one bare P-256 verification measured in the same run:
//! `cargo run --release -p credentials --example verify_speed`.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, KeyPair, ParsedPublicKey};
use base::{Key, PermitId};
use credentials::{Freshness, HolderKey, IssuerKey, PassClaims, Verifier, issue, present, qr_svg};
use serde_json::json;
use std::error::Error;
use std::time::Instant;

const ROUNDS: u32 = 5_000;
const NOW: i64 = 1_795_334_400;

fn main() -> Result<(), Box<dyn Error>> {
    let issuer = IssuerKey::from_pkcs8("hetao-1", &IssuerKey::generate()?)?;
    let holder = HolderKey::from_pkcs8(&HolderKey::generate()?)?;
    let claims = PassClaims {
        issuer: "https://pass.hetao.example".into(),
        vct: "https://pass.hetao.example/types/commuter".into(),
        permit: PermitId(1042),
        kind: Key::new("commuter").ok_or("a kind")?,
        issued_at: NOW,
        not_before: NOW,
        expires_at: NOW + 86_400,
        status_uri: "https://pass.hetao.example/status/1".into(),
        status_index: 1042,
        holder: holder.public_jwk(),
        disclosures: vec![("name".into(), json!("陳大文")), ("photo".into(), json!("sha256-7d1a54127b22"))],
    };
    let verifier = || {
        let keys = vec![("hetao-1".to_owned(), issuer.public_jwk())];
        Verifier::new(keys, &claims.issuer, &claims.vct, "urn:hetao:gate", Freshness::default())
    };
    let pass = issue(&issuer, &claims)?;
    let presentation = present(&pass, &["photo"], &holder, "urn:hetao:gate", "AAECAwQFBgcICQoLDA0ODw", NOW)?;
    println!(
        "a presentation has {} bytes, its QR code {} bytes of SVG",
        presentation.len(),
        qr_svg(&presentation, "")?.len()
    );

    let pair = EcdsaKeyPair::generate(&signature::ECDSA_P256_SHA256_FIXED_SIGNING)?;
    let signed = pair.sign(&SystemRandom::new(), presentation.as_bytes())?;
    let key = ParsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref())?;
    let bare = timed("one bare P-256 verification", || Ok(key.verify_sig(presentation.as_bytes(), signed.as_ref())?))?;
    let gate = verifier()?;
    let seen = timed("a pass seen before", || Ok(gate.verify(&presentation, NOW * 1_000).map(drop)?))?;
    let unseen = timed("a pass never seen", || Ok(verifier()?.verify(&presentation, NOW * 1_000).map(drop)?))?;
    println!("a pass seen before costs {:.2}, one never seen {:.2} bare verifications", seen / bare, unseen / bare);
    Ok(())
}

/// Microseconds for one.
fn timed(what: &str, work: impl Fn() -> Result<(), Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        work()?;
    }
    let each = start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
    println!("{each:>8.1} µs  {what}");
    Ok(each)
}
