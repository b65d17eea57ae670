//! `hetao erase`, and what is in clear in a data folder before and after it.

use crate::park_folder::{ParkFolder, everybody, files_of};
use crate::program::on;
use crate::server::Server;
use aho_corasick::AhoCorasick;
use base::{Actor, CaseId, DelegationId, Key, PersonId};
use cases::{About, LegVerdict};
use desk::{Details, Event};
use park::{LegDecision, Park};
use std::fs;
use std::path::Path;
use tokio::runtime::Runtime;

/// Letters are for people to read, so the outbox has their address and greeting in clear; a park with a mail server has
/// no outbox.
const OUTBOX: &str = "outbox";
/// Shorter texts turn up by chance in a megabyte of ciphertext.
const BYTES_MIN: usize = 6;

/// What the files must not hold.
fn personal(details: &Details) -> Vec<String> {
    let name = details.name();
    [&name, &details.latin_name, &details.document_number, &details.email, &details.mobile]
        .into_iter()
        .filter(|text| text.len() >= BYTES_MIN)
        .cloned()
        .collect()
}

/// The files in which one of the texts stands in clear.
fn found_in(data: &Path, texts: &[String], with_outbox: bool) -> Vec<String> {
    let search = AhoCorasick::new(texts).unwrap();
    let mut found = Vec::new();
    for file in files_of(data) {
        let is_letter = file.strip_prefix(data).unwrap().starts_with(OUTBOX);
        if is_letter && !with_outbox {
            continue;
        }
        if let Some(held) = search.find(&fs::read(&file).unwrap()) {
            found.push(format!("{} in {}", texts[held.pattern().as_usize()], file.display()));
        }
    }
    found
}

fn ask_for_erasure(park: &Park, runtime: &Runtime, person: PersonId) -> CaseId {
    let service = Key::new("personal-data-erasure").unwrap();
    let form = serde_json::json!({ "ground": "left-the-park", "understands": true });
    let actor = Actor::Person { person };
    let opened = park.open_case(&actor, &service, About::Person(person), &form, None);
    let receipt = runtime.block_on(opened).unwrap();
    let case = receipt.events.iter().find_map(|event| match event {
        Event::Cases(cases::Event::Opened { case, .. }) => Some(*case),
        _ => None,
    });
    case.unwrap()
}

fn approve(park: &Park, runtime: &Runtime, case: CaseId) {
    let zone = park.zone();
    let leg = cases::case(&zone.cases, case).unwrap().legs[0].clone();
    let officer = zone.parties.officers.get(&leg.office).and_then(|officers| officers.get_min().copied());
    let officer = officer.unwrap_or_else(|| {
        let person = *zone.parties.persons.keys().next().unwrap();
        let command = parties::Command::AppointOfficer { person, office: leg.office.clone() };
        runtime.block_on(park.desk.command(Actor::Operator, park.now(), command)).unwrap();
        person
    });
    let actor = Actor::Officer { person: officer, office: leg.office };
    let reason = "The person has left the park.".to_owned();
    let decision = LegDecision { case, leg: leg.key, verdict: LegVerdict::Approved, reason };
    runtime.block_on(park.decide_leg(&actor, decision)).unwrap();
}

/// An organisation lets the person act for it, and a program of theirs has a token for that.
fn give_delegation(park: &Park, runtime: &Runtime, person: PersonId) -> DelegationId {
    let zone = park.zone();
    let clerk = zone.parties.persons.iter().find_map(|(id, known)| Some((*id, known.clerk_of?)));
    let (clerk, organisation) = clerk.unwrap();
    let bank = parties::organisation(&zone.parties, organisation).unwrap().bank;
    let today = park.profile.local_date(bank, park.now());
    let scope = parties::Scope {
        services: Default::default(),
        acts: parties::DelegatedAct::ALL.into(),
        applications_max: None,
        from: today,
        until: today,
    };
    let submit =
        |actor, command: parties::Command| runtime.block_on(park.desk.command(actor, park.now(), command)).unwrap();
    let offer = parties::Command::OfferDelegation { organisation, delegate: person, scope };
    let offered = submit(Actor::Clerk { person: clerk, organisation }, offer);
    let delegation = offered.events.iter().find_map(|event| match event {
        Event::Parties(parties::Event::DelegationOffered { delegation, .. }) => Some(*delegation),
        _ => None,
    });
    let delegation = delegation.unwrap();
    submit(Actor::Person { person }, parties::Command::AcceptDelegation { delegation });
    let bearer = Actor::Delegate { person, organisation, delegation };
    let expires_at = park.now().plus(base::Instant::DAY);
    submit(bearer.clone(), parties::Command::IssueToken { bearer, expires_at });
    delegation
}

/// An employee who was applied for by roster and holds a pass, as most do.
fn somebody(park: &Park) -> PersonId {
    let zone = park.zone();
    let ordinary = |person: &parties::Person| {
        person.employer.is_some() && person.offices.is_empty() && person.clerk_of.is_none() && person.document.is_some()
    };
    let mut people = zone.parties.persons.iter().filter(|(_, person)| ordinary(person)).map(|(id, _)| *id);
    people.find(|id| permits::of_holder(&zone.permits, *id).next().is_some()).unwrap()
}

#[test]
fn nothing_personal_is_in_clear_in_any_file_of_a_park() {
    let folder = ParkFolder::seeded();
    let people = folder.open(|park, _| everybody(park));
    assert!(people.len() > 50);
    let texts: Vec<String> = people.iter().flat_map(|(_, details)| personal(details)).collect();
    assert!(texts.len() > 200);
    assert_eq!(found_in(&folder.path(), &texts, false), Vec::<String>::new());
}

#[test]
fn an_approved_case_erases_the_person_everywhere_and_the_log_still_verifies() {
    let folder = ParkFolder::seeded();
    let (person, details, others, delegation) = folder.open(|park, runtime| {
        let person = somebody(park);
        let delegation = give_delegation(park, runtime, person);
        let case = ask_for_erasure(park, runtime, person);
        approve(park, runtime, case);
        let others = everybody(park).into_iter().filter(|(id, _)| *id != person).collect::<Vec<_>>();
        (person, park.details(person).unwrap(), others, delegation)
    });
    let json = on(&folder.path(), &["erase", &person.to_string(), "--demo", "--json"]).ending_with(0).json();
    assert_eq!((&json["ok"], &json["key_destroyed"]), (&true.into(), &true.into()), "{json}");
    assert!(json["entry"].is_u64());

    assert_eq!(found_in(&folder.path(), &personal(&details), false), Vec::<String>::new());
    assert_eq!(found_in(&folder.path(), &[details.email], true), Vec::<String>::new(), "a letter was left");
    on(&folder.path(), &["verify"]).ending_with(0);
    folder.open(|park, _| {
        assert_eq!(park.details(person), None);
        let zone = park.zone();
        let in_force = permits::of_holder(&zone.permits, person).filter(|(_, p)| p.status != permits::Status::Revoked);
        assert_eq!(in_force.count(), 0, "a pass of somebody erased is still in force");
        assert_eq!(everybody(park), others, "somebody else lost their data");
        let known = parties::delegation(&zone.parties, delegation).unwrap();
        let standing = parties::standing(&zone.parties, &park.profile, known, park.now());
        assert_eq!(standing, parties::DelegationStanding::Ended, "whoever is erased acts for nobody");
        let tokens = zone.parties.tokens.values().filter(|token| token.bearer.person() == Some(person));
        let revoked: Vec<bool> = tokens.map(|token| token.revoked_at.is_some()).collect();
        assert_eq!(revoked, [true], "nor does a program of theirs");
    });

    // Whoever runs it again, after an interruption or by mistake, is told that it is done.
    let again = on(&folder.path(), &["erase", &person.to_string(), "--demo", "--json"]).ending_with(0).json();
    assert_eq!((&again["key_destroyed"], again["entry"].is_null()), (&false.into(), true));
}

#[test]
fn without_an_approved_case_nobody_is_erased() {
    let folder = ParkFolder::seeded();
    let person = folder.open(|park, _| somebody(park));
    let run = on(&folder.path(), &["erase", &person.to_string(), "--demo"]).ending_with(1);
    assert!(run.stderr.contains("no case"), "{}", run.stderr);
    folder.open(|park, runtime| ask_for_erasure(park, runtime, person));
    let run = on(&folder.path(), &["erase", &person.to_string(), "--demo"]).ending_with(1);
    assert!(run.stderr.contains("not approved"), "{}", run.stderr);
    on(&folder.path(), &["erase", "P-4000000", "--demo"]).ending_with(1);
    folder.open(|park, _| {
        assert!(park.details(person).is_some());
        assert!(!parties::person(&park.zone().parties, person).unwrap().erased);
    });
}

#[test]
fn erasing_waits_until_the_server_is_stopped() {
    let folder = ParkFolder::seeded();
    let server = Server::start(&folder.path(), &["--demo"]);
    let run = on(&folder.path(), &["erase", "P-1", "--demo"]).ending_with(3);
    assert!(run.stderr.contains("stop it, do this, start it again"), "{}", run.stderr);
    assert_eq!(server.end(), Some(0));
}
