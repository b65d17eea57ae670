//! Programs of a clerk and a delegate: offered, accepted, used within its limits, ended.

use super::Program;
use crate::tests::town::Town;
use base::{Actor, DelegationId};
use serde_json::json;

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
    clerk.post("/api/delegations/M-1/accept", &json!({})).await.problem(403, "nothing-permits");
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
