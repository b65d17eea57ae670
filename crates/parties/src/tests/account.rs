//! How a person signs in, who they say they are, what they agree to, and how they are forgotten.

use super::*;

#[test]
fn an_invitation_lets_a_stranger_add_the_first_passkey_once() {
    let mut park = Park::new();
    let soon = park.now.plus(Instant::DAY);
    park.check("clerk:P-1:O-1", invite(2, "digest", soon), "invited")
        .check("anonymous", add_passkey(2, "phone", Some("digest")), "passkey_added")
        .check("anonymous", add_passkey(2, "thief", Some("digest")), "refused: invitation-must-match");
    assert_eq!(park.person(2).passkeys.len(), 1);
    assert_eq!(park.person(2).invitation, None);
}

#[test]
fn a_newer_invitation_takes_the_place_of_the_older() {
    let mut park = Park::new();
    let soon = park.now.plus(Instant::DAY);
    park.check("operator", invite(2, "first", soon), "invited")
        .check("operator", invite(2, "second", soon), "invited")
        .check("anonymous", add_passkey(2, "phone", Some("first")), "refused: invitation-must-match")
        .check("anonymous", add_passkey(2, "phone", Some("second")), "passkey_added");
}

#[test]
fn an_invitation_holds_up_to_its_last_instant_and_no_longer() {
    let mut park = Park::new();
    let soon = park.now.plus(Instant::DAY);
    park.check("operator", invite(2, "digest", soon), "invited").later(Instant::DAY + 1).check(
        "anonymous",
        add_passkey(2, "phone", Some("digest")),
        "refused: invitation-must-be-in-time",
    );
    park.now = soon;
    park.check("anonymous", add_passkey(2, "phone", Some("digest")), "passkey_added");
}

#[test]
fn whoever_is_signed_in_keeps_their_own_passkeys() {
    let mut park = Park::new();
    park.check("person:P-2", add_passkey(2, "phone", None), "passkey_added")
        .check("person:P-2", add_passkey(2, "phone", None), "refused: passkey-must-be-new")
        .check("person:P-2", add_passkey(2, "laptop", None), "passkey_added")
        .check("person:P-2", use_passkey(2, "laptop"), "passkey_used")
        .check("person:P-3", remove_passkey(2, "phone"), "refused: nothing permits it")
        .check("person:P-2", remove_passkey(2, "phone"), "passkey_removed")
        .check("person:P-2", remove_passkey(2, "phone"), "refused: passkey-must-be-known")
        .check("person:P-2", use_passkey(2, "phone"), "refused: passkey-must-be-known");
    let names: Vec<&str> = park.person(2).passkeys.iter().map(|passkey| &*passkey.name).collect();
    assert_eq!(names, ["laptop"]);
}

#[test]
fn ten_passkeys_are_enough_for_anybody() {
    let mut park = Park::new();
    for number in 1..=10 {
        park.check("person:P-2", add_passkey(2, &format!("key-{number}"), None), "passkey_added");
    }
    park.check("person:P-2", add_passkey(2, "one-more", None), "refused: passkeys-must-be-few");
}

#[test]
fn only_the_person_declares_for_themself() {
    let mut park = Park::new();
    for actor in ["clerk:P-1:O-1", "operator", "system", "officer:P-3:hk-immigration", "anonymous", "person:P-1"] {
        park.check(actor, confirm_document(2, "2031-05-01"), "refused: nothing permits it").check(
            actor,
            give_consent(2, "hong-kong-clearance", 1),
            "refused: nothing permits it",
        );
    }
    park.check("person:P-2", confirm_document(2, "2031-05-01"), "document_confirmed").check(
        "person:P-2",
        give_consent(2, "hong-kong-clearance", 1),
        "consent_given",
    );
    let document = park.person(2).document.as_ref().unwrap();
    assert_eq!((document.expires, document.confirmed_at), (date("2031-05-01"), NINE_ON_MONDAY));
}

#[test]
fn a_document_is_good_through_its_last_day() {
    let mut park = Park::new();
    park.check("person:P-2", confirm_document(2, "2026-11-22"), "refused: document-must-be-in-force").check(
        "person:P-2",
        confirm_document(2, "2026-11-23"),
        "document_confirmed",
    );
}

#[test]
fn consent_is_given_to_a_version_on_offer_replaced_and_withdrawn() {
    let mut park = Park::new();
    park.check("person:P-2", give_consent(2, "hong-kong-clearance", 2), "refused: consent-must-be-on-offer")
        .check("person:P-2", give_consent(2, "everything", 1), "refused: consent-must-be-on-offer")
        .check("person:P-2", withdraw_consent(2, "hong-kong-clearance"), "refused: consent-must-be-given")
        .check("person:P-2", give_consent(2, "hong-kong-clearance", 1), "consent_given")
        .later(Instant::HOUR)
        .check("person:P-2", give_consent(2, "hong-kong-clearance", 1), "consent_given");
    assert_eq!(park.person(2).consents.len(), 1, "the later consent takes the place of the earlier");
    assert_eq!(park.person(2).consents[0].given_at, park.now);
    park.check("person:P-2", withdraw_consent(2, "hong-kong-clearance"), "consent_withdrawn");
    assert!(park.person(2).consents.is_empty());
}

#[test]
fn the_language_follows_the_person() {
    let mut park = Park::new();
    let set = |person| Command::SetLanguage { person: PersonId(person), language: Language::En };
    park.check("person:P-2", set(2), "language_set").check("clerk:P-1:O-1", set(2), "refused: nothing permits it");
    assert_eq!(park.person(2).language, Language::En);
}

#[test]
fn an_erased_person_has_no_capacity_no_passkey_and_no_document_left() {
    let mut park = Park::new();
    let soon = park.now.plus(Instant::DAY);
    park.check("person:P-3", add_passkey(3, "phone", None), "passkey_added")
        .check("person:P-3", confirm_document(3, "2031-05-01"), "document_confirmed")
        .check("person:P-3", give_consent(3, "hong-kong-clearance", 1), "consent_given")
        .check("operator", appoint_clerk(3, 2), "clerk_appointed")
        .check("operator", invite(3, "digest", soon), "invited")
        .check("operator", erase(3, true), "person_erased");
    let person = park.person(3);
    assert!(person.erased && person.offices.is_empty() && person.passkeys.is_empty() && person.consents.is_empty());
    assert_eq!((&person.clerk_of, &person.document, &person.invitation), (&None, &None, &None));
    assert!(park.state.officers[&key("hk-immigration")].is_empty());
    park.check("anonymous", add_passkey(3, "phone", Some("digest")), "refused: person-must-not-be-erased");
}

#[test]
fn the_operator_erases_only_on_an_approved_case() {
    let mut park = Park::new();
    park.check("operator", erase(2, false), "refused: nothing permits it")
        .check("person:P-2", erase(2, true), "refused: nothing permits it")
        .check("system", erase(2, false), "person_erased")
        .check("system", erase(2, false), "refused: person-must-not-be-erased");
}

#[test]
fn an_officer_keeps_views_of_a_queue_that_hold_nothing_but_names_and_keys() {
    let mut park = Park::new();
    park.check("officer:P-3:hk-immigration", save_view("urgency=breached"), "view_saved")
        .check("officer:P-3:hk-immigration", save_view("urgency=breached"), "refused: view-must-be-new")
        .check("officer:P-3:hk-immigration", save_view(""), "refused: view-must-be-plain")
        .check("officer:P-3:hk-immigration", save_view("employer=Chan Tai Man"), "refused: view-must-be-plain")
        .check("officer:P-3:hk-immigration", save_view(&"a".repeat(201)), "refused: view-must-be-plain")
        .check("person:P-3", save_view("urgency=warned"), "refused: nothing permits it")
        .check("officer:P-3:hk-immigration", remove_view("urgency=warned"), "refused: view-must-be-saved");
    for number in 1..20 {
        park.check("officer:P-3:hk-immigration", save_view(&format!("sort=opened&page={number}")), "view_saved");
    }
    park.check("officer:P-3:hk-immigration", save_view("sort=service"), "refused: views-must-be-few").check(
        "officer:P-3:hk-immigration",
        remove_view("urgency=breached"),
        "view_removed",
    );
    assert_eq!(views_of(&park.state, PersonId(3), &key("hk-immigration")).count(), 19);
    park.check("operator", erase(3, true), "person_erased");
    assert_eq!(views_of(&park.state, PersonId(3), &key("hk-immigration")).count(), 0);
}
