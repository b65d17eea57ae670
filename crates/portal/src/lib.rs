//! **The portal**: the park's site and its API over HTTP. It shows people what the desk holds and turns what they post
//! into the park's work.
//!
//! One module for each circle of readers, each with `routes()`: `front` (home, services, demonstration), `person` (one's
//! own cases and passes, signing in), `clerk`, `officer`, `gate`, `log`, `dashboard`, `api`. What they have in common:
//! - [`Routes`]: every route is declared with its [`Access`]; nothing can be served without saying who may have it, and
//!   the guard in front of the handler sees to it, to limits, and to the token that every form carries.
//! - [`Caller`]: who asks, in which capacity and language. It makes the `frame::Visit` that pages are made from.
//! - [`Posted`]: a form that passed the guard. [`Problem`]: every answer that is not what was asked for, as a page or as
//!   `application/problem+json`, in the reader's language.
//! - `help`: searching and showing guidance, the outline and rules. `help::source` links each section shown.
//! - `kiosk`: the pages of self-service terminals, under a segment and a session of their own.
//! - `may`: may this actor see this? Asked of the rulebook, never decided here.
//!
//! No rule is decided here, nothing is written but through the desk, and every page works without scripts.

mod api;
mod application;
mod asked;
mod attachments;
mod caller;
mod casework;
mod clerk;
mod correspondence;
mod dashboard;
mod dates;
mod delegations;
mod drafts;
mod entry;
mod feeds;
mod files;
mod finding;
mod front;
mod gate;
mod guard;
mod help;
mod kept;
mod kiosk;
mod limits;
mod links;
mod log;
mod may;
mod metrics;
mod navigation;
mod officer;
mod once;
mod outlook;
mod person;
mod place;
mod places;
mod portal;
mod posted;
mod problem;
mod proxies;
mod pushes;
mod routes;
mod serve;
mod service_form;
mod session;
mod tokens;

pub use api::{mint_token, token_text};
pub use caller::Caller;
pub use portal::{Options, Portal, SetUpError};
pub use posted::{Posted, Upload};
pub use problem::Problem;
pub use proxies::{NotAnAddress, TrustedProxy};
pub use routes::{Access, Route, Routes};
pub use serve::{ServeError, ServeOptions, TlsFiles, serve};

frame::room_words!();

/// Every route of the portal, with who may have it.
pub fn routes() -> Routes {
    Routes::new()
        .merge(files::routes())
        .merge(front::routes())
        .merge(help::routes())
        .merge(kiosk::routes())
        .merge(person::routes())
        .merge(clerk::routes())
        .merge(drafts::routes())
        .merge(attachments::routes())
        .merge(officer::routes())
        .merge(gate::routes())
        .merge(log::routes())
        .merge(correspondence::routes())
        .merge(feeds::routes())
        .merge(pushes::routes())
        .merge(dashboard::routes())
        .merge(api::routes())
}

/// The portal as the park's self-service terminals get it: the kiosk, and nothing else.
pub fn terminals(portal: Portal) -> axum::Router {
    kiosk::of_terminals(router(portal))
}

/// The whole portal as a service; tests ask it without a socket.
pub fn router(portal: Portal) -> axum::Router {
    entry::around(routes().into_router(), portal)
}

#[cfg(test)]
mod tests;
