//! What works: passes, presentations of every form, status lists, QR codes, and what an independent library makes of
//! them.

use super::*;
use crate::status_list::{self, PassStatus, StatusList};
use crate::{CredentialError, Jwk, qr_svg};
use proptest::prelude::*;
use sd_jwt_payload::{SdJwt, Sha256Hasher};

#[test]
fn a_presentation_proves_the_permit_and_shows_only_what_was_chosen() {
    let world = World::new();
    let verified = world.verify(&world.presentation(Form::Phone)).unwrap();
    assert_eq!(verified.permit, PermitId(1042));
    assert_eq!(verified.kind.as_str(), "commuter");
    assert_eq!((verified.kid.as_str(), verified.form), ("hetao-1", Form::Phone));
    assert_eq!(verified.holder_thumbprint, world.holder.public_jwk().thumbprint());
    assert_eq!(verified.issued_at_ms, NOW_MS);
    assert_eq!((verified.not_before_ms, verified.expires_at_ms), (NOW_MS - 3_600_000, NOW_MS + 364 * 86_400_000));
    assert_eq!((&*verified.status_uri, verified.status_index), ("https://pass.hetao.example/status/1", 1042));
    assert_eq!(verified.disclosed.keys().collect::<Vec<_>>(), ["name", "photo"]);
    assert_eq!(verified.disclosed["name"], "陳大文");
    assert!(!format!("{verified:?}").contains('陳'), "personal claims are not printed");
}

#[test]
fn a_pass_out_of_its_dates_is_verified_for_the_rulebook_to_judge() {
    let world = World::new();
    let claims = PassClaims { not_before: NOW + 10, expires_at: NOW + 20, ..world.claims() };
    let pass = issue(&world.issuer, &claims).unwrap();
    let presentation = present(&pass, &[], &world.holder, GATE, NONCE, NOW).unwrap();
    assert_eq!(world.verify(&presentation).map(|verified| verified.not_before_ms), Ok(NOW_MS + 10_000));
}

#[test]
fn each_form_has_its_own_age() {
    let world = World::new();
    for (form, seconds_max) in [(Form::Phone, 65), (Form::Portal, 305), (Form::Card, 400 * 86_400 + 5)] {
        let presentation = world.presentation(form);
        let at = |seconds: i64| world.verifier.verify(&presentation, NOW_MS + seconds * 1_000).map(|it| it.form);
        assert_eq!(at(seconds_max), Ok(form));
        assert_eq!(at(seconds_max + 1), Err(VerificationFault::StalePresentation));
        assert_eq!(at(-5), Ok(form), "clocks may differ a little");
        assert_eq!(at(-6), Err(VerificationFault::FromTheFuture));
    }
}

#[test]
fn a_presentation_has_one_digest_however_often_it_is_signed() {
    let world = World::new();
    let shown = world.pass();
    let again = || world.verify(&world.bound_well(&shown)).unwrap().digest;
    assert_ne!(world.bound_well(&shown), world.bound_well(&shown), "signatures are random");
    assert_eq!(again(), again());
    let other = world.bound(&shown, BINDING_HEADER, &binding_payload().replace("AAEC", "BBEC"));
    assert_ne!(world.verify(&other).unwrap().digest, again(), "another nonce is another presentation");
}

#[test]
fn a_pass_is_remembered_only_once_its_holder_has_proved_it() {
    let world = World::new();
    let (pass, thief) = (world.pass(), holder());
    let stolen = present(&pass, &[], &thief, GATE, NONCE, NOW).unwrap();
    assert_eq!(world.verify(&stolen), Err(VerificationFault::HolderMismatch));
    assert_eq!(world.verifier.passes_remembered(), 0);
    let first = present(&pass, &[], &world.holder, GATE, NONCE, NOW).unwrap();
    let second = present(&pass, &[], &world.holder, GATE, "another", NOW).unwrap();
    assert!(world.verify(&first).is_ok() && world.verify(&second).is_ok());
    assert_eq!(world.verifier.passes_remembered(), 1);
    assert_eq!(world.verify(&stolen), Err(VerificationFault::HolderMismatch), "nor does remembering help a thief");
}

#[test]
fn an_independent_library_reads_our_pass_as_we_do() {
    let world = World::new();
    let pass = SdJwt::parse(&world.pass()).unwrap();
    assert_eq!(pass.disclosures().len(), 3);
    let object = Value::Object(pass.into_disclosed_object(&Sha256Hasher::new()).unwrap());
    assert_eq!((&object["permit"], &object["name"]), (&json!("T-1042"), &json!("陳大文")));
    assert_eq!(object["employer"]["id"], "O-7");
    let presentation = SdJwt::parse(&world.presentation(Form::Card)).unwrap();
    assert_eq!(presentation.key_binding_jwt().unwrap().claims().aud, "urn:hetao:gate#card");
    let object = Value::Object(presentation.into_disclosed_object(&Sha256Hasher::new()).unwrap());
    assert_eq!((object.get("employer"), &object["photo"]), (None, &world.claims().disclosures[1].1));
}

#[test]
fn a_pass_that_would_mislead_is_not_issued() {
    let world = World::new();
    let named = |name: &str| vec![(name.to_owned(), json!(1))];
    let wrong = [
        PassClaims { expires_at: NOW - 3_600, ..world.claims() },
        PassClaims { issuer: String::new(), ..world.claims() },
        PassClaims { disclosures: named("permit"), ..world.claims() },
        PassClaims { disclosures: named(""), ..world.claims() },
        PassClaims { disclosures: [named("a"), named("a")].concat(), ..world.claims() },
        PassClaims { disclosures: vec![("a".into(), json!([{"...": "x"}]))], ..world.claims() },
        PassClaims { disclosures: (0..33).map(|n| (n.to_string(), json!(1))).collect(), ..world.claims() },
        PassClaims { disclosures: vec![("a".into(), json!("x".repeat(8_000)))], ..world.claims() },
    ];
    for claims in wrong {
        assert!(matches!(issue(&world.issuer, &claims), Err(CredentialError::Claims(_))));
    }
}

#[test]
fn what_cannot_be_presented_is_an_error() {
    let world = World::new();
    let pass = world.pass();
    for (pass, disclose, nonce) in [
        (pass.as_str(), "age", NONCE),
        (pass.as_str(), "name", ""),
        (pass.trim_end_matches('~'), "name", NONCE),
        ("", "name", NONCE),
        ("a.b.c~damaged~", "name", NONCE),
    ] {
        let presented = present(pass, &[disclose], &world.holder, GATE, nonce, NOW);
        assert!(matches!(presented, Err(CredentialError::Presentation(_))), "{disclose} {nonce}");
    }
}

#[test]
fn a_public_key_is_read_as_web_crypto_writes_it_and_never_with_its_private_part() {
    let world = World::new();
    let key = world.holder.public_jwk();
    let plain = serde_json::to_value(key).unwrap();
    let with = |name: &str, value: Value| {
        let mut jwk = plain.clone();
        jwk[name] = value;
        Jwk::parse(&jwk.to_string())
    };
    assert_eq!(with("ext", json!(true)), Ok(key));
    assert_eq!(with("key_ops", json!(["verify"])), Ok(key));
    let y = plain["y"].clone();
    for (name, value) in [
        ("d", json!("AAAA")),
        ("crv", json!("P-384")),
        ("kty", json!("RSA")),
        ("use", json!("enc")),
        ("alg", json!("ES384")),
        ("x", y),
        ("x", json!("AAAA")),
        ("y", json!(1)),
    ] {
        assert!(with(name, value.clone()).is_err(), "{name} = {value}");
    }
}

#[test]
fn a_status_list_is_signed_and_read_back() {
    let world = World::new();
    let uri = "https://pass.hetao.example/status/1";
    let statuses = [(3, PassStatus::Invalid), (99_999, PassStatus::Suspended), (7, PassStatus::Valid)];
    let list = StatusList::of_passes(100_000, statuses).unwrap();
    let token = list.sign(&world.issuer, uri, NOW, NOW + 900, 300).unwrap();
    let read = status_list::verify(&token, &world.issuer.public_jwk(), uri, NOW + 899).unwrap();
    assert_eq!((read.list, read.expires_at, read.ttl_seconds), (list.clone(), Some(NOW + 900), Some(300)));
    for (index, status) in [(3, Some(1)), (99_999, Some(2)), (7, Some(0)), (100_000, None), (u32::MAX, None)] {
        assert_eq!(list.get(index), status, "entry {index}");
    }
    let verify = |token: &str, key: &Jwk, uri, now| status_list::verify(token, key, uri, now).is_err();
    let key = world.issuer.public_jwk();
    assert!(verify(&token, &key, uri, NOW + 900), "expired");
    assert!(verify(&token, &key, "https://elsewhere.example", NOW), "another list");
    assert!(verify(&token, &world.holder.public_jwk(), uri, NOW), "another key");
    assert!(verify(&world.pass(), &key, uri, NOW), "another kind of token");
    assert!(verify("", &key, uri, NOW));
}

#[test]
fn a_status_list_of_the_park_is_small_and_a_bomb_is_refused() {
    let revoked = (0..1_000).map(|n| (n * 97, PassStatus::Invalid));
    let list = StatusList::of_passes(100_000, revoked).unwrap();
    assert!(list.pack().unwrap().len() < 4_000, "{} bytes", list.pack().unwrap().len());
    let largest = StatusList::new(8, 16 << 20).unwrap();
    let packed = largest.pack().unwrap();
    assert_eq!(StatusList::unpack(8, &packed).unwrap(), largest);
    assert!(StatusList::new(8, (16 << 20) + 1).is_err());
    let bomb = {
        use std::io::Read;
        let mut bytes = Vec::new();
        let zeros = std::io::repeat(0).take((16 << 20) + 1);
        flate2::read::ZlibEncoder::new(zeros, flate2::Compression::best()).read_to_end(&mut bytes).unwrap();
        jws::encode(bytes)
    };
    assert!(StatusList::unpack(8, &bomb).is_err());
    assert!(StatusList::unpack(3, &packed).is_err());
}

proptest! {
    #[test]
    fn every_entry_of_a_status_list_is_read_back(
        (bits, statuses) in prop::sample::select(vec![1_u8, 2, 4, 8])
            .prop_flat_map(|bits| (Just(bits), proptest::collection::vec(0..=(u8::MAX >> (8 - bits)), 0..200))),
    ) {
        let mut list = StatusList::new(bits, statuses.len() as u32).unwrap();
        for (index, status) in statuses.iter().enumerate() {
            list.set(index as u32, *status).unwrap();
        }
        let read = StatusList::unpack(bits, &list.pack().unwrap()).unwrap();
        for (index, status) in statuses.iter().enumerate() {
            prop_assert_eq!(read.get(index as u32), Some(*status));
        }
    }
}

/// Draws the SVG's dark path, four pixels to a module, and reads it with an independent decoder.
fn read_qr(svg: &str) -> String {
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let mut dark = vec![false; side * side];
    let path = svg.split("fill=\"#000\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    for run in path.split('M').skip(1) {
        let (x, rest) = run.split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
        let start = y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap();
        dark[start..start + length].fill(true);
    }
    let pixel = |x: usize, y: usize| if dark[y / 4 * side + x / 4] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, pixel);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code is to be seen");
    grids[0].decode().unwrap().1
}

#[test]
fn a_normal_presentation_fits_a_qr_code_and_is_read_back() {
    let world = World::new();
    let pass = world.pass();
    // What a gate needs: the photo reference. Employer and name stay at home.
    let presentation = present(&pass, &["photo"], &world.holder, GATE, NONCE, NOW).unwrap();
    assert!(presentation.len() <= 1_400, "{} bytes", presentation.len());
    let shown = read_qr(&qr_svg(&presentation, "Pass T-1042").unwrap());
    assert_eq!(shown, presentation);
    assert!(world.verify(&shown).is_ok());
}

#[test]
fn a_qr_code_has_words_for_those_who_cannot_see_it_and_nothing_the_content_policy_forbids() {
    let svg = qr_svg("hello", "通行證 <T-1> & \"more\"").unwrap();
    assert_eq!(read_qr(&svg), "hello");
    assert!(svg.contains("<title>通行證 &lt;T-1&gt; &amp; &quot;more&quot;</title>"));
    assert!(!svg.contains("style") && !svg.contains("script"));
    for text in [String::new(), "x".repeat(3_000)] {
        assert_eq!(qr_svg(&text, "t"), Err(CredentialError::TooLongForQr(text.len())));
    }
}
