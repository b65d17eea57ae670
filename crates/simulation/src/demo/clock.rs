//! The demonstration's clock: it shows a working morning, whatever the day it is started on.

use crate::days;
use base::{Bank, Instant};
use park::Clock;
use profile::Profile;

const MORNING: (i64, i64) = (8, 10);
/// Outside these hours a demonstration that is started again begins with the next morning.
const AWAKE_MINUTES: std::ops::Range<u16> = 6 * 60 + 30..20 * 60;

/// A clock that shows ten past eight in the morning of the latest day, before today, on which both banks work; or one
/// that goes on after `last_at`, the last instant of the log, from there if it is daytime, else from the next morning.
pub fn demo_clock(profile: &Profile, last_at: Option<Instant>) -> Clock {
    let now = Clock::system().now();
    let Some(last) = last_at.filter(|last| last.0 > 0) else {
        let date = days::before(profile, profile.local_date(Bank::South, now));
        return Clock::showing(days::at(profile, date, MORNING.0, MORNING.1));
    };
    let date = profile.local_date(Bank::South, last);
    let awake = AWAKE_MINUTES.contains(&profile.local_minute(Bank::South, last));
    if awake && days::is_working_day(profile, date) {
        return Clock::showing(last.plus(Instant::SECOND));
    }
    let today = days::at(profile, days::at_or_after(profile, date), MORNING.0, MORNING.1);
    let morning =
        if today > last { today } else { days::at(profile, days::after(profile, date), MORNING.0, MORNING.1) };
    Clock::showing(morning)
}
