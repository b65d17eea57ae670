//! Pages of people: signing in, one's own applications and passes.

mod ceremonies;
mod doors;

pub(crate) use ceremonies::Ceremonies;

use crate::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post("/{lang}/sign-out", Access::Anyone, doors::sign_out)
        .get("/{lang}/capacity", Access::SignedIn, doors::capacities)
        .post("/{lang}/capacity", Access::SignedIn, doors::take_up)
}
