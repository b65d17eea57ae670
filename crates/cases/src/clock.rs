//! The clock of a leg: half days of its own office's working time, standing still while the applicant is asked.
//!
//! A running clock remembers from when it runs and how many half days it was given, and no date: the date follows from
//! the calendar and the closures as they are known, so that neither touches a clock, be there a million of them.
//! It must not know: which office it is, nor who closed it.

use crate::OfficeTime;
use base::Date;
use profile::{HALVES_PER_DAY, WorkingTime};
use serde::{Deserialize, Serialize};

/// Runs since a date, or stands still with half days left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The office decides by the end of this day. In logs from before closures, which move such a clock too.
    Due { due: Date, working_days: u16 },
    /// Whole working days left. In logs from before half days; folded to `Paused`.
    Stopped { left: i32, working_days: u16 },
    /// The office decides within so many half days worked after this date.
    Running { since: Date, halves: u16, working_days: u16 },
    /// Stopped: so many half days will be left when it goes on. Negative where it was late already.
    Paused { halves: i32, working_days: u16 },
}

/// How far a running clock has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    Stopped,
    InTime,
    /// The first of the service's two warnings.
    Warned,
    /// The second.
    Pressing,
    Breached,
}

impl Clock {
    /// A clock that starts today: the first working day after today counts as one.
    pub fn start(today: Date, working_days: u16) -> Self {
        Clock::Running { since: today, halves: working_days.saturating_mul(HALVES_PER_DAY), working_days }
    }

    /// A clock that will start when other legs have ended: all its days are left.
    pub fn waiting(working_days: u16) -> Self {
        Clock::Paused { halves: i32::from(working_days) * i32::from(HALVES_PER_DAY), working_days }
    }

    /// Today counts as run already, as it did when the clock was read this morning.
    #[must_use]
    pub fn stop(self, time: &OfficeTime, today: Date) -> Self {
        match self {
            Clock::Due { working_days, .. } | Clock::Running { working_days, .. } => {
                Clock::Paused { halves: self.left(time, today), working_days }
            }
            Clock::Stopped { .. } | Clock::Paused { .. } => self.as_folded(),
        }
    }

    /// A clock that was late already is due today.
    #[must_use]
    pub fn resume(self, today: Date) -> Self {
        match self.as_folded() {
            Clock::Paused { halves, working_days } => {
                let halves = u16::try_from(halves.max(0)).unwrap_or(u16::MAX);
                Clock::Running { since: today, halves, working_days }
            }
            running @ (Clock::Due { .. } | Clock::Stopped { .. } | Clock::Running { .. }) => running,
        }
    }

    /// As the room keeps it: an earlier shape is turned into today's where that loses nothing.
    #[must_use]
    pub fn as_folded(self) -> Self {
        match self {
            Clock::Stopped { left, working_days } => {
                Clock::Paused { halves: left.saturating_mul(i32::from(HALVES_PER_DAY)), working_days }
            }
            Clock::Due { .. } | Clock::Running { .. } | Clock::Paused { .. } => self,
        }
    }

    /// The date from which it runs: the day after is the first that counts.
    pub fn since(self) -> Option<Date> {
        match self {
            Clock::Running { since, .. } => Some(since),
            Clock::Due { .. } | Clock::Stopped { .. } | Clock::Paused { .. } => None,
        }
    }

    pub fn is_running(self) -> bool {
        matches!(self, Clock::Due { .. } | Clock::Running { .. })
    }

    /// By the end of which day the office decides. Moves with what is known of the working time.
    pub fn due(self, time: &OfficeTime) -> Option<Date> {
        match self {
            Clock::Running { since, halves, .. } => Some(time.end(since, u32::from(halves))),
            Clock::Due { due, .. } => Some(time.moved(due)),
            Clock::Stopped { .. } | Clock::Paused { .. } => None,
        }
    }

    pub fn working_days(self) -> u16 {
        match self {
            Clock::Due { working_days, .. }
            | Clock::Stopped { working_days, .. }
            | Clock::Running { working_days, .. }
            | Clock::Paused { working_days, .. } => working_days,
        }
    }

    /// Half days left; negative when it is late. On the day it is due it is not late, though nothing be left.
    pub fn left(self, time: &OfficeTime, today: Date) -> i32 {
        let Some(due) = self.due(time) else {
            return if let Clock::Paused { halves, .. } = self.as_folded() { halves } else { 0 };
        };
        if today > due {
            return time.between(today, due);
        }
        match self {
            Clock::Running { since, halves, .. } => (i32::from(halves) - time.between(since, today)).max(0),
            Clock::Due { .. } | Clock::Stopped { .. } | Clock::Paused { .. } => time.between(today, due),
        }
    }

    pub fn urgency(self, time: &OfficeTime, today: Date, warn_at_percent: [u8; 2]) -> Urgency {
        if !self.is_running() {
            return Urgency::Stopped;
        }
        let left = self.left(time, today);
        if left < 0 {
            return Urgency::Breached;
        }
        let total = (i32::from(self.working_days()) * i32::from(HALVES_PER_DAY)).max(1);
        let used_percent = (total - left).saturating_mul(100) / total;
        let [first, second] = warn_at_percent.map(i32::from);
        if used_percent >= second {
            Urgency::Pressing
        } else if used_percent >= first {
            Urgency::Warned
        } else {
            Urgency::InTime
        }
    }
}
