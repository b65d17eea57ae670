//! What every page stands on: who gets in, in which language, with which headers, and what a form needs.

use super::town::Town;
use crate::{Access, Options, Portal};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use std::collections::BTreeMap;
use tower::ServiceExt;

async fn ask(service: &Router, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = service.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, 4_000_000).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn get(service: &Router, path: &str) -> (StatusCode, HeaderMap, String) {
    ask(service, Request::get(path).body(Body::empty()).unwrap()).await
}

fn location(headers: &HeaderMap) -> &str {
    headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
}

/// The session's cookie as a browser sends it back.
fn cookie(headers: &HeaderMap) -> String {
    let set = headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// A path with something in the place of each of its names.
fn filled(path: &str) -> String {
    let piece = |piece: &str| match piece {
        "{lang}" => "en".to_owned(),
        "{case}" => "C-1".to_owned(),
        "{person}" => "P-1".to_owned(),
        "{permit}" => "T-1".to_owned(),
        "{roster}" => "R-1".to_owned(),
        piece if piece.starts_with('{') => "1".to_owned(),
        piece => piece.to_owned(),
    };
    path.split('/').map(piece).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn no_page_for_somebody_is_shown_to_nobody() {
    let town = Town::new().await;
    let routes = crate::routes();
    let for_somebody =
        |access| matches!(access, Access::SignedIn | Access::Organisation | Access::Clerk | Access::Officer);
    let closed: Vec<_> = routes.table().iter().filter(|route| for_somebody(route.access)).collect();
    assert!(closed.len() > 30, "the table has {} closed routes", closed.len());
    for route in closed {
        let path = filled(&route.path);
        let request = Request::builder().method(&route.method).uri(&path).body(Body::empty()).unwrap();
        let (status, headers, page) = ask(&town.service, request).await;
        if route.method == Method::GET {
            assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {page}");
            let door = if path.starts_with("/en/kiosk/") { "/en/kiosk/sign-in?to=" } else { "/en/sign-in?to=" };
            assert!(location(&headers).starts_with(door), "{path} leads to {}", location(&headers));
        } else {
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{} {path}: {page}", route.method);
        }
    }
    town.log_verifies();
}

#[tokio::test]
async fn pages_of_offices_and_employers_are_closed_to_every_other_capacity() {
    let town = Town::new().await;
    let routes = crate::routes();
    let (mut clerk, mut officer) =
        (town.browser("clerk-hong-kong").await, town.browser("immigration-officer-hong-kong").await);
    let mut walked = 0;
    for route in routes.table().iter().filter(|route| route.method == Method::GET) {
        let browser = match route.access {
            Access::Clerk | Access::Organisation => &mut officer,
            Access::Officer => &mut clerk,
            Access::Anyone | Access::Attempt | Access::Demonstration | Access::SignedIn => continue,
        };
        let (status, page) = browser.get(&filled(&route.path)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{}: {page}", route.path);
        walked += 1;
    }
    assert!(walked > 5, "{walked} routes");
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_strangers_out() {
    let town = Town::new().await;
    for path in ["/en/", "/en/sign-in", "/en/nowhere", "/", "/en/me"] {
        let (_, headers, _) = get(&town.service, path).await;
        let said = |name: &str| headers.get(name).unwrap_or_else(|| panic!("{path}: {name}")).to_str().unwrap();
        let policy = said("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(said("x-content-type-options"), "nosniff");
        assert_eq!(said("referrer-policy"), "same-origin");
        assert!(said("permissions-policy").contains("camera=()"));
        assert_eq!(said("cache-control"), "no-store", "{path}");
        assert!(headers.get("strict-transport-security").is_none(), "there is nothing to enforce without TLS");
    }
}

#[tokio::test]
async fn files_are_kept_for_ever_and_sent_as_small_as_the_browser_can_take_them() {
    let town = Town::new().await;
    let href = frame::assets::href("hetao.css");
    for (accepted, encoding) in [("br, gzip", Some("br")), ("gzip", Some("gzip")), ("br;q=0", None)] {
        let request = Request::get(href).header(header::ACCEPT_ENCODING, accepted).body(Body::empty()).unwrap();
        let (status, headers, _) = ask(&town.service, request).await;
        assert_eq!(status, StatusCode::OK);
        let said = |name| headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(said(header::CONTENT_ENCODING), encoding, "{accepted}");
        assert!(said(header::CACHE_CONTROL).unwrap().contains("immutable"));
        assert!(headers.get(header::SET_COOKIE).is_none(), "a file begins no session");
    }
    assert_eq!(get(&town.service, "/assets/hetao.css").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_first_page_is_in_the_readers_language_and_an_unknown_language_is_no_page() {
    let town = Town::new().await;
    for (accepted, want) in
        [("en-GB", "/en/"), ("zh-CN,en;q=0.5", "/zh-Hans/"), ("zh-HK", "/zh-Hant/"), ("fr", "/zh-Hant/")]
    {
        let request = Request::get("/").header(header::ACCEPT_LANGUAGE, accepted).body(Body::empty()).unwrap();
        let (status, headers, _) = ask(&town.service, request).await;
        assert_eq!((status, location(&headers)), (StatusCode::SEE_OTHER, want), "{accepted}");
    }
    assert_eq!(get(&town.service, "/fr/services").await.0, StatusCode::NOT_FOUND);
    for (path, words) in [("/en/nowhere", "This page is not here"), ("/zh-Hans/nowhere", "找不到该页面")] {
        let (status, _, page) = get(&town.service, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(page.contains(words), "{path}: {page}");
    }
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_does_nothing() {
    let town = Town::new().await;
    let (_, headers, _) = get(&town.service, "/en/demo").await;
    let cookie = cookie(&headers);
    let send = |body: &'static str, site: &'static str| {
        Request::post("/en/demo/sign-in")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site)
            .body(Body::from(body))
            .unwrap()
    };
    for (body, site) in [
        ("persona=clerk-hong-kong", "same-origin"),
        ("persona=clerk-hong-kong&csrf=wrong", "same-origin"),
        ("persona=clerk-hong-kong&csrf=wrong", "cross-site"),
    ] {
        let (status, headers, page) = ask(&town.service, send(body, site)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{body} {site}");
        assert!(page.contains("This form is no longer valid"), "{page}");
        assert!(headers.get(header::SET_COOKIE).is_none(), "nobody was signed in");
    }
}

#[tokio::test]
async fn somebody_elses_token_opens_nothing() {
    let town = Town::new().await;
    let (mut one, mut other) =
        (town.browser("clerk-hong-kong").await, town.browser("immigration-officer-hong-kong").await);
    one.get("/en/capacity").await;
    other.get("/en/capacity").await;
    let stolen = other.csrf().to_owned();
    let (status, _) = one.post("/en/sign-out", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    one.get("/en/demo").await;
    one.forge(&stolen);
    assert_eq!(one.post("/en/demo/sign-in", &[("persona", "clerk-hong-kong")]).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cookie_that_was_tampered_with_is_nobodys() {
    let town = Town::new().await;
    let browser = town.browser("immigration-officer-hong-kong").await;
    let cookie = browser.cookie().to_owned();
    let open = |cookie: String| {
        let service = town.service.clone();
        async move {
            let request = Request::get("/en/office").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
            ask(&service, request).await.0
        }
    };
    assert_eq!(open(cookie.clone()).await, StatusCode::OK);
    // Any one character changed, in the payload or in the signature.
    for at in ["hetao=".len(), cookie.find('.').unwrap() - 1, cookie.find('.').unwrap() + 1, cookie.len() - 2] {
        let mut bytes = cookie.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(open(String::from_utf8(bytes).unwrap()).await, StatusCode::SEE_OTHER, "changed at {at}");
    }
    assert_eq!(open("hetao=".to_owned() + &"A".repeat(100_000)).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_signed_out_is_out_even_with_the_cookie_they_had() {
    let town = Town::new().await;
    let mut browser = town.browser("immigration-officer-hong-kong").await;
    browser.get("/en/office").await;
    let before = browser.cookie().to_owned();
    let (status, to) = browser.post("/en/sign-out", &[]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/demo?done=signed-out"));
    let request = Request::get("/en/office").header(header::COOKIE, before).body(Body::empty()).unwrap();
    assert_eq!(ask(&town.service, request).await.0, StatusCode::SEE_OTHER);
    town.log_verifies();
}

#[tokio::test]
async fn nobody_takes_up_a_capacity_that_they_do_not_have() {
    let town = Town::new().await;
    let mut browser = town.browser("clerk-hong-kong").await;
    let (_, page) = browser.get("/en/capacity").await;
    assert!(page.contains("You are acting in this capacity now."), "{page}");
    for wanted in ["officer:P-1:hk-immigration", "clerk:P-1:O-99", "system", "person:P-2"] {
        let (status, _) = browser.post("/en/capacity", &[("capacity", wanted)]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{wanted}");
    }
    let person = town.park.zone().parties.persons.get_min().unwrap().0;
    let (status, to) = browser.post("/en/capacity", &[("capacity", &format!("person:{person}"))]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/me"));
    assert_eq!(browser.get("/en/employer").await.0, StatusCode::FORBIDDEN, "they act for themselves now");
}

#[tokio::test]
async fn a_persona_is_named_in_the_readers_language_and_whoever_has_another_name_keeps_it() {
    let town = Town::new().await;
    let mut persona = town.leaver_named("趙", "戊（虛構）").await;
    for (language, name) in [("zh-Hant", "趙戊（虛構）"), ("zh-Hans", "赵戊（虚构）"), ("en", "Zhao Wu (synthetic)")]
    {
        let (_, page) = persona.get(&format!("/{language}/me")).await;
        assert!(page.contains(name), "{language}: {page}");
    }
    let mut corrected = town.leaver_named("趙", "五").await;
    assert!(corrected.get("/zh-Hans/me").await.1.contains("趙五"));
}

#[tokio::test]
async fn programs_are_told_problems_as_json() {
    let town = Town::new().await;
    let request = Request::get("/en/nowhere").header(header::ACCEPT, "application/json").body(Body::empty()).unwrap();
    let (status, headers, body) = ask(&town.service, request).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
    let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (problem["status"].as_u64(), problem["type"].as_str()),
        (Some(404), Some("urn:hetao:problem:not-found"))
    );
    assert!(!problem["remedy"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn outside_a_demonstration_there_is_no_door_for_personas_and_over_tls_cookies_are_for_tls_alone() {
    let town = Town::new().await;
    let origin = "https://park.example".parse().unwrap();
    let options = Options { demo: false, origin, personas: BTreeMap::new() };
    let service = crate::router(Portal::new(town.park.clone(), options).unwrap());
    assert_eq!(get(&service, "/en/demo").await.0, StatusCode::NOT_FOUND);
    let (_, headers, page) = get(&service, "/en/").await;
    assert!(!page.contains("/en/demo"), "no link leads there");
    let set = headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    assert!(set.starts_with("__Host-hetao=") && set.contains("; Secure") && set.contains("HttpOnly"), "{set}");
    assert!(headers.get(header::STRICT_TRANSPORT_SECURITY).is_some());
}
