//! The self-service kiosk: the services that are used most, in large type, for whoever stands at a terminal of the park.
//!
//! Its pages live under `/{lang}/kiosk`. There every link stays: `Caller::href` and `Visit::href` add the segment
//! themselves, so pages of the other circles can be shown here as they are and lead nowhere else. Sessions of the kiosk
//! have a cookie of their own and end after a minute without a touch; nothing is kept by the browser.
//! A terminal reaches these pages at the address of `hetao serve --kiosk`, and nothing else there; on the park's own
//! address they are shown in the demonstration alone.

mod codes;
mod own;
mod service;
mod sign_in;
mod start;
mod terminal;

pub(crate) use codes::{Codes, FIGURES, GOOD_FOR as CODE_GOOD_FOR};
pub(crate) use terminal::{Terminal, of_terminals};

use crate::person::me;
use crate::{Access, Caller, Routes, help};
use base::Instant;
use frame::KioskFrame;

/// Without a touch for so long, and the session is over: for the page and its script.
pub(crate) const SECONDS: u32 = 60;
/// The server's own limit. A touch is told to it at most so much later.
pub(crate) const IDLE_MAX: i64 = SECONDS as i64 * Instant::SECOND + 10 * Instant::SECOND;
/// Nobody stands at a kiosk longer than this.
pub(crate) const LIFE_MAX: i64 = 20 * Instant::MINUTE;

/// The segment under which the kiosk's pages live.
pub(crate) const SEGMENT: &str = "kiosk";

pub(crate) fn routes() -> Routes {
    let own = Access::SignedIn;
    Routes::new()
        .get("/{lang}/kiosk", Access::Anyone, start::page)
        .get("/{lang}/kiosk/", Access::Anyone, start::page)
        .get("/{lang}/kiosk/services", Access::Anyone, start::page)
        .get("/{lang}/kiosk/services/{service}", Access::Anyone, service::page)
        .get("/{lang}/kiosk/sign-in", Access::Anyone, sign_in::page)
        .post("/{lang}/kiosk/sign-in", Access::Attempt, sign_in::sign_in)
        .get("/{lang}/kiosk/end", Access::Anyone, sign_in::end)
        .post("/{lang}/kiosk/end", Access::Anyone, sign_in::end)
        .get("/{lang}/kiosk/touched", Access::Anyone, sign_in::touched)
        .get("/{lang}/kiosk/me", own, own::all)
        .get("/{lang}/kiosk/me/cases/{case}", own, own::slip)
        .get("/{lang}/kiosk/me/apply/{service}", own, me::apply::show)
        .post("/{lang}/kiosk/me/apply/{service}", own, me::apply::apply)
        .merge(help::routes_of_kiosk())
}

/// What the kiosk's pages are framed with.
pub(crate) fn framed(caller: &Caller) -> KioskFrame {
    KioskFrame {
        seconds: SECONDS,
        end: caller.href("end"),
        touched: caller.href("touched"),
        is_start: matches!(caller.path(), "" | "services"),
    }
}
