//! Every refusal is reached, and where two rules are broken at once the one that stands first in the list is named.

use super::*;

/// Where a refusal stands in the list. A new one does not compile until it is placed here, and then needs a row below.
fn place(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::GateMustBeKnown { .. } => 0,
        Refusal::GateMustStandWhereThePassageBegins { .. } => 1,
        Refusal::PassageMustBeOpen { .. } => 2,
        Refusal::ReferralMustBeOpen { .. } => 3,
        Refusal::WatchMustBeKnown { .. } => 4,
        Refusal::RuledOut(_) => 5,
        Refusal::GateMustBeOpen { .. } => 6,
        Refusal::GateMustBeClosed { .. } => 7,
        Refusal::TravellerMustBeKnown => 8,
        Refusal::PermitMustBeValid { .. } => 9,
        Refusal::ReferralMustBeRecent { .. } => 10,
        Refusal::TravellerMustNotHaveMovedSince { .. } => 11,
        Refusal::CrossingMustNotBeRefused(_) => 12,
    }
}

/// X-1 was referred and nobody knows who it is; X-2 was referred and the pass was revoked then; X-3 was referred long
/// ago; X-4 was referred, and crossed elsewhere since; X-6 was referred, and erased since. The west bridge's south gate is
/// closed.
fn bridges() -> Bridges {
    let mut bridges = Bridges::new();
    let listed = bridges.fresh(1, 'a', Form::Phone);
    let listed = present_to("west-south", Direction::Northbound, listed, &[Bank::North]);
    bridges
        .check(
            "gate:west-south",
            present("west-south", unreadable("key-unavailable")),
            "referred by presentation-must-be-checkable",
        )
        .check("gate:west-south", listed, "referred by north-must-see-the-traveller")
        .check(OPERATIONS, close("west-south"), "gate_closed");
    let revoked = permits::Event::Revoked { permit: PermitId(1), reason: permits::Reason::Lost, note: None };
    let recorded = Recorded { sequence: 0, at: bridges.now, actor: &Actor::System };
    permits::evolve(&mut bridges.permits, &revoked, &recorded);
    let seen_to = |bridges: &mut Bridges, permit| {
        let listed = bridges.fresh(permit, 'a', Form::Phone);
        let listed = present_to("east-south", Direction::Northbound, listed, &[Bank::North]);
        bridges.check("gate:east-south", listed, "referred by north-must-see-the-traveller");
    };
    seen_to(&mut bridges, 2);
    bridges.later(2 * Instant::HOUR);
    seen_to(&mut bridges, 2);
    bridges.later(1).shows(2, "east-south", PASS);
    let person = PersonId(6);
    let confirmed = parties::Event::DocumentConfirmed {
        person,
        kind: key("passport"),
        number: Sealed { of: Subject("subject-6".into()), ciphertext: "AAAA".into() },
        expires: "2026-11-30".parse().unwrap(),
    };
    parties::evolve(&mut bridges.people, &confirmed, &recorded);
    seen_to(&mut bridges, 3);
    parties::evolve(&mut bridges.people, &parties::Event::PersonErased { person }, &recorded);
    bridges
}

#[test]
fn every_refusal_is_reached_in_the_order_of_the_list() {
    let bridges = bridges();
    let refusals = [
        (OPERATIONS, close("no-such-gate")),
        ("gate:west-south", present_to("west-south", Direction::Southbound, unreadable("unreadable"), &[])),
        ("gate:west-south", complete(99)),
        (NORTH, settle(99, Settlement::TurnAway)),
        (NORTH, unlist_watch(99)),
        (SOUTH, settle(1, Settlement::TurnAway)),
        (OPERATIONS, close("west-south")),
        (OPERATIONS, reopen("east-south")),
        (NORTH, settle(1, Settlement::LetPass)),
        (NORTH, settle(2, Settlement::LetPass)),
        (NORTH, settle(3, Settlement::LetPass)),
        (NORTH, settle(4, Settlement::LetPass)),
        (NORTH, settle(6, Settlement::LetPass)),
    ];
    for (row, (actor, command)) in refusals.into_iter().enumerate() {
        let refusal = bridges.decide_by(actor, command).unwrap_err();
        assert_eq!(place(&refusal), row, "{refusal:?}");
        assert!(refusal.code().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", refusal.code());
    }
}

#[test]
fn of_two_broken_rules_the_first_in_the_list_is_named() {
    let mut bridges = bridges();
    let wrong_way = present_to("no-such-gate", Direction::Southbound, unreadable("unreadable"), &[]);
    bridges
        .check("anonymous", wrong_way, "refused: gate-must-be-known")
        .check("anonymous", complete(99), "refused: passage-must-be-open")
        .check("anonymous", settle(99, Settlement::LetPass), "refused: referral-must-be-open")
        .check("anonymous", unlist_watch(99), "refused: watch-must-be-known")
        .check("anonymous", close("west-south"), "refused: nothing permits it")
        .check(SOUTH, settle(1, Settlement::LetPass), "refused: nothing permits it")
        .check(SOUTH, settle(2, Settlement::LetPass), "refused: nothing permits it");
}

#[test]
fn a_refusal_tells_what_it_is_about() {
    let bridges = bridges();
    let remarks = |actor, command| bridges.decide_by(actor, command).unwrap_err().remarks();
    assert_eq!(remarks(OPERATIONS, close("west-south")), [("gate", "west-south".to_owned())]);
    assert_eq!(remarks(NORTH, settle(2, Settlement::LetPass)), [("permit", "T-1".to_owned())]);
    assert_eq!(remarks(NORTH, complete(7)), [("passage", "X-7".to_owned())]);
}
