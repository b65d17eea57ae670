//! Who is let in and who no longer is: tokens of programs, and sessions that were signed out of.

use super::*;
use crate::{is_signed_out, token_in_force};
use base::TokenId;

const DAY: i64 = 86_400_000;

fn sign_out(person: u32, session: Option<&str>) -> Command {
    Command::SignOut { person: PersonId(person), session: session.map(Into::into) }
}

#[test]
fn a_token_works_until_it_is_revoked_or_over() {
    let mut park = Park::new();
    park.check("operator", issue_token("gate:west-south", 30), "token_issued").check(
        "operator",
        issue_token("officer:P-3:hk-immigration", 1),
        "token_issued",
    );
    let in_force = |park: &Park, token| token_in_force(&park.state, TokenId(token), park.now).is_some();
    assert!(in_force(&park, 1) && in_force(&park, 2) && !in_force(&park, 3));
    park.later(2 * DAY);
    assert!(in_force(&park, 1) && !in_force(&park, 2), "the second is over");
    park.check("operator", revoke_token(1), "token_revoked").check(
        "operator",
        revoke_token(1),
        "refused: token-must-be-in-force",
    );
    assert!(!in_force(&park, 1));
    park.check("operator", revoke_token(9), "refused: token-must-be-known");
}

#[test]
fn nobody_gets_a_token_for_what_they_are_not() {
    let mut park = Park::new();
    for (bearer, want) in [
        ("gate:no-such-gate", "refused: gate-must-be-known"),
        ("officer:P-2:hk-immigration", "refused: officer-must-be-appointed"),
        ("officer:P-3:no-such-office", "refused: office-must-be-known"),
        ("clerk:P-2:O-1", "refused: clerk-must-be-appointed"),
        ("person:P-99", "refused: person-must-be-known"),
        ("system", "refused: nothing permits it"),
        ("anonymous", "refused: nothing permits it"),
    ] {
        park.check("operator", issue_token(bearer, 30), want);
    }
    park.check("operator", issue_token("gate:west-south", 0), "refused: token-must-end-in-time");
    park.check("operator", issue_token("gate:west-south", 4_000), "refused: token-must-end-in-time");
}

#[test]
fn an_operations_centre_issues_and_revokes_tokens_of_its_own_banks_gates_alone() {
    let mut park = Park::new();
    let operations = "officer:P-4:hk-park-company";
    park.check(operations, issue_token("gate:west-south", 30), "token_issued")
        .check(operations, issue_token("gate:west-north", 30), "refused: nothing permits it")
        .check(operations, issue_token("officer:P-3:hk-immigration", 30), "refused: nothing permits it")
        .check("operator", issue_token("gate:west-north", 30), "token_issued")
        .check(operations, revoke_token(2), "refused: nothing permits it")
        .check("officer:P-3:hk-immigration", revoke_token(1), "refused: nothing permits it")
        .check(operations, revoke_token(1), "token_revoked");
}

#[test]
fn a_session_that_was_signed_out_of_stays_so_and_others_go_on() {
    let mut park = Park::new();
    let began = park.now;
    park.later(1_000).check("person:P-2", sign_out(2, Some("one")), "signed_out");
    let over = |park: &Park, session: &str, began_at| is_signed_out(&park.state, PersonId(2), session, began_at);
    assert!(over(&park, "one", began) && !over(&park, "two", began));
    park.later(1_000).check("clerk:P-1:O-1", sign_out(2, Some("two")), "refused: nothing permits it");
    park.check("officer:P-3:hk-immigration", sign_out(3, None), "refused: nothing permits it");
    park.check("person:P-3", sign_out(3, None), "signed_out");
    assert!(!over(&park, "two", began), "it was another's");
    park.check("person:P-2", sign_out(2, None), "signed_out");
    assert!(over(&park, "two", began) && over(&park, "two", park.now));
    let later = park.now.plus(1);
    assert!(!over(&park, "three", later), "whoever signs in again is in");
}

#[test]
fn more_sessions_than_are_remembered_by_name_are_over_all_the_same() {
    let mut park = Park::new();
    let began = park.now;
    for number in 0..150 {
        park.later(1_000).check("person:P-2", sign_out(2, Some(&number.to_string())), "signed_out");
    }
    for number in 0..150 {
        assert!(is_signed_out(&park.state, PersonId(2), &number.to_string(), began), "{number}");
    }
}
