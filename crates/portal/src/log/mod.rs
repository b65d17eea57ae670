//! The public log: for programs as C2SP tiles, for people as pages that say what it proves, and to whom.
//!
//! Checkpoints and hash tiles tell nothing about entries (each has 16 random bytes in it), so they are for everybody;
//! entries are for auditors, and for whom they are about in `person`.

pub(crate) mod evidence;
mod pages;
mod tiles;

use crate::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new().merge(tiles::routes()).get("/{lang}/log", Access::Anyone, pages::overview).get(
        "/{lang}/log/entries/{sequence}",
        Access::Anyone,
        pages::entry,
    )
}
