//! Legs of every kind, in order or side by side, and every way in which they come to an outcome together.

use super::*;
use crate::{Clock, joint_outcome};
use profile::{JointOutcome, LegKind};

/// What an office says of a leg of C-1, which somebody's key seals.
fn say(leg: &str, what: LegVerdict, subject: u32) -> Command {
    verdict(1, leg, what, sealed(subject))
}

/// C-1: the clerk P-1 applied for O-1.
fn goods(class: &str) -> Cases {
    let mut cases = Cases::new();
    cases.check(CLERK, open_goods(class), "opened + submitted");
    cases
}

/// C-1: P-2 applied for themself.
fn own(service: &str) -> Cases {
    let mut cases = Cases::new();
    let open = open_about(service, None, About::Person(PersonId(2)));
    cases.check(SUBJECT, open, "opened + submitted");
    cases
}

fn states(cases: &Cases) -> Vec<(&str, LegState)> {
    cases.case(1).legs.iter().map(|leg| (leg.key.as_str(), leg.state)).collect()
}

#[test]
fn a_leg_begins_when_all_that_come_before_it_have_ended() {
    use LegState::{Open, Waiting};
    let mut cases = goods("d");
    let want = [("opinion", Open), ("inspection", Waiting), ("hong-kong", Waiting), ("shenzhen", Waiting)];
    assert_eq!(states(&cases), want);
    assert_eq!((cases.queue("hk-data"), cases.queue("hk-immigration")), (vec![1], vec![]));
    assert_eq!(cases.leg(1, "hong-kong").clock, Clock::Paused { halves: 10, working_days: 5 });
    for command in [say("hong-kong", LegVerdict::Approved, 1), take(1, "hong-kong"), ask(1, "hong-kong")] {
        cases.check(SOUTH, command, "refused: leg-must-have-begun");
    }
    cases
        .at("2026-11-25T10:00:00")
        .check(DATA, say("opinion", LegVerdict::Supported, 1), "leg_decided + leg_started")
        .check(NORTH, say("inspection", LegVerdict::Approved, 1), "leg_decided + leg_started");
    assert_eq!(
        crate::due(&cases.state, &PROFILE, cases.leg(1, "hong-kong")).unwrap().to_string(),
        "2026-12-02",
        "five days from that day on"
    );
    assert_eq!((cases.queue("hk-data"), cases.queue("hk-immigration")), (vec![], vec![1]));
    cases.check(SOUTH, say("hong-kong", LegVerdict::Approved, 1), "leg_decided + leg_started").check(
        NORTH,
        say("shenzhen", LegVerdict::Approved, 1),
        "leg_decided + decided",
    );
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
}

#[test]
fn a_leg_that_is_not_there_for_these_answers_leaves_the_order_as_it_is() {
    use LegState::{Open, Waiting};
    let mut cases = goods("c");
    assert_eq!(states(&cases), [("opinion", Open), ("hong-kong", Waiting), ("shenzhen", Waiting)]);
    cases.check(NORTH, say("inspection", LegVerdict::Approved, 1), "refused: leg-must-be-known");
    cases.check(DATA, say("opinion", LegVerdict::Supported, 1), "leg_decided + leg_started");
    assert_eq!(cases.leg(1, "hong-kong").state, Open, "it waited for the opinion, though it only names the inspection");
}

#[test]
fn an_opinion_binds_nobody_and_is_never_a_decision() {
    let mut cases = goods("c");
    cases
        .check(DATA, say("opinion", LegVerdict::Approved, 1), "refused: verdict-must-fit-the-leg")
        .check(DATA, say("opinion", LegVerdict::Refused, 1), "refused: verdict-must-fit-the-leg")
        .check(SOUTH, say("opinion", LegVerdict::Objected, 1), "refused: nothing permits it")
        .check(DATA, say("opinion", LegVerdict::Objected, 1), "leg_decided + leg_started");
    assert_eq!(cases.leg(1, "opinion").state, LegState::Objected);
    cases
        .check(SOUTH, say("hong-kong", LegVerdict::Supported, 1), "refused: verdict-must-fit-the-leg")
        .check(SOUTH, say("hong-kong", LegVerdict::Approved, 1), "leg_decided + leg_started")
        .check(NORTH, say("shenzhen", LegVerdict::Approved, 1), "leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved), "in spite of the objection");
}

#[test]
fn who_is_consulted_asks_the_applicant_as_everybody_does() {
    let mut cases = goods("c");
    let ask = Command::Ask { case: CaseId(1), leg: key("opinion"), question: sealed(1) };
    let answer = Command::Answer { case: CaseId(1), leg: key("opinion"), answer: sealed(1) };
    cases.check(DATA, ask, "asked").check(CLERK, answer, "answered");
}

#[test]
fn a_refusal_early_in_the_order_refuses_and_leaves_the_others_moot() {
    let mut cases = goods("d");
    cases.check(DATA, say("opinion", LegVerdict::Supported, 1), "leg_decided + leg_started").check(
        NORTH,
        say("inspection", LegVerdict::Refused, 1),
        "leg_decided + decided",
    );
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
    assert_eq!((cases.leg(1, "hong-kong").state, cases.leg(1, "shenzhen").state), (LegState::Moot, LegState::Moot));
}

#[test]
fn the_first_approval_approves_where_any_will_do_and_only_the_last_refusal_refuses() {
    let mut cases = own("any-of-two");
    cases.check(NORTH, say("shenzhen", LegVerdict::Approved, 2), "leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
    assert_eq!(cases.leg(1, "hong-kong").state, LegState::Moot);
    let mut cases = own("any-of-two");
    cases.check(NORTH, say("shenzhen", LegVerdict::Refused, 2), "leg_decided").check(
        SOUTH,
        say("hong-kong", LegVerdict::Refused, 2),
        "leg_decided + decided",
    );
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
}

#[test]
fn a_quorum_approves_as_soon_as_it_is_reached_and_refuses_as_soon_as_it_cannot_be() {
    let mut cases = own("quorum-of-three");
    cases
        .check(SOUTH, say("hong-kong", LegVerdict::Refused, 2), "leg_decided")
        .check(NORTH, say("shenzhen", LegVerdict::Approved, 2), "leg_decided + leg_started")
        .check(SUPERVISION, say("supervision", LegVerdict::Approved, 2), "leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
    // Supervision comes after Shenzhen: with Shenzhen's refusal there is one left, and two are needed.
    let mut cases = own("quorum-of-three");
    cases.check(NORTH, say("shenzhen", LegVerdict::Refused, 2), "leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
}

#[test]
fn what_the_leading_leg_decides_the_other_bank_recognises() {
    for (what, outcome) in [(LegVerdict::Approved, Outcome::Approved), (LegVerdict::Refused, Outcome::Refused)] {
        let mut cases = own("recognised");
        cases
            .check(NORTH, say("shenzhen", LegVerdict::Refused, 2), "leg_decided")
            .check(SUPERVISION, say("supervision", LegVerdict::Approved, 2), "leg_decided + leg_started")
            .check(SOUTH, say("hong-kong", what, 2), "leg_decided + decided");
        assert_eq!(cases.case(1).stage, Stage::Decided(outcome));
        assert_eq!(cases.leg(1, "opinion").state, LegState::Moot);
    }
    let mut cases = own("recognised");
    cases.check(NORTH, say("shenzhen", LegVerdict::Approved, 2), "leg_decided");
    assert_eq!(cases.case(1).stage, Stage::Deciding, "the other bank's approval is not enough");
    cases.check(SUPERVISION, say("supervision", LegVerdict::Refused, 2), "leg_decided + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused), "the leading leg can never begin");
}

#[test]
fn a_case_stays_on_the_rule_that_it_was_submitted_with() {
    let mut cases = own("any-of-two");
    assert_eq!(cases.case(1).rule, JointOutcome::Any);
    let old = r#"{"submitted":{"case":"C-1","legs":[{"key":"hong-kong","office":"hk-immigration","bank":"south","state":"open",
        "clock":{"due":{"due":"2026-12-01","working_days":5}},"officer":null,"decided_at":null}]}}"#;
    let Event::Submitted { legs, rule, .. } = serde_json::from_str(old).unwrap() else { panic!("not submitted") };
    assert_eq!((legs[0].kind, &*legs[0].after, rule), (LegKind::Decide, &[][..], JointOutcome::All));
    cases.check(NORTH, say("shenzhen", LegVerdict::Approved, 2), "leg_decided + decided");
}

/// Legs in a line of text: `b:open b>a:waiting`, a leg, what it comes after, its state; a leg `?x` is only consulted, `$x` is a fee.
fn legs(text: &str) -> Vec<crate::Leg> {
    let leg = |word: &str| {
        let (name, state) = word.split_once(':').unwrap();
        let (name, after) = name.split_once('>').unwrap_or((name, ""));
        let kind = match name.chars().next() {
            Some('?') => LegKind::Consult,
            Some('$') => LegKind::Pay,
            _ => LegKind::Vet,
        };
        let after: Vec<Key> = after.chars().map(|one| key(&one.to_string())).collect();
        crate::Leg {
            key: key(name.trim_start_matches(['?', '$'])),
            office: key("an-office"),
            bank: base::Bank::South,
            kind,
            after: after.into(),
            state: serde_json::from_value(state.into()).unwrap(),
            clock: Clock::waiting(3),
            officer: None,
            decided_at: None,
            work: None,
        }
    };
    text.split_whitespace().map(leg).collect()
}

#[test]
fn the_outcome_follows_from_the_states_of_the_legs_alone() {
    use JointOutcome::{All, Any, Quorum};
    let lead = || JointOutcome::Recognition { lead: key("a") };
    let (approved, refused) = (Some(Outcome::Approved), Some(Outcome::Refused));
    for (rule, states, want) in [
        (All, "a:approved b:approved", approved),
        (All, "a:approved b:open", None),
        (All, "a:refused b:open", refused),
        (All, "a:approved ?b:open", approved),
        (All, "a:approved ?b:objected", approved),
        (All, "?a:supported", refused),
        (All, "", refused),
        (Any, "a:refused b:asked", None),
        (Any, "a:refused b:refused", refused),
        (Any, "a:refused b>a:waiting", refused),
        (Any, "a:refused ?b:supported", refused),
        (Any, "a:open b>a:waiting c>b:waiting", None),
        (Quorum(2), "a:approved b:approved c:open", approved),
        (Quorum(2), "a:approved b:refused c:open", None),
        (Quorum(2), "a:approved b:refused c:refused", refused),
        (Quorum(2), "a:approved b:refused c>b:waiting", refused),
        (Quorum(2), "a:approved ?b:supported c:open", None),
        (Quorum(0), "a:open", None),
        (lead(), "a:approved b:refused", approved),
        (lead(), "a:refused b:approved", refused),
        (lead(), "a>b:waiting b:open", None),
        (lead(), "a>b:waiting b:refused", refused),
        (lead(), "a>?b:waiting ?b:open", None),
        (lead(), "b:approved", refused),
        // A condition is met whatever the rule, and does not carry it.
        (All, "a:approved $b:open", None),
        (All, "a:approved $b:approved", approved),
        (All, "a:approved $b:refused", refused),
        (All, "a:open $b:approved", None),
        (Any, "$a:approved b:open c:open", None),
        (Any, "$a:open b:approved c:open", None),
        (Any, "$a:refused b:approved c:open", refused),
        (Any, "$a:approved b:refused c:approved", approved),
        (Quorum(2), "$a:approved b:approved c:open d:open", None),
        (Quorum(2), "$a:approved b:approved c:approved d:refused", approved),
        (lead(), "a:approved $c:open", None),
        (lead(), "a:approved b:refused $c:approved", approved),
        (All, "$a:approved", refused),
        // It may yet begin where the judgement may yet be in favour, and not where it comes after what cannot end.
        (Any, "b:refused c:open $a>b:waiting", None),
        (Any, "b:refused c:approved $a>b:waiting", None),
        (All, "b:refused $a>b:waiting", refused),
        (All, "b:approved $c:refused $a>c:waiting", refused),
        // Circles are refused with the zone folder; here they only must not hang.
        (All, "a>b:waiting b>a:waiting", refused),
    ] {
        let states_with_names = states.replace(">?", ">");
        assert_eq!(joint_outcome(&rule, &legs(&states_with_names)), want, "{rule:?}: {states}");
    }
}
