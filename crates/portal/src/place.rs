//! The named pieces of a path. What does not parse names nothing, and is not found.

use crate::Portal;
use crate::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// `Place((_, case)): Place<(String, CaseId)>` for `/{lang}/cases/{case}`.
#[derive(Debug)]
pub(crate) struct Place<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Portal> for Place<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Problem> {
        let path = Path::<T>::from_request_parts(parts, portal).await;
        path.map(|Path(place)| Self(place)).map_err(|_| Problem::NotFound)
    }
}
