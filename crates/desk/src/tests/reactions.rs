//! This event leads to that command, by the platform itself, in the same commit.

use super::*;
use cases::About;
use permits::Status;

const CLERK: &str = "clerk:P-1:O-1";
const SOUTH: &str = "officer:P-3:hk-immigration";
const NORTH: &str = "officer:P-4:sz-exit-entry";

/// O-1 vouches for P-7, who comes on that day, confirms and consents.
fn visitor(day: &str) -> Park {
    let mut park = Park::new();
    let row = enrol(&park, 7, None, "visitor-pass", Some(day));
    park.check(CLERK, row, "person_registered + invited + opened");
    park.declares(7, &["hong-kong-visit", "shenzhen-visit"]);
    park
}

#[test]
fn a_visitors_leg_is_decided_by_rule_as_soon_as_the_offices_may_start() {
    let mut park = visitor("2026-11-25");
    park.check("person:P-7", submit(1), "submitted + leg_decided");
    let south = approve(&park, 1, "hong-kong", 7);
    park.check(SOUTH, south, "leg_decided + decided + issued");
    let issue = &permits::permit(&park.zone().permits, PermitId(1)).unwrap().issue;
    let starts = |day: &str| PROFILE.start_of_day(Bank::North, day.parse().unwrap());
    assert_eq!((issue.valid_from, issue.valid_until), (starts("2026-11-25"), starts("2026-11-26")));
}

#[test]
fn a_visitor_on_the_banks_own_list_is_left_to_an_officer_and_the_other_banks_list_is_not_looked_at() {
    let mut park = visitor("2026-11-25");
    let watch = list_watch(&park, Bank::North, 7);
    park.check(NORTH, watch, "watch_listed").check("person:P-7", submit(1), "submitted + leg_left_to_officer");
    let mut park = visitor("2026-11-25");
    let watch = list_watch(&park, Bank::South, 7);
    park.check(SOUTH, watch, "watch_listed").check("person:P-7", submit(1), "submitted + leg_decided");
}

#[test]
fn an_approved_revocation_revokes() {
    let mut park = Park::with_pass();
    park.check(SOUTH, open_alone("pass-revocation", About::Permit(PermitId(1))), "opened + submitted");
    assert_eq!(park.status(1), Status::Valid);
    let yes = approve(&park, 2, "supervision", 2);
    park.check("officer:P-5:hk-supervision", yes, "leg_decided + decided + revoked");
    park.shows("west-south", "refused by pass-must-not-be-revoked");
}

#[test]
fn a_refused_revocation_and_one_of_a_revoked_pass_change_nothing() {
    let mut park = Park::with_pass();
    park.check(SOUTH, open_alone("pass-revocation", About::Permit(PermitId(1))), "opened + submitted");
    let no = verdict(&park, 2, "supervision", 2, cases::LegVerdict::Refused);
    park.check("officer:P-5:hk-supervision", no, "leg_decided + decided");
    assert_eq!(park.status(1), Status::Valid);
    park.check(SOUTH, open_alone("pass-revocation", About::Permit(PermitId(1))), "opened + submitted").check(
        NORTH,
        revoke(1),
        "revoked",
    );
    let yes = approve(&park, 3, "supervision", 2);
    park.check("officer:P-5:hk-supervision", yes, "leg_decided + decided");
}

#[test]
fn a_consent_withdrawn_suspends_what_rests_on_it() {
    let mut park = Park::with_pass();
    park.check("person:P-2", withdraw_consent(2, "shenzhen-clearance"), "consent_withdrawn + suspended")
        .shows("west-south", "refused by pass-must-not-be-suspended")
        .check("person:P-2", give_consent(2, "hong-kong-visit"), "consent_given")
        .check("person:P-2", withdraw_consent(2, "hong-kong-visit"), "consent_withdrawn");
}

#[test]
fn a_consent_given_again_resumes_what_was_stopped_for_it_alone() {
    let mut park = Park::with_pass();
    park.check("person:P-2", withdraw_consent(2, "shenzhen-clearance"), "consent_withdrawn + suspended")
        .check("person:P-2", withdraw_consent(2, "hong-kong-clearance"), "consent_withdrawn")
        .check(NORTH, resume(1), "refused: holder-must-have-consented")
        .check("person:P-2", give_consent(2, "shenzhen-clearance"), "consent_given")
        .check(SOUTH, resume(1), "refused: holder-must-have-consented")
        .check("person:P-2", give_consent(2, "hong-kong-clearance"), "consent_given + resumed")
        .shows("west-south", "pass");
    assert_eq!(park.replayed(), *park.zone());
}

#[test]
fn what_an_officer_stopped_before_or_meanwhile_waits_for_an_officer() {
    // Before the consent was withdrawn.
    let mut park = Park::with_pass();
    park.check(NORTH, suspend(1), "suspended")
        .check("person:P-2", withdraw_consent(2, "shenzhen-clearance"), "consent_withdrawn")
        .check(SOUTH, resume(1), "refused: holder-must-have-consented")
        .check("person:P-2", give_consent(2, "shenzhen-clearance"), "consent_given")
        .check(SOUTH, resume(1), "resumed");
    // While it was.
    let mut park = Park::with_pass();
    park.check("person:P-2", withdraw_consent(2, "shenzhen-clearance"), "consent_withdrawn + suspended")
        .check(NORTH, suspend(1), "suspended")
        .check("person:P-2", give_consent(2, "shenzhen-clearance"), "consent_given")
        .shows("west-south", "refused by pass-must-not-be-suspended")
        .check(SOUTH, resume(1), "resumed");
    // And what was revoked stays so.
    let mut park = Park::with_pass();
    park.check("person:P-2", withdraw_consent(2, "shenzhen-clearance"), "consent_withdrawn + suspended")
        .check(NORTH, revoke(1), "revoked")
        .check("person:P-2", give_consent(2, "shenzhen-clearance"), "consent_given");
}

#[test]
fn nothing_is_issued_to_who_withdrew_a_consent_while_the_offices_decided() {
    let mut park = Park::new();
    park.declares(2, &["hong-kong-clearance", "shenzhen-clearance"]);
    park.check(CLERK, open("commuter-pass", 2), "opened").check("person:P-2", submit(1), "submitted");
    let (south, north) = (approve(&park, 1, "hong-kong", 2), approve(&park, 1, "shenzhen", 2));
    park.check(SOUTH, south, "leg_decided")
        .check("person:P-2", withdraw_consent(2, "hong-kong-clearance"), "consent_withdrawn")
        .check(NORTH, north.clone(), "refused: holder-must-have-consented")
        .check("person:P-2", give_consent(2, "hong-kong-clearance"), "consent_given")
        .check(NORTH, north, "leg_decided + decided + issued");
}

#[test]
fn who_is_erased_holds_no_pass_and_has_no_case_open() {
    let mut park = Park::with_pass();
    park.check("person:P-2", open_alone("personal-data-erasure", About::Person(PersonId(2))), "opened + submitted");
    let yes = approve(&park, 2, "data", 2);
    park.check("officer:P-6:hk-data", yes, "leg_decided + decided")
        .check(CLERK, open("commuter-pass", 2), "opened")
        .check("operator", erase(2), "person_erased + revoked + withdrawn")
        .shows("west-south", "refused by pass-must-not-be-revoked");
    park.outside.vault().erase(&park.subjects[2]).unwrap();
    let before = park.zone().clone();
    assert_eq!(*park.restart().zone(), before);
    assert_eq!(park.status(1), Status::Revoked, "the log still replays without the key");
}

#[test]
fn nothing_is_issued_that_the_rulebook_does_not_let_the_platform_issue_and_the_approval_goes_with_it() {
    let mut park = Park::under(Lenient::but(&["issue_permit"]));
    park.declares(2, &["hong-kong-clearance", "shenzhen-clearance"]);
    park.check(CLERK, open("commuter-pass", 2), "opened").check("person:P-2", submit(1), "submitted");
    let (south, north) = (approve(&park, 1, "hong-kong", 2), approve(&park, 1, "shenzhen", 2));
    park.check(SOUTH, south, "leg_decided");
    let before = park.zone().clone();
    park.check(NORTH, north, "refused: nothing permits it");
    assert_eq!(*park.zone(), before, "a reaction that is refused takes back what led to it");
    assert_eq!(park.kernel.reader().size(), before.size);
    assert_eq!(park.replayed(), before);
}
