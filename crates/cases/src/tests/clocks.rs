//! A clock counts the working days of its own office, and stands still while the applicant is asked.

use super::*;
use crate::{Clock, Urgency};

fn due(cases: &Cases, leg: &str) -> Option<String> {
    crate::due(&cases.state, &PROFILE, cases.leg(1, leg)).map(|due| due.to_string())
}

fn urgency(cases: &Cases, leg: &str) -> Urgency {
    crate::urgency(&cases.state, &PROFILE, cases.case(1), cases.leg(1, leg), cases.now).unwrap()
}

#[test]
fn each_office_counts_its_own_working_days() {
    let cases = Cases::submitted();
    assert_eq!(due(&cases, "hong-kong").as_deref(), Some("2026-11-30"), "five working days after Monday");
    assert_eq!(due(&cases, "shenzhen").as_deref(), Some("2026-11-26"), "three");
}

#[test]
fn holidays_of_one_bank_do_not_move_the_other_banks_clock() {
    let mut cases = Cases::new();
    // Christmas is a holiday in Hong Kong and not in Shenzhen.
    cases.at("2026-12-23T10:00:00").check(CLERK, open("commuter-pass", 2), "opened").check(
        SUBJECT,
        submit(1),
        "submitted",
    );
    assert_eq!(due(&cases, "shenzhen").as_deref(), Some("2026-12-28"), "24th, 25th and Monday the 28th");
    assert_eq!(due(&cases, "hong-kong").as_deref(), Some("2026-12-31"), "24th, then the 28th to the 31st");
}

#[test]
fn an_office_is_warned_twice_before_it_is_late() {
    let mut cases = Cases::submitted();
    for (day, want) in [
        ("2026-11-23", Urgency::InTime),
        ("2026-11-25", Urgency::InTime),
        ("2026-11-26", Urgency::Warned),
        ("2026-11-27", Urgency::Pressing),
        ("2026-11-30", Urgency::Pressing),
        ("2026-12-01", Urgency::Breached),
    ] {
        cases.at(&format!("{day}T12:00:00"));
        assert_eq!(urgency(&cases, "hong-kong"), want, "{day}");
    }
}

#[test]
fn a_clock_stands_still_while_the_applicant_is_asked() {
    let mut cases = Cases::submitted();
    cases.at("2026-11-25T10:00:00").check(SOUTH, ask(1, "hong-kong"), "asked");
    assert_eq!(cases.leg(1, "hong-kong").clock, Clock::Paused { halves: 6, working_days: 5 });
    assert_eq!(urgency(&cases, "hong-kong"), Urgency::Stopped);
    cases.at("2026-12-14T10:00:00");
    assert_eq!(urgency(&cases, "hong-kong"), Urgency::Stopped);
    assert_eq!(urgency(&cases, "shenzhen"), Urgency::Breached, "the other office was not waiting");
    cases.check(SUBJECT, answer(1, "hong-kong"), "answered");
    assert_eq!(due(&cases, "hong-kong").as_deref(), Some("2026-12-17"), "the three days that were left");
}

#[test]
fn an_office_that_asks_when_it_is_late_has_the_day_of_the_answer() {
    let mut cases = Cases::submitted();
    cases.at("2026-12-02T10:00:00").check(SOUTH, ask(1, "hong-kong"), "asked");
    assert_eq!(cases.leg(1, "hong-kong").clock, Clock::Paused { halves: -4, working_days: 5 });
    cases.at("2026-12-09T10:00:00").check(SUBJECT, answer(1, "hong-kong"), "answered");
    assert_eq!(due(&cases, "hong-kong").as_deref(), Some("2026-12-09"));
}

#[test]
fn asking_and_answering_on_one_day_costs_and_gains_nothing() {
    let mut cases = Cases::submitted();
    cases.at("2026-11-27T10:00:00").check(SOUTH, ask(1, "hong-kong"), "asked").check(
        CLERK,
        answer(1, "hong-kong"),
        "answered",
    );
    assert_eq!(due(&cases, "hong-kong").as_deref(), Some("2026-11-30"));
}
