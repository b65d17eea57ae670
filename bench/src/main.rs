//! `make bench`: every figure of the README, measured on this machine in one run, each beside its aim.
//!
//! Figures that depend on the machine are given as ratios to something measured in the same run. `bench NAME…` runs
//! some of the sections only: gate, log, replay, visible, pages.

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

type Section = (&'static str, fn() -> anyhow::Result<Vec<Row>>);

const SECTIONS: [Section; 5] =
    [("log", log::run), ("replay", replay::run), ("visible", visible::run), ("gate", gate::run), ("pages", pages::run)];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    if let (Some("generate"), Some(data)) = (arguments.next().as_deref(), arguments.next()) {
        return pages::generate(std::path::Path::new(&data));
    }
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut rows = Vec::new();
    for (name, run) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            eprintln!("measuring: {name} …");
            rows.extend(run()?);
        }
    }
    println!("{}", row::table(&rows));
    Ok(())
}
