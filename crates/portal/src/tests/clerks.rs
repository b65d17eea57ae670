//! Conversations of a clerk with the portal.

use super::delegations::APPLICATION;
use super::town::Town;
use axum::http::StatusCode;
use std::path::Path;

const ROSTER: &str = "/en/employer/roster/commuter-pass";

fn example(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rosters").join(name)).unwrap()
}

#[tokio::test]
async fn a_roster_is_applied_for_but_for_its_faulty_rows_which_are_listed_and_one_is_mended() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let (status, result) = clerk.upload(ROSTER, &example("english.csv")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{result}");
    let (_, page) = clerk.get(&result).await;
    assert!(page.contains(">183<") && page.contains(">17<"), "{page}");
    let rows = town.park.roster_rows(base::RosterId(1)).await.unwrap().faulty;
    assert_eq!(rows.len(), 17);
    for row in &rows {
        assert!(page.contains(&format!("rows/{}\"", row.line)), "line {}", row.line);
        for fault in &row.faults {
            let message = fault.code.message(base::Language::En);
            let shown = frame::maud::html! { (message.remedy) }.into_string();
            assert!(page.contains(&shown), "{shown}");
        }
    }
    let row = rows.iter().find(|row| row.faults.iter().all(|f| f.code == rosters::FaultCode::EmailShape)).unwrap();
    let path = format!("/en/employer/rosters/R-1/rows/{}", row.line);
    let (_, form) = clerk.get(&path).await;
    assert!(form.contains("id=\"field-email-error\""), "the fault stands at its field");
    let mut typed: Vec<(&str, &str)> = row.cells.iter().map(|cell| (cell.column.name(), cell.text.as_str())).collect();
    let (status, page) = clerk.post(&path, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    typed.retain(|(name, _)| *name != "email");
    typed.push(("email", "mended@heron.example"));
    let (status, to) = clerk.post(&path, &typed).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (_, page) = clerk.get(&to).await;
    assert!(page.contains(">184<") && page.contains(">16<"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_file_that_is_no_roster_is_refused_with_the_reason_at_the_field() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let (status, page) = clerk.upload(ROSTER, b"").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("The file is empty.") && page.contains("id=\"field-file-error\""), "{page}");
    assert_eq!(town.park.zone().cases.rosters.len(), 0);
    town.log_verifies();
}

#[tokio::test]
async fn a_visitors_form_comes_back_with_its_faults_and_all_that_was_typed() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let path = "/en/employer/apply/visitor-pass";
    clerk.get(path).await;
    let mut typed = vec![
        ("requested-day-year", "2026"),
        ("requested-day-month", "11"),
        ("requested-day-day", "25"),
        ("family-name", "Nightingale"),
        ("document-kind", "passport"),
        ("document-number", "ZZ000777"),
        ("document-expires-year", "2030"),
        ("document-expires-month", "2"),
        ("document-expires-day", "31"),
        ("birth-date-year", "1990"),
        ("birth-date-month", "1"),
        ("birth-date-day", "31"),
        ("nationality", "GBR"),
        ("email", "visitor@guest.example"),
        ("home-bank", "south"),
        ("purpose", "A meeting"),
        ("host-name", "Kap"),
        ("host-vouches", "on"),
    ];
    let (status, page) = clerk.post(path, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-document-expires-error\"") && page.contains("Nightingale"), "{page}");
    typed.retain(|(name, _)| *name != "document-expires-day");
    typed.push(("document-expires-day", "28"));
    let (status, to) = clerk.post(path, &typed).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/employer/people?done=applied"));
    let (_, people) = clerk.get(&to).await;
    assert!(people.contains("Nightingale"), "{people}");
    town.log_verifies();
}

#[tokio::test]
async fn whoever_lost_the_link_gets_a_new_one_which_the_demonstration_shows() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = cases::case(&town.park.zone().cases, case).unwrap().subject;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let invite = format!("/en/employer/people/{person}/invite");
    let (_, people) = clerk.get("/en/employer/people?stage=confirming").await;
    assert!(people.contains(&invite), "{people}");
    let (status, page) = clerk.post(&invite, &[]).await;
    assert_eq!(status, StatusCode::OK);
    let (_, link) = page.split_once(&format!("/enrol/{person}/")).expect("the link is on the page");
    assert!(town.park.invitation_is_good(person, link.split(['"', '<']).next().unwrap()));
    town.log_verifies();
}

#[tokio::test]
async fn a_form_that_is_sent_twice_applies_once() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let path = "/en/employer/apply/commuter-pass";
    clerk.get(path).await;
    let typed = [
        ("once", "the-same-key"),
        ("staff-number", "E-9"),
        ("family-name", "Twice"),
        ("document-kind", "passport"),
        ("document-number", "ZZ000778"),
        ("document-expires-year", "2030"),
        ("document-expires-month", "2"),
        ("document-expires-day", "28"),
        ("birth-date-year", "1990"),
        ("birth-date-month", "1"),
        ("birth-date-day", "31"),
        ("nationality", "CHN"),
        ("email", "twice@heron.example"),
        ("home-bank", "south"),
    ];
    for _ in 0..2 {
        let (status, page) = clerk.post(path, &typed).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    }
    assert_eq!(cases::of_organisation(&town.park.zone().cases, town.employer).count(), 1);
    assert_eq!(town.letters().await, 1, "the second link would be nobody's");
    town.log_verifies();
}

/// A visitor's form, filled in, with the key that it carries.
fn visitor() -> Vec<(&'static str, &'static str)> {
    [&APPLICATION[..], &[("once", "the-key-of-the-form")]].concat()
}

#[tokio::test]
async fn the_host_sends_a_visitor_a_new_link_and_another_organisations_clerk_does_not() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let path = "/en/employer/apply/visitor-pass";
    clerk.get(path).await;
    assert_eq!(clerk.post(path, &visitor()).await.0, StatusCode::SEE_OTHER);
    let zone = town.park.zone();
    let person = cases::of_organisation(&zone.cases, town.employer).next().unwrap().1.subject;
    assert_eq!(parties::person(&zone.parties, person).unwrap().host, Some(town.employer));
    assert_eq!(town.letters().await, 1, "the first link is on its way before the visitor loses it");
    let invite = format!("/en/employer/people/{person}/invite");
    let (_, people) = clerk.get("/en/employer/people?stage=confirming").await;
    assert!(people.contains(&invite), "{people}");
    let (status, page) = clerk.post(&invite, &[]).await;
    assert_eq!(status, StatusCode::OK);
    let secret = page.split_once(&format!("/enrol/{person}/")).unwrap().1.split(['"', '<']).next().unwrap().to_owned();
    assert!(town.park.invitation_is_good(person, &secret));
    assert_eq!(town.letters().await, 2);
    let mut other = town.browser_of(town.clerk_of_another().await).await;
    other.get("/en/employer").await;
    assert_eq!(other.post(&invite, &[]).await.0, StatusCode::FORBIDDEN);
    assert!(town.park.invitation_is_good(person, &secret), "the visitor's link still works");
    assert_eq!(town.letters().await, 2);
    town.log_verifies();
}

#[tokio::test]
async fn a_roster_that_is_uploaded_again_says_in_each_language_who_was_applied_for_before() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let file = rosters::template(base::Language::En);
    clerk.upload(ROSTER, file.as_bytes()).await;
    let people = town.park.zone().parties.persons.len();
    let (status, result) = clerk.upload(ROSTER, file.as_bytes()).await;
    assert_eq!((status, town.park.zone().parties.persons.len()), (StatusCode::SEE_OTHER, people));
    for (language, words) in [("en", "Applied for before"), ("zh-Hant", "之前已申請"), ("zh-Hans", "此前已申请")]
    {
        let (_, page) = clerk.get(&result.replacen("/en/", &format!("/{language}/"), 1)).await;
        assert!(page.contains(words), "{page}");
    }
    let (_, page) = clerk.get(&result).await;
    assert!(page.contains("Tai Man") && !page.contains("is being invited"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_visitors_document_is_held_to_its_check_digit_at_its_field() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let path = "/en/employer/apply/visitor-pass";
    clerk.get(path).await;
    let mut typed = visitor();
    typed.retain(|(name, _)| !["document-kind", "document-number"].contains(name));
    typed.extend([("document-kind", "hong-kong-identity-card"), ("document-number", "A123456(4)")]);
    let (status, page) = clerk.post(path, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-document-number-error\"") && page.contains("check digit does not fit"), "{page}");
    assert!(town.park.zone().cases.cases.is_empty());
    town.log_verifies();
}
