//! The one-stop window: every service is shown, can be started where it may be, and comes to its end.

use super::town::Town;
use axum::http::StatusCode;
use base::{CaseId, Key};
use cases::{Outcome, Stage};
use profile::{Applicant, Effect};

#[tokio::test]
async fn every_service_is_explained_and_its_form_asks_for_every_field_in_three_languages() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let mut person = town.leaver_named("Wong", "Siu").await;
    for service in town.park.profile.services.values() {
        for language in ["zh-Hant", "zh-Hans", "en"] {
            let (status, page) = clerk.get(&format!("/{language}/services/{}", service.key)).await;
            assert_eq!(status, StatusCode::OK, "{language} {}", service.key);
            for line in &service.eligibility {
                let line = line.get(language.parse().unwrap());
                let shown = frame::maud::html! { (line) }.into_string();
                assert!(page.contains(&shown), "{language} {}: {line}", service.key);
            }
            if service.about == profile::About::Case {
                continue;
            }
            let (status, form) = match service.applicants.first() {
                Some(Applicant::Clerk) => clerk.get(&format!("/{language}/employer/apply/{}", service.key)).await,
                Some(Applicant::Person) if !matches!(service.effect, Effect::ErasePerson) => {
                    person.get(&format!("/{language}/me/apply/{}", service.key)).await
                }
                _ => continue,
            };
            assert_eq!(status, StatusCode::OK, "{language} {}", service.key);
            let whole = form.contains("<form method=\"post\" novalidate");
            if whole && service.is_applied_for_in_steps() {
                let (browser, apply) = match service.applicants.first() {
                    Some(Applicant::Clerk) => (&mut clerk, "employer/apply"),
                    _ => (&mut person, "me/apply"),
                };
                let (_, draft) = browser.post(&format!("/{language}/{apply}/{}", service.key), &[]).await;
                for part in &service.form.parts {
                    let (_, page) = browser.get(&format!("{draft}/parts/{}", part.key)).await;
                    for field in &part.fields {
                        assert!(page.contains(&format!("field-{field}")), "{}: {field}", service.key);
                    }
                }
                // Nobody keeps a draft of every service in every language.
                let (status, _) = browser.post(&format!("{draft}/discard"), &[]).await;
                assert_eq!(status, StatusCode::SEE_OTHER, "{}", service.key);
            } else if whole && form.contains("<form method=\"post\" novalidate") {
                for field in &service.form.fields {
                    assert!(form.contains(&format!("field-{}", field.key)), "{}: {}", service.key, field.key);
                }
            } else {
                let cannot = crate::WORDS.find(language.parse().unwrap(), "apply-cannot", &[]).unwrap();
                assert!(form.contains(&cannot), "{}: neither a form nor a reason", service.key);
            }
        }
    }
}

#[tokio::test]
async fn a_question_is_asked_by_a_person_and_answered_by_an_office_of_each_bank() {
    let town = Town::new().await;
    let mut person = town.leaver_named("Wong", "Siu").await;
    let path = "/en/me/apply/question";
    person.get(path).await;
    let (status, page) = person.post(path, &[("side", "hong-kong"), ("title", "Sundays")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"Sundays\"") && page.contains("field-question-error"), "{page}");
    let typed = [
        ("side", "hong-kong"),
        ("topic", "crossing"),
        ("title", "Sundays"),
        ("question", "Is the west bridge open on Sundays?"),
        ("answer-language", "english"),
    ];
    let (status, to) = person.post(path, &typed).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (status, page) = person.get(&to).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Your application is made."), "{page}");
    let zone = town.park.zone();
    let (id, case) = zone.cases.cases.get_max().unwrap();
    let legs: Vec<(Key, Key)> = case.legs.iter().map(|leg| (leg.key.clone(), leg.office.clone())).collect();
    assert!(!legs.is_empty());
    for (leg, office) in legs {
        let mut officer = town.officer_of(office.as_str()).await;
        officer.get("/en/office").await;
        let decide = format!("/en/office/cases/{id}/legs/{leg}/decide");
        let answered = officer.post(&decide, &[("reason", "It is open every day."), ("verdict", "approved")]).await;
        assert_eq!(answered.0, StatusCode::SEE_OTHER, "{}", answered.1);
    }
    assert_eq!(stage(&town, *id), Stage::Decided(Outcome::Approved));
    let (_, page) = person.get(&format!("/en/me/cases/{id}")).await;
    assert!(page.contains("It is open every day."), "the answer is the result: {page}");
    town.log_verifies();
}

fn stage(town: &Town, id: CaseId) -> Stage {
    cases::case(&town.park.zone().cases, id).unwrap().stage
}
