//! At a kiosk: signed in by a code or a pass, nothing leads elsewhere, and nothing is left after a minute or at the end.

use super::town::{Browser, Town};
use crate::kiosk;
use crate::session::Sessions;
use crate::{Options, Portal};
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use base::{Actor, Instant};
use std::collections::BTreeMap;
use tower::ServiceExt;

/// The code on the phone's page.
async fn code(phone: &mut Browser) -> String {
    assert_eq!(phone.get("/en/me/kiosk").await.0, StatusCode::OK);
    let (status, page) = phone.post("/en/me/kiosk", &[]).await;
    assert_eq!(status, StatusCode::OK);
    let (_, rest) = page.split_once("class=\"kiosk-code\">").unwrap_or_else(|| panic!("{page}"));
    rest.split('<').next().unwrap().to_owned()
}

async fn sign_in(terminal: &mut Browser, shown: &str) -> (StatusCode, String) {
    assert_eq!(terminal.get("/en/kiosk/sign-in").await.0, StatusCode::OK);
    terminal.post("/en/kiosk/sign-in", &[("shown", shown), ("to", "")]).await
}

#[tokio::test]
async fn a_code_from_the_phone_signs_in_once_and_finishing_leaves_nothing() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let (mut phone, mut terminal) = town.phone_and_terminal(Actor::Person { person }).await;
    let (status, to) = terminal.get("/en/kiosk/me").await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/kiosk/sign-in?to=me"));
    let code = code(&mut phone).await;
    assert_eq!(sign_in(&mut terminal, &code).await, (StatusCode::SEE_OTHER, "/en/kiosk/me".into()));
    let (_, page) = terminal.get("/en/kiosk/me").await;
    assert!(page.contains(&format!("/en/kiosk/me/cases/{case}")), "{page}");
    let (status, slip) = terminal.get(&format!("/en/kiosk/me/cases/{case}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(slip.contains(&case.to_string()) && slip.contains("data-print"), "{slip}");
    let before = terminal.cookie().to_owned();
    let (status, to) = terminal.post("/en/kiosk/end", &[]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/zh-Hant/kiosk"), "not even the language is left");
    // The back button asks again, and is shown the door; so is whoever kept the cookie.
    assert_eq!(terminal.get(&format!("/en/kiosk/me/cases/{case}")).await.0, StatusCode::SEE_OTHER);
    terminal.carry(&before);
    assert_eq!(terminal.get("/en/kiosk/me").await.0, StatusCode::SEE_OTHER);
    let (status, page) = sign_in(&mut terminal, &code).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the code was used: {page}");
    town.log_verifies();
}

#[tokio::test]
async fn what_a_clerk_applied_for_is_not_for_the_screen_of_a_kiosk() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = cases::case(&town.park.zone().cases, case).unwrap().applicant;
    let (mut phone, mut terminal) = town.phone_and_terminal(Actor::Person { person }).await;
    assert_eq!(phone.get(&format!("/en/me/cases/{case}")).await.0, StatusCode::OK, "on their own screen it is");
    let code = code(&mut phone).await;
    assert_eq!(sign_in(&mut terminal, &code).await.0, StatusCode::SEE_OTHER);
    assert!(!terminal.get("/en/kiosk/me").await.1.contains(&case.to_string()));
    assert_eq!(terminal.get(&format!("/en/kiosk/me/cases/{case}")).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_pass_that_is_in_force_signs_in_and_the_same_showing_does_so_once() {
    let town = Town::new().await;
    let (permit, person) = town.pass().await;
    let actor = Actor::Person { person };
    let (_, mut terminal) = town.phone_and_terminal(actor.clone()).await;
    let shown = town.park.portal_presentation(&actor, permit).await.unwrap();
    assert_eq!(sign_in(&mut terminal, &shown).await.0, StatusCode::SEE_OTHER);
    terminal.post("/en/kiosk/end", &[]).await;
    assert_eq!(sign_in(&mut terminal, &shown).await.0, StatusCode::UNPROCESSABLE_ENTITY, "shown before");
    let card = town.park.card_presentation(&actor, permit).await.unwrap();
    assert_eq!(sign_in(&mut terminal, &card).await.0, StatusCode::SEE_OTHER, "a card is the same every time");
    terminal.post("/en/kiosk/end", &[]).await;
    // Another card takes the first one's place.
    town.park.card_presentation(&actor, permit).await.unwrap();
    assert_eq!(sign_in(&mut terminal, &card).await.0, StatusCode::UNPROCESSABLE_ENTITY, "a card given up");
    for nothing in ["", "12345678", "not a pass", &"x".repeat(20_000)] {
        assert_eq!(sign_in(&mut terminal, nothing).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_minute_without_a_touch_ends_the_session_on_the_servers_side() {
    let town = Town::new().await;
    let sessions = Sessions::of_kiosks(&town.park.vault, false).unwrap();
    let usual = Sessions::new(&town.park.vault, false).unwrap();
    let now = town.park.now();
    let session = sessions.begin(Actor::System, now).unwrap();
    let cookie = sessions.cookie(&session).unwrap();
    assert!(!cookie.to_str().unwrap().contains("Max-Age"), "it goes with the browser: {cookie:?}");
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, cookie.to_str().unwrap().split(';').next().unwrap().parse().unwrap());
    let minute = now.plus(Instant::MINUTE);
    assert!(sessions.of(&headers, minute).is_some());
    assert!(sessions.of(&headers, now.plus(kiosk::IDLE_MAX)).is_none());
    const { assert!(kiosk::IDLE_MAX <= 75 * Instant::SECOND) };
    assert!(usual.of(&headers, now).is_none(), "no cookie of one kind passes for the other");
    // However often the screen is touched, nobody stays for ever.
    let mut touched = session.clone();
    touched.seen_at = now.plus(kiosk::LIFE_MAX);
    let renewed = sessions.cookie(&touched).unwrap();
    headers.insert(header::COOKIE, renewed.to_str().unwrap().split(';').next().unwrap().parse().unwrap());
    assert!(sessions.of(&headers, now.plus(kiosk::LIFE_MAX)).is_none());
}

#[tokio::test]
async fn no_link_of_a_kiosks_page_leads_out_of_the_kiosk_and_none_is_kept() {
    let town = Town::new().await;
    let mut visited = 0;
    for language in ["zh-Hant", "zh-Hans", "en"] {
        let (mut phone, mut terminal) = town.phone_and_terminal(clerk_as_person(&town).await).await;
        let code = code(&mut phone).await;
        assert_eq!(sign_in(&mut terminal, &code).await.0, StatusCode::SEE_OTHER);
        for path in [
            "",
            "me",
            "services/commuter-pass",
            "services/question",
            "me/apply/question",
            "help?q=pass",
            "help/fees",
            "outline/7.4.2",
            "me/nothing-here",
        ] {
            let (_, page) = terminal.get(&format!("/{language}/kiosk/{path}")).await;
            assert!(page.contains("shell-kiosk"), "{language} {path}: {page}");
            for link in links(&page) {
                let fine = link.starts_with("/assets/") || link.starts_with('#') || within(&link);
                assert!(fine, "{language} {path} leads to {link}");
            }
            visited += 1;
        }
    }
    assert_eq!(visited, 27);
}

async fn clerk_as_person(town: &Town) -> Actor {
    let case = town.applied().await;
    Actor::Person { person: cases::case(&town.park.zone().cases, case).unwrap().subject }
}

fn within(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    ["/zh-Hant/kiosk", "/zh-Hans/kiosk", "/en/kiosk"]
        .iter()
        .any(|start| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

fn links(page: &str) -> Vec<String> {
    let of = |mark: &str| {
        page.split(mark).skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect::<Vec<_>>()
    };
    [of("href=\""), of("action=\"")].concat()
}

#[tokio::test]
async fn outside_the_demonstration_only_terminals_have_the_kiosk_and_they_have_nothing_else() {
    let town = Town::new().await;
    let origin = "http://localhost:8080".parse().unwrap();
    let portal = Portal::new(town.park.clone(), Options { demo: false, origin, personas: BTreeMap::new() }).unwrap();
    let asked = |service: axum::Router, path: &'static str| async move {
        let response = service.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        let kept = response.headers().get(header::CACHE_CONTROL).cloned();
        (response.status(), kept)
    };
    assert_eq!(asked(crate::router(portal.clone()), "/en/kiosk").await.0, StatusCode::NOT_FOUND);
    let (status, kept) = asked(crate::terminals(portal.clone()), "/en/kiosk").await;
    assert_eq!((status, kept.unwrap().to_str().unwrap()), (StatusCode::OK, "no-store"));
    for path in ["/", "/en/office", "/api/log", "/metrics", "/en/demo"] {
        assert_eq!(asked(crate::terminals(portal.clone()), path).await.0, StatusCode::SEE_OTHER, "{path}");
    }
}

#[tokio::test]
async fn without_scripts_the_page_leaves_by_itself_and_the_start_stays() {
    let town = Town::new().await;
    let mut visitor = town.visitor();
    let (_, page) = visitor.get("/zh-Hans/kiosk/services/question").await;
    assert!(
        page.contains("<noscript><meta http-equiv=\"refresh\" content=\"60; url=/zh-Hans/kiosk/end\"></noscript>"),
        "{page}"
    );
    let (_, start) = visitor.get("/zh-Hans/kiosk").await;
    assert!(!start.contains("http-equiv"), "{start}");
}
