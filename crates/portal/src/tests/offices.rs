//! Conversations of officers of both banks with the portal.

use super::town::Town;
use axum::http::StatusCode;

const SOUTH: &str = "immigration-officer-hong-kong";
const COLLEAGUE: &str = "supervisor-shenzhen";
const NORTH: &str = "inspection-officer-shenzhen";

#[tokio::test]
async fn both_banks_decide_side_by_side_and_the_pass_is_there() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut south = town.browser(SOUTH).await;
    let (_, queue) = south.get("/en/office").await;
    assert!(queue.contains(&format!("/en/office/cases/{case}\"")), "{queue}");
    let (_, page) = south.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("office-decides-own-leg") && page.contains("ZZ0000"), "{page}");
    let decide = format!("/en/office/cases/{case}/legs/hong-kong/decide");
    let (status, page) = south.post(&decide, &[("verdict", "approved"), ("reason", " ")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-reason-error\""), "{page}");
    let (status, _) = south.post(&decide, &[("verdict", "approved"), ("reason", "the south is content")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(permits::of_case(&town.park.zone().permits, case).is_none());
    let mut north = town.browser(NORTH).await;
    let (_, page) = north.get(&format!("/en/office/cases/{case}")).await;
    assert!(!page.contains("the south is content"), "the other bank's reason is withheld");
    assert!(page.contains("7.1.3"), "{page}");
    let decide = format!("/en/office/cases/{case}/legs/shenzhen/decide");
    let (status, _) = north.post(&decide, &[("verdict", "approved"), ("reason", "so is the north")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let permit = permits::of_case(&town.park.zone().permits, case).unwrap();
    let (status, page) = south.get(&format!("/en/office/passes/{permit}")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn whoever_decides_second_is_told_who_was_first_and_when() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let decide = format!("/en/office/cases/{case}/legs/hong-kong/decide");
    let (mut first, mut second) = (town.browser(SOUTH).await, town.browser(COLLEAGUE).await);
    first.get("/en/office").await;
    second.get("/en/office").await;
    assert_eq!(first.post(&decide, &[("verdict", "approved"), ("reason", "fine")]).await.0, StatusCode::SEE_OTHER);
    let (status, page) = second.post(&decide, &[("verdict", "refused"), ("reason", "not fine")]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Kei Chan decided this leg on 23 November 2026, 12:00"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn the_other_banks_leg_is_refused_with_the_rule() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut north = town.browser(NORTH).await;
    north.get("/en/office").await;
    let decide = format!("/en/office/cases/{case}/legs/hong-kong/decide");
    let (status, page) = north.post(&decide, &[("verdict", "approved"), ("reason", "as a favour")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("This leg belongs to the other bank") && page.contains("7.1.3"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_question_stops_the_clock_and_the_queue_says_so() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut south = town.browser(SOUTH).await;
    south.get("/en/office").await;
    let leg = format!("/en/office/cases/{case}/legs/hong-kong");
    assert_eq!(south.post(&format!("{leg}/take"), &[]).await.0, StatusCode::SEE_OTHER);
    let (status, to) = south.post(&format!("{leg}/ask"), &[("question", "Which laboratory?")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = south.get(&to).await;
    assert!(page.contains("Which laboratory?"), "{page}");
    let (_, asked) = south.get("/en/office?state=asked").await;
    assert!(asked.contains("Clock stopped") && asked.contains("Kei Chan"), "{asked}");
    let (_, late) = south.get("/en/office?urgency=breached").await;
    assert!(!late.contains(&format!("/en/office/cases/{case}\"")), "{late}");
    town.log_verifies();
}

#[tokio::test]
async fn only_a_banks_own_immigration_officers_see_its_watchlist() {
    let town = Town::new().await;
    let mut south = town.browser(SOUTH).await;
    south.get("/en/office/watchlist").await;
    let (status, page) = south.post("/en/office/watchlist", &[("kind", ""), ("number", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    let listed = [("kind", "passport"), ("number", "ZZ123456")];
    assert_eq!(south.post("/en/office/watchlist", &listed).await.0, StatusCode::SEE_OTHER);
    let (_, page) = south.get("/en/office/watchlist").await;
    assert!(page.contains("W-1") && !page.contains("ZZ123456"), "{page}");
    let (_, other) = town.browser(NORTH).await.get("/en/office/watchlist").await;
    assert!(!other.contains("W-1"), "{other}");
    let (status, _) = town.browser("auditor-hong-kong").await.get("/en/office/watchlist").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(south.post("/en/office/watchlist/W-1/remove", &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(town.park.zone().people.watch.len(), 0);
    town.log_verifies();
}

#[tokio::test]
async fn a_queue_is_narrowed_down_sorted_kept_and_dropped() {
    let town = Town::new().await;
    let (first, second) = (town.applied().await, town.applied().await);
    town.submit(first).await;
    town.submit(second).await;
    let mut south = town.browser(SOUTH).await;
    south.get("/en/office").await;
    assert_eq!(
        south.post(&format!("/en/office/cases/{first}/legs/hong-kong/take"), &[]).await.0,
        StatusCode::SEE_OTHER
    );
    let link = |case| format!("/en/office/cases/{case}\"");
    let (_, mine) = south.get("/en/office?taken=me").await;
    assert!(mine.contains(&link(first)) && !mine.contains(&link(second)), "{mine}");
    let (_, nobodys) = south.get("/en/office?taken=nobody&sort=opened").await;
    assert!(!nobodys.contains(&link(first)) && nobodys.contains(&link(second)), "{nobodys}");
    // What a queue cannot be narrowed down by is not kept, whatever the form says.
    let view = [("view", "taken=me&employer=Heron&sort=opened")];
    let (status, to) = south.post("/en/office/views", &view).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/office?taken=me&sort=opened&done=view-saved"));
    let (_, page) = south.get("/en/office").await;
    assert!(page.contains("Me · Longest open"), "{page}");
    let (_, colleague) = town.browser(COLLEAGUE).await.get("/en/office").await;
    assert!(!colleague.contains("Me · Longest open"), "a view is its officer's own: {colleague}");
    let (status, _) = south.post("/en/office/views/remove", &view).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(!south.get("/en/office").await.1.contains("Me · Longest open"));
    town.log_verifies();
}

#[tokio::test]
async fn several_cases_are_each_decided_by_their_own_rule_and_told_of_one_by_one() {
    let town = Town::new().await;
    let (first, second) = (town.applied().await, town.applied().await);
    town.submit(first).await;
    town.submit(second).await;
    let decide = format!("/en/office/cases/{first}/legs/hong-kong/decide");
    let mut colleague = town.browser(COLLEAGUE).await;
    colleague.get("/en/office").await;
    let refused = [("verdict", "refused"), ("reason", "not this one")];
    let mut south = town.browser(SOUTH).await;
    south.get("/en/office").await;
    assert_eq!(colleague.post(&decide, &refused).await.0, StatusCode::SEE_OTHER);
    let (one, two) = (first.to_string(), second.to_string());
    let without_reason = [("case", one.as_str()), ("case", two.as_str()), ("act", "approved"), ("reason", "")];
    let (status, page) = south.post("/en/office/several", &without_reason).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-reason-error\"") && page.contains(&format!("value=\"{two}\" checked")), "{page}");
    let (status, _) = south.post("/en/office/several", &[("act", "take")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was ticked");
    let both = [("case", one.as_str()), ("case", two.as_str()), ("act", "approved"), ("reason", "in order")];
    let (status, to) = south.post("/en/office/several", &both).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (_, page) = south.get(&to).await;
    assert!(page.contains("Refused") && page.contains("Approved") && page.contains("Kei Chan"), "{page}");
    let zone = town.park.zone();
    let state = |case| {
        cases::case(&zone.cases, case).unwrap().legs.iter().find(|l| l.key.as_str() == "hong-kong").unwrap().state
    };
    assert_eq!((state(first), state(second)), (cases::LegState::Refused, cases::LegState::Approved));
    town.log_verifies();
}

#[tokio::test]
async fn what_is_ticked_for_another_banks_office_stays_undecided() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let id = case.to_string();
    let mut auditor = town.browser("auditor-hong-kong").await;
    auditor.get("/en/office").await;
    let asked = [("case", id.as_str()), ("act", "approved"), ("reason", "as an auditor")];
    assert_eq!(auditor.post("/en/office/several", &asked).await.0, StatusCode::SEE_OTHER);
    let zone = town.park.zone();
    assert!(cases::case(&zone.cases, case).unwrap().legs.iter().all(|leg| leg.decided_at.is_none()));
}

#[tokio::test]
async fn the_case_page_shows_like_cases_and_the_facts_that_a_rule_sees() {
    let town = Town::new().await;
    town.pass().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut south = town.browser(SOUTH).await;
    let (_, page) = south.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("Similar earlier cases (1)") && page.contains("service, organisation"), "{page}");
    assert!(page.contains("office of the leg") && page.contains("hk-immigration"), "{page}");
    let (_, page) = south.get("/en/office/workload").await;
    assert!(page.contains("Nobody yet") && page.contains("By how long it has been open"), "{page}");
    town.log_verifies();
}
