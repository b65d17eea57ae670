//! Conversations about time: an office is closed on the day, a clock runs out, a head looks at it.

use super::town::Town;
use axum::http::StatusCode;
use base::{Actor, Instant, Key};
use desk::Submission;

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

/// By the platform, at noon so many days later.
async fn remind(town: &Town, days: i64) -> usize {
    let at = town.park.now().plus(days * Instant::DAY);
    let due = cases::reminders(&town.park.zone().cases, &town.park.profile, at, 100);
    let commands: Vec<desk::Command> =
        due.into_iter().map(|(case, leg)| cases::Command::Remind { case, leg }.into()).collect();
    let count = commands.len();
    if count > 0 {
        let submission = Submission { actor: Actor::System, now: at, commands, key: None };
        town.park.desk.submit(submission).await.unwrap();
    }
    count
}

#[tokio::test]
async fn supervision_closes_offices_and_the_applicant_sees_the_new_date_and_why() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let mut applicant = town.browser_of(Actor::Person { person }).await;
    let (_, page) = applicant.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.contains("30 November 2026") && page.contains("26 November 2026"), "{page}");
    let mut supervisor = town.officer_of("hk-supervision").await;
    supervisor.get("/en/office/closures").await;
    let days = |kind: &'static str, day: &'static str| {
        [
            ("kind", kind),
            ("offices", ""),
            ("from-day", day),
            ("from-month", "11"),
            ("from-year", "2026"),
            ("from-part", "afternoon"),
            ("until-day", day),
            ("until-month", "11"),
            ("until-year", "2026"),
            ("until-part", "afternoon"),
        ]
    };
    let (status, page) = supervisor.post("/en/office/closures", &days("", "xx")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choose a cause") && page.contains("Enter a day"), "{page}");
    let (status, page) = supervisor.post("/en/office/closures", &days("gale", "25")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = applicant.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.contains("1 December 2026"), "a gale closes the whole day: {page}");
    assert!(page.contains("Tropical cyclone warning signal no. 8 or above"), "{page}");
    assert!(page.contains("26 November 2026"), "the other bank's date has not moved: {page}");
    let (_, page) = supervisor.get("/en/office/closures").await;
    assert!(page.contains("D-1") && page.contains("All offices of this side"), "{page}");
    let (status, _) = supervisor.post("/en/office/closures/D-1/void", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = applicant.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.contains("30 November 2026") && !page.contains("Tropical cyclone"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn an_officer_without_the_duty_reads_closures_and_enters_none() {
    let town = Town::new().await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    let (status, page) = officer.get("/en/office/closures").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Supervision enters closures") && !page.contains("Enter a closure"), "{page}");
    let posted = [("kind", "gale"), ("from-day", "25"), ("from-month", "11"), ("from-year", "2026")];
    let until = [("until-day", "25"), ("until-month", "11"), ("until-year", "2026")];
    let (status, page) = officer.post("/en/office/closures", &[&posted[..], &until[..]].concat()).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{page}");
}

#[tokio::test]
async fn a_breach_is_told_once_and_comes_before_the_head_who_may_hand_it_on() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    officer.get("/en/office").await;
    officer.post(&format!("/en/office/cases/{case}/legs/hong-kong/take"), &[]).await;
    let mut head = town.officer_of("hk-immigration").await;
    let (status, _) = head.get("/en/office/head").await;
    assert_eq!(status, StatusCode::FORBIDDEN, "an officer is no head");
    let zone = town.park.zone();
    let person = *zone.parties.officers[&key("hk-immigration")].get_max().unwrap();
    drop(zone);
    let appoint = parties::Command::AppointHead { person, office: key("hk-immigration") };
    town.park.desk.command(Actor::System, town.park.now(), appoint).await.unwrap();
    let (status, page) = head.get("/en/office/head").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Nothing late is before you") && page.contains("How this is reckoned"), "{page}");
    assert_eq!(remind(&town, 9).await, 2, "both banks' legs are late");
    assert_eq!(remind(&town, 9).await, 0, "and are told of once");
    let (_, page) = head.get("/en/office/head").await;
    assert!(page.contains(&format!("/en/office/cases/{case}\"")) && page.contains("Hand on"), "{page}");
    let (_, page) = officer.get("/en/office").await;
    assert!(page.contains("One of your cases is late"), "{page}");
    let (_, page) = officer.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("Brought before the head of the office"), "{page}");
    let hand_on = format!("/en/office/cases/{case}/legs/hong-kong/work/hand-on");
    let (_, page) = head.get("/en/office/head").await;
    assert!(page.contains(&hand_on), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_date_in_a_year_without_holidays_is_provisional_and_the_page_says_who_owes_them() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let (mut officer, ask) =
        (town.browser("immigration-officer-hong-kong").await, format!("/en/office/cases/{case}/legs/hong-kong/ask"));
    officer.get("/en/office").await;
    officer.post(&ask, &[("question", "Which laboratory?")]).await;
    // The answer comes on New Year's Eve: five days reach into a year that the calendar does not know.
    let zone = town.park.zone();
    let subject = parties::person(&zone.parties, person).unwrap().subject.clone();
    drop(zone);
    let answer = town.park.vault.seal(&subject, desk::context::ANSWER, b"the second").unwrap();
    let at = town.park.now().plus(38 * Instant::DAY);
    let command = cases::Command::Answer { case, leg: key("hong-kong"), answer };
    town.park.desk.command(Actor::Person { person }, at, command).await.unwrap();
    let mut applicant = town.browser_of(Actor::Person { person }).await;
    let (_, page) = applicant.get(&format!("/en/me/cases/{case}")).await;
    assert!(page.contains("the holidays of 2027 are not in the calendar yet"), "{page}");
    assert!(page.contains("Secretariat of the Steering Committee"), "{page}");
    assert!(page.contains("for an answer from the applicant"), "and when it stood: {page}");
}
