//! Generated parks: events as the rooms would have made them, written straight into a log or folded straight into a zone.
//!
//! Everybody in them is synthetic. What is measured afterwards goes through the product's own code.

use anyhow::Context;
use base::{
    Actor, Bank, CaseId, Date, Direction, Instant, Key, Language, Localised, OrganisationId, PermitId, PersonId,
    Recorded, Sealed, Subject,
};
use cases::{About, Clock, Leg, LegState, LegVerdict, Outcome};
use desk::{Details, Envelope, Event, Zone, context};
use park::{Clock as ParkClock, Options, Park};
use permits::{Form, Issue, Scope};
use profile::{JointOutcome, LegKind};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use vault::Vault;

pub const ORIGIN: &str = "http://localhost:8080";
/// Acts for the Immigration Department in the zone of a million cases.
pub const OFFICER: PersonId = PersonId(2);
const SALT: &str = "AAAAAAAAAAAAAAAAAAAAAA";

pub fn zone_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../zones/hetao")
}

pub fn key(text: &str) -> Key {
    Key::new(text).unwrap_or_default()
}

/// A Wednesday morning on which every gate is open: 2026-11-18, 08:30 in both parks.
pub fn morning() -> Instant {
    Instant(1_794_960_000_000 + 30 * Instant::MINUTE)
}

/// Opens a park whose clock shows that morning.
pub fn open(data: Option<&Path>) -> anyhow::Result<(Park, JoinHandle<()>)> {
    open_at(data, morning())
}

pub fn open_at(data: Option<&Path>, now: Instant) -> anyhow::Result<(Park, JoinHandle<()>)> {
    let options = Options {
        zone: zone_folder(),
        data: data.map(Path::to_owned),
        clock: ParkClock::showing(now),
        origin: ORIGIN.to_owned(),
        settings: desk::Settings::default(),
    };
    Park::open(options).map_err(|error| anyhow::anyhow!("{error}"))
}

pub fn envelope(event: Event, at: Instant) -> Vec<u8> {
    Envelope { salt: SALT.into(), at, by: Actor::System, key: None, event }.encode()
}

fn organisation(number: u32) -> Event {
    let name = format!("Organisation {number} (synthetic)");
    Event::Parties(parties::Event::OrganisationRegistered {
        organisation: OrganisationId(number),
        name: Localised { zh_hant: name.clone(), zh_hans: name.clone(), en: name },
        bank: if number.is_multiple_of(2) { Bank::North } else { Bank::South },
        key: None,
        synthetic: true,
    })
}

fn registered(person: PersonId, subject: &Subject, details: Sealed) -> Event {
    Event::Parties(parties::Event::PersonRegistered {
        person,
        subject: subject.clone(),
        details,
        home_bank: Bank::South,
        employer: Some(OrganisationId(person.0 % 100 + 1)),
        host: None,
        language: Language::ZhHant,
        synthetic: true,
    })
}

fn confirmed(person: PersonId, number: Sealed) -> Event {
    let expires = Date::constant(2030, 12, 31);
    Event::Parties(parties::Event::DocumentConfirmed { person, kind: key("passport"), number, expires })
}

fn issued(person: PersonId, from: Instant) -> Event {
    let issue = Issue {
        case: CaseId(person.0),
        kind: key("commuter"),
        holder: person,
        organisation: Some(OrganisationId(person.0 % 100 + 1)),
        valid_from: from,
        valid_until: from.plus(365 * Instant::DAY),
        scope: Scope {
            bridges: vec![key("west-bridge"), key("east-bridge")],
            directions: Direction::BOTH.to_vec(),
            minute_from: 390,
            minute_until: 1_350,
            weekdays: (1..=7).collect(),
        },
    };
    Event::Permits(permits::Event::Issued { permit: PermitId(person.0), issue })
}

/// The events that make `count` holders of a pass whose key is `thumbprint`, sealed for real.
pub fn holders(vault: &Vault, count: u32, thumbprint: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    let at = morning().plus(-Instant::DAY);
    let mut entries: Vec<Vec<u8>> = (1..=100).map(|number| envelope(organisation(number), at)).collect();
    let subjects = vault.create_subjects(usize::try_from(count)?)?;
    for (number, subject) in (1..=count).zip(&subjects) {
        let person = PersonId(number);
        let details = Details { family_name: "虛構".into(), given_name: format!("{number}"), ..Details::default() };
        let document = vault.seal(subject, context::DOCUMENT_NUMBER, format!("ZZ{number:07}").as_bytes())?;
        entries.push(envelope(registered(person, subject, vault.seal_json(subject, context::DETAILS, &details)?), at));
        entries.push(envelope(confirmed(person, document), at));
        entries.push(envelope(issued(person, at), at));
        let bound = permits::Event::HolderKeyBound {
            permit: PermitId(number),
            thumbprint: thumbprint.into(),
            form: Form::Portal,
        };
        entries.push(envelope(Event::Permits(bound), at));
    }
    Ok(entries)
}

/// Writes entries into the log of a data folder, with the keys that a park there will have.
pub fn write_log(data: &Path, vault: &Vault, entries: &[Vec<u8>]) -> anyhow::Result<u64> {
    let origin = "hetao.hetao.example/log";
    let keys = eventlog::LogKeys::from_seeds(origin, *vault.secret("log-ed25519")?, *vault.secret("log-ml-dsa-44")?)?;
    let storage = Box::new(eventlog::sqlite::Sqlite::open(&data.join("log.sqlite"))?);
    let (mut log, _) = eventlog::Log::open(storage, keys)?;
    for group in entries.chunks(1_000) {
        log.append(group, morning().plus(-Instant::DAY).0)?;
    }
    Ok(log.size())
}

/// A sealed field of the usual size that nobody will open.
fn sealed(number: u32) -> Sealed {
    Sealed { of: Subject(format!("{number:022}").into()), ciphertext: "x".repeat(180).into() }
}

/// What is sealed of one person: whose key, the details, the document's number.
pub type SealedPerson = (Subject, Sealed, Sealed);

/// For where nobody will open it.
pub fn unopenable(number: u32) -> SealedPerson {
    let mut details = sealed(number);
    details.ciphertext = "x".repeat(420).into();
    (details.of.clone(), details, sealed(number))
}

/// Folds `people` people and `cases` cases into a zone. Nine cases in ten are decided; the others wait in the queues of
/// both banks' offices.
pub fn big_zone(
    people: u32,
    cases: u32,
    seal: &dyn Fn(u32) -> SealedPerson,
    each: &mut dyn FnMut(&Event, Instant),
) -> Zone {
    let mut zone = Zone::default();
    let actor = Actor::System;
    let start = morning().plus(-200 * Instant::DAY);
    let mut fold = |event: Event, at: Instant| {
        each(&event, at);
        zone.evolve(&event, &Recorded { sequence: zone.size, at, actor: &actor });
    };
    (1..=100).for_each(|number| fold(organisation(number), start));
    for number in 1..=people {
        let (subject, details, document) = seal(number);
        fold(registered(PersonId(number), &subject, details), start);
        fold(confirmed(PersonId(number), document), start);
    }
    let appointed = parties::Event::OfficerAppointed { person: OFFICER, office: key("hk-immigration") };
    fold(Event::Parties(appointed), start);
    for number in 1..=cases {
        let at = start.plus(i64::from(number) * 15_000);
        case_events(number, PersonId(number % people + 1)).into_iter().for_each(|event| fold(event, at));
    }
    zone
}

/// One case from its opening as far as it has come.
pub fn case_events(number: u32, subject: PersonId) -> Vec<Event> {
    let case = CaseId(number);
    let opened = cases::Event::Opened {
        case,
        service: key("commuter-pass"),
        service_version: 1,
        applicant: PersonId(1),
        organisation: Some(OrganisationId(subject.0 % 100 + 1)),
        about: About::Person(subject),
        subject,
        answers: Some(sealed(number)),
        requested_day: None,
        disclosed: cases::Disclosed::default(),
    };
    let mut events = vec![opened, cases::Event::Submitted { case, legs: legs(), rule: JointOutcome::All }];
    if !number.is_multiple_of(10) {
        for leg in ["hong-kong", "shenzhen"] {
            events.push(decided(case, key(leg)));
        }
        events.push(cases::Event::Decided { case, outcome: Outcome::Approved });
    }
    events.into_iter().map(Event::Cases).collect()
}

fn decided(case: CaseId, leg: Key) -> cases::Event {
    let ruling = base::Answer {
        outcome: base::Outcome::Permitted,
        policies: vec![key("officer-decides-own-leg")],
        version: key("r0123456789abcdef"),
    };
    cases::Event::LegDecided {
        case,
        leg,
        verdict: LegVerdict::Approved,
        officer: Some(PersonId(2)),
        reason: Some(sealed(case.0)),
        ruling,
    }
}

fn legs() -> Vec<Leg> {
    let leg = |name: &str, office: &str, bank, working_days| Leg {
        key: key(name),
        office: key(office),
        bank,
        kind: LegKind::Decide,
        after: Box::default(),
        state: LegState::Open,
        clock: Clock::Due { due: Date::constant(2026, 11, 25), working_days },
        officer: None,
        decided_at: None,
    };
    vec![leg("hong-kong", "hk-immigration", Bank::South, 5), leg("shenzhen", "sz-exit-entry", Bank::North, 3)]
}

pub fn temporary() -> anyhow::Result<tempfile::TempDir> {
    tempfile::TempDir::new_in(env!("CARGO_MANIFEST_DIR")).context("a temporary folder on the disk that is measured")
}
