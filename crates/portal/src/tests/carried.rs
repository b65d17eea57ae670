//! What was begun is carried to its end, whether or not anybody waits for the answer.

use super::town::Town;
use crate::{Options, Portal, entry};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::post;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use tower::ServiceExt;

#[tokio::test]
async fn a_change_whose_asker_went_away_is_finished() {
    let town = Town::new().await;
    let (committed, finished) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
    let slow = {
        let (committed, finished) = (Arc::clone(&committed), Arc::clone(&finished));
        move || async move {
            committed.notified().await;
            // What follows from a commit, such as destroying a key.
            finished.store(true, Ordering::SeqCst);
        }
    };
    let origin = "http://localhost:8080".parse().unwrap();
    let portal = Portal::new(town.park.clone(), Options { demo: true, origin, personas: BTreeMap::new() }).unwrap();
    let service = entry::around(Router::new().route("/slow", post(slow)), portal);
    let asked = service.oneshot(Request::post("/slow").body(Body::empty()).unwrap());
    assert!(tokio::time::timeout(Duration::from_millis(50), asked).await.is_err(), "the asker hangs up");
    committed.notify_one();
    for _ in 0..500 {
        if finished.load(Ordering::SeqCst) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the work was dropped with its asker");
}
