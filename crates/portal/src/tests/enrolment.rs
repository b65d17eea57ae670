//! Coming in by a one-time link, and passkeys.

use super::town::Town;
use axum::http::StatusCode;
use base::Actor;
use serde_json::{Value, json};

/// The token as the page's script finds it.
fn token(page: &str) -> &str {
    page.split_once("data-csrf=\"").unwrap().1.split('"').next().unwrap()
}

#[tokio::test]
async fn a_link_shows_whom_it_is_for_and_anything_else_says_that_it_is_over() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = cases::case(&town.park.zone().cases, case).unwrap().subject;
    let link = town.park.invite(&Actor::Operator, person).await.unwrap();
    let mut browser = town.visitor();
    let (status, page) = browser.get(&format!("/en/enrol/{person}/{}", link.secret)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&town.park.name_of(person)), "{page}");
    assert!(page.contains("data-passkey=\"create\"") && page.contains("<noscript>"), "{page}");
    for wrong in [format!("/en/enrol/{person}/nonsense"), format!("/en/enrol/P-9999/{}", link.secret)] {
        let (_, page) = browser.get(&wrong).await;
        assert!(page.contains("This link no longer works"), "{page}");
        assert!(!page.contains(&town.park.name_of(person)), "a wrong link names nobody");
    }
    town.log_verifies();
}

#[tokio::test]
async fn the_question_is_for_that_person_and_an_answer_that_was_made_up_adds_nothing() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = cases::case(&town.park.zone().cases, case).unwrap().subject;
    let link = town.park.invite(&Actor::Operator, person).await.unwrap();
    let mut browser = town.visitor();
    let place = format!("/en/enrol/{person}/{}", link.secret);
    let (_, page) = browser.get(&place).await;
    browser.forge(token(&page));
    let (status, question) = browser.post_json(&format!("{place}/question"), &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{question}");
    let question: Value = serde_json::from_str(&question).unwrap();
    assert_eq!(question["publicKey"]["rp"]["id"], "localhost");
    assert_eq!(question["publicKey"]["authenticatorSelection"]["residentKey"], "required");
    let made_up = json!({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key", "extensions": {},
        "response": { "attestationObject": "AAAA", "clientDataJSON": "AAAA", "transports": [] },
    });
    let (status, body) = browser.post_json(&format!("{place}/answer"), &made_up).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{body}");
    assert!(town.park.passkeys(person).is_empty());
    assert!(town.park.invitation_is_good(person, &link.secret), "the link is not used up by a failed attempt");
    let (status, _) = browser.post_json(&format!("/en/enrol/{person}/wrong/question"), &json!({})).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    town.log_verifies();
}

#[tokio::test]
async fn signing_in_asks_for_no_name_and_believes_no_stranger() {
    let town = Town::new().await;
    let mut browser = town.visitor();
    let (_, page) = browser.get("/en/sign-in?to=me%2Fpasskeys").await;
    assert!(page.contains("data-href=\"/en/sign-in?to=me%2Fpasskeys\""), "{page}");
    browser.forge(token(&page));
    let (status, question) = browser.post_json("/en/sign-in/question", &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{question}");
    let question: Value = serde_json::from_str(&question).unwrap();
    assert_eq!(question["publicKey"]["allowCredentials"], json!([]));
    let made_up = json!({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key", "extensions": {},
        "response": { "authenticatorData": "AAAA", "clientDataJSON": "AAAA", "signature": "AAAA", "userHandle": "AAAA" },
    });
    let (status, _) = browser.post_json("/en/sign-in/answer", &made_up).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/en/me").await.0, StatusCode::SEE_OTHER, "still nobody");
}

#[tokio::test]
async fn the_last_passkey_stays() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = cases::case(&town.park.zone().cases, case).unwrap().subject;
    for id in [b"one", b"two"] {
        let link = town.park.invite(&Actor::Operator, person).await.unwrap();
        town.park.add_passkey(person, id, &json!({}), Some(&link.secret)).await.unwrap();
    }
    let names: Vec<String> = {
        let zone = town.park.zone();
        parties::person(&zone.parties, person).unwrap().passkeys.iter().map(|key| key.name.to_string()).collect()
    };
    let mut browser = town.browser_of(Actor::Person { person }).await;
    browser.get("/en/me/passkeys").await;
    let (status, _) = browser.post("/en/me/passkeys/remove", &[("name", &names[0])]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = browser.get("/en/me/passkeys?done=passkey-removed").await;
    assert!(page.contains("The passkey was removed.") && page.contains("Your only passkey"), "{page}");
    let (status, page) = browser.post("/en/me/passkeys/remove", &[("name", &names[1])]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("This is your last passkey"), "{page}");
    town.log_verifies();
}
