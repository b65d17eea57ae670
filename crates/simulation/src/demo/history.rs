//! The past that a demonstration begins with: three working weeks of paperwork and five days of crossings, written in
//! the order in which they would have happened.

use super::{clocks, queue, roster};
use crate::days;
use crate::dice::Dice;
use crate::enrol::{Handling, Roster, Span, answer, apply, confirm, handle, link_phones};
use crate::error::SimulationError;
use crate::founding::{Founded, Size, found};
use crate::paperwork::{Applicant, one};
use crate::play::agenda::{Showing, Step};
use crate::play::habits::Habits;
use crate::play::traffic::{Traffic, Traveller};
use crate::services::commuter_service;
use crate::stage::{OpenPark, Stage, all_accepted};
use base::{Actor, Bank, Date, Instant, Key, PersonId};
use profile::Profile;
use std::collections::VecDeque;

const EMPLOYERS: usize = 40;
const PEOPLE_EACH: u32 = 6;
/// Working days before the morning on which the park was founded.
const FOUNDED_DAYS_AGO: usize = 15;
const CROSSING_DAYS: usize = 5;
/// What the demonstration throws its dice with; another number would be another park.
const SEED: u64 = 20_260_722;
/// Travellers of this morning whose arrival the far door does not notice; officers settle about half of them.
const UNNOTICED: [usize; 5] = [20, 21, 22, 23, 24];
/// Things go wrong more often than they would, so that there is something to see.
const HABITS: Habits = Habits {
    absent: 60_000,
    forged: 3_000,
    stale: 9_000,
    unlinked: 5_000,
    replayed: 4_000,
    lent: 3_000,
    out_of_hours: 4_000,
    turned_back: 4_000,
    unnoticed: 1_500,
    lost: 4_000,
    left: 1_200,
};

/// The working days that count, and the morning that the clock shows.
pub(crate) struct Past {
    /// The morning's date first, then the working days before it.
    dates: VecDeque<Date>,
    pub now: Instant,
    pub expires: Date,
}

impl Past {
    fn of(profile: &Profile, now: Instant) -> Self {
        let today = profile.local_date(Bank::South, now);
        let mut dates = VecDeque::from([today]);
        let mut date = today;
        for _ in 0..FOUNDED_DAYS_AGO {
            date = days::before(profile, date);
            dates.push_back(date);
        }
        let expires = Date::new(today.year().saturating_add(4), 6, 30).unwrap_or(today);
        Self { dates, now, expires }
    }

    pub fn date(&self, days_ago: usize) -> Date {
        self.dates.get(days_ago).or(self.dates.back()).copied().unwrap_or_default()
    }

    pub fn at(&self, profile: &Profile, days_ago: usize, hour: i64, minute: i64) -> Instant {
        days::at(profile, self.date(days_ago), hour, minute)
    }

    pub fn span(&self, profile: &Profile, days_ago: usize, from: (i64, i64), until: (i64, i64)) -> Span {
        Span { from: self.at(profile, days_ago, from.0, from.1), until: self.at(profile, days_ago, until.0, until.1) }
    }
}

pub(crate) fn write(stage: &mut OpenPark) -> Result<(), SimulationError> {
    let profile = stage.park.profile.clone();
    let past = Past::of(&profile, stage.park.now());
    let mut dice = Dice::new(SEED);
    let size = Size { employers: EMPLOYERS, officers_each: 2, personas: true };
    let founded = found(stage, &size, past.at(&profile, FOUNDED_DAYS_AGO, 9, 0))?;
    let travellers = passes(stage, &founded, &past, &mut dice)?;
    let mut traffic = Traffic::new(stage, &founded, dice, 15);
    traffic.habits = HABITS;
    traffic.travellers = travellers;
    for days_ago in (1..=CROSSING_DAYS).rev() {
        traffic.plan_day(past.date(days_ago))?;
        queue::play(&mut traffic, &past, days_ago)?;
        traffic.run_until(past.at(&profile, days_ago, 23, 30))?;
    }
    this_morning(&mut traffic, &past, &profile)?;
    roster::upload(stage, &founded, &past)
}

/// Rosters of every employer, most of them approved; and the passes of the personas who have one.
fn passes(
    stage: &mut OpenPark,
    founded: &Founded,
    past: &Past,
    dice: &mut Dice,
) -> Result<Vec<Traveller>, SimulationError> {
    let profile = stage.park.profile.clone();
    let service = commuter_service(&profile)?;
    let mut number = 0;
    let mut rosters = Vec::new();
    for employer in founded.employers.iter().take(EMPLOYERS) {
        let people = (0..PEOPLE_EACH).map(|_| {
            number += 1;
            (number, employer.bank.other())
        });
        rosters.push(Roster { employer, people: people.collect() });
    }
    let span = past.span(&profile, 14, (9, 30), (12, 0));
    let mut applied = apply(stage, dice, &service, &rosters, None, past.expires, span)?;
    for persona in ["engineer-hong-kong", "leaver"] {
        let at = past.at(&profile, 14, 14, number as i64 % 2);
        number += 1;
        applied.extend(persona_case(stage, founded, persona, &service, number, at)?);
    }
    // A few never got round to it, and still have to confirm.
    let (waiting, confirming) = applied.split_at(4.min(applied.len()));
    tracing::debug!(waiting = waiting.len(), confirming = confirming.len(), "rosters are in");
    confirm(stage, &service, confirming, |_| past.expires, past.span(&profile, 13, (9, 0), (18, 0)))?;
    let first_look = |applicant: &Applicant, leg: &crate::paperwork::LegOf| match (applicant.number % 60, leg.bank) {
        (17, Bank::South) | (43, Bank::North) => Handling::Refuse,
        (29, Bank::North) | (11, Bank::South) => Handling::Ask,
        (_, _) => Handling::Approve,
    };
    handle(stage, founded, confirming, past.span(&profile, 12, (9, 0), (17, 30)), first_look)?;
    answer(stage, confirming, past.span(&profile, 11, (9, 0), (12, 0)))?;
    let second_look = |_: &Applicant, _: &crate::paperwork::LegOf| Handling::Approve;
    handle(stage, founded, confirming, past.span(&profile, 11, (14, 0), (17, 0)), second_look)?;
    link_phones(stage, dice, confirming, past.span(&profile, 10, (9, 0), (20, 0)))
}

/// A case for a persona, opened by a clerk of the employer.
pub(crate) fn persona_case(
    stage: &mut impl Stage,
    founded: &Founded,
    persona: &str,
    service: &Key,
    number: u32,
    now: Instant,
) -> Result<Option<Applicant>, SimulationError> {
    let Some(person) = founded.personas.get(persona).copied() else { return Ok(None) };
    let zone = stage.zone();
    let Some(known) = parties::person(&zone.parties, person) else { return Ok(None) };
    let (home, employer) = (known.home_bank, known.employer);
    let clerk = founded.employers.iter().find(|one| Some(one.organisation) == employer);
    let Some(clerk) = clerk.map(|employer| employer.clerk()) else { return Ok(None) };
    drop(zone);
    let open = cases::Command::Open {
        service: service.clone(),
        organisation: employer,
        about: cases::About::Person(person),
        answers: None,
        requested_day: None,
        disclosed: cases::Disclosed::default(),
        attachments: Vec::new(),
    };
    let performed = stage.perform(vec![one(clerk, now, open)])?;
    let receipt = all_accepted("a persona's case", performed)?.pop();
    let opened = receipt.and_then(|receipt| crate::paperwork::applicants(&receipt, &[(number, home)]).pop());
    Ok(opened)
}

/// Up to what the clock shows: some walked over whom the far door did not notice, others are on the bridges just now.
fn this_morning(traffic: &mut Traffic<OpenPark>, past: &Past, profile: &Profile) -> Result<(), SimulationError> {
    traffic.habits.unnoticed = 1_000_000;
    for who in UNNOTICED {
        let Some(traveller) = traffic.travellers.get(who).filter(|traveller| !traveller.idle) else { continue };
        let Some(gate) = traffic.gate_for(traveller.home, traveller.leaning, None) else { continue };
        let at = past.at(profile, 0, 6, 40 + i64::try_from(who).unwrap_or(0) % 4);
        traffic.put(at, Step::Show { who, gate, homeward: false, how: Showing::Fresh });
    }
    traffic.run_until(past.at(profile, 0, 6, 50))?;
    clocks::tell(&mut *traffic.stage, profile, past.at(profile, 0, 6, 50))?;
    traffic.habits.unnoticed = HABITS.unnoticed;
    for who in UNNOTICED {
        if let Some(traveller) = traffic.travellers.get_mut(who) {
            // They are at work by now, whatever the log says.
            traveller.idle = true;
        }
    }
    traffic.plan_day(past.date(0))?;
    // A little before the clock: the desk's time must not run ahead of it.
    traffic.run_until(past.now.plus(-5 * Instant::SECOND))
}

/// Who a persona is, where there is one.
pub(crate) fn persona_actor(founded: &Founded, persona: &str) -> Option<Actor> {
    let person: PersonId = *founded.personas.get(persona)?;
    Some(Actor::Person { person })
}
