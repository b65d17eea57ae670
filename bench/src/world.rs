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
/// People up to this number work for no organisation: whoever is appointed decides the cases of any.
pub const OFFICERS_MAX: u32 = 1_001;
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
        push_hosts: park::PushHosts::Public,
    };
    Park::open(options).map_err(|error| anyhow::anyhow!("{error}"))
}

pub fn envelope(event: Event, at: Instant) -> Vec<u8> {
    envelope_by(event, at, Actor::System)
}

pub fn envelope_by(event: Event, at: Instant, by: Actor) -> Vec<u8> {
    Envelope { salt: SALT.into(), at, by, key: None, event }.encode()
}

pub fn appointed(person: PersonId, office: Key) -> Event {
    Event::Parties(parties::Event::OfficerAppointed { person, office })
}

/// A hundred organisations, and a person for each subject, with a name and a document that open, who consented to what a
/// commuter pass rests on.
pub fn people(vault: &Vault, subjects: &[Subject], at: Instant) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut entries: Vec<Vec<u8>> = (1..=100).map(|number| envelope(organisation(number), at)).collect();
    for (number, subject) in (1..).zip(subjects) {
        let person = PersonId(number);
        let (_, details, document) = opening(vault, number, subject)?;
        entries.push(envelope(registered(person, subject, details), at));
        entries.push(envelope(confirmed(person, document), at));
        for consent in ["hong-kong-clearance", "shenzhen-clearance"] {
            let given = parties::Event::ConsentGiven { person, consent: key(consent), version: 1 };
            entries.push(envelope_by(Event::Parties(given), at, Actor::Person { person }));
        }
    }
    Ok(entries)
}

/// What is sealed of one person, so that it opens.
pub fn opening(vault: &Vault, number: u32, subject: &Subject) -> anyhow::Result<SealedPerson> {
    let details = Details {
        family_name: "虛構".into(),
        given_name: format!("甲{number}"),
        latin_name: format!("SYNTHETIC {number}"),
        ..Details::default()
    };
    let document = vault.seal(subject, context::DOCUMENT_NUMBER, format!("ZZ{number:07}").as_bytes())?;
    Ok((subject.clone(), vault.seal_json(subject, context::DETAILS, &details)?, document))
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
        employer: (person.0 > OFFICERS_MAX).then_some(OrganisationId(person.0 % 100 + 1)),
        host: None,
        language: Language::ZhHant,
        synthetic: true,
    })
}

fn confirmed(person: PersonId, number: Sealed) -> Event {
    let expires = Date::constant(2030, 12, 31);
    Event::Parties(parties::Event::DocumentConfirmed { person, kind: key("passport"), number, expires })
}

/// One pass for each case, of the same number.
fn issued(number: u32, person: PersonId, from: Instant) -> Event {
    let issue = Issue {
        case: CaseId(number),
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
    Event::Permits(permits::Event::Issued { permit: PermitId(number), issue })
}

fn bound(number: u32, thumbprint: &str, form: Form) -> Event {
    let permit = PermitId(number);
    Event::Permits(permits::Event::HolderKeyBound { permit, thumbprint: thumbprint.into(), form })
}

/// Both banks' watchlists, of `count` documents each that none of the holders has, sealed for real.
pub fn watchlists(vault: &Vault, count: u32) -> anyhow::Result<Vec<Vec<u8>>> {
    let at = morning().plus(-Instant::DAY);
    let subjects = vault.create_subjects(usize::try_from(2 * count)?)?;
    let listed = (1..).zip(&subjects).map(|(number, subject)| {
        let document = format!("YY{number:07}");
        let tag = desk::document_tag(vault, "passport", &document).context("a tag")?;
        let tag = vault.seal(subject, context::WATCH_TAG, &tag)?;
        let bank = if number % 2 == 0 { Bank::North } else { Bank::South };
        let event = people::Event::WatchListed { watch: base::WatchId(number), bank, tag };
        Ok(envelope(Event::People(event), at))
    });
    listed.collect()
}

/// The events that make `count` holders of a pass whose key is `thumbprint`, sealed for real.
pub fn holders(vault: &Vault, count: u32, thumbprint: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    let at = morning().plus(-Instant::DAY);
    let mut entries: Vec<Vec<u8>> = (1..=100).map(|number| envelope(organisation(number), at)).collect();
    let subjects = vault.create_subjects(usize::try_from(count)?)?;
    for (number, subject) in (1..=count).zip(&subjects) {
        let person = PersonId(number);
        let (_, details, document) = opening(vault, number, subject)?;
        entries.push(envelope(registered(person, subject, details), at));
        entries.push(envelope(confirmed(person, document), at));
        entries.push(envelope(issued(number, person, at), at));
        entries.push(envelope(bound(number, thumbprint, Form::Portal), at));
    }
    Ok(entries)
}

/// The log of a data folder, with the keys that a park there will have.
pub fn log(data: &Path, vault: &Vault) -> anyhow::Result<eventlog::Log> {
    let origin = "hetao.hetao.example/log";
    let keys = eventlog::LogKeys::from_seeds(origin, *vault.secret("log-ed25519")?, *vault.secret("log-ml-dsa-44")?)?;
    let storage = Box::new(eventlog::sqlite::Sqlite::open(&data.join("log.sqlite"))?);
    Ok(eventlog::Log::open(storage, keys)?.0)
}

pub fn write_log(data: &Path, vault: &Vault, entries: &[Vec<u8>]) -> anyhow::Result<u64> {
    let mut log = log(data, vault)?;
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

/// Folds `people` people and `cases` cases into a zone. Nine cases in ten are decided, and a pass was issued on each and
/// is carried on a phone; the others wait in the queues of both banks' offices.
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
    fold(appointed(OFFICER, key("hk-immigration")), start);
    for number in 1..=cases {
        let at = start.plus(i64::from(number) * 15_000);
        case_events(number, PersonId(number % people + 1), at).into_iter().for_each(|event| fold(event, at));
    }
    zone
}

/// One case from its opening as far as it has come.
pub fn case_events(number: u32, subject: PersonId, at: Instant) -> Vec<Event> {
    let case = CaseId(number);
    let opened = opened(case, subject, sealed(number));
    let submitted = cases::Event::Submitted { case, legs: legs(), rule: JointOutcome::All };
    let mut events = vec![Event::Cases(opened), Event::Cases(submitted)];
    if !number.is_multiple_of(10) {
        events.extend(
            ["hong-kong", "shenzhen"].map(|leg| Event::Cases(decided(case, key(leg), OFFICER, sealed(number)))),
        );
        events.push(Event::Cases(cases::Event::Decided { case, outcome: Outcome::Approved }));
        events.push(issued(number, subject, at));
        events.push(bound(number, &format!("{number:043}"), Form::Phone));
    }
    events
}

fn opened(case: CaseId, subject: PersonId, answers: Sealed) -> cases::Event {
    cases::Event::Opened {
        case,
        service: key("commuter-pass"),
        service_version: 1,
        applicant: PersonId(1),
        organisation: Some(OrganisationId(subject.0 % 100 + 1)),
        about: About::Person(subject),
        subject,
        answers: Some(answers),
        requested_day: None,
        disclosed: cases::Disclosed::default(),
        attachments: Vec::new(),
    }
}

/// One case of about ten actions, each by whoever does it, with all that was written sealed for real. One that waits was
/// handed in, and nobody has taken it yet.
pub fn whole_case(
    vault: &Vault,
    of: &Subject,
    number: u32,
    person: PersonId,
    at: Instant,
    waits: bool,
) -> anyhow::Result<Vec<(Actor, Event)>> {
    let case = CaseId(number);
    let written = |context, text: &str| vault.seal_json(of, context, text);
    let organisation = OrganisationId(person.0 % 100 + 1);
    let clerk = || Actor::Clerk { person: PersonId(1), organisation };
    let applicant = || Actor::Person { person };
    let answers =
        vault.seal_json(of, context::ANSWERS, &serde_json::json!({ "staff-number": format!("E-{number}") }))?;
    let submitted = cases::Event::Submitted { case, legs: legs(), rule: JointOutcome::All };
    let mut events = vec![(clerk(), opened(case, person, answers)), (applicant(), submitted)];
    if waits {
        return Ok(events.into_iter().map(|(by, event)| (by, Event::Cases(event))).collect());
    }
    let [south, north] = [("hong-kong", "hk-immigration"), ("shenzhen", "sz-exit-entry")];
    let officer = |office| (Actor::Officer { person: OFFICER, office: key(office) }, OFFICER);
    for (leg, office) in [south, north] {
        let (by, officer) = officer(office);
        events.push((by, cases::Event::LegTaken { case, leg: key(leg), officer }));
    }
    let (by, officer_who_asks) = officer(south.1);
    let question = written(context::QUESTION, "Which entrance will be used in the mornings?")?;
    let leg = key(south.0);
    let stopped = Clock::Stopped { left: 4, working_days: 5 };
    let asked = cases::Event::Asked { case, leg: leg.clone(), officer: officer_who_asks, question, clock: stopped };
    let answer = written(context::ANSWER, "The one beside the west bridge.")?;
    let clock = Clock::Due { due: Date::constant(2026, 11, 25), working_days: 5 };
    events.extend([(by, asked), (applicant(), cases::Event::Answered { case, leg, answer, clock })]);
    for (leg, office) in [south, north] {
        let (by, officer) = officer(office);
        events.push((by, decided(case, key(leg), officer, written(context::REASON, "Everything is in order.")?)));
    }
    let mut events: Vec<_> = events.into_iter().map(|(by, event)| (by, Event::Cases(event))).collect();
    events.push((Actor::System, Event::Cases(cases::Event::Decided { case, outcome: Outcome::Approved })));
    events.push((Actor::System, issued(number, person, at)));
    events.push((applicant(), bound(number, &format!("{number:043}"), Form::Phone)));
    Ok(events)
}

fn decided(case: CaseId, leg: Key, officer: PersonId, reason: Sealed) -> cases::Event {
    let ruling = base::Answer {
        outcome: base::Outcome::Permitted,
        policies: vec![key("officer-decides-own-leg")],
        version: key("r0123456789abcdef"),
    };
    cases::Event::LegDecided {
        case,
        leg,
        verdict: LegVerdict::Approved,
        officer: Some(officer),
        reason: Some(reason),
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
        work: None,
    };
    vec![leg("hong-kong", "hk-immigration", Bank::South, 5), leg("shenzhen", "sz-exit-entry", Bank::North, 3)]
}

pub fn temporary() -> anyhow::Result<tempfile::TempDir> {
    tempfile::TempDir::new_in(env!("CARGO_MANIFEST_DIR")).context("a temporary folder on the disk that is measured")
}
