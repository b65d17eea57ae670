//! The clock of a leg: working days on its office's own calendar, stopped while the applicant is asked.

use base::Date;
use profile::Calendar;
use serde::{Deserialize, Serialize};

/// Runs towards a date, or stands still with working days left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The office decides by the end of this day.
    Due { due: Date, working_days: u16 },
    /// Stopped: this many working days will be left when it goes on. Negative where it was late already.
    Stopped { left: i32, working_days: u16 },
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
    pub fn start(calendar: &Calendar, today: Date, working_days: u16) -> Self {
        Clock::Due { due: calendar.add_working_days(today, working_days), working_days }
    }

    /// A clock that will start when other legs have ended: all its days are left.
    pub fn waiting(working_days: u16) -> Self {
        Clock::Stopped { left: i32::from(working_days), working_days }
    }

    #[must_use]
    pub fn stop(self, calendar: &Calendar, today: Date) -> Self {
        match self {
            Clock::Due { due, working_days } => {
                Clock::Stopped { left: calendar.working_days_between(today, due), working_days }
            }
            Clock::Stopped { .. } => self,
        }
    }

    /// A clock that was late already is due today.
    #[must_use]
    pub fn resume(self, calendar: &Calendar, today: Date) -> Self {
        match self {
            Clock::Stopped { left, working_days } => {
                let left = u16::try_from(left.max(0)).unwrap_or(u16::MAX);
                Clock::Due { due: calendar.add_working_days(today, left), working_days }
            }
            Clock::Due { .. } => self,
        }
    }

    pub fn due(self) -> Option<Date> {
        match self {
            Clock::Due { due, .. } => Some(due),
            Clock::Stopped { .. } => None,
        }
    }

    pub fn working_days(self) -> u16 {
        match self {
            Clock::Due { working_days, .. } | Clock::Stopped { working_days, .. } => working_days,
        }
    }

    /// Working days left; negative when it is late.
    pub fn left(self, calendar: &Calendar, today: Date) -> i32 {
        match self {
            Clock::Due { due, .. } => calendar.working_days_between(today, due),
            Clock::Stopped { left, .. } => left,
        }
    }

    pub fn urgency(self, calendar: &Calendar, today: Date, warn_at_percent: [u8; 2]) -> Urgency {
        if let Clock::Stopped { .. } = self {
            return Urgency::Stopped;
        }
        let left = self.left(calendar, today);
        if left < 0 {
            return Urgency::Breached;
        }
        let total = i32::from(self.working_days()).max(1);
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
