//! Conversations with people who try what is not theirs: another's case, pass or receipt by its number, a form with its
//! hidden fields edited, more than a form may hold.

use super::town::{Browser, Town};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::{Actor, CaseId, PersonId};
use cases::{LegState, Stage};
use permits::Status;
use tower::ServiceExt;

const SOUTH: &str = "immigration-officer-hong-kong";

fn subject(town: &Town, case: CaseId) -> PersonId {
    cases::case(&town.park.zone().cases, case).unwrap().subject
}

#[tokio::test]
async fn a_person_opens_nobody_elses_case_pass_or_receipt_by_its_number() {
    let town = Town::new().await;
    let (permit, holder) = town.pass().await;
    let of_holder = permits::permit(&town.park.zone().permits, permit).unwrap().issue.case;
    let own = town.applied().await;
    let mut stranger = town.browser_of(Actor::Person { person: subject(&town, own) }).await;
    let entry = cases::case(&town.park.zone().cases, of_holder).unwrap().entries[0];
    for path in [
        format!("/en/me/cases/{of_holder}"),
        format!("/en/me/cases/{of_holder}/confirm"),
        format!("/en/me/cases/{of_holder}/confirm/document"),
        format!("/en/me/cases/{of_holder}/confirm/consents/hong-kong-clearance"),
        format!("/en/me/cases/{of_holder}/receipts/{entry}"),
        format!("/en/passes/{permit}"),
        format!("/en/passes/{permit}/card"),
    ] {
        assert_eq!(stranger.get(&path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    // Nor another's receipt under the own case's number.
    let borrowed = format!("/en/me/cases/{own}/receipts/{entry}");
    assert_eq!(stranger.get(&borrowed).await.0, StatusCode::NOT_FOUND);
    stranger.get("/en/me").await;
    let size = town.park.desk.log().size();
    for (path, fields) in [
        (format!("/en/me/cases/{of_holder}/withdraw"), vec![]),
        (format!("/en/me/cases/{of_holder}/confirm"), vec![]),
        (
            format!("/en/me/cases/{of_holder}/confirm/consents/hong-kong-clearance"),
            vec![("version", "1"), ("answer", "agree")],
        ),
        (format!("/en/me/cases/{of_holder}/legs/hong-kong/answer"), vec![("answer-hong-kong", "I am them")]),
        (format!("/en/passes/{permit}/show"), vec![]),
        (format!("/en/passes/{permit}/card"), vec![]),
        (format!("/en/passes/{permit}/remove-key"), vec![("key", "x")]),
    ] {
        let (status, page) = stranger.post(&path, &fields).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {page}");
    }
    assert_eq!(town.park.desk.log().size(), size, "nothing was recorded");
    let zone = town.park.zone();
    assert_eq!(permits::permit(&zone.permits, permit).unwrap().issue.holder, holder);
    town.log_verifies();
}

#[tokio::test]
async fn another_organisations_clerk_reads_no_roster_mends_no_row_and_invites_nobody() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = subject(&town, case);
    let mut other = town.browser_of(town.clerk_of_another().await).await;
    let (_, people) = other.get("/en/employer/people").await;
    assert!(!people.contains(&case.to_string()) && !people.contains(&format!("people/{person}")), "{people}");
    for path in ["/en/employer/rosters/R-1", "/en/employer/rosters/R-1/rows/2"] {
        assert_eq!(other.get(path).await.0, StatusCode::NOT_FOUND, "{path}: to others it is not there");
    }
    let size = town.park.desk.log().size();
    for (path, fields, want) in [
        ("/en/employer/rosters/R-1/rows/2".to_owned(), vec![("email", "mine@example.org")], StatusCode::NOT_FOUND),
        (format!("/en/employer/people/{person}/invite"), vec![], StatusCode::FORBIDDEN),
        (format!("/en/me/cases/{case}/withdraw"), vec![], StatusCode::FORBIDDEN),
    ] {
        let (status, page) = other.post(&path, &fields).await;
        assert_eq!(status, want, "{path}: {page}");
    }
    assert_eq!(town.park.desk.log().size(), size);
    town.log_verifies();
}

#[tokio::test]
async fn no_officer_handles_what_is_their_own_employers() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut officer = town.browser_of(town.officer_of_the_employer().await).await;
    let (status, page) = officer.get(&format!("/en/office/cases/{case}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("officer-must-not-be-of-the-organisation"), "{page}");
    let leg = format!("/en/office/cases/{case}/legs/hong-kong");
    for (action, fields) in [
        ("take", vec![]),
        ("ask", vec![("question", "How are we?")]),
        ("decide", vec![("verdict", "approved"), ("reason", "one of us")]),
        ("decide", vec![("verdict", "refused"), ("reason", "one of us")]),
    ] {
        let (status, page) = officer.post(&format!("{leg}/{action}"), &fields).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{action}");
        assert!(page.contains("own employer"), "{action}: {page}");
    }
    let zone = town.park.zone();
    assert!(cases::case(&zone.cases, case).unwrap().legs.iter().all(|leg| leg.state == LegState::Open));
    town.log_verifies();
}

#[tokio::test]
async fn a_form_with_its_hidden_fields_edited_does_nothing() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut officer = town.browser(SOUTH).await;
    officer.get("/en/office").await;
    let mut holder = town.browser_of(Actor::Person { person }).await;
    holder.get("/en/me").await;
    let size = town.park.desk.log().size();
    let leg = format!("/en/office/cases/{case}/legs");
    let as_officer = [
        (format!("{leg}/hong-kong/decide"), vec![("verdict", "maybe"), ("reason", "x")], 400),
        (format!("{leg}/hong-kong/decide"), vec![("verdict", "refused"), ("reason", "")], 422),
        (format!("{leg}/no-such-leg/decide"), vec![("verdict", "approved"), ("reason", "x")], 404),
        (format!("{leg}/shenzhen/decide"), vec![("verdict", "approved"), ("reason", "x")], 403),
        (format!("/en/office/passes/{permit}/suspend"), vec![("suspend-reason", "consent-withdrawn")], 422),
        (format!("/en/office/passes/{permit}/revoke"), vec![("revoke-reason", "case-decided")], 422),
        (format!("/en/office/passes/{permit}/erase"), vec![("erase-reason", "lost")], 404),
        ("/en/office/passes/T-99/revoke".to_owned(), vec![("revoke-reason", "lost")], 404),
        ("/en/office/open-items/X-1/settle".to_owned(), vec![("settlement", "let-everybody-pass")], 400),
        ("/en/office/open-items/X-1/settle".to_owned(), vec![("settlement", "let-pass")], 409),
    ];
    for (path, fields, want) in &as_officer {
        let (status, page) = officer.post(path, fields).await;
        assert_eq!(status.as_u16(), *want, "{path} {fields:?}: {page}");
    }
    for (path, fields, want) in [
        ("/en/me/consents/shenzhen-clearance/again", vec![("version", "7")], 409),
        ("/en/me/settings", vec![("language", "tlh")], 400),
        ("/en/capacity", vec![("capacity", "officer:P-2:hk-immigration")], 403),
    ] {
        let (status, page) = holder.post(path, &fields).await;
        assert_eq!(status.as_u16(), want, "{path} {fields:?}: {page}");
    }
    assert_eq!(town.park.desk.log().size(), size, "nothing was recorded");
    let zone = town.park.zone();
    assert_eq!(permits::permit(&zone.permits, permit).unwrap().status, Status::Valid);
    assert_eq!(cases::case(&zone.cases, case).unwrap().stage, Stage::Deciding);
    town.log_verifies();
}

async fn send(town: &Town, browser: &Browser, path: &str, kind: &str, body: Vec<u8>) -> StatusCode {
    let request = Request::post(path).header(header::COOKIE, browser.cookie()).header(header::CONTENT_TYPE, kind);
    town.service.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap().status()
}

#[tokio::test]
async fn a_form_or_file_that_is_too_long_is_refused_before_anything_is_made_of_it() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    clerk.get("/en/employer").await;
    let size = town.park.desk.log().size();
    let form = "application/x-www-form-urlencoded";
    let text = format!("csrf={}&family-name={}", clerk.csrf(), "x".repeat(300_000));
    let path = "/en/employer/apply/commuter-pass";
    assert_eq!(send(&town, &clerk, path, form, text.into_bytes()).await, StatusCode::PAYLOAD_TOO_LARGE);
    let fields = format!("csrf={}{}", clerk.csrf(), "&x=1".repeat(1_000));
    assert_eq!(send(&town, &clerk, path, form, fields.into_bytes()).await, StatusCode::PAYLOAD_TOO_LARGE);
    let roster = "/en/employer/roster/commuter-pass";
    let (status, _) = clerk.upload(roster, &vec![b'x'; 9_000_000]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(&town, &clerk, roster, "text/csv", b"a,b".to_vec()).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(town.park.desk.log().size(), size);
    town.log_verifies();
}
