//! Who is told what of a case: each bank keeps to itself what it weighed, and the traveller never hears of a watchlist.

use super::Program;
use super::journey::{HONG_KONG, SHENZHEN, form, submitted};
use crate::tests::town::Town;
use axum::http::StatusCode;
use base::{Actor, PersonId};
use serde_json::{Value, json};

/// What an entry says where a watchlist, a rule that is hidden, or an officer's number shows through.
const TELLING: [&str; 4] = ["watch", "must-be-seen-by-an-officer", "officer:P-", "\\\"officer\\\":\\\"P-"];

/// Every receipt of the person's case, as it is downloaded, with what the page says.
async fn receipts(town: &Town, person: PersonId, case: &str) -> (String, Vec<Value>) {
    let mut browser = town.browser_of(Actor::Person { person }).await;
    let (status, page) = browser.get(&format!("/en/me/cases/{case}")).await;
    assert_eq!(status, StatusCode::OK);
    let zone = town.park.zone();
    let entries = &cases::case(&zone.cases, case.parse().unwrap()).unwrap().entries;
    let mut files = Vec::new();
    for sequence in entries {
        let (status, file) = browser.get(&format!("/en/me/cases/{case}/receipts/{sequence}")).await;
        assert_eq!(status, StatusCode::OK, "entry {sequence}");
        for word in TELLING {
            assert!(!file.contains(word), "{word} in {file}");
        }
        files.push(serde_json::from_str(&file).unwrap());
    }
    (page, files)
}

/// A receipt proves its entry, by its text or by its hash.
fn verified(file: &Value) -> u64 {
    let part = |name: &str| file[name].as_str();
    let keys = part("keys").unwrap().parse().unwrap();
    let leaf = match (part("entry"), part("leaf_hash")) {
        (Some(entry), None) => eventlog::leaf_hash(entry.as_bytes()),
        (None, Some(hash)) => {
            let hash = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, hash).unwrap();
            hash.try_into().unwrap()
        }
        _ => panic!("{file}"),
    };
    eventlog::verify_receipt_of_leaf(part("receipt").unwrap(), &leaf, &keys).unwrap()
}

/// A visitor who confirmed and submitted; the rule decides Shenzhen's leg at once.
async fn visiting(town: &Town) -> (String, PersonId) {
    let clerk = Program::persona(town, "clerk-hong-kong").await;
    let mut asked = form();
    for (name, value) in [
        ("requested-day", json!("2026-11-25")),
        ("purpose", json!("to see a laboratory")),
        ("host-name", json!("Chan Kap")),
        ("host-vouches", json!(true)),
    ] {
        asked[name] = value;
    }
    let opened = clerk.post("/api/applications", &json!({ "service": "visitor-pass", "form": asked })).await.good();
    let (case, person) = (opened["case"].as_str().unwrap().to_owned(), opened["person"].as_str().unwrap().to_owned());
    let person: PersonId = person.parse().unwrap();
    let visitor = Program::of(town, Actor::Person { person });
    let document = json!({ "kind": "passport", "number": "K01234567", "expires": "2031-05-04" });
    visitor.post(&format!("/api/persons/{person}/document"), &document).await.good();
    for consent in ["hong-kong-visit", "shenzhen-visit"] {
        let body = json!({ "consent": consent, "version": 1 });
        visitor.post(&format!("/api/persons/{person}/consents"), &body).await.good();
    }
    visitor.post(&format!("/api/cases/{case}/submit"), &json!({})).await.good();
    (case, person)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_visitor_learns_of_no_list_from_page_history_or_receipts_and_the_bank_s_officer_does() {
    let town = Town::new().await;
    let north = Program::persona(&town, SHENZHEN).await;
    north.post("/api/watchlist", &json!({ "kind": "passport", "number": "K01234567" })).await.good();
    let (case, person) = visiting(&town).await;
    let (page, files) = receipts(&town, person, &case).await;
    assert!(page.contains("left to an officer") && !page.contains("watchlist"), "{page}");
    let left = files.last().unwrap();
    assert!(left.get("entry").is_none() && left["leaf_hash"].is_string(), "{left}");
    for file in &files {
        verified(file);
    }
    let visitor = Program::of(&town, Actor::Person { person });
    let history = visitor.get(&format!("/api/cases/{case}/history")).await.good().to_string();
    assert!(!history.contains("watch") && !history.contains("must-be-seen"), "{history}");

    let path = format!("/en/office/cases/{case}");
    let (_, own) = town.browser(SHENZHEN).await.get(&path).await;
    assert!(own.contains("The visitor is on a watchlist."), "whoever decides is told why: {own}");
    let (_, other) = town.browser(HONG_KONG).await.get(&path).await;
    assert!(other.contains("left to an officer") && !other.contains("watchlist"), "{other}");
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_names_no_officer_and_still_proves_the_entry() {
    let town = Town::new().await;
    let (case, _, person) = submitted(&town).await;
    for (persona, leg) in [(HONG_KONG, "hong-kong"), (SHENZHEN, "shenzhen")] {
        let officer = Program::persona(&town, persona).await;
        officer.post(&format!("/api/cases/{case}/legs/{leg}/take"), &json!({})).await.good();
        let body = json!({ "verdict": "approved", "reason": "in order" });
        officer.post(&format!("/api/cases/{case}/legs/{leg}/decision"), &body).await.good();
    }
    let (_, files) = receipts(&town, person, &case).await;
    let zone = town.park.zone();
    let entries = &cases::case(&zone.cases, case.parse().unwrap()).unwrap().entries;
    assert_eq!(files.iter().map(verified).collect::<Vec<_>>(), *entries);
    let own = files.iter().filter(|file| file["entry"].is_string()).count();
    assert_eq!((own, files.len()), (2, 7), "what the clerk and the person did is there in full");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_bank_s_officer_reads_what_the_other_bank_wrote_nor_who_wrote_it() {
    let town = Town::new().await;
    let (case, holder, _) = submitted(&town).await;
    let south = Program::persona(&town, HONG_KONG).await;
    let body = json!({ "verdict": "approved", "reason": "the south is content" });
    south.post(&format!("/api/cases/{case}/legs/hong-kong/decision"), &body).await.good();
    let path = format!("/api/cases/{case}/history");
    let told = async |program: &Program| {
        let history = program.get(&path).await.good();
        history.as_array().unwrap().iter().find(|item| item["event"] == "leg_decided").unwrap().clone()
    };
    let own = told(&south).await;
    assert_eq!((&own["text"], &own["withheld"]), (&json!("the south is content"), &json!(false)));
    assert!(own["by"].as_str().unwrap().starts_with("officer:P-"), "{own}");
    let north = Program::persona(&town, SHENZHEN).await;
    let foreign = told(&north).await;
    assert_eq!((foreign.get("text"), &foreign["withheld"]), (None, &json!(true)), "{foreign}");
    assert_eq!(foreign["by"], "office:hk-immigration", "{foreign}");
    let applicants = told(&holder).await;
    assert_eq!(
        (&applicants["text"], &applicants["by"]),
        (&json!("the south is content"), &json!("office:hk-immigration"))
    );
    let auditor = told(&Program::persona(&town, "auditor-hong-kong").await).await;
    assert_eq!(auditor.get("text"), None, "{auditor}");
    let (_, page) = town.browser("auditor-hong-kong").await.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("Approved") && !page.contains("the south is content"), "{page}");
}
