//! calendars/*.toml: holidays, single or as a run of days, the weekend days worked in exchange, days that end at noon, and
//! for what offices close without notice. A calendar may extend another one: that one's days, and its own besides.

use crate::model::{Calendar, ClosureKind, weekday_of};
use crate::reader::{Findings, Noun, Table};
use base::{Date, Key, Localised};
use jiff::ToSpan;
use std::collections::BTreeMap;

/// No holiday lasts longer; a slip in a year would otherwise make a decade of them.
const RUN_DAYS_MAX: i32 = 31;

/// One file: a calendar of its own, or what it adds to another.
pub(super) struct Sheet {
    calendar: Calendar,
    extends: Option<Key>,
}

pub(super) fn sheet(file: &Table<'_>, key: Option<Key>) -> Option<Sheet> {
    let (name, source) = (super::name(file), file.text("source"));
    let extends = file.maybe("extends", || file.mentions("extends", Noun::Calendar));
    if extends.as_ref().is_some_and(|of| of.is_some() && *of == key) {
        file.fault_at("extends", "a calendar cannot extend itself", "name another one, or leave `extends` out");
    }
    let alone = !matches!(extends, Some(Some(_)));
    // What another calendar says already is not said again.
    let (weekend, known_until, kept_by) = if alone {
        let weekend = file.weekdays("weekend");
        if weekend.as_ref().is_some_and(|days| days.len() > 6) {
            file.fault_at("weekend", "no working day is left", "leave at least one weekday out of the weekend");
        }
        (weekend, file.date("known_until"), file.mentions("kept_by", Noun::Office))
    } else {
        (Some(Vec::new()), Some(Date::MAX), Some(Key::default()))
    };
    let mut holidays = BTreeMap::new();
    let runs = file.tables("holiday", holiday);
    for (dates, name) in runs {
        holidays.extend(dates.into_iter().map(|date| (date, name.clone())));
    }
    let own_weekend = weekend.as_deref().filter(|_| alone);
    let makeup_days = file.tables("makeup", |table| makeup(table, own_weekend, &holidays));
    let half_days = file.tables("half_day", |table| {
        let (date, name) = (table.date("date"), super::name(table));
        Some((date?, name?))
    });
    let closures = file.tables("closure", closure);
    let calendar = Calendar {
        key: key?,
        name: name?,
        source: source?,
        kept_by: kept_by?,
        makeup_days: makeup_days.into_iter().collect(),
        half_days: half_days.into_iter().collect(),
        holidays,
        weekend: weekend.filter(|days| days.len() < 7)?,
        known_until: known_until?,
        closures,
    };
    Some(Sheet { calendar, extends: extends? })
}

/// Every calendar whole.
pub(super) fn whole(findings: &Findings, sheets: BTreeMap<Key, Sheet>) -> BTreeMap<Key, Calendar> {
    let joined = |sheet: &Sheet| -> Option<Calendar> {
        let Some(of) = &sheet.extends else { return Some(sheet.calendar.clone()) };
        let base = sheets.get(of)?;
        if base.extends.is_some() {
            let place = findings.place_of(Noun::Calendar, &sheet.calendar.key);
            findings.fault(place, format!("`{of}` extends another calendar itself"), "extend that one instead");
            return None;
        }
        let base = base.calendar.clone();
        let own = sheet.calendar.clone();
        let mut closures = base.closures;
        closures.retain(|kind| own.closures.iter().all(|mine| mine.key != kind.key));
        closures.extend(own.closures);
        Some(Calendar {
            key: own.key,
            name: own.name,
            source: own.source,
            kept_by: base.kept_by,
            holidays: base.holidays.into_iter().chain(own.holidays).collect(),
            makeup_days: base.makeup_days.into_iter().chain(own.makeup_days).collect(),
            half_days: base.half_days.into_iter().chain(own.half_days).collect(),
            weekend: base.weekend,
            known_until: base.known_until,
            closures,
        })
    };
    sheets.iter().filter_map(|(key, sheet)| Some((key.clone(), joined(sheet)?))).collect()
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
    if weekend.is_some_and(|days| !days.contains(&weekday_of(date))) {
        table.fault_at("date", format!("{date} is a working day anyway"), "a make-up day falls on the weekend");
    }
    if holidays.contains_key(&date) {
        table.fault_at("date", format!("{date} is a holiday too"), "leave one of the two out");
    }
    Some((date, name?))
}

fn closure(table: &Table<'_>) -> Option<ClosureKind> {
    let (key, name, section) = (table.key("key"), super::name(table), table.section("section"));
    let (illustrative, whole_days) = (table.flag("illustrative"), table.flag("whole_days"));
    Some(ClosureKind {
        key: key?,
        name: name?,
        section: section?,
        illustrative: illustrative?,
        whole_days: whole_days?,
    })
}
