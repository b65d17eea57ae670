//! Conversations about consents that were withdrawn: what stops, what an officer may not mend, and how they come back.

use super::town::Town;
use crate::WORDS;
use axum::http::StatusCode;
use base::{Actor, Language, PermitId};
use permits::{Reason, Status};

const AGAIN: &str = "me/consents/shenzhen-clearance/again";

fn status(town: &Town, permit: PermitId) -> (Status, Option<Reason>) {
    let zone = town.park.zone();
    let known = permits::permit(&zone.permits, permit).unwrap();
    (known.status, known.stopped_for)
}

fn said(language: Language, key: &str) -> String {
    let text = WORDS.find(language, key, &[]).unwrap();
    frame::maud::html! { (text) }.into_string()
}

#[tokio::test]
async fn a_withdrawn_consent_is_given_again_on_ones_own_page_and_the_pass_works_again() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut person = town.browser_of(Actor::Person { person }).await;
    person.get("/en/me/consents").await;
    let (done, _) = person.post("/en/me/consents/shenzhen-clearance", &[]).await;
    assert_eq!(done, StatusCode::SEE_OTHER);
    assert_eq!(status(&town, permit), (Status::Suspended, Some(Reason::ConsentWithdrawn)));
    for language in Language::ALL {
        let (_, landing) = person.get(&format!("/{language}/me")).await;
        assert!(landing.contains(&format!("href=\"/{language}/{AGAIN}\"")), "the first page leads there: {landing}");
        let (_, pass) = person.get(&format!("/{language}/passes/{permit}")).await;
        assert!(pass.contains(&said(language, "hold-stopped-consent-withdrawn")), "{pass}");
        assert!(pass.contains(&format!("href=\"/{language}/me/consents\"")), "{pass}");
        let (_, all) = person.get(&format!("/{language}/me/consents")).await;
        assert!(all.contains(&said(language, "own-consents-missing")), "{all}");
        let (_, page) = person.get(&format!("/{language}/{AGAIN}")).await;
        let service = town.park.profile.services.values().find(|service| service.key.as_str() == "commuter-pass");
        let consents = &service.unwrap().consents;
        let consent = consents.iter().find(|consent| consent.key.as_str() == "shenzhen-clearance").unwrap();
        assert!(page.contains(consent.text.get(language)) && page.contains(&permit.to_string()), "{page}");
    }
    person.get(&format!("/en/{AGAIN}")).await;
    let (answer, to) = person.post(&format!("/en/{AGAIN}"), &[("version", "1")]).await;
    assert_eq!((answer, to.as_str()), (StatusCode::SEE_OTHER, "/en/me/consents?done=consent-given"));
    assert_eq!(status(&town, permit), (Status::Valid, None));
    let (_, all) = person.get(&to).await;
    assert!(all.contains(&said(Language::En, "done-consent-given")), "{all}");
    assert!(!all.contains(&said(Language::En, "own-consents-missing")), "{all}");
    let (_, page) = person.get(&format!("/en/{AGAIN}")).await;
    assert!(page.contains(&said(Language::En, "own-consent-nothing-waits")) && !page.contains("name=\"version\""));
    town.log_verifies();
}

#[tokio::test]
async fn no_officer_resumes_a_pass_without_the_consent_and_the_page_says_by_which_rule() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut person = town.browser_of(Actor::Person { person }).await;
    person.get("/en/me/consents").await;
    person.post("/en/me/consents/shenzhen-clearance", &[]).await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    let pass = format!("/en/office/passes/{permit}");
    let (_, page) = officer.get(&pass).await;
    assert!(page.contains("holder-must-have-consented") && page.contains("7.2.11"), "{page}");
    assert!(!page.contains(&format!("action=\"{pass}/resume\"")), "no button that would be refused: {page}");
    assert!(page.contains(&said(Language::En, "reason-consent-withdrawn")), "{page}");
    let (refused, page) = officer.post(&format!("{pass}/resume"), &[]).await;
    assert_eq!(refused, StatusCode::FORBIDDEN);
    assert!(page.contains("gives the consent again on the portal"), "{page}");
    // With a cause of their own the officer keeps it stopped, whatever the holder agrees to.
    let (done, _) = officer.post(&format!("{pass}/suspend"), &[("suspend-reason", "lost")]).await;
    assert_eq!(done, StatusCode::SEE_OTHER);
    person.get(&format!("/en/{AGAIN}")).await;
    person.post(&format!("/en/{AGAIN}"), &[("version", "1")]).await;
    assert_eq!(status(&town, permit), (Status::Suspended, Some(Reason::Lost)));
    assert_eq!(officer.post(&format!("{pass}/resume"), &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(status(&town, permit), (Status::Valid, None));
    town.log_verifies();
}

#[tokio::test]
async fn a_consent_is_given_to_the_text_that_is_on_offer_and_to_no_other() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut person = town.browser_of(Actor::Person { person }).await;
    person.get("/en/me/consents").await;
    person.post("/en/me/consents/shenzhen-clearance", &[]).await;
    person.get(&format!("/en/{AGAIN}")).await;
    for (version, want) in [("2", StatusCode::CONFLICT), ("", StatusCode::BAD_REQUEST), ("x", StatusCode::BAD_REQUEST)]
    {
        assert_eq!(person.post(&format!("/en/{AGAIN}"), &[("version", version)]).await.0, want, "{version}");
    }
    let elsewhere = "/en/me/consents/no-such-consent/again";
    assert_eq!(person.get(elsewhere).await.0, StatusCode::NOT_FOUND);
    assert_eq!(person.post(elsewhere, &[("version", "1")]).await.0, StatusCode::CONFLICT);
    assert_eq!(status(&town, permit).0, Status::Suspended);
    town.log_verifies();
}
