//! Legs that ask for more than an officer's word, as programs meet them.

use super::{Program, key};
use crate::tests::legs::opened;
use crate::tests::town::Town;
use base::{Actor, PersonId};
use cases::Disclosed;
use serde_json::json;

/// Somebody whom the office's authority named.
async fn officer(town: &Town, office: &str) -> (Program, PersonId) {
    let zone = town.park.zone();
    let idle = zone.parties.persons.iter().find(|(_, person)| person.offices == [key("hk-audit")]).unwrap();
    let person = *idle.0;
    let appoint = parties::Command::AppointOfficer { person, office: key(office) };
    town.park.desk.command(Actor::System, town.park.now(), appoint).await.unwrap();
    (Program::of(town, Actor::Officer { person, office: key(office) }), person)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banks_system_reports_a_payment_exactly_and_once() {
    let town = Town::new().await;
    let choices = [(key("subject"), key("electronics"))].into();
    let case = opened(&town, "testing-request", Disclosed { choices, ..Disclosed::default() }).await;
    let (bank, _) = officer(&town, "hk-accreditation").await;
    let path = format!("/api/cases/{case}/legs/fee/payment");
    let paid = |minor: i64| json!({ "amount_minor": minor, "currency": "HKD", "receipt": "FPS-1" });
    let wrong = bank.post(&path, &paid(25_000)).await.problem(409, "amount-must-match");
    let told = wrong["detail"].as_str().unwrap();
    assert!(told.contains("HKD 2,500.00") && told.contains("HKD 250.00"), "{told}");
    let dollars = bank.post(&path, &json!({ "amount_minor": 250_000, "currency": "USD", "receipt": "x" })).await;
    assert!(dollars.status.is_client_error(), "{}", dollars.text);
    let once = bank.with("idempotency-key", "fps-1").post(&path, &paid(250_000)).await.good();
    let twice = bank.with("idempotency-key", "fps-1").post(&path, &paid(250_000)).await.good();
    assert_eq!((&once["sequence"], &twice["repeated"]), (&twice["sequence"], &json!(true)));
    bank.post(&path, &paid(250_000)).await.problem(409, "leg-must-be-undecided");
    let view = bank.get(&format!("/api/cases/{case}")).await.good();
    let fee = view["legs"].as_array().unwrap().iter().find(|leg| leg["leg"] == "fee").unwrap().clone();
    assert_eq!(
        (&fee["payment"]["state"], &fee["kind"], &fee["state"]),
        (&json!("paid"), &json!("pay"), &json!("approved"))
    );
    let history = bank.get(&format!("/api/cases/{case}/history")).await.good();
    assert!(history.as_array().unwrap().iter().any(|entry| entry["event"] == "paid"), "{history}");
    let stranger = Program::persona(&town, "inspection-officer-shenzhen").await;
    assert_eq!(stranger.post(&path, &paid(250_000)).await.status.as_u16(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_s_absences_are_its_own_and_its_times_are_for_whoever_asks() {
    let town = Town::new().await;
    let south = Program::persona(&town, "immigration-officer-hong-kong").await;
    let me: Actor = south.get("/api/me").await.good()["actor"].as_str().unwrap().parse().unwrap();
    let me = me.person().unwrap();
    let zone = town.park.zone();
    let deputy = parties::officers_of(&zone.parties, &key("hk-immigration")).find(|other| *other != me).unwrap();
    let path = "/api/offices/hk-immigration/absences";
    let body = json!({ "person": me, "from": "2026-12-07", "until": "2026-12-09", "deputy": deputy });
    south.post(path, &body).await.good();
    south.post(path, &body).await.problem(409, "absences-must-not-overlap");
    assert_eq!(south.get(path).await.good()[0]["deputy"], json!(deputy));
    let north = Program::persona(&town, "inspection-officer-shenzhen").await;
    assert_eq!(north.get(path).await.status.as_u16(), 403);
    assert_eq!(north.post(path, &body).await.status.as_u16(), 403);
    south.post(&format!("{path}/end"), &json!({ "person": me, "from": "2026-12-07" })).await.good();
    assert_eq!(south.get(path).await.good(), json!([]));

    let times = "/api/offices/hk-immigration/times";
    let offered = json!({ "starts": ["2026-12-07T10:00:00+08:00"], "minutes": 20, "places": 2 });
    south.post(times, &offered).await.good();
    south.post(times, &offered).await.problem(409, "times-must-not-overlap");
    assert_eq!(north.get(times).await.good()[0]["free"], 2);
    assert_eq!(north.post(times, &offered).await.status.as_u16(), 403);
    let sunday = json!({ "starts": ["2026-12-06T10:00:00+08:00"], "minutes": 20, "places": 2 });
    south.post(times, &sunday).await.problem(409, "time-must-be-on-a-working-day");
    south.post(&format!("{times}/withdraw"), &json!({ "at": "2026-12-07T02:00:00Z" })).await.good();
    assert_eq!(south.get(times).await.good(), json!([]));
}
