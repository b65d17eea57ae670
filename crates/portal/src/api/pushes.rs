//! Browsers that notices are pushed to.

use super::body::Body;
use super::caller::ApiCaller;
use super::docs::Problems;
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use park::PushSubscription;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PushesView {
    /// The park's public key (RFC 8292), for `PushManager.subscribe`.
    key: String,
    browsers: Vec<PushView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PushView {
    /// What it is known by; not its endpoint, which is not told again.
    digest: String,
    /// As it was called when it subscribed; may be empty.
    browser: String,
    since: String,
}

/// A subscription as `PushSubscription.toJSON()` writes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PushBody {
    /// At a public host over https.
    #[schema(example = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV")]
    endpoint: String,
    keys: PushKeys,
    /// What to call it: sixty characters at the most.
    #[serde(default)]
    browser: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PushKeys {
    p256dh: String,
    auth: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PushTakenView {
    digest: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PushEndedView {
    ended: bool,
}

/// The caller's browsers that notices are pushed to, and the key to subscribe another with.
#[utoipa::path(get, path = "/api/me/pushes", tag = "persons",
    responses((status = 200, body = PushesView), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Result<Json<PushesView>, Problem> {
    let park = &caller.portal.park;
    let cards = park.pushes(caller.oneself()?.1).into_iter();
    let browsers =
        cards.map(|card| PushView { digest: card.digest.into(), browser: card.browser, since: card.since.to_string() });
    Ok(Json(PushesView { key: park.push_key(), browsers: browsers.collect() }))
}

/// Pushes notices to one more browser; one that subscribed before is written to with its new keys.
#[utoipa::path(post, path = "/api/me/pushes", tag = "persons", request_body = PushBody,
    responses((status = 200, body = PushTakenView), Problems))]
pub(crate) async fn subscribe(caller: ApiCaller, body: Body<PushBody>) -> Result<Json<PushTakenView>, Problem> {
    let PushBody { endpoint, keys, browser } = body.value;
    let keys = park::PushKeys { p256dh: keys.p256dh, auth: keys.auth };
    let (park, (actor, person)) = (&caller.portal.park, caller.oneself()?);
    let subscription = PushSubscription { endpoint, keys };
    let digest = park.subscribe_push(&actor, person, subscription, &browser).await?;
    Ok(Json(PushTakenView { digest: digest.into() }))
}

/// Nothing is pushed to this browser any more.
#[utoipa::path(delete, path = "/api/me/pushes/{digest}", tag = "persons",
    params(("digest" = String, Path, description = "What the browser is known by")),
    responses((status = 200, body = PushEndedView), Problems))]
pub(crate) async fn end(caller: ApiCaller, Place(digest): Place<String>) -> Result<Json<PushEndedView>, Problem> {
    let (actor, person) = caller.oneself()?;
    caller.portal.park.end_push(&actor, person, &digest).await?;
    Ok(Json(PushEndedView { ended: true }))
}
