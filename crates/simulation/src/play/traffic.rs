//! People on two bridges: they come, wait, show their passes, walk, arrive. Every decision is the desk's; here is only
//! what people and officers do about it.

use super::agenda::{Agenda, Showing, Step, Who};
use super::habits::{Habits, Peaks};
use super::lanes::Lanes;
use super::notes::{HalfDay, Notes};
use crate::dice::Dice;
use crate::error::SimulationError;
use crate::founding::Founded;
use crate::paperwork::{chance_digest, one, seal_for};
use crate::phrases;
use crate::stage::Stage;
use base::{Actor, Bank, Direction, Instant, Key, Outcome, PassageId, PermitId, PersonId};
use desk::{Command, Event, Receipt, Refusal, Submission, context};
use people::{Decision, Presentation, Settlement};
use permits::Form;
use std::collections::{BTreeMap, BTreeSet};

/// Shorter than any walk over a bridge, so that nobody arrives in the batch in which they set out.
const WINDOW: i64 = Instant::MINUTE;
/// From one bridge to the other, on foot.
const DETOUR: i64 = 9 * Instant::MINUTE;
/// One in so many shows a pass although the gate is closed.
const TRIES_CLOSED_GATE: u32 = 100_000;

/// Somebody with a pass.
#[derive(Debug, Clone)]
pub(crate) struct Traveller {
    pub person: PersonId,
    pub permit: PermitId,
    pub thumbprint: Box<str>,
    pub home: Bank,
    /// Which bridge is the nearer one, and how steady the step is: thrown once.
    pub leaning: u64,
    /// No pass any more, or not until it is resumed.
    pub idle: bool,
    /// Comes once, and not with the commuters.
    pub visitor: bool,
}

struct GateAt {
    lanes: Lanes,
    bank: Bank,
    direction: Direction,
    walk_ms: i64,
    weight: u64,
    closed: bool,
}

/// What a submission was for.
enum Meaning {
    Shown { who: Who, gate: Key, homeward: bool, how: Showing, at: Instant },
    Arrived { who: Who, homeward: bool },
    Returned { who: Who, homeward: bool, gate: Key },
    Settled { who: Who, passage: PassageId, homeward: bool, gate: Key },
    Resolved,
    Acted,
}

pub(crate) struct Traffic<'a, S: Stage> {
    pub stage: &'a mut S,
    pub founded: &'a Founded,
    pub dice: Dice,
    pub habits: Habits,
    pub peaks: Peaks,
    pub travellers: Vec<Traveller>,
    pub agenda: Agenda,
    pub notes: Notes,
    gates: BTreeMap<Key, GateAt>,
    /// The middle of the evening's peak on the day that is played.
    pub evening: Instant,
    /// The half-day in which a gate is closed: its day's evening, and which half it is.
    pub disturbed: Option<(Instant, HalfDay)>,
    /// Nothing may be put on the agenda before this: it has been decided already.
    floor: Instant,
}

impl<'a, S: Stage> Traffic<'a, S> {
    pub fn new(stage: &'a mut S, founded: &'a Founded, dice: Dice, quarter_percent: u8) -> Self {
        let profile = stage.profile();
        let gates = profile.gates.values().map(|gate| {
            let walk = profile.bridges.get(&gate.bridge).map_or(240, |bridge| bridge.walk_seconds);
            let at = GateAt {
                lanes: Lanes::new(gate.lanes, gate.seconds_per_person),
                bank: gate.bank,
                direction: gate.departing(),
                walk_ms: i64::from(walk) * Instant::SECOND,
                weight: u64::from(gate.lanes),
                closed: false,
            };
            (gate.key.clone(), at)
        });
        Self {
            gates: gates.collect(),
            stage,
            founded,
            dice,
            habits: Habits::default(),
            peaks: Peaks { morning_minute: Peaks::MORNING, evening_minute: Peaks::EVENING, quarter_percent },
            travellers: Vec::new(),
            agenda: Agenda::default(),
            notes: Notes::default(),
            evening: Instant::default(),
            disturbed: None,
            floor: Instant::default(),
        }
    }

    /// Somebody else used the stage up to here: whatever was due before happens now.
    pub fn hold_until(&mut self, at: Instant) {
        self.floor = self.floor.max(at);
    }

    pub fn put(&mut self, at: Instant, step: Step) {
        self.agenda.put(at.max(self.floor), step);
    }

    pub fn act(&mut self, at: Instant, actor: Actor, command: impl Into<Command>) {
        self.put(at, Step::Act { actor, command: Box::new(command.into()) });
    }

    /// The nearer gate for a way over the river, lanes weighing in; `instead_of` is left out.
    pub fn gate_for(&self, from: Bank, leaning: u64, instead_of: Option<&Key>) -> Option<Key> {
        let fits = |(key, gate): &(&Key, &GateAt)| gate.bank == from && instead_of != Some(*key);
        let total: u64 = self.gates.iter().filter(fits).map(|(_, gate)| gate.weight).sum();
        let mut left = leaning % total.max(1);
        for (key, gate) in self.gates.iter().filter(fits) {
            if left < gate.weight {
                return Some(key.clone());
            }
            left -= gate.weight;
        }
        None
    }

    /// Plays everything that is due before `end`.
    pub fn run_until(&mut self, end: Instant) -> Result<(), SimulationError> {
        while let Some(next) = self.agenda.next_at().filter(|next| *next < end) {
            let until = next.plus(WINDOW).min(end);
            let (mut submissions, mut meanings) = (Vec::new(), Vec::new());
            let mut touched = BTreeSet::new();
            while let Some((due, step)) = self.agenda.take_before(until) {
                let at = due.max(self.floor);
                self.floor = at;
                // Two steps of one traveller never go into one batch: the second builds on the first.
                if let Some(who) = traveller_of(&step)
                    && !touched.insert(who)
                {
                    self.agenda.put(until, step);
                    continue;
                }
                if let Some((submission, meaning)) = self.step(at, step)? {
                    submissions.push(submission);
                    meanings.push(meaning);
                }
            }
            self.floor = until;
            for (meaning, result) in meanings.into_iter().zip(self.stage.perform(submissions)?) {
                self.hear(meaning, result)?;
            }
        }
        self.floor = self.floor.max(end);
        Ok(())
    }

    fn step(&mut self, at: Instant, step: Step) -> Result<Option<(Submission, Meaning)>, SimulationError> {
        let made = match step {
            Step::Arrive { who, gate, homeward } => {
                self.arrive(at, who, gate, homeward);
                return Ok(None);
            }
            Step::Show { who, gate, homeward, how } => return Ok(self.show(at, who, gate, homeward, how)),
            Step::Arrived { who, passage, gate, homeward } => {
                let command = people::Command::CompletePassage { passage };
                (one(Actor::Gate { gate }, at, command), Meaning::Arrived { who, homeward })
            }
            Step::Returned { who, passage, gate, homeward } => {
                let command = people::Command::ReturnPassage { passage };
                (one(Actor::Gate { gate: gate.clone() }, at, command), Meaning::Returned { who, homeward, gate })
            }
            Step::Settle { who, passage, office, homeward } => {
                return self.settle(at, who, passage, &office, homeward);
            }
            Step::Resolve { who, passage, office, place } => {
                let Some(traveller) = self.travellers.get(who) else { return Ok(None) };
                let bank = self.bank_of(&office);
                let note = seal_for(self.stage, traveller.person, context::PASSAGE_NOTE, phrases::note(bank))?;
                let command = people::Command::ResolvePassage { passage, place, note: Some(note) };
                (one(self.founded.acting(&office, u64::from(passage.0))?, at, command), Meaning::Resolved)
            }
            Step::Act { actor, command } => {
                self.notice(&command);
                (Submission { actor, now: at, commands: vec![*command], key: None }, Meaning::Acted)
            }
        };
        Ok(Some(made))
    }

    fn bank_of(&self, office: &Key) -> Bank {
        self.stage.profile().office(office).map_or(Bank::South, |office| office.bank)
    }

    /// Everybody sees a gate close, and open again.
    fn notice(&mut self, command: &Command) {
        let (gate, closed) = match command {
            Command::People(people::Command::CloseGate { gate }) => (gate, true),
            Command::People(people::Command::OpenGate { gate }) => (gate, false),
            Command::Permits(permits::Command::Suspend { .. }) => {
                self.notes.suspended += 1;
                return;
            }
            Command::Permits(permits::Command::Resume { .. }) => {
                self.notes.resumed += 1;
                return;
            }
            Command::Permits(permits::Command::Revoke { .. }) => {
                self.notes.revoked += 1;
                return;
            }
            _ => return,
        };
        self.notes.closures += u32::from(closed);
        let now = self.floor;
        if let Some(at) = self.gates.get_mut(gate) {
            at.closed = closed;
            at.lanes.clear(now);
        }
    }

    fn arrive(&mut self, at: Instant, who: Who, gate: Key, homeward: bool) {
        if self.gates.get(&gate).is_some_and(|gate| gate.closed) && self.divert(at, who, &gate, homeward) {
            return;
        }
        let pace = self.dice.between(70, 130);
        let Some(place) = self.gates.get_mut(&gate) else { return };
        let joined = place.lanes.join(at, pace);
        let half = self.half_of(at);
        let disturbed = self.disturbed == Some((self.evening, half));
        let half = if disturbed { HalfDay::Disturbed } else { half };
        self.notes.joined(&gate, half, at, joined.ahead, joined.served_at.since(at));
        let how = if homeward { Showing::Fresh } else { self.throw_showing() };
        if how != Showing::Fresh {
            let again = Step::Show { who, gate: gate.clone(), homeward, how: Showing::Fresh };
            self.put(joined.served_at.plus(20 * Instant::SECOND), again);
        }
        self.put(joined.served_at, Step::Show { who, gate, homeward, how });
    }

    /// Of the day that is played.
    pub fn half_of(&self, at: Instant) -> HalfDay {
        if at < self.evening.plus(-4 * Instant::HOUR) { HalfDay::Morning } else { HalfDay::Evening }
    }

    fn throw_showing(&mut self) -> Showing {
        let habits = self.habits;
        let mut left = i64::try_from(self.dice.below(1_000_000)).unwrap_or(i64::MAX);
        for (chance, how) in
            [(habits.forged, Showing::Forged), (habits.stale, Showing::Stale), (habits.unlinked, Showing::Unlinked)]
        {
            left -= i64::from(chance);
            if left < 0 {
                return how;
            }
        }
        Showing::Fresh
    }

    /// To the other bridge; `false` for the few who try all the same, or where there is no other.
    fn divert(&mut self, at: Instant, who: Who, gate: &Key, homeward: bool) -> bool {
        let Some((bank, traveller)) = self.gates.get(gate).map(|gate| gate.bank).zip(self.travellers.get(who)) else {
            return false;
        };
        let Some(other) = self.gate_for(bank, traveller.leaning, Some(gate)) else { return false };
        if self.dice.chance(TRIES_CLOSED_GATE) {
            return false;
        }
        self.notes.diverted += 1;
        self.put(at.plus(DETOUR), Step::Arrive { who, gate: other, homeward });
        true
    }

    fn show(
        &mut self,
        at: Instant,
        who: Who,
        gate: Key,
        homeward: bool,
        how: Showing,
    ) -> Option<(Submission, Meaning)> {
        // A line that stood when the gate was closed leaves it; its members come to the other bridge.
        let closed = self.gates.get(&gate)?.closed;
        if closed && how == Showing::Fresh && self.divert(at, who, &gate, homeward) {
            return None;
        }
        let traveller = self.travellers.get(who)?.clone();
        if traveller.idle && how == Showing::Fresh {
            return None;
        }
        let digest = match &how {
            Showing::Again(digest) => digest.clone(),
            _ => chance_digest(&mut self.dice),
        };
        let presentation = match &how {
            Showing::Forged => Presentation::Unverifiable { fault: Key::new("signature-mismatch").unwrap_or_default() },
            other => Presentation::Verified {
                permit: traveller.permit,
                thumbprint: match other {
                    Showing::Unlinked => chance_digest(&mut self.dice),
                    _ => traveller.thumbprint,
                },
                form: Form::Phone,
                presented_at: if *other == Showing::Stale { at.plus(-5 * Instant::MINUTE) } else { at },
                digest: digest.clone(),
            },
        };
        if how == Showing::Fresh && !homeward && self.dice.chance(self.habits.replayed) {
            let again = Showing::Again(digest);
            self.put(at.plus(70 * Instant::SECOND), Step::Show { who, gate: gate.clone(), homeward, how: again });
        }
        let direction = self.gates.get(&gate)?.direction;
        let watchlisted = self.stage.watchlisted(traveller.person);
        let present = people::Command::Present { gate: gate.clone(), direction, presentation, watchlisted };
        let submission = one(Actor::Gate { gate: gate.clone() }, at, present);
        Some((submission, Meaning::Shown { who, gate, homeward, how, at }))
    }

    fn settle(
        &mut self,
        at: Instant,
        who: Who,
        passage: PassageId,
        office: &Key,
        homeward: bool,
    ) -> Result<Option<(Submission, Meaning)>, SimulationError> {
        let zone = self.stage.zone();
        let Some(referral) = zone.people.referrals.get(&passage) else { return Ok(None) };
        let known = referral.person.is_some() && referral.permit.is_some();
        let settlement = if known { Settlement::LetPass } else { Settlement::TurnAway };
        let gate = referral.gate.clone();
        let note = match self.travellers.get(who) {
            Some(traveller) => {
                let text = phrases::note(self.bank_of(office));
                Some(seal_for(self.stage, traveller.person, context::PASSAGE_NOTE, text)?)
            }
            None => None,
        };
        let command = people::Command::SettleReferral { passage, settlement, note };
        let actor = self.founded.acting(office, u64::from(passage.0))?;
        Ok(Some((one(actor, at, command), Meaning::Settled { who, passage, homeward, gate })))
    }

    fn hear(&mut self, meaning: Meaning, result: Result<Receipt, Refusal>) -> Result<(), SimulationError> {
        let receipt = match result {
            Ok(receipt) => receipt,
            Err(refusal) => {
                tracing::debug!(?refusal, "an act of the play was refused");
                self.notes.acts_refused += 1;
                return Ok(());
            }
        };
        match meaning {
            Meaning::Shown { who, gate, homeward, how, at } => {
                let decided = receipt.events.iter().find_map(|event| match event {
                    Event::People(people::Event::PresentationDecided(decision)) => Some(decision),
                    _ => None,
                });
                if let Some(decision) = decided {
                    self.decided(who, &gate, homeward, &how, at, decision);
                }
            }
            Meaning::Arrived { who, homeward } => {
                self.notes.completed += 1;
                self.stay(who, homeward);
            }
            Meaning::Returned { who, homeward, gate } => {
                self.notes.turned_back += 1;
                // Having fetched what was forgotten, they come again.
                let again = Step::Arrive { who, gate, homeward };
                self.put(self.floor.plus(15 * Instant::MINUTE), again);
            }
            Meaning::Settled { who, passage, homeward, gate } => {
                let released = receipt.events.iter().find_map(|event| match event {
                    Event::People(people::Event::ReferralReleased { office, .. }) => Some(office.clone()),
                    _ => None,
                });
                if let Some(office) = released {
                    self.put(self.floor.plus(Instant::MINUTE), Step::Settle { who, passage, office, homeward });
                    return Ok(());
                }
                self.notes.let_pass += 1;
                self.walk(who, &gate, passage, homeward, self.floor);
            }
            Meaning::Resolved => self.notes.resolved += 1,
            Meaning::Acted => {}
        }
        Ok(())
    }

    fn decided(&mut self, who: Who, gate: &Key, homeward: bool, how: &Showing, at: Instant, decision: &Decision) {
        match decision.outcome {
            Outcome::Permitted => {
                self.notes.passed += 1;
                self.walk(who, gate, decision.passage, homeward, at);
            }
            Outcome::Referred => {
                self.notes.referred += 1;
                self.notes.policy(&decision.policies);
                let after = self.dice.between(4, 12) * Instant::MINUTE;
                let (passage, office) = (decision.passage, decision.office.clone());
                self.put(at.plus(after), Step::Settle { who, passage, office, homeward });
            }
            Outcome::Refused => {
                self.notes.refused += 1;
                self.notes.policy(&decision.policies);
                let closed = decision.policies.iter().any(|policy| policy.as_str() == "gate-must-be-open");
                if closed && *how == Showing::Fresh && self.gates.get(gate).is_some_and(|gate| gate.closed) {
                    self.divert(at, who, gate, homeward);
                }
            }
        }
    }

    /// Over the bridge; almost always to its other end.
    fn walk(&mut self, who: Who, gate: &Key, passage: PassageId, homeward: bool, from: Instant) {
        let Some(place) = self.gates.get(gate) else { return };
        let (near, walk_ms) = (place.bank, place.walk_ms);
        let arrival = from.plus(walk_ms * self.dice.between(80, 140) / 100);
        let far = self.far_gate(gate).unwrap_or_else(|| gate.clone());
        if self.dice.chance(self.habits.turned_back) {
            self.put(from.plus(walk_ms), Step::Returned { who, passage, gate: gate.clone(), homeward });
        } else if self.dice.chance(self.habits.unnoticed) {
            self.unnoticed(who, gate, passage, homeward, arrival);
        } else {
            self.put(arrival, Step::Arrived { who, passage, gate: far, homeward });
            if !homeward && self.dice.chance(self.habits.lent) {
                let after = arrival.plus(12 * Instant::MINUTE);
                self.put(after, Step::Show { who, gate: gate.clone(), homeward, how: Showing::Lent });
            }
        }
        tracing::trace!(%near, "somebody set out");
    }

    /// The far door noticed nothing. An officer settles half of these within the hour; the others come to light when the
    /// holder wants to go back.
    fn unnoticed(&mut self, who: Who, gate: &Key, passage: PassageId, homeward: bool, arrival: Instant) {
        let Some(place) = self.gates.get(gate) else { return };
        let direction = place.direction;
        let office = self.stage.profile().gate(gate).map(|gate| gate.owner_office.of(direction).clone());
        if let Some(office) = office.filter(|_| passage.0.is_multiple_of(2)) {
            let step = Step::Resolve { who, passage, office, place: direction.to() };
            self.put(arrival.plus(40 * Instant::MINUTE), step);
        }
        self.stay(who, homeward);
    }

    fn far_gate(&self, gate: &Key) -> Option<Key> {
        let profile = self.stage.profile();
        let near = profile.gate(gate)?;
        profile
            .gates
            .values()
            .find(|other| other.bridge == near.bridge && other.bank != near.bank)
            .map(|g| g.key.clone())
    }

    /// On the other bank until the evening, or at home until tomorrow.
    fn stay(&mut self, who: Who, homeward: bool) {
        let Some(traveller) = self.travellers.get(who).filter(|_| !homeward) else { return };
        let (away, leaning) = (traveller.home.other(), traveller.leaning);
        let Some(gate) = self.gate_for(away, leaning, None) else { return };
        let back = self.peaks.around(self.evening, &mut self.dice).max(self.floor.plus(Instant::HOUR));
        self.put(back, Step::Arrive { who, gate, homeward: true });
    }
}

fn traveller_of(step: &Step) -> Option<Who> {
    match step {
        Step::Show { who, .. }
        | Step::Arrived { who, .. }
        | Step::Returned { who, .. }
        | Step::Settle { who, .. }
        | Step::Resolve { who, .. } => Some(*who),
        Step::Arrive { .. } | Step::Act { .. } => None,
    }
}
