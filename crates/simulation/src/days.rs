//! Days on which both banks work. Pure: calendars are the zone's.

use base::{Bank, Date, Instant};
use profile::Profile;

/// Beyond so many days in a row without one, a calendar is broken.
const SEARCH_DAYS_MAX: u32 = 400;

/// Whether both banks' calendars call it a working day.
pub(crate) fn is_working_day(profile: &Profile, date: Date) -> bool {
    Bank::BOTH.iter().all(|bank| profile.calendar_of_bank(*bank).is_none_or(|calendar| calendar.is_working_day(date)))
}

/// The nearest day on which both banks work, at the date or before it.
pub(crate) fn at_or_before(profile: &Profile, date: Date) -> Date {
    search(profile, date, Date::yesterday)
}

pub(crate) fn at_or_after(profile: &Profile, date: Date) -> Date {
    search(profile, date, Date::tomorrow)
}

pub(crate) fn before(profile: &Profile, date: Date) -> Date {
    date.yesterday().map_or(date, |day| at_or_before(profile, day))
}

pub(crate) fn after(profile: &Profile, date: Date) -> Date {
    date.tomorrow().map_or(date, |day| at_or_after(profile, day))
}

fn search<E>(profile: &Profile, from: Date, step: impl Fn(Date) -> Result<Date, E>) -> Date {
    let mut date = from;
    for _ in 0..SEARCH_DAYS_MAX {
        if is_working_day(profile, date) {
            return date;
        }
        let Ok(next) = step(date) else { break };
        date = next;
    }
    from
}

/// An hour and a minute of a date, on the clocks of the south bank (both keep the same).
pub(crate) fn at(profile: &Profile, date: Date, hour: i64, minute: i64) -> Instant {
    profile.start_of_day(Bank::South, date).plus(hour * Instant::HOUR + minute * Instant::MINUTE)
}
