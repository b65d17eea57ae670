//! How long one is signed in: told on every page, put off by asking, over for good once signed out of.

use super::town::Town;
use crate::{Options, Portal};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

const OFFICER: &str = "immigration-officer-hong-kong";

/// What a server that was started anew says to this cookie.
async fn after_a_restart(town: &Town, cookie: &str, path: &str) -> StatusCode {
    let options =
        Options { demo: true, origin: "http://localhost:8080".parse().unwrap(), personas: Default::default() };
    let service = crate::router(Portal::new(town.park.clone(), options).unwrap());
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    service.oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn a_session_that_was_signed_out_of_stays_over_when_the_server_is_started_anew() {
    let town = Town::new().await;
    let mut browser = town.browser(OFFICER).await;
    browser.get("/en/office").await;
    let kept = browser.cookie().to_owned();
    assert_eq!(after_a_restart(&town, &kept, "/en/office").await, StatusCode::OK);
    assert_eq!(browser.post("/en/sign-out", &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(after_a_restart(&town, &kept, "/en/office").await, StatusCode::SEE_OTHER, "the cookie is worth nothing");
    town.log_verifies();
}

#[tokio::test]
async fn signing_out_everywhere_ends_what_is_open_on_other_devices_and_nobody_elses() {
    let town = Town::new().await;
    let (mut one, mut other) = (town.browser(OFFICER).await, town.browser(OFFICER).await);
    let mut somebody_else = town.browser("clerk-hong-kong").await;
    for browser in [&mut one, &mut other] {
        assert_eq!(browser.get("/en/office").await.0, StatusCode::OK);
    }
    one.get("/en/me/settings").await;
    let (status, to) = one.post("/en/sign-out/everywhere", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.contains("done=signed-out-everywhere"), "{to}");
    assert_eq!(other.get("/en/office").await.0, StatusCode::SEE_OTHER, "the other device is asked to sign in");
    assert_eq!(somebody_else.get("/en/employer").await.0, StatusCode::OK);
    town.log_verifies();
}

#[tokio::test]
async fn every_page_says_until_when_one_is_signed_in_and_how_to_put_that_off() {
    let town = Town::new().await;
    let mut browser = town.browser(OFFICER).await;
    for path in ["/en/office", "/en/services", "/en/gates/west-south"] {
        let (_, page) = browser.get(path).await;
        assert!(page.contains("if you do nothing more") && page.contains("href=\"/en/session\""), "{path}: {page}");
        assert!(page.contains("data-session-seconds=\"3"), "an hour, in seconds: {page}");
    }
    let (status, page) = browser.get("/en/session").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("You are still signed in"), "{page}");
    let (_, page) = town.visitor().get("/en/services").await;
    assert!(!page.contains("data-session"), "nobody is signed in");
}

#[tokio::test]
async fn the_answer_of_a_form_links_to_its_page_in_the_other_languages_and_says_what_that_costs() {
    let town = Town::new().await;
    let (permit, _) = town.pass().await;
    let mut browser = town.browser(OFFICER).await;
    browser.get(&format!("/en/office/passes/{permit}")).await;
    let (status, page) = browser.post(&format!("/en/office/passes/{permit}/suspend"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("what was not sent is not kept"), "{page}");
    for language in ["zh-Hant", "zh-Hans"] {
        let link = format!("/{language}/office/passes/{permit}");
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}: {page}");
        assert_eq!(browser.get(&link).await.0, StatusCode::OK);
    }
    let (_, page) = browser.get(&format!("/en/office/passes/{permit}")).await;
    assert!(!page.contains("is not kept"), "a page that was asked for loses nothing");
    // A form that does not hold at all: the problem's page has working links as well.
    browser.forge("wrong");
    let (status, page) = browser.post(&format!("/en/office/passes/{permit}/suspend"), &[]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains(&format!("href=\"/zh-Hans/office/passes/{permit}\"")), "{page}");
}

#[tokio::test]
async fn no_form_answers_where_no_page_is_above_it() {
    for route in
        crate::routes().table().iter().filter(|route| route.method == "POST" && route.path.starts_with("/{lang}"))
    {
        let path = route.path.trim_start_matches("/{lang}/").replace(['{', '}'], "");
        let page = crate::places::nearest(&path);
        let town_pages = crate::places::nearest(&page);
        assert_eq!(page, town_pages, "{path} leads to {page}, which is no page");
    }
}

#[tokio::test]
async fn whoever_signs_in_as_another_leaves_no_session_behind() {
    let town = Town::new().await;
    let mut browser = town.browser(OFFICER).await;
    browser.get("/en/demo").await;
    let kept = browser.cookie().to_owned();
    browser.post("/en/demo/sign-in", &[("persona", "clerk-hong-kong")]).await;
    assert_eq!(after_a_restart(&town, &kept, "/en/office").await, StatusCode::SEE_OTHER);
}
