//! A program fills in a long application, hands in its documents and sends it; and is told what is wrong.

use super::Program;
use crate::tests::town::Town;
use axum::body::Body;
use axum::http::{Method, header};
use serde_json::{Value, json};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

fn answers() -> Value {
    json!({
        "business-registration": "12345678", "tax-file": "22/12345678", "year": "2025-26",
        "basis-from": "2025-04-01", "basis-until": "2026-03-31",
        "project-title": "Organoids on chips", "field": "life-health", "done-by": "own-staff",
        "uncertainty": "Nobody could say beforehand whether the tissue would live for longer than nine days on a chip.",
        "staff-cost": 250_000_000, "consumables-cost": 60_000_010, "institution-cost": 0, "grants": 10_000_000,
        "true": true, "contact-name": "Kap", "contact-email": "kap@heron.example", "contact-phone": "+85250000101",
    })
}

async fn upload(program: &Program, path: &str, name: &str, bytes: &[u8]) -> super::Answer {
    let request = program.request(Method::POST, path).header(header::CONTENT_TYPE, "application/octet-stream");
    program.send(request.header("x-file-name", name).body(Body::from(bytes.to_vec())).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_filled_in_documents_go_with_it_and_it_is_sent_once() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let draft = clerk.post("/api/drafts", &json!({ "service": "research-deduction" })).await.good();
    assert_eq!((draft["version"].clone(), draft["missing_documents"].as_array().unwrap().len()), (json!(2), 3));
    assert!(!draft["faults"].as_array().unwrap().is_empty());
    let id = draft["draft"].as_str().unwrap();
    let filled = clerk.post(&format!("/api/drafts/{id}/answers"), &json!({ "answers": answers() })).await.good();
    assert_eq!((filled["faults"].clone(), filled["answers"].clone()), (json!([]), answers()));
    let last = filled["calculation"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last, json!({ "line": "result", "amount_minor": 800_000_020 }));
    let send = format!("/api/drafts/{id}/submit");
    clerk.post(&send, &json!({ "version": 2 })).await.problem(409, "document-must-be-attached");
    for document in ["accounts", "schedule", "project-record"] {
        let path = format!("/api/drafts/{id}/documents/{document}");
        let answer = upload(&clerk, &path, "%E5%B8%B3%E7%9B%AE.pdf", PDF).await.good();
        assert_eq!(answer["files"].as_array().unwrap().last().unwrap()["name"], "帳目.pdf");
    }
    clerk.post(&send, &json!({ "version": 1 })).await.problem(409, "form-changed");
    let once = clerk.with("idempotency-key", "the-first");
    let sent = once.post(&send, &json!({ "version": 2 })).await.good();
    assert_eq!(once.post(&send, &json!({ "version": 2 })).await.good(), sent);
    let case = sent["case"].as_str().unwrap();
    let files = clerk.get(&format!("/api/cases/{case}/files")).await.good();
    assert_eq!(files.as_array().unwrap().len(), 3);
    let file = files[0]["file"].as_str().unwrap();
    let read = clerk.get(&format!("/api/cases/{case}/files/{file}")).await;
    assert_eq!((read.status.as_u16(), read.text.as_bytes()), (200, PDF));
    let lines = clerk.get(&format!("/api/cases/{case}/calculation")).await.good();
    assert_eq!(lines["lines"].as_array().unwrap().last().unwrap()["amount_minor"], 800_000_020);
    let more = upload(&clerk, &format!("/api/cases/{case}/documents/schedule"), "later.pdf", PDF).await.good();
    assert_eq!(more.as_array().unwrap().len(), 4);
    assert_eq!(clerk.get("/api/drafts").await.good(), json!([]));
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_draft_a_file_or_a_number_is_told_by_name() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let stranger = Program::of(&town, town.clerk_of_another().await);
    let officer = Program::persona(&town, "immigration-officer-hong-kong").await;
    let asked = json!({ "service": "research-deduction", "answers": { "approved": true } });
    let problem = clerk.post("/api/drafts", &asked).await.problem(422, "form");
    assert_eq!(problem["errors"][0]["pointer"], "/form/approved");
    officer.post("/api/drafts", &json!({ "service": "research-deduction" })).await.problem(403, "wrong-capacity");
    let draft = clerk.post("/api/drafts", &json!({ "service": "research-deduction" })).await.good();
    let id = draft["draft"].as_str().unwrap();
    for path in [format!("/api/drafts/{id}"), "/api/drafts/none".to_owned()] {
        stranger.get(&path).await.problem(404, "not-found");
    }
    stranger.delete(&format!("/api/drafts/{id}")).await.problem(404, "not-found");
    let accounts = format!("/api/drafts/{id}/documents/accounts");
    upload(&clerk, &accounts, "accounts.xlsx", PDF).await.problem(422, "not-what-its-name-says");
    upload(&clerk, &accounts, "accounts.pdf", b"MZ program").await.problem(422, "unknown-format");
    upload(&clerk, &accounts, "accounts.pdf", &vec![0; 9 << 20]).await.problem(413, "too-large");
    upload(&clerk, &format!("/api/drafts/{id}/documents/passport"), "a.pdf", PDF).await.problem(404, "not-found");
    // Without a draft, a service that requires documents cannot be applied for.
    let whole = json!({ "service": "research-deduction", "form": answers() });
    clerk.post("/api/applications", &whole).await.problem(409, "document-must-be-attached");
    let named =
        json!({ "service": "joint-laboratory", "answers": { "partner-in-park": "O-999", "coordinator": "P-1" } });
    let draft = stranger.post("/api/drafts", &named).await;
    if draft.status.as_u16() == 200 {
        let faults = draft.good()["faults"].clone();
        let of =
            |field: &str| faults.as_array().unwrap().iter().any(|f| f["field"] == field && f["code"] == "not-known");
        assert!(of("partner-in-park") && of("coordinator"), "{faults}");
    }
    let status = Program::nobody(&town).post("/api/status", &json!({ "case": "C-1", "secret": "x" })).await;
    status.problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_for_files_is_answered_by_the_files_that_were_handed_in_and_by_no_others() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let invented = json!({ "area-contract": ["0f".repeat(32)] });
    let asked = json!({ "service": "research-data-transfer", "answers": invented });
    let problem = clerk.post("/api/drafts", &asked).await.problem(422, "form");
    assert_eq!(problem["errors"][0]["pointer"], "/form/area-contract");
    let asked = json!({ "service": "research-data-transfer", "answers": { "route": "area-contract" } });
    let draft = clerk.post("/api/drafts", &asked).await.good();
    let missing = |draft: &Value| {
        let faults = draft["faults"].as_array().unwrap().iter();
        faults.filter(|fault| fault["field"] == "area-contract" && fault["code"] == "missing").count()
    };
    assert_eq!(
        (missing(&draft), draft["missing_documents"].clone()),
        (1, json!(["classification", "impact-assessment"]))
    );
    let id = draft["draft"].as_str().unwrap();
    let answered = upload(&clerk, &format!("/api/drafts/{id}/documents/contract"), "contract.pdf", PDF).await.good();
    assert_eq!((missing(&answered), &answered["answers"]["area-contract"][0]), (0, &answered["files"][0]["file"]));
    let answers = format!("/api/drafts/{id}/answers");
    // What the draft says of itself may be sent back; anything else would be lost without a word.
    let kept = clerk.post(&answers, &json!({ "answers": answered["answers"] })).await.good();
    assert_eq!(kept["answers"], answered["answers"]);
    clerk.post(&answers, &json!({ "answers": invented })).await.problem(422, "form");
    let whole = json!({ "service": "research-data-transfer", "form": invented });
    let told = clerk.post("/api/applications", &whole).await.problem(422, "form");
    let strange = |error: &Value| error["pointer"] == "/form/area-contract" && error["code"] == "not-handed-in";
    assert!(told["errors"].as_array().unwrap().iter().any(strange), "{told}");
    town.log_verifies();
}
