//! The demonstration: a past, a morning to begin with, and a present that goes on.

mod clock;
mod clocks;
mod history;
mod live;
mod queue;
mod roster;
mod seed;
mod tasks;

#[cfg(test)]
mod tests;

pub use clock::demo_clock;
pub use live::{LiveHandle, live};
pub use seed::{Seeded, seed};
