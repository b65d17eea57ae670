//! Conversations at a gate's screen.

use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::{Actor, Instant, Key, PermitId, PersonId};

const SCREEN: &str = "/en/gates/west-south";

async fn present(town: &Town, screen: &mut Browser, permit: PermitId, person: PersonId) -> String {
    let text = town.park.portal_presentation(&Actor::Person { person }, permit).await.unwrap();
    screen.get(SCREEN).await;
    let (status, to) = screen.post(&format!("{SCREEN}/present"), &[("presentation", &text)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (status, page) = screen.get(&to).await;
    assert_eq!(status, StatusCode::OK);
    page
}

#[tokio::test]
async fn a_pass_in_force_passes_and_the_arrival_ends_the_passage() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut screen = town.browser("immigration-officer-hong-kong").await;
    let page = present(&town, &mut screen, permit, person).await;
    assert!(page.contains(r#"<h1 class="verdict__word">Pass</h1>"#), "{page}");
    assert!(page.contains("通過") && page.contains("通过") && page.contains("X-1"), "{page}");
    assert!(!page.contains("Tai Man"), "the screen names nobody");
    // The north answers for whoever walks north: its officer may say that they arrived, and is named for it.
    assert!(!page.contains("/passages/X-1/"), "{page}");
    let arrived = |screen: &str| format!("{screen}/passages/X-1/arrived");
    assert_eq!(screen.post(&arrived(SCREEN), &[]).await.0, StatusCode::FORBIDDEN);
    let mut far = town.browser("inspection-officer-shenzhen").await;
    let (_, page) = far.get("/en/gates/west-north").await;
    assert!(page.contains("/en/gates/west-north/passages/X-1/arrived"), "{page}");
    assert_eq!(far.post(&arrived("/en/gates/west-north"), &[]).await.0, StatusCode::SEE_OTHER);
    let log = town.park.desk.log();
    let entry = log.entry(log.size() - 1).unwrap().unwrap();
    let entry = desk::Envelope::decode(&entry).unwrap();
    assert!(matches!(entry.by, Actor::Officer { .. }), "{}", entry.by);
    assert!(town.park.zone().people.passages.is_empty());
    let page = present(&town, &mut screen, permit, person).await;
    assert!(page.contains("No entry") && page.contains("already on the other side"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_suspended_pass_is_refused_until_it_is_resumed() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    let pass = format!("/en/office/passes/{permit}");
    officer.get(&pass).await;
    let (status, page) = officer.post(&format!("{pass}/suspend"), &[("suspend-note", "reported lost")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-suspend-reason-error\"") && page.contains("reported lost"), "{page}");
    let (status, _) = officer.post(&format!("{pass}/suspend"), &[("suspend-reason", "lost")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let page = present(&town, &mut officer, permit, person).await;
    assert!(page.contains("No entry") && page.contains("This pass is suspended at present."), "{page}");
    assert!(page.contains("此通行證") || page.contains("通行證"), "the other languages stand beside it");
    assert_eq!(officer.post(&format!("{pass}/resume"), &[]).await.0, StatusCode::SEE_OTHER);
    let page = present(&town, &mut officer, permit, person).await;
    assert!(page.contains(r#"<h1 class="verdict__word">Pass</h1>"#), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_traveller_on_a_watchlist_is_referred_and_the_screen_never_says_why() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    officer.get("/en/office/watchlist").await;
    let number = format!("ZZ{:06}", person.0);
    let listed = [("kind", "passport"), ("number", number.as_str())];
    assert_eq!(officer.post("/en/office/watchlist", &listed).await.0, StatusCode::SEE_OTHER);
    let page = present(&town, &mut officer, permit, person).await;
    assert!(page.contains("See an officer"), "{page}");
    for word in ["watch", "監察名單", "布控名单", "south-must-see"] {
        assert!(!page.to_lowercase().contains(word), "{word} in {page}");
    }
    // The exit side alone referred the traveller, so its own office settles it, and knows why.
    let (_, items) = officer.get("/en/office/open-items").await;
    assert!(items.contains("X-1") && items.contains("watchlist"), "{items}");
    let settle = "/en/office/open-items/X-1/settle";
    assert_eq!(officer.post(settle, &[("settlement", "let-pass")]).await.0, StatusCode::SEE_OTHER);
    assert!(town.park.zone().people.referrals.is_empty());
    town.log_verifies();
}

#[tokio::test]
async fn what_is_no_pass_is_refused_and_a_clerk_has_no_screen() {
    let town = Town::new().await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    officer.get(SCREEN).await;
    let (_, to) = officer.post(&format!("{SCREEN}/present"), &[("presentation", "not a pass")]).await;
    let (_, page) = officer.get(&to).await;
    assert!(page.contains("No entry") && page.contains("could not read the pass"), "{page}");
    assert_eq!(town.browser("clerk-hong-kong").await.get(SCREEN).await.0, StatusCode::FORBIDDEN);
    assert_eq!(town.browser("auditor-hong-kong").await.get(SCREEN).await.0, StatusCode::FORBIDDEN);
    town.log_verifies();
}

#[tokio::test]
async fn an_old_referral_does_not_let_over_who_has_crossed_since_and_the_page_says_why() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    officer.get("/en/office/watchlist").await;
    let number = format!("ZZ{:06}", person.0);
    officer.post("/en/office/watchlist", &[("kind", "passport"), ("number", &number)]).await;
    present(&town, &mut officer, permit, person).await;
    let (_, items) = officer.get("/en/office/open-items").await;
    assert!(items.contains("value=\"let-pass\""), "{items}");
    // Off the list, they come again and pass.
    officer.post("/en/office/watchlist/W-1/remove", &[]).await;
    let page = present(&town, &mut officer, permit, person).await;
    assert!(page.contains(r#"<h1 class="verdict__word">Pass</h1>"#), "{page}");
    let (_, items) = officer.get("/en/office/open-items").await;
    assert!(items.contains("X-1") && !items.contains("value=\"let-pass\""), "{items}");
    assert!(items.contains("the traveller has been recorded elsewhere"), "{items}");
    let settle = "/en/office/open-items/X-1/settle";
    let (status, page) = officer.post(settle, &[("settlement", "let-pass")]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("shows the pass at the gate where they are"), "{page}");
    assert_eq!(officer.post(settle, &[("settlement", "turn-away")]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(town.park.zone().people.passages.len(), 1, "they are on the walk that the gate let begin");
    town.log_verifies();
}

#[tokio::test]
async fn a_code_made_by_the_site_is_good_for_the_minutes_that_its_page_promises() {
    let promised = credentials::Freshness::default();
    for (seconds, may) in [(61, true), (promised.portal_seconds_max, true), (promised.portal_seconds_max + 1, false)] {
        let town = Town::new().await;
        let (permit, person) = town.pass().await;
        let text = town.park.portal_presentation(&Actor::Person { person }, permit).await.unwrap();
        let now = town.park.now().plus(seconds * Instant::SECOND);
        let gate: Key = "west-south".parse().unwrap();
        let (presentation, watchlisted) = town.park.look_at(&text, now);
        let direction = base::Direction::Northbound;
        let present = people::Command::Present { gate: gate.clone(), direction, presentation, watchlisted };
        let decided = town.park.desk.command(Actor::Gate { gate }, now, present).await.unwrap();
        let desk::Event::People(people::Event::PresentationDecided(decision)) = &decided.events[0] else { panic!() };
        let policies: Vec<&str> = decision.policies.iter().map(Key::as_str).collect();
        assert_eq!(decision.outcome == base::Outcome::Permitted, may, "{seconds} s: {policies:?}");
        assert_eq!(policies.contains(&"presentation-must-be-fresh"), !may, "{seconds} s: {policies:?}");
    }
}

#[tokio::test]
async fn nobody_acts_as_a_gate_who_only_opens_and_closes_it_or_stands_on_the_other_bank() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let mut screen = town.browser("immigration-officer-hong-kong").await;
    present(&town, &mut screen, permit, person).await;
    let before = town.park.desk.log().size();
    let text = town.park.portal_presentation(&Actor::Person { person }, permit).await.unwrap();
    let after_binding = town.park.desk.log().size();
    for (persona, watches) in [("park-operations-shenzhen", true), ("inspection-officer-shenzhen", false)] {
        let mut other = town.browser(persona).await;
        let (status, page) = other.get(SCREEN).await;
        assert_eq!(status == StatusCode::OK, watches, "{persona}: {page}");
        assert!(!page.contains("name=\"presentation\""), "{persona}: {page}");
        let (status, _) = other.post(&format!("{SCREEN}/present"), &[("presentation", &text)]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{persona}");
    }
    let mut operations = town.browser("park-operations-shenzhen").await;
    operations.get(SCREEN).await;
    for how in ["arrived", "returned"] {
        let (status, _) = operations.post(&format!("{SCREEN}/passages/X-1/{how}"), &[]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{how}");
    }
    assert!(after_binding <= before + 1);
    assert_eq!(town.park.desk.log().size(), after_binding, "nothing was decided about anybody");
    assert_eq!(town.park.zone().people.passages.len(), 1);
    town.log_verifies();
}
