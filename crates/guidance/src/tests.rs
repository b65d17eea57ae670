//! What the crate promises, tried on the zone that ships with the product.

mod folding;
mod relevance;
mod zone;

use crate::Guidance;
use profile::Profile;
use rulebook::Rulebook;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::load(&folder()).unwrap());
static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::load(&folder().join("rules")).unwrap());
static HETAO: LazyLock<Guidance> = LazyLock::new(|| Guidance::new(&PROFILE, &RULEBOOK).unwrap());
