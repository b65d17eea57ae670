//! What a delegate does for the organisation besides single applications: rosters, signatures, tokens of programs.

use super::delegations::{DAYS, outsider, taken_up};
use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::{Actor, CaseId, DelegationId, Language, RosterId};

const ROSTER: &str = "/en/employer/roster/commuter-pass";
const MANDATE: [(&str, &str); 3] = [("services", "some"), ("service", "commuter-pass"), ("act", "apply")];

/// A clerk, and a delegate who may apply for so many commuter passes.
async fn mandate(town: &Town, applications: &str) -> (Browser, Browser) {
    let (delegate, person) = outsider(town).await;
    let form: Vec<(&str, &str)> = MANDATE.into_iter().chain(DAYS).chain([("applications", applications)]).collect();
    let (clerk, delegate, _) = taken_up(town, delegate, person, &form).await;
    (clerk, delegate)
}

/// A roster of people by number, the last of whom was born in the future.
fn roster(numbers: std::ops::RangeInclusive<u32>, last_is_faulty: bool) -> String {
    let template = rosters::template(Language::En);
    let (header, example) = template.split_once("\r\n").unwrap();
    let last = *numbers.end();
    let rows = numbers.map(|number| {
        let row = example
            .trim_end()
            .replace("E-0001", &format!("E-{number:04}"))
            .replace("ZZ0000001", &format!("ZZ{number:07}"))
            .replace("tai.man.chan@", &format!("person-{number}@"));
        if last_is_faulty && number == last { row.replace("1990-01-31", "2990-01-31") } else { row }
    });
    format!("{header}\r\n{}\r\n", rows.collect::<Vec<_>>().join("\r\n"))
}

fn made(town: &Town) -> usize {
    cases::of_delegation(&town.park.zone().cases, DelegationId(1)).count()
}

#[tokio::test]
async fn a_delegate_uploads_a_roster_and_mends_a_row_of_it_within_the_limit_of_applications() {
    let town = Town::new().await;
    let (mut clerk, mut delegate) = mandate(&town, "3").await;
    let (_, page) = delegate.get("/en/employer").await;
    assert!(page.contains("employer/roster/commuter-pass"), "what was given is offered: {page}");
    let (_, page) = delegate.get(ROSTER).await;
    assert!(page.contains("Applications left under your delegation: 3"), "{page}");
    let (status, page) = delegate.upload(ROSTER, roster(1..=4, false).as_bytes()).await;
    assert_eq!(status, StatusCode::CONFLICT, "{page}");
    assert!(page.contains("come to 4 applications, and your delegation has 3 left"), "{page}");
    let zone = town.park.zone();
    assert!(zone.cases.rosters.is_empty() && made(&town) == 0, "nothing was applied for");
    let (status, to) = delegate.upload(ROSTER, roster(1..=3, true).as_bytes()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(made(&town), 2);
    let (_, page) = delegate.get("/en/employer").await;
    assert!(page.contains("employer/rosters/R-1"), "{page}");
    let (_, page) = delegate.get(&to).await;
    assert!(page.contains("rows/4\""), "{page}");
    let row = town.park.roster_rows(RosterId(1)).await.unwrap().faulty.remove(0);
    let path = format!("/en/employer/rosters/R-1/rows/{}", row.line);
    delegate.get(&path).await;
    let mut typed: Vec<(&str, &str)> = row.cells.iter().map(|cell| (cell.column.name(), cell.text.as_str())).collect();
    typed.retain(|(name, _)| *name != "birth-date");
    typed.push(("birth-date", "1990-01-31"));
    let (status, to) = delegate.post(&path, &typed).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(made(&town), 3);
    let (status, page) = delegate.upload(ROSTER, roster(5..=5, false).as_bytes()).await;
    assert_eq!(status, StatusCode::CONFLICT, "{page}");
    assert!(page.contains("your delegation has 0 left"), "{page}");
    let (status, page) = clerk.get("/en/employer/rosters/R-1").await;
    assert_eq!(status, StatusCode::OK, "the organisation's clerks see it: {page}");
    let (status, _) = delegate.upload("/en/employer/roster/resident-pass", roster(6..=6, false).as_bytes()).await;
    assert!(status.is_client_error(), "{status}");
    town.log_verifies();
}

#[tokio::test]
async fn a_delegate_sees_rosters_of_the_delegation_and_after_its_end_none() {
    let town = Town::new().await;
    let (mut clerk, mut delegate) = mandate(&town, "").await;
    let (status, page) = clerk.upload(ROSTER, roster(1..=2, true).as_bytes()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (status, page) = delegate.get("/en/employer/rosters/R-1").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("You see and correct the rosters that were uploaded under this delegation"), "{page}");
    assert_eq!(delegate.get("/en/employer/rosters/R-1/rows/3").await.0, StatusCode::FORBIDDEN);
    let (_, page) = delegate.get("/en/employer").await;
    assert!(!page.contains("rosters/R-1"), "{page}");
    // Who is on the clerk's roster was applied for, and how that stands is not the delegate's to see.
    let (status, to) = delegate.upload(ROSTER, roster(1..=2, false).as_bytes()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (_, page) = delegate.get(&to).await;
    assert!(page.contains("Rows about them (1)") && !page.contains("Waiting for the person"), "{page}");
    assert_eq!(made(&town), 1);
    let mut stranger = town.browser_of(town.clerk_of_another().await).await;
    assert_eq!(stranger.get("/en/employer/rosters/R-2").await.0, StatusCode::NOT_FOUND);
    assert_eq!(clerk.post("/en/employer/delegations/M-1/end", &[]).await.0, StatusCode::SEE_OTHER);
    for path in [ROSTER, "/en/employer/rosters/R-2"] {
        assert_eq!(delegate.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(delegate.upload(ROSTER, roster(7..=7, false).as_bytes()).await.0, StatusCode::FORBIDDEN);
    town.log_verifies();
}

#[tokio::test]
async fn of_two_rosters_at_once_that_together_are_too_many_one_is_refused() {
    let town = Town::new().await;
    let (_, delegate) = mandate(&town, "3").await;
    let Some((_, known)) = town.park.zone().parties.delegations.all.get_max().cloned() else { unreachable!() };
    drop(delegate);
    let actor = Actor::Delegate { person: known.delegate, organisation: town.employer, delegation: DelegationId(1) };
    let service = base::Key::new("commuter-pass").unwrap();
    let (one, other) = (roster(1..=2, false), roster(3..=4, false));
    let upload = |file: String| {
        let (park, actor, service, employer) = (town.park.clone(), actor.clone(), service.clone(), town.employer);
        async move { park.upload_roster(&actor, employer, &service, file.as_bytes(), None).await }
    };
    let (one, other) = tokio::join!(upload(one), upload(other));
    let refused = [one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    let [refused] = refused.as_slice() else { panic!("{refused:?}") };
    assert!(format!("{refused:?}").contains("RosterMustFitTheDelegation { applied: 2, left: 1 }"), "{refused:?}");
    assert_eq!(made(&town), 2);
    town.log_verifies();
}

/// A delegate for testing requests, who may do this.
async fn tester(town: &Town, acts: &[&str]) -> (Browser, Browser, Actor) {
    let (delegate, person) = outsider(town).await;
    let mut form = vec![("services", "some"), ("service", "testing-request")];
    form.extend(DAYS);
    form.extend(acts.iter().map(|act| ("act", *act)));
    let (clerk, delegate, _) = taken_up(town, delegate, person, &form).await;
    let actor = Actor::Delegate { person, organisation: town.employer, delegation: DelegationId(1) };
    (clerk, delegate, actor)
}

/// A testing request that this actor made for the organisation, its fee paid: the undertaking waits to be signed.
async fn to_sign(town: &Town, actor: &Actor) -> CaseId {
    let person = actor.person().unwrap();
    let choices = [(base::Key::new("subject").unwrap(), base::Key::new("electronics").unwrap())].into();
    let open = cases::Command::Open {
        service: base::Key::new("testing-request").unwrap(),
        organisation: Some(town.employer),
        about: cases::About::Organisation(town.employer),
        answers: None,
        requested_day: None,
        disclosed: cases::Disclosed { choices, ..cases::Disclosed::default() },
        attachments: super::legs::documents(town, "testing-request", person).await,
    };
    town.park.desk.command(actor.clone(), town.park.now(), open).await.unwrap();
    let case = *town.park.zone().cases.cases.get_max().map(|(id, _)| id).unwrap();
    let mut cashier = town.officer_of("hk-accreditation").await;
    cashier.get(&format!("/en/office/cases/{case}")).await;
    let paid = [("amount", "2,500.00"), ("currency", "HKD"), ("receipt", "FPS-7")];
    let (status, page) = cashier.post(&format!("/en/office/cases/{case}/legs/fee/work/payment"), &paid).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    case
}

/// The case's page as a reader sees it, and what came of signing there.
async fn signs(reader: &mut Browser, case: CaseId, page_of: &str) -> (StatusCode, String) {
    let hash = page_of.split_once("name=\"sha256\" value=\"").unwrap().1.split('"').next().unwrap();
    let signed = [("version", "1"), ("sha256", hash), ("agree", "yes")];
    reader.post(&format!("/en/me/cases/{case}/legs/undertaking/work/sign"), &signed).await
}

#[tokio::test]
async fn a_clerk_signs_what_a_delegate_applied_for_and_a_delegate_without_the_act_does_not() {
    let town = Town::new().await;
    let (mut clerk, mut delegate, actor) = tester(&town, &["apply", "answer"]).await;
    let case = to_sign(&town, &actor).await;
    let own = format!("/en/me/cases/{case}");
    let (status, page) = delegate.get(&own).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("This delegation does not let you sign undertakings."), "{page}");
    let (_, page) = clerk.get(&own).await;
    let (status, refused) = signs(&mut delegate, case, &page).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(refused.contains("Let a clerk of the organisation sign"), "{refused}");
    clerk.get(&own).await;
    assert_eq!(signs(&mut clerk, case, &page).await.0, StatusCode::SEE_OTHER);
    town.log_verifies();
}

#[tokio::test]
async fn a_delegate_to_whom_signing_was_given_signs_until_the_delegation_ends() {
    for ends in [false, true] {
        let town = Town::new().await;
        let (mut clerk, mut delegate, actor) = tester(&town, &["apply", "sign"]).await;
        let case = to_sign(&town, &actor).await;
        let (_, page) = delegate.get(&format!("/en/me/cases/{case}")).await;
        if ends {
            clerk.get("/en/employer/delegations/M-1").await;
            clerk.post("/en/employer/delegations/M-1/end", &[]).await;
        }
        let (status, answer) = signs(&mut delegate, case, &page).await;
        let want = if ends { StatusCode::FORBIDDEN } else { StatusCode::SEE_OTHER };
        assert_eq!(status, want, "{answer}");
        assert_eq!(answer.contains("This delegation is not in force"), ends, "{answer}");
        town.log_verifies();
    }
}

#[tokio::test]
async fn a_delegate_issues_a_token_that_both_sides_see_and_either_revokes() {
    let town = Town::new().await;
    let (mut clerk, mut delegate) = mandate(&town, "").await;
    let (_, page) = delegate.get("/en/employer/tokens").await;
    assert!(page.contains("No token was issued"), "{page}");
    assert_eq!(delegate.post("/en/employer/tokens", &[("days", "0")]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, page) = delegate.post("/en/employer/tokens", &[("days", "365")]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("hetao-2.K-1.") && page.contains("1 January 2027"), "it ends with the delegation: {page}");
    let (_, page) = clerk.get("/en/employer/tokens").await;
    assert!(page.contains("Siskin") && page.contains("K-1") && !page.contains("hetao-2"), "{page}");
    assert!(!page.contains("name=\"days\""), "a clerk lends no delegation: {page}");
    assert_eq!(clerk.post("/en/employer/tokens", &[("days", "10")]).await.0, StatusCode::FORBIDDEN);
    let mut stranger = town.browser_of(town.clerk_of_another().await).await;
    assert!(!stranger.get("/en/employer/tokens").await.1.contains("K-1"));
    assert_eq!(stranger.post("/en/employer/tokens/K-1/revoke", &[]).await.0, StatusCode::FORBIDDEN);
    assert_eq!(clerk.post("/en/employer/tokens/K-1/revoke", &[]).await.0, StatusCode::SEE_OTHER);
    delegate.post("/en/employer/tokens", &[("days", "10")]).await;
    assert_eq!(delegate.post("/en/employer/tokens/K-2/revoke", &[]).await.0, StatusCode::SEE_OTHER);
    let (_, page) = delegate.get("/en/employer/tokens").await;
    assert!(page.contains("Revoked") && !page.contains("In force"), "{page}");
    town.log_verifies();
}
