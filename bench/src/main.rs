//! `make bench`: every figure of the README, measured on this machine in one run, each beside its aim.
//!
//! Figures that depend on the machine are given as ratios to something measured in the same run. `bench NAME…` runs
//! some of the sections only: log, replay, visible, gate, pages, casework.

mod casework;
mod client;
mod gate;
mod latency;
mod log;
mod pages;
mod replay;
mod row;
mod visible;
mod world;

use row::Row;

/// As the program itself has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Section = (&'static str, fn() -> anyhow::Result<Vec<Row>>);

const SECTIONS: [Section; 6] = [
    ("log", log::run),
    ("replay", replay::run),
    ("visible", visible::run),
    ("gate", gate::run),
    ("pages", pages::run),
    ("casework", casework::run),
];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("generate"), Some(data)) => return pages::generate(data.as_ref()),
        (Some("generate-casework"), Some(data)) => return casework::generate(data.as_ref()),
        _ => {}
    }
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for (name, run) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            eprintln!("measuring: {name} …");
            match run() {
                Ok(measured) => rows.extend(measured),
                // The other sections are measured all the same.
                Err(error) => {
                    eprintln!("{name} could not be measured: {error:#}");
                    failed.push(name);
                }
            }
        }
    }
    println!("{}", row::table(&rows));
    anyhow::ensure!(failed.is_empty(), "not measured: {}", failed.join(", "));
    Ok(())
}
