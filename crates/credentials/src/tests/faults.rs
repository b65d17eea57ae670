//! Forged, truncated, foreign, stale: every fault by its name, and no panic for anything.

use super::*;
use crate::CredentialError;
use crate::disclosure;
use VerificationFault as Fault;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[track_caller]
fn check(world: &World, what: &str, presentation: &str, expected: Fault) {
    assert_eq!(world.verify(presentation), Err(expected), "{what}");
}

#[test]
fn what_is_no_presentation_is_named_so() {
    let world = World::new();
    let good = world.presentation(Form::Phone);
    let pass = world.pass();
    check(&world, "empty", "", Fault::Unreadable);
    check(&world, "a word", "hello", Fault::Unreadable);
    check(&world, "not ASCII", &good.replacen('~', "～~", 1), Fault::Unreadable);
    check(&world, "too long", &format!("{}{good}", "~".repeat(8_192)), Fault::Unreadable);
    check(&world, "the bare pass", &pass, Fault::NotBound);
    check(&world, "cut off in the middle", &good[..good.len() / 2], Fault::Unreadable);
    check(&world, "an empty disclosure", &world.bound_well(&format!("{pass}~")), Fault::Unreadable);
    check(&world, "four parts", &good.replacen('.', ".x.", 1), Fault::Unreadable);
    let many = format!("{}~{}", pass.split('~').next().unwrap(), "WyJhIiwiYiIsMV0~".repeat(33));
    check(&world, "33 disclosures", &world.bound_well(&many), Fault::Unreadable);
}

#[test]
fn every_algorithm_but_ours_and_every_unknown_header_is_refused() {
    let world = World::new();
    let payload = payload_of(world.pass().split('~').next().unwrap()).to_string();
    for header in [
        r#"{"alg":"none","kid":"hetao-1","typ":"dc+sd-jwt"}"#,
        r#"{"alg":"HS256","kid":"hetao-1","typ":"dc+sd-jwt"}"#,
        r#"{"alg":"es256","kid":"hetao-1","typ":"dc+sd-jwt"}"#,
        r#"{"alg":"ES256","kid":"hetao-1","typ":"JWT"}"#,
        r#"{"alg":"ES256","kid":"hetao-1","typ":"kb+jwt"}"#,
        r#"{"alg":"ES256","kid":"hetao-1","typ":"dc+sd-jwt","crit":["b64"],"b64":false}"#,
        r#"{"alg":"ES256","kid":"hetao-1","typ":"dc+sd-jwt","jku":"https://evil.example"}"#,
        r#"{"alg":"ES256","alg":"ES256","kid":"hetao-1","typ":"dc+sd-jwt"}"#,
        r#"{"alg":"ES256","typ":"dc+sd-jwt"}"#,
        "[]",
    ] {
        let shown = world.pass_saying(header, &payload);
        check(&world, header, &world.bound_well(&shown), Fault::UnsupportedFormat);
    }
    let shown = world.pass();
    for header in [
        r#"{"alg":"none","typ":"kb+jwt"}"#,
        r#"{"alg":"HS256","typ":"kb+jwt"}"#,
        r#"{"alg":"ES256","typ":"dc+sd-jwt"}"#,
        r#"{"alg":"ES256","typ":"kb+jwt","jwk":{}}"#,
    ] {
        check(&world, header, &world.bound(&shown, header, &binding_payload()), Fault::UnsupportedFormat);
    }
    check(&world, "a header of no JSON", &world.bound(&shown, "{", "{}"), Fault::DecodeFailed);
}

#[test]
fn a_pass_is_trusted_only_from_our_issuer() {
    let (world, stranger) = (World::new(), World::new());
    let presentation = |pass: &str| present(pass, &[], &world.holder, GATE, NONCE, NOW).unwrap();
    let claims = PassClaims { holder: world.holder.public_jwk(), ..stranger.claims() };
    check(
        &world,
        "same kid, another key",
        &presentation(&issue(&stranger.issuer, &claims).unwrap()),
        Fault::SignatureMismatch,
    );
    let unknown = IssuerKey::from_pkcs8("hetao-2", &IssuerKey::generate().unwrap()).unwrap();
    check(&world, "another kid", &presentation(&issue(&unknown, &world.claims()).unwrap()), Fault::KeyUnavailable);
    let elsewhere = PassClaims { issuer: "https://elsewhere.example".into(), ..world.claims() };
    check(&world, "another issuer", &presentation(&issue(&world.issuer, &elsewhere).unwrap()), Fault::WrongIssuer);
    let library_card = PassClaims { vct: "https://pass.hetao.example/types/library".into(), ..world.claims() };
    check(&world, "another type", &presentation(&issue(&world.issuer, &library_card).unwrap()), Fault::WrongIssuer);
    let no_signature = world.presentation(Form::Phone);
    let (jwt, rest) = no_signature.split_once('~').unwrap();
    let unsigned = format!("{}.~{rest}", jwt.rsplit_once('.').unwrap().0);
    check(&world, "no signature", &unsigned, Fault::DecodeFailed);
}

#[test]
fn claims_that_are_missing_or_of_another_kind_are_named_so() {
    let world = World::new();
    for name in ["iss", "vct", "iat", "nbf", "exp", "permit", "kind", "status", "cnf"] {
        let pass = world.pass_with(|payload| drop(payload.as_object_mut().unwrap().remove(name)));
        check(&world, name, &world.bound_well(&pass), Fault::UnsupportedContent);
    }
    let key_off_the_curve = json!({"jwk": {"kty": "EC", "crv": "P-256", "x": "A".repeat(43), "y": "A".repeat(43)}});
    for (name, value) in [
        ("permit", json!("P-1")),
        ("kind", json!("Commuter!")),
        ("exp", json!("tomorrow")),
        ("exp", json!(1.5)),
        ("nbf", json!(-1)),
        ("exp", json!(i64::MAX)),
        ("_sd_alg", json!("sha-512")),
        ("_sd", json!("x")),
        ("status", json!({"status_list": {"idx": -1, "uri": "x"}})),
        ("cnf", key_off_the_curve),
        ("cnf", json!({"jwk": {"kty": "oct", "k": "AAAA"}})),
        ("nested", json!({"_sd": []})),
        ("nested", json!([{"...": "x"}])),
        ("...", json!("x")),
    ] {
        let pass = world.pass_with(|payload| payload[name] = value.clone());
        check(&world, &format!("{name} = {value}"), &world.bound_well(&pass), Fault::UnsupportedContent);
    }
    for (payload, fault) in [("[]", Fault::UnsupportedContent), ("{", Fault::DecodeFailed)] {
        let pass = world.pass_saying(PASS_HEADER, payload);
        check(&world, payload, &world.bound_well(&pass), fault);
    }
    let payload = payload_of(world.pass().split('~').next().unwrap()).to_string();
    let twice = world.pass_saying(PASS_HEADER, &payload.replacen('{', r#"{"permit":"T-1","#, 1));
    check(&world, "a claim that occurs twice", &world.bound_well(&twice), Fault::DecodeFailed);
}

#[test]
fn only_disclosures_that_the_issuer_signed_count_and_only_once() {
    let world = World::new();
    let pass = world.pass();
    let (jwt, _) = pass.split_once('~').unwrap();
    let first = pass.split('~').nth(1).unwrap();
    let foreign = disclosure::make("name", &json!("李四")).unwrap();
    let shown = |parts: &[&str]| world.bound_well(&format!("{jwt}~{}~", parts.join("~")));
    assert!(world.verify(&shown(&[first])).is_ok());
    check(&world, "made up", &shown(&[&foreign]), Fault::DisclosureMismatch);
    check(&world, "shown twice", &shown(&[first, first]), Fault::DisclosureMismatch);
    let signing = |made: &[String]| {
        let digests: Vec<String> = made.iter().map(|encoded| disclosure::digest(encoded)).collect();
        let pass = world.pass_with(|payload| payload["_sd"] = json!(digests));
        world.bound_well(&format!("{}~{}~", pass.split('~').next().unwrap(), made.join("~")))
    };
    let made = |name: &str, value: Value| disclosure::make(name, &value).unwrap();
    assert!(world.verify(&signing(&[made("a", json!(1))])).is_ok());
    for (what, made, fault) in [
        ("a reserved name", vec![made("permit", json!("T-1"))], Fault::DisclosureMismatch),
        ("one name, two values", vec![made("a", json!(1)), made("a", json!(2))], Fault::DisclosureMismatch),
        ("concealment within", vec![made("a", json!({"_sd": []}))], Fault::UnsupportedContent),
        ("an array element", vec![jws::encode(r#"["salt",1]"#)], Fault::UnsupportedContent),
        ("no array", vec![jws::encode("{}")], Fault::DecodeFailed),
        ("no JSON", vec![jws::encode("[")], Fault::DecodeFailed),
        ("a name of no text", vec![jws::encode(r#"["salt",1,1]"#)], Fault::DecodeFailed),
        ("nested too deeply", vec![made("a", json!([[[[[[[1]]]]]]]))], Fault::DecodeFailed),
    ] {
        check(&world, what, &signing(&made), fault);
    }
    let twice = world.pass_with(|payload| payload["_sd"] = json!(["x", "x"]));
    check(&world, "a digest listed twice", &world.bound_well(&twice), Fault::DisclosureMismatch);
}

#[test]
fn only_the_holder_presents_and_only_to_this_gate() {
    let world = World::new();
    let shown = world.pass();
    let saying =
        |change: (&str, &str)| world.bound(&shown, BINDING_HEADER, &binding_payload().replace(change.0, change.1));
    assert!(world.verify(&saying(("", ""))).is_ok());
    let thief = present(&shown, &[], &holder(), GATE, NONCE, NOW).unwrap();
    check(&world, "another key", &thief, Fault::HolderMismatch);
    for audience in ["urn:hetao:library", "urn:hetao:gate2", "urn:hetao:gate#", "urn:hetao:gate#Card", "urn:hetao"] {
        check(&world, audience, &saying((GATE, audience)), Fault::WrongAudience);
    }
    check(&world, "another pass's key binding", &saying(("HASH", "x")), Fault::ContentMismatch);
    check(&world, "no nonce", &saying((NONCE, "")), Fault::UnsupportedContent);
    check(&world, "a long nonce", &saying((NONCE, &"n".repeat(129))), Fault::UnsupportedContent);
    check(&world, "a negative time", &saying((&NOW.to_string(), "-1")), Fault::UnsupportedContent);
    check(&world, "a far time", &saying((&NOW.to_string(), "253402300799")), Fault::FromTheFuture);
    check(&world, "long ago", &saying((&NOW.to_string(), "0")), Fault::StalePresentation);
    for change in
        [("\"iat\"", "\"x\""), ("{", "{\"more\":1,"), ("{", "{\"nonce\":\"n\","), ("{", ""), (&NOW.to_string(), "1e9")]
    {
        check(&world, &format!("{change:?}"), &saying(change), Fault::DecodeFailed);
    }
}

#[test]
fn disclosures_cannot_be_added_to_or_taken_from_a_presentation() {
    let world = World::new();
    let pass = world.pass();
    let presentation = present(&pass, &["photo"], &world.holder, GATE, NONCE, NOW).unwrap();
    assert!(world.verify(&presentation).is_ok());
    let binding = presentation.rsplit_once('~').unwrap().1;
    check(&world, "with all disclosures", &format!("{pass}{binding}"), Fault::ContentMismatch);
    let bare = format!("{}~{binding}", pass.split('~').next().unwrap());
    check(&world, "with none", &bare, Fault::ContentMismatch);
}

#[test]
fn whatever_byte_is_changed_the_presentation_is_refused() {
    let world = World::new();
    let good = world.presentation(Form::Phone);
    let keys = vec![("hetao-1".to_owned(), world.issuer.public_jwk())];
    let fresh = Verifier::new(keys, ISSUER, VCT, GATE, Freshness::default()).unwrap();
    assert!(world.verify(&good).is_ok(), "seen before, so that remembering is under test too");
    for at in 0..good.len() {
        for replacement in [good.as_bytes()[at] ^ 1, good.as_bytes()[at] ^ 0x20, b'~', b'.', b'A', b'_'] {
            let mut bytes = good.clone().into_bytes();
            if bytes[at] == replacement || !replacement.is_ascii() {
                continue;
            }
            bytes[at] = replacement;
            let text = String::from_utf8(bytes).unwrap();
            assert!(world.verify(&text).is_err(), "byte {at} as {replacement:#x} is not noticed");
            assert!(fresh.verify(&text, NOW_MS).is_err());
        }
        assert!(world.verify(&good[..at]).is_err(), "cut off at {at}");
    }
}

proptest! {
    #[test]
    fn any_edit_is_refused(at in any::<prop::sample::Index>(), length in 0_usize..4, put in "[ -~]{0,4}") {
        let world = World::new();
        let good = world.presentation(Form::Card);
        let start = at.index(good.len());
        let end = (start + length).min(good.len());
        let edited = format!("{}{put}{}", &good[..start], &good[end..]);
        prop_assume!(edited != good);
        prop_assert!(world.verify(&edited).is_err());
    }

    #[test]
    fn arbitrary_text_is_refused_without_a_panic(text in "\\PC{0,400}", ascii in "[a-zA-Z0-9._~-]{0,400}") {
        let world = World::new();
        prop_assert!(world.verify(&text).is_err());
        prop_assert!(world.verify(&ascii).is_err());
        let _ = crate::status_list::verify(&ascii, &world.issuer.public_jwk(), "x", NOW);
        let _ = crate::Jwk::parse(&text);
    }
}

#[test]
fn every_fault_has_a_code_of_its_own() {
    let codes: BTreeSet<&str> = Fault::ALL.iter().map(|fault| fault.code()).collect();
    assert_eq!(codes.len(), Fault::ALL.len());
    assert!(codes.iter().all(|code| base::Key::new(code).is_some()));
}

#[test]
fn a_verifier_is_not_set_up_ambiguously() {
    let key = holder().public_jwk();
    let verifier = |keys, audience| Verifier::new(keys, ISSUER, VCT, audience, Freshness::default());
    let twice = vec![("a".to_owned(), key), ("a".to_owned(), key)];
    assert!(matches!(verifier(twice, GATE), Err(CredentialError::Verifier(_))));
    assert!(matches!(verifier(Vec::new(), "urn:hetao:gate#card"), Err(CredentialError::Verifier(_))));
}
