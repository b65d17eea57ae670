//! Given offices that are closed on the day, every running clock of theirs moves, no other does, and all of it follows
//! from what was declared.

use super::*;
use crate::{Clock, OfficeTime};
use base::Date;
use profile::WorkingTime;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn due(cases: &Cases, leg: &str) -> String {
    let due = crate::due(&cases.state, &PROFILE, cases.leg(1, leg));
    due.map_or("stands".into(), |due| due.to_string())
}

fn correct(closure: u32, from: HalfDay, until: HalfDay) -> Command {
    Command::CorrectClosure { closure: ClosureId(closure), from, until }
}

fn whole(day: &str) -> (HalfDay, HalfDay) {
    (HalfDay::morning(date(day)), HalfDay::afternoon(date(day)))
}

#[test]
fn a_gale_moves_the_clocks_of_its_own_bank_by_the_day() {
    let mut cases = Cases::submitted();
    assert_eq!((due(&cases, "hong-kong").as_str(), due(&cases, "shenzhen").as_str()), ("2026-11-30", "2026-11-26"));
    cases.at("2026-11-25T11:00:00").check(
        SUPERVISION,
        close("gale", &[], "2026-11-25", "2026-11-25"),
        "closure_declared",
    );
    assert_eq!((due(&cases, "hong-kong").as_str(), due(&cases, "shenzhen").as_str()), ("2026-12-01", "2026-11-26"));
    assert_eq!(cases.leg(1, "hong-kong").clock, Clock::start(date("2026-11-23"), 5), "and no clock was touched");
}

#[test]
fn a_closure_before_a_clock_began_or_on_a_day_of_rest_does_not_move_it() {
    let mut cases = Cases::new();
    cases
        .check(SUPERVISION, close("gale", &[], "2026-11-19", "2026-11-20"), "closure_declared")
        .check(CLERK, open("commuter-pass", 2), "opened")
        .check(SUBJECT, submit(1), "submitted");
    assert_eq!(due(&cases, "hong-kong"), "2026-11-30", "over before it began");
    cases.check(SUPERVISION, close("gale", &[], "2026-11-28", "2026-11-29"), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-11-30", "nobody works on a Saturday and a Sunday");
    cases.check(SUPERVISION, close("gale", &[], "2026-12-01", "2026-12-01"), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-11-30", "it ends before");
    cases.check(SUPERVISION, close("gale", &[], "2026-11-30", "2026-11-30"), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-02", "the last day was lost, and the one after it");
}

#[test]
fn a_closure_declared_the_day_after_counts_as_if_it_had_been_declared_on_the_day() {
    let mut cases = Cases::submitted();
    cases.at("2026-11-26T09:00:00").check(CLERK, open("commuter-pass", 11), "opened");
    cases.check(SUPERVISION, close("gale", &[], "2026-11-25", "2026-11-25"), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01");
}

#[test]
fn a_closure_can_be_lengthened_ended_early_and_taken_back() {
    let mut cases = Cases::submitted();
    let day = date("2026-11-25");
    cases.at("2026-11-25T11:00:00").check(
        SUPERVISION,
        close_halves("extreme-conditions", &[], HalfDay::afternoon(day), HalfDay::afternoon(day)),
        "closure_declared",
    );
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01", "an afternoon lost reaches into the next working day");
    cases.check(
        SUPERVISION,
        correct(1, HalfDay::afternoon(day), HalfDay::afternoon(date("2026-11-26"))),
        "closure_corrected",
    );
    assert_eq!(due(&cases, "hong-kong"), "2026-12-02");
    cases.check(
        SUPERVISION,
        correct(1, HalfDay::afternoon(day), HalfDay::morning(date("2026-11-26"))),
        "closure_corrected",
    );
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01");
    cases.check(SUPERVISION, void(1), "closure_voided");
    assert_eq!(due(&cases, "hong-kong"), "2026-11-30", "as if it had never been");
    let (from, until) = whole("2026-11-25");
    cases.check(SUPERVISION, correct(1, from, until), "refused: closure-must-be-in-force");
}

#[test]
fn where_the_law_closes_whole_days_a_part_of_one_is_the_whole_of_it() {
    let mut cases = Cases::submitted();
    let afternoon = HalfDay::afternoon(date("2026-11-25"));
    cases.check(SUPERVISION, close_halves("black-rainstorm", &[], afternoon, afternoon), "closure_declared");
    assert_eq!(cases.state.closures[&ClosureId(1)].from, HalfDay::morning(date("2026-11-25")));
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01");
    cases.check(SUPERVISION, close_halves("extreme-conditions", &[], afternoon, afternoon), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01", "closed twice over is closed once");
    cases.check(SUPERVISION, void(1), "closure_voided");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01", "the other one still closes half of it");
}

#[test]
fn two_half_days_are_one_day() {
    let mut cases = Cases::submitted();
    for day in ["2026-11-24", "2026-11-25"] {
        let morning = HalfDay::morning(date(day));
        cases.check(SUPERVISION, close_halves("premises", &[], morning, morning), "closure_declared");
    }
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01");
}

#[test]
fn only_the_offices_that_are_named_are_closed() {
    let mut cases = Cases::submitted();
    cases.check(SUPERVISION, close("premises", &["hk-data"], "2026-11-25", "2026-11-25"), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-11-30");
    cases.check(SUPERVISION, close("premises", &["hk-immigration"], "2026-11-25", "2026-11-25"), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01");
}

#[test]
fn nobody_closes_the_other_banks_offices_or_their_own_without_the_duty() {
    let mut cases = Cases::submitted();
    cases
        .check(NORTH, close("gale", &[], "2026-11-25", "2026-11-25"), "refused: closure-must-be-of-the-officers-bank")
        .check(SOUTH, close("gale", &[], "2026-11-25", "2026-11-25"), "refused: nothing permits it")
        .check("system", close("gale", &[], "2026-11-25", "2026-11-25"), "refused: nothing permits it");
}

#[test]
fn a_clock_that_stood_is_not_reached_by_a_closure_and_goes_on_in_the_time_that_there_is() {
    let mut cases = Cases::submitted();
    cases.at("2026-11-25T10:00:00").check(SOUTH, ask(1, "hong-kong"), "asked");
    let stood = cases.leg(1, "hong-kong").clock;
    cases.check(SUPERVISION, close("gale", &[], "2026-11-24", "2026-11-26"), "closure_declared");
    assert_eq!(cases.leg(1, "hong-kong").clock, stood);
    assert_eq!(due(&cases, "hong-kong"), "stands");
    cases.at("2026-11-25T18:00:00").check(SUBJECT, answer(1, "hong-kong"), "answered");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-01", "three days left: the 27th, the 30th and the 1st");
}

#[test]
fn a_stop_over_a_holiday_costs_no_working_day() {
    let mut cases = Cases::new();
    cases.at("2026-12-23T10:00:00").check(CLERK, open("commuter-pass", 2), "opened");
    cases.check(SUBJECT, submit(1), "submitted");
    cases.at("2026-12-24T10:00:00").check(SOUTH, ask(1, "hong-kong"), "asked");
    assert_eq!(cases.leg(1, "hong-kong").clock, Clock::Paused { halves: 8, working_days: 5 });
    cases.at("2026-12-27T10:00:00").check(SUBJECT, answer(1, "hong-kong"), "answered");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-31", "as if nobody had asked");
}

#[test]
fn a_makeup_day_on_which_the_office_was_closed_is_lost() {
    let mut cases = Cases::new();
    // Saturday the 10th of October 2026 is worked on the Mainland.
    cases.at("2026-10-09T10:00:00").check(CLERK, open("commuter-pass", 2), "opened").check(
        SUBJECT,
        submit(1),
        "submitted",
    );
    assert_eq!(due(&cases, "shenzhen"), "2026-10-13", "Saturday, Monday, Tuesday");
    let day = date("2026-10-10");
    let declare = Command::DeclareClosure {
        kind: key("typhoon-suspension"),
        bank: Bank::North,
        offices: Vec::new(),
        from: HalfDay::morning(day),
        until: HalfDay::afternoon(day),
    };
    cases.fold("officer:P-4:sz-supervision", &[]);
    let events = cases.decide_by("officer:P-4:sz-supervision", declare, &base_rules()).unwrap();
    cases.fold("officer:P-4:sz-supervision", &events);
    assert_eq!(due(&cases, "shenzhen"), "2026-10-14");
    assert_eq!(due(&cases, "hong-kong"), "2026-10-16", "the other bank works");
}

/// Everything is permitted: who may is tested elsewhere.
fn base_rules() -> impl Rules {
    struct Anything(Key);
    impl Rules for Anything {
        fn ask(&self, _: &base::Question) -> base::Answer {
            let outcome = base::Outcome::Permitted;
            base::Answer { outcome, policies: Vec::new(), version: self.0.clone() }
        }
        fn version(&self) -> &Key {
            &self.0
        }
        fn outcome_of(&self, answer: &base::Answer, _: Bank) -> base::Outcome {
            answer.outcome
        }
        fn beyond_officers(&self, _: &base::Answer) -> Option<base::Answer> {
            None
        }
        fn referred_by(&self, _: &base::Answer) -> Vec<Bank> {
            Vec::new()
        }
    }
    Anything(key("anything"))
}

#[test]
fn a_clock_of_an_old_log_is_moved_as_well() {
    let mut cases = Cases::submitted();
    let old = r#"{"answered":{"case":"C-1","leg":"hong-kong","answer":{"of":"subject-2","box":"AA"},"clock":{"due":{"due":"2026-11-30","working_days":5}}}}"#;
    cases.fold(SUBJECT, &[serde_json::from_str(old).unwrap()]);
    assert_eq!(due(&cases, "hong-kong"), "2026-11-30");
    cases.check(SUPERVISION, close("gale", &[], "2026-11-25", "2026-11-26"), "closure_declared");
    assert_eq!(due(&cases, "hong-kong"), "2026-12-02");
    let stopped = r#"{"asked":{"case":"C-1","leg":"hong-kong","officer":"P-3","question":{"of":"subject-2","box":"AA"},"clock":{"stopped":{"left":3,"working_days":5}}}}"#;
    cases.fold(SOUTH, &[serde_json::from_str(stopped).unwrap()]);
    assert_eq!(cases.leg(1, "hong-kong").clock, Clock::Paused { halves: 6, working_days: 5 });
}

#[test]
fn the_queue_is_in_order_of_the_dates_as_closures_left_them() {
    let mut cases = Cases::submitted();
    cases.at("2026-11-24T10:00:00").check(CLERK, on_day("2026-12-04", open("visitor-pass", 2)), "opened");
    cases.check(SUBJECT, submit(2), "submitted");
    let dues = |cases: &Cases| -> Vec<(u32, Option<Date>)> {
        let groups = crate::groups(&cases.state, &PROFILE, "hk-immigration", cases.now);
        groups.iter().flat_map(|group| group.cases.iter().map(|id| (id.0, group.due))).collect()
    };
    let before = dues(&cases);
    assert!(before.is_sorted_by_key(|(_, due)| *due), "{before:?}");
    cases.check(SUPERVISION, close("gale", &[], "2026-11-24", "2026-11-26"), "closure_declared");
    let after = dues(&cases);
    assert!(after.is_sorted_by_key(|(_, due)| *due), "{after:?}");
    assert_eq!(after.len(), before.len());
    assert_ne!(after, before);
}

/// A closure of one of three offices, within two months of the day on which the case was submitted.
fn any_closure() -> impl Strategy<Value = (usize, i64, bool, i64, bool)> {
    (0_usize..3, -10_i64..30, any::<bool>(), 0_i64..6, any::<bool>())
}

fn half(offset: i64, afternoon: bool) -> HalfDay {
    let day = date("2026-11-23").checked_add(jiff::Span::new().days(offset)).unwrap();
    if afternoon { HalfDay::afternoon(day) } else { HalfDay::morning(day) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is closed, corrected and taken back, on whichever day: a clock that stands does not move, one that runs
    /// moves by what was lost and by nothing else, and none runs on a day on which nobody works.
    #[test]
    fn a_paused_clock_never_moves_and_none_runs_on_a_closed_day(
        closures in prop::collection::vec(any_closure(), 0..6),
        corrected in prop::collection::vec((1_u32..6, -10_i64..30, 0_i64..4), 0..3),
        voided in prop::collection::vec(1_u32..6, 0..2),
        asked_on in 0_i64..8,
        looked_on in 0_i64..60,
    ) {
        const OFFICES: [&str; 3] = ["hk-immigration", "hk-data", "hk-customs"];
        let mut cases = Cases::submitted();
        cases.now = NINE_ON_MONDAY.plus(asked_on * Instant::DAY);
        cases.check(NORTH, ask(1, "shenzhen"), "asked");
        let stood = cases.leg(1, "shenzhen").clock;
        for (office, offset, late, length, early) in closures {
            let command = close_halves("premises", &[OFFICES[office]], half(offset, late), half(offset + length, !early));
            let events = cases.decide_by(SUPERVISION, command, &*RULES).unwrap_or_default();
            cases.fold(SUPERVISION, &events);
        }
        for (closure, offset, length) in corrected {
            let command = correct(closure, half(offset, false), half(offset + length, true));
            let events = cases.decide_by(SUPERVISION, command, &*RULES).unwrap_or_default();
            cases.fold(SUPERVISION, &events);
        }
        for closure in voided {
            let events = cases.decide_by(SUPERVISION, void(closure), &*RULES).unwrap_or_default();
            cases.fold(SUPERVISION, &events);
        }
        prop_assert_eq!(cases.leg(1, "shenzhen").clock, stood);

        let clock = cases.leg(1, "hong-kong").clock;
        let office = key("hk-immigration");
        let time = OfficeTime::of(&cases.state, &PROFILE, &office).unwrap();
        let (due, promised) = (clock.due(&time).unwrap(), date("2026-11-30"));
        let calendar = OfficeTime::published(time.calendar());
        let since = date("2026-11-23");
        prop_assert!(due >= promised && time.is_worked(due), "it ends on a day that was worked");
        // What the calendar offers until the date, less what was closed, is the time that was given, to the half day.
        let lost = calendar.between(since, due) - time.between(since, due);
        prop_assert!(calendar.between(since, due) - lost >= 10);
        prop_assert!(calendar.between(since, due) - lost - i32::from(time.halves(due).count()) < 10);
        // From one day to the next it loses what was worked on that day.
        let today = half(looked_on, false).date;
        let (this, next) = (clock.left(&time, today), clock.left(&time, today.tomorrow().unwrap()));
        prop_assert!(next <= this);
        if !time.is_worked(today.tomorrow().unwrap()) {
            prop_assert_eq!(this, next, "it does not run on a day on which nobody works");
        }
    }
}
