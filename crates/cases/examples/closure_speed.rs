//! How long it takes to close an office that a million cases wait for, to read its queue in the order of the dates that hold
//! then, and to look for what is to be told: `cargo run --release -p cases --example closure_speed [CASES]`.

use base::{Actor, Bank, CaseId, ClosureId, Date, Instant, Key, PersonId, Recorded};
use cases::{About, Clock, Disclosed, Event, Leg, LegState, State};
use profile::{HalfDay, JointOutcome, LegKind, Profile};
use std::path::Path;
use std::time::Instant as Stopwatch;

const OFFICE: &str = "hk-immigration";
const SERVICES: [&str; 3] = ["commuter-pass", "visitor-pass", "pass-revocation"];
/// 2026-11-23 09:00 in Hong Kong.
const NOW: Instant = Instant(1_795_395_600_000);
/// Clocks have begun on each of so many days.
const DAYS: i64 = 60;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let cases: u32 = std::env::args().nth(1).map_or(Ok(1_000_000), |count| count.parse())?;
    let zone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao");
    let profile = Profile::load(&zone).map_err(|faults| format!("{} faults in the zone folder", faults.len()))?;
    let mut state = State::default();
    let actor = Actor::System;
    let recorded = Recorded { sequence: 0, at: NOW, actor: &actor };
    let started = Stopwatch::now();
    for number in 1..=cases {
        waiting(&mut state, number, &recorded)?;
    }
    told("cases folded", started, cases);

    let before = order(&state, &profile);
    let day: Date = "2026-11-23".parse()?;
    let declared = Event::ClosureDeclared {
        closure: ClosureId(1),
        kind: key("gale")?,
        bank: Bank::South,
        offices: vec![key(OFFICE)?],
        from: HalfDay::morning(day),
        until: HalfDay::afternoon(day),
    };
    let started = Stopwatch::now();
    cases::evolve(&mut state, &declared, &recorded);
    told("the office is closed for a day", started, 1);
    let after = order(&state, &profile);
    assert_ne!(before, after, "the closure moved the dates");

    let started = Stopwatch::now();
    let shown = cases::for_office(&state, &profile, OFFICE, NOW).take(25).count();
    told("the first page of the queue", started, u32::try_from(shown)?);
    let started = Stopwatch::now();
    let due = cases::reminders(&state, &profile, NOW.plus(Instant::DAY), 100_000).len();
    told("a day's notices found", started, u32::try_from(due)?);
    let office = profile.office(&key(OFFICE)?).ok_or("no such office")?;
    let started = Stopwatch::now();
    let forecast = cases::forecast(&state, &profile, office, NOW, 10).ok_or("no forecast")?;
    told("the forecast for ten days", started, forecast.late());
    Ok(())
}

fn key(text: &str) -> Result<Key, Failure> {
    Ok(text.parse()?)
}

/// A case that the office has to decide, its clock begun on one of the last days.
fn waiting(state: &mut State, number: u32, recorded: &Recorded) -> Result<(), Failure> {
    let case = CaseId(number);
    let service = key(SERVICES.get(number as usize % SERVICES.len()).copied().unwrap_or_default())?;
    let since: Date = "2026-11-20".parse()?;
    let since = since.checked_sub(jiff::Span::new().days(i64::from(number) * 7 % DAYS))?;
    let person = PersonId(number % 10_000 + 1);
    let opened = Event::Opened {
        case,
        service,
        service_version: 1,
        applicant: person,
        organisation: None,
        about: About::Person(person),
        subject: person,
        answers: None,
        requested_day: None,
        disclosed: Disclosed::default(),
        attachments: Vec::new(),
    };
    let leg = Leg {
        key: key("hong-kong")?,
        office: key(OFFICE)?,
        bank: Bank::South,
        kind: LegKind::Decide,
        after: Box::default(),
        state: LegState::Open,
        clock: Clock::start(since, 5),
        officer: None,
        decided_at: None,
        work: None,
    };
    cases::evolve(state, &opened, recorded);
    cases::evolve(state, &Event::Submitted { case, legs: vec![leg], rule: JointOutcome::All }, recorded);
    Ok(())
}

/// The dates of the queue's groups, in their order; it says how long they took.
fn order(state: &State, profile: &Profile) -> Vec<Option<Date>> {
    let started = Stopwatch::now();
    let groups = cases::groups(state, profile, OFFICE, NOW);
    let dates: Vec<Option<Date>> = groups.iter().map(|group| group.due).collect();
    assert!(dates.is_sorted(), "the queue is in the order of its dates");
    told("groups put in order", started, u32::try_from(dates.len()).unwrap_or(u32::MAX));
    dates
}

fn told(what: &str, started: Stopwatch, count: u32) {
    println!("{what}: {:.3} ms ({count})", started.elapsed().as_secs_f64() * 1_000.0);
}
