//! What an officer has to see to, which bank's officer it is, and each bank's own list.

use super::*;
use crate::{OpenItem, open_items};

/// P-1 is on the list of these banks and shows the pass at the gate.
#[track_caller]
fn listed(banks: &[Bank], gate: &str, want: &str, office: &str) -> Bridges {
    let mut bridges = Bridges::new();
    let presentation = bridges.fresh(1, 'a', Form::Phone);
    let direction = PROFILE.gate(&key(gate)).unwrap().departing();
    bridges.check(&format!("gate:{gate}"), present_to(gate, direction, presentation, banks), want);
    assert_eq!(bridges.state.referrals[&PassageId(1)].office.as_str(), office);
    bridges
}

#[test]
fn a_bank_sees_to_whom_its_own_list_stops() {
    let (north, south) = ("referred by north-must-see-the-traveller", "referred by south-must-see-the-traveller");
    listed(&[Bank::North], "west-south", north, "sz-exit-entry");
    listed(&[Bank::South], "west-south", south, "hk-immigration");
    listed(&[Bank::South], "west-north", south, "hk-immigration");
    listed(&[Bank::North], "west-north", north, "sz-exit-entry");
    listed(&Bank::BOTH, "west-south", north, "sz-exit-entry");
    listed(&Bank::BOTH, "west-north", north, "hk-immigration");
}

#[test]
fn a_referred_traveller_is_let_over_or_turned_away_by_the_answering_bank() {
    let referred = || listed(&[Bank::North], "west-south", "referred by north-must-see-the-traveller", "sz-exit-entry");
    let mut bridges = referred();
    let office = &key("sz-exit-entry");
    let (passage, at) = (PassageId(1), bridges.now);
    assert_eq!(open_items(&bridges.state, &PROFILE, at), [OpenItem::Referred { passage, at, office }]);
    assert_eq!(bridges.place(1), None, "nobody moved");
    bridges
        .check(SOUTH, settle(1, Settlement::LetPass), "refused: nothing permits it")
        .check(OPERATIONS, settle(1, Settlement::LetPass), "refused: nothing permits it")
        .check(NORTH, settle(1, Settlement::LetPass), "referral_settled");
    assert_eq!(bridges.place(1), Some(Place::Crossing(passage)));
    assert_eq!(bridges.state.passages[&passage].office, *office);
    bridges.arrives(1).check(NORTH, settle(1, Settlement::LetPass), "refused: referral-must-be-open");

    let mut bridges = referred();
    bridges.check(NORTH, settle(1, Settlement::TurnAway), "referral_settled");
    assert!(bridges.state.referrals.is_empty() && bridges.state.passages.is_empty());
    assert_eq!(bridges.place(1), None);
}

#[test]
fn who_is_let_over_from_an_unfinished_walk_is_on_one_walk_only() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    bridges.shows(1, "east-south", "referred by earlier-passage-must-be-finished").check(
        NORTH,
        settle(2, Settlement::LetPass),
        "referral_settled",
    );
    assert_eq!(bridges.state.passages.keys().copied().collect::<Vec<_>>(), [PassageId(2)]);
    assert_eq!(bridges.place(1), Some(Place::Crossing(PassageId(2))));
}

#[test]
fn nobody_is_let_over_on_a_pass_that_was_stopped_while_they_waited() {
    for stopped in [
        permits::Event::Revoked { permit: PermitId(1), reason: permits::Reason::Lost, note: None },
        permits::Event::Suspended { permit: PermitId(1), reason: permits::Reason::Lost, note: None },
    ] {
        let mut bridges =
            listed(&[Bank::North], "west-south", "referred by north-must-see-the-traveller", "sz-exit-entry");
        let recorded = Recorded { sequence: 0, at: bridges.now, actor: &Actor::System };
        permits::evolve(&mut bridges.permits, &stopped, &recorded);
        bridges.check(NORTH, settle(1, Settlement::LetPass), "refused: permit-must-be-valid").check(
            NORTH,
            settle(1, Settlement::TurnAway),
            "referral_settled",
        );
    }
}

#[test]
fn an_unfinished_walk_is_settled_by_the_bank_that_is_entered() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    bridges
        .check(SOUTH, resolve(1, Bank::South), "refused: nothing permits it")
        .check("gate:west-north", resolve(1, Bank::North), "refused: nothing permits it")
        .check(NORTH, resolve(1, Bank::South), "passage_resolved");
    assert_eq!(bridges.place(1), Some(Place::On(Bank::South)));
}

#[test]
fn gates_are_run_by_operations_and_by_the_banks_own_immigration() {
    let mut bridges = Bridges::new();
    bridges
        .check(NORTH, close("west-south"), "refused: nothing permits it")
        .check("gate:west-south", close("west-south"), "refused: nothing permits it")
        .check(SOUTH, close("west-south"), "gate_closed")
        .check(SOUTH, close("west-south"), "refused: gate-must-be-open")
        .check(OPERATIONS, reopen("west-south"), "gate_opened")
        .check(OPERATIONS, reopen("west-south"), "refused: gate-must-be-closed");
}

#[test]
fn each_bank_keeps_its_own_list() {
    let mut bridges = Bridges::new();
    bridges
        .check(SOUTH, list_watch(Bank::North), "refused: nothing permits it")
        .check(NORTH, list_watch(Bank::North), "watch_listed")
        .check(SOUTH, list_watch(Bank::South), "watch_listed")
        .check(SOUTH, unlist_watch(1), "refused: nothing permits it")
        .check(NORTH, unlist_watch(1), "watch_unlisted")
        .check(NORTH, unlist_watch(1), "refused: watch-must-be-known")
        .check(NORTH, list_watch(Bank::North), "watch_listed");
    assert_eq!(bridges.state.watch.keys().copied().collect::<Vec<_>>(), [WatchId(2), WatchId(3)]);
}
