//! Who is turned away: every route of the API that is not for everybody, asked by nobody; and capacities by each other.

use super::journey::{applied, submitted};
use super::{Program, key};
use crate::tests::town::Town;
use axum::body::Body;
use base::Actor;
use serde_json::json;

/// What anybody may ask, without saying who they are.
const FOR_ANYBODY: [&str; 24] = [
    "/.well-known/jwt-vc-issuer",
    "/api/dashboard",
    "/api/demo/tokens",
    "/api/events",
    "/api/gates",
    "/api/letters/{letter}/verification",
    "/api/guidance/search",
    "/api/guidance/{article}",
    "/api/log",
    "/api/log/consistency",
    "/api/log/entries/{sequence}",
    "/api/log/entries/{sequence}/receipt",
    "/api/me",
    "/api/openapi.json",
    "/api/organisations/{organisation}",
    "/api/outline/{section}",
    "/api/policies",
    "/api/policies/{policy}",
    "/api/services",
    "/api/services/{service}",
    "/api/status",
    "/healthz",
    "/metrics",
    "/status/1",
];

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_anything_that_is_not_for_everybody() {
    let town = Town::new().await;
    let nobody = Program::nobody(&town);
    let document = serde_json::to_value(crate::api::document()).unwrap();
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let public = FOR_ANYBODY.contains(&path.as_str()) || (path == "/api/organisations" && method == "get");
            if public {
                continue;
            }
            let concrete = path
                .replace("{case}", "C-1")
                .replace("{person}", "P-1")
                .replace("{permit}", "T-1")
                .replace("{passage}", "X-1")
                .replace("{organisation}", "O-1")
                .replace("{roster}", "R-1")
                .replace("{closure}", "D-1")
                .replace("{delegation}", "M-1")
                .replace("{watch}", "W-1")
                .replace("{line}", "2")
                .replace("{gate}", "west-south")
                .replace("{office}", "hk-immigration")
                .replace("{leg}", "hong-kong")
                .replace("{letter}", "L-1")
                .replace("{draft}", "none")
                .replace("{document}", "accounts")
                .replace("{file}", "none")
                .replace("{consent}", "hong-kong-clearance");
            let request = nobody.request(method.to_uppercase().parse().unwrap(), &concrete);
            let answer = nobody.send(request.body(Body::empty()).unwrap()).await;
            answer.problem(401, "sign-in-first");
            asked += 1;
        }
    }
    assert!(asked > 30, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_capacity_does_the_work_of_another() {
    let town = Town::new().await;
    let (case, holder, person) = submitted(&town).await;
    let (_, stranger) = applied(&town).await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let south = Program::persona(&town, "immigration-officer-hong-kong").await;
    let auditor = Program::persona(&town, "auditor-hong-kong").await;
    let gate = Program::of(&town, Actor::Gate { gate: key("west-south") });
    let approve = json!({ "verdict": "approved", "reason": "in order" });
    let empty = json!({});
    for (who, program, path, body) in [
        ("the holder decides", &holder, format!("/api/cases/{case}/legs/hong-kong/decision"), &approve),
        ("the clerk decides", &clerk, format!("/api/cases/{case}/legs/hong-kong/decision"), &approve),
        (
            "an officer decides the other bank's leg",
            &south,
            format!("/api/cases/{case}/legs/shenzhen/decision"),
            &approve,
        ),
        ("an auditor decides", &auditor, format!("/api/cases/{case}/legs/hong-kong/decision"), &approve),
        ("the clerk submits for the person", &clerk, format!("/api/cases/{case}/submit"), &empty),
        ("a person closes a gate", &holder, "/api/gates/west-south/close".to_owned(), &empty),
        (
            "a gate of the other end decides",
            &gate,
            "/api/gates/west-north/presentations".to_owned(),
            &json!({ "presentation": "x" }),
        ),
        (
            "an officer plays the gate",
            &south,
            "/api/gates/west-south/presentations".to_owned(),
            &json!({ "presentation": "x" }),
        ),
        (
            "a clerk uses the watchlist",
            &clerk,
            "/api/watchlist".to_owned(),
            &json!({ "kind": "passport", "number": "K1" }),
        ),
        (
            "an auditor uses the watchlist",
            &auditor,
            "/api/watchlist".to_owned(),
            &json!({ "kind": "passport", "number": "K1" }),
        ),
    ] {
        let answer = program.post(&path, body).await;
        assert_eq!(answer.status.as_u16(), 403, "{who}: {}", answer.text);
    }
    for (who, program, path) in [
        ("a person reads another person", &holder, format!("/api/persons/{stranger}")),
        ("an auditor reads a person", &auditor, format!("/api/persons/{person}")),
        ("a gate reads a person", &gate, format!("/api/persons/{person}")),
        ("a gate reads a case", &gate, format!("/api/cases/{case}")),
        ("a gate reads the queue", &gate, "/api/cases".to_owned()),
        ("a clerk reads open items", &clerk, "/api/open-items".to_owned()),
    ] {
        let answer = program.get(&path).await;
        assert_eq!(answer.status.as_u16(), 403, "{who}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_s_watchlist_is_seen_by_its_own_officers_and_by_its_effect_alone() {
    let town = Town::new().await;
    let south = Program::persona(&town, "immigration-officer-hong-kong").await;
    let north = Program::persona(&town, "inspection-officer-shenzhen").await;
    let listed = south.post("/api/watchlist", &json!({ "kind": "passport", "number": "K01234567" })).await.good();
    assert_eq!(south.get("/api/watchlist").await.good()[0]["watch"], listed["made"][0]);
    assert_eq!(north.get("/api/watchlist").await.good(), json!([]), "the other bank's list is not theirs");
    let entry = format!("/api/watchlist/{}", listed["made"][0].as_str().unwrap());
    assert_eq!(north.delete(&entry).await.status.as_u16(), 403);

    let (permit, holder) = super::journey::passed(&town).await;
    let text = super::journey::presentation(&town, &permit, &holder, "once").await;
    let gate = Program::of(&town, Actor::Gate { gate: key("west-south") });
    let referred = gate.post("/api/gates/west-south/presentations", &json!({ "presentation": text })).await.good();
    assert_eq!(
        (&referred["outcome"], &referred["north"], &referred["south"]),
        (&json!("refer"), &json!("refer"), &json!("refer"))
    );
    assert_eq!((&referred["policy"], &referred["section"]), (&json!(null), &json!(null)), "the reason stays hidden");
    let items = south.get("/api/open-items").await.good();
    let others = north.get("/api/open-items").await.good();
    assert_eq!(items.as_array().unwrap().len() + others.as_array().unwrap().len(), 1, "one office answers for it");
    assert_eq!(south.delete(&entry).await.good()["entries"], 1);
    assert_eq!(south.get("/api/watchlist").await.good(), json!([]));

    let hidden = "south-must-see-the-traveller";
    assert_eq!(south.get(&format!("/api/policies/{hidden}")).await.status.as_u16(), 200);
    for program in [&north, &holder, &Program::nobody(&town)] {
        program.get(&format!("/api/policies/{hidden}")).await.problem(404, "not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_sees_nobody_without_a_case_and_of_nobody_the_document_s_number() {
    let town = Town::new().await;
    let (_, stranger) = applied(&town).await;
    let path = |person| format!("/api/persons/{person}");
    let south = Program::persona(&town, "immigration-officer-hong-kong").await;
    let north = Program::persona(&town, "inspection-officer-shenzhen").await;
    let operations = Program::persona(&town, "park-operations-shenzhen").await;
    for officer in [&south, &north, &operations] {
        assert_eq!(officer.get(&path(stranger)).await.status.as_u16(), 403);
    }
    let every = town.park.zone().parties.persons.keys().copied().collect::<Vec<_>>();
    for person in every {
        // Counting through the numbers shows nobody, and of themselves nothing either: that is for their own program.
        assert_eq!(north.get(&path(person)).await.status.as_u16(), 403, "{person}");
    }
    let (_, holder, person) = submitted(&town).await;
    for officer in [&south, &north] {
        let seen = officer.get(&path(person)).await.good();
        assert_eq!(seen["details"]["family_name"], "Wong");
        assert!(!seen.to_string().contains("K01234567"), "{seen}");
    }
    assert_eq!(operations.get(&path(person)).await.status.as_u16(), 403);
    assert!(!holder.get(&path(person)).await.good().to_string().contains("K01234567"));
}
