//! Where, which way and when a pass is good, in words.

use super::listed;
use crate::Caller;
use crate::officer::passes::direction;
use base::Language;
use frame::parts::SummaryRow;
use frame::{format, say};
use jiff::civil::Weekday;
use permits::{Permit, Scope};

const MINUTES_OF_A_DAY: u16 = 24 * 60;

pub(super) fn bridges(caller: &Caller, scope: &Scope) -> String {
    let l = caller.language;
    let known = &caller.portal.park.profile.bridges;
    let names: Vec<&str> = scope.bridges.iter().filter_map(|key| known.get(key)).map(|b| b.name.get(l)).collect();
    listed(l, &names)
}

pub(super) fn directions(l: Language, scope: &Scope) -> String {
    let ways: Vec<String> = scope.directions.iter().map(|way| direction(l, *way)).collect();
    listed(l, &ways)
}

/// `06:30–22:30, every day`.
pub(super) fn times(l: Language, scope: &Scope) -> String {
    let whole_day = scope.minute_from == 0 && scope.minute_until >= MINUTES_OF_A_DAY;
    let hours = if whole_day {
        say!(l, "hold-all-day")
    } else {
        format!("{}–{}", clock_time(scope.minute_from), clock_time(scope.minute_until))
    };
    say!(l, "hold-times-on-days", hours = hours, days = weekdays(l, &scope.weekdays))
}

fn weekdays(l: Language, days: &[u8]) -> String {
    if (1..=7).all(|day| days.contains(&day)) {
        return say!(l, "hold-every-day");
    }
    let named = days.iter().filter_map(|day| Weekday::from_monday_one_offset(i8::try_from(*day).ok()?).ok());
    let names: Vec<&str> = named.map(|day| format::weekday(l, day)).collect();
    listed(l, &names)
}

fn clock_time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

pub(super) fn rows(caller: &Caller, permit: &Permit) -> Vec<SummaryRow> {
    let l = caller.language;
    let scope = &permit.issue.scope;
    vec![
        SummaryRow::new(say!(l, "hold-bridges"), bridges(caller, scope)),
        SummaryRow::new(say!(l, "hold-directions"), directions(l, scope)),
        SummaryRow::new(say!(l, "hold-times"), times(l, scope)),
    ]
}
