//! Given a park with an employer and its clerk, when the clerk applies for people, then this is kept, sent and said.

mod clocks;
mod drafts;
mod erasing;
mod handing_on;
mod letters;
mod names;
mod post;
mod pushes;
mod rosters;
mod smtp;

use crate::{Clock, Options, Park, RosterReport, WorkError};
use base::{Actor, Bank, Instant, Key, Language, Localised, OrganisationId, PersonId};
use desk::{Details, Event, context};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

/// A park at work, and who applies there.
struct Employers {
    park: Park,
    writer: JoinHandle<()>,
    /// Two, each with a clerk.
    clerks: [(OrganisationId, Actor); 2],
}

fn open(data: Option<&Path>) -> (Park, JoinHandle<()>) {
    open_at(data, clock())
}

fn clock() -> Clock {
    Clock::showing(Instant::of("2026-11-23T01:00:00Z".parse().unwrap()))
}

fn open_at(data: Option<&Path>, clock: Clock) -> (Park, JoinHandle<()>) {
    open_zone(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao"), data, clock)
}

fn open_zone(zone: PathBuf, data: Option<&Path>, clock: Clock) -> (Park, JoinHandle<()>) {
    let options = Options {
        zone,
        data: data.map(Path::to_owned),
        clock,
        origin: "http://localhost:8080".to_owned(),
        settings: desk::Settings::default(),
        push_hosts: crate::PushHosts::Any,
    };
    Park::open(options).unwrap()
}

impl Employers {
    async fn new(data: Option<&Path>) -> Self {
        let data = data.map(Path::to_owned);
        let (park, writer) = tokio::task::spawn_blocking(move || open(data.as_deref())).await.unwrap();
        let clerks = [employer(&park, "One").await, employer(&park, "Two").await];
        Self { park, writer, clerks }
    }

    /// As after a crash: nothing is said to anybody, and the park is opened again from what is on the disk.
    async fn again(self, data: &Path) -> Self {
        let Self { park, writer, clerks } = self;
        drop(park);
        let data = data.to_owned();
        let opened = tokio::task::spawn_blocking(move || {
            writer.join().unwrap();
            open(Some(&data))
        });
        let (park, writer) = opened.await.unwrap();
        Self { park, writer, clerks }
    }

    async fn upload(&self, file: &str) -> Result<RosterReport, WorkError> {
        self.upload_by(0, file, None).await
    }

    async fn upload_by(&self, clerk: usize, file: &str, key: Option<&str>) -> Result<RosterReport, WorkError> {
        let (organisation, actor) = &self.clerks[clerk];
        let service = Key::new("commuter-pass").unwrap();
        self.park.upload_roster(actor, *organisation, &service, file.as_bytes(), key.map(Into::into)).await
    }

    fn people(&self) -> usize {
        self.park.zone().parties.persons.len()
    }
}

async fn employer(park: &Park, name: &str) -> (OrganisationId, Actor) {
    let name = Localised { zh_hant: name.into(), zh_hans: name.into(), en: name.into() };
    let register = parties::Command::RegisterOrganisation { name, bank: Bank::South, key: None, synthetic: true };
    let events = system(park, register).await;
    let Some(Event::Parties(parties::Event::OrganisationRegistered { organisation, .. })) = events.first() else {
        panic!("{events:?}")
    };
    let subject = park.one_subject().unwrap();
    let details = park.vault.seal_json(&subject, context::DETAILS, &Details::default()).unwrap();
    let register = parties::Command::RegisterPerson {
        subject,
        details,
        home_bank: Bank::South,
        employer: None,
        host: None,
        language: Language::En,
        synthetic: true,
    };
    let events = system(park, register).await;
    let Some(Event::Parties(parties::Event::PersonRegistered { person, .. })) = events.first() else {
        panic!("{events:?}")
    };
    let (person, organisation): (PersonId, OrganisationId) = (*person, *organisation);
    system(park, parties::Command::AppointClerk { person, organisation }).await;
    (organisation, Actor::Clerk { person, organisation })
}

async fn system(park: &Park, command: parties::Command) -> Vec<Event> {
    park.desk.command(Actor::System, park.now(), command).await.unwrap().events.to_vec()
}

/// A roster in English of people by number; `row` may change a row before it is written.
fn roster(numbers: impl IntoIterator<Item = u32>, row: impl Fn(u32, String) -> String) -> String {
    let template = ::rosters::template(Language::En);
    let (header, example) = template.split_once("\r\n").unwrap();
    let rows = numbers.into_iter().map(|number| {
        let person = example
            .replace("E-0001", &format!("E-{number:04}"))
            .replace("ZZ0000001", &format!("ZZ{number:07}"))
            .replace("tai.man.chan@", &format!("person-{number}@"));
        row(number, person.trim_end().to_owned())
    });
    let rows: Vec<String> = rows.collect();
    format!("{header}\r\n{}\r\n", rows.join("\r\n").trim_end())
}

fn good(numbers: impl IntoIterator<Item = u32>) -> String {
    roster(numbers, |_, row| row)
}

/// With a date of birth in the future.
fn faulty(numbers: impl IntoIterator<Item = u32>) -> String {
    roster(numbers, |_, row| row.replace("1990-01-31", "2990-01-31"))
}

#[tokio::test]
async fn whoever_was_registered_by_two_organisations_is_known_to_be_one_human_being() {
    let employers = Employers::new(None).await;
    let one = employers.upload_by(0, &good([1, 2]), None).await.unwrap().applied;
    let two = employers.upload_by(1, &good([2, 3]), None).await.unwrap().applied;
    assert_eq!(two.len(), 2, "each employer applies for its own people");
    let zone = employers.park.zone();
    let elsewhere = |person| employers.park.desk.outside().registered_elsewhere(&zone, person);
    assert_eq!(elsewhere(one[1].person), [two[0].person]);
    assert_eq!(elsewhere(two[0].person), [one[1].person]);
    assert_eq!((elsewhere(one[0].person), elsewhere(two[1].person)), (Vec::new(), Vec::new()));
}
