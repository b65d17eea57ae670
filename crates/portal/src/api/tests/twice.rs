//! The same request twice under one idempotency key, and another one under it.

use super::journey::{form, passed, presentation};
use super::{Program, key};
use crate::tests::town::Town;
use base::Actor;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_request_sent_twice_takes_effect_once_and_gets_the_same_receipt() {
    let town = Town::new().await;
    let operator = Program::of(&town, Actor::Operator).with("idempotency-key", "a8f1");
    let body = json!({ "name": { "zh-Hant": "鷺", "zh-Hans": "鹭", "en": "Egret" }, "bank": "south" });
    let first = operator.post("/api/organisations", &body).await.good();
    let size = town.park.desk.log().size();
    let second = operator.post("/api/organisations", &body).await.good();
    assert_eq!((&first["sequence"], &first["made"]), (&second["sequence"], &second["made"]));
    assert_eq!((first["repeated"].as_bool(), second["repeated"].as_bool()), (Some(false), Some(true)));
    assert_eq!(town.park.desk.log().size(), size, "nothing was added");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_used_for_something_else_is_refused_and_another_callers_same_key_is_not() {
    let town = Town::new().await;
    let operator = Program::of(&town, Actor::Operator).with("idempotency-key", "a8f1");
    let body = |name: &str| json!({ "name": { "zh-Hant": name, "zh-Hans": name, "en": name }, "bank": "south" });
    operator.post("/api/organisations", &body("A")).await.good();
    operator.post("/api/organisations", &body("B")).await.problem(422, "key-reused");
    let clerk = Program::persona(&town, "clerk-hong-kong").await.with("idempotency-key", "a8f1");
    let application = json!({ "service": "commuter-pass", "form": form() });
    let first = clerk.post("/api/applications", &application).await.good();
    let second = clerk.post("/api/applications", &application).await.good();
    assert_eq!((&first["case"], &first["person"]), (&second["case"], &second["person"]));
    assert_eq!(second["repeated"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_that_lost_the_answer_gets_the_same_decision_and_not_a_replay() {
    let town = Town::new().await;
    let (permit, holder) = passed(&town).await;
    let body = json!({ "presentation": presentation(&town, &permit, &holder, "once").await });
    let gate = Program::of(&town, Actor::Gate { gate: key("west-south") }).with("idempotency-key", "lane-3:17");
    let first = gate.post("/api/gates/west-south/presentations", &body).await.good();
    let second = gate.post("/api/gates/west-south/presentations", &body).await.good();
    assert_eq!((&first["outcome"], &second["outcome"]), (&json!("pass"), &json!("pass")));
    assert_eq!((&first["passage"], &first["sequence"]), (&second["passage"], &second["sequence"]));
    town.log_verifies();
}
