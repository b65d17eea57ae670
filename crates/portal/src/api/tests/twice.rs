//! The same request twice under one idempotency key, and another one under it.

use super::journey::{form, passed, presentation};
use super::{Program, key};
use crate::tests::town::Town;
use base::Actor;
use credentials::HolderKey;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_relief_a_withdrawn_consent_an_invitation_and_a_collected_pass_count_once_under_one_key() {
    let town = Town::new().await;
    let (permit, holder) = passed(&town).await;
    let zone = town.park.zone();
    let person = permits::permit(&zone.permits, permit.parse().unwrap()).unwrap().issue.holder;
    let size = || town.park.desk.log().size();
    let holder = holder.with("idempotency-key", "once");
    let device = HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap();
    let body = json!({ "holder_key": device.public_jwk() });
    let collect = format!("/api/permits/{permit}/holder-keys");
    holder.post(&collect, &body).await.good();
    let before = size();
    holder.post(&collect, &body).await.good();
    assert_eq!(size(), before);

    let consent = format!("/api/persons/{person}/consents/hong-kong-clearance");
    let first = holder.delete(&consent).await.good();
    let second = holder.delete(&consent).await.good();
    assert_eq!((&first["sequence"], &second["repeated"]), (&second["sequence"], &json!(true)));

    let clerk = Program::persona(&town, "clerk-hong-kong").await.with("idempotency-key", "once");
    let invite = format!("/api/persons/{person}/invitations");
    assert_eq!(clerk.post(&invite, &json!({})).await.status, 204);
    let before = size();
    assert_eq!(clerk.post(&invite, &json!({})).await.status, 204);
    assert_eq!(size(), before);

    let operator = Program::of(&town, Actor::Operator).with("idempotency-key", "once");
    let officer = *zone.parties.officers.get(&key("hk-audit")).unwrap().get_min().unwrap();
    let relieve = format!("/api/offices/hk-audit/officers/{officer}");
    let first = operator.delete(&relieve).await.good();
    let second = operator.delete(&relieve).await.good();
    assert_eq!((&first["sequence"], &second["repeated"]), (&second["sequence"], &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_mended_twice_under_one_key_is_applied_for_once() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let file = rosters::template(base::Language::En).replace("1990", "2990");
    let path = format!("/api/organisations/{}/rosters?service=commuter-pass", town.employer);
    let report = clerk.send_as(&path, "text/csv", file.clone().into_bytes()).await.good();
    let (roster, line) = (report["roster"].as_str().unwrap(), report["faulty"][0]["line"].as_u64().unwrap());
    let clerk = clerk.with("idempotency-key", "once");
    let mend = format!("/api/rosters/{roster}/rows/{line}");
    let changes = json!({ "changes": { "birth-date": "1990-01-31" } });
    let first = clerk.post(&mend, &changes).await.good();
    let second = clerk.post(&mend, &changes).await.good();
    assert_eq!(first["applied"], second["applied"]);
    let again = clerk.send_as(&path, "text/csv", file.replace("2990", "1990").into_bytes()).await.good();
    assert_eq!((&again["applied"], &again["known_total"]), (&json!([]), &json!(1)));
    assert_eq!(again["known"][0]["case"], first["applied"]["case"]);
    town.log_verifies();
}
