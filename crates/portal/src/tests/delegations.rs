//! A clerk lets somebody act for the organisation for a while; they accept, apply within what was given, and stop.

use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::{Actor, PersonId};

pub(super) const VISITOR: &str = "/en/employer/apply/visitor-pass";

/// Today, and to the end of the year.
pub(super) const DAYS: [(&str, &str); 6] = [
    ("from-year", "2026"),
    ("from-month", "11"),
    ("from-day", "23"),
    ("until-year", "2026"),
    ("until-month", "12"),
    ("until-day", "31"),
];

fn given() -> Vec<(&'static str, &'static str)> {
    let what = [
        ("services", "some"),
        ("service", "visitor-pass"),
        ("act", "apply"),
        ("act", "withdraw"),
        ("applications", "1"),
    ];
    what.into_iter().chain(DAYS).collect()
}

pub(super) const APPLICATION: [(&str, &str); 18] = [
    ("requested-day-year", "2026"),
    ("requested-day-month", "11"),
    ("requested-day-day", "25"),
    ("family-name", "Nightingale"),
    ("document-kind", "passport"),
    ("document-number", "ZZ000777"),
    ("document-expires-year", "2030"),
    ("document-expires-month", "2"),
    ("document-expires-day", "28"),
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

/// Somebody who has nothing to do with the employer, and their number.
pub(super) async fn outsider(town: &Town) -> (Browser, PersonId) {
    let browser = town.leaver_named("Siskin", "Ada").await;
    let person = town.park.zone().parties.persons.get_max().unwrap().0;
    (browser, person)
}

/// The clerk offers it, the outsider accepts and takes the capacity up.
async fn accepted(town: &Town) -> (Browser, Browser, PersonId) {
    let mut clerk = town.browser("clerk-hong-kong").await;
    let (delegate, person) = outsider(town).await;
    let (_, mut delegate, _) = taken_up(town, delegate, person, &given()).await;
    let (_, page) = clerk.get("/en/employer/delegations").await;
    assert!(page.contains("Siskin") && page.contains("In force"), "{page}");
    let (_, page) = delegate.get("/en/me/delegations/M-1").await;
    assert!(page.contains("1 at the most") && page.contains("31 December 2026"), "{page}");
    (clerk, delegate, person)
}

/// The clerk offers this, they accept it and take the capacity up.
pub(super) async fn taken_up(
    town: &Town,
    mut delegate: Browser,
    person: PersonId,
    given: &[(&str, &str)],
) -> (Browser, Browser, PersonId) {
    let mut clerk = town.browser("clerk-hong-kong").await;
    clerk.get("/en/employer/delegations").await;
    let number = person.to_string();
    let form: Vec<(&str, &str)> = given.iter().copied().chain([("person", number.as_str())]).collect();
    let (status, to) = clerk.post("/en/employer/delegations", &form).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/employer/delegations/M-1?done=delegation-offered"));
    let (_, page) = clerk.get(&to).await;
    assert!(!page.contains("Siskin"), "a clerk learns no name by typing a number: {page}");
    let (_, page) = delegate.get("/en/me").await;
    assert!(page.contains("Answer the delegation that Heron offers you"), "{page}");
    let (_, page) = delegate.get("/en/me/delegations/M-1").await;
    assert!(page.contains("Accept"), "{page}");
    let (status, _) = delegate.post("/en/me/delegations/M-1/accept", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let capacity = format!("delegate:{person}:{}:M-1", town.employer);
    let (status, to) = delegate.post("/en/capacity", &[("capacity", &capacity)]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/employer"));
    (clerk, delegate, person)
}

#[tokio::test]
async fn a_delegate_applies_within_what_was_given_and_the_clerks_see_it() {
    let town = Town::new().await;
    let (mut clerk, mut delegate, person) = accepted(&town).await;
    let (_, page) = delegate.get("/en/employer").await;
    assert!(page.contains("Delegate, Heron (until 31 December 2026)"), "{page}");
    assert!(page.contains("employer/apply/visitor-pass"), "what was given is offered: {page}");
    assert!(!page.contains("employer/apply/commuter-pass"), "what was not is not: {page}");
    assert!(!page.contains("employer/roster") && !page.contains("employer/delegations"), "{page}");
    let (status, page) = delegate.get("/en/employer/apply/commuter-pass").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("This delegation is not for this service."), "{page}");
    assert!(page.contains("Leave it to a clerk of the organisation"), "{page}");
    delegate.get(VISITOR).await;
    let (status, to) = delegate.post(VISITOR, &APPLICATION).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/employer/people?done=applied"), "{to}");
    let zone = town.park.zone();
    let (id, case) = cases::of_delegation(&zone.cases, base::DelegationId(1)).next().unwrap();
    assert_eq!((case.applicant, case.organisation), (person, Some(town.employer)));
    let (_, people) = delegate.get("/en/employer/people").await;
    assert!(people.contains("Nightingale"), "{people}");
    let (_, page) = clerk.get("/en/employer/delegations/M-1").await;
    assert!(page.contains("Siskin") && page.contains(&id.to_string()) && page.contains("1 made, of 1"), "{page}");
    let (_, page) = clerk.get(&format!("/en/me/cases/{id}")).await;
    assert!(page.contains(&format!("{person} for Heron")), "the history says who it was, and for whom: {page}");
    let (_, page) = delegate.get(VISITOR).await;
    assert!(page.contains("As many applications as this delegation allows have been made."), "{page}");
    let (status, _) = delegate.get("/en/employer/delegations").await;
    assert_eq!(status, StatusCode::FORBIDDEN, "it is not passed on");
    let (status, page) = delegate.get("/en/employer/roster/commuter-pass").await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn what_the_organisation_does_itself_is_not_the_delegates_to_see() {
    let town = Town::new().await;
    let (_, mut delegate, _) = accepted(&town).await;
    let case = town.applied().await;
    let (_, people) = delegate.get("/en/employer/people").await;
    assert!(!people.contains(&format!("{case}<")), "{people}");
    let (status, _) = delegate.get(&format!("/en/me/cases/{case}")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn once_it_is_ended_the_delegate_is_nobody_to_the_organisation() {
    let town = Town::new().await;
    let (mut clerk, mut delegate, person) = accepted(&town).await;
    delegate.get(VISITOR).await;
    delegate.post(VISITOR, &APPLICATION).await;
    let zone = town.park.zone();
    let (id, _) = cases::of_delegation(&zone.cases, base::DelegationId(1)).next().unwrap();
    let (status, page) = delegate.get(&format!("/en/me/cases/{id}")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (status, _) = clerk.post("/en/employer/delegations/M-1/end", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for path in ["/en/employer", "/en/employer/people", VISITOR] {
        assert_eq!(delegate.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    let (status, page) = delegate.get(&format!("/en/me/cases/{id}")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("This delegation is not in force"), "{page}");
    let (status, _) = delegate.post(&format!("/en/me/cases/{id}/withdraw"), &[]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let capacity = format!("delegate:{person}:{}:M-1", town.employer);
    let (status, _) = delegate.post("/en/capacity", &[("capacity", &capacity)]).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "it cannot be taken up again");
    let (_, page) = delegate.get("/en/me/delegations/M-1").await;
    assert!(page.contains("Ended early"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn nobody_else_sees_answers_or_ends_a_delegation() {
    let town = Town::new().await;
    let (_, _, person) = accepted(&town).await;
    let another = town.clerk_of_another().await;
    let mut stranger = town.browser_of(another.clone()).await;
    for path in ["/en/employer/delegations/M-1", "/en/me/delegations/M-1"] {
        assert_eq!(stranger.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    for what in ["accept", "decline", "end"] {
        let (status, _) = stranger.post(&format!("/en/me/delegations/M-1/{what}"), &[]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{what}");
    }
    let (status, _) = stranger.post("/en/employer/delegations/M-1/end", &[]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    // A session that claims somebody else's delegation acts for nobody.
    let Actor::Clerk { person: thief, .. } = another else { unreachable!() };
    assert_ne!(thief, person);
    let claimed = Actor::Delegate { person: thief, organisation: town.employer, delegation: base::DelegationId(1) };
    let mut claiming = town.browser_of(claimed).await;
    assert_eq!(claiming.get("/en/employer").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_form_that_leaves_something_out_comes_back_with_what_was_typed() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let path = "/en/employer/delegations";
    clerk.get(path).await;
    let (status, page) = clerk.post(path, &[("person", "nobody"), ("services", "some"), ("from-day", "31")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["person", "service", "act", "from", "until"] {
        assert!(page.contains(&format!("id=\"field-{field}-error\"")), "{field}: {page}");
    }
    assert!(page.contains("value=\"nobody\""), "{page}");
    let (_, person) = outsider(&town).await;
    let number = person.to_string();
    let too_long = given().into_iter().map(|(name, text)| (name, if name == "until-year" { "2028" } else { text }));
    let form: Vec<(&str, &str)> = too_long.chain([("person", number.as_str())]).collect();
    let (status, page) = clerk.post(path, &form).await;
    assert_eq!(status, StatusCode::CONFLICT, "{page}");
    assert!(page.contains("lasts 365 days at the most"), "{page}");
}
