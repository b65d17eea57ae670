//! Programs of a clerk and a delegate: offered, accepted, used within its limits, ended.

use super::Program;
use crate::tests::town::Town;
use base::{Actor, DelegationId};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_delegation_is_offered_accepted_used_and_ended_over_the_api() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let case = town.applied().await;
    let delegate = cases::case(&town.park.zone().cases, case).unwrap().subject;
    let person = Program::of(&town, Actor::Person { person: delegate });
    let path = format!("/api/organisations/{}/delegations", town.employer);
    let body = |services: &[&str]| {
        json!({
            "delegate": delegate.to_string(), "services": services, "acts": ["apply", "see"],
            "from": "2026-11-23", "until": "2026-12-31",
        })
    };
    person.post(&path, &body(&[])).await.problem(403, "nothing-permits");
    clerk.post(&path, &body(&["pass-revocation"])).await.problem(409, "delegated-service-must-be-for-clerks");
    let offer = clerk.with("idempotency-key", "once");
    let made = offer.post(&path, &body(&["visitor-pass"])).await.good();
    assert_eq!(made["made"], json!(["M-1"]));
    assert_eq!(offer.post(&path, &body(&["visitor-pass"])).await.good()["repeated"], true);
    assert_eq!(town.park.zone().parties.delegations.all.len(), 1, "sent twice, offered once");
    assert_eq!(clerk.get("/api/delegations/M-1").await.good()["standing"], "offered");
    clerk.post("/api/delegations/M-1/accept", &json!({})).await.problem(403, "wrong-capacity");
    person.post("/api/delegations/M-1/accept", &json!({})).await.good();
    person.post("/api/delegations/M-1/accept", &json!({})).await.problem(409, "delegation-must-be-on-offer");
    assert_eq!(person.get("/api/delegations").await.good()[0]["standing"], "in-force");
    let acting = Program::of(
        &town,
        Actor::Delegate { person: delegate, organisation: town.employer, delegation: DelegationId(1) },
    );
    acting.get(&format!("/api/cases/{case}")).await.problem(403, "delegation-must-cover-the-service");
    let apply = json!({ "service": "goods-whitelist", "form": {} });
    let status = acting.post("/api/applications", &apply).await.status;
    assert!(status.is_client_error(), "{status}");
    let stranger = Program::of(&town, town.clerk_of_another().await);
    stranger.get("/api/delegations/M-1").await.problem(403, "nothing-permits");
    stranger.delete("/api/delegations/M-1").await.problem(403, "nothing-permits");
    acting.post(&path, &body(&[])).await.problem(403, "delegations-are-not-passed-on");
    clerk.delete("/api/delegations/M-1").await.good();
    acting.get(&format!("/api/cases/{case}")).await.problem(403, "delegation-must-be-in-force");
    clerk.delete("/api/delegations/M-1").await.problem(409, "delegation-must-not-be-over");
    clerk.delete("/api/delegations/M-9").await.problem(404, "delegation-must-be-known");
    town.log_verifies();
}

/// Somebody's program as a delegate for commuter passes, and that of the clerk who let them be one.
async fn acting(town: &Town, acts: &[&str], applications_max: Option<u32>) -> (Program, Program) {
    let clerk = Program::persona(town, "clerk-hong-kong").await;
    let case = town.applied().await;
    let delegate = cases::case(&town.park.zone().cases, case).unwrap().subject;
    let body = json!({
        "delegate": delegate.to_string(), "services": ["commuter-pass"], "acts": acts,
        "applications_max": applications_max, "from": "2026-11-23", "until": "2026-12-31",
    });
    clerk.post(&format!("/api/organisations/{}/delegations", town.employer), &body).await.good();
    let person = Program::of(town, Actor::Person { person: delegate });
    person.post("/api/delegations/M-1/accept", &json!({})).await.good();
    let actor = Actor::Delegate { person: delegate, organisation: town.employer, delegation: DelegationId(1) };
    (clerk, Program::of(town, actor))
}

fn roster(number: u32) -> Vec<u8> {
    rosters::template(base::Language::En).replace("ZZ0000001", &format!("ZZ{number:07}")).into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegate_s_program_uploads_rosters_and_sees_those_of_the_delegation() {
    let town = Town::new().await;
    let (clerk, delegate) = acting(&town, &["apply"], Some(1)).await;
    let path = format!("/api/organisations/{}/rosters", town.employer);
    let uploads = |service: &str| format!("{path}?service={service}");
    let visitors = delegate.send_as(&uploads("visitor-pass"), "text/csv", roster(700)).await;
    visitors.problem(403, "delegation-must-cover-the-service");
    let uploaded = delegate.send_as(&uploads("commuter-pass"), "text/csv", roster(701)).await.good();
    assert_eq!((uploaded["roster"].as_str(), uploaded["applied"].as_array().map(Vec::len)), (Some("R-2"), Some(1)));
    let over = delegate.with("accept-language", "en").send_as(&uploads("commuter-pass"), "text/csv", roster(702)).await;
    let problem = over.problem(409, "roster-must-fit-the-delegation");
    assert!(problem["detail"].as_str().unwrap().contains("0 left"), "{problem}");
    let numbers = |list: Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|roster| roster["roster"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(delegate.get(&path).await.good()), ["R-2"]);
    assert_eq!(numbers(clerk.get(&path).await.good()), ["R-2", "R-1"]);
    assert_eq!(clerk.get(&path).await.good()[0]["delegation"], "M-1");
    let stranger = Program::of(&town, town.clerk_of_another().await);
    assert_eq!(stranger.get(&path).await.good(), json!([]));
    delegate.get("/api/rosters/R-2").await.good();
    delegate.get("/api/rosters/R-1").await.problem(403, "delegate-sees-rosters-of-the-delegation");
    let mend = json!({ "changes": {} });
    let refused = delegate.post("/api/rosters/R-1/rows/2", &mend).await;
    refused.problem(403, "delegate-sees-rosters-of-the-delegation");
    clerk.delete("/api/delegations/M-1").await.good();
    delegate.get("/api/rosters/R-2").await.problem(403, "delegation-must-be-in-force");
    let late = delegate.send_as(&uploads("commuter-pass"), "text/csv", roster(703)).await;
    late.problem(403, "delegation-must-be-in-force");
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegate_s_token_is_listed_and_ends_with_the_delegation() {
    let town = Town::new().await;
    let (clerk, delegate) = acting(&town, &["apply"], None).await;
    let me = delegate.get("/api/me").await.good()["actor"].as_str().unwrap().to_owned();
    let ask = json!({ "bearer": me, "days": 365 });
    let issued = delegate.post("/api/tokens", &ask).await.good();
    assert_eq!(issued["expires_at"], "2026-12-31T16:00:00.000Z", "when its last day is over in Hong Kong");
    assert_eq!(clerk.get("/api/tokens").await.good()[0]["bearer"], me.as_str());
    assert_eq!(delegate.get("/api/tokens").await.good()[0]["number"], "K-1");
    clerk.post("/api/tokens", &ask).await.problem(403, "nothing-permits");
    let stranger = Program::of(&town, town.clerk_of_another().await);
    assert_eq!(stranger.get("/api/tokens").await.good(), json!([]));
    stranger.delete("/api/tokens/K-1").await.problem(403, "nothing-permits");
    let program = Program::bearing(&town, issued["token"].as_str().unwrap());
    assert_eq!(program.get("/api/me").await.good()["actor"], me.as_str());
    let path = format!("/api/organisations/{}/rosters?service=commuter-pass", town.employer);
    program.send_as(&path, "text/csv", roster(704)).await.good();
    clerk.delete("/api/delegations/M-1").await.good();
    program.get("/api/me").await.problem(401, "token-not-good");
    delegate.post("/api/tokens", &ask).await.problem(403, "delegation-must-be-in-force");
    town.log_verifies();
}
