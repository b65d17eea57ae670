//! Checks of the house that no compiler makes: `cargo run -p xtask -- tidy`. It reads the sources and writes
//! nothing; it knows no room. The words are checked by a test beside it (`tests/words.rs`), which needs `frame`.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::ExitCode;

mod allow;
mod house;
mod lengths;
mod map;
mod marks;
mod samples;
mod words;

use house::{Fault, House};

/// Exceptions that were granted. See `allow.rs` for its form.
const ALLOWED: &str = "xtask/tidy.allow";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [command] if command == "tidy" => tidy(),
        _ => bail!("usage: cargo run -p xtask -- tidy"),
    }
}

fn tidy() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in no workspace")?;
    let house = House::read(root)?;
    let allowed = house.text(ALLOWED).unwrap_or_default();
    let faults = allow::apply(ALLOWED, allowed, check(&house));
    for fault in &faults {
        println!("{fault}");
    }
    if faults.is_empty() {
        println!("tidy: {} files, no fault", house.len());
        Ok(ExitCode::SUCCESS)
    } else {
        println!("tidy: {} files, {} faults", house.len(), faults.len());
        Ok(ExitCode::FAILURE)
    }
}

/// Everything that is wrong, exceptions included, in the order of the files.
fn check(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    lengths::check(house, &mut faults);
    marks::check(house, &mut faults);
    map::check(house, &mut faults);
    samples::check(house, &mut faults);
    words::check(house, &mut faults);
    faults.sort_by(|one, other| (&one.file, one.line, one.check).cmp(&(&other.file, other.line, other.check)));
    faults
}
