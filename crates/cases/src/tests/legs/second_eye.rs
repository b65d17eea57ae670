//! Four eyes.

use super::*;

/// Paid and signed: the decision of two officers is open.
fn to_decide() -> Cases {
    let mut cases = fee_first();
    cases
        .check(SUPERVISION, work(1, "fee", pay(100_000, "FPS-1")), "worked")
        .check(CLERK, work(1, "undertaking", sign("undertaking", Language::En)), "worked")
        .check(CLERK, work(1, "director", Act::NameSignatory { person: PersonId(2) }), "worked")
        .check(SUBJECT, work(1, "director", sign("director", Language::En)), "worked + leg_started");
    cases
}

fn say(what: LegVerdict) -> Command {
    verdict(1, "decision", what, sealed(OF_CLERK))
}

fn confirm() -> Command {
    work(1, "decision", Act::Confirm)
}

fn send_back() -> Command {
    work(1, "decision", Act::SendBack { reason: sealed(OF_CLERK) })
}

#[test]
fn one_officer_proposes_and_another_makes_it_a_decision() {
    let mut cases = to_decide();
    cases.check(SOUTH, confirm(), "refused: leg-must-be-proposed").check(SOUTH, say(LegVerdict::Approved), "worked");
    let leg = cases.leg(1, "decision");
    assert_eq!((leg.state, leg.eyes(), leg.proposal().unwrap().officer), (LegState::Open, 2, PersonId(3)));
    assert_eq!(cases.case(1).stage, Stage::Deciding);
    cases
        .check(SOUTH, confirm(), "refused: second-officer-must-be-another")
        .check(SOUTH, send_back(), "refused: second-officer-must-be-another")
        .check(COLLEAGUE, say(LegVerdict::Refused), "refused: leg-must-not-be-proposed")
        .check(COLLEAGUE, work(1, "decision", Act::Confirm), "worked + leg_decided + decided");
    let leg = cases.leg(1, "decision");
    assert_eq!((leg.officer, leg.proposal()), (Some(PersonId(3)), None), "whose decision it is stays known");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
}

#[test]
fn what_is_sent_back_is_decided_anew() {
    let mut cases = to_decide();
    cases
        .check(SOUTH, say(LegVerdict::Refused), "worked")
        .check(COLLEAGUE, send_back(), "worked")
        .check(COLLEAGUE, confirm(), "refused: leg-must-be-proposed")
        .check(COLLEAGUE, say(LegVerdict::Approved), "worked")
        .check(SOUTH, confirm(), "worked + leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
}

#[test]
fn neither_of_the_two_has_an_interest() {
    // P-5 works for O-1, which applied; P-2 as well, and signed.
    let mut cases = to_decide();
    let employed = "officer:P-5:hk-immigration";
    cases
        .check(employed, say(LegVerdict::Approved), "refused: officer-must-not-be-of-the-organisation")
        .check(SOUTH, say(LegVerdict::Approved), "worked")
        .check(employed, confirm(), "refused: officer-must-not-be-of-the-organisation")
        .check(employed, send_back(), "refused: officer-must-not-be-of-the-organisation")
        .check(NORTH, confirm(), "refused: leg-must-be-of-the-officers-bank")
        .check(SUPERVISION, confirm(), "refused: nothing permits it")
        .check(CLERK, confirm(), "refused: officer-must-not-be-the-subject");
}

#[test]
fn nothing_is_asked_or_decided_past_what_is_proposed() {
    let mut cases = to_decide();
    cases.check(SOUTH, say(LegVerdict::Approved), "worked");
    let ask = Command::Ask { case: CaseId(1), leg: key("decision"), question: sealed(OF_CLERK) };
    cases.check(COLLEAGUE, ask, "refused: leg-must-not-be-proposed");
    let refusal = cases.decide_by(COLLEAGUE, say(LegVerdict::Approved), &*RULES).unwrap_err();
    let Refusal::Work(WorkRefusal::LegMustNotBeProposed { by, at, .. }) = refusal else { panic!("{refusal:?}") };
    assert_eq!((by, at), (PersonId(3), cases.now), "who was first, and when");
}
