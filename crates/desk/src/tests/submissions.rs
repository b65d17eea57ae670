//! What a submission is: all or nothing, once, in time, within limits; and what was decided beforehand is decided anew
//! where the zone has moved.

use super::*;
use crate::answers::Recording;
use crate::kernel::Prepared;
use base::{Ctx, Language, OrganisationId, Rules};

const CLERK: &str = "clerk:P-1:O-1";

#[test]
fn commands_of_a_submission_build_on_each_other() {
    let mut park = Park::empty(RULES.clone());
    let commands = vec![register_organisation("One"), register_person(&park, 1, Some(1)), appoint_clerk(1, 1)];
    park.check_all("operator", commands, "organisation_registered + person_registered + clerk_appointed");
}

#[test]
fn one_refused_command_leaves_nothing_of_the_others() {
    let mut park = Park::new();
    let before = park.zone().clone();
    let commands = vec![open("commuter-pass", 2), open("commuter-pass", 2)];
    park.check_all(CLERK, commands, "refused: case-must-be-the-only-one-open");
    let commands = vec![complete(9), close_gate("west-south")];
    park.check_all("system", commands, "refused: passage-must-be-open");
    park.check_all("operator", vec![], "refused: submission-must-not-be-empty");
    assert_eq!(*park.zone(), before);
    assert_eq!(park.kernel.reader().size(), before.size);
}

#[test]
fn in_a_batch_each_submission_stands_for_itself() {
    let mut park = Park::new();
    let first = park.zone().size;
    let batch = vec![
        park.submission(CLERK, vec![open("commuter-pass", 2)], None),
        park.submission(CLERK, vec![open("commuter-pass", 2)], None),
        park.submission("person:P-2", vec![set_language(2, Language::En)], None),
    ];
    let results = park.kernel.submit_all(batch).unwrap();
    let words: Vec<String> = results.iter().map(in_words).collect();
    assert_eq!(words, ["opened", "refused: case-must-be-the-only-one-open", "language_set"]);
    let firsts: Vec<u64> = results.iter().flatten().map(|receipt| receipt.first).collect();
    assert_eq!(firsts, [first, first + 1]);
    let sizes: Vec<u64> = results.iter().flatten().map(|receipt| receipt.size).collect();
    assert_eq!(sizes, [first + 2, first + 2], "one commit holds them both");
}

#[test]
fn the_same_key_gets_the_same_receipt_also_after_a_restart() {
    let mut park = Park::new();
    let once = park.submit(CLERK, vec![open("commuter-pass", 2)], Some("clerk-1:abc")).unwrap();
    assert!(!once.repeated);
    for _ in 0..2 {
        park.restart().later(Instant::HOUR);
        let again = park.submit(CLERK, vec![open("commuter-pass", 2)], Some("clerk-1:abc")).unwrap();
        assert_eq!((again.first, &again.events, again.repeated), (once.first, &once.events, true));
    }
    let other = park.submit(CLERK, vec![open("commuter-pass", 2)], Some("clerk-1:abd"));
    assert_eq!(in_words(&other), "refused: case-must-be-the-only-one-open");
    // What was refused may be tried again under the same key.
    park.check(CLERK, withdraw(1), "withdrawn");
    let other = park.submit(CLERK, vec![open("commuter-pass", 2)], Some("clerk-1:abd"));
    assert_eq!(in_words(&other), "opened");
}

#[test]
fn the_same_key_twice_in_a_batch_and_a_key_of_many_events() {
    let mut park = Park::new();
    let row = enrol(&park, 7, Some(1), "commuter-pass", None);
    let submission = park.submission(CLERK, vec![row], Some("abc"));
    let results = park.kernel.submit_all(vec![submission.clone(), submission]).unwrap();
    let [Ok(once), Ok(again)] = results.as_slice() else { panic!("{results:?}") };
    assert_eq!((once.first, &once.events, once.events.len()), (again.first, &again.events, 3));
    assert!(!once.repeated && again.repeated);
}

#[test]
fn a_key_is_forgotten_when_it_is_a_day_old() {
    let mut park = Park::new();
    let language = |language| vec![set_language(2, language)];
    park.submit("person:P-2", language(Language::En), Some("old")).unwrap();
    park.later(Instant::DAY).submit("person:P-2", language(Language::En), Some("new")).unwrap();
    assert_eq!(park.zone().keys.len(), 1);
    let anew = park.submit("person:P-2", language(Language::ZhHant), Some("old")).unwrap();
    assert!(!anew.repeated);
    assert_eq!(park.replayed(), *park.zone());
}

#[test]
fn what_waited_behind_others_counts_as_of_now_and_a_clock_that_went_back_is_refused() {
    let mut park = Park::new();
    park.later(Instant::HOUR).check("person:P-2", set_language(2, Language::En), "language_set");
    park.later(-Instant::MINUTE).check("person:P-2", set_language(2, Language::En), "language_set");
    park.later(-1).check("person:P-2", set_language(2, Language::En), "refused: clock-must-not-go-back");
    assert_eq!(park.zone().last_at, NINE_ON_MONDAY.plus(Instant::HOUR));
}

/// A note whose entry has so many bytes.
fn entry_of(bytes: usize) -> Command {
    let with = |length: usize| {
        let note = base::Sealed { of: base::Subject("subject".into()), ciphertext: "a".repeat(length).into() };
        permits::Command::Suspend { permit: PermitId(1), reason: permits::Reason::Lost, note: Some(note) }
    };
    let permits::Command::Suspend { permit, reason, note } = with(0) else { unreachable!() };
    let envelope = Envelope {
        salt: "A".repeat(22).into(),
        at: NINE_ON_MONDAY,
        by: Actor::System,
        key: None,
        event: permits::Event::Suspended { permit, reason, note }.into(),
    };
    with(bytes - envelope.encode().len()).into()
}

#[test]
fn an_event_fits_an_entry_or_is_refused() {
    let mut park = Park::with_pass();
    park.check("system", entry_of(65_536), "refused: event-must-be-small")
        .check("system", entry_of(65_535), "suspended")
        .shows("west-south", "refused by pass-must-not-be-suspended");
}

#[test]
fn with_its_key_too_an_event_fits_an_entry_or_is_refused() {
    let mut park = Park::with_pass();
    let before = park.zone().clone();
    let refused = park.submit("system", vec![entry_of(65_535)], Some("key"));
    assert_eq!(in_words(&refused), "refused: event-must-be-small");
    assert_eq!(*park.zone(), before);
    park.check("system", suspend(1), "suspended");
    // A single crossing, that otherwise needs nothing to go back to.
    let (zone, command) = (park.zone().clone(), present(&park, 1, "west-south", vec![]));
    let refused = park.submit("gate:west-south", vec![command], Some(&"k".repeat(65_536)));
    assert_eq!(in_words(&refused), "refused: event-must-be-small");
    assert_eq!(*park.zone(), zone);
    assert_eq!(park.replayed(), zone);
}

#[test]
fn a_submission_has_a_limit() {
    let mut park = Park::new();
    let many = vec![set_language(2, Language::En); 100_001];
    park.check_all("person:P-2", many, "refused: submission-must-be-small");
}

#[test]
fn only_the_platform_adopts_a_zone_and_records_its_digest() {
    let mut park = Park::new();
    let adopt = || Command::Zone(ZoneCommand::Adopt { profile: "hash".into(), rulebook: key("rules-2") });
    park.check("operator", adopt(), "refused: platform-must-act").check("system", adopt(), "adopted");
    assert_eq!((&*park.zone().profile, &park.zone().rulebook), ("hash", &key("rules-2")));
}

#[test]
fn an_enrolment_registers_somebody_for_the_clerks_own_organisation() {
    let mut park = Park::new();
    park.check("operator", register_organisation("Two"), "organisation_registered");
    let before = park.zone().clone();
    let Command::Enrol(mut enrolment) = enrol(&park, 7, Some(1), "commuter-pass", None) else { unreachable!() };
    park.check("clerk:P-2:O-1", Command::Enrol(enrolment.clone()), "refused: nothing permits it");
    let visitor = enrol(&park, 7, None, "visitor-pass", Some("2026-11-25"));
    park.check("clerk:P-2:O-1", visitor, "refused: nothing permits it");
    let mut of_another = enrolment.clone();
    let parties::Command::RegisterPerson { employer, host, .. } = &mut of_another.register else { unreachable!() };
    (*employer, *host) = (Some(OrganisationId(2)), Some(OrganisationId(1)));
    park.check(CLERK, Command::Enrol(of_another), "refused: nothing permits it");
    let unknown_service = enrol(&park, 7, Some(1), "no-such-service", None);
    park.check(CLERK, unknown_service, "refused: service-must-be-known");
    enrolment.register = parties::Command::SetLanguage { person: PersonId(1), language: Language::En };
    park.check("person:P-1", Command::Enrol(enrolment), "refused: enrolment-must-register");
    assert_eq!(*park.zone(), before, "nobody was registered on the way");
}

/// A worker's look at the zone as it stands now.
fn prepare(park: &Park, actor: &str, command: Command) -> Prepared {
    let submission = park.submission(actor, vec![command.clone()], None);
    let recording = Recording::new(&*park.rules);
    let ctx = Ctx { now: park.now, actor: &submission.actor, rules: &recording };
    park.zone().decide(Rooms { profile: &PROFILE }, command, &ctx).unwrap();
    Prepared { answers: recording.into_answers(), submission }
}

#[test]
fn an_answer_that_the_zone_has_outrun_is_asked_for_anew() {
    let mut park = Park::with_pass();
    let prepared = prepare(&park, "gate:west-south", present(&park, 1, "west-south", vec![]));
    park.check("system", revoke(1), "revoked");
    let results = park.kernel.process(&[prepared]).unwrap();
    assert_eq!(in_words(&results[0]), "refused by pass-must-not-be-revoked");
}

#[test]
fn of_two_officers_who_decide_at_once_the_second_is_told_who_was_first() {
    let mut park = Park::new();
    park.declares(2, &["hong-kong-clearance", "shenzhen-clearance"]);
    park.check("operator", appoint(6, "hk-immigration"), "officer_appointed")
        .check(CLERK, open("commuter-pass", 2), "opened")
        .check("person:P-2", submit(1), "submitted");
    let no = verdict(&park, 1, "hong-kong", 2, cases::LegVerdict::Refused);
    let one = prepare(&park, "officer:P-3:hk-immigration", approve(&park, 1, "hong-kong", 2));
    let other = prepare(&park, "officer:P-6:hk-immigration", no);
    let results = park.kernel.process(&[one, other]).unwrap();
    assert_eq!(in_words(&results[0]), "leg_decided");
    let Err(Refusal::Cases(cases::Refusal::LegMustBeUndecided { by, .. })) = &results[1] else { panic!("{results:?}") };
    assert_eq!(*by, Some(PersonId(3)));
}

#[test]
fn a_refusal_names_the_room_whose_rule_it_is() {
    let park = Park::new();
    let rooms = [
        (set_language(99, Language::En), "parties"),
        (submit(99), "cases"),
        (suspend(99), "permits"),
        (complete(99), "people"),
        (Command::Zone(ZoneCommand::Adopt { profile: "".into(), rulebook: key("r") }), "desk"),
    ];
    let rules: &dyn Rules = &**RULES;
    for (command, room) in rooms {
        let ctx = Ctx { now: park.now, actor: &Actor::Operator, rules };
        let refusal = park.zone().decide(Rooms { profile: &PROFILE }, command, &ctx).unwrap_err();
        assert_eq!(refusal.room(), room);
    }
}

#[test]
fn somebody_new_is_registered_appointed_and_invited_in_one_submission_or_not_at_all() {
    let mut park = Park::new();
    let Command::Enrol(enrolment) = enrol(&park, 7, None, "commuter-pass", None) else { unreachable!() };
    let invitation = enrolment.invitation.unwrap();
    let appointing = |post| {
        Command::Appoint(Box::new(crate::Appointing {
            register: enrolment.register.clone(),
            post,
            invitation: invitation.clone(),
        }))
    };
    let immigration = || crate::Post::Office("hk-immigration".parse().unwrap());
    park.check(CLERK, appointing(immigration()), "refused: nothing permits it");
    park.check("operator", appointing(crate::Post::Office("nobody".parse().unwrap())), "refused: office-must-be-known");
    park.check("operator", appointing(immigration()), "person_registered + officer_appointed + invited");
}
