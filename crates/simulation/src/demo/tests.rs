//! The demonstration: seeded once, found again, alive.

use super::*;
use base::{Actor, Bank, Instant, Key, PersonId};
use cases::{Stage, Urgency};
use desk::{Settings, digest, replay};
use park::{Clock, Options, Park};
use permits::Status;
use profile::Profile;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

fn zone_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

fn open(data: Option<&Path>, clock: Clock) -> (Park, JoinHandle<()>) {
    let options = Options {
        zone: zone_folder(),
        data: data.map(Path::to_owned),
        clock,
        origin: "http://127.0.0.1:1".to_owned(),
        settings: Settings::default(),
        push_hosts: park::PushHosts::Public,
    };
    Park::open(options).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn persona(seeded: &Seeded, key: &str) -> PersonId {
    seeded.personas[&Key::new(key).unwrap()].person().unwrap()
}

#[test]
fn the_clock_shows_a_working_morning_and_goes_on_where_the_log_ended() {
    let profile = Profile::load(&zone_folder()).unwrap();
    let first = demo_clock(&profile, None).now();
    assert!(matches!(profile.local_minute(Bank::South, first), 490 | 491));
    assert!(crate::days::is_working_day(&profile, profile.local_date(Bank::South, first)));
    assert!(first < Clock::system().now(), "the morning is past");

    let noon = first.plus(4 * Instant::HOUR);
    let again = demo_clock(&profile, Some(noon)).now();
    assert!(again > noon && again.since(noon) < Instant::MINUTE);

    let night = first.plus(15 * Instant::HOUR);
    let next_morning = demo_clock(&profile, Some(night)).now();
    assert!(next_morning > night);
    assert!(matches!(profile.local_minute(Bank::South, next_morning), 490 | 491));
    assert!(crate::days::is_working_day(&profile, profile.local_date(Bank::South, next_morning)));
}

#[test]
fn a_demonstration_has_something_to_show_everybody() {
    let profile = Profile::load(&zone_folder()).unwrap();
    let (park, writer) = open(None, demo_clock(&profile, None));
    let runtime = runtime();
    let seeded = runtime.block_on(seed(&park)).unwrap();
    let (zone, now) = (park.zone(), park.now());

    assert_eq!(seeded.personas.len(), profile.personas.len(), "every persona can sign in");
    assert_eq!(zone.parties.organisations.len(), profile.demo_organisations.len());
    assert!(zone.parties.persons.len() > 300, "{} people", zone.parties.persons.len());
    assert!(zone.parties.persons.values().all(|person| person.synthetic));

    let stage = |key: &str| cases::of_subject(&zone.cases, persona(&seeded, key)).next().map(|(_, case)| case.stage);
    assert_eq!(stage("researcher-shenzhen"), Some(Stage::Confirming));
    let statuses = |key: &str| {
        permits::of_holder(&zone.permits, persona(&seeded, key)).map(|(_, permit)| permit.status).collect::<Vec<_>>()
    };
    assert_eq!(statuses("engineer-hong-kong"), [Status::Valid]);
    assert_eq!(statuses("leaver"), [Status::Revoked]);
    assert_eq!(stage("leaver"), Some(Stage::Deciding), "an erasure waits to be decided");

    assert_eq!(appealed_to(&zone), ["hk-supervision"], "an appeal waits at the bank that refused");

    let counts = cases::case_counts(&zone.cases).map(|(_, counts)| counts);
    let total = counts.fold((0, 0, 0, 0), |sum, one| {
        (sum.0 + one.confirming, sum.1 + one.deciding, sum.2 + one.approved, sum.3 + one.refused)
    });
    assert!(total.0 >= 4 && total.1 >= 20 && total.2 >= 200 && total.3 >= 5, "{total:?}");

    for (key, actor) in &seeded.personas {
        let Actor::Clerk { organisation, .. } = actor else { continue };
        let (id, roster) = zone.cases.rosters.iter().rfind(|(_, roster)| roster.organisation == *organisation).unwrap();
        assert_eq!((roster.applied, roster.faulty), (10, 4), "{key}'s roster is half mended");
        assert_eq!(runtime.block_on(park.roster_rows(*id)).unwrap().faulty.len(), 4);
    }

    let urgencies: Vec<Urgency> = zone
        .cases
        .cases
        .values()
        .flat_map(|case| case.legs.iter().map(move |leg| (case, leg)))
        .filter(|(case, leg)| case.stage == Stage::Deciding && leg.state.is_undecided())
        .filter_map(|(case, leg)| cases::urgency(&zone.cases, &profile, case, leg, now))
        .collect();
    for wanted in [Urgency::InTime, Urgency::Warned, Urgency::Pressing, Urgency::Stopped] {
        assert!(urgencies.contains(&wanted), "{wanted:?} is missing in {urgencies:?}");
    }
    assert_eq!(urgencies.iter().filter(|urgency| **urgency == Urgency::Breached).count(), 1, "one is too late");

    for status in [Status::Valid, Status::Suspended, Status::Revoked] {
        assert!(zone.permits.permits.values().any(|permit| permit.status == status), "{status:?}");
    }
    for bank in Bank::BOTH {
        assert!(zone.people.watch.values().any(|watch| watch.bank == bank), "{bank}");
        assert!(people::place_of(&zone.people, persona(&seeded, "engineer-hong-kong")).is_some());
    }
    let (north, south) = people::presence_counts(&zone.people);
    assert!(north > 20 && south > 20, "{north} and {south}");
    assert!(!zone.people.passages.is_empty(), "somebody is on a bridge");
    assert!(!people::open_items(&zone.people, &profile, now).is_empty(), "an office has an open item");
    let tallies: Vec<_> = zone.people.tallies.values().collect();
    assert!(tallies.iter().map(|tally| tally.passed).sum::<u32>() > 1_500);
    assert!(tallies.iter().any(|tally| tally.refused > 0) && tallies.iter().any(|tally| tally.referred > 0));
    assert!(zone.last_at <= now, "nothing is in the future");

    runtime.block_on(the_morning_goes_on_until_it_is_stopped(&park, &seeded));
    drop(park);
    // The handle has let the park go: its writer ends.
    writer.join().unwrap();
}

fn appealed_to(zone: &desk::Zone) -> Vec<&str> {
    let appeals = zone.cases.cases.iter().filter(|(_, case)| case.service.as_str() == "appeal");
    appeals.flat_map(|(_, case)| case.legs.iter().map(|leg| leg.office.as_str())).collect()
}

/// On the park that was seeded above: seeding takes longer than all the rest.
async fn the_morning_goes_on_until_it_is_stopped(park: &Park, seeded: &Seeded) {
    let (size, passage) = (park.zone().size, park.zone().people.last_passage);
    let handle = live(park.clone(), seeded, 7);
    for _ in 0..150 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        if park.zone().people.last_passage > passage {
            break;
        }
    }
    assert!(park.zone().people.last_passage > passage, "nobody came to a gate");
    assert!(park.zone().size > size);
    let mut personas = seeded.personas.values().filter_map(Actor::person);
    assert!(personas.all(|person| {
        permits::of_holder(&park.zone().permits, person).all(|(_, permit)| permit.bindings.len() <= 1)
    }));
    handle.stop().await;
}

#[test]
fn a_second_start_finds_the_personas_and_seeds_nothing_twice() {
    let data = tempfile::tempdir().unwrap();
    let profile = Profile::load(&zone_folder()).unwrap();
    let runtime = runtime();
    let (park, writer) = open(Some(data.path()), demo_clock(&profile, None));
    let first = runtime.block_on(seed(&park)).unwrap();
    let last_at = park.zone().last_at;
    let (size, before) = (park.zone().size, digest(&park.zone()).unwrap());
    let replayed = replay(park.desk.log(), desk::Zone::default(), size, true, &mut |_| {}).unwrap();
    assert_eq!(digest(&replayed.zone).unwrap(), before, "the log folds to what was seeded");
    drop(park);
    writer.join().unwrap();

    let (park, _writer) = open(Some(data.path()), demo_clock(&profile, Some(last_at)));
    let second = runtime.block_on(seed(&park)).unwrap();
    assert_eq!(second.personas, first.personas);
    assert_eq!(park.zone().size, size);
    assert_eq!(digest(&park.zone()).unwrap(), before);
}
