//! The demonstration's present: commuters walk, gates decide, officers clear their queues, in real time, through the
//! same doors as everybody: real passes on keys of their own, shown to `Park::present`.

use super::seed::Seeded;
use crate::dice::Dice;
use crate::enrol::{Roster, Span, apply, confirm};
use crate::error::SimulationError;
use crate::founding::{Founded, recall};
use crate::phrases;
use crate::play::habits::Peaks;
use crate::services::commuter_service;
use crate::stage::OpenPark;
use base::{Actor, Bank, Date, Direction, Instant, Key, Outcome, PassageId, PermitId, PersonId};
use cases::{LegState, LegVerdict};
use credentials::{Form, HolderKey};
use desk::{Failure, Zone};
use park::{GATE_AUDIENCE, LegDecision, Park, WorkError};
use people::Place;
use permits::Status;
use std::collections::BTreeMap;
use std::time::Duration;

const TICK: Duration = Duration::from_secs(1);
/// Between two people who come, at the busiest and at the quietest.
const GAP_SECONDS: (f64, f64) = (3.0, 30.0);
const CASE_SECONDS: (i64, i64) = (40, 100);
/// An office with more undecided cases than this decides one; otherwise somebody new applies.
const QUEUE_CASES: usize = 12;
/// One in so many walks over and is not noticed by the far door.
const UNNOTICED_IN_A_MILLION: u32 = 2_500;
/// Goes to a gate although it cannot be right: the pass is stopped, or the holder is on the other bank.
const ASTRAY_IN_A_MILLION: u32 = 25_000;
/// Looked at before it is given up to find somebody who could cross.
const TRIES: usize = 40;

/// The morning goes on until this is dropped. It holds the park open.
#[derive(Debug)]
#[must_use = "the simulated morning ends when the handle is dropped"]
pub struct LiveHandle {
    task: tokio::task::JoinHandle<()>,
}

impl LiveHandle {
    /// Ends the morning, and returns when the park has been let go.
    pub async fn stop(mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }
}

impl Drop for LiveHandle {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts the morning on the runtime that this is called in. The personas are left to themselves.
pub fn live(park: Park, seeded: &Seeded, seed: u64) -> LiveHandle {
    let personas: Vec<PersonId> = seeded.personas.values().filter_map(Actor::person).collect();
    let morning = Morning::new(park, personas, seed);
    LiveHandle { task: tokio::spawn(morning.go_on()) }
}

/// Somebody with a pass on a phone.
struct Commuter {
    person: PersonId,
    permit: PermitId,
    home: Bank,
    /// Made when it is first needed.
    phone: Option<Phone>,
}

struct Phone {
    key: HolderKey,
    pass: String,
}

struct Walking {
    passage: PassageId,
    far_gate: Key,
    arrives_at: Instant,
}

struct Morning {
    park: Park,
    personas: Vec<PersonId>,
    dice: Dice,
    commuters: Vec<Commuter>,
    walking: Vec<Walking>,
    next_walk: Instant,
    next_case: Instant,
    /// The number of the next newcomer's character.
    newcomer: u32,
}

impl Morning {
    fn new(park: Park, personas: Vec<PersonId>, seed: u64) -> Self {
        let (zone, now) = (park.zone(), park.now());
        let newcomer = zone.parties.persons.get_max().map_or(0, |(last, _)| last.0).saturating_add(30_000);
        let mut morning = Self {
            dice: Dice::new(seed ^ zone.size),
            commuters: commuters(&zone, &personas),
            park,
            personas,
            walking: Vec::new(),
            next_walk: now,
            next_case: now.plus(20 * Instant::SECOND),
            newcomer,
        };
        morning.take_over(&zone, now);
        morning
    }

    /// Those who are on a bridge already arrive as well; whoever is overdue is left to the office.
    fn take_over(&mut self, zone: &Zone, now: Instant) {
        for (passage, open) in &zone.people.passages {
            let Some((far_gate, walk_ms)) = self.far_end(&open.gate) else { continue };
            let arrives_at = open.began_at.plus(walk_ms * self.dice.between(90, 130) / 100);
            let lately = now.since(open.began_at) < 2 * walk_ms;
            if lately && !self.personas.contains(&open.person) {
                self.walking.push(Walking { passage: *passage, far_gate, arrives_at });
            }
        }
    }

    async fn go_on(mut self) {
        loop {
            tokio::time::sleep(TICK).await;
            if let Err(error) = self.tick().await {
                if let SimulationError::Failed(Failure::Stopped) = error {
                    return;
                }
                if let SimulationError::Work(error) = &error
                    && matches!(**error, WorkError::Failed(Failure::Stopped))
                {
                    return;
                }
                // A busy desk or a case that somebody else has just decided: the morning goes on.
                tracing::debug!(%error, "something of the simulated morning came to nothing");
            }
        }
    }

    async fn tick(&mut self) -> Result<(), SimulationError> {
        let now = self.park.now();
        self.arrivals(now).await?;
        if now >= self.next_walk {
            self.next_walk = now.plus(self.gap(now));
            self.somebody_crosses(now).await?;
        }
        if now >= self.next_case {
            let (from, to) = CASE_SECONDS;
            self.next_case = now.plus(self.dice.between(from, to) * Instant::SECOND);
            self.offices_work().await?;
        }
        Ok(())
    }

    async fn arrivals(&mut self, now: Instant) -> Result<(), SimulationError> {
        let (arrived, walking) = std::mem::take(&mut self.walking).into_iter().partition(|one| one.arrives_at <= now);
        self.walking = walking;
        let arrived: Vec<Walking> = arrived;
        for Walking { passage, far_gate, .. } in arrived {
            let far_gate = Actor::Gate { gate: far_gate };
            match self.park.end_passage(&far_gate, passage, true).await {
                // An officer was quicker.
                Err(WorkError::Refused(_)) | Ok(_) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Short around the peaks, long between them.
    fn gap(&mut self, now: Instant) -> i64 {
        let minute = f64::from(self.park.profile.local_minute(Bank::South, now));
        let near = |peak: i64| (-((minute - peak as f64) / 50.0).powi(2) / 2.0).exp();
        let busy = near(Peaks::MORNING).max(near(Peaks::EVENING)).max(near(13 * 60) / 3.0);
        let (least, most) = GAP_SECONDS;
        let seconds = most - (most - least) * busy;
        (seconds * 10.0) as i64 * self.dice.between(50, 150)
    }

    async fn somebody_crosses(&mut self, now: Instant) -> Result<(), SimulationError> {
        let zone = self.park.zone();
        let Some((index, from)) = self.choose(&zone, now) else { return Ok(()) };
        let Some(gate) = self.choose_gate(&zone, from, now) else { return Ok(()) };
        drop(zone);
        let Some(text) = self.presentation(index, now).await? else { return Ok(()) };
        let itself = Actor::Gate { gate: gate.clone() };
        let answer = self.park.present(&itself, &gate, &text, None).await?;
        if answer.decision.outcome == Outcome::Permitted
            && !self.dice.chance(UNNOTICED_IN_A_MILLION)
            && let Some((far_gate, walk_ms)) = self.far_end(&gate)
        {
            let arrives_at = now.plus(walk_ms * self.dice.between(85, 130) / 100);
            self.walking.push(Walking { passage: answer.decision.passage, far_gate, arrives_at });
        }
        Ok(())
    }

    /// Outward before lunch and homeward after it, mostly.
    fn choose(&mut self, zone: &Zone, now: Instant) -> Option<(usize, Bank)> {
        let before_lunch = self.park.profile.local_minute(Bank::South, now) < 13 * 60;
        let with_the_stream = self.dice.chance(850_000);
        let outward = before_lunch == with_the_stream;
        let astray = self.dice.chance(ASTRAY_IN_A_MILLION);
        for _ in 0..TRIES {
            let index = usize::try_from(self.dice.below(self.commuters.len() as u64)).ok()?;
            let commuter = self.commuters.get(index)?;
            let from = if outward { commuter.home } else { commuter.home.other() };
            let status = permits::permit(&zone.permits, commuter.permit)?.status;
            let here = match people::place_of(&zone.people, commuter.person) {
                Some(Place::On(bank)) => bank == from,
                Some(Place::Crossing(_)) => false,
                None => outward,
            };
            let in_order = status == Status::Valid && here;
            // A revoked pass can no longer be collected by a phone; a suspended one can still be shown.
            if in_order != astray && status != Status::Revoked {
                return Some((index, from));
            }
        }
        None
    }

    fn choose_gate(&mut self, zone: &Zone, from: Bank, now: Instant) -> Option<Key> {
        let profile = &self.park.profile;
        let open: Vec<Key> = profile
            .gates
            .values()
            .filter(|gate| gate.bank == from && people::gate_is_open(&zone.people, profile, gate, now))
            .map(|gate| gate.key.clone())
            .collect();
        self.dice.pick(&open).cloned()
    }

    fn far_end(&self, gate: &Key) -> Option<(Key, i64)> {
        let profile = &self.park.profile;
        let near = profile.gate(gate)?;
        let back = match near.departing() {
            Direction::Northbound => Direction::Southbound,
            Direction::Southbound => Direction::Northbound,
        };
        let far = self.park.gate_of(&near.bridge, back)?;
        let walk = profile.bridges.get(&near.bridge)?.walk_seconds;
        Some((far.clone(), i64::from(walk) * Instant::SECOND))
    }

    /// What the commuter's phone shows; the phone is linked when it is first used.
    async fn presentation(&mut self, index: usize, now: Instant) -> Result<Option<String>, SimulationError> {
        let Some(commuter) = self.commuters.get_mut(index) else { return Ok(None) };
        if commuter.phone.is_none() {
            let key = HolderKey::generate().and_then(|pkcs8| HolderKey::from_pkcs8(&pkcs8));
            let key = key.map_err(WorkError::Credential)?;
            let actor = Actor::Person { person: commuter.person };
            let pass = self.park.collect(&actor, commuter.permit, key.public_jwk(), None).await?.sd_jwt;
            commuter.phone = Some(Phone { key, pass });
        }
        let Some(phone) = &commuter.phone else { return Ok(None) };
        let nonce = crate::paperwork::chance_digest(&mut self.dice);
        let audience = Form::Phone.audience(GATE_AUDIENCE);
        let seconds = now.0.div_euclid(Instant::SECOND);
        let shown = credentials::present(&phone.pass, &[], &phone.key, &audience, &nonce, seconds);
        Ok(Some(shown.map_err(WorkError::Credential)?))
    }

    /// An office with a long queue decides its oldest case; where none has, somebody new applies.
    async fn offices_work(&mut self) -> Result<(), SimulationError> {
        let zone = self.park.zone();
        let founded = recall(&zone, &self.personas);
        match self.oldest(&zone, &founded) {
            Some((actor, decision)) => {
                drop(zone);
                self.park.decide_leg(&actor, decision).await?;
            }
            None => {
                drop(zone);
                self.somebody_applies(founded).await?;
            }
        }
        Ok(())
    }

    fn oldest(&mut self, zone: &Zone, founded: &Founded) -> Option<(Actor, LegDecision)> {
        let crowded = zone.cases.books.iter().filter(|(_, books)| books.waiting as usize > QUEUE_CASES);
        let crowded: Vec<Key> = crowded.map(|(office, _)| office.clone()).collect();
        let office = self.dice.pick(&crowded)?.clone();
        let bank = self.park.profile.office(&office)?.bank;
        let refused = self.dice.chance(60_000);
        let verdict = if refused { LegVerdict::Refused } else { LegVerdict::Approved };
        let (case, leg) = cases::for_office(&zone.cases, &self.park.profile, office.as_str(), self.park.now())
            .find_map(|(id, case)| {
                if self.personas.contains(&case.subject) || self.personas.contains(&case.applicant) {
                    return None;
                }
                let one_officers =
                    |leg: &&cases::Leg| leg.kind.is_one_officers() && leg.kind.binds() && leg.eyes() == 1;
                let mut open = case.legs.iter().filter(|leg| leg.office == office && leg.state == LegState::Open);
                let leg = open.find(one_officers)?;
                Some((id, leg.key.clone()))
            })?;
        let reason = phrases::reason(bank, verdict, u64::from(case.0)).to_owned();
        let actor = founded.acting(&office, u64::from(case.0)).ok()?;
        Some((actor, LegDecision { case, leg, verdict, reason }))
    }

    async fn somebody_applies(&mut self, founded: Founded) -> Result<(), SimulationError> {
        let (park, number) = (self.park.clone(), self.newcomer);
        self.newcomer = number.saturating_add(1);
        let mut dice = Dice::new(self.dice.below(u64::MAX));
        let runtime = tokio::runtime::Handle::current();
        let work = tokio::task::spawn_blocking(move || {
            let mut stage = OpenPark { park, runtime };
            newcomer(&mut stage, &founded, &mut dice, number)
        });
        work.await.unwrap_or_else(|error| Err(SimulationError::Thread(std::io::Error::other(error))))
    }
}

/// Somebody is applied for, and confirms at once.
fn newcomer(stage: &mut OpenPark, founded: &Founded, dice: &mut Dice, number: u32) -> Result<(), SimulationError> {
    let profile = stage.park.profile.clone();
    let service = commuter_service(&profile)?;
    let employer = founded.employer(number as usize)?;
    let now = stage.park.now();
    let today = profile.local_date(Bank::South, now);
    let expires = Date::new(today.year().saturating_add(4), 6, 30).unwrap_or(today);
    let rosters = [Roster { employer, people: vec![(number, employer.bank.other())] }];
    let span = Span { from: now, until: now };
    let applied = apply(stage, dice, &service, &rosters, None, expires, span)?;
    confirm(stage, &service, &applied, |_| expires, span)
}

/// Every synthetic holder of a pass who is no persona. With several passes, the newest one counts.
fn commuters(zone: &Zone, personas: &[PersonId]) -> Vec<Commuter> {
    let mut newest: BTreeMap<PersonId, (PermitId, Bank)> = BTreeMap::new();
    for (id, permit) in &zone.permits.permits {
        let holder = permit.issue.holder;
        let Some(person) = parties::person(&zone.parties, holder) else { continue };
        if person.synthetic && !person.erased && !personas.contains(&holder) && permit.status != Status::Revoked {
            newest.insert(holder, (*id, person.home_bank));
        }
    }
    let commuter = |(person, (permit, home))| Commuter { person, permit, home, phone: None };
    newest.into_iter().map(commuter).collect()
}
