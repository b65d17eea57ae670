//! Working time: by hand, by property, and against two independent packages where they are installed.

use super::{HETAO, date, key};
use crate::{Calendar, Halves, WorkingTime};
use base::Date;
use jiff::ToSpan;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

fn calendar(name: &str) -> &'static Calendar {
    HETAO.calendars.get(&key(name)).unwrap()
}

fn days(calendar: &Calendar, from: &str, working_days: u32) -> Date {
    calendar.end(date(from), working_days * 2)
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
    assert_eq!(days(calendar("hk"), "2026-02-13", 5), date("2026-02-25"));
    assert_eq!(days(calendar("mainland"), "2026-02-13", 5), date("2026-02-27"));
}

#[test]
fn an_eve_that_ends_at_noon_counts_as_one_half_day() {
    let companies = calendar("hk-companies");
    assert_eq!(companies.halves(date("2026-12-23")), Halves::BOTH);
    assert_eq!(companies.halves(date("2026-12-24")), Halves::MORNING);
    assert_eq!(companies.halves(date("2026-12-25")), Halves::NONE, "what it extends is a holiday still");
    assert_eq!(calendar("hk").halves(date("2026-12-24")), Halves::BOTH, "no department closes at noon");
    // From Wednesday the 23rd: the eve is half of the first day, and the Monday the other half and more.
    assert_eq!(companies.end(date("2026-12-23"), 1), date("2026-12-24"));
    assert_eq!(companies.end(date("2026-12-23"), 2), date("2026-12-28"));
    assert_eq!(companies.end(date("2026-12-23"), 3), date("2026-12-28"));
    assert_eq!(companies.end(date("2026-12-23"), 4), date("2026-12-29"), "half a day is left on the 29th");
}

#[test]
fn no_working_day_added_is_the_day_itself() {
    assert_eq!(days(calendar("hk"), "2026-02-15", 0), date("2026-02-15"));
}

#[test]
fn dates_beyond_what_is_published_are_provisional_and_somebody_owes_them() {
    for calendar in HETAO.calendars.values() {
        assert!(!calendar.is_provisional(date("2026-12-31")));
        assert!(calendar.is_provisional(date("2027-01-01")));
        assert!(HETAO.offices.contains_key(&calendar.kept_by), "{}", calendar.key);
    }
}

#[test]
fn a_calendar_at_the_end_of_time_stops_instead_of_looping() {
    assert_eq!(calendar("hk").end(Date::MAX, u32::MAX), Date::MAX);
    assert_eq!(calendar("hk").between(Date::MAX, Date::MAX), 0);
}

proptest! {
    #[test]
    fn adding_half_days_and_counting_them_agree(offset in 0_i32..1_400, halves in 0_u32..600, which in 0_usize..3) {
        let calendar = calendar(["hk", "hk-companies", "mainland"][which]);
        let from = date("2024-01-01").checked_add(offset.days()).unwrap();
        let until = calendar.end(from, halves);
        let worked = calendar.between(from, until);
        let last = i32::from(calendar.halves(until).count());
        let wanted = i32::try_from(halves).unwrap();
        prop_assert!(worked >= wanted, "no half day is lost");
        prop_assert!(halves == 0 || worked - last < wanted, "the day before did not reach it");
        prop_assert_eq!(calendar.between(until, from), -worked);
        prop_assert!(halves == 0 || calendar.is_worked(until));
    }
}

/// Compares every day of 2024 to 2027 that both sides know, and from every one of them where 1, 5 and 20 working days
/// lead to. Needs `HETAO_PYTHON`, an interpreter with the packages `holidays` and `chinesecalendar`.
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
    let (mut compared, mut counted) = (BTreeMap::new(), 0);
    for line in answers.lines() {
        match line.split(' ').collect::<Vec<_>>()[..] {
            [name, day, answer] => {
                assert_eq!(calendar(name).is_working_day(date(day)), answer == "work", "{name} {day}");
                *compared.entry((name.to_owned(), day[..4].to_owned())).or_insert(0) += 1;
            }
            [name, from, working_days, until] => {
                let reached = days(calendar(name), from, working_days.parse().unwrap());
                assert_eq!(reached, date(until), "{name}: {working_days} working days from {from}");
                counted += 1;
            }
            _ => panic!("not an answer: {line}"),
        }
    }
    for (name, years) in [("hk", ["2024", "2025", "2026", "2027"].as_slice()), ("mainland", &["2024", "2025", "2026"])]
    {
        for year in years {
            let want = if *year == "2024" { 366 } else { 365 };
            let count = compared.get(&(name.to_owned(), (*year).to_owned()));
            assert_eq!(count, Some(&want), "{name}: every day of {year}");
        }
    }
    assert!(counted > 3 * 2_400, "only {counted} sums were compared");
}
