//! The clock at the edge of the domain: the system's, or one that runs beside it for the demonstration.

use base::Instant;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// A step of the system's clock by more than this is a leap, not a correction.
const LEAP_MAX: i64 = Instant::MINUTE;
/// A leap ahead that nobody has taken back for so long is believed: the machine had slept, or its clock was wrong before.
const BELIEVED_AFTER: i64 = 10 * Instant::MINUTE;

static STARTED: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);
static STEADY: Mutex<Steady> = Mutex::new(Steady { last: None, leapt_at: None });

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
        let elapsed = i64::try_from(STARTED.elapsed().as_millis()).unwrap_or(i64::MAX);
        let system = i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX);
        let steady = STEADY.lock().unwrap_or_else(PoisonError::into_inner).now(elapsed, system);
        Instant(steady).plus(self.offset)
    }

    pub fn is_system(&self) -> bool {
        self.offset == 0
    }
}

/// The system's clock without its leaps. The log takes no instant before its last: one entry written under a clock that
/// was an hour ahead would have everything refused for an hour once it is set right.
struct Steady {
    /// What was told last, and when, by a clock that nobody sets.
    last: Option<(i64, i64)>,
    leapt_at: Option<i64>,
}

impl Steady {
    /// `elapsed` since the start of the process and the system's clock, both in milliseconds.
    fn now(&mut self, elapsed: i64, system: i64) -> i64 {
        let Some((elapsed_then, told)) = self.last else {
            self.last = Some((elapsed, system));
            return system;
        };
        let expected = told.saturating_add(elapsed.saturating_sub(elapsed_then));
        let leap = system.saturating_sub(expected);
        let believed = leap > 0 && self.leapt_at.is_some_and(|at| elapsed.saturating_sub(at) >= BELIEVED_AFTER);
        let now = if leap.abs() <= LEAP_MAX || believed {
            self.leapt_at = None;
            system
        } else {
            if self.leapt_at.is_none() {
                let seconds = leap / Instant::SECOND;
                tracing::error!(seconds, "the system's clock leapt; it is not followed: look whether it is right");
                self.leapt_at = Some(elapsed);
            }
            expected
        };
        self.last = Some((elapsed, now));
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_406_400_000;

    /// The instants told, in seconds after noon, for seconds elapsed and shown by the system's clock.
    fn told(shown: &[(i64, i64)]) -> Vec<i64> {
        let mut steady = Steady { last: None, leapt_at: None };
        let second = Instant::SECOND;
        shown
            .iter()
            .map(|(elapsed, system)| (steady.now(elapsed * second, NOON + system * second) - NOON) / second)
            .collect()
    }

    #[test]
    fn corrections_are_followed_and_leaps_either_way_are_not() {
        assert_eq!(told(&[(0, 0), (10, 12), (20, 21)]), [0, 12, 21]);
        assert_eq!(told(&[(0, 0), (10, 3_610), (20, 3_620), (30, 30)]), [0, 10, 20, 30]);
        assert_eq!(told(&[(0, 0), (10, -3_590), (2_000, -1_600)]), [0, 10, 2_000]);
    }

    #[test]
    fn a_leap_ahead_that_lasts_is_believed() {
        assert_eq!(told(&[(0, 0), (10, 3_610), (609, 4_209), (610, 4_210), (620, 4_220)]), [0, 10, 609, 4_210, 4_220]);
    }
}
