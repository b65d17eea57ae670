//! Held against the example of RFC 8291, and against what no push service may be.

use crate::message::seal_with;
use crate::{Endpoint, Hosts, Keys, PLAINTEXT_BYTES_MAX, PushError, Subscription, VapidKey, decode, encode};
use crate::{open, seal, verify};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};

const ENDPOINT: &str = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV";
const MESSAGE: &[u8] = b"When I grow up, I want to be a watermelon";
const BROWSER: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const SENDER: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
const BODY: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

fn subscription() -> Subscription {
    Subscription {
        endpoint: ENDPOINT.to_owned(),
        keys: Keys {
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .to_owned(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".to_owned(),
        },
    }
}

fn key(text: &str) -> PrivateKey {
    PrivateKey::from_private_key(&ECDH_P256, &decode(text).unwrap()).unwrap()
}

#[test]
fn the_example_of_rfc_8291_comes_out_to_the_byte_and_opens() {
    let salt = decode(SALT).unwrap().try_into().unwrap();
    let body = seal_with(MESSAGE, 0, &key(SENDER), salt, &subscription()).unwrap();
    assert_eq!(encode(&body), BODY);
    let secret = subscription().secret().unwrap();
    assert_eq!(open(&decode(BODY).unwrap(), &key(BROWSER), &secret).unwrap(), MESSAGE);
}

#[test]
fn every_message_is_sealed_anew_opens_for_its_browser_alone_and_hides_its_length() {
    let secret = subscription().secret().unwrap();
    let [one, two] = [seal(MESSAGE, &subscription()).unwrap(), seal(MESSAGE, &subscription()).unwrap()];
    assert_ne!(one, two);
    assert_eq!(open(&one, &key(BROWSER), &secret).unwrap(), MESSAGE);
    assert_eq!(one.len(), seal(b"short", &subscription()).unwrap().len());
    assert_eq!(open(&one, &key(SENDER), &secret), Err(PushError::NotOpened), "another's key");
    assert_eq!(open(&one, &key(BROWSER), &[0; 16]), Err(PushError::NotOpened), "another's secret");
    for at in [0, 20, 30, one.len() - 1] {
        let mut changed = one.clone();
        changed[at] ^= 1;
        assert!(open(&changed, &key(BROWSER), &secret).is_err(), "byte {at}");
    }
    for length in [0, 1, 16, 20, 21, 85, 86, 101] {
        assert!(open(&one[..length], &key(BROWSER), &secret).is_err(), "{length} bytes");
    }
}

#[test]
fn a_body_is_never_longer_than_every_push_service_takes() {
    for length in [0, 1, 511, 512, PLAINTEXT_BYTES_MAX - 1, PLAINTEXT_BYTES_MAX] {
        let body = seal(&vec![7; length], &subscription()).unwrap();
        assert!(body.len() <= crate::BODY_BYTES_MAX, "{length}: {}", body.len());
        assert_eq!(open(&body, &key(BROWSER), &subscription().secret().unwrap()).unwrap().len(), length);
    }
    assert_eq!(seal(&vec![7; PLAINTEXT_BYTES_MAX + 1], &subscription()), Err(PushError::TooLong));
}

#[test]
fn an_endpoint_is_that_of_a_public_host_over_an_encrypted_connection() {
    for good in
        [ENDPOINT, "https://fcm.googleapis.com/fcm/send/abc:def", "https://web.push.apple.com/Q", "https://1.1.1.1/"]
    {
        assert!(Endpoint::parse(good, Hosts::Public).is_ok(), "{good}");
    }
    for bad in [
        "http://push.example.net/1",
        "https://push.example.net:8443/1",
        "https://localhost/1",
        "https://hetao.localhost/1",
        "https://database/1",
        "https://printer.local/1",
        "https://metadata.google.internal/1",
        "https://127.0.0.1/1",
        "https://2130706433/1",
        "https://0x7f.1/1",
        "https://10.0.0.8/1",
        "https://169.254.169.254/latest",
        "https://192.168.1.1/1",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::1]/1",
        "https://[::ffff:10.0.0.1]/1",
        "https://[fd00::1]/1",
        "https://[fe80::1]/1",
        "https://[64:ff9b::a00:1]/1",
        "https://[2002:a00:1::]/1",
    ] {
        assert_eq!(Endpoint::parse(bad, Hosts::Public), Err(PushError::EndpointNotPublic), "{bad}");
        assert!(Endpoint::parse(bad, Hosts::Any).is_ok(), "{bad}");
    }
    for none in [
        "",
        "push",
        "ftp://push.example.net/",
        "https://user:pass@push.example.net/",
        "data:text/plain,1",
        &format!("https://push.example.net/{}", "a".repeat(1_100)),
    ] {
        for hosts in [Hosts::Public, Hosts::Any] {
            assert_eq!(Endpoint::parse(none, hosts), Err(PushError::Endpoint), "{none}");
        }
    }
}

#[test]
fn keys_that_are_none_are_refused() {
    let with = |p256dh: &str, auth: &str| {
        let keys = Keys { p256dh: p256dh.to_owned(), auth: auth.to_owned() };
        Subscription { keys, ..subscription() }.check(Hosts::Public)
    };
    let good = subscription().keys;
    assert!(with(&good.p256dh, &good.auth).is_ok());
    assert!(with(&good.p256dh, &format!("{}==", good.auth)).is_ok(), "padded");
    let off_the_curve = encode(&[&[4][..], &[1; 64]].concat());
    for (p256dh, auth) in [
        ("", &*good.auth),
        (&off_the_curve, &good.auth),
        (&good.auth, &good.auth),
        (&good.p256dh, ""),
        (&good.p256dh, "AAAA"),
    ] {
        assert_eq!(with(p256dh, auth), Err(PushError::Keys), "{p256dh} {auth}");
    }
}

#[test]
fn a_push_service_learns_who_writes_for_it_alone_and_for_less_than_a_day() {
    let vapid = VapidKey::from_pkcs8(&VapidKey::generate().unwrap()).unwrap();
    let to = Endpoint::parse(ENDPOINT, Hosts::Public).unwrap();
    let now = 1_795_406_400;
    let said = vapid.authorization(&to, "mailto:park@hetao.example", now).unwrap();
    assert_eq!(verify(&said, "https://push.example.net", now), Ok(vapid.public()));
    assert_eq!(decode(&vapid.public()).unwrap().len(), 65);
    let refused = Err(PushError::NotVouchedFor);
    assert_eq!(verify(&said, "https://push.example.com", now), refused, "another service");
    assert_eq!(verify(&said, "https://push.example.net", now + 24 * 3_600), refused, "too late");
    assert_eq!(verify(&said, "https://push.example.net", now - 13 * 3_600), refused, "valid for too long");
    let other = VapidKey::from_pkcs8(&VapidKey::generate().unwrap()).unwrap();
    assert_eq!(verify(&said.replace(&vapid.public(), &other.public()), "https://push.example.net", now), refused);
    let stranger = vapid.authorization(&to, "park", now).unwrap();
    assert_eq!(verify(&stranger, "https://push.example.net", now), refused, "nobody to write to");
}
