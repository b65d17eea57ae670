//! Cross-check with an independent implementation, both ways: the PyPI package `sd-jwt`, the reference of RFC 9901's
//! own examples. Runs where `HETAO_PYTHON` names an interpreter that has the package; says so where it does not.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

use base::{Key, PermitId};
use credentials::{Form, Freshness, HolderKey, IssuerKey, Jwk, PassClaims, Verifier, issue, present};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

const ISSUER: &str = "https://pass.hetao.example";
const VCT: &str = "https://pass.hetao.example/types/commuter";
const GATE: &str = "urn:hetao:gate";

/// What the script prints; `None`, and a line that says so, where there is no interpreter to run it.
fn python(verb: &str, input: &Value) -> Option<Value> {
    let Some(interpreter) = std::env::var_os("HETAO_PYTHON") else {
        eprintln!(
            "skipped: HETAO_PYTHON names no interpreter with the package sd-jwt, so `{verb}` is not cross-checked"
        );
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python_sd_jwt.py");
    let mut child = Command::new(interpreter)
        .args([script, verb])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the interpreter that HETAO_PYTHON names must start");
    child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "python refused: {verb}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn python_verifies_what_we_present() {
    let issuer = IssuerKey::from_pkcs8("hetao-1", &IssuerKey::generate().unwrap()).unwrap();
    let holder = HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap();
    let claims = PassClaims {
        issuer: ISSUER.into(),
        vct: VCT.into(),
        permit: PermitId(1042),
        kind: Key::new("commuter").unwrap(),
        issued_at: 1_795_334_400,
        not_before: 1_795_334_400,
        expires_at: 1_826_870_400,
        status_uri: "https://pass.hetao.example/status/1".into(),
        status_index: 1042,
        holder: holder.public_jwk(),
        disclosures: vec![("name".into(), json!("陳大文")), ("photo".into(), json!("sha256-00"))],
    };
    let pass = issue(&issuer, &claims).unwrap();
    let audience = Form::Portal.audience(GATE);
    let presentation = present(&pass, &["name"], &holder, &audience, "n-1", 1_795_334_400).unwrap();
    let input = json!({
        "presentation": presentation,
        "issuer_jwk": issuer.public_jwk(),
        "audience": audience,
        "nonce": "n-1",
    });
    let Some(read) = python("verify", &input) else { return };
    assert_eq!((&read["permit"], &read["name"]), (&json!("T-1042"), &json!("陳大文")));
    assert_eq!(read.get("photo"), None, "what was not shown is not read");
    assert_eq!(read["cnf"]["jwk"], serde_json::to_value(holder.public_jwk()).unwrap());
}

#[test]
fn we_verify_what_python_presents() {
    let Some(made) = python("present", &Value::Null) else { return };
    let key = Jwk::parse(&made["issuer_jwk"].to_string()).unwrap();
    let keys = vec![("python-1".to_owned(), key)];
    let verifier = Verifier::new(keys, ISSUER, VCT, GATE, Freshness::default()).unwrap();
    let now_ms = made["now"].as_i64().unwrap() * 1_000;
    let verified = verifier.verify(made["presentation"].as_str().unwrap(), now_ms).unwrap();
    assert_eq!((verified.permit, verified.status_index, verified.form), (PermitId(7), 7, Form::Phone));
    assert_eq!(verified.disclosed.len(), 1);
    assert_eq!(verified.disclosed["name"], "陳大文");
}
