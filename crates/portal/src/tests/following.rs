//! Conversations with people who follow a case without signing in, and who read what offices wrote to them.

use super::town::Town;
use axum::http::StatusCode;
use base::Actor;

#[tokio::test]
async fn a_number_and_its_secret_tell_state_and_dates_and_nothing_about_anybody() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let mut own = town.browser_of(Actor::Person { person }).await;
    let (_, page) = own.get(&format!("/en/me/cases/{case}")).await;
    let secret = town.park.secret_of_case(case).unwrap();
    assert!(page.contains(&secret), "whoever it concerns is told");
    let mut visitor = town.visitor();
    visitor.get("/en/status").await;
    let number = case.to_string();
    let typed = secret.to_lowercase().replace('-', " ");
    let (status, page) = visitor.post("/en/status", &[("case", &number), ("secret", &typed)]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("Immigration Department") && page.contains("23 November 2026"), "{page}");
    for personal in ["Chan", "person", "@", "ZZ0", "Heron"] {
        let about = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        assert!(!about.contains(personal), "{personal} in {about}");
    }
    let other = town.applied().await.to_string();
    for (case, secret) in
        [(number.as_str(), "0000-0000-0000"), (other.as_str(), secret.as_str()), ("C-999", "x"), ("x", "")]
    {
        let (status, page) = visitor.post("/en/status", &[("case", case), ("secret", secret)]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("id=\"field-secret-error\"") && !page.contains("Immigration"), "{page}");
    }
}

#[tokio::test]
async fn whoever_applied_is_sent_number_and_secret_sees_them_openly_once_and_follows_without_signing_in() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    town.letters().await;
    let mails = town.park.letters_in_memory();
    let secret = town.park.secret_of_case(case).unwrap();
    let told: Vec<_> = mails.iter().filter(|mail| mail.body.contains(&secret)).collect();
    let [mail] = told.as_slice() else { panic!("{} mails tell the secret", told.len()) };
    assert!(mail.subject.contains(&case.to_string()) && !mail.subject.contains(&secret), "{}", mail.subject);
    assert!(mail.body.contains(&case.to_string()) && mail.body.contains("/status"), "{}", mail.body);
    assert_eq!(mail.to, town.park.details(person).unwrap().email);
    let mut own = town.browser_of(Actor::Person { person }).await;
    let shown = format!("<code>{secret}</code>");
    let (_, page) = own.get(&format!("/en/me/cases/{case}?done=case-submitted")).await;
    let (before, _) = page.split_once(&shown).unwrap();
    assert!(!before.contains("<details"), "openly, right after sending");
    assert_eq!(page.matches(&shown).count(), 1);
    let (_, page) = own.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.split_once(&shown).unwrap().0.contains("<details"), "and behind a disclosure afterwards");
    let mut visitor = town.visitor();
    visitor.get("/en/status").await;
    let (status, _) = visitor.post("/en/status", &[("case", &case.to_string()), ("secret", &secret)]).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn an_offices_question_and_decision_are_messages_to_the_person_and_to_nobody_else() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    officer.get("/en/office").await;
    let ask = format!("/en/office/cases/{case}/legs/hong-kong/ask");
    let (status, page) = officer.post(&ask, &[("question", "Which laboratory is it?")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let mut own = town.browser_of(Actor::Person { person }).await;
    let (_, page) = own.get("/en/me/messages").await;
    assert!(page.contains("Waiting for your answer") && page.contains("Which laboratory is it?"), "{page}");
    own.get(&format!("/en/me/cases/{case}")).await;
    let answer = format!("/en/me/cases/{case}/legs/hong-kong/answer");
    let (status, page) = own.post(&answer, &[("answer-hong-kong", "The one for organoids.")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = own.get("/en/me/messages").await;
    assert!(!page.contains("Waiting for your answer") && page.contains("Which laboratory is it?"), "{page}");
    let (_, page) = officer.get("/en/me/messages").await;
    assert!(!page.contains("Which laboratory is it?"), "{page}");
}
