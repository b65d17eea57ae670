//! The live feed: told at once, told again after a commit, and never about anybody.

use super::{Program, key};
use crate::tests::town::Town;
use axum::body::Body;
use axum::http::Method;
use base::Actor;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::time::Duration;
use tower::ServiceExt;

/// The next event of a feed, past heartbeats.
async fn told(body: &mut Body) -> Value {
    loop {
        let frame = tokio::time::timeout(Duration::from_secs(10), body.frame()).await.unwrap().unwrap().unwrap();
        let text = String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap();
        if let Some(data) = text.lines().find_map(|line| line.strip_prefix("data: ")) {
            assert!(text.contains("event: moved"));
            return serde_json::from_str(data).unwrap();
        }
    }
}

async fn feed(program: &Program) -> Body {
    let request = program.request(Method::GET, "/api/events").body(Body::empty()).unwrap();
    let response = program.service.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_tells_the_size_at_once_and_again_after_a_commit() {
    let town = Town::new().await;
    let mut body = feed(&Program::nobody(&town)).await;
    let before = told(&mut body).await;
    assert_eq!(before["log_size"], town.park.desk.log().size());
    assert_eq!(before.get("queue"), None, "queues are told to officers");
    let gate = Program::of(&town, Actor::Gate { gate: key("west-south") });
    gate.post("/api/gates/west-south/presentations", &json!({ "presentation": "x" })).await.good();
    let after = told(&mut body).await;
    assert!(after["log_size"].as_u64() > before["log_size"].as_u64(), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_hears_how_long_the_own_queue_is() {
    let town = Town::new().await;
    let officer = Program::persona(&town, "immigration-officer-hong-kong").await;
    let mut body = feed(&officer).await;
    assert_eq!(told(&mut body).await["queue"], 0);
    super::journey::submitted(&town).await;
    assert_eq!(told(&mut body).await["queue"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_has_so_many_feeds_and_a_place_is_free_again_when_its_feed_ends() {
    let town = Town::new().await;
    let program = Program::nobody(&town);
    let ask = async || {
        let request = program.request(Method::GET, "/api/events").body(Body::empty()).unwrap();
        program.service.clone().oneshot(request).await.unwrap()
    };
    let mut feeds = Vec::new();
    for _ in 0..super::super::events::FEEDS_OF_ADDRESS_MAX {
        let answer = ask().await;
        assert_eq!(answer.status(), 200);
        feeds.push(answer);
    }
    assert_eq!(ask().await.status(), 503, "one more is told to come back");
    feeds.pop();
    assert_eq!(ask().await.status(), 200);
}
