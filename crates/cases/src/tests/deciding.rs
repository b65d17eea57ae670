//! Both banks decide, each its own leg, and one joint outcome comes of it.

use super::*;

#[test]
fn a_case_is_approved_when_the_last_leg_is() {
    let mut cases = Cases::submitted();
    cases.check(SOUTH, take(1, "hong-kong"), "leg_taken");
    assert_eq!(cases.leg(1, "hong-kong").officer, Some(PersonId(3)));
    cases.check(SOUTH, approve(1, "hong-kong"), "leg_decided");
    assert_eq!(cases.case(1).stage, Stage::Deciding);
    assert!(cases.queue("hk-immigration").is_empty());
    cases.check(NORTH, approve(1, "shenzhen"), "leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
    assert_eq!(cases.case(1).decided_at, Some(cases.now));
}

#[test]
fn one_refusal_refuses_and_the_other_office_has_nothing_left_to_do() {
    let mut cases = Cases::submitted();
    cases.check(NORTH, refuse(1, "shenzhen"), "leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
    assert_eq!(cases.leg(1, "hong-kong").state, LegState::Moot);
    assert!(cases.queue("hk-immigration").is_empty());
    cases.check(SOUTH, approve(1, "hong-kong"), "refused: case-must-be-deciding");
}

#[test]
fn a_decided_leg_is_never_decided_again_and_says_who_decided_it() {
    let mut cases = Cases::submitted();
    cases.check(SOUTH, approve(1, "hong-kong"), "leg_decided");
    for command in [approve(1, "hong-kong"), refuse(1, "hong-kong"), take(1, "hong-kong"), ask(1, "hong-kong")] {
        cases.check(SOUTH, command, "refused: leg-must-be-undecided");
    }
    let refusal = cases.decide_by(SOUTH, refuse(1, "hong-kong"), &*RULES).unwrap_err();
    let at = cases.now.to_string();
    let said = [("case", "C-1"), ("leg", "hong-kong"), ("by", "P-3"), ("at", at.as_str())];
    assert_eq!(refusal.remarks(), said.map(|(name, value)| (name, value.to_owned())));
}

#[test]
fn no_officer_decides_for_the_other_bank_themself_or_their_employer() {
    let mut cases = Cases::submitted();
    for command in [take(1, "shenzhen"), approve(1, "shenzhen"), refuse(1, "shenzhen"), ask(1, "shenzhen")] {
        cases.check(SOUTH, command, "refused: leg-must-be-of-the-officers-bank");
    }
    cases
        .check("officer:P-2:hk-immigration", approve(1, "hong-kong"), "refused: officer-must-not-be-the-subject")
        .check(
            "officer:P-5:hk-immigration",
            approve(1, "hong-kong"),
            "refused: officer-must-not-be-of-the-organisation",
        )
        .check(SUPERVISION, approve(1, "hong-kong"), "refused: nothing permits it")
        .check("officer:P-3:sz-exit-entry", approve(1, "shenzhen"), "refused: nothing permits it");
}

#[test]
fn the_officer_who_asked_for_a_revocation_does_not_decide_it() {
    let mut cases = Cases::new();
    let revocation = open_about("pass-revocation", None, About::Permit(PermitId(1)));
    cases.check(SUPERVISION, revocation, "opened + submitted").check(
        SUPERVISION,
        approve(1, "supervision"),
        "refused: officer-must-not-be-the-applicant",
    );
}

#[test]
fn a_question_goes_to_whom_it_concerns_and_the_office_waits() {
    let mut cases = Cases::submitted();
    cases
        .check(SOUTH, ask(1, "hong-kong"), "asked")
        .check(SOUTH, approve(1, "hong-kong"), "refused: leg-must-be-open")
        .check(SOUTH, ask(1, "hong-kong"), "refused: leg-must-be-open")
        .check(VISITOR, answer(1, "hong-kong"), "refused: nothing permits it")
        .check(CLERK, answer(1, "shenzhen"), "refused: leg-must-be-asked")
        .check(CLERK, answer(1, "hong-kong"), "answered")
        .check(SUBJECT, answer(1, "hong-kong"), "refused: leg-must-be-asked")
        .check(SOUTH, approve(1, "hong-kong"), "leg_decided");
}

/// C-1: O-1 applied for a visit of P-8, who confirmed.
fn visit() -> Cases {
    let mut cases = Cases::new();
    cases.check(CLERK, on_day("2026-11-24", open("visitor-pass", 8)), "opened").check(VISITOR, submit(1), "submitted");
    cases
}

#[test]
fn a_rule_alone_approves_an_ordinary_visitor() {
    let mut cases = visit();
    cases.check("system", decide_by_rule(1, "shenzhen", false), "leg_decided").check(
        SOUTH,
        verdict(1, "hong-kong", LegVerdict::Approved, sealed(8)),
        "leg_decided + decided",
    );
    assert_eq!(cases.leg(1, "shenzhen").officer, None);
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
}

#[test]
fn what_the_rule_does_not_permit_is_left_to_an_officer_and_refused_to_nobody() {
    let mut cases = visit();
    cases.check("system", decide_by_rule(1, "shenzhen", true), "leg_left_to_officer");
    assert_eq!(cases.leg(1, "shenzhen").state, LegState::Open);
    assert_eq!(cases.queue("sz-exit-entry"), [1]);
    cases.check(NORTH, verdict(1, "shenzhen", LegVerdict::Approved, sealed(8)), "leg_decided");
}

#[test]
fn visits_count_under_whatever_numbers_the_visitor_was_registered() {
    // P-8 stands for every other number of the visitor: one visit under each.
    let registered = |elsewhere| Command::DecideByRule {
        case: CaseId(1),
        leg: key("shenzhen"),
        watchlisted: false,
        registered_elsewhere: vec![PersonId(8); elsewhere],
    };
    visit().check("system", registered(9), "leg_decided");
    visit().check("system", registered(10), "leg_left_to_officer");
}

#[test]
fn a_host_whose_pass_was_misused_of_late_is_looked_at_by_an_officer() {
    let ruled = |cases: &Cases| {
        let events = cases.decide_by("system", decide_by_rule(1, "shenzhen", false), &*RULES).unwrap();
        match &events[0] {
            Event::LegLeftToOfficer { ruling, .. } | Event::LegDecided { ruling, .. } => ruling.policies[0].to_string(),
            other => panic!("{other:?}"),
        }
    };
    let mut cases = visit();
    assert_eq!(ruled(&cases), "rule-approves-visitors");
    // The same visit with O-2 as its host, whose pass was misused today; then the same 91 days later.
    let mut case = cases.case(1).clone();
    case.organisation = Some(OrganisationId(2));
    cases.state.cases.insert(CaseId(1), case.into());
    assert_eq!(ruled(&cases), "host-must-be-in-good-standing");
    cases.now = cases.now.plus(91 * Instant::DAY);
    assert_eq!(ruled(&cases), "rule-approves-visitors");
}

#[test]
fn the_rule_decides_only_what_the_service_leaves_to_it_and_only_for_the_platform() {
    let mut cases = visit();
    cases.check("system", decide_by_rule(1, "hong-kong", false), "refused: leg-must-be-left-to-the-rule").check(
        NORTH,
        decide_by_rule(1, "shenzhen", false),
        "refused: leg-must-be-left-to-the-rule",
    );
}
