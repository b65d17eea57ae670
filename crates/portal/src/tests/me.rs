//! Conversations of people with the pages of their own applications.

use super::town::{Browser, Town};
use crate::WORDS;
use axum::http::StatusCode;
use base::{Actor, CaseId, Language};
use cases::{Case, LegState, Outcome, Stage};

const SOUTH: &str = "immigration-officer-hong-kong";

/// Somebody whose employer has just applied for them, signed in for themself.
async fn applied(town: &Town) -> (CaseId, Browser) {
    let case = town.applied().await;
    let person = known(town, case).subject;
    (case, town.browser_of(Actor::Person { person }).await)
}

fn known(town: &Town, case: CaseId) -> Case {
    cases::case(&town.park.zone().cases, case).unwrap().clone()
}

/// A message as a page shows it.
fn said(language: Language, key: &str) -> String {
    let text = WORDS.find(language, key, &[]).unwrap();
    frame::maud::html! { (text) }.into_string()
}

fn document(number: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("document-kind", "passport"),
        ("document-number", number),
        ("document-expires-year", "2031"),
        ("document-expires-month", "5"),
        ("document-expires-day", "1"),
    ];
    fields.map(|(name, value)| (name, value.to_owned())).to_vec()
}

async fn post(browser: &mut Browser, path: &str, fields: &[(&'static str, String)]) -> (StatusCode, String) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test]
async fn a_person_confirms_consents_and_submits_in_each_language() {
    for language in Language::ALL {
        let town = Town::new().await;
        let (case, mut person) = applied(&town).await;
        let (_, landing) = person.get(&format!("/{language}/me")).await;
        let confirm = format!("/{language}/me/cases/{case}/confirm");
        assert!(landing.contains(&format!("href=\"{confirm}\"")), "the task leads there: {landing}");
        let (status, steps) = person.get(&confirm).await;
        assert_eq!(status, StatusCode::OK, "{steps}");
        assert!(steps.contains(&said(language, "own-submit-not-yet")), "{steps}");
        let (status, to) = post(&mut person, &format!("{confirm}/document"), &document("ZZ123456")).await;
        assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("{confirm}?done=document-confirmed")));
        let profile = std::sync::Arc::clone(&town.park.profile);
        let service = profile.service(&known(&town, case).service).unwrap();
        for consent in &service.consents {
            let path = format!("{confirm}/consents/{}", consent.key);
            let (_, page) = person.get(&path).await;
            let office = profile.office(&consent.authority).unwrap();
            for text in [consent.text.get(language), office.name.get(language)] {
                assert!(page.contains(text), "{text} in {page}");
            }
            let version = consent.version.to_string();
            let (status, _) = person.post(&path, &[("version", &version), ("answer", "agree")]).await;
            assert_eq!(status, StatusCode::SEE_OTHER);
        }
        let (_, steps) = person.get(&confirm).await;
        assert!(steps.contains(&said(language, "own-submit-text")), "{steps}");
        let (status, to) = person.post(&confirm, &[]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        let (status, page) = person.get(&to).await;
        assert_eq!(status, StatusCode::OK);
        for key in ["done-case-submitted", "leg-open", "history-submitted", "services-outcome-all"] {
            assert!(page.contains(&said(language, key)), "{key} in {page}");
        }
        assert!(page.contains("ZZ123456"), "the person sees the document they confirmed");
        assert_eq!(known(&town, case).stage, Stage::Deciding);
        town.log_verifies();
    }
}

#[tokio::test]
async fn submitting_before_consenting_is_refused_in_words_and_the_steps_are_shown_again() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    for language in Language::ALL {
        let confirm = format!("/{language}/me/cases/{case}/confirm");
        person.get(&confirm).await;
        let (status, page) = person.post(&confirm, &[]).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains(&said(language, "refusal-document-must-be-confirmed")), "{page}");
        assert!(page.contains(&format!("{confirm}/document\"")), "{page}");
    }
    let confirm = format!("/en/me/cases/{case}/confirm");
    post(&mut person, &format!("{confirm}/document"), &document("ZZ123456")).await;
    let (status, page) = person.post(&confirm, &[]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("You have not agreed to a use of your data that is needed"), "{page}");
    assert_eq!(known(&town, case).stage, Stage::Confirming);
    town.log_verifies();
}

#[tokio::test]
async fn whoever_does_not_agree_is_told_what_follows_and_nothing_is_recorded() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    let path = format!("/en/me/cases/{case}/confirm/consents/hong-kong-clearance");
    person.get(&path).await;
    let before = town.park.desk.log().size();
    let (status, page) = person.post(&path, &[("version", "1"), ("answer", "refuse")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&said(Language::En, "own-consent-refused")), "{page}");
    assert_eq!(town.park.desk.log().size(), before);
    town.log_verifies();
}

#[tokio::test]
async fn a_documents_faults_stand_at_their_fields_and_what_was_typed_is_kept() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    let path = format!("/en/me/cases/{case}/confirm/document");
    let (_, page) = person.get(&path).await;
    let given = town.park.details(known(&town, case).subject).unwrap();
    assert!(page.contains(&format!("value=\"{}\"", given.document_number)), "the employer's row stands there: {page}");
    let (status, page) = post(&mut person, &path, &document("zz-1")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-document-number-error\"") && page.contains("value=\"ZZ-1\""), "{page}");
    let mut over = document("ZZ123456");
    over[2].1 = "2020".to_owned();
    let (status, page) = post(&mut person, &path, &over).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-document-expires-error\"") && page.contains("ZZ123456"), "{page}");
    let zone = town.park.zone();
    assert!(parties::person(&zone.parties, known(&town, case).subject).unwrap().document.is_none());
    town.log_verifies();
}

#[tokio::test]
async fn a_mistyped_number_is_told_at_its_field_in_each_language_and_a_right_one_takes_its_one_form() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    let card = |number: &str| {
        let mut fields = document(number);
        fields[0].1 = "hong-kong-identity-card".to_owned();
        fields
    };
    for (language, words) in
        [(Language::ZhHant, "校驗碼不符"), (Language::ZhHans, "校验码"), (Language::En, "The check digit does not fit")]
    {
        let path = format!("/{language}/me/cases/{case}/confirm/document");
        person.get(&path).await;
        let (status, page) = post(&mut person, &path, &card("A123456(4)")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("id=\"field-document-number-error\"") && page.contains(words), "{page}");
    }
    let subject = known(&town, case).subject;
    assert!(town.park.confirmed_document_number(subject).is_none());
    let path = format!("/en/me/cases/{case}/confirm/document");
    let (status, page) = post(&mut person, &path, &card("a1234563")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert_eq!(town.park.confirmed_document_number(subject).as_deref(), Some("A123456(3)"));
    town.log_verifies();
}

#[tokio::test]
async fn somebody_else_is_refused_with_the_rule() {
    let town = Town::new().await;
    let (case, _) = applied(&town).await;
    let zone = town.park.zone();
    let audits = |known: &parties::Person| known.offices.iter().any(|office| office.as_str() == "hk-audit");
    let person = zone.parties.persons.iter().find(|(_, known)| audits(known)).map(|(id, _)| *id).unwrap();
    let mut other = town.browser_of(Actor::Person { person }).await;
    let own = format!("/en/me/cases/{case}");
    for path in [own.clone(), format!("{own}/confirm"), format!("{own}/withdraw"), format!("{own}/receipts/1")] {
        let (status, page) = other.get(&path).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.contains(&said(Language::En, "problem-refused")), "{page}");
    }
    for path in [format!("{own}/confirm"), format!("{own}/withdraw")] {
        assert_eq!(other.post(&path, &[]).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(known(&town, case).stage, Stage::Confirming);
    town.log_verifies();
}

#[tokio::test]
async fn the_clerk_who_applied_sees_how_it_stands_but_not_what_was_told() {
    let town = Town::new().await;
    let (case, _) = applied(&town).await;
    town.submit(case).await;
    let mut clerk = town.browser_of(Actor::Person { person: known(&town, case).applicant }).await;
    let (status, page) = clerk.get(&format!("/en/me/cases/{case}")).await;
    assert_eq!(status, StatusCode::OK);
    let given = town.park.details(known(&town, case).subject).unwrap();
    assert!(!page.contains(&given.document_number) && !page.contains(&given.email), "{page}");
    assert!(page.contains(&said(Language::En, "own-told-not-yours")), "{page}");
    // What an office asks is for the clerk to answer, and is read.
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    officer.get("/en/office").await;
    let ask = format!("/en/office/cases/{case}/legs/hong-kong/ask");
    let (status, asked) = officer.post(&ask, &[("question", "Which floor is the laboratory on?")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{asked}");
    let (_, page) = clerk.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.contains("Which floor is the laboratory on?"), "{page}");
    let answer = format!("/en/me/cases/{case}/legs/hong-kong/answer");
    let (status, page) = clerk.post(&answer, &[("answer-hong-kong", "The third")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn every_entry_of_the_own_case_has_a_receipt_that_verifies_off_line_and_no_other_entry_has() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    town.submit(case).await;
    let entries = known(&town, case).entries;
    assert!(entries.len() >= 2);
    for sequence in &entries {
        let (status, file) = person.get(&format!("/en/me/cases/{case}/receipts/{sequence}")).await;
        assert_eq!(status, StatusCode::OK);
        let file: serde_json::Value = serde_json::from_str(&file).unwrap();
        let part = |name: &str| file[name].as_str().unwrap();
        let keys = part("keys").parse().unwrap();
        let found = eventlog::verify_receipt(part("receipt"), part("entry").as_bytes(), &keys).unwrap();
        assert_eq!(found, *sequence);
        assert!(eventlog::verify_receipt(part("receipt"), b"another entry", &keys).is_err());
    }
    let (status, _) = person.get(&format!("/en/me/cases/{case}/receipts/0")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    town.log_verifies();
}

#[tokio::test]
async fn an_answer_goes_to_the_office_and_its_clock_goes_on() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    town.submit(case).await;
    let mut officer = town.browser(SOUTH).await;
    officer.get("/en/office").await;
    let leg = format!("/en/office/cases/{case}/legs/hong-kong");
    assert_eq!(officer.post(&format!("{leg}/take"), &[]).await.0, StatusCode::SEE_OTHER);
    let (status, page) = officer.post(&format!("{leg}/ask"), &[("question", "Which laboratory?")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, landing) = person.get("/en/me").await;
    assert!(landing.contains(&format!("/en/me/cases/{case}#question-hong-kong")), "{landing}");
    let (_, page) = person.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.contains("Which laboratory?") && page.contains("clock stands still"), "{page}");
    let answer = format!("/en/me/cases/{case}/legs/hong-kong/answer");
    let (status, page) = person.post(&answer, &[("answer-hong-kong", " ")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-answer-hong-kong-error\""), "{page}");
    let (status, to) = person.post(&answer, &[("answer-hong-kong", "The one by the river")]).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/en/me/cases/{case}?done=answered")));
    let leg = known(&town, case).legs.iter().find(|leg| leg.key.as_str() == "hong-kong").unwrap().clone();
    assert_eq!(leg.state, LegState::Open);
    assert!(leg.clock.is_running(), "{:?}", leg.clock);
    let (_, page) = person.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.contains("The one by the river"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn an_application_is_withdrawn_after_being_asked_once_more() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    let path = format!("/en/me/cases/{case}/withdraw");
    let (_, page) = person.get(&path).await;
    assert!(page.contains(&said(Language::En, "own-withdraw-final")), "{page}");
    assert_eq!(known(&town, case).stage, Stage::Confirming);
    let (status, to) = person.post(&path, &[]).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/en/me/cases/{case}?done=case-withdrawn")));
    assert_eq!(known(&town, case).stage, Stage::Decided(Outcome::Withdrawn));
    assert_eq!(person.get(&path).await.0, StatusCode::CONFLICT);
    town.log_verifies();
}

#[tokio::test]
async fn a_withdrawn_consent_suspends_the_passes_that_rest_on_it_and_the_page_says_so_before() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut person = town.browser_of(Actor::Person { person }).await;
    let (_, landing) = person.get("/en/me").await;
    assert!(landing.contains(&said(Language::En, "own-task-collect")), "{landing}");
    let (_, all) = person.get("/en/me/consents").await;
    let path = "/en/me/consents/shenzhen-clearance";
    assert!(all.contains(path), "{all}");
    let (_, page) = person.get(path).await;
    assert!(page.contains(&format!("<li>{permit}</li>")), "{page}");
    let (status, to) = person.post(path, &[]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/me/consents?done=consent-withdrawn"));
    let zone = town.park.zone();
    assert_eq!(permits::permit(&zone.permits, permit).unwrap().status, permits::Status::Suspended);
    town.log_verifies();
}

#[tokio::test]
async fn erasure_is_asked_for_in_two_steps_and_opens_one_case() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    let subject = known(&town, case).subject;
    let (_, form) = person.get("/en/me/erasure").await;
    let once = form.split_once("name=\"once\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let (status, page) = person.post("/en/me/erasure", &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-ground-error\""), "{page}");
    let before = town.park.desk.log().size();
    let mut fields = vec![("once", once.as_str()), ("ground", "left-the-park"), ("understands", "on")];
    let (status, page) = person.post("/en/me/erasure", &fields).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("application {case}: it is withdrawn")), "{page}");
    assert_eq!(town.park.desk.log().size(), before, "nothing is opened before it is said what is lost");
    fields.push(("confirmed", "yes"));
    let (status, to) = person.post("/en/me/erasure", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    // Sent twice, it is asked once.
    assert_eq!(person.post("/en/me/erasure", &fields).await, (StatusCode::SEE_OTHER, to.clone()));
    let zone = town.park.zone();
    let of_erasure = |(_, case): &(CaseId, &Case)| case.service.as_str() == "personal-data-erasure";
    assert_eq!(cases::of_subject(&zone.cases, subject).filter(of_erasure).count(), 1);
    let (status, page) = person.get(&to).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("I no longer commute"), "what was told is shown: {page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_person_sets_their_language_and_the_page_is_in_it_at_once() {
    let town = Town::new().await;
    let (case, mut person) = applied(&town).await;
    person.get("/en/me/settings").await;
    let (status, to) = person.post("/en/me/settings", &[("language", "zh-Hans")]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/zh-Hans/me/settings?done=language-set"));
    let (_, page) = person.get(&to).await;
    assert!(page.contains(&said(Language::ZhHans, "own-settings-title")), "{page}");
    let zone = town.park.zone();
    assert_eq!(parties::person(&zone.parties, known(&town, case).subject).unwrap().language, Language::ZhHans);
    assert_eq!(person.post("/en/me/settings", &[("language", "la")]).await.0, StatusCode::BAD_REQUEST);
    town.log_verifies();
}

#[tokio::test]
async fn a_new_document_is_entered_on_a_page_of_its_own_and_an_officer_looks_before_the_pass_works_again() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut holder = town.browser_of(Actor::Person { person }).await;
    let (_, landing) = holder.get("/en/me").await;
    assert!(landing.contains("href=\"/en/me/document\""), "{landing}");
    let (_, page) = holder.get("/en/me/document").await;
    assert!(page.contains(&said(Language::En, "own-renewal-stops")), "it is said before: {page}");
    assert!(page.contains(&format!("<li>{permit}</li>")), "{page}");
    let (status, page) = post(&mut holder, "/en/me/document", &document("1")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    let (status, to) = post(&mut holder, "/en/me/document", &document("NEW123456")).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/me?done=document-renewed"));
    let (_, page) = holder.get(&format!("/en/passes/{permit}")).await;
    assert!(page.contains("you confirmed another document"), "{page}");

    let mut officer = town.browser(SOUTH).await;
    let (_, waiting) = officer.get("/en/office/passes").await;
    assert!(waiting.contains(&format!("/en/office/passes/{permit}\"")), "nobody has to know its number: {waiting}");
    let path = format!("/en/office/passes/{permit}");
    let (_, pass) = officer.get(&path).await;
    assert!(pass.contains("NEW123456"), "{pass}");
    assert!(!pass.contains("value=\"document-changed\""), "it is the platform's reason alone: {pass}");
    assert_eq!(officer.post(&format!("{path}/resume"), &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(permits::permit(&town.park.zone().permits, permit).unwrap().status, permits::Status::Valid);
    assert!(!officer.get("/en/office/passes").await.1.contains(&path));
    town.log_verifies();
}
