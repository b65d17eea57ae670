//! Bad input, one class after another: each is told with its status, its code, its place and its remedy.

use super::journey::form;
use super::{Program, key};
use crate::tests::town::Town;
use axum::http::{Method, header};
use base::{Actor, Instant};
use serde_json::{Value, json};

const PRESENT: &str = "/api/gates/west-south/presentations";

fn gate(town: &Town) -> Program {
    Program::of(town, Actor::Gate { gate: key("west-south") })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_not_what_was_asked_for_is_refused_with_the_place_of_its_fault() {
    let town = Town::new().await;
    for (text, code, pointer, line) in [
        ("{\"presentation\": ", "not-json", "/presentation", 1),
        ("{\n\"presentation\": 7}", "wrong-value", "/presentation", 2),
        ("{\"presentation\": \"x\",\n \"more\": 1}", "unknown-field", "/more", 2),
        ("{}", "missing-field", "/presentation", 1),
    ] {
        let answer = gate(&town).send_as(PRESENT, "application/json", text.as_bytes().to_vec()).await;
        let problem = answer.problem(400, "body");
        let error = &problem["errors"][0];
        let place = (error["code"].as_str(), error["pointer"].as_str(), error["line"].as_u64());
        assert_eq!(place, (Some(code), Some(pointer), Some(line)), "{text}");
        assert!(error["detail"].as_str().is_some_and(|text| !text.is_empty()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_class_of_bad_request_has_its_own_status() {
    let town = Town::new().await;
    let gate = gate(&town);
    gate.send_as(PRESENT, "text/xml", b"<a/>".to_vec()).await.problem(415, "unknown-format");
    let long = json!({ "presentation": "x".repeat(200_000) });
    gate.post(PRESENT, &long).await.problem(413, "too-large");
    gate.get("/api/cases/C-1").await.problem(404, "not-found");
    gate.get("/api/nothing").await.problem(404, "not-found");
    gate.get(PRESENT).await.problem(405, "wrong-method");
    gate.get("/api/log/consistency?from=x").await.problem(400, "query");
    gate.get("/api/gates/west-south/presentation").await.problem(404, "not-found");
    gate.with("idempotency-key", "two words").post(PRESENT, &json!({})).await.problem(400, "key-not-good");
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let path = format!("/api/organisations/{}/rosters?service=commuter-pass", town.employer);
    let nothing = clerk.send_as(&path, "text/csv", b"nothing".to_vec()).await;
    assert_eq!(nothing.status.as_u16(), 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_presentation_is_a_decision_of_its_own_not_an_error() {
    let town = Town::new().await;
    let refused = gate(&town).post(PRESENT, &json!({ "presentation": "not a pass" })).await.good();
    assert_eq!(refused["outcome"], "refuse");
    assert_eq!(refused["policy"], "presentation-must-be-readable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_refused_with_a_pointer_to_every_field_in_the_readers_language() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await.with("accept-language", "zh-HK");
    let mut form = form();
    form["birth-date"] = json!("28 February");
    form.as_object_mut().unwrap().remove("family-name");
    let problem = clerk.post("/api/applications", &json!({ "service": "commuter-pass", "form": form })).await;
    let problem = problem.problem(422, "form");
    let pointers: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().filter_map(|error| error["pointer"].as_str()).collect();
    assert!(pointers.contains(&"/form/birth-date") && pointers.contains(&"/form/family-name"), "{pointers:?}");
    let detail = problem["errors"][0]["detail"].as_str().unwrap();
    assert!(!detail.is_ascii(), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_forged_over_or_of_the_platform_are_not_good_and_guessing_is_slowed_down() {
    let town = Town::new().await;
    let park = &town.park;
    let over = crate::mint_token(park, &Actor::Operator, park.now()).unwrap();
    let platform = crate::mint_token(park, &Actor::System, park.now().plus(Instant::HOUR)).unwrap();
    let good = crate::mint_token(park, &Actor::Operator, park.now().plus(Instant::HOUR)).unwrap();
    let forged = format!("{}AAAA", good.strip_suffix(|_: char| true).unwrap());
    for token in [over.as_str(), &platform, &forged, "hetao-1.", "x"] {
        let program = Program { token: token.to_owned(), ..Program::nobody(&town) };
        let answer = program.get("/api/me").await;
        answer.problem(401, "token-not-good");
        assert_eq!(answer.headers.get(header::WWW_AUTHENTICATE).unwrap(), "Bearer");
    }
    let operator = Program { token: good, ..Program::nobody(&town) };
    assert_eq!(operator.get("/api/me").await.good()["actor"], "operator");
    let guess = Program { token: "x".to_owned(), ..Program::nobody(&town) };
    for _ in 0..80 {
        let answer = guess.get("/api/me").await;
        if answer.status.as_u16() == 429 {
            answer.problem(429, "too-many");
            assert!(answer.headers.get(header::RETRY_AFTER).is_some());
            return;
        }
    }
    panic!("eighty guesses in a row were let through");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_changes_nothing_over_the_api_without_the_token_of_its_forms() {
    let town = Town::new().await;
    let mut browser = town.browser("immigration-officer-hong-kong").await;
    assert_eq!(browser.get("/en/services").await.0.as_u16(), 200);
    let close = "/api/gates/west-south/close";
    let (status, _) = browser.post_json(close, &json!({})).await;
    assert_eq!(status.as_u16(), 200, "our own script, with its token");
    let (status, text) = browser.post(close, &[]).await;
    let problem: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status.as_u16(), &problem["code"]), (403, &json!("form-not-ours")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_demonstration_gives_away_is_not_there_outside_of_it() {
    let town = Town::new().await;
    let origin = "http://localhost:8080".parse().unwrap();
    let options = crate::Options { demo: false, origin, personas: Default::default() };
    let earnest = crate::router(crate::Portal::new(town.park.clone(), options).unwrap());
    let program = Program { service: earnest, ..Program::nobody(&town) };
    program.post("/api/demo/tokens", &json!({ "gate": "west-south" })).await.problem(404, "not-found");
    let request = program.request(Method::GET, "/healthz").body(axum::body::Body::empty()).unwrap();
    assert_eq!(program.send(request).await.good()["ready"], true);
}
