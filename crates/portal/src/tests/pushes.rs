//! Conversations about notices in the browser: turned on by a script, seen and turned off by anybody's own page, for
//! programs the same.

use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::Actor;
use serde_json::{Value, json};

fn subscription(endpoint: &str) -> Value {
    json!({ "endpoint": endpoint, "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    } })
}

async fn turn_on(browser: &mut Browser, endpoint: &str) -> (StatusCode, Value) {
    browser.get("/en/me/settings").await;
    let (status, said) = browser.post_json("/en/me/settings/pushes", &subscription(endpoint)).await;
    (status, serde_json::from_str(&said).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_person_turns_notices_on_sees_the_browser_and_turns_it_off() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let mut own = town.browser_of(Actor::Person { person }).await;
    let (_, page) = own.get("/en/me/settings").await;
    assert!(page.contains("You have not turned notices on") && page.contains("needs JavaScript"), "{page}");
    assert!(page.contains(&format!("data-key=\"{}\"", town.park.push_key())), "{page}");
    let endpoint = "https://push.example.net/push/abc";
    let (status, said) = turn_on(&mut own, endpoint).await;
    assert_eq!((status, &said["location"]), (StatusCode::OK, &json!("/en/me/settings?done=push-on")));
    let (_, page) = own.get("/en/me/settings?done=push-on").await;
    assert!(page.contains("Notices are on in this browser.") && page.contains("data-notices-digest"), "{page}");
    assert!(!page.contains(endpoint), "its address is told to nobody again");
    let digest = town.park.pushes(person)[0].digest.to_string();
    let (_, said) = own.post_json("/en/me/settings/pushes/this", &json!({ "endpoint": endpoint })).await;
    assert_eq!(serde_json::from_str::<Value>(&said).unwrap(), json!({ "digest": digest }));
    let mut other = town.browser("immigration-officer-hong-kong").await;
    other.get("/en/me/settings").await;
    let (_, said) = other.post_json("/en/me/settings/pushes/this", &json!({ "endpoint": endpoint })).await;
    assert_eq!(serde_json::from_str::<Value>(&said).unwrap(), json!({ "digest": null }), "another's");
    let (status, _) = other.post("/en/me/settings/pushes/end", &[("digest", &digest)]).await;
    assert_eq!(status, StatusCode::CONFLICT, "another's");
    own.get("/en/me/settings").await;
    let (status, to) = own.post("/en/me/settings/pushes/end", &[("digest", &digest)]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/me/settings?done=push-off"));
    assert!(town.park.pushes(person).is_empty());
    town.log_verifies();
}

#[tokio::test]
async fn an_address_of_the_parks_own_network_a_key_that_is_none_and_a_ninth_browser_are_refused() {
    let town = Town::new().await;
    let person = town.submit(town.applied().await).await;
    let mut own = town.browser_of(Actor::Person { person }).await;
    for endpoint in
        ["http://push.example.net/1", "https://127.0.0.1/1", "https://localhost/1", "https://10.0.0.1/", "x"]
    {
        let (status, said) = turn_on(&mut own, endpoint).await;
        assert_eq!((status, &said["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("push")), "{endpoint}");
    }
    own.get("/en/me/settings").await;
    let mut wrong = subscription("https://push.example.net/1");
    wrong["keys"]["auth"] = json!("AAAA");
    let (status, _) = own.post_json("/en/me/settings/pushes", &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for number in 0..letters::PUSHES_MAX {
        assert_eq!(turn_on(&mut own, &format!("https://push.example.net/{number}")).await.0, StatusCode::OK);
    }
    let (status, said) = turn_on(&mut own, "https://push.example.net/one-more").await;
    assert_eq!((status, &said["code"]), (StatusCode::CONFLICT, &json!("pushes-must-be-few")));
    assert_eq!(turn_on(&mut own, "https://push.example.net/0").await.0, StatusCode::OK, "the same again");
}

#[tokio::test]
async fn the_worker_is_served_under_an_address_that_stays_and_under_the_policy_of_every_page() {
    let town = Town::new().await;
    let mut visitor = town.visitor();
    let (status, script) = visitor.get("/notices-worker.js").await;
    assert_eq!(status, StatusCode::OK);
    assert!(script.contains("showNotification"), "{script}");
    let (_, page) = town.browser("immigration-officer-hong-kong").await.get("/en/me/settings").await;
    assert!(page.contains("data-worker=\"/notices-worker.js\""), "{page}");
}
