//! **The simulation**: a park that is alive before it is built.
//!
//! Three things that share one cast of plainly synthetic people and one way of playing a day:
//! - `seed` gives a demonstration its past (organisations, personas, cases at every stage, some days of crossings),
//!   `demo_clock` its morning, and `live` its present, for as long as the park is open;
//! - `run` plays working days through the same commands as everybody else, and reports queues, waiting times and
//!   refusals;
//! - the same plan against a server makes load.
//!
//! Every person, organisation and document here is invented and says so. It decides nothing: whether somebody may
//! cross, apply or decide is for the desk and the rulebook. It must not know: HTML.

mod against;
mod cast;
mod days;
mod demo;
mod dice;
mod enrol;
mod error;
mod founding;
mod paperwork;
mod phrases;
mod play;
mod run;
mod services;
mod stage;

pub use against::LoadFigures;
pub use demo::{LiveHandle, Seeded, demo_clock, live, seed};
pub use error::SimulationError;
pub use run::{
    CaseFigures, Check, CrossingFigures, GateReport, LogFigures, Outage, Part, PeakReport, PermitFigures, Plan,
    PresenceFigures, Progress, QuarterReport, RefusalCount, Report, Unfinished, Where, run,
};

frame::room_words!();

/// Seeding fails for the same reasons as a simulation.
pub type SeedError = SimulationError;
