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
fn an_old_referral_lets_nobody_over() {
    let mut bridges = listed(&[Bank::North], "west-south", "referred by north-must-see-the-traveller", "sz-exit-entry");
    let limit = i64::from(PROFILE.gate(&key("west-south")).unwrap().referral_minutes) * Instant::MINUTE;
    let mut in_time = bridges.clone();
    in_time.later(limit).check(NORTH, settle(1, Settlement::LetPass), "referral_settled");
    bridges
        .later(limit + 1)
        .check(SOUTH, settle(1, Settlement::LetPass), "refused: nothing permits it")
        .check(NORTH, settle(1, Settlement::LetPass), "refused: referral-must-be-recent")
        .check(NORTH, settle(1, Settlement::TurnAway), "referral_settled");
    assert_eq!(bridges.place(1), None, "nobody was put on the bridge");
}

#[test]
fn a_referral_lets_nobody_over_who_has_moved_since() {
    let mut bridges = listed(&[Bank::North], "west-south", "referred by north-must-see-the-traveller", "sz-exit-entry");
    let refused = "refused: traveller-must-not-have-moved-since";
    // Taken off the list, they crossed at the other bridge: on the way, over there, and even back again.
    bridges.later(1).shows(1, "east-south", PASS).check(NORTH, settle(1, Settlement::LetPass), refused);
    bridges.arrives(2).check(NORTH, settle(1, Settlement::LetPass), refused);
    bridges.later(1).shows(1, "east-north", "permitted by north-admits-commuters").arrives(3);
    assert_eq!(bridges.place(1), Some(Place::On(Bank::South)));
    bridges.check(NORTH, settle(1, Settlement::LetPass), refused).check(
        NORTH,
        settle(1, Settlement::TurnAway),
        "referral_settled",
    );
    assert_eq!(bridges.place(1), Some(Place::On(Bank::South)), "they stayed where they were");
}

#[test]
fn a_traveller_on_both_lists_is_seen_by_both_banks() {
    let both = || listed(&Bank::BOTH, "west-south", "referred by north-must-see-the-traveller", "sz-exit-entry");
    let mut bridges = both();
    bridges.check(SOUTH, settle(1, Settlement::LetPass), "refused: nothing permits it").check(
        NORTH,
        settle(1, Settlement::LetPass),
        "referral_released",
    );
    assert_eq!(bridges.place(1), None, "one bank alone lets nobody over");
    assert_eq!(bridges.state.referrals[&PassageId(1)].office.as_str(), "hk-immigration");
    bridges.check(NORTH, settle(1, Settlement::LetPass), "refused: nothing permits it").check(
        SOUTH,
        settle(1, Settlement::LetPass),
        "referral_settled",
    );
    assert_eq!(bridges.place(1), Some(Place::Crossing(PassageId(1))));
    // The second bank may as well turn them away.
    let mut bridges = both();
    bridges.check(NORTH, settle(1, Settlement::LetPass), "referral_released").check(
        SOUTH,
        settle(1, Settlement::TurnAway),
        "referral_settled",
    );
    assert!(bridges.state.referrals.is_empty() && bridges.place(1).is_none());
}

#[test]
fn an_officer_lets_nobody_over_past_a_rule_that_refuses() {
    // Refused at the gate already, list or no list: the code had been used.
    let mut bridges = Bridges::new();
    let shown = bridges.fresh(1, 'a', Form::Phone);
    bridges.check("gate:west-south", present("west-south", shown.clone()), PASS).check(
        "gate:west-south",
        turn_back(1),
        "passage_returned",
    );
    let replayed = present_to("west-south", Direction::Northbound, shown, &[Bank::North]);
    bridges.later(1).check("gate:west-south", replayed, "refused by presentation-must-be-used-once").check(
        NORTH,
        settle(2, Settlement::LetPass),
        "refused: referral-must-be-open",
    );
    // Come to be refused since: the gate was closed.
    let mut bridges = listed(&[Bank::North], "west-south", "referred by north-must-see-the-traveller", "sz-exit-entry");
    bridges
        .check(OPERATIONS, close("west-south"), "gate_closed")
        .check(NORTH, settle(1, Settlement::LetPass), "refused: gate-must-be-open")
        .check(OPERATIONS, reopen("west-south"), "gate_opened")
        .check(NORTH, settle(1, Settlement::LetPass), "referral_settled");
}

#[test]
fn who_was_referred_twice_is_let_over_once() {
    let mut bridges = listed(&[Bank::North], "west-south", "referred by north-must-see-the-traveller", "sz-exit-entry");
    let again = bridges.later(1).fresh(1, 'a', Form::Phone);
    let again = present_to("west-south", Direction::Northbound, again, &[Bank::North]);
    bridges
        .check("gate:west-south", again, "referred by north-must-see-the-traveller")
        .later(1)
        .check(NORTH, settle(2, Settlement::LetPass), "referral_settled")
        .check(NORTH, settle(1, Settlement::LetPass), "refused: traveller-must-not-have-moved-since");
    assert_eq!(bridges.place(1), Some(Place::Crossing(PassageId(2))));
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
