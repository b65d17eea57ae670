//! Pages of people: coming in, one's own applications, one's passes.
//!
//! Here everybody acts for themselves, whatever other capacity their session is in.

mod ceremonies;
mod doors;
mod enrol;
pub(crate) mod me;
mod passes;
mod passkeys;
mod sign_in;

pub(crate) use ceremonies::Ceremonies;
pub(crate) use me::{messages, page};

use crate::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/{lang}/enrol/{person}/{secret}", Access::Anyone, enrol::page)
        .post("/{lang}/enrol/{person}/{secret}/question", Access::Attempt, enrol::question)
        .post("/{lang}/enrol/{person}/{secret}/answer", Access::Attempt, enrol::answer)
        .get("/{lang}/sign-in", Access::Anyone, sign_in::page)
        .post("/{lang}/sign-in/question", Access::Attempt, sign_in::question)
        .post("/{lang}/sign-in/answer", Access::Attempt, sign_in::answer)
        .post("/{lang}/sign-out", Access::Anyone, doors::sign_out)
        .post("/{lang}/sign-out/everywhere", Access::SignedIn, doors::sign_out_everywhere)
        .get("/{lang}/session", Access::SignedIn, doors::session)
        .get("/{lang}/capacity", Access::SignedIn, doors::capacities)
        .post("/{lang}/capacity", Access::SignedIn, doors::take_up)
        .get("/{lang}/me/passkeys", Access::SignedIn, passkeys::page)
        .post("/{lang}/me/passkeys/question", Access::SignedIn, passkeys::question)
        .post("/{lang}/me/passkeys/answer", Access::SignedIn, passkeys::answer)
        .post("/{lang}/me/passkeys/remove", Access::SignedIn, passkeys::remove)
        .merge(me::routes())
        .merge(passes::routes())
}
