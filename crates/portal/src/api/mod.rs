//! **The API**: every command and query of the park as JSON, described by an OpenAPI document made from the code.
//!
//! A handler reads who asks ([`caller`]), what they sent ([`body`]) and under which idempotency key ([`idempotency`]),
//! makes a command for the desk or looks at the zone, and answers; whatever else comes of it is a `Problem`, told as
//! RFC 9457. What may be seen is asked of the rulebook. It must not know pages, and decides nothing.

mod body;
mod caller;
mod demo;
mod docs;
mod gates;
mod health;
mod idempotency;
mod problems;
mod receipts;
mod token;

pub(crate) use body::BodyFault;
pub(crate) use problems::problem_view;
pub use token::mint_token;

use crate::{Portal, Routes};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(info(
    title = "hetao",
    description = "The operating platform of a science park on two banks of a river: every command and query as JSON."
))]
struct Described;

fn described() -> OpenApiRouter<Portal> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(health::healthz))
        .routes(routes!(health::metrics))
        .routes(routes!(demo::tokens))
        .routes(routes!(gates::list))
        .routes(routes!(gates::present))
        .routes(routes!(gates::complete))
        .routes(routes!(gates::return_back))
        .routes(routes!(gates::close))
        .routes(routes!(gates::open))
}

/// The OpenAPI document.
pub(crate) fn document() -> Document {
    described().into_openapi()
}

pub(crate) fn routes() -> Routes {
    let (router, document) = described().split_for_parts();
    Routes::new().described(router, &document)
}
