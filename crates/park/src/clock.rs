//! The clock at the edge of the domain: the system's, or one that runs beside it for the demonstration.

use base::Instant;
use std::time::{SystemTime, UNIX_EPOCH};

/// Instants as this park counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clock {
    /// Added to the system's clock, in milliseconds. Nought outside a demonstration.
    offset: i64,
}

impl Clock {
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that shows `at` now, and runs on at the system's pace.
    pub fn showing(at: Instant) -> Self {
        Self { offset: at.since(Self::system().now()) }
    }

    pub fn now(&self) -> Instant {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)).plus(self.offset)
    }

    pub fn is_system(&self) -> bool {
        self.offset == 0
    }
}
