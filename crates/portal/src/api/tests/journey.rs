//! The whole path by programs alone: an employer applies, a person consents, two banks decide, a gate opens.

use super::{Program, key};
use crate::tests::town::Town;
use base::{Actor, PersonId};
use credentials::HolderKey;
use serde_json::{Value, json};

pub(super) const HONG_KONG: &str = "immigration-officer-hong-kong";
pub(super) const SHENZHEN: &str = "inspection-officer-shenzhen";

pub(super) fn form() -> Value {
    json!({
        "family-name": "Wong", "given-name": "Ting", "latin-name": "WONG Ting", "document-kind": "passport",
        "document-number": "K01234567", "document-expires": "2031-05-04", "birth-date": "1990-02-28",
        "nationality": "HKG", "email": "ting@example.org", "home-bank": "south"
    })
}

/// An application, and whom it is about.
pub(super) async fn applied(town: &Town) -> (String, PersonId) {
    let clerk = Program::persona(town, "clerk-hong-kong").await;
    let mut form = form();
    form["document-number"] = json!(format!("K{:08}", town.park.zone().parties.persons.len()));
    let body = json!({ "service": "commuter-pass", "form": form });
    let opened = clerk.post("/api/applications", &body).await.good();
    (opened["case"].as_str().unwrap().to_owned(), opened["person"].as_str().unwrap().parse().unwrap())
}

/// The person confirms, consents and submits.
pub(super) async fn submitted(town: &Town) -> (String, Program, PersonId) {
    let (case, person) = applied(town).await;
    let holder = Program::of(town, Actor::Person { person });
    let document = json!({ "kind": "passport", "number": "K01234567", "expires": "2031-05-04" });
    holder.post(&format!("/api/persons/{person}/document"), &document).await.good();
    for consent in ["hong-kong-clearance", "shenzhen-clearance"] {
        let body = json!({ "consent": consent, "version": 1 });
        holder.post(&format!("/api/persons/{person}/consents"), &body).await.good();
    }
    holder.post(&format!("/api/cases/{case}/submit"), &json!({})).await.good();
    (case, holder, person)
}

/// A pass in force, and the program of its holder.
pub(super) async fn passed(town: &Town) -> (String, Program) {
    let (case, holder, _) = submitted(town).await;
    for (persona, leg) in [(HONG_KONG, "hong-kong"), (SHENZHEN, "shenzhen")] {
        let officer = Program::persona(town, persona).await;
        let body = json!({ "verdict": "approved", "reason": "in order" });
        officer.post(&format!("/api/cases/{case}/legs/{leg}/decision"), &body).await.good();
    }
    let decided = holder.get(&format!("/api/cases/{case}")).await.good();
    assert_eq!((decided["stage"].as_str(), decided["outcome"].as_str()), (Some("decided"), Some("approved")));
    (decided["permit"].as_str().unwrap().to_owned(), holder)
}

/// Collects the pass to a device's key, and presents it.
pub(super) async fn presentation(town: &Town, permit: &str, holder: &Program, nonce: &str) -> String {
    let device = HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap();
    let body = json!({ "holder_key": device.public_jwk() });
    let pass = holder.post(&format!("/api/permits/{permit}/holder-keys"), &body).await.good();
    let seconds = town.park.now().0 / 1000;
    credentials::present(pass["sd_jwt"].as_str().unwrap(), &[], &device, "urn:hetao:gate", nonce, seconds).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_take_a_person_from_application_to_the_other_bank_and_the_log_holds_it_all() {
    let town = Town::new().await;
    let (permit, holder) = passed(&town).await;
    let gate = Program::of(&town, Actor::Gate { gate: key("west-south") });
    let text = presentation(&town, &permit, &holder, "once").await;
    let body = json!({ "presentation": text });
    let decision = gate.post("/api/gates/west-south/presentations?checkpoint=true", &body).await.good();
    assert_eq!(decision["outcome"], "pass", "{decision}");
    assert_eq!((&decision["north"], &decision["south"]), (&json!("pass"), &json!("pass")));
    assert!(decision["checkpoint"].as_str().unwrap().contains("/log\n"));
    assert!(decision["log_size"].as_u64() > decision["sequence"].as_u64());

    let again = gate.post("/api/gates/west-south/presentations", &body).await.good();
    assert_eq!((&again["outcome"], &again["policy"]), (&json!("refuse"), &json!("presentation-must-be-used-once")));
    assert!(again["reason"]["zh-Hant"].as_str().is_some() && again["remedy"]["en"].as_str().is_some());

    let passage = decision["passage"].as_str().unwrap();
    // The gate that sees the traveller arrive says so, and no other.
    let completed = format!("/api/passages/{passage}/completed");
    for other in ["west-south", "east-north", "east-south"] {
        let other = Program::of(&town, Actor::Gate { gate: key(other) });
        assert_eq!(other.post(&completed, &json!({})).await.status.as_u16(), 403);
    }
    let far = Program::of(&town, Actor::Gate { gate: key("west-north") });
    assert_eq!(far.post(&format!("/api/passages/{passage}/returned"), &json!({})).await.status.as_u16(), 403);
    let arrived = far.post(&completed, &json!({})).await.good();
    assert_eq!(arrived["entries"], 1);
    let figures = gate.get("/api/dashboard").await.good();
    assert_eq!(figures["on_north"], 1, "{figures}");

    let officer = Program::persona(&town, HONG_KONG).await;
    let stop = json!({ "reason": "lost", "note": "reported by telephone" });
    // Made while the pass was in force, and still fresh when it no longer is.
    let text = presentation(&town, &permit, &holder, "twice").await;
    officer.post(&format!("/api/permits/{permit}/revoke"), &stop).await.good();
    let north = Program::of(&town, Actor::Gate { gate: key("west-north") });
    let refused = north.post("/api/gates/west-north/presentations", &json!({ "presentation": text })).await.good();
    assert_eq!((&refused["outcome"], &refused["policy"]), (&json!("refuse"), &json!("pass-must-not-be-revoked")));
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_asks_the_applicant_answers_and_the_history_tells_it_to_those_who_may_read_it() {
    let town = Town::new().await;
    let (case, holder, _) = submitted(&town).await;
    let officer = Program::persona(&town, HONG_KONG).await;
    let leg = format!("/api/cases/{case}/legs/hong-kong");
    officer.post(&format!("{leg}/take"), &json!({})).await.good();
    officer.post(&format!("{leg}/question"), &json!({ "question": "Which laboratory?" })).await.good();
    let asked = officer.get(&format!("/api/cases/{case}")).await.good();
    assert_eq!((&asked["legs"][0]["state"], &asked["legs"][0]["urgency"]), (&json!("asked"), &json!("stopped")));
    holder.post(&format!("{leg}/answer"), &json!({ "answer": "The third" })).await.good();
    let history = holder.get(&format!("/api/cases/{case}/history")).await.good();
    let told: Vec<&str> = history.as_array().unwrap().iter().map(|item| item["event"].as_str().unwrap()).collect();
    assert_eq!(told, ["opened", "submitted", "leg_taken", "asked", "answered"]);
    assert_eq!(history[3]["text"], "Which laboratory?");
    let auditor = Program::persona(&town, "auditor-hong-kong").await;
    let seen = auditor.get(&format!("/api/cases/{case}/history")).await.good();
    assert_eq!(seen[3].get("text"), None, "auditors see that something was asked, not what");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_is_sent_as_it_is_and_its_faulty_row_is_mended_by_line_and_column() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let template = rosters::template(base::Language::En);
    let wrong = template.replace("1990", "2990");
    let file = if wrong == template { template.replacen("19", "29", 1) } else { wrong };
    let path = format!("/api/organisations/{}/rosters?service=commuter-pass", town.employer);
    let report = clerk.send_as(&path, "text/csv", file.into_bytes()).await.good();
    let fault = &report["faulty"][0]["faults"][0];
    assert!(fault["what"].as_str().is_some_and(|text| !text.is_empty()), "{report}");
    let (roster, line) = (report["roster"].as_str().unwrap(), report["faulty"][0]["line"].as_u64().unwrap());
    let changes = json!({ "changes": { fault["name"].as_str().unwrap(): "1990-02-28" } });
    let mended = clerk.post(&format!("/api/rosters/{roster}/rows/{line}"), &changes).await.good();
    assert!(mended["applied"]["case"].as_str().is_some(), "{mended}");
    assert_eq!(clerk.get(&format!("/api/rosters/{roster}")).await.good()["faulty_total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_is_read_page_by_page_until_its_end() {
    let town = Town::new().await;
    for _ in 0..3 {
        submitted(&town).await;
    }
    let officer = Program::persona(&town, HONG_KONG).await;
    let first = officer.get("/api/cases?limit=2&stage=deciding").await.good();
    assert_eq!((first["cases"].as_array().unwrap().len(), &first["total"]), (2, &json!(3)));
    let next = first["next"].as_str().unwrap();
    let second = officer.get(&format!("/api/cases?limit=2&after={next}")).await.good();
    assert_eq!((second["cases"].as_array().unwrap().len(), second.get("next")), (1, Some(&Value::Null)));
}
