//! Conversations of a clerk who applies for a family or a team in one go.

use super::town::Town;
use axum::http::StatusCode;
use cases::Stage;

const TEAM: &str = "/en/employer/team/visitor-pass";

/// What is the same for everybody.
fn common() -> Vec<(String, String)> {
    [
        ("requested-day-year", "2026"),
        ("requested-day-month", "11"),
        ("requested-day-day", "25"),
        ("purpose", "A meeting about organoids"),
        ("host-name", "Kap"),
        ("host-vouches", "on"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec()
}

fn person(place: usize, family: &str, number: &str) -> Vec<(String, String)> {
    [
        ("family-name", family),
        ("document-kind", "passport"),
        ("document-number", number),
        ("document-expires-year", "2030"),
        ("document-expires-month", "2"),
        ("document-expires-day", "28"),
        ("birth-date-year", "1990"),
        ("birth-date-month", "1"),
        ("birth-date-day", "31"),
        ("nationality", "GBR"),
        ("email", "visitor@guest.example"),
        ("home-bank", "south"),
    ]
    .map(|(name, text)| (format!("people/{place}/{name}"), text.to_owned()))
    .to_vec()
}

fn pairs(typed: &[(String, String)]) -> Vec<(&str, &str)> {
    typed.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

#[tokio::test]
async fn each_of_a_team_has_a_case_of_their_own_and_all_are_opened_or_none() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let (status, page) = clerk.get(TEAM).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (_, first) = clerk.get("/en/employer").await;
    assert!(first.contains(TEAM), "the clerk finds the way there");
    let mut typed = [common(), person(0, "Nightingale", "ZZ000777"), person(1, "Robin", "ZZ00077?")].concat();
    let (status, page) = clerk.post(TEAM, &pairs(&typed)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-people/1/document-number-error\"") && page.contains("Person 2:"), "{page}");
    assert!(page.contains("Nightingale") && page.contains("A meeting about organoids"), "nothing is lost");
    assert_eq!(town.park.zone().cases.cases.len(), 0);
    typed = [common(), person(0, "Nightingale", "ZZ000777"), person(1, "Robin", "ZZ000778")].concat();
    let (status, to) = clerk.post(TEAM, &pairs(&typed)).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/employer/people?done=applied-for-team"));
    let zone = town.park.zone();
    let opened: Vec<_> = zone.cases.cases.values().collect();
    assert_eq!(opened.len(), 2);
    assert_ne!(opened[0].subject, opened[1].subject);
    assert!(opened.iter().all(|case| case.stage == Stage::Confirming && case.requested_day.is_some()));
    town.log_verifies();
}

#[tokio::test]
async fn the_same_person_twice_too_many_people_and_nobody_are_refused() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    clerk.get(TEAM).await;
    let twice = [common(), person(0, "Nightingale", "ZZ000777"), person(1, "Robin", "zz 000777")].concat();
    let (status, page) = clerk.post(TEAM, &pairs(&twice)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("is the same as somebody else"), "{page}");
    let (status, page) = clerk.post(TEAM, &pairs(&common())).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    // A row more, and a row less: everything else stays.
    let mut one = [common(), person(0, "Nightingale", "ZZ000777")].concat();
    one.push(("add".to_owned(), "people".to_owned()));
    let (status, page) = clerk.post(TEAM, &pairs(&one)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("people/1/family-name") && page.contains("Nightingale"), "{page}");
    one.pop();
    one.push(("remove".to_owned(), "people/0".to_owned()));
    let (_, page) = clerk.post(TEAM, &pairs(&one)).await;
    assert!(!page.contains("Nightingale") && page.contains("A meeting about organoids"), "{page}");
    assert_eq!(clerk.get("/en/employer/team/commuter-pass").await.0, StatusCode::NOT_FOUND);
    assert_eq!(town.park.zone().cases.cases.len(), 0);
}
