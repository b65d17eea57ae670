//! Questions and answers, with an authenticator of software: what it signs for, and what is not taken from it.

use super::*;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

#[test]
fn an_authenticators_handle_names_the_person_it_was_made_for_and_no_other_handle_names_anybody() {
    assert_eq!(person_of(handle(PersonId(1_042))), Some(PersonId(1_042)));
    assert_eq!(person_of(Uuid::nil()), None);
}

#[test]
fn what_an_authenticator_signs_for_is_another_for_every_text_and_every_time() {
    let one = challenge_of("C-1\nundertaking\n1\nen\nabc", "nonce");
    assert_eq!(one, challenge_of("C-1\nundertaking\n1\nen\nabc", "nonce"));
    assert_eq!(one.len(), 43, "SHA-256, in base64url");
    let others = [
        ("C-2\nundertaking\n1\nen\nabc", "nonce"),
        ("C-1\ndirector\n1\nen\nabc", "nonce"),
        ("C-1\nundertaking\n2\nen\nabc", "nonce"),
        ("C-1\nundertaking\n1\nzh-Hant\nabc", "nonce"),
        ("C-1\nundertaking\n1\nen\nabd", "nonce"),
        ("C-1\nundertaking\n1\nen\nabc", "another"),
    ];
    assert!(others.iter().all(|(text, nonce)| challenge_of(text, nonce) != one));
}

#[test]
fn a_question_is_answered_by_its_own_session_and_in_time_or_not_at_all() {
    let ceremonies = Ceremonies::new(&Url::parse("http://localhost:8080").unwrap()).unwrap();
    let question = ceremonies.register("one", Instant(0), PersonId(1), "王丙", &[]).unwrap();
    assert_eq!(question["publicKey"]["rp"]["id"], "localhost");
    assert_eq!(question["publicKey"]["authenticatorSelection"]["residentKey"], "required");
    assert!(ceremonies.take("other", Instant(0)).is_none());
    assert!(ceremonies.take("one", Instant(ANSWER_WITHIN)).is_none(), "too late");
    assert!(ceremonies.take("one", Instant(0)).is_none(), "and gone");
}

const ORIGIN: &str = "http://localhost:8080";
const CREDENTIAL: [u8; 16] = [9; 16];
/// Somebody is there, and was verified.
const PRESENT_AND_VERIFIED: u8 = 0x05;
const WITH_KEY: u8 = 0x40;

/// A phone that confirms at once whoever asks.
struct Authenticator {
    key: EcdsaKeyPair,
    counter: u32,
    flags: u8,
}

impl Authenticator {
    fn new() -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        Self { key, counter: 0, flags: PRESENT_AND_VERIFIED }
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(b"localhost").to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// In CBOR, by hand: no attestation, and an ES256 key.
    fn create(&self, question: &Value) -> Value {
        let point = self.key.public_key().as_ref();
        let mut data = self.data(WITH_KEY);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(CREDENTIAL);
        data.extend(b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20");
        data.extend(&point[1..33]);
        data.extend(b"\x22\x58\x20");
        data.extend(&point[33..65]);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let said = client_data("webauthn.create", question);
        answer(json!({ "clientDataJSON": encoded(&said), "attestationObject": encoded(&object) }))
    }

    fn get(&mut self, question: &Value) -> Value {
        self.counter += 1;
        let (said, data) = (client_data("webauthn.get", question), self.data(0));
        let signed = [&*data, &Sha256::digest(&said)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        answer(json!({
            "clientDataJSON": encoded(&said),
            "authenticatorData": encoded(&data),
            "signature": encoded(signature.as_ref()),
            "userHandle": null,
        }))
    }
}

fn encoded(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn client_data(kind: &str, question: &Value) -> Vec<u8> {
    let challenge = &question["publicKey"]["challenge"];
    json!({ "type": kind, "challenge": challenge, "origin": ORIGIN, "crossOrigin": false }).to_string().into_bytes()
}

fn answer(response: Value) -> Value {
    let id = encoded(&CREDENTIAL);
    json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {}, "response": response })
}

const ME: PersonId = PersonId(1);
const TEXT: &str = "C-1\nundertaking\n1\nen\nabc";

/// With the person's one passkey, as it is kept.
fn registered() -> (Ceremonies, Authenticator, Vec<Value>) {
    let ceremonies = Ceremonies::new(&Url::parse(ORIGIN).unwrap()).unwrap();
    let authenticator = Authenticator::new();
    let question = ceremonies.register("session", Instant(0), ME, "王丙", &[]).unwrap();
    let created = ceremonies.registered("session", Instant(0), ME, authenticator.create(&question));
    let created = created.unwrap_or_else(|problem| panic!("{problem:?}"));
    (ceremonies, authenticator, vec![created.credential])
}

#[test]
fn an_authenticator_signs_the_text_that_was_asked_for_once() {
    let (ceremonies, mut authenticator, known) = registered();
    let question = ceremonies.sign("session", Instant(0), ME, TEXT, &known).unwrap();
    let answer = authenticator.get(&question);
    let signed = ceremonies.signed("session", Instant(0), ME, TEXT, &answer, &known).unwrap();
    assert_eq!(signed.credential_id, CREDENTIAL);
    assert_eq!(question["publicKey"]["challenge"], challenge_of(TEXT, &signed.nonce), "anybody can reckon it again");
    assert!(signed.renewed.is_some(), "its counter moved");
    let again = ceremonies.signed("session", Instant(0), ME, TEXT, &answer, &known);
    assert!(matches!(again, Err(Problem::Passkey)), "replayed without a question");
    ceremonies.sign("session", Instant(0), ME, TEXT, &known).unwrap();
    let again = ceremonies.signed("session", Instant(0), ME, TEXT, &answer, &known);
    assert!(matches!(again, Err(Problem::Passkey)), "replayed to a new question about the same text");
}

#[test]
fn an_answer_for_another_text_person_session_or_time_is_no_signature() {
    let texts = [
        "C-2\nundertaking\n1\nen\nabc",
        "C-1\ndirector\n1\nen\nabc",
        "C-1\nundertaking\n2\nen\nabc",
        "C-1\nundertaking\n1\nzh-Hant\nabc",
        "C-1\nundertaking\n1\nen\nabd",
    ];
    let late = Instant(ANSWER_WITHIN);
    let others = texts.map(|text| ("session", Instant(0), ME, text));
    let more =
        [("other", Instant(0), ME, TEXT), ("session", late, ME, TEXT), ("session", Instant(0), PersonId(2), TEXT)];
    for (session, now, person, text) in others.into_iter().chain(more) {
        let (ceremonies, mut authenticator, known) = registered();
        let question = ceremonies.sign("session", Instant(0), ME, TEXT, &known).unwrap();
        let answer = authenticator.get(&question);
        let signed = ceremonies.signed(session, now, person, text, &answer, &known);
        assert!(matches!(signed, Err(Problem::Passkey)), "{session} {now:?} {person} {text}");
    }
}

#[test]
fn a_strangers_key_somebody_who_was_not_verified_and_an_answer_to_signing_in_are_no_signature() {
    let refused = |authenticator: &mut Authenticator, ceremonies: &Ceremonies, known: &[Value]| {
        let question = ceremonies.sign("session", Instant(0), ME, TEXT, known).unwrap();
        let answer = authenticator.get(&question);
        matches!(ceremonies.signed("session", Instant(0), ME, TEXT, &answer, known), Err(Problem::Passkey))
    };
    let (ceremonies, mut authenticator, known) = registered();
    assert!(refused(&mut Authenticator::new(), &ceremonies, &known), "another key under the same id");
    authenticator.flags = 0x01;
    assert!(refused(&mut authenticator, &ceremonies, &known), "whoever picked the phone up");
    authenticator.flags = PRESENT_AND_VERIFIED;
    let question = ceremonies.sign_in("session", Instant(0)).unwrap();
    let answer = authenticator.get(&question);
    assert!(ceremonies.signed("session", Instant(0), ME, TEXT, &answer, &known).is_err());
    assert!(ceremonies.sign("session", Instant(0), ME, TEXT, &[]).is_err(), "nobody signs without a passkey");
}
