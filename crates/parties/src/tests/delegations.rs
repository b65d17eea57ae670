//! Who lets whom act for an organisation, from when until when.

use super::*;
use crate::{DelegationStanding, delegate_actors, delegation, delegations_of, delegations_to, principal, standing};

const CLERK: &str = "clerk:P-1:O-1";
const DELEGATE: &str = "delegate:P-3:O-1:M-1";

fn accept() -> Command {
    Command::AcceptDelegation { delegation: DelegationId(1) }
}

fn decline() -> Command {
    Command::DeclineDelegation { delegation: DelegationId(1) }
}

fn end() -> Command {
    Command::EndDelegation { delegation: DelegationId(1) }
}

/// Nine in the morning in Hong Kong.
fn on(day: &str) -> Instant {
    let days = date("2026-11-23").until(date(day)).unwrap().get_days();
    NINE_ON_MONDAY.plus(i64::from(days) * Instant::DAY)
}

fn stands(park: &Park, now: Instant) -> DelegationStanding {
    standing(&park.state, &PROFILE, delegation(&park.state, DelegationId(1)).unwrap(), now)
}

fn capacities(park: &Park, now: Instant) -> Vec<String> {
    delegate_actors(&park.state, &PROFILE, PersonId(3), now).map(|actor| actor.to_string()).collect()
}

#[test]
fn a_delegation_works_once_it_is_accepted_from_its_first_day_to_its_last() {
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered");
    assert_eq!(stands(&park, on("2026-12-05")), DelegationStanding::Offered);
    assert!(capacities(&park, on("2026-12-05")).is_empty(), "nobody acts under what they have not accepted");
    park.check("person:P-3", accept(), "delegation_accepted");
    for (day, want) in [
        ("2026-11-30", DelegationStanding::Accepted),
        ("2026-12-01", DelegationStanding::InForce),
        ("2026-12-31", DelegationStanding::InForce),
        ("2027-01-01", DelegationStanding::Expired),
    ] {
        assert_eq!(stands(&park, on(day)), want, "{day}");
        let acts = if want == DelegationStanding::InForce { vec![DELEGATE.to_owned()] } else { Vec::new() };
        assert_eq!(capacities(&park, on(day)), acts, "{day}");
    }
    let last_minute = on("2026-12-31").plus(15 * Instant::HOUR - Instant::MINUTE);
    assert_eq!(stands(&park, last_minute), DelegationStanding::InForce, "the last day is inside");
    assert_eq!(stands(&park, last_minute.plus(Instant::MINUTE)), DelegationStanding::Expired);
    assert_eq!(delegations_of(&park.state, OrganisationId(1)).count(), 1);
    assert_eq!(delegations_to(&park.state, PersonId(3)).count(), 1);
}

#[test]
fn only_a_clerk_of_the_organisation_gives_it_and_only_the_delegate_answers() {
    let mut park = Park::new();
    park.check("person:P-2", delegate(3, december()), "refused: nothing permits it")
        .check("clerk:P-1:O-2", delegate(3, december()), "refused: nothing permits it")
        .check("operator", delegate(3, december()), "refused: nothing permits it")
        .check("officer:P-4:hk-park-company", delegate(3, december()), "refused: nothing permits it")
        .check(CLERK, delegate(3, december()), "delegation_offered")
        .check(CLERK, accept(), "refused: nothing permits it")
        .check("person:P-2", accept(), "refused: nothing permits it")
        .check("officer:P-3:hk-immigration", accept(), "refused: nothing permits it")
        .check("person:P-3", accept(), "delegation_accepted")
        .check("person:P-3", accept(), "refused: delegation-must-be-on-offer")
        .check("person:P-3", decline(), "refused: delegation-must-be-on-offer");
}

#[test]
fn what_was_declined_or_ended_or_is_over_is_not_taken_up() {
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered")
        .check("person:P-3", decline(), "delegation_declined")
        .check("person:P-3", accept(), "refused: delegation-must-be-on-offer")
        .check(CLERK, end(), "refused: delegation-must-not-be-over");
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered").check(CLERK, end(), "delegation_ended").check(
        "person:P-3",
        accept(),
        "refused: delegation-must-be-on-offer",
    );
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered").now = on("2027-01-01");
    park.check("person:P-3", accept(), "refused: delegation-must-be-on-offer").check(
        "person:P-3",
        decline(),
        "refused: delegation-must-be-on-offer",
    );
}

#[test]
fn either_side_ends_it_and_nobody_else() {
    for who in [CLERK, "person:P-3", DELEGATE] {
        let mut park = Park::new();
        park.check(CLERK, delegate(3, december()), "delegation_offered")
            .check("person:P-3", accept(), "delegation_accepted")
            .check("person:P-2", end(), "refused: nothing permits it")
            .check("clerk:P-1:O-2", end(), "refused: nothing permits it")
            // The delegate themself, but in a capacity that has nothing to do with it.
            .check("officer:P-3:hk-immigration", end(), "refused: nothing permits it")
            .check(who, end(), "delegation_ended")
            .check(who, end(), "refused: delegation-must-not-be-over");
        assert_eq!(stands(&park, on("2026-12-05")), DelegationStanding::Ended);
        assert!(capacities(&park, on("2026-12-05")).is_empty());
    }
}

#[test]
fn what_was_delegated_is_not_passed_on() {
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered")
        .check("person:P-3", accept(), "delegation_accepted")
        .now = on("2026-12-05");
    park.check(DELEGATE, delegate(2, december()), "refused: delegations-are-not-passed-on")
        .check("person:P-3", delegate(2, december()), "refused: nothing permits it")
        .check("clerk:P-3:O-1", delegate(2, december()), "refused: nothing permits it")
        // Nor does somebody else lend it to a program, or is it used to appoint somebody.
        .check("operator", issue_token(DELEGATE, 30), "refused: nothing permits it")
        .check(DELEGATE, appoint_clerk(2, 1), "refused: nothing permits it");
}

#[test]
fn it_is_given_for_a_while_and_to_somebody_who_does_not_act_for_the_organisation_anyway() {
    let mut park = Park::new();
    let scope = |from: &str, until: &str| Scope { from: date(from), until: date(until), ..december() };
    for (from, until, want) in [
        ("2026-11-20", "2026-11-22", "refused: delegation-must-end-in-time"), // over yesterday
        ("2026-11-20", "2026-11-23", "delegation_offered"),
        ("2026-12-02", "2026-12-01", "refused: delegation-must-end-in-time"),
        ("2026-12-01", "2027-11-30", "delegation_offered"), // 365 days
        ("2026-12-01", "2027-12-01", "refused: delegation-must-end-in-time"),
        ("2027-11-24", "2027-11-25", "refused: delegation-must-end-in-time"), // too far ahead
    ] {
        park.check(CLERK, delegate(3, scope(from, until)), want);
    }
    park.check(CLERK, delegate(1, december()), "refused: delegate-must-be-somebody-else")
        .check("operator", appoint_clerk(2, 1), "clerk_appointed")
        .check(CLERK, delegate(2, december()), "refused: delegate-must-be-somebody-else")
        .check(CLERK, delegate(3, for_services(&["pass-revocation"])), "refused: delegated-service-must-be-for-clerks")
        .check(CLERK, delegate(3, for_services(&["nothing"])), "refused: delegated-service-must-be-for-clerks")
        .check(
            CLERK,
            delegate(3, Scope { applications_max: Some(0), ..december() }),
            "refused: delegation-must-give-something",
        );
}

#[test]
fn whoever_was_relieved_as_a_clerk_still_has_what_was_delegated_and_whoever_is_erased_has_not() {
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered")
        .check("person:P-3", accept(), "delegation_accepted")
        .check("operator", relieve_clerk(1, 1), "clerk_relieved");
    assert_eq!(stands(&park, on("2026-12-05")), DelegationStanding::InForce, "it is the organisation's");
    park.check("system", erase(3, false), "person_erased");
    assert_eq!(stands(&park, on("2026-12-05")), DelegationStanding::Ended);
    assert!(capacities(&park, on("2026-12-05")).is_empty());
}

#[test]
fn a_delegate_s_token_ends_with_the_delegation_and_both_sides_may_revoke_it() {
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered").check(
        "person:P-3",
        accept(),
        "delegation_accepted",
    );
    park.check(DELEGATE, issue_token(DELEGATE, 30), "refused: delegation-must-be-in-force").now = on("2026-12-05");
    park.check(DELEGATE, issue_token(DELEGATE, 200), "token_issued")
        .check(DELEGATE, issue_token(DELEGATE, 20), "token_issued")
        .check(DELEGATE, issue_token("person:P-3", 20), "refused: nothing permits it")
        .check(DELEGATE, issue_token("clerk:P-1:O-1", 20), "refused: nothing permits it")
        .check("person:P-3", issue_token(DELEGATE, 20), "refused: nothing permits it")
        .check(CLERK, issue_token(DELEGATE, 20), "refused: nothing permits it")
        .check("delegate:P-2:O-1:M-1", issue_token(DELEGATE, 20), "refused: nothing permits it");
    let ends = |park: &Park, token| park.state.tokens[&base::TokenId(token)].expires_at;
    assert_eq!(ends(&park, 1), on("2027-01-01").plus(-9 * Instant::HOUR), "when its last day is over");
    assert_eq!(ends(&park, 2), on("2026-12-13"), "no later than was asked for");
    park.check("clerk:P-1:O-2", revoke_token(1), "refused: nothing permits it")
        .check("person:P-2", revoke_token(1), "refused: nothing permits it")
        .check(CLERK, revoke_token(1), "token_revoked")
        .check(DELEGATE, revoke_token(2), "token_revoked")
        .check(DELEGATE, issue_token(DELEGATE, 20), "token_issued")
        .check("person:P-3", revoke_token(3), "token_revoked");
    let in_force = |park: &Park, token| crate::token_in_force(&park.state, base::TokenId(token), park.now).is_some();
    park.check(DELEGATE, issue_token(DELEGATE, 20), "token_issued");
    assert!(in_force(&park, 4));
    park.check(CLERK, end(), "delegation_ended");
    assert!(!in_force(&park, 4), "the token ends with it");
}

#[test]
fn the_tokens_of_somebody_who_is_erased_are_over() {
    let mut park = Park::new();
    park.check(CLERK, delegate(3, december()), "delegation_offered").check(
        "person:P-3",
        accept(),
        "delegation_accepted",
    );
    park.now = on("2026-12-05");
    park.check(DELEGATE, issue_token(DELEGATE, 20), "token_issued")
        .check("operator", issue_token("person:P-3", 30), "token_issued")
        .check("operator", issue_token("person:P-2", 30), "token_issued")
        .check("system", erase(3, false), "person_erased");
    let in_force = |token| crate::token_in_force(&park.state, base::TokenId(token), park.now).is_some();
    assert_eq!([1, 2, 3].map(in_force), [false, false, true]);
}

/// What the rulebook is told of the delegation under which somebody says to act.
fn told(park: &Park, actor: &str, now: Instant) -> String {
    let entity = principal(&park.state, &PROFILE, &actor.parse().unwrap(), now);
    let fact = |name: &str| match &entity.facts.iter().find(|(known, _)| known == name).unwrap().1 {
        base::Value::Text(text) => text.to_string(),
        base::Value::Bool(value) => value.to_string(),
        base::Value::Texts(texts) => texts.join("+"),
        base::Value::Long(number) => number.to_string(),
    };
    ["role", "organisation", "delegation", "delegation_standing", "delegated_services", "delegated_acts", "acts_for"]
        .map(fact)
        .join(" ")
}

#[test]
fn the_rulebook_is_told_of_the_own_delegation_and_of_no_other() {
    let mut park = Park::new();
    let scope = Scope { acts: [DelegatedAct::Apply].into(), ..for_services(&["visitor-pass"]) };
    park.check(CLERK, delegate(3, scope), "delegation_offered").check("person:P-3", accept(), "delegation_accepted");
    let (before, within) = (on("2026-11-30"), on("2026-12-05"));
    assert_eq!(told(&park, DELEGATE, before), "delegate O-1 M-1 accepted visitor-pass apply ");
    assert_eq!(told(&park, DELEGATE, within), "delegate O-1 M-1 in-force visitor-pass apply O-1");
    assert_eq!(told(&park, "officer:P-3:hk-immigration", within), "officer   none   O-1");
    for somebody_else in ["delegate:P-2:O-1:M-1", "delegate:P-3:O-2:M-1", "delegate:P-3:O-1:M-2"] {
        let seen = told(&park, somebody_else, within);
        assert!(seen.starts_with("anonymous   none"), "{somebody_else}: {seen}");
    }
}
