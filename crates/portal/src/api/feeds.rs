//! Calendar feeds of the caller: addresses with a secret in them.

use super::body::Body;
use super::caller::ApiCaller;
use super::docs::Problems;
use super::query::Asking;
use crate::feeds::address;
use crate::problem::Problem;
use axum::Json;
use base::Key;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedAddressView {
    /// Of this office's queue; absent for the caller's own applications.
    #[schema(value_type = Option<String>, example = "hk-immigration")]
    office: Option<Key>,
    /// Whoever has it can read the calendar.
    address: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedBody {
    /// An office that the caller acts for; none for the caller's own applications.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "hk-immigration")]
    office: Option<Key>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedAsked {
    /// An office that the caller acts for; left out for the caller's own applications.
    #[param(value_type = Option<String>)]
    office: Option<Key>,
}

/// The caller's calendar addresses.
#[utoipa::path(get, path = "/api/me/feeds", tag = "persons",
    responses((status = 200, body = Vec<FeedAddressView>), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Result<Json<Vec<FeedAddressView>>, Problem> {
    let (park, (_, person)) = (&caller.portal.park, caller.oneself()?);
    let zone = park.zone();
    let offices = letters::feeds_of(&zone.letters, person).into_iter().map(|feed| feed.office.clone());
    let seen = offices.filter_map(|office| {
        let secret = park.feed_secret(person, office.as_ref())?;
        Some(FeedAddressView { office, address: address(park, &secret) })
    });
    Ok(Json(seen.collect()))
}

/// A new calendar address; an earlier one stops working.
#[utoipa::path(post, path = "/api/me/feeds", tag = "persons", request_body = FeedBody,
    responses((status = 200, body = FeedAddressView), Problems))]
pub(crate) async fn open(caller: ApiCaller, body: Body<FeedBody>) -> Result<Json<FeedAddressView>, Problem> {
    let (park, office, (actor, person)) = (&caller.portal.park, body.value.office, caller.oneself()?);
    let secret = park.open_feed(&actor, person, office.clone()).await?;
    Ok(Json(FeedAddressView { office, address: address(park, &secret) }))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedClosedView {
    closed: bool,
}

/// The calendar address stops working.
#[utoipa::path(delete, path = "/api/me/feeds", tag = "persons", params(FeedAsked),
    responses((status = 200, body = FeedClosedView), Problems))]
pub(crate) async fn close(
    caller: ApiCaller,
    Asking(asked): Asking<FeedAsked>,
) -> Result<Json<FeedClosedView>, Problem> {
    let (actor, person) = caller.oneself()?;
    caller.portal.park.close_feed(&actor, person, asked.office).await?;
    Ok(Json(FeedClosedView { closed: true }))
}
