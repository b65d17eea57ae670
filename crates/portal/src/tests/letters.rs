//! Conversations about letters: the person gets theirs, others do not, and whoever holds one finds out whether it is
//! genuine.

use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::{Actor, CaseId, LetterId};

const CODE_LENGTH: usize = 19;

/// A decided case, and its person signed in.
async fn decided(town: &Town) -> (CaseId, Browser) {
    let (permit, holder) = town.pass().await;
    let case = permits::permit(&town.park.zone().permits, permit).unwrap().issue.case;
    (case, town.browser_of(Actor::Person { person: holder }).await)
}

/// The letter that a person asks for on the page of the case, in the page's language.
async fn asked_for(browser: &mut Browser, language: &str, case: CaseId, kind: &str) -> LetterId {
    browser.get(&format!("/{language}/me/cases/{case}")).await;
    let (status, location) = browser.post(&format!("/{language}/me/cases/{case}/letters/{kind}"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{location}");
    location.rsplit('/').next().unwrap().parse().unwrap()
}

/// What stands behind the QR code of a letter, read from its text as a reader's program would.
async fn code_on(town: &Town, letter: LetterId) -> String {
    let pdf = town.park.letter_pdf(letter).await.unwrap();
    let text = press_text(&pdf);
    let start = text.find(&format!("/verify/{letter}/")).expect("the address is a link of the PDF");
    let code = text[start..].trim_start_matches(&format!("/verify/{letter}/"));
    code[..CODE_LENGTH].to_owned()
}

/// Links stand in a PDF as they are, outside of what is compressed.
fn press_text(pdf: &[u8]) -> String {
    String::from_utf8_lossy(pdf).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_gets_the_decision_in_three_languages_and_each_is_written_once() {
    let town = Town::new().await;
    let (case, mut person) = decided(&town).await;
    let mut letters = Vec::new();
    for language in ["zh-Hant", "zh-Hans", "en"] {
        let letter = asked_for(&mut person, language, case, "decision").await;
        assert_eq!(asked_for(&mut person, language, case, "decision").await, letter, "written once");
        let (status, pdf) = person.get(&format!("/{language}/letters/{letter}")).await;
        assert!(status == StatusCode::OK && pdf.starts_with("%PDF-1.7"), "{status}");
        letters.push(letter);
    }
    let certificate = asked_for(&mut person, "en", case, "certificate").await;
    letters.push(certificate);
    letters.dedup();
    assert_eq!(letters.len(), 4);
    let (_, page) = person.get(&format!("/en/me/cases/{case}")).await;
    for letter in letters {
        assert!(page.contains(&format!("/en/letters/{letter}")), "{letter} is not on the page");
    }
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_reads_a_letter_and_an_office_only_what_the_other_bank_did_not_write() {
    let town = Town::new().await;
    let (case, mut person) = decided(&town).await;
    let decision = asked_for(&mut person, "en", case, "decision").await;
    let certificate = asked_for(&mut person, "en", case, "certificate").await;
    let other = town.applied().await;
    let stranger = cases::case(&town.park.zone().cases, other).unwrap().subject;
    let mut stranger = town.browser_of(Actor::Person { person: stranger }).await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let mut north = town.browser("inspection-officer-shenzhen").await;
    for (browser, of_decision, of_certificate) in [
        (&mut stranger, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        (&mut clerk, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        (&mut north, StatusCode::FORBIDDEN, StatusCode::OK),
    ] {
        for (letter, wanted) in [(decision, of_decision), (certificate, of_certificate)] {
            let (status, page) = browser.get(&format!("/en/letters/{letter}")).await;
            assert_eq!(status, wanted, "{letter}: {}", page.chars().take(400).collect::<String>());
        }
    }
    let (_, page) = north.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains(&decision.to_string()) && !page.contains(&format!("/letters/{decision}")), "{page}");
    let size = town.park.desk.log().size();
    stranger.get("/en/me").await;
    let (status, _) = stranger.post(&format!("/en/me/cases/{case}/letters/decision"), &[]).await;
    assert_eq!((status, town.park.desk.log().size()), (StatusCode::FORBIDDEN, size));
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_letter_about_what_was_not_decided_or_issued() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = cases::case(&town.park.zone().cases, case).unwrap().subject;
    let mut person = town.browser_of(Actor::Person { person }).await;
    for kind in ["decision", "certificate", "asked", "nonsense"] {
        person.get(&format!("/en/me/cases/{case}")).await;
        let (status, _) = person.post(&format!("/en/me/cases/{case}/letters/{kind}"), &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_a_letter_learns_that_it_is_genuine_and_whether_the_file_is_unchanged() {
    let town = Town::new().await;
    let (case, mut person) = decided(&town).await;
    let letter = asked_for(&mut person, "en", case, "certificate").await;
    let code = code_on(&town, letter).await;
    let pdf = town.park.letter_pdf(letter).await.unwrap();
    let mut anybody = town.visitor();
    let (status, location) = anybody.get(&format!("/verify/{letter}/{code}")).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, &*format!("/zh-Hant/verify/{letter}/{code}")));
    for language in ["zh-Hant", "zh-Hans", "en"] {
        let (status, page) = anybody.get(&format!("/{language}/verify/{letter}/{code}")).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(page.contains("T-1"), "{page}");
    }
    let path = format!("/en/verify/{letter}/{code}");
    let (_, page) = anybody.get(&path).await;
    assert!(page.contains("Genuine") && page.contains("In force"), "{page}");
    let holder = cases::case(&town.park.zone().cases, case).unwrap().subject;
    let name = town.park.name_of(holder);
    assert!(!page.contains(&name) && !page.contains(&holder.to_string()), "nothing says whose it is: {page}");
    let (_, page) = anybody.upload(&path, &pdf).await;
    assert!(page.contains("exactly the one that we wrote"), "{page}");
    let mut changed = pdf.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let (_, page) = anybody.upload(&path, &changed).await;
    assert!(page.contains("not the one that we wrote"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_without_its_code_is_as_unknown_as_one_that_never_was() {
    let town = Town::new().await;
    let (case, mut person) = decided(&town).await;
    let letter = asked_for(&mut person, "en", case, "decision").await;
    let mut anybody = town.visitor();
    let wrong = "0000-0000-0000-0000";
    let (status, page) = anybody.get(&format!("/en/verify/{letter}/{wrong}")).await;
    let (never_status, never) = anybody.get(&format!("/en/verify/L-99/{wrong}")).await;
    assert_eq!((status, never_status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    // The field's hint has an example of its own.
    let plain = |page: &str| page.replace("L-1042", "").replace(&letter.to_string(), "L-99");
    assert_eq!(plain(&page), plain(&never), "the two pages say the same");
    // Whoever goes on guessing is made to wait.
    let mut statuses = Vec::new();
    for _ in 0..80 {
        statuses.push(anybody.get(&format!("/en/verify/{letter}/{wrong}")).await.0);
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_a_revoked_permit_stays_genuine_and_is_said_to_have_ended() {
    let town = Town::new().await;
    let (case, mut person) = decided(&town).await;
    let letter = asked_for(&mut person, "en", case, "certificate").await;
    let code = code_on(&town, letter).await;
    let permit = permits::of_case(&town.park.zone().permits, case).unwrap();
    let revoke = permits::Command::Revoke { permit, reason: permits::Reason::CaseDecided, note: None };
    town.park.desk.command(Actor::System, town.park.now(), revoke).await.unwrap();
    let (status, page) = town.visitor().get(&format!("/en/verify/{letter}/{code}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Genuine") && page.contains("Ended, no longer in force"), "{page}");
}
