//! **The API**: every command and query of the park as JSON, described by an OpenAPI document made from the code.
//!
//! A handler reads who asks ([`caller`]), what they sent ([`body`]) and under which idempotency key ([`idempotency`]),
//! makes a command for the desk or looks at the zone, and answers; whatever else comes of it is a `Problem`, told as
//! RFC 9457. What may be seen is asked of the rulebook. It must not know pages, and decides nothing.

mod applications;
mod attachments;
mod body;
mod caller;
mod cases;
mod dashboard;
mod demo;
mod docs;
mod document;
mod drafts;
mod events;
mod gates;
mod health;
mod idempotency;
mod lists;
mod log;
mod messages;
mod office;
mod organisations;
mod page;
mod permits;
mod persons;
mod policies;
mod problems;
mod published;
mod query;
mod receipts;
mod rosters;
mod sealing;
mod services;
mod status;
mod token;
mod views;

pub(crate) use body::BodyFault;
pub(crate) use caller::AnyCaller;
pub(crate) use events::Feeds;
pub(crate) use problems::problem_view;
pub use token::mint_token;

use crate::{Access, Portal, Routes};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

fn described() -> OpenApiRouter<Portal> {
    for_people().merge(for_offices()).merge(for_machines())
}

/// What clerks and people do.
fn for_people() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(persons::me))
        .routes(routes!(persons::register))
        .routes(routes!(persons::get))
        .routes(routes!(persons::invite))
        .routes(routes!(persons::confirm_document))
        .routes(routes!(persons::give_consent))
        .routes(routes!(persons::withdraw_consent))
        .routes(routes!(persons::set_language))
        .routes(routes!(services::list))
        .routes(routes!(services::get))
        .routes(routes!(rosters::upload))
        .routes(routes!(rosters::get))
        .routes(routes!(rosters::mend))
        .routes(routes!(applications::open))
        .routes(routes!(applications::team))
        .routes(routes!(drafts::list, drafts::begin))
        .routes(routes!(drafts::get, drafts::discard))
        .routes(routes!(drafts::fill_in))
        .routes(routes!(drafts::attach))
        .routes(routes!(drafts::detach))
        .routes(routes!(drafts::submit))
        .routes(routes!(attachments::list))
        .routes(routes!(attachments::read))
        .routes(routes!(attachments::attach))
        .routes(routes!(attachments::calculation))
        .routes(routes!(status::look))
        .routes(routes!(messages::list))
        .routes(routes!(lists::list))
        .routes(routes!(cases::get))
        .routes(routes!(cases::history))
        .routes(routes!(cases::submit_case))
        .routes(routes!(cases::withdraw))
        .routes(routes!(cases::answer))
        .routes(routes!(permits::get))
        .routes(routes!(permits::collect))
}

/// What officers do.
fn for_offices() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(cases::take))
        .routes(routes!(cases::decide))
        .routes(routes!(cases::ask))
        .routes(routes!(permits::suspend))
        .routes(routes!(permits::resume))
        .routes(routes!(permits::revoke))
        .routes(routes!(office::open_items))
        .routes(routes!(office::resolve))
        .routes(routes!(office::settle))
        .routes(routes!(office::watchlist, office::list_watch))
        .routes(routes!(office::unlist_watch))
        .routes(routes!(views::list, views::save))
        .routes(routes!(views::remove))
        .routes(routes!(gates::close))
        .routes(routes!(gates::open))
        .routes(routes!(organisations::list, organisations::register))
        .routes(routes!(organisations::get))
        .routes(routes!(organisations::appoint_clerk))
        .routes(routes!(organisations::relieve_clerk))
        .routes(routes!(organisations::appoint_officer))
        .routes(routes!(organisations::relieve_officer))
}

/// What gates, verifiers and watchers of the machine ask for.
fn for_machines() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(gates::list))
        .routes(routes!(gates::present))
        .routes(routes!(gates::complete))
        .routes(routes!(gates::return_back))
        .routes(routes!(dashboard::get))
        .routes(routes!(events::events))
        .routes(routes!(log::get))
        .routes(routes!(log::entry))
        .routes(routes!(log::receipt))
        .routes(routes!(log::consistency))
        .routes(routes!(policies::list))
        .routes(routes!(policies::get))
        .routes(routes!(published::status_list))
        .routes(routes!(published::issuer))
        .routes(routes!(document::openapi))
        .routes(routes!(health::healthz))
        .routes(routes!(health::metrics))
        .routes(routes!(demo::tokens))
}

/// The OpenAPI document.
pub(crate) fn document() -> OpenApi {
    document::finished(described().into_openapi())
}

pub(crate) fn routes() -> Routes {
    let (router, document) = described().split_for_parts();
    Routes::new().described(router, &document).get("/api", Access::Anyone, page::to_page).get(
        "/{lang}/api",
        Access::Anyone,
        page::page,
    )
}

#[cfg(test)]
mod tests;
