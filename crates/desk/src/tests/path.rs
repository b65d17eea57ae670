//! The whole path, once, end to end: an employer applies, both banks decide, a pass is issued, somebody walks.

use super::*;
use people::{OpenItem, Place, Settlement};

const CLERK: &str = "clerk:P-1:O-1";
const SOUTH: &str = "officer:P-3:hk-immigration";
const NORTH: &str = "officer:P-4:sz-exit-entry";

#[test]
fn from_the_roster_to_the_other_bank() {
    let mut park = Park::new();
    // The employer enrols, the person accepts.
    let row = enrol(&park, 7, Some(1), "commuter-pass", None);
    park.check(CLERK, row, "person_registered + invited + opened");
    let passkey = add_passkey(&park, 7, Some("digest-7"));
    park.check("anonymous", passkey, "passkey_added").check(
        "person:P-7",
        submit(1),
        "refused: document-must-be-confirmed",
    );
    park.declares(7, &["hong-kong-clearance", "shenzhen-clearance"]);
    park.check("person:P-7", submit(1), "submitted");
    // Both banks decide; the pass follows the second approval in the same submission.
    let (south, north) = (approve(&park, 1, "hong-kong", 7), approve(&park, 1, "shenzhen", 7));
    park.check(NORTH, north, "leg_decided").check(SOUTH, south, "leg_decided + decided + issued");
    let permit = permits::permit(&park.zone().permits, PermitId(1)).unwrap();
    assert_eq!((permit.issue.holder, permit.issue.case), (PersonId(7), CaseId(1)));
    assert_eq!(permit.issue.valid_from, park.now);
    assert_eq!(permit.issue.valid_until, PROFILE.start_of_day(Bank::North, "2027-11-23".parse().unwrap()));
    park.check("person:P-7", bind(1), "holder_key_bound");
    // And over the bridge.
    park.shows("west-south", "pass").check("gate:west-north", complete(1), "passage_completed");
    assert_eq!(park.place(7), Some(Place::On(Bank::North)));
    park.shows("west-south", "refused by traveller-must-be-on-this-side");
    assert_eq!(park.replayed(), *park.zone());
}

#[test]
fn a_pass_that_is_suspended_resumed_and_revoked_stops_goes_on_and_stops_for_good() {
    let mut park = Park::with_pass();
    park.check(SOUTH, suspend(1), "suspended")
        .shows("west-south", "refused by pass-must-not-be-suspended")
        .check(NORTH, resume(1), "resumed")
        .shows("west-south", "pass")
        .check("gate:west-north", complete(2), "passage_completed")
        .check(NORTH, revoke(1), "revoked")
        .shows("west-north", "refused by pass-must-not-be-revoked")
        .check(SOUTH, resume(1), "refused: permit-must-not-be-revoked");
}

#[test]
fn a_walk_that_is_not_finished_is_an_open_item_of_the_entry_side() {
    let mut park = Park::with_pass();
    park.shows("west-south", "pass").later(31 * Instant::MINUTE);
    let (passage, office) = (PassageId(1), &key("sz-exit-entry"));
    let began_at = park.now.plus(-31 * Instant::MINUTE);
    assert_eq!(
        people::open_items(&park.zone().people, &PROFILE, park.now),
        [OpenItem::Overdue { passage, began_at, office }]
    );
    park.check(SOUTH, resolve(1, Bank::South), "refused: nothing permits it")
        .check(NORTH, resolve(1, Bank::South), "passage_resolved")
        .shows("west-south", "pass");
}

#[test]
fn somebody_on_a_watchlist_is_seen_by_that_banks_officer() {
    let mut park = Park::with_pass();
    let watch = list_watch(&park, Bank::North, 2);
    park.check(SOUTH, watch.clone(), "refused: nothing permits it").check(NORTH, watch, "watch_listed");
    park.shows("west-south", "referred by north-must-see-the-traveller");
    let (passage, office) = (PassageId(1), &key("sz-exit-entry"));
    let at = park.now;
    assert_eq!(people::open_items(&park.zone().people, &PROFILE, at), [OpenItem::Referred { passage, at, office }]);
    park.check(NORTH, settle(1, Settlement::LetPass), "referral_settled")
        .check("gate:west-north", complete(1), "passage_completed")
        .check(NORTH, unlist_watch(1), "watch_unlisted")
        .shows("west-north", "pass");
}

#[test]
fn a_watchlist_is_found_by_the_document_whatever_its_holder_writes_it_like() {
    let mut park = Park::with_pass();
    let watch = list_watch(&park, Bank::South, 2);
    park.check(SOUTH, watch, "watch_listed");
    assert_eq!(park.outside.watchlisted(park.zone(), PersonId(2)), [Bank::South]);
    assert_eq!(park.outside.watchlisted(park.zone(), PersonId(1)), []);
    let number = park.sealed(2, context::DOCUMENT_NUMBER, "w 0000-0002");
    let (kind, expires) = (key("exit-entry-permit"), "2031-05-01".parse().unwrap());
    let again = parties::Command::ConfirmDocument { person: PersonId(2), kind, number, expires };
    park.check("person:P-2", again.into(), "document_confirmed");
    assert_eq!(park.outside.watchlisted(park.zone(), PersonId(2)), [Bank::South], "the same document");
    let number = park.sealed(2, context::DOCUMENT_NUMBER, "W99999999");
    let (kind, expires) = (key("exit-entry-permit"), "2031-05-01".parse().unwrap());
    let another = parties::Command::ConfirmDocument { person: PersonId(2), kind, number, expires };
    park.check("person:P-2", another.into(), "document_confirmed + suspended");
    assert_eq!(park.outside.watchlisted(park.zone(), PersonId(2)), [Bank::South], "another document, the same person");
}
