//! What the crate promises, tried on the zone that ships with the product and on broken copies of it.

mod calendars;
mod catalogue;
mod faults;
mod forms;
mod kinds;
mod services;
mod tasks;
mod zone;

use crate::Profile;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn hetao_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

static HETAO: LazyLock<Profile> = LazyLock::new(|| match Profile::load(&hetao_folder()) {
    Ok(profile) => profile,
    Err(faults) => {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{} faults:\n{}", list.len(), list.join("\n"))
    }
});

fn date(text: &str) -> base::Date {
    text.parse().unwrap()
}

fn key(text: &str) -> base::Key {
    base::Key::new(text).unwrap()
}
