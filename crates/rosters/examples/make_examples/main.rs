//! Writes `examples/rosters/` at the top of the repository: `cargo run -p rosters --example make_examples`.
//! Deterministic; `tests/it/examples.rs` compares its result with what is checked in.

mod files;
mod people;
mod readme;

use std::io::{Error, Result};
use std::path::Path;

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rosters");
    let examples = files::examples();
    let refused = files::refused().ok_or_else(|| Error::other("a refused file cannot be made"))?;
    std::fs::create_dir_all(folder.join("refused"))?;
    for example in &examples {
        let bytes = example.bytes().ok_or_else(|| Error::other(format!("{} cannot be made", example.name)))?;
        std::fs::write(folder.join(example.name), bytes)?;
    }
    for file in &refused {
        std::fs::write(folder.join("refused").join(file.name), &file.bytes)?;
    }
    std::fs::write(folder.join("README.md"), readme::readme(&examples, &refused))
}
