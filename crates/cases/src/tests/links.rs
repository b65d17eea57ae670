//! Cases that change a decided one: when they may be asked for, by whom, which offices decide them.

use super::*;
use crate::Link;
use profile::ChangeKind;

pub fn change(by: &str, case: u32, kind: ChangeKind, organisation: Option<u32>) -> Command {
    open_about(by, organisation, About::Change(Link { case: CaseId(case), kind }))
}

fn appeal(case: u32) -> Command {
    change("appeal", case, ChangeKind::Appeal, None)
}

fn reconsider(case: u32) -> Command {
    change("reconsideration", case, ChangeKind::Reconsider, None)
}

/// C-1: Hong Kong refused.
fn refused() -> Cases {
    let mut cases = Cases::submitted();
    cases.check(SOUTH, refuse(1, "hong-kong"), "leg_decided + decided");
    cases
}

/// C-903, approved, which had brought T-3, valid for a year.
pub fn issued(cases: &mut Cases) {
    let (case, person) = (CaseId(903), PersonId(2));
    let opened = Event::Opened {
        case,
        service: key("commuter-pass"),
        service_version: 1,
        applicant: PersonId(1),
        organisation: Some(OrganisationId(1)),
        about: About::Person(person),
        subject: person,
        answers: None,
        requested_day: None,
        disclosed: Disclosed::default(),
        attachments: Vec::new(),
    };
    let submitted = Event::Submitted { case, legs: Cases::submitted().case(1).legs.to_vec(), rule: Default::default() };
    cases.fold(CLERK, &[opened, submitted, Event::Decided { case, outcome: Outcome::Approved }]);
}

fn offices(cases: &Cases, case: u32) -> Vec<&str> {
    cases.case(case).legs.iter().map(|leg| leg.office.as_str()).collect()
}

#[test]
fn an_appeal_goes_to_the_supervision_of_the_bank_that_refused_and_a_reconsideration_to_those_who_did() {
    let mut cases = refused();
    cases.check(SUBJECT, appeal(1), "opened + submitted");
    assert_eq!(offices(&cases, 2), ["hk-supervision"]);
    let first = crate::case(&cases.state, CaseId(1)).unwrap().clone();
    let changed: Vec<CaseId> = crate::changes_of(&cases.state, CaseId(1)).map(|(id, _)| id).collect();
    assert_eq!(changed, [CaseId(2)]);
    assert_eq!((first.stage, cases.case(2).organisation), (Stage::Decided(Outcome::Refused), first.organisation));

    let mut cases = refused();
    cases.check(CLERK, change("reconsideration", 1, ChangeKind::Reconsider, Some(1)), "opened + submitted");
    assert_eq!(offices(&cases, 2), ["hk-immigration"]);
    assert_eq!(cases.case(2).legs[0].state, LegState::Open);
    assert_eq!(cases.case(2).legs[0].officer, None);
}

#[test]
fn nobody_but_those_concerned_asks_for_a_change() {
    let mut cases = refused();
    cases
        .check(VISITOR, appeal(1), "refused: nothing permits it")
        .check(SOUTH, appeal(1), "refused: nothing permits it")
        .check("clerk:P-1:O-2", change("appeal", 1, ChangeKind::Appeal, Some(2)), "refused: nothing permits it");
}

#[test]
fn a_refusal_is_appealed_against_in_time_once_and_one_thing_at_a_time() {
    let mut cases = refused();
    cases
        .check(SUBJECT, reconsider(1), "opened + submitted")
        .check(SUBJECT, appeal(1), "refused: case-must-be-the-only-one-open")
        .check(SOUTH, refuse(2, "hong-kong"), "leg_decided + decided")
        .check(SUBJECT, reconsider(1), "refused: change-must-be-asked-once")
        .check(SUBJECT, appeal(2), "refused: case-must-be-refused")
        .at("2026-12-23T23:59:00")
        .check(SUBJECT, appeal(1), "opened + submitted")
        .check(SUBJECT, withdraw(3), "withdrawn")
        .at("2026-12-24T00:00:00")
        .check(SUBJECT, appeal(1), "refused: change-must-be-in-time");
}

#[test]
fn no_officer_decides_an_appeal_against_what_they_decided() {
    let mut cases = refused();
    // The one who refused has gone over to supervision since.
    let first = std::sync::Arc::make_mut(cases.state.cases.get_mut(&CaseId(1)).unwrap());
    first.legs[0].officer = Some(PersonId(7));
    cases.check(SUBJECT, appeal(1), "opened + submitted");
    for command in [take(2, "hong-kong"), approve(2, "hong-kong"), refuse(2, "hong-kong"), ask(2, "hong-kong")] {
        cases.check(SUPERVISION, command, "refused: appeal-is-decided-by-others");
    }
}

#[test]
fn what_was_issued_is_renewed_before_its_end_and_given_back_as_long_as_it_stands() {
    let mut cases = Cases::new();
    issued(&mut cases);
    let renew = || change("renewal", 903, ChangeKind::Renew, Some(1));
    cases
        .check(CLERK, renew(), "refused: change-must-not-be-early")
        .check(CLERK, change("appeal", 903, ChangeKind::Appeal, Some(1)), "refused: case-must-be-refused")
        .check(CLERK, change("transfer", 903, ChangeKind::Transfer, Some(1)), "refused: change-must-be-offered")
        .check(SUBJECT, change("surrender", 903, ChangeKind::Surrender, None), "opened + submitted")
        .check(SUBJECT, withdraw(904), "withdrawn")
        .at("2027-10-01T09:00:00")
        .check(CLERK, renew(), "opened + submitted");
    assert_eq!(offices(&cases, 905), ["hk-immigration", "sz-exit-entry"], "the first one's offices again");
    let (state, case) = (&cases.state, cases.case(903));
    let offers = crate::offers(state, &PERMITS, &PROFILE, CaseId(903), case, cases.now);
    assert!(offers.is_empty(), "while one is open: {offers:?}");
}

#[test]
fn a_page_offers_what_may_be_asked_with_its_days() {
    let cases = refused();
    let offers = crate::offers(&cases.state, &PERMITS, &PROFILE, CaseId(1), cases.case(1), cases.now);
    let told: Vec<(ChangeKind, Option<String>)> =
        offers.iter().map(|offer| (offer.kind, offer.until.map(|day| day.to_string()))).collect();
    let want = [(ChangeKind::Reconsider, Some("2026-12-14".into())), (ChangeKind::Appeal, Some("2026-12-23".into()))];
    assert_eq!(told, want);
}
