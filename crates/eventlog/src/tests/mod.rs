//! The log's tests. Helpers that several of them use are here.

use crate::memory::Memory;
use crate::*;

mod appending;
mod audit;
mod damage;
mod faults;
mod files;
mod merkle;
mod notes;
mod receipts;
mod tiles;

pub const ORIGIN: &str = "hetao.example/log";

pub fn keys() -> LogKeys {
    LogKeys::from_seeds(ORIGIN, [7; 32], [9; 32]).unwrap()
}

pub fn public() -> LogPublicKeys {
    keys().public().clone()
}

/// Entries that differ in content and length, the empty one among them.
pub fn entries(from: u64, count: u64) -> Vec<Vec<u8>> {
    (from..from + count).map(|sequence| format!("entry {sequence};").repeat((sequence % 5) as usize).into()).collect()
}

pub fn open(memory: &Memory) -> (Log, LogReader) {
    Log::open(Box::new(memory.clone()), keys()).unwrap()
}

/// A log of so many entries, appended in groups of the given size.
pub fn log_of(size: u64, group: u64) -> (Memory, Log, LogReader) {
    let memory = Memory::new();
    let (mut log, reader) = open(&memory);
    while log.size() < size {
        let batch = entries(log.size(), group.min(size - log.size()));
        log.append(&batch, 1_800_000_000_000).unwrap();
    }
    (memory, log, reader)
}

pub fn check_log(reader: &LogReader) -> Result<VerifyReport, LogError> {
    verify(reader, &public(), &mut |_| {})
}
