//! What stands behind the question mark of an address: read into a known shape, refused with its name if it is another.

use crate::Portal;
use crate::problem::Problem;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// `Asking(query): Asking<CasesQuery>`.
#[derive(Debug)]
pub(crate) struct Asking<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Portal> for Asking<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, Problem> {
        Query::try_from_uri(&parts.uri).map(|Query(value)| Self(value)).map_err(|_| Problem::Query)
    }
}
