//! The examples of RFC 9901, RFC 7638's construction and the Token Status List draft.

use super::*;
use crate::jws::Compact;
use crate::status_list::StatusList;
use crate::{Jwk, disclosure};

/// RFC 9901, appendix A.5: the issuer of all its examples.
const ISSUER_OF_THE_RFC: &str = r#"{"kty":"EC","crv":"P-256","x":"b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ",
    "y":"Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8"}"#;

#[test]
fn the_presentation_of_rfc_9901_section_5_holds_in_every_part() {
    let text = include_str!("../../testdata/rfc9901-section-5-presentation.txt").trim();
    let (shown, binding) = text.split_at(text.rfind('~').unwrap() + 1);
    let jwt = shown.split('~').next().unwrap();
    let issuer = Jwk::parse(ISSUER_OF_THE_RFC).unwrap().parsed().unwrap();
    assert_eq!(Compact::split(jwt).unwrap().verify(&issuer), Ok(true));
    let payload = payload_of(jwt);
    let top_level: Vec<&str> = payload["_sd"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    let disclosures: Vec<&str> = shown.trim_end_matches('~').split('~').skip(1).collect();
    let names: Vec<String> = disclosures.iter().filter_map(|it| disclosure::parse(it).ok()).map(|it| it.name).collect();
    assert_eq!(names, ["family_name", "address", "given_name"]);
    for encoded in disclosures {
        let digest = disclosure::digest(encoded);
        let of_an_array = payload["nationalities"].as_array().unwrap().contains(&json!({"...": digest.clone()}));
        assert!(top_level.contains(&digest.as_str()) || of_an_array, "{encoded}");
    }
    let holder = Jwk::parse(&payload["cnf"]["jwk"].to_string()).unwrap().parsed().unwrap();
    let binding_jwt = Compact::split(binding).unwrap();
    assert_eq!(binding_jwt.verify(&holder), Ok(true));
    assert_eq!(binding_jwt.expect("kb+jwt"), Ok(None));
    let claims: crate::present::Binding = serde_json::from_value(payload_of(binding)).unwrap();
    assert_eq!(claims.sd_hash, jws::encode(Sha256::digest(shown)));
    assert_eq!((claims.aud.as_str(), claims.nonce.as_str()), ("https://verifier.example.org", "1234567890"));
}

#[test]
fn the_rfcs_own_presentation_does_not_open_our_gate() {
    let text = include_str!("../../testdata/rfc9901-section-5-presentation.txt").trim();
    assert_eq!(World::new().verify(text), Err(VerificationFault::UnsupportedFormat));
}

#[test]
fn the_digest_of_rfc_9901_section_4_2_3_is_ours() {
    let encoded = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
    assert_eq!(disclosure::digest(encoded), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
    let parsed = disclosure::parse(encoded).unwrap();
    assert_eq!((parsed.name.as_str(), &parsed.value), ("family_name", &json!("Möbius")));
}

#[test]
fn a_thumbprint_is_the_digest_of_the_four_members_in_order() {
    let key = Jwk::parse(ISSUER_OF_THE_RFC).unwrap();
    let members = ISSUER_OF_THE_RFC
        .replace(['\n', ' '], "")
        .replace(r#""kty":"EC","crv":"P-256""#, r#""crv":"P-256","kty":"EC""#);
    assert_eq!(key.thumbprint(), <[u8; 32]>::from(Sha256::digest(&members)));
    assert_eq!(serde_json::to_string(&key).unwrap(), members, "and we write them in that order");
}

#[test]
fn the_short_lists_of_the_status_list_draft_are_read_and_written() {
    let one_bit = StatusList::unpack(1, "eNrbuRgAAhcBXQ").unwrap();
    let read: Vec<u8> = (0..17).map_while(|index| one_bit.get(index)).collect();
    assert_eq!(read, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
    let two_bits = StatusList::unpack(2, "eNo76fITAAPfAgc").unwrap();
    let read: Vec<u8> = (0..13).map_while(|index| two_bits.get(index)).collect();
    assert_eq!(read, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
    assert_eq!(one_bit.pack().unwrap(), "eNrbuRgAAhcBXQ");
    assert_eq!(two_bits.pack().unwrap(), "eNo76fITAAPfAgc");
}

#[test]
fn the_long_lists_of_the_status_list_draft_are_read_and_built() {
    let vectors: Value = serde_json::from_str(include_str!("../../testdata/status-lists.json")).unwrap();
    let lists = vectors["lists"].as_array().unwrap();
    assert_eq!(lists.len(), 4);
    for vector in lists {
        let number = |value: &Value| value.as_u64().unwrap() as u32;
        let bits = number(&vector["bits"]) as u8;
        let theirs = StatusList::unpack(bits, vector["lst"].as_str().unwrap()).unwrap();
        let mut ours = StatusList::new(bits, number(&vector["entries"])).unwrap();
        for entry in vector["set"].as_array().unwrap() {
            ours.set(number(&entry[0]), number(&entry[1]) as u8).unwrap();
        }
        assert_eq!(theirs.len(), 1 << 20);
        assert!(ours == theirs, "the list of {bits} bits differs");
        // Compression may differ in its bytes; what it holds may not.
        assert!(StatusList::unpack(bits, &ours.pack().unwrap()).unwrap() == theirs);
    }
}
