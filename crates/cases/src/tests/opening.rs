//! Who applies, who confirms, who withdraws.

use super::*;

#[test]
fn an_employer_applies_and_the_offices_start_when_the_person_has_confirmed() {
    let mut cases = Cases::new();
    cases.check(CLERK, with_answers(sealed(2), open("commuter-pass", 2)), "opened");
    assert_eq!(cases.case(1).stage, Stage::Confirming);
    assert!(cases.queue("hk-immigration").is_empty(), "no office has anything to do yet");
    cases.check(CLERK, submit(1), "refused: nothing permits it").check(SUBJECT, submit(1), "submitted");
    assert_eq!(cases.case(1).stage, Stage::Deciding);
    assert_eq!((cases.queue("hk-immigration"), cases.queue("sz-exit-entry")), (vec![1], vec![1]));
    assert_eq!(cases.case(1).entries, [0, 1], "the case knows its entries in the log");
}

#[test]
fn a_clerk_applies_for_their_own_people_and_for_visitors_alone() {
    let mut cases = Cases::new();
    let of_nobody = open_about("commuter-pass", None, About::Person(PersonId(2)));
    let of_another = open_about("commuter-pass", Some(2), About::Person(PersonId(2)));
    cases
        .check(CLERK, of_nobody, "refused: nothing permits it")
        .check(CLERK, of_another, "refused: nothing permits it")
        .check("clerk:P-1:O-2", open("commuter-pass", 2), "refused: nothing permits it")
        .check(SUBJECT, open("commuter-pass", 2), "refused: nothing permits it")
        .check(SOUTH, open("commuter-pass", 2), "refused: nothing permits it")
        .check(CLERK, on_day("2026-11-23", open("visitor-pass", 8)), "opened");
}

#[test]
fn whoever_is_nobodys_employee_is_only_their_hosts_to_apply_for() {
    let mut cases = Cases::new();
    // An officer, in whose account a stranger's application has no business.
    cases.check(CLERK, on_day("2026-11-23", open("visitor-pass", 3)), "refused: nothing permits it");
}

#[test]
fn a_person_asks_for_their_own_erasure_and_nobody_elses() {
    let mut cases = Cases::new();
    let erasure = |person| open_about("personal-data-erasure", None, About::Person(PersonId(person)));
    cases.check(SUBJECT, erasure(8), "refused: nothing permits it").check(SUBJECT, erasure(2), "opened + submitted");
    assert_eq!(cases.queue("hk-data"), [1]);
}

#[test]
fn an_officer_asks_for_a_revocation_but_not_of_their_own_pass() {
    let mut cases = Cases::new();
    let revocation = open_about("pass-revocation", None, About::Permit(PermitId(1)));
    cases.check("officer:P-2:hk-immigration", revocation.clone(), "refused: nothing permits it").check(
        NORTH,
        revocation,
        "opened + submitted",
    );
    assert_eq!((cases.case(1).subject, cases.case(1).applicant), (PersonId(2), PersonId(4)));
}

#[test]
fn whoever_it_concerns_withdraws_until_it_is_decided() {
    for actor in [CLERK, SUBJECT] {
        let mut cases = Cases::submitted();
        cases.check(SOUTH, withdraw(1), "refused: nothing permits it").check(actor, withdraw(1), "withdrawn");
        assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Withdrawn));
        assert!(cases.case(1).legs.iter().all(|leg| leg.state == LegState::Moot));
        assert!(cases.queue("hk-immigration").is_empty() && cases.queue("sz-exit-entry").is_empty());
        cases.check(actor, withdraw(1), "refused: case-must-not-be-decided");
    }
}

#[test]
fn one_application_at_a_time_and_another_when_it_is_over() {
    let mut cases = Cases::submitted();
    cases
        .check(CLERK, open("commuter-pass", 2), "refused: case-must-be-the-only-one-open")
        .check(CLERK, withdraw(1), "withdrawn")
        .check(CLERK, open("commuter-pass", 2), "opened");
    let newest_first: Vec<u32> = crate::of_subject(&cases.state, PersonId(2)).map(|(id, _)| id.0).collect();
    assert_eq!(newest_first, [2, 1]);
    assert_eq!(crate::of_organisation(&cases.state, OrganisationId(1)).count(), 2);
}

#[test]
fn a_visitor_is_applied_for_by_the_day() {
    let mut cases = Cases::new();
    let visit = |day| on_day(day, open("visitor-pass", 8));
    cases
        .check(CLERK, open("visitor-pass", 8), "refused: requested-day-must-be-given")
        .check(CLERK, visit("2026-11-22"), "refused: requested-day-must-not-be-past")
        .check(CLERK, visit("2026-11-24"), "opened")
        .check(CLERK, visit("2026-11-24"), "refused: case-must-be-the-only-one-open")
        .check(CLERK, visit("2026-11-25"), "opened");
}

#[test]
fn the_offices_do_not_start_without_document_and_consents() {
    let mut cases = Cases::new();
    cases
        .check(CLERK, open("commuter-pass", 10), "opened")
        .check("person:P-10", submit(1), "refused: document-must-be-confirmed")
        .check(CLERK, open("commuter-pass", 11), "opened")
        .check("person:P-11", submit(2), "refused: consent-must-be-given")
        .check(CLERK, open("commuter-pass", 2), "opened")
        .at("2031-05-02T00:00:00")
        .check(SUBJECT, submit(3), "refused: document-must-be-confirmed")
        .at("2031-05-01T23:59:59")
        .check(SUBJECT, submit(3), "submitted");
}

#[test]
fn how_many_cases_stand_where_is_counted() {
    let mut cases = Cases::submitted();
    cases.check(CLERK, open("commuter-pass", 10), "opened").check(CLERK, open("commuter-pass", 11), "opened").check(
        CLERK,
        withdraw(3),
        "withdrawn",
    );
    let counts = crate::case_counts(&cases.state).next().unwrap();
    assert_eq!(counts.0.as_str(), "commuter-pass");
    assert_eq!((counts.1.confirming, counts.1.deciding, counts.1.withdrawn), (1, 1, 1));
    cases.check(SOUTH, approve(1, "hong-kong"), "leg_decided").check(
        NORTH,
        approve(1, "shenzhen"),
        "leg_decided + decided",
    );
    assert_eq!(cases.state.counts[&key("commuter-pass")].approved, 1);
}
