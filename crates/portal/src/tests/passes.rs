//! Conversations of a holder with the pages of passes, and with a gate afterwards.

use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::{Actor, Instant, Key, Outcome, PermitId, PersonId};
use credentials::{Form as CredentialForm, HolderKey};
use park::GATE_AUDIENCE;
use permits::{Form, Reason};
use serde_json::{Value, json};

struct Holder {
    browser: Browser,
    person: PersonId,
    permit: PermitId,
    /// `/en/passes/T-1`.
    page: String,
}

impl Holder {
    async fn of(town: &Town) -> Self {
        let (permit, person) = town.pass().await;
        Self::holding(town, permit, person).await
    }

    async fn holding(town: &Town, permit: PermitId, person: PersonId) -> Self {
        let mut browser = town.browser_of(Actor::Person { person }).await;
        let page = format!("/en/passes/{permit}");
        // Every form of the session carries the token that this page showed.
        assert_eq!(browser.get(&page).await.0, StatusCode::OK);
        Self { browser, person, permit, page }
    }

    async fn page(&mut self) -> String {
        let (status, page) = self.browser.get(&self.page).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        page
    }

    /// Posts one of the page's forms and gives the page that answers it.
    async fn press(&mut self, form: &str) -> String {
        let (status, page) = self.browser.post(&format!("{}/{form}", self.page), &[]).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        page
    }

    async fn collect(&mut self, key: &HolderKey) -> (StatusCode, Value) {
        let jwk = serde_json::to_value(key.public_jwk()).unwrap();
        let (status, answer) = self.browser.post_json(&format!("{}/collect", self.page), &jwk).await;
        (status, serde_json::from_str(&answer).unwrap())
    }

    /// What the script does with the pass that it keeps.
    fn sign(&self, town: &Town, pass: &str, key: &HolderKey, nonce: &str) -> String {
        let audience = CredentialForm::Phone.audience(GATE_AUDIENCE);
        let now = town.park.now().0 / Instant::SECOND;
        credentials::present(pass, &[], key, &audience, nonce, now).unwrap()
    }
}

fn new_key() -> HolderKey {
    HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap()
}

/// The presentation that the page offers for pasting.
fn text_in(page: &str) -> String {
    let (_, from) = page.split_once("<textarea").unwrap();
    let (_, text) = from.split_once('>').unwrap();
    text.split('<').next().unwrap().to_owned()
}

fn gate_itself(gate: &str) -> Actor {
    Actor::Gate { gate: Key::new(gate).unwrap() }
}

/// What a gate answers, and the weightiest policy behind it.
async fn at_the_gate(town: &Town, gate: &str, text: &str) -> (Outcome, String) {
    let decision = town.park.present(&gate_itself(gate), &Key::new(gate).unwrap(), text, None).await.unwrap().decision;
    (decision.outcome, decision.policies.first().map(ToString::to_string).unwrap_or_default())
}

async fn arrive(town: &Town, gate: &str) {
    let passage = *town.park.zone().people.passages.keys().next().unwrap();
    town.park.end_passage(&gate_itself(gate), passage, true).await.unwrap();
}

/// What a printed card says. The page has it as a picture alone, so the card is made once more for its text.
async fn printed(town: &Town, holder: &mut Holder) -> String {
    let page = holder.press("card").await;
    assert!(page.contains("class=\"pass-card\"") && page.contains("<svg"), "{page}");
    assert!(page.contains("Tai Man"), "the card names its holder");
    town.park.card_presentation(&Actor::Person { person: holder.person }, holder.permit).await.unwrap()
}

#[tokio::test]
async fn somebody_elses_pass_is_refused_at_every_address() {
    let town = Town::new().await;
    let holder = Holder::of(&town).await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    clerk.get("/en/capacity").await;
    for page in [holder.page.clone(), format!("{}/card", holder.page), format!("{}/show", holder.page)] {
        let (status, answer) = clerk.get(&page).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{page}");
        assert!(!answer.contains("Tai Man"), "{page}");
    }
    for form in ["show", "card", "remove-key"] {
        let (status, _) = clerk.post(&format!("{}/{form}", holder.page), &[("key", "x")]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{form}");
    }
    let jwk = serde_json::to_value(new_key().public_jwk()).unwrap();
    let (status, _) = clerk.post_json(&format!("{}/collect", holder.page), &jwk).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(permits::permit(&town.park.zone().permits, holder.permit).unwrap().bindings.is_empty());
    let (status, page) = clerk.get("/en/passes").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("You have no pass yet"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_code_made_by_the_site_opens_a_gate_once_and_is_a_replay_the_second_time() {
    let town = Town::new().await;
    let mut holder = Holder::of(&town).await;
    let page = holder.press("show").await;
    assert!(page.contains("Valid until 12:05") || page.contains("Valid until 12:06"), "{page}");
    let text = text_in(&page);
    assert_eq!(at_the_gate(&town, "west-south", &text).await.0, Outcome::Permitted);
    assert!(holder.page().await.contains("West footbridge"));
    arrive(&town, "west-north").await;
    let (outcome, policy) = at_the_gate(&town, "west-north", &text).await;
    assert_eq!((outcome, policy.as_str()), (Outcome::Refused, "presentation-must-be-used-once"));
    let fresh = text_in(&holder.press("show").await);
    assert_eq!(at_the_gate(&town, "west-north", &fresh).await.0, Outcome::Permitted);
    town.log_verifies();
}

#[tokio::test]
async fn a_pass_collected_by_a_phone_is_signed_by_its_key_and_drawn_by_the_site() {
    let town = Town::new().await;
    let mut holder = Holder::of(&town).await;
    let key = new_key();
    let (status, kept) = holder.collect(&key).await;
    assert_eq!(status, StatusCode::OK, "{kept}");
    let pass = kept["pass"].as_str().unwrap().to_owned();
    let page = holder.page().await;
    assert!(page.contains(&format!("data-keys=\"{}\"", kept["thumbprint"].as_str().unwrap())), "{page}");
    let text = holder.sign(&town, &pass, &key, "one");
    let verified = town.park.verifier.verify(&text, town.park.now().0).unwrap();
    assert_eq!((verified.permit, verified.form), (holder.permit, CredentialForm::Phone));
    let (status, svg) = holder.browser.post_json("/en/passes/qr", &json!({ "presentation": text })).await;
    assert_eq!(status, StatusCode::OK);
    assert!(svg.starts_with("<svg") && svg.contains("The code of the pass"), "{svg}");
    assert_eq!(at_the_gate(&town, "west-south", &text).await.0, Outcome::Permitted);
    town.log_verifies();
}

#[tokio::test]
async fn a_key_that_was_removed_opens_no_gate_any_more() {
    let town = Town::new().await;
    let mut holder = Holder::of(&town).await;
    let key = new_key();
    let (_, kept) = holder.collect(&key).await;
    let thumbprint = kept["thumbprint"].as_str().unwrap();
    let removal = format!("{}/remove-key", holder.page);
    let (status, to) = holder.browser.post(&removal, &[("key", thumbprint)]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/passes/T-1?done=pass-key-removed"));
    assert!(holder.browser.get(&to).await.1.contains("It is not kept anywhere yet."));
    let text = holder.sign(&town, kept["pass"].as_str().unwrap(), &key, "two");
    let (outcome, policy) = at_the_gate(&town, "west-south", &text).await;
    assert_eq!((outcome, policy.as_str()), (Outcome::Refused, "presentation-must-come-from-a-linked-device"));
    let (status, _) = holder.browser.post(&removal, &[("key", thumbprint)]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    town.log_verifies();
}

#[tokio::test]
async fn a_card_works_every_day_until_the_pass_is_suspended() {
    let town = Town::new().await;
    let mut holder = Holder::of(&town).await;
    let card = printed(&town, &mut holder).await;
    for (near, far) in [("west-south", "west-north"), ("west-north", "west-south")] {
        assert_eq!(at_the_gate(&town, near, &card).await.0, Outcome::Permitted, "{near}");
        arrive(&town, far).await;
    }
    let office = Key::new("hk-immigration").unwrap();
    let zone = town.park.zone();
    let officer = zone.parties.persons.iter().find(|(_, known)| known.offices.contains(&office));
    let officer = Actor::Officer { person: *officer.unwrap().0, office };
    town.park.suspend_permit(&officer, holder.permit, Reason::Lost, "").await.unwrap();
    let (outcome, policy) = at_the_gate(&town, "west-south", &card).await;
    assert_eq!((outcome, policy.as_str()), (Outcome::Refused, "pass-must-not-be-suspended"));
    let page = holder.page().await;
    assert!(page.contains("it was reported lost") && page.contains("If you have found it"), "{page}");
    assert!(!page.contains("Show now from this site"), "what no gate would take is not offered");
    let (status, to) = holder.browser.post(&format!("{}/show", holder.page), &[]).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, holder.page.clone()));
    town.log_verifies();
}

#[tokio::test]
async fn another_card_ends_the_one_before() {
    let town = Town::new().await;
    let mut holder = Holder::of(&town).await;
    let lost = printed(&town, &mut holder).await;
    let found = printed(&town, &mut holder).await;
    assert_eq!(at_the_gate(&town, "west-south", &lost).await.0, Outcome::Refused);
    assert_eq!(at_the_gate(&town, "west-south", &found).await.0, Outcome::Permitted);
    let zone = town.park.zone();
    let bindings = &permits::permit(&zone.permits, holder.permit).unwrap().bindings;
    assert_eq!(bindings.iter().filter(|binding| binding.form == Form::Card).count(), 1);
    town.log_verifies();
}

#[tokio::test]
async fn a_visitor_is_told_by_the_rule_itself_that_there_is_no_card() {
    let town = Town::new().await;
    let (commuter, person) = town.pass().await;
    let zone = town.park.zone();
    let known = permits::permit(&zone.permits, commuter).unwrap();
    let mut issue = known.issue.clone();
    issue.case = issue.case.next();
    issue.kind = Key::new("visitor").unwrap();
    let now = town.park.now();
    for consent in town.park.profile.consents_behind(&issue.kind) {
        let give = parties::Command::GiveConsent { person, consent: consent.key.clone(), version: consent.version };
        town.park.desk.command(Actor::Person { person }, now, give).await.unwrap();
    }
    town.park.desk.command(Actor::System, now, permits::Command::Issue(issue)).await.unwrap();
    let mut holder = Holder::holding(&town, commuter.next(), person).await;
    assert!(holder.page().await.contains("A visitor pass cannot be shown as a card."));
    let card = format!("{}/card", holder.page);
    let (_, page) = holder.browser.get(&card).await;
    assert!(page.contains("A visitor pass cannot be shown as a card.") && !page.contains("Make the card"), "{page}");
    let (status, to) = holder.browser.post(&card, &[]).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, card));
    assert!(permits::permit(&town.park.zone().permits, holder.permit).unwrap().bindings.is_empty());
}

#[tokio::test]
async fn what_is_no_key_or_no_presentation_is_refused_and_changes_nothing() {
    let town = Town::new().await;
    let mut holder = Holder::of(&town).await;
    let collect = format!("{}/collect", holder.page);
    for jwk in [json!({}), json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" }), json!("x".repeat(3_000))] {
        let (status, _) = holder.browser.post_json(&collect, &jwk).await;
        let refused = [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::PAYLOAD_TOO_LARGE];
        assert!(refused.contains(&status), "{status}");
    }
    for text in ["", "https://example.test/", &"x".repeat(9_000)] {
        let (status, _) = holder.browser.post_json("/en/passes/qr", &json!({ "presentation": text })).await;
        assert!(matches!(status, StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE), "{status}");
    }
    assert!(permits::permit(&town.park.zone().permits, holder.permit).unwrap().bindings.is_empty());
}

#[test]
fn every_reason_to_stop_a_pass_has_its_words_for_the_holder() {
    for language in base::Language::ALL {
        for reason in Reason::ALL {
            let key = format!("hold-stopped-{}", reason.as_str());
            assert!(crate::WORDS.find(language, &key, &[]).is_some(), "{key} in {language}");
            assert!(crate::WORDS.find_attribute(language, &key, "remedy", &[]).is_some(), "{key} in {language}");
        }
    }
}
