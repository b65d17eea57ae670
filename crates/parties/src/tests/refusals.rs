//! Every refusal is reached, and where two rules are broken at once the one that stands first in the list is named.

use super::*;

/// Where a refusal stands in the list. A new one does not compile until it is placed here, and then needs a row below.
fn place(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::PersonMustBeKnown { .. } => 0,
        Refusal::OrganisationMustBeKnown { .. } => 1,
        Refusal::OfficeMustBeKnown { .. } => 2,
        Refusal::GateMustBeKnown { .. } => 3,
        Refusal::TokenMustBeKnown { .. } => 4,
        Refusal::DelegationMustBeKnown { .. } => 5,
        Refusal::PersonMustNotBeErased { .. } => 6,
        Refusal::InvitationMustMatch => 7,
        Refusal::InvitationMustBeInTime => 8,
        Refusal::RuledOut(_) => 9,
        Refusal::SealMustBeThePersonsOwn => 10,
        Refusal::PasskeyMustBeKnown => 11,
        Refusal::PasskeyMustBeNew => 12,
        Refusal::PasskeysMustBeFew => 13,
        Refusal::DocumentMustBeInForce => 14,
        Refusal::DocumentsMustBeFew => 15,
        Refusal::ConsentMustBeOnOffer { .. } => 16,
        Refusal::ConsentMustBeGiven { .. } => 17,
        Refusal::OfficerMustBeAppointed { .. } => 18,
        Refusal::HeadMustBeAppointed { .. } => 19,
        Refusal::ClerkMustBeAppointed => 20,
        Refusal::PersonMustNotHaveComeIn { .. } => 21,
        Refusal::TokenMustEndInTime { .. } => 22,
        Refusal::TokenMustBeInForce { .. } => 23,
        Refusal::ViewMustBePlain => 24,
        Refusal::ViewMustBeNew => 25,
        Refusal::ViewsMustBeFew => 26,
        Refusal::ViewMustBeSaved => 27,
        Refusal::DelegateMustBeSomebodyElse => 28,
        Refusal::DelegatedServiceMustBeForClerks { .. } => 29,
        Refusal::DelegationMustGiveSomething => 30,
        Refusal::DelegationMustEndInTime { .. } => 31,
        Refusal::DelegationsMustBeFew { .. } => 32,
        Refusal::DelegationMustBeOnOffer { .. } => 33,
        Refusal::DelegationMustNotBeOver { .. } => 34,
    }
}

/// P-5 is erased; P-2 has ten passkeys, and so may not have one more; P-3 keeps twenty views; P-1 has confirmed a hundred
/// documents; P-4 holds an invitation that has run out; O-1 has given as many delegations as it may, and M-1 was declined.
fn park() -> Park {
    let mut park = Park::new();
    let now = park.now;
    park.check("operator", register_person(5, None), "person_registered")
        .check("system", erase(5, false), "person_erased")
        .check("operator", invite(4, "digest", now), "invited")
        .check("operator", issue_token("gate:west-south", 30), "token_issued")
        .check("operator", revoke_token(1), "token_revoked")
        .later(Instant::SECOND);
    for _ in 1..=100 {
        park.check("person:P-1", confirm_document(1, "2031-05-01"), "document_confirmed");
    }
    for number in 1..=20 {
        park.check("officer:P-3:hk-immigration", save_view(&format!("page={number}")), "view_saved");
    }
    for number in 1..=10 {
        park.check("person:P-2", add_passkey(2, &format!("key-{number}"), None), "passkey_added");
    }
    park.check("clerk:P-1:O-1", delegate(3, december()), "delegation_offered");
    park.check("person:P-3", Command::DeclineDelegation { delegation: DelegationId(1) }, "delegation_declined");
    for _ in 1..=50 {
        park.check("clerk:P-1:O-1", delegate(3, december()), "delegation_offered");
    }
    park
}

fn foreign_seal(mut command: Command) -> Command {
    if let Command::AddPasskey { credential, .. } | Command::UsePasskey { credential, .. } = &mut command {
        *credential = sealed(99);
    }
    if let Command::ConfirmDocument { number, .. } = &mut command {
        *number = sealed(99);
    }
    command
}

#[test]
fn every_refusal_is_reached_in_the_order_of_the_list() {
    let park = park();
    let refusals = [
        ("operator", appoint(99, "hk-immigration")),
        ("operator", register_person(6, Some(99))),
        ("operator", appoint(1, "no-such-office")),
        ("operator", issue_token("gate:no-such-gate", 1)),
        ("operator", revoke_token(9)),
        ("person:P-3", Command::AcceptDelegation { delegation: DelegationId(99) }),
        ("operator", appoint(5, "hk-immigration")),
        ("anonymous", add_passkey(4, "phone", Some("guess"))),
        ("anonymous", add_passkey(4, "phone", Some("digest"))),
        ("person:P-1", give_consent(2, "hong-kong-clearance", 1)),
        ("person:P-2", foreign_seal(confirm_document(2, "2031-05-01"))),
        ("person:P-2", remove_passkey(2, "key-99")),
        ("person:P-2", add_passkey(2, "key-1", None)),
        ("person:P-2", add_passkey(2, "key-11", None)),
        ("person:P-2", confirm_document(2, "2026-11-22")),
        ("person:P-1", confirm_document(1, "2031-05-01")),
        ("person:P-2", give_consent(2, "hong-kong-clearance", 9)),
        ("person:P-2", withdraw_consent(2, "hong-kong-clearance")),
        ("operator", relieve(2, "hk-immigration")),
        ("operator", Command::RelieveHead { person: PersonId(2), office: key("hk-immigration") }),
        ("operator", relieve_clerk(2, 1)),
        ("operator", mend_details(2)),
        ("operator", issue_token("gate:west-south", 4_000)),
        ("operator", revoke_token(1)),
        ("officer:P-3:hk-immigration", save_view("page=#1")),
        ("officer:P-3:hk-immigration", save_view("page=1")),
        ("officer:P-3:hk-immigration", save_view("page=21")),
        ("officer:P-3:hk-immigration", remove_view("page=21")),
        ("clerk:P-1:O-1", delegate(1, december())),
        ("clerk:P-1:O-1", delegate(3, for_services(&["pass-revocation"]))),
        ("clerk:P-1:O-1", delegate(3, Scope { acts: BTreeSet::new(), ..december() })),
        ("clerk:P-1:O-1", delegate(3, Scope { until: date("2026-11-30"), ..december() })),
        ("clerk:P-1:O-1", delegate(3, december())),
        ("person:P-3", Command::AcceptDelegation { delegation: DelegationId(1) }),
        ("person:P-3", Command::EndDelegation { delegation: DelegationId(1) }),
    ];
    for (row, (actor, command)) in refusals.into_iter().enumerate() {
        let refusal = park.decide(actor, command, &*RULES).unwrap_err();
        assert_eq!(place(&refusal), row, "{refusal:?}");
        assert!(refusal.code().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", refusal.code());
    }
}

#[test]
fn of_two_broken_rules_the_first_in_the_list_is_named() {
    let mut park = park();
    park.check("anonymous", appoint(99, "no-such-office"), "refused: person-must-be-known")
        .check("anonymous", appoint_clerk(5, 99), "refused: organisation-must-be-known")
        .check("anonymous", appoint(5, "no-such-office"), "refused: office-must-be-known")
        .check("anonymous", erase(5, true), "refused: person-must-not-be-erased")
        .check("person:P-3", add_passkey(4, "phone", Some("guess")), "refused: invitation-must-match")
        .check("person:P-3", add_passkey(4, "phone", Some("digest")), "refused: invitation-must-be-in-time")
        .check("person:P-3", foreign_seal(add_passkey(2, "key-1", None)), "refused: nothing permits it")
        .check("person:P-3", foreign_seal(confirm_document(2, "2026-11-22")), "refused: nothing permits it")
        .check("person:P-2", foreign_seal(use_passkey(2, "key-99")), "refused: seal-must-be-the-persons-own")
        .check("person:P-2", foreign_seal(add_passkey(2, "key-1", None)), "refused: seal-must-be-the-persons-own")
        .check("person:P-2", foreign_seal(confirm_document(2, "2026-11-22")), "refused: seal-must-be-the-persons-own")
        .check("person:P-2", add_passkey(2, "key-1", None), "refused: passkey-must-be-new")
        .check("person:P-2", mend_details(2), "refused: nothing permits it");
}

#[test]
fn a_new_persons_fields_are_sealed_under_their_own_key() {
    let mut park = Park::new();
    let mut foreign = register_person(5, None);
    let Command::RegisterPerson { details, .. } = &mut foreign else { unreachable!() };
    *details = sealed(1);
    park.check("operator", foreign, "refused: seal-must-be-the-persons-own");
}

#[test]
fn a_refusal_tells_what_it_is_about_and_never_a_sealed_field() {
    let park = park();
    let refusal = park.decide("operator", appoint(99, "hk-immigration"), &*RULES).unwrap_err();
    assert_eq!(refusal.remarks(), [("person", "P-99".to_owned())]);
    let refusal = park.decide("person:P-2", give_consent(2, "all", 9), &*RULES).unwrap_err();
    assert_eq!(refusal.remarks(), [("consent", "all".to_owned()), ("version", "9".to_owned())]);
}
