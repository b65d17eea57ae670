//! Working days: by hand, by property, and against two independent packages where they are installed.

use super::{HETAO, date, key};
use crate::Calendar;
use base::Date;
use jiff::ToSpan;
use proptest::prelude::*;
use std::path::Path;
use std::process::Command;

fn calendar(name: &str) -> &'static Calendar {
    HETAO.calendars.get(&key(name)).unwrap()
}

#[test]
fn each_bank_counts_on_its_own_calendar() {
    // 2026-02-14 is a Saturday worked on the Mainland; the Spring Festival there runs to the 23rd, in Hong Kong to the 19th.
    for (name, day, want) in [
        ("hk", "2026-02-14", false),
        ("mainland", "2026-02-14", true),
        ("hk", "2026-02-20", true),
        ("mainland", "2026-02-20", false),
        ("hk", "2026-04-03", false),
        ("mainland", "2026-04-03", true),
        ("hk", "2026-11-22", false),
        ("mainland", "2026-11-23", true),
    ] {
        assert_eq!(calendar(name).is_working_day(date(day)), want, "{name} {day}");
    }
}

#[test]
fn five_working_days_over_the_spring_festival_end_on_different_days() {
    // From Friday the 13th: Hong Kong counts 16, 20, 23, 24, 25; the Mainland 14, 24, 25, 26, 27.
    assert_eq!(calendar("hk").add_working_days(date("2026-02-13"), 5), date("2026-02-25"));
    assert_eq!(calendar("mainland").add_working_days(date("2026-02-13"), 5), date("2026-02-27"));
}

#[test]
fn no_working_day_added_is_the_day_itself() {
    assert_eq!(calendar("hk").add_working_days(date("2026-02-15"), 0), date("2026-02-15"));
}

#[test]
fn dates_beyond_what_is_published_are_provisional() {
    for calendar in HETAO.calendars.values() {
        assert!(!calendar.is_provisional(date("2026-12-31")));
        assert!(calendar.is_provisional(date("2027-01-01")));
    }
}

#[test]
fn a_calendar_at_the_end_of_time_stops_instead_of_looping() {
    assert_eq!(calendar("hk").add_working_days(Date::MAX, u16::MAX), Date::MAX);
    assert_eq!(calendar("hk").working_days_between(Date::MAX, Date::MAX), 0);
}

proptest! {
    #[test]
    fn adding_working_days_and_counting_them_agree(offset in 0_i32..1_400, days in 0_u16..300, mainland: bool) {
        let calendar = calendar(if mainland { "mainland" } else { "hk" });
        let from = date("2024-01-01").checked_add(offset.days()).unwrap();
        let until = calendar.add_working_days(from, days);
        prop_assert_eq!(calendar.working_days_between(from, until), i32::from(days));
        prop_assert_eq!(calendar.working_days_between(until, from), -i32::from(days));
        prop_assert!(days == 0 || calendar.is_working_day(until));
    }
}

/// Compares every day of 2024 to 2027 that both sides know. Needs `HETAO_PYTHON`, an interpreter with the packages
/// `holidays` and `chinesecalendar`.
#[test]
fn the_calendars_agree_with_two_independent_packages() {
    let Some(python) = std::env::var_os("HETAO_PYTHON") else {
        println!("skipped: HETAO_PYTHON does not name an interpreter with `holidays` and `chinesecalendar`");
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendar_oracle.py");
    let output = Command::new(python).arg(script).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = String::from_utf8(output.stdout).unwrap();
    let mut compared = 0;
    for line in answers.lines() {
        let [name, day, answer] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("not an answer: {line}") };
        assert_eq!(calendar(name).is_working_day(date(day)), answer == "work", "{name} {day}");
        compared += 1;
    }
    // Four years of Hong Kong, three of the Mainland.
    assert!(compared >= 4 * 365 + 3 * 365, "only {compared} days were compared");
}
