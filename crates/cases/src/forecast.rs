//! What is to be expected: when a case will be decided, and how many of an office's legs will be late at its pace.
//!
//! A forecast is arithmetic and no promise. It takes the office's decisions of its last ten working days as its pace, the
//! legs that wait for it now in the order of their dates, and no new ones. Legs whose clock stands are not in it.

use crate::model::{Case, Leg, LegState, State};
use crate::queues::groups;
use crate::{Closure, OfficeTime};
use base::{ClosureId, Date, Instant, Key};
use jiff::ToSpan;
use profile::{Office, Profile, WorkingTime};
use std::collections::BTreeMap;

/// The working days whose decisions are counted, in half days.
const PACE_HALVES: u32 = 20;
/// An office that was closed for so long has no pace.
const PACE_DATES_MAX: u32 = 45;

/// How fast an office decides: so many decisions by its officers in so many half days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    pub decisions: u32,
    pub halves: u32,
}

impl Pace {
    /// What is decided in so many half days, rounded down.
    fn within(self, halves: u32) -> u32 {
        let decided = u64::from(self.decisions) * u64::from(halves) / u64::from(self.halves.max(1));
        u32::try_from(decided).unwrap_or(u32::MAX)
    }
}

/// One working day to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastDay {
    pub date: Date,
    /// Legs that are due by its end, and not by the end of the day listed before it.
    pub due: u32,
    /// Those of them that will not have been decided.
    pub late: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    pub pace: Pace,
    /// From when to when the pace was counted, both included.
    pub counted: (Date, Date),
    pub decided_today: u32,
    /// Late already.
    pub overdue: u32,
    pub days: Vec<ForecastDay>,
}

impl Forecast {
    /// Legs that will come to be late by the end of the days.
    pub fn late(&self) -> u32 {
        self.days.iter().fold(0, |sum, day| sum.saturating_add(day.late))
    }
}

/// The forecast of an office for so many of its working days, today's among them.
pub fn forecast(state: &State, profile: &Profile, office: &Office, now: Instant, days: usize) -> Option<Forecast> {
    let time = OfficeTime::of(state, profile, &office.key)?;
    let today = profile.local_date(office.bank, now);
    let yesterday = today.yesterday().ok()?;
    let decided = decisions(state, profile, office);
    let counted = (back_to(&time, yesterday)?, yesterday);
    let pace = Pace {
        decisions: decided.range(counted.0..=yesterday).map(|(_, count)| count).sum(),
        halves: u32::try_from(time.between(counted.0.yesterday().ok()?, yesterday)).unwrap_or(0),
    };
    let decided_today = decided.get(&today).copied().unwrap_or(0);
    let waiting: Vec<(Date, u32)> = groups(state, profile, office.key.as_str(), now)
        .into_iter()
        .filter_map(|group| Some((group.due?, u32::try_from(group.cases.len()).unwrap_or(u32::MAX))))
        .collect();
    let dates = std::iter::successors(Some(today), |date| date.tomorrow().ok());
    let dates: Vec<Date> = dates.filter(|date| time.is_worked(*date)).take(days).collect();
    let capacity = |date: Date| {
        let halves = u32::try_from(time.between(yesterday, date)).unwrap_or(0);
        pace.within(halves).saturating_sub(decided_today)
    };
    let (overdue, days) = foretell(&waiting, &dates, yesterday, capacity);
    Some(Forecast { pace, counted, decided_today, overdue, days })
}

/// `waiting` is in the order of its dates, and worked off in that order. `capacity` says how many legs will have been
/// decided by the end of a date.
fn foretell(
    waiting: &[(Date, u32)],
    dates: &[Date],
    yesterday: Date,
    capacity: impl Fn(Date) -> u32,
) -> (u32, Vec<ForecastDay>) {
    let by = |date: Date| -> u32 {
        let until = waiting.iter().take_while(|(due, _)| *due <= date);
        until.fold(0, |sum, (_, count)| sum.saturating_add(*count))
    };
    let overdue = by(yesterday);
    let mut before = overdue;
    let days = dates
        .iter()
        .map(|date| {
            let until = by(*date);
            // Of those due until now the first `capacity` are decided; what is due today and beyond that is late.
            let late = until.saturating_sub(before.max(capacity(*date)));
            let day = ForecastDay { date: *date, due: until.saturating_sub(before), late };
            before = until;
            day
        })
        .collect();
    (overdue, days)
}

/// The first date from which ten working days lead up to the end of `until`.
fn back_to(time: &OfficeTime, until: Date) -> Option<Date> {
    let (mut date, mut halves) = (until, u32::from(time.halves(until).count()));
    for _ in 0..PACE_DATES_MAX {
        if halves >= PACE_HALVES {
            break;
        }
        date = date.checked_sub(1.day()).ok()?;
        halves += u32::from(time.halves(date).count());
    }
    Some(date)
}

/// Decisions by date on the office's clocks.
fn decisions(state: &State, profile: &Profile, office: &Office) -> BTreeMap<Date, u32> {
    let mut found = BTreeMap::new();
    for (hour, count) in state.books.get(&office.key).into_iter().flat_map(|books| &books.decided) {
        let date = profile.local_date(office.bank, Instant(i64::from(*hour) * Instant::HOUR));
        let sum: &mut u32 = found.entry(date).or_default();
        *sum = sum.saturating_add(*count);
    }
    found
}

/// By when a case will be decided if every office takes its time and no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    pub date: Date,
    /// It waits for an answer: the date holds if that comes today.
    pub waits_for_answer: bool,
    /// It lies where a calendar is not known yet.
    pub provisional: bool,
}

/// None where nothing of the case is with an office any more, or not yet.
pub fn expected(state: &State, profile: &Profile, case: &Case, now: Instant) -> Option<Expected> {
    let open = case.legs.iter().filter(|leg| leg.state.is_undecided() || leg.state == LegState::Waiting);
    let ends: Option<Vec<(Date, bool)>> =
        open.map(|leg| end_of(state, profile, case, leg, now, case.legs.len())).collect();
    let date = ends.as_ref()?.iter().map(|(date, _)| *date).max()?;
    Some(Expected {
        date,
        waits_for_answer: case.legs.iter().any(|leg| leg.state == LegState::Asked),
        provisional: ends?.iter().any(|(_, provisional)| *provisional),
    })
}

/// When the leg ends at the latest, and whether its calendar is not known so far. `depth` bounds the walk.
fn end_of(
    state: &State,
    profile: &Profile,
    case: &Case,
    leg: &Leg,
    now: Instant,
    depth: usize,
) -> Option<(Date, bool)> {
    let time = OfficeTime::of(state, profile, &leg.office)?;
    let today = profile.local_date(leg.bank, now);
    let end = match (leg.state, leg.clock.due(&time)) {
        (LegState::Waiting, _) => {
            let before = leg.after.iter().filter_map(|key| case.legs.iter().find(|known| known.key == *key));
            let open = before.filter(|before| before.decided_at.is_none() && depth > 0);
            let begins = open.map(|before| end_of(state, profile, case, before, now, depth.saturating_sub(1)));
            let begins: Option<Vec<(Date, bool)>> = begins.collect();
            let begins = begins?.into_iter().map(|(date, _)| date).max().unwrap_or(today).max(today);
            time.end(begins, u32::try_from(leg.clock.left(&time, today).max(0)).unwrap_or(0))
        }
        (_, Some(due)) => due.max(today),
        (_, None) => time.end(today, u32::try_from(leg.clock.left(&time, today).max(0)).unwrap_or(0)),
    };
    Some((end, time.calendar().is_provisional(end)))
}

/// The closures that moved the date of a running clock, the earliest first.
pub fn moved_by<'a>(state: &'a State, profile: &Profile, leg: &Leg) -> Vec<(ClosureId, &'a Closure)> {
    let (Some(since), Some(time)) = (leg.clock.since(), OfficeTime::of(state, profile, &leg.office)) else {
        return Vec::new();
    };
    let Some(due) = leg.clock.due(&time) else { return Vec::new() };
    let calendar = time.calendar();
    let takes_time = |closure: &Closure| {
        let mut dates = closure.dates().filter(|date| since < *date && *date <= due);
        dates.any(|date| calendar.halves(date).without(closure.halves(date)) != calendar.halves(date))
    };
    let here = |closure: &Closure| closure.offices.contains(&leg.office);
    let mut found: Vec<(ClosureId, &Closure)> = state
        .closures
        .iter()
        .filter(|(_, closure)| here(closure) && takes_time(closure))
        .map(|(id, closure)| (*id, &**closure))
        .collect();
    found.sort_by_key(|(id, closure)| (closure.from, *id));
    found
}

/// The office that owes the holidays of the year in which a date lies, where they are not known yet.
pub fn owed_by<'a>(profile: &'a Profile, office: &Key, date: Date) -> Option<&'a Office> {
    let calendar = profile.calendar_of_office(office).filter(|calendar| calendar.is_provisional(date))?;
    profile.office(&calendar.kept_by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(day: i8) -> Date {
        Date::new(2026, 11, day).unwrap()
    }

    /// Monday the 23rd to Friday the 27th: what is due each day, what is overdue, and how many a day are decided.
    fn late(overdue: u32, due: [u32; 5], per_day: u32) -> (u32, [u32; 5]) {
        let waiting: Vec<(Date, u32)> = std::iter::once((date(20), overdue))
            .chain(due.into_iter().enumerate().map(|(day, count)| (date(23 + i8::try_from(day).unwrap()), count)))
            .collect();
        let dates: Vec<Date> = (23..28).map(date).collect();
        let capacity = |day: Date| u32::try_from(day.day() - 22).unwrap() * per_day;
        let (overdue, days) = foretell(&waiting, &dates, date(22), capacity);
        (overdue, std::array::from_fn(|day| days[day].late))
    }

    #[test]
    fn an_office_that_keeps_pace_is_late_with_nothing() {
        assert_eq!(late(0, [3, 3, 3, 3, 3], 3), (0, [0, 0, 0, 0, 0]));
    }

    #[test]
    fn what_is_too_much_for_one_day_was_worked_on_the_days_before() {
        assert_eq!(late(0, [0, 0, 6, 0, 0], 2), (0, [0, 0, 0, 0, 0]));
        assert_eq!(late(0, [0, 0, 8, 0, 0], 2), (0, [0, 0, 2, 0, 0]));
    }

    #[test]
    fn what_is_overdue_is_worked_off_first_and_makes_others_late() {
        assert_eq!(late(4, [2, 2, 2, 2, 2], 2), (4, [2, 2, 2, 2, 2]));
        assert_eq!(late(4, [2, 2, 2, 2, 2], 4), (4, [2, 0, 0, 0, 0]));
    }

    #[test]
    fn an_office_that_decides_nothing_is_late_with_all() {
        assert_eq!(late(0, [1, 2, 3, 4, 5], 0), (0, [1, 2, 3, 4, 5]));
    }

    #[test]
    fn a_pace_is_rounded_down() {
        assert_eq!(Pace { decisions: 7, halves: 20 }.within(2), 0);
        assert_eq!(Pace { decisions: 7, halves: 20 }.within(6), 2);
        assert_eq!(Pace::default().within(10), 0, "an office without a past decides nothing");
    }
}
