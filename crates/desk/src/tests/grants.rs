//! What a case grants that is no pass: to whom, for how long, how much; and that no gate ever takes it for a pass.

use super::*;
use base::{GrantId, Localised, OrganisationId};
use cases::{About, LegVerdict};
use permits::{Balance, Grant, Measure, Reason};

const CLERK: &str = "clerk:P-1:O-1";
const SOUTH: &str = "officer:P-3:hk-immigration";
const NORTH: &str = "officer:P-4:sz-exit-entry";
const DATA: &str = "officer:P-6:hk-data";

/// G-1: O-1 may bring in 250 pieces of class C. P-1 had applied.
fn goods() -> Park {
    let mut park = Park::new();
    park.check(CLERK, open_goods("c"), "opened + submitted");
    let opinion = verdict(&park, 1, "opinion", 1, LegVerdict::Objected);
    park.check(DATA, opinion, "leg_decided + leg_started");
    let decided = approve(&park, 1, "hong-kong", 1);
    park.check(SOUTH, decided, "leg_decided + leg_started + leg_left_to_officer");
    let endorsed = approve(&park, 1, "shenzhen", 1);
    park.check(NORTH, endorsed, "leg_decided + decided + granted");
    park
}

/// C-1, then G-1: P-2 alone.
fn of_a_person() -> Park {
    let mut park = Park::new();
    park.check("person:P-2", open_alone("recognised", About::Person(PersonId(2))), "opened + submitted");
    let vetted = approve(&park, 1, "supervision", 2);
    park.check("officer:P-5:hk-supervision", vetted, "leg_decided + leg_started");
    let decided = approve(&park, 1, "hong-kong", 2);
    park.check(SOUTH, decided, "leg_decided + decided + granted");
    park
}

fn grant(park: &Park) -> &Grant {
    permits::grant_of(&park.zone().permits, GrantId(1)).unwrap()
}

#[test]
fn an_organisation_is_granted_what_it_asked_for_in_its_unit() {
    let park = goods();
    let terms = &grant(&park).terms;
    assert_eq!((terms.holder, terms.organisation), (PersonId(1), Some(OrganisationId(1))));
    assert_eq!(terms.kind, key("whitelist-membership"));
    assert_eq!(terms.valid_from, park.now);
    assert_eq!(terms.valid_until, PROFILE.start_of_day(Bank::North, "2028-11-22".parse().unwrap()), "730 days");
    let unit = Localised { zh_hant: "件".into(), zh_hans: "件".into(), en: "pieces".into() };
    assert_eq!(terms.balance, Some(Balance { amount: 250, measure: Measure::Unit(unit) }));
    let state = &park.zone().permits;
    assert_eq!(permits::grant_of_case(state, CaseId(1)), Some(GrantId(1)));
    assert_eq!(permits::grants_of_organisation(state, OrganisationId(1)).count(), 1);
    assert_eq!(permits::grants_of_person(state, PersonId(1)).count(), 1);
}

#[test]
fn a_leg_left_to_the_rule_is_put_to_it_when_it_begins_and_not_sooner() {
    let mut park = Park::new();
    park.check(CLERK, open_goods("c"), "opened + submitted");
    let opinion = verdict(&park, 1, "opinion", 1, LegVerdict::Supported);
    park.check(DATA, opinion, "leg_decided + leg_started");
    let decided = approve(&park, 1, "hong-kong", 1);
    park.check(SOUTH, decided, "leg_decided + leg_started + leg_left_to_officer");
}

#[test]
fn no_gate_takes_a_grant_for_a_pass() {
    let mut park = of_a_person();
    let state = &park.zone().permits;
    assert_eq!(permits::statuses(state).count(), 0, "it is in no status list");
    assert_eq!(permits::of_holder(state, PersonId(2)).count(), 0, "nor among anybody's passes");
    assert_eq!(permits::of_case(state, CaseId(1)), None);
    park.check("person:P-2", bind(1), "refused: permit-must-be-known");
    park.shows("west-south", "refused by pass-must-be-known");
}

#[test]
fn an_answer_issues_nothing() {
    let mut park = Park::new();
    park.check("person:P-2", open_alone("any-of-two", About::Person(PersonId(2))), "opened + submitted");
    let answered = approve(&park, 1, "hong-kong", 2);
    park.check(SOUTH, answered, "leg_decided + decided");
}

#[test]
fn whoever_may_revoke_a_pass_ends_a_grant_and_only_once() {
    let mut park = goods();
    park.check(CLERK, end_grant(1), "refused: officer-must-not-rule-on-own-permit")
        .check("person:P-2", end_grant(1), "refused: nothing permits it")
        .check(NORTH, end_grant(2), "refused: grant-must-be-known")
        .check(NORTH, end_grant(1), "grant_ended")
        .check(NORTH, end_grant(1), "refused: grant-must-not-have-ended");
    let ended = grant(&park);
    assert_eq!(ended.ended, Some((park.now, Reason::OfficeRequest)));
    assert!(!ended.is_in_force(park.now));
}

#[test]
fn a_grant_is_in_force_from_its_first_instant_until_its_last() {
    let park = goods();
    let grant = grant(&park);
    assert!(grant.is_in_force(grant.terms.valid_from));
    assert!(!grant.is_in_force(grant.terms.valid_from.plus(-1)) && !grant.is_in_force(grant.terms.valid_until));
}

#[test]
fn with_a_person_their_own_grants_end_and_their_organisations_stay() {
    let mut park = of_a_person();
    park.check("operator", erase(2), "person_erased + grant_ended");
    assert!(grant(&park).ended.is_some());
    let mut park = goods();
    park.check("operator", erase(1), "person_erased");
    assert!(grant(&park).ended.is_none());
}
