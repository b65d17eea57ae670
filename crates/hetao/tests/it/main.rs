//! The built program as its users meet it: started, fed, killed, and read by its exit code and output.
//!
//! One binary for all of it, so that it links once. What the program consists of is tested in its own crates.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on ends there; the lints' leave for tests does not reach helper functions"
)]

mod backup;
mod crash;
mod demonstration;
mod erase;
mod full_disk;
mod fuzz;
mod guidance;
mod help;
mod load;
mod log;
mod monitor;
mod park_folder;
mod program;
mod roster;
mod running;
mod server;
mod services;
mod simulate;
mod zone;
