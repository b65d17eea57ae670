//! calendars/*.toml: holidays, single or as a run of days, and the weekend days worked in exchange.

use crate::model::Calendar;
use crate::reader::Table;
use base::{Date, Key, Localised};
use jiff::ToSpan;
use std::collections::BTreeMap;

/// No holiday lasts longer; a slip in a year would otherwise make a decade of them.
const RUN_DAYS_MAX: i32 = 31;

pub(super) fn calendar(file: &Table<'_>, key: Option<Key>) -> Option<Calendar> {
    let (name, source) = (super::name(file), file.text("source"));
    let weekend = file.weekdays("weekend");
    if weekend.as_ref().is_some_and(|days| days.len() > 6) {
        file.fault_at("weekend", "no working day is left", "leave at least one weekday out of the weekend");
    }
    let known_until = file.date("known_until");
    let mut holidays = BTreeMap::new();
    let runs = file.tables("holiday", holiday);
    for (dates, name) in runs {
        holidays.extend(dates.into_iter().map(|date| (date, name.clone())));
    }
    let makeup_days = file.tables("makeup", |table| makeup(table, weekend.as_deref(), &holidays));
    Some(Calendar {
        key: key?,
        name: name?,
        source: source?,
        makeup_days: makeup_days.into_iter().collect(),
        holidays,
        weekend: weekend.filter(|days| days.len() < 7)?,
        known_until: known_until?,
    })
}

/// One day in `date`, or a run in `from` and `until`. It may be later than `known_until`: a day that the law fixes
/// before the year is published.
fn holiday(table: &Table<'_>) -> Option<(Vec<Date>, Localised)> {
    let name = super::name(table);
    let (from, until, last) = if table.has("date") {
        let date = table.date("date");
        (date, date, "date")
    } else {
        (table.date("from"), table.date("until"), "until")
    };
    let (from, until) = (from?, until?);
    let days = from.until(until).map_or(i32::MAX, |span| span.get_days());
    if !(0..RUN_DAYS_MAX).contains(&days) {
        table.fault_at(last, "the holiday does not last 1 to 31 days", "check both dates and their years");
        return None;
    }
    let dates = from.series(1.day()).take_while(|date| *date <= until).collect();
    Some((dates, name?))
}

fn makeup(
    table: &Table<'_>,
    weekend: Option<&[u8]>,
    holidays: &BTreeMap<Date, Localised>,
) -> Option<(Date, Localised)> {
    let (date, name) = (table.date("date"), super::name(table));
    let date = date?;
    if weekend.is_some_and(|days| !days.contains(&crate::model::weekday_of(date))) {
        table.fault_at("date", format!("{date} is a working day anyway"), "a make-up day falls on the weekend");
    }
    if holidays.contains_key(&date) {
        table.fault_at("date", format!("{date} is a holiday too"), "leave one of the two out");
    }
    Some((date, name?))
}
