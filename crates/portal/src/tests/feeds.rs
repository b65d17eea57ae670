//! Conversations about calendars: made, read by a program that cannot sign in, replaced, closed.

use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::{Actor, Key};
use std::io::Write;
use std::process::{Command, Stdio};

/// The path of the address that the settings page shows in the card with this field.
async fn address(browser: &mut Browser, field: &str) -> String {
    let (status, page) = browser.get("/en/me/settings").await;
    assert_eq!(status, StatusCode::OK);
    let (_, rest) = page.split_once(&format!("name=\"{field}\"")).unwrap_or_else(|| panic!("no {field}: {page}"));
    let (_, rest) = rest.split_once("http://localhost:8080").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn make(browser: &mut Browser, office: &str) {
    browser.get("/en/me/settings").await;
    let (status, to) = browser.post("/en/me/settings/feeds", &[("office", office), ("do", "make")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
}

/// What the PyPI package `icalendar` makes of it: days and summaries; nothing where it is not installed.
fn parsed(calendar: &str) -> Option<String> {
    let python = std::env::var_os("HETAO_PYTHON")?;
    let script = "import sys, icalendar\n\
                  c = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\n\
                  for e in c.walk('VEVENT'): print(e['DTSTART'].dt, e['UID'], e['SUMMARY'])\n";
    let mut child =
        Command::new(python).args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(calendar.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "icalendar does not read {calendar}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_makes_a_calendar_of_their_own_replaces_and_closes_it() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let mut own = town.browser_of(Actor::Person { person }).await;
    make(&mut own, "").await;
    let first = address(&mut own, "feed-own").await;
    let (status, calendar) = town.visitor().get(&first).await;
    assert_eq!(status, StatusCode::OK);
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains(&format!("{case}-hong-kong-decision")));
    assert!(!calendar.contains(&town.park.name_of(person)), "no names: {calendar}");
    if let Some(parsed) = parsed(&calendar) {
        let zone = town.park.zone();
        let leg = &cases::case(&zone.cases, case).unwrap().legs[0];
        let due = cases::due(&zone.cases, &town.park.profile, leg).unwrap();
        assert!(parsed.contains(&due.to_string()) && parsed.contains(&case.to_string()), "{parsed}");
    }
    make(&mut own, "").await;
    let second = address(&mut own, "feed-own").await;
    assert_eq!(town.visitor().get(&first).await.0, StatusCode::NOT_FOUND, "replaced");
    assert_eq!(town.visitor().get(&second).await.0, StatusCode::OK);
    let (status, _) = own.post("/en/me/settings/feeds", &[("office", ""), ("do", "close")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(town.visitor().get(&second).await.0, StatusCode::NOT_FOUND, "closed");
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officers_calendar_is_the_offices_queue_until_the_officer_leaves() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let office = "hk-immigration";
    let mut officer = town.officer_of(office).await;
    make(&mut officer, office).await;
    let path = address(&mut officer, &format!("feed-{office}")).await;
    let (_, calendar) = town.visitor().get(&path).await;
    assert!(calendar.contains(&format!("{case}-hong-kong-decision")), "{calendar}");
    let (status, _) = officer.post("/en/me/settings/feeds", &[("office", "sz-exit-entry"), ("do", "make")]).await;
    assert_ne!(status, StatusCode::SEE_OTHER, "an office that is not theirs");
    let zone = town.park.zone();
    let office = Key::new(office).unwrap();
    let newest = zone.parties.persons.iter().rev().find(|(_, person)| person.offices.contains(&office)).unwrap();
    let relieve = parties::Command::RelieveOfficer { person: *newest.0, office };
    town.park.desk.command(Actor::System, town.park.now(), relieve).await.unwrap();
    assert_eq!(town.visitor().get(&path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_nobody_made_is_not_there_and_guessing_is_slowed_down() {
    let town = Town::new().await;
    let mut anybody = town.visitor();
    assert_eq!(anybody.get("/feeds/x").await.0, StatusCode::NOT_FOUND);
    let mut statuses = Vec::new();
    for _ in 0..80 {
        statuses.push(anybody.get("/feeds/0123456789abcdef0123456789abcdef.ics").await.0);
    }
    assert_eq!(statuses[0], StatusCode::NOT_FOUND);
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}
