//! Appointments.

use super::*;

const TEN: &str = "2026-11-26T10:00";
const HALF_PAST: &str = "2026-11-26T10:30";

/// Hong Kong decided in favour, and Shenzhen has not: either suffices, so the appointment is to be chosen. C-1.
fn to_choose() -> Cases {
    let mut cases = own("by-appointment");
    cases
        .check(SOUTH, verdict(1, "hong-kong", LegVerdict::Approved, sealed(OF_SUBJECT)), "leg_decided + leg_started")
        .check(SOUTH, offer(&[TEN, HALF_PAST], 1), "office");
    cases
}

fn book(case: u32, at: &str) -> Command {
    work(case, "visit", Act::Book { at: hong_kong(at) })
}

fn record(came: bool) -> Command {
    work(1, "visit", Act::RecordAttendance { came })
}

fn booked(cases: &Cases, at: &str) -> Vec<u32> {
    let slots = crate::slots(&cases.state, &key("hk-immigration"), Instant(0));
    slots
        .filter(|(begins, _)| *begins == hong_kong(at))
        .flat_map(|(_, slot)| slot.booked.iter().map(|id| id.0))
        .collect()
}

#[test]
fn the_applicant_chooses_a_time_comes_and_is_approved() {
    let mut cases = to_choose();
    cases
        .check(SOUTH, record(true), "refused: appointment-must-be-booked")
        .check(SUBJECT, book(1, TEN), "worked")
        .check(SOUTH, record(true), "refused: appointment-must-have-begun")
        .at("2026-11-26T10:05:00")
        .check(SUPERVISION, record(true), "refused: nothing permits it")
        .check(SUBJECT, record(true), "refused: officer-must-not-be-the-subject")
        .check(SOUTH, record(true), "worked + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
    assert_eq!(cases.leg(1, "shenzhen").state, LegState::Moot);
}

#[test]
fn a_place_is_never_given_twice() {
    let mut cases = to_choose();
    cases.check(SUBJECT, book(1, TEN), "worked").check(SUBJECT, book(1, TEN), "refused: time-must-be-free");
    let other = open_about("by-appointment", None, About::Person(PersonId(8)));
    cases
        .check(VISITOR, other, "opened + submitted")
        .check(SOUTH, verdict(2, "hong-kong", LegVerdict::Approved, sealed(8)), "leg_decided + leg_started")
        .check(VISITOR, book(2, TEN), "refused: time-must-be-free")
        .check(VISITOR, book(2, HALF_PAST), "worked");
    assert_eq!((booked(&cases, TEN), booked(&cases, HALF_PAST)), (vec![1], vec![2]));
}

#[test]
fn nobody_is_at_two_appointments_at_once() {
    let mut cases = to_choose();
    cases.check(SUBJECT, book(1, TEN), "worked").check(
        SUPERVISION,
        arrange(
            "hk-supervision",
            OfficeCommand::OfferTimes { starts: vec![hong_kong("2026-11-26T10:15")], minutes: 30, places: 1 },
        ),
        "office",
    );
    // The same person's other case, at another office.
    let mut other = cases.case(1).clone();
    for leg in &mut other.legs {
        leg.office = key("hk-supervision");
        if let Some(crate::Task::Attend(attendance)) = leg.work.as_mut().and_then(|work| work.task.as_mut()) {
            attendance.booked = None;
        }
    }
    cases.state.cases.insert(CaseId(2), other.into());
    cases.state.by_subject.entry(PersonId(2)).or_default().insert(CaseId(2));
    let refusal = cases.decide_by(SUBJECT, book(2, "2026-11-26T10:15"), &*RULES).unwrap_err();
    assert_eq!(refusal.code(), "applicant-must-be-free");
    assert_eq!(refusal.remarks()[0], ("case", "C-1".to_owned()));
}

#[test]
fn a_time_is_changed_so_often_and_no_oftener() {
    let mut cases = to_choose();
    cases
        .check(SUBJECT, book(1, TEN), "worked")
        .check(SUBJECT, book(1, HALF_PAST), "worked")
        .check(SUBJECT, book(1, TEN), "refused: changes-must-be-left")
        .check(SUBJECT, work(1, "visit", Act::CancelBooking), "refused: changes-must-be-left");
    assert_eq!((booked(&cases, TEN), booked(&cases, HALF_PAST)), (vec![], vec![1]));
    let mut cases = to_choose();
    cases
        .check(SUBJECT, work(1, "visit", Act::CancelBooking), "refused: appointment-must-be-booked")
        .check(SUBJECT, book(1, TEN), "worked")
        .check(SUBJECT, work(1, "visit", Act::CancelBooking), "worked")
        .check(SUBJECT, book(1, TEN), "worked")
        .check(VISITOR, book(1, HALF_PAST), "refused: nothing permits it");
}

#[test]
fn whoever_stays_away_chooses_once_more_and_is_then_refused() {
    let mut cases = to_choose();
    cases
        .check(SUBJECT, book(1, TEN), "worked")
        .at("2026-11-26T10:10:00")
        .check(SOUTH, record(false), "worked")
        .check(SUBJECT, book(1, TEN), "refused: time-must-be-to-come")
        .check(SUBJECT, book(1, HALF_PAST), "worked")
        .at("2026-11-26T11:00:00")
        .check(SUBJECT, book(1, HALF_PAST), "refused: time-must-be-to-come")
        .check(SOUTH, record(false), "worked + decided");
    assert_eq!(cases.leg(1, "visit").state, LegState::Refused);
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused), "a condition that was not met");
}

#[test]
fn a_case_that_ends_gives_its_time_up() {
    let mut cases = to_choose();
    cases.check(SUBJECT, book(1, TEN), "worked").check(SUBJECT, withdraw(1), "withdrawn");
    assert!(booked(&cases, TEN).is_empty());
}

#[test]
fn an_office_offers_what_it_can_keep() {
    let mut cases = to_choose();
    let one = |at: &str| offer(&[at], 1);
    cases
        .check(NORTH, one("2026-11-27T09:00"), "refused: nothing permits it")
        .check(SOUTH, one("2026-11-23T08:59"), "refused: time-must-be-to-come")
        .check(SOUTH, one("2026-11-29T10:00"), "refused: time-must-be-on-a-working-day")
        .check(SOUTH, one("2026-11-26T10:15"), "refused: times-must-not-overlap")
        .check(SOUTH, offer(&["2026-11-27T10:00", "2026-11-27T10:20"], 1), "refused: times-must-not-overlap")
        .check(SOUTH, offer(&[], 1), "refused: times-must-be-few")
        .check(SOUTH, offer(&["2026-11-27T10:00"], 0), "refused: times-must-be-few")
        .check(
            SOUTH,
            arrange("no-such-office", OfficeCommand::WithdrawTime { at: hong_kong(TEN) }),
            "refused: office-must-be-known",
        )
        .check(SUBJECT, book(1, "2026-11-27T15:00"), "refused: time-must-be-offered")
        .check(SUBJECT, book(1, TEN), "worked");
    let withdraw = |at: &str| arrange("hk-immigration", OfficeCommand::WithdrawTime { at: hong_kong(at) });
    cases
        .check(SOUTH, withdraw(TEN), "refused: time-must-not-be-taken")
        .check(SOUTH, withdraw("2026-11-27T15:00"), "refused: time-must-be-offered")
        .check(SOUTH, withdraw(HALF_PAST), "office")
        .check(SUBJECT, book(1, HALF_PAST), "refused: time-must-be-offered");
}

#[test]
fn a_time_with_three_places_takes_three_and_no_fourth() {
    let mut cases = Cases::new();
    cases.check(SOUTH, offer(&[TEN], 3), "office");
    let slot = |cases: &Cases| crate::slots(&cases.state, &key("hk-immigration"), Instant(0)).next().unwrap().1.clone();
    for case in 1..=3 {
        assert!(slot(&cases).is_free());
        let booked = Event::Worked {
            case: CaseId(case),
            leg: key("visit"),
            work: crate::Work::Booked { at: hong_kong(TEN), by: PersonId(2) },
        };
        let mut template = own("by-appointment").case(1).clone();
        template.subject = PersonId(100 + case);
        cases.state.cases.insert(CaseId(case), template.into());
        cases.fold(SUBJECT, &[booked]);
    }
    assert!(!slot(&cases).is_free());
}
