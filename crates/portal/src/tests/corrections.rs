//! A correction, as who asks for it and who checks it see it: what was said before, and what is said now.

use super::delegations::{APPLICATION, VISITOR};
use super::town::Town;
use axum::http::StatusCode;
use base::Actor;

#[tokio::test]
async fn a_correction_shows_old_and_new_beside_each_other_and_folds_the_rest() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    clerk.get(VISITOR).await;
    let (status, page) = clerk.post(VISITOR, &APPLICATION).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let first = cases::of_organisation(&town.park.zone().cases, town.employer).next().unwrap().0;
    let person = town.submit(first).await;
    for (office, leg) in [("hk-immigration", "hong-kong"), ("sz-exit-entry", "shenzhen")] {
        let mut officer = town.officer_of(office).await;
        officer.get("/en/office").await;
        let decide = format!("/en/office/cases/{first}/legs/{leg}/decide");
        officer.post(&decide, &[("reason", "in order"), ("verdict", "approved")]).await;
    }
    let mut holder = town.browser_of(Actor::Person { person }).await;
    let change = format!("/en/me/cases/{first}/change/correct");
    let (_, form) = holder.get(&change).await;
    assert!(form.contains("A meeting"), "what was said first is offered again: {form}");
    let corrected = APPLICATION.map(|(name, text)| (name, if name == "purpose" { "A lecture" } else { text }));
    let (status, to) = holder.post(&change, &corrected).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (_, page) = holder.get(&to).await;
    assert_beside(&page);
    let second = to.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    let mut officer = town.officer_of("hk-immigration").await;
    let (_, page) = officer.get(&format!("/en/office/cases/{second}")).await;
    assert_beside(&page);
    town.log_verifies();
}

/// The one changed answer in a row of its own, everything else behind a disclosure.
#[track_caller]
fn assert_beside(page: &str) {
    let (_, table) = page.split_once("What is corrected").unwrap_or_else(|| panic!("{page}"));
    let (table, rest) = table.split_once("</table>").unwrap();
    assert!(table.contains("A meeting") && table.contains("A lecture"), "{table}");
    assert!(!table.contains("Nightingale"), "what did not change is not in the table: {table}");
    assert!(rest.contains("Unchanged answers"), "{rest}");
}
