//! Whom the limits count, with a reverse proxy in front of the portal: each client, and nobody by an address they made up.

use super::town::Town;
use crate::proxies::behind;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use std::net::SocketAddr;
use tower::ServiceExt;

const PROXY: &str = "10.0.0.1:4711";

async fn guess(service: &Router, peer: &str, forwarded: &str) -> StatusCode {
    let mut request = Request::get("/api/me").header("authorization", "Bearer guess");
    if !forwarded.is_empty() {
        request = request.header("x-forwarded-for", forwarded);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    service.clone().oneshot(request).await.unwrap().status()
}

/// Whether guessing from there was stopped before a hundred attempts.
async fn is_stopped(service: &Router, peer: &str, forwarded: impl Fn(usize) -> String) -> bool {
    for attempt in 0..100 {
        if guess(service, peer, &forwarded(attempt)).await == StatusCode::TOO_MANY_REQUESTS {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_limits_of_their_own() {
    let town = Town::new().await;
    let service = behind(town.service.clone(), vec!["10.0.0.0/8".parse().unwrap()]);
    assert!(is_stopped(&service, PROXY, |_| "198.51.100.1".to_owned()).await);
    assert_eq!(guess(&service, PROXY, "198.51.100.2").await, StatusCode::UNAUTHORIZED, "the others are not held up");
    assert_eq!(guess(&service, "203.0.113.5:1", "").await, StatusCode::UNAUTHORIZED, "nor who comes without the proxy");
}

#[tokio::test]
async fn inventing_addresses_does_not_help_with_a_trusted_proxy_or_without_one() {
    let town = Town::new().await;
    let service = behind(town.service.clone(), vec!["10.0.0.0/8".parse().unwrap()]);
    let invented = |attempt| format!("192.0.2.{attempt}, 198.51.100.1");
    assert!(is_stopped(&service, PROXY, invented).await, "the proxy wrote the last one, the client the first");
    let directly = |attempt| format!("192.0.2.{attempt}");
    assert!(is_stopped(&service, "203.0.113.5:1", directly).await, "who is no proxy is not believed");
    let town = Town::new().await;
    let service = behind(town.service.clone(), Vec::new());
    assert!(is_stopped(&service, PROXY, directly).await, "by default nobody is");
}
