//! What is to be simulated, and where.

use crate::error::SimulationError;
use base::Date;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A simulation in figures. The same plan in the same zone gives the same report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    pub commuters: u32,
    /// Working days on which people cross; enrolment comes before them.
    pub days: u16,
    pub seed: u64,
    pub visitors_per_day: u32,
    /// Whether a gate is closed for forty minutes in the morning's peak, on the day in the middle.
    pub outage: bool,
    /// The first day of crossings, or the next one on which both banks work.
    pub from: Date,
    /// Of a hundred commuters, how many live on the north bank and work on the south.
    pub live_north_percent: u8,
    /// Of a hundred who go one way in one half of the day, how many come in its busiest quarter of an hour.
    pub peak_quarter_percent: u8,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            commuters: 1_500,
            days: 5,
            seed: 7,
            visitors_per_day: 20,
            outage: true,
            from: Date::constant(2026, 11, 16),
            live_north_percent: 80,
            peak_quarter_percent: 15,
        }
    }
}

impl Plan {
    pub const COMMUTERS_MAX: u32 = 100_000;
    pub const DAYS_MAX: u16 = 60;
    pub const VISITORS_MAX: u32 = 5_000;

    /// What is beyond the limits is refused, with the limit.
    pub fn check(&self) -> Result<(), SimulationError> {
        let outside = |what, value: u64, least: u64, most: u64| {
            let fits = (least..=most).contains(&value);
            if fits { Ok(()) } else { Err(SimulationError::Plan { what, least, most }) }
        };
        outside("commuters", u64::from(self.commuters), 1, u64::from(Self::COMMUTERS_MAX))?;
        outside("days", u64::from(self.days), 1, u64::from(Self::DAYS_MAX))?;
        outside("visitors", u64::from(self.visitors_per_day), 0, u64::from(Self::VISITORS_MAX))?;
        outside("live-north-percent", u64::from(self.live_north_percent), 0, 100)?;
        outside("peak-quarter-percent", u64::from(self.peak_quarter_percent), 1, 60)
    }
}

/// Where it is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// In memory; nothing is left.
    Memory,
    /// Into a data folder, which can be served and verified afterwards.
    Data(PathBuf),
    /// Against a server that runs a demonstration, at its address: `http://127.0.0.1:8080`.
    Against(String),
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub part: Part,
    pub done: u64,
    pub of: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Enrolment,
    Days,
    Checks,
    Load,
}
