//! Work that is taken, given back, handed on; officers who are away, and their deputies.

use super::*;
use crate::{absences, stands_in};
use base::{Recorded, Rules};

const HEAD: &str = "officer:P-12:hk-immigration";

fn hand_on(to: u32) -> Command {
    work(1, "hong-kong", Act::HandOn { to: PersonId(to), note: Some(sealed(2)) })
}

/// The people of these tests, with P-12 as the head of Hong Kong's immigration.
fn with_head() -> parties::State {
    let mut people = PEOPLE.clone();
    let appointed = parties::Event::HeadAppointed { person: PersonId(12), office: key("hk-immigration") };
    let recorded = Recorded { sequence: 0, at: NINE_ON_MONDAY, actor: &Actor::Operator };
    parties::evolve(&mut people, &appointed, &recorded);
    people
}

fn as_head(cases: &Cases, command: Command) -> Result<Vec<Event>, Refusal> {
    let actor: Actor = HEAD.parse().unwrap();
    let rules: &dyn Rules = &*RULES;
    decide(&cases.state, &with_head(), &PERMITS, &PROFILE, command, &Ctx { now: cases.now, actor: &actor, rules })
}

#[test]
fn what_one_officer_has_taken_a_colleague_takes_only_when_it_is_given_back() {
    let mut cases = Cases::submitted();
    cases
        .check(SOUTH, take(1, "hong-kong"), "leg_taken")
        .check(COLLEAGUE, take(1, "hong-kong"), "refused: leg-is-a-colleagues")
        .check(COLLEAGUE, work(1, "hong-kong", Act::GiveBack), "refused: leg-must-be-yours-to-give-back")
        .check(SOUTH, work(1, "hong-kong", Act::GiveBack), "worked");
    assert_eq!(cases.leg(1, "hong-kong").officer, None);
    cases.check(SOUTH, work(1, "hong-kong", Act::GiveBack), "refused: leg-must-be-yours-to-give-back").check(
        COLLEAGUE,
        take(1, "hong-kong"),
        "leg_taken",
    );
}

#[test]
fn a_leg_is_handed_on_to_a_colleague_of_the_same_office_who_may_handle_it() {
    let mut cases = Cases::submitted();
    cases
        .check(SOUTH, hand_on(12), "refused: leg-must-be-yours-to-hand-on")
        .check(SOUTH, take(1, "hong-kong"), "leg_taken")
        .check(SOUTH, hand_on(7), "refused: colleague-must-be-of-the-office")
        .check(SOUTH, hand_on(99), "refused: colleague-must-be-of-the-office")
        .check(SOUTH, hand_on(2), "refused: colleague-must-be-free-to-act")
        .check(SOUTH, hand_on(5), "refused: colleague-must-be-free-to-act")
        .check(COLLEAGUE, hand_on(12), "refused: leg-must-be-yours-to-hand-on");
    let foreign = work(1, "hong-kong", Act::HandOn { to: PersonId(12), note: Some(sealed(9)) });
    cases.check(SOUTH, foreign, "refused: seal-must-be-the-subjects-own").check(SOUTH, hand_on(12), "worked");
    assert_eq!(cases.leg(1, "hong-kong").officer, Some(PersonId(12)));
    cases.check(SOUTH, hand_on(12), "refused: leg-must-be-yours-to-hand-on");
}

#[test]
fn the_head_shares_out_what_others_hold_and_what_nobody_holds() {
    let mut cases = Cases::submitted();
    assert_eq!(in_words(&as_head(&cases, hand_on(3))), "worked", "nobody's");
    cases.check(SOUTH, take(1, "hong-kong"), "leg_taken");
    assert_eq!(in_words(&as_head(&cases, hand_on(12))), "worked", "to themself");
    assert_eq!(in_words(&as_head(&cases, work(1, "hong-kong", Act::GiveBack))), "worked");
    assert_eq!(in_words(&as_head(&cases, take(1, "shenzhen"))), "refused: leg-must-be-of-the-officers-bank");
}

#[test]
fn whoever_is_away_is_given_nothing_and_the_deputy_takes_over() {
    let mut cases = Cases::submitted();
    cases
        .check(SOUTH, take(1, "hong-kong"), "leg_taken")
        .check(SOUTH, away(3, "2026-11-23", "2026-11-25", 12), "office")
        .check(COLLEAGUE, take(1, "hong-kong"), "leg_taken")
        .check(COLLEAGUE, hand_on(3), "refused: colleague-must-be-present")
        .check(COLLEAGUE, work(1, "hong-kong", Act::GiveBack), "worked")
        .check(SOUTH, take(1, "hong-kong"), "refused: officer-must-be-present");
    let office = key("hk-immigration");
    let on = |day: &str| stands_in(&cases.state, &office, PersonId(3), day.parse().unwrap());
    assert_eq!((on("2026-11-25"), on("2026-11-26")), (Some(PersonId(12)), Some(PersonId(3))));
    let back = OfficeCommand::EndAbsence { person: PersonId(3), from: "2026-11-23".parse().unwrap() };
    cases.check(SOUTH, arrange("hk-immigration", back), "office").check(SOUTH, take(1, "hong-kong"), "leg_taken");
}

#[test]
fn while_somebody_else_is_away_their_work_is_the_deputys_alone() {
    let mut cases = Cases::submitted();
    cases
        .check(COLLEAGUE, take(1, "hong-kong"), "leg_taken")
        .check(COLLEAGUE, away(12, "2026-11-23", "2026-11-25", 5), "office")
        .check(SOUTH, take(1, "hong-kong"), "refused: leg-is-a-colleagues")
        .check(SOUTH, hand_on(3), "refused: leg-must-be-yours-to-hand-on");
    assert_eq!(
        stands_in(&cases.state, &key("hk-immigration"), PersonId(12), "2026-11-24".parse().unwrap()),
        Some(PersonId(5))
    );
}

#[test]
fn an_absence_has_dates_in_order_and_a_deputy_who_is_there() {
    let mut cases = Cases::new();
    cases
        .check(SOUTH, away(3, "2026-12-07", "2026-12-01", 12), "refused: absence-must-be-in-order")
        .check(SOUTH, away(3, "2026-11-01", "2026-11-22", 12), "refused: absence-must-be-in-order")
        .check(SOUTH, away(3, "2026-12-01", "2026-12-02", 3), "refused: deputy-must-be-another")
        .check(SOUTH, away(3, "2026-12-01", "2026-12-02", 7), "refused: colleague-must-be-of-the-office")
        .check(SOUTH, away(12, "2026-12-01", "2026-12-02", 3), "refused: nothing permits it")
        .check(NORTH, away(4, "2026-12-01", "2026-12-02", 3), "refused: nothing permits it")
        .check(COLLEAGUE, away(12, "2026-12-01", "2026-12-04", 3), "office")
        .check(SOUTH, away(3, "2026-12-04", "2026-12-09", 12), "refused: colleague-must-be-present")
        .check(COLLEAGUE, away(12, "2026-12-04", "2026-12-09", 3), "refused: absences-must-not-overlap")
        .check(SOUTH, away(3, "2026-12-05", "2026-12-09", 12), "office");
    assert_eq!(in_words(&as_head(&cases, away(3, "2026-12-20", "2026-12-21", 12))), "office", "for a colleague");
    let unknown = OfficeCommand::EndAbsence { person: PersonId(3), from: "2026-12-06".parse().unwrap() };
    cases.check(SOUTH, arrange("hk-immigration", unknown), "refused: absence-must-be-known");
    for month in 1..=11 {
        let from = format!("2027-{month:02}-01");
        cases.check(SOUTH, away(3, &from, &from, 12), "office");
    }
    cases.check(SOUTH, away(3, "2027-12-01", "2027-12-01", 12), "refused: absences-must-be-few");
    assert_eq!(absences(&cases.state, &key("hk-immigration"), PersonId(3)).len(), 12);
}

#[test]
fn an_officer_taken_off_the_office_while_a_page_stood_open_is_refused() {
    let cases = Cases::submitted();
    let mut people = PEOPLE.clone();
    let relieved = parties::Event::OfficerRelieved { person: PersonId(3), office: key("hk-immigration") };
    let recorded = Recorded { sequence: 0, at: NINE_ON_MONDAY, actor: &Actor::Operator };
    parties::evolve(&mut people, &relieved, &recorded);
    let actor: Actor = SOUTH.parse().unwrap();
    for command in [take(1, "hong-kong"), approve(1, "hong-kong"), hand_on(12), work(1, "hong-kong", Act::Confirm)] {
        let ctx = Ctx { now: cases.now, actor: &actor, rules: &*RULES };
        let decided = decide(&cases.state, &people, &PERMITS, &PROFILE, command, &ctx);
        assert!(matches!(decided, Err(Refusal::RuledOut(_))), "{decided:?}");
    }
}

#[test]
fn who_decided_before_is_named_to_colleagues_of_the_same_bank_alone() {
    let mut cases = Cases::submitted();
    cases.check(SOUTH, approve(1, "hong-kong"), "leg_decided");
    let by = |actor: &str, command: Command| {
        let refusal = cases.decide_by(actor, command, &*RULES).unwrap_err();
        let Refusal::LegMustBeUndecided { by, at, .. } = refusal else { panic!("{refusal:?}") };
        assert_eq!(at, Some(cases.now));
        by
    };
    assert_eq!(by(COLLEAGUE, approve(1, "hong-kong")), Some(PersonId(3)));
    assert_eq!(by(CLERK, answer(1, "hong-kong")), None);
}
