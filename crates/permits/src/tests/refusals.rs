//! Every refusal is reached, and where two rules are broken at once the one that stands first in the list is named.

use super::*;

/// Where a refusal stands in the list. A new one does not compile until it is placed here, and then needs a row below.
fn place(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::PermitMustBeKnown { .. } => 0,
        Refusal::GrantMustBeKnown { .. } => 1,
        Refusal::HolderMustBeKnown { .. } => 2,
        Refusal::RuledOut(_) => 3,
        Refusal::ReasonMustBeTheActorsToGive { .. } => 4,
        Refusal::CaseMustNotHaveIssued { .. } => 5,
        Refusal::ValidityMustEndAfterItBegins => 6,
        Refusal::GrantMustNotHaveEnded { .. } => 7,
        Refusal::PermitMustNotBeRevoked { .. } => 8,
        Refusal::PermitMustBeValid { .. } => 9,
        Refusal::PermitMustBeSuspended { .. } => 10,
        Refusal::HolderKeyMustBeNew => 11,
        Refusal::HolderKeyMustBeBound => 12,
        Refusal::ThumbprintMustBeWellFormed => 13,
    }
}

/// T-1 is valid with a key bound, T-2 suspended, T-3 revoked; G-1 has ended; all are P-1's.
fn permits() -> Permits {
    let mut permits = Permits::with_one();
    permits
        .check("system", issue(2, 1), "issued")
        .check("system", issue(3, 1), "issued")
        .check("person:P-1", bind(1, 'a'), "holder_key_bound")
        .check(NORTH, suspend(2), "suspended")
        .check(NORTH, revoke(3, Reason::Lost), "revoked")
        .check("system", grant(4, 1), "granted")
        .check(NORTH, end_grant(1), "grant_ended");
    permits
}

fn for_no_time(mut command: Command) -> Command {
    if let Command::Issue(issue) = &mut command {
        issue.valid_until = issue.valid_from;
    }
    command
}

fn malformed(permit: u32, thumbprint: &str) -> Command {
    Command::BindHolderKey { permit: PermitId(permit), thumbprint: thumbprint.into(), form: Form::Card }
}

#[test]
fn every_refusal_is_reached_in_the_order_of_the_list() {
    let permits = permits();
    let refusals = [
        ("system", suspend(99)),
        ("system", end_grant(99)),
        ("system", issue(9, 99)),
        ("operator", issue(9, 1)),
        (NORTH, suspend_for(1, Reason::CaseDecided)),
        ("system", issue(1, 1)),
        ("system", for_no_time(issue(9, 1))),
        ("system", end_grant(1)),
        ("system", resume(3)),
        ("system", suspend(2)),
        ("system", resume(1)),
        ("person:P-1", bind(1, 'a')),
        ("person:P-1", unbind(1, 'b')),
        ("person:P-1", malformed(1, "short")),
    ];
    for (row, (actor, command)) in refusals.into_iter().enumerate() {
        let refusal = permits.decide(actor, command).unwrap_err();
        assert_eq!(place(&refusal), row, "{refusal:?}");
        assert!(refusal.code().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", refusal.code());
    }
}

#[test]
fn of_two_broken_rules_the_first_in_the_list_is_named() {
    let mut permits = permits();
    permits
        .check("anonymous", suspend(99), "refused: permit-must-be-known")
        .check("anonymous", issue(1, 99), "refused: holder-must-be-known")
        .check("anonymous", issue(1, 1), "refused: nothing permits it")
        .check("system", for_no_time(issue(1, 1)), "refused: case-must-not-have-issued")
        .check("anonymous", resume(3), "refused: nothing permits it")
        .check(NORTH, suspend_for(3, Reason::CaseDecided), "refused: reason-must-be-the-actors-to-give")
        .check("system", suspend(3), "refused: permit-must-not-be-revoked")
        .check("person:P-1", malformed(3, "short"), "refused: permit-must-not-be-revoked");
}

#[test]
fn nothing_is_issued_to_somebody_who_was_erased() {
    Permits::new().check("system", issue(1, 5), "refused: holder-must-be-known");
}

#[test]
fn a_thumbprint_is_43_characters_of_base64url() {
    let mut permits = permits();
    for wrong in ["", &"a".repeat(42), &"a".repeat(44), &"=".repeat(43), &"é".repeat(22), &" ".repeat(43)] {
        permits.check("person:P-1", malformed(1, wrong), "refused: thumbprint-must-be-well-formed");
    }
    permits.check("person:P-1", malformed(1, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"), "holder_key_bound");
}

#[test]
fn a_refusal_tells_what_it_is_about() {
    let permits = permits();
    let remarks = |actor, command| permits.decide(actor, command).unwrap_err().remarks();
    assert_eq!(remarks("system", suspend(2)), [("permit", "T-2".to_owned())]);
    assert_eq!(remarks("system", issue(9, 99)), [("person", "P-99".to_owned())]);
    assert_eq!(remarks("system", issue(1, 1)), [("case", "C-1".to_owned())]);
}
