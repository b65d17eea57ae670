//! A document that was changed is looked at by an officer before it opens a gate, and hides nobody from a watchlist.

use super::*;
use permits::{Reason, Status};

const CLERK: &str = "clerk:P-1:O-1";
const SOUTH: &str = "officer:P-3:hk-immigration";
const NORTH: &str = "officer:P-4:sz-exit-entry";
const HOLDER: &str = "person:P-2";

fn stopped_for(park: &Park) -> Option<Reason> {
    permits::permit(&park.zone().permits, PermitId(1)).unwrap().stopped_for
}

#[test]
fn another_document_suspends_the_pass_until_an_officer_has_looked() {
    for (number, expires) in [("W99999999", "2031-05-01"), ("W00000002", "2036-05-01")] {
        let mut park = Park::with_pass();
        let other = confirm_other(&park, 2, number, expires);
        park.later(1)
            .check(HOLDER, other.clone(), "document_confirmed + suspended")
            .shows("west-south", "refused by pass-must-not-be-suspended");
        assert_eq!(stopped_for(&park), Some(Reason::DocumentChanged));
        assert!(park.zone().permits.to_look_at.contains(&PermitId(1)));
        // Confirmed again it is what the officer will look at already.
        park.later(1).check(HOLDER, other, "document_confirmed").check(SOUTH, resume(1), "resumed");
        assert!(park.zone().permits.to_look_at.is_empty());
        park.shows("west-south", "pass");
        assert_eq!(park.replayed(), *park.zone());
    }
}

#[test]
fn a_document_changed_while_a_consent_was_withdrawn_waits_for_an_officer_and_not_for_the_consent() {
    let mut park = Park::with_pass();
    let other = confirm_other(&park, 2, "W99999999", "2031-05-01");
    park.check(HOLDER, withdraw_consent(2, "shenzhen-clearance"), "consent_withdrawn + suspended")
        .check(HOLDER, other, "document_confirmed + suspended")
        .check(HOLDER, give_consent(2, "shenzhen-clearance"), "consent_given");
    assert_eq!(stopped_for(&park), Some(Reason::DocumentChanged));
    park.check(SOUTH, resume(1), "resumed").shows("west-south", "pass");
}

#[test]
fn the_same_document_confirmed_again_stops_nothing() {
    let mut park = Park::with_pass();
    let same = confirm_document(&park, 2);
    let spaced = confirm_other(&park, 2, "w 0000 0002", "2031-05-01");
    park.later(1)
        .check(HOLDER, same, "document_confirmed")
        .check(HOLDER, spaced, "document_confirmed")
        .shows("west-south", "pass");
}

#[test]
fn a_pass_waits_for_a_look_where_the_document_was_changed_between_two_decisions() {
    let mut park = Park::new();
    park.declares(2, &["hong-kong-clearance", "shenzhen-clearance"]);
    park.check(CLERK, open("commuter-pass", 2), "opened").check(HOLDER, submit(1), "submitted").later(1);
    let (south, north) = (approve(&park, 1, "hong-kong", 2), approve(&park, 1, "shenzhen", 2));
    let other = confirm_other(&park, 2, "W99999999", "2031-05-01");
    park.check(SOUTH, south, "leg_decided")
        .later(1)
        .check(HOLDER, other.clone(), "document_confirmed")
        .later(1)
        .check(HOLDER, other, "document_confirmed")
        .check(NORTH, north, "leg_decided + decided + issued + suspended");
    assert_eq!((park.status(1), stopped_for(&park)), (Status::Suspended, Some(Reason::DocumentChanged)));
}

#[test]
fn a_document_changed_before_anybody_decided_is_the_one_that_the_offices_saw() {
    let mut park = Park::new();
    park.declares(2, &["hong-kong-clearance", "shenzhen-clearance"]);
    park.check(CLERK, open("commuter-pass", 2), "opened").check(HOLDER, submit(1), "submitted").later(1);
    let other = confirm_other(&park, 2, "W99999999", "2031-05-01");
    park.check(HOLDER, other, "document_confirmed").later(1);
    let (south, north) = (approve(&park, 1, "hong-kong", 2), approve(&park, 1, "shenzhen", 2));
    park.check(SOUTH, south, "leg_decided").check(NORTH, north, "leg_decided + decided + issued");
}

#[test]
fn whoever_is_listed_under_one_document_is_so_under_every_other() {
    let mut park = Park::with_pass();
    let (watch, other) = (list_watch(&park, Bank::North, 2), confirm_other(&park, 2, "W99999999", "2031-05-01"));
    park.check(NORTH, watch, "watch_listed").shows("west-south", "referred by north-must-see-the-traveller");
    park.later(1)
        .check(HOLDER, other, "document_confirmed + suspended")
        .check(SOUTH, resume(1), "resumed")
        .shows("west-south", "referred by north-must-see-the-traveller");
    assert_eq!(park.outside.watchlisted(park.zone(), PersonId(2)), [Bank::North]);
    // Listed under the newer one alone they are found as well, and a stranger is not.
    assert_eq!(park.outside.watchlisted(park.zone(), PersonId(1)), []);
}

#[test]
fn an_officers_own_cause_takes_the_pass_out_of_those_that_wait_for_a_look() {
    let mut park = Park::with_pass();
    let other = confirm_other(&park, 2, "W99999999", "2031-05-01");
    park.check(HOLDER, other, "document_confirmed + suspended").check(SOUTH, revoke(1), "revoked");
    assert!(park.zone().permits.to_look_at.is_empty());
}
