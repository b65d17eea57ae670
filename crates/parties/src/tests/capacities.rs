//! Who is registered, and as what they may act.

use super::*;
use crate::{organisation, people_of_organisation, principal};

#[test]
fn a_clerk_registers_and_invites_people_of_their_own_organisation_only() {
    let mut park = Park::new();
    let soon = park.now.plus(Instant::DAY);
    park.check("clerk:P-1:O-1", register_person(5, Some(1)), "person_registered")
        .check("clerk:P-1:O-1", register_person(6, Some(2)), "refused: nothing permits it")
        .check("clerk:P-1:O-1", register_person(6, None), "refused: nothing permits it")
        .check("clerk:P-1:O-2", register_person(6, Some(2)), "refused: nothing permits it")
        .check("clerk:P-1:O-1", register_visitor(6, None, 2), "refused: nothing permits it")
        .check("clerk:P-1:O-1", register_visitor(6, Some(2), 1), "refused: nothing permits it")
        .check("clerk:P-1:O-1", register_visitor(6, None, 99), "refused: organisation-must-be-known")
        .check("clerk:P-1:O-1", invite(5, "digest", soon), "invited")
        .check("clerk:P-1:O-1", invite(3, "digest", soon), "refused: nothing permits it");
    let people: Vec<PersonId> = people_of_organisation(&park.state, OrganisationId(1)).collect();
    assert_eq!(people, [PersonId(1), PersonId(2), PersonId(5)]);
}

#[test]
fn ids_are_given_out_in_order() {
    let mut park = Park::new();
    park.check("operator", register_organisation("Three"), "organisation_registered");
    assert_eq!(organisation(&park.state, OrganisationId(3)).unwrap().name.en, "Three");
    park.check("officer:P-4:hk-park-company", register_person(5, None), "person_registered");
    assert_eq!(park.person(5).subject, subject(5));
}

#[test]
fn officers_are_appointed_and_relieved_by_the_operator() {
    let mut park = Park::new();
    park.check("officer:P-3:hk-immigration", appoint(2, "hk-immigration"), "refused: nothing permits it")
        .check("operator", appoint(2, "hk-immigration"), "officer_appointed")
        .check("operator", appoint(2, "hk-immigration"), "officer_appointed");
    assert_eq!(park.person(2).offices.len(), 1, "twice appointed is appointed once");
    park.check("operator", relieve(2, "hk-immigration"), "officer_relieved").check(
        "operator",
        relieve(2, "hk-immigration"),
        "refused: officer-must-be-appointed",
    );
    let officers: Vec<PersonId> = park.state.officers[&key("hk-immigration")].iter().copied().collect();
    assert_eq!(officers, [PersonId(3)]);
}

#[test]
fn clerks_are_appointed_and_relieved_by_operations() {
    let mut park = Park::new();
    park.check("officer:P-4:hk-park-company", appoint_clerk(2, 1), "clerk_appointed")
        .check("officer:P-3:hk-immigration", appoint_clerk(2, 1), "refused: nothing permits it")
        .check("officer:P-4:hk-park-company", relieve_clerk(2, 2), "refused: clerk-must-be-appointed")
        .check("officer:P-4:hk-park-company", relieve_clerk(2, 1), "clerk_relieved");
    assert_eq!(park.person(2).clerk_of, None);
}

/// The capacity in which the rulebook sees an actor.
#[track_caller]
fn seen_as(park: &Park, actor: &str) -> String {
    let entity = principal(&park.state, &PROFILE, &actor.parse().unwrap(), park.now);
    let fact = |name: &str| match &entity.facts.iter().find(|(known, _)| known == name).unwrap().1 {
        base::Value::Text(text) => text.to_string(),
        other => panic!("{name} is {other:?}"),
    };
    ["role", "person", "organisation", "office", "bank", "duty", "gate"]
        .map(fact)
        .into_iter()
        .filter(|text| !text.is_empty() && text != "none")
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn whoever_does_not_have_a_capacity_any_more_asks_as_nobody() {
    let mut park = Park::new();
    assert_eq!(seen_as(&park, "officer:P-3:hk-immigration"), "officer P-3 hk-immigration south immigration");
    assert_eq!(seen_as(&park, "officer:P-3:sz-exit-entry"), "anonymous P-3");
    assert_eq!(seen_as(&park, "officer:P-3:no-such-office"), "anonymous P-3");
    assert_eq!(seen_as(&park, "clerk:P-1:O-1"), "clerk P-1 O-1");
    assert_eq!(seen_as(&park, "clerk:P-1:O-2"), "anonymous P-1");
    assert_eq!(seen_as(&park, "person:P-99"), "anonymous");
    assert_eq!(seen_as(&park, "officer:P-99:hk-immigration"), "anonymous");
    assert_eq!(seen_as(&park, "gate:west-south"), "gate west-south");
    assert_eq!(seen_as(&park, "system"), "system");
    park.check("operator", relieve(3, "hk-immigration"), "officer_relieved")
        .check("operator", relieve_clerk(1, 1), "clerk_relieved")
        .check("system", erase(2, false), "person_erased");
    assert_eq!(seen_as(&park, "officer:P-3:hk-immigration"), "anonymous P-3");
    assert_eq!(seen_as(&park, "clerk:P-1:O-1"), "anonymous P-1");
    assert_eq!(seen_as(&park, "person:P-2"), "anonymous");
}

#[test]
fn the_host_who_vouched_invites_the_visitor_again_and_no_other_clerk_does() {
    let mut park = Park::new();
    park.check("clerk:P-1:O-1", register_visitor(5, None, 1), "person_registered");
    assert_eq!((park.person(5).employer, park.person(5).host), (None, Some(OrganisationId(1))));
    park.check("operator", appoint_clerk(4, 2), "clerk_appointed");
    let (in_time, again) = (park.now.plus(Instant::DAY), park.now.plus(2 * Instant::DAY));
    park.check("clerk:P-1:O-1", invite(5, "digest", in_time), "invited")
        .check("clerk:P-4:O-2", invite(5, "theirs", in_time), "refused: nothing permits it")
        .check("clerk:P-1:O-2", invite(5, "theirs", in_time), "refused: nothing permits it")
        .check("clerk:P-1:O-1", invite(3, "an officer's", in_time), "refused: nothing permits it")
        .check("clerk:P-1:O-1", invite(5, "newer", again), "invited")
        .check("anonymous", add_passkey(5, "phone", Some("digest")), "refused: invitation-must-match")
        .check("anonymous", add_passkey(5, "phone", Some("newer")), "passkey_added");
}
