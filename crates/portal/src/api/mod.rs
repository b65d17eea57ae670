//! **The API**: every command and query of the park as JSON, described by an OpenAPI document made from the code.
//!
//! A handler reads who asks ([`caller`]), what they sent ([`body`]) and under which idempotency key ([`idempotency`]),
//! makes a command for the desk or looks at the zone, and answers; whatever else comes of it is a `Problem`, told as
//! RFC 9457. What may be seen is asked of the rulebook. It must not know pages, and decides nothing.

mod applications;
mod arranging;
mod attachments;
mod body;
mod caller;
mod cases;
mod closures;
mod dashboard;
mod delegations;
mod demo;
mod docs;
mod document;
mod drafts;
mod events;
mod feeds;
mod gates;
mod guidance;
mod health;
mod idempotency;
mod kiosk;
mod legs;
mod letters;
mod lists;
mod log;
mod messages;
mod office;
mod organisations;
mod outlook;
mod page;
mod permits;
mod persons;
mod policies;
mod problems;
mod published;
mod pushes;
mod query;
mod receipts;
mod remarks;
mod rosters;
mod sealing;
mod services;
mod status;
mod tasks;
mod token;
pub(crate) mod tokens;
mod views;

pub(crate) use body::BodyFault;
pub(crate) use caller::AnyCaller;
pub(crate) use events::Feeds;
pub(crate) use problems::problem_view;
pub use token::{mint_token, token_text};

use crate::{Access, Portal, Routes};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

fn described() -> OpenApiRouter<Portal> {
    for_people().merge(for_offices()).merge(for_legs()).merge(for_machines())
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
        .routes(routes!(persons::sign_out))
        .routes(routes!(kiosk::make))
        .routes(routes!(services::list))
        .routes(routes!(services::get))
        .routes(routes!(guidance::search))
        .routes(routes!(guidance::article))
        .routes(routes!(guidance::section))
        .routes(routes!(rosters::list, rosters::upload))
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
        .routes(routes!(cases::changes))
        .routes(routes!(remarks::list, remarks::write))
        .routes(routes!(remarks::accesses))
        .routes(routes!(cases::submit_case))
        .routes(routes!(cases::withdraw))
        .routes(routes!(cases::answer))
        .routes(routes!(permits::get))
        .routes(routes!(permits::collect))
        .routes(routes!(letters::of_case, letters::write))
        .routes(routes!(letters::get))
        .routes(routes!(feeds::list, feeds::open, feeds::close))
        .routes(routes!(pushes::list, pushes::subscribe))
        .routes(routes!(pushes::end))
        .routes(routes!(letters::verify))
        .routes(routes!(delegations::list))
        .routes(routes!(delegations::get, delegations::end))
        .routes(routes!(delegations::offer))
        .routes(routes!(delegations::accept))
        .routes(routes!(delegations::decline))
}

/// What officers do.
fn for_offices() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(cases::take))
        .routes(routes!(cases::decide))
        .routes(routes!(cases::ask))
        .routes(routes!(permits::search))
        .routes(routes!(permits::suspend))
        .routes(routes!(permits::resume))
        .routes(routes!(permits::revoke))
        .routes(routes!(office::open_items))
        .routes(routes!(office::resolve))
        .routes(routes!(office::settle))
        .routes(routes!(office::watchlist, office::list_watch))
        .routes(routes!(office::unlist_watch))
        .routes(routes!(closures::list, closures::declare))
        .routes(routes!(closures::correct))
        .routes(routes!(closures::void))
        .routes(routes!(outlook::get))
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
        .routes(routes!(organisations::enrol_clerk))
        .routes(routes!(organisations::enrol_officer))
        .routes(routes!(tokens::list, tokens::issue))
        .routes(routes!(tokens::revoke))
        .routes(routes!(organisations::appoint_head))
        .routes(routes!(organisations::relieve_head))
}

/// What is done on legs that ask for more than an officer's word, and what offices arrange for them.
fn for_legs() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(legs::give_back))
        .routes(routes!(legs::hand_on))
        .routes(routes!(legs::confirm))
        .routes(routes!(legs::send_back))
        .routes(routes!(legs::confirm_payment))
        .routes(routes!(legs::waive))
        .routes(routes!(legs::refund))
        .routes(routes!(legs::name_signatory))
        .routes(routes!(legs::sign))
        .routes(routes!(legs::decline))
        .routes(routes!(legs::book))
        .routes(routes!(legs::cancel_booking))
        .routes(routes!(legs::record_attendance))
        .routes(routes!(legs::vote))
        .routes(routes!(legs::declare_conflict))
        .routes(routes!(legs::reseat))
        .routes(routes!(legs::close_vote))
        .routes(routes!(arranging::times, arranging::offer_times))
        .routes(routes!(arranging::withdraw_time))
        .routes(routes!(arranging::absences, arranging::be_away))
        .routes(routes!(arranging::end_absence))
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
