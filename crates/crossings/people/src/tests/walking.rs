//! Somebody walks over, turns round, comes back; the park knows where they are.

use super::*;
use crate::{OpenItem, open_items, people_on_bridge, presence_counts, tallies_between};

#[test]
fn a_commuter_walks_north_and_is_then_on_the_north_bank() {
    let mut bridges = Bridges::new();
    assert_eq!(bridges.place(1), None, "nobody has seen them yet");
    bridges.shows(1, "west-south", PASS);
    assert_eq!(bridges.place(1), Some(Place::Crossing(PassageId(1))));
    assert_eq!(presence_counts(&bridges.state), (0, 0));
    assert_eq!(people_on_bridge(&bridges.state, &PROFILE, &key("west-bridge")), 1);
    assert_eq!(people_on_bridge(&bridges.state, &PROFILE, &key("east-bridge")), 0);
    let Passage { person, permit, office, .. } = &bridges.state.passages[&PassageId(1)];
    assert_eq!((person.0, permit.0, office.as_str()), (1, 1, "sz-exit-entry"), "the entry side answers");
    bridges.arrives(1);
    assert_eq!(bridges.place(1), Some(Place::On(Bank::North)));
    assert_eq!(presence_counts(&bridges.state), (1, 0));
    assert_eq!(people_on_bridge(&bridges.state, &PROFILE, &key("west-bridge")), 0);
}

#[test]
fn and_comes_back_over_the_other_bridge() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    bridges.arrives(1).later(8 * Instant::HOUR).shows(1, "east-north", PASS);
    assert_eq!(bridges.state.passages[&PassageId(2)].office.as_str(), "hk-immigration");
    bridges.arrives(2);
    assert_eq!(presence_counts(&bridges.state), (0, 1));
}

#[test]
fn who_turns_round_on_the_bridge_is_where_they_came_from() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    bridges.check("gate:west-south", turn_back(1), "passage_returned");
    assert_eq!(bridges.place(1), Some(Place::On(Bank::South)));
    bridges.shows(1, "west-south", PASS);
}

#[test]
fn only_the_gate_that_sees_it_or_the_bank_that_answers_says_how_a_passage_ended() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    let refused = "refused: nothing permits it";
    for actor in ["gate:west-south", "gate:east-north", "gate:east-south", SOUTH, OPERATIONS, "person:P-1", "operator"]
    {
        bridges.check(actor, complete(1), refused);
    }
    for actor in ["gate:west-north", "gate:east-north", "gate:east-south", SOUTH, OPERATIONS, "person:P-1", "operator"]
    {
        bridges.check(actor, turn_back(1), refused);
    }
    for (actor, command, want) in [
        ("gate:west-north", complete(1), "passage_completed"),
        ("gate:west-south", turn_back(1), "passage_returned"),
        (NORTH, complete(1), "passage_completed"),
        (NORTH, turn_back(1), "passage_returned"),
    ] {
        bridges.clone().check(actor, command, want);
    }
}

#[test]
fn a_passage_ends_once() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    bridges.arrives(1);
    for command in [complete(1), turn_back(1), resolve(1, Bank::South)] {
        bridges.check("system", command, "refused: passage-must-be-open");
    }
}

#[test]
fn a_pass_handed_back_over_the_fence_does_not_pass() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    bridges.shows(1, "east-south", "referred by earlier-passage-must-be-finished");
    bridges.arrives(1).shows(1, "east-south", "refused by traveller-must-be-on-this-side");
}

#[test]
fn a_walk_that_takes_too_long_is_an_open_item_of_the_entry_side() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    let began_at = bridges.now;
    bridges.later(30 * Instant::MINUTE);
    assert_eq!(open_items(&bridges.state, &PROFILE, bridges.now), []);
    bridges.later(1);
    let office = &key("sz-exit-entry");
    let passage = PassageId(1);
    assert_eq!(open_items(&bridges.state, &PROFILE, bridges.now), [OpenItem::Overdue { passage, began_at, office }]);
    bridges.check(NORTH, resolve(1, Bank::North), "passage_resolved");
    assert_eq!(open_items(&bridges.state, &PROFILE, bridges.now), []);
    assert_eq!(bridges.place(1), Some(Place::On(Bank::North)));
}

#[test]
fn decisions_are_tallied_by_hour_and_gate_for_eight_days() {
    let mut bridges = Bridges::with_somebody_on_the_bridge();
    bridges.shows(1, "west-south", "referred by earlier-passage-must-be-finished");
    bridges.check(
        "gate:west-south",
        present("west-south", unreadable("unreadable")),
        "refused by presentation-must-be-readable",
    );
    let hour = NINE_ON_MONDAY.0 / Instant::HOUR;
    let tallied = |bridges: &Bridges, from, until| -> Vec<(u32, u32, u32)> {
        tallies_between(&bridges.state, from, until).map(|(_, _, _, t)| (t.passed, t.referred, t.refused)).collect()
    };
    assert_eq!(tallied(&bridges, hour, hour + 1), [(1, 1, 1)]);
    assert_eq!(tallied(&bridges, hour + 1, hour + 99), []);
    bridges.later(8 * Instant::DAY).shows(2, "west-south", "refused by document-must-not-have-expired");
    assert_eq!(bridges.state.tallies.len(), 2, "eight days are kept");
    bridges.later(Instant::HOUR).shows(2, "west-south", "refused by document-must-not-have-expired");
    assert_eq!(tallied(&bridges, hour, hour + 1), [], "and not an hour more");
}
