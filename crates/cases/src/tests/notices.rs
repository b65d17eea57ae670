//! Given a clock that has come so far, what is told of it is told once, to whom it concerns.

use super::*;
use crate::{Notice, reminders};

fn remind(case: u32, leg: &str) -> Command {
    Command::Remind { case: CaseId(case), leg: key(leg) }
}

fn due_reminders(cases: &Cases) -> Vec<(u32, String)> {
    reminders(&cases.state, &PROFILE, cases.now, 100).into_iter().map(|(id, leg)| (id.0, leg.to_string())).collect()
}

fn before_head(cases: &Cases, office: &str) -> Vec<u32> {
    cases.state.books.get(office).into_iter().flat_map(|books| &books.escalated).map(|(id, _)| id.0).collect()
}

#[test]
fn an_office_is_told_at_half_at_three_quarters_and_when_it_is_late_each_time_once() {
    let mut cases = Cases::submitted();
    assert_eq!(due_reminders(&cases), []);
    for (day, want) in [
        ("2026-11-25", ""),
        ("2026-11-26", "clock_warned"),
        ("2026-11-26", ""),
        ("2026-11-27", "clock_warned"),
        ("2026-11-30", ""),
        ("2026-12-01", "clock_breached + escalated"),
        ("2026-12-01", ""),
        ("2026-12-09", ""),
    ] {
        cases.at(&format!("{day}T08:00:00"));
        let due = due_reminders(&cases).iter().any(|(_, leg)| leg == "hong-kong");
        assert_eq!(due, !want.is_empty(), "{day}");
        cases.check("system", remind(1, "hong-kong"), want);
    }
    assert_eq!(before_head(&cases, "hk-immigration"), [1]);
    cases.check(SOUTH, approve(1, "hong-kong"), "leg_decided");
    assert_eq!(before_head(&cases, "hk-immigration"), [] as [u32; 0], "decided, it is before nobody");
    assert!(cases.state.notices.is_empty());
}

#[test]
fn who_was_away_for_a_week_is_told_what_matters_now_and_not_what_has_passed() {
    let mut cases = Cases::submitted();
    cases.at("2026-12-09T08:00:00").check("system", remind(1, "hong-kong"), "clock_breached + escalated");
    assert_eq!(cases.state.notices.get(&(CaseId(1), key("hong-kong"))), Some(&Notice::Breached));
}

#[test]
fn nothing_is_told_while_the_applicant_is_asked_or_of_what_has_not_begun() {
    let mut cases = Cases::submitted();
    cases.at("2026-11-25T08:00:00").check(SOUTH, ask(1, "hong-kong"), "asked");
    cases.at("2026-12-25T08:00:00").check("system", remind(1, "hong-kong"), "");
    assert_eq!(due_reminders(&cases), [(1, "shenzhen".to_owned())]);
}

#[test]
fn a_leg_that_was_told_of_once_is_not_told_of_again_after_a_closure_gave_it_time() {
    let mut cases = Cases::submitted();
    cases.at("2026-11-26T08:00:00").check("system", remind(1, "hong-kong"), "clock_warned");
    cases.check(SUPERVISION, close("gale", &[], "2026-11-25", "2026-11-26"), "closure_declared");
    cases.at("2026-11-30T08:00:00").check("system", remind(1, "hong-kong"), "");
    cases.at("2026-12-01T08:00:00").check("system", remind(1, "hong-kong"), "clock_warned");
    cases.at("2026-12-02T08:00:00").check("system", remind(1, "hong-kong"), "");
    cases.at("2026-12-03T08:00:00").check("system", remind(1, "hong-kong"), "clock_breached + escalated");
}

#[test]
fn silence_counts_where_the_service_says_so_and_nowhere_else() {
    let mut cases = Cases::new();
    cases.check(SUBJECT, open_about("silent", None, About::Person(PersonId(2))), "opened + submitted");
    cases.at("2026-11-26T08:00:00");
    // The opinion is due on Wednesday the 25th: no word counts as no objection.
    cases.check("system", remind(1, "opinion"), "clock_breached + leg_deemed + leg_decided");
    assert_eq!(cases.leg(1, "opinion").state, LegState::Supported);
    assert_eq!(cases.leg(1, "opinion").officer, None, "nobody decided");
    cases.at("2026-12-01T08:00:00");
    cases.check("system", remind(1, "hong-kong"), "clock_breached + leg_deemed + leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
    cases.check("system", remind(1, "hong-kong"), "");
}

#[test]
fn no_leg_is_deemed_before_its_time_or_while_it_stands_or_by_anybody_but_the_platform() {
    let mut cases = Cases::new();
    cases.check(SUBJECT, open_about("silent", None, About::Person(PersonId(2))), "opened + submitted");
    cases.at("2026-11-25T23:00:00").check("system", remind(1, "opinion"), "clock_warned");
    cases.check(DATA, remind(1, "opinion"), "refused: clocks-must-be-the-platforms");
    cases.check(SOUTH, ask(1, "hong-kong"), "asked");
    cases.at("2027-03-01T08:00:00").check("system", remind(1, "hong-kong"), "");
    assert_eq!(cases.leg(1, "hong-kong").state, LegState::Asked);
}

#[test]
fn nobody_is_deemed_to_have_decided_by_a_date_that_the_calendar_does_not_know_yet() {
    let mut cases = Cases::new();
    cases.at("2026-12-30T08:00:00");
    cases.check(SUBJECT, open_about("silent", None, About::Person(PersonId(2))), "opened + submitted");
    cases.at("2027-01-12T08:00:00").check("system", remind(1, "opinion"), "clock_breached + escalated");
    assert!(OfficeTimeOf(&cases).is_provisional("hk-data", "2027-01-04"));
}

struct OfficeTimeOf<'a>(&'a Cases);

impl OfficeTimeOf<'_> {
    fn is_provisional(&self, office: &str, date: &str) -> bool {
        let office = key(office);
        let time = crate::OfficeTime::of(&self.0.state, &PROFILE, &office).unwrap();
        time.calendar().is_provisional(date.parse().unwrap())
    }
}
