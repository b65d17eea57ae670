//! The one writer's work, without its thread: decide a batch in order, commit it once, fold it.
//!
//! The desk runs it on a thread of its own; the simulation runs it directly, with instants of its own making.

use crate::answers::{Answers, Remembering};
use crate::envelope::{Envelope, Written};
use crate::model::{Command, Event, Receipt, Refusal, Submission};
use crate::outside::Outside;
use crate::reactions::reactions;
use crate::zone::{Rooms, Zone};
use base::{Actor, Ctx, Instant, Recorded, Rules};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use eventlog::{ENTRY_BYTES_MAX, Log, LogError, LogReader};
use profile::Profile;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::Arc;

/// A whole roster fits; nothing that a person does by hand comes near.
const EVENTS_MAX: usize = 100_000;
/// Workers take the instant before they queue, and some have much to seal and wait long: an instant no more than this
/// behind the last entry counts as that entry's. What is further behind was taken from a clock that is wrong.
const CLOCK_LAG_MAX: i64 = Instant::MINUTE;

/// Where the 16 random bytes of each entry come from.
pub struct Salts {
    key: [u8; 32],
    counter: u64,
}

impl Salts {
    /// Unpredictable.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(Self { key, counter: 0 })
    }

    /// The same for the same seed: for the simulation, where the log holds nobody real.
    pub fn seeded(seed: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_be_bytes());
        Self { key, counter: 0 }
    }

    fn next(&mut self) -> Box<str> {
        self.counter = self.counter.wrapping_add(1);
        let hash = Sha256::new().chain_update(self.key).chain_update(self.counter.to_be_bytes()).finalize();
        let salt = hash.first_chunk::<16>().copied().unwrap_or_default();
        BASE64_URL_SAFE_NO_PAD.encode(salt).into_boxed_str()
    }
}

/// A submission that a worker has decided already, with the answers the rulebook gave.
pub(crate) struct Prepared {
    pub submission: Submission,
    pub answers: Answers,
}

pub struct Kernel {
    log: Log,
    reader: LogReader,
    zone: Zone,
    profile: Arc<Profile>,
    rules: Arc<dyn Rules>,
    outside: Arc<Outside>,
    salts: Salts,
}

/// What one submission came to, before the batch it is in is durable.
enum Pending {
    Accepted { first: u64, events: Arc<[Event]> },
    Repeated { first: u64, count: u32 },
    Refused(Refusal),
}

impl Kernel {
    /// `zone` is what the log folds to.
    pub fn new(
        log: Log,
        reader: LogReader,
        zone: Zone,
        profile: Arc<Profile>,
        rules: Arc<dyn Rules>,
        outside: Arc<Outside>,
        salts: Salts,
    ) -> Self {
        Self { log, reader, zone, profile, rules, outside, salts }
    }

    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    pub fn reader(&self) -> &LogReader {
        &self.reader
    }

    pub fn outside(&self) -> &Arc<Outside> {
        &self.outside
    }

    /// Decides, commits and folds one submission by itself.
    pub fn submit(&mut self, submission: Submission) -> Result<Result<Receipt, Refusal>, LogError> {
        let prepared = Prepared { submission, answers: Answers::default() };
        let mut results = self.process(std::slice::from_ref(&prepared))?;
        Ok(results.pop().unwrap_or(Err(Refusal::SubmissionMustNotBeEmpty)))
    }

    /// Decides many submissions in order and commits them together.
    pub fn submit_all(&mut self, submissions: Vec<Submission>) -> Result<Vec<Result<Receipt, Refusal>>, LogError> {
        let prepared: Vec<Prepared> =
            submissions.into_iter().map(|submission| Prepared { submission, answers: Answers::default() }).collect();
        self.process(&prepared)
    }

    /// The results are in the order of the batch. After an error the kernel must not be used again.
    pub(crate) fn process(&mut self, batch: &[Prepared]) -> Result<Vec<Result<Receipt, Refusal>>, LogError> {
        let mut entries = Vec::with_capacity(batch.len());
        let pending: Vec<Pending> = batch.iter().map(|prepared| self.accept(prepared, &mut entries)).collect();
        let (size, checkpoint) = if entries.is_empty() {
            (self.reader.size(), self.reader.checkpoint())
        } else {
            let commit = self.log.append(&entries, self.zone.last_at.0)?;
            (commit.size, commit.checkpoint)
        };
        let receipt = |first, events, repeated| {
            Ok(Receipt { first, events, size, checkpoint: Arc::clone(&checkpoint), repeated })
        };
        pending
            .into_iter()
            .map(|pending| match pending {
                Pending::Accepted { first, events } => Ok(receipt(first, events, false)),
                Pending::Repeated { first, count } => Ok(receipt(first, self.read(first, count)?, true)),
                Pending::Refused(refusal) => Ok(Err(refusal)),
            })
            .collect()
    }

    fn read(&self, first: u64, count: u32) -> Result<Arc<[Event]>, LogError> {
        let mut events = Vec::new();
        self.reader.scan(first, first.saturating_add(u64::from(count)), &mut |sequence, bytes| {
            let envelope =
                Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))?;
            events.push(envelope.event);
            Ok(())
        })?;
        Ok(events.into())
    }

    fn accept(&mut self, prepared: &Prepared, entries: &mut Vec<Vec<u8>>) -> Pending {
        let Submission { key, now, .. } = &prepared.submission;
        let at = (*now).max(self.zone.last_at);
        if let Some((first, count)) = key.as_ref().and_then(|key| self.zone.accepted_under(key)) {
            return Pending::Repeated { first, count };
        }
        let first = self.zone.size;
        match self.decide(prepared, at) {
            Err(refusal) => Pending::Refused(refusal),
            Ok((events, bytes)) => {
                entries.extend(bytes);
                if let Some(key) = key {
                    self.zone.remember(key, first, u32::try_from(events.len()).unwrap_or(u32::MAX), at);
                }
                Pending::Accepted { first, events: events.into() }
            }
        }
    }

    /// Decides and folds all commands of a submission and what follows from them, or nothing.
    fn decide(&mut self, prepared: &Prepared, at: Instant) -> Result<(Vec<Event>, Vec<Vec<u8>>), Refusal> {
        let Submission { now, commands, key, .. } = &prepared.submission;
        if commands.is_empty() {
            return Err(Refusal::SubmissionMustNotBeEmpty);
        }
        // Each command makes an event at least, so this many need not be tried.
        if commands.len() > EVENTS_MAX {
            return Err(Refusal::SubmissionMustBeSmall { events_max: EVENTS_MAX });
        }
        if at.since(*now) > CLOCK_LAG_MAX {
            return Err(Refusal::ClockMustNotGoBack);
        }
        // A single crossing makes a single event and has no consequences: it needs nothing to go back to, since its entry
        // is found too large before it is folded.
        if let [command @ Command::People(_)] = commands.as_slice() {
            let mut made = Made::default();
            self.step(&prepared.submission.actor, command.clone(), at, prepared, &mut made, key.as_deref())?;
            return Ok((made.events, made.bytes));
        }
        let before = self.zone.clone();
        let made = self.carry_out(prepared, at);
        if made.is_err() {
            self.zone = before;
            self.outside.forget_after(&self.zone);
        }
        made.map(|made| (made.events, made.bytes))
    }

    fn carry_out(&mut self, prepared: &Prepared, at: Instant) -> Result<Made, Refusal> {
        let Submission { actor, commands, key, .. } = &prepared.submission;
        let mut work: VecDeque<(Actor, Command)> =
            commands.iter().map(|command| (actor.clone(), command.clone())).collect();
        let mut made = Made::default();
        while let Some((actor, command)) = work.pop_front() {
            let follow = self.step(&actor, command, at, prepared, &mut made, None)?;
            work.extend(follow.into_iter().map(|command| (Actor::System, command)));
        }
        if let Some(key) = key {
            mark(&mut made, key)?;
        }
        Ok(made)
    }

    /// Decides and folds one command; what follows from it is for the caller to carry out. With a key, all that is decided
    /// here is all that is made under it.
    fn step(
        &mut self,
        actor: &Actor,
        command: Command,
        now: Instant,
        prepared: &Prepared,
        made: &mut Made,
        key: Option<&str>,
    ) -> Result<Vec<Command>, Refusal> {
        let rules = Remembering { rules: &*self.rules, answers: &prepared.answers };
        let ctx = Ctx { now, actor, rules: &rules };
        let events = self.zone.decide(Rooms { profile: &self.profile }, command, &ctx)?;
        if made.events.len() + events.len() > EVENTS_MAX {
            return Err(Refusal::SubmissionMustBeSmall { events_max: EVENTS_MAX });
        }
        let count = u32::try_from(events.len()).unwrap_or(u32::MAX);
        let mut follow = Vec::new();
        for event in events {
            let salt = self.salts.next();
            let key = key.filter(|_| made.events.is_empty()).map(|key| (key, count));
            let bytes = Written { salt: &salt, at: now, by: actor, key, event: &event }.encode();
            within_an_entry(&bytes)?;
            self.zone.evolve(&event, &Recorded { sequence: self.zone.size, at: now, actor });
            self.outside.note(&event);
            follow.extend(reactions(&self.zone, &self.profile, &self.outside, &event, now));
            made.events.push(event);
            made.bytes.push(bytes);
        }
        Ok(follow)
    }
}

/// Writes the idempotency key into the first entry, so that it is remembered across a restart.
fn mark(made: &mut Made, key: &str) -> Result<(), Refusal> {
    let count = u32::try_from(made.events.len()).unwrap_or(u32::MAX);
    if let Some(first) = made.bytes.first_mut()
        && let Ok(mut envelope) = Envelope::decode(first)
    {
        envelope.key = Some((key.into(), count));
        *first = envelope.encode();
        within_an_entry(first)?;
    }
    Ok(())
}

fn within_an_entry(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > ENTRY_BYTES_MAX { Err(Refusal::EventMustBeSmall) } else { Ok(()) }
}

#[derive(Default)]
struct Made {
    events: Vec<Event>,
    bytes: Vec<Vec<u8>>,
}
