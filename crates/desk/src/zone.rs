//! The zone: all rooms together, decided and folded. Pure.

use crate::kept_key::KeptKey;
use crate::model::{Command, Enrolment, Event, Refusal, ZoneCommand, ZoneEvent};
use base::{Actor, Ctx, Instant, Key, Recorded};
use imbl::OrdMap;
use profile::Profile;
use serde::{Deserialize, Serialize};

/// How long a submission's idempotency key is remembered.
const KEYS_KEPT: i64 = Instant::DAY;

/// The state of everything, folded from the log and from nothing else. Cloning it is cheap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// How many entries have been folded.
    pub size: u64,
    pub last_at: Instant,
    pub profile: Box<str>,
    #[serde(with = "rulebook_if_any")]
    pub rulebook: Key,
    pub parties: parties::State,
    pub cases: cases::State,
    pub permits: permits::State,
    pub people: people::State,
    pub letters: letters::State,
    /// By idempotency key: the first event and how many.
    pub keys: OrdMap<KeptKey, (u64, u32)>,
    pub keys_by_time: OrdMap<(Instant, KeptKey), ()>,
}

/// Before a rulebook is adopted there is none: an empty text, which is no key and would not be read back as one.
mod rulebook_if_any {
    use base::Key;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(rulebook: &Key, serializer: S) -> Result<S::Ok, S::Error> {
        rulebook.as_str().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        let text = Box::<str>::deserialize(deserializer)?;
        if text.is_empty() { Ok(Key::default()) } else { text.parse().map_err(D::Error::custom) }
    }
}

/// What the rooms look into besides the state.
#[derive(Clone, Copy)]
pub struct Rooms<'a> {
    pub profile: &'a Profile,
}

impl Zone {
    /// Decides one command. An enrolment is three commands in a row: each sees what the one before it did.
    pub fn decide(&self, rooms: Rooms, command: Command, ctx: &Ctx) -> Result<Vec<Event>, Refusal> {
        let Rooms { profile } = rooms;
        match command {
            Command::Zone(command) => self.decide_zone(command, ctx),
            Command::Parties(command) => into(parties::decide(&self.parties, profile, command, ctx)),
            Command::Cases(command) => {
                into(cases::decide(&self.cases, &self.parties, &self.permits, profile, command, ctx))
            }
            Command::Permits(command) => into(permits::decide(&self.permits, &self.parties, profile, command, ctx)),
            Command::People(command) => {
                into(people::decide(&self.people, &self.permits, &self.parties, profile, command, ctx))
            }
            Command::Letters(command) => into(letters::decide(&self.letters, &self.parties, profile, command, ctx)),
            Command::Enrol(enrolment) => self.enrol(rooms, *enrolment, ctx),
            Command::Appoint(appointing) => self.appoint(rooms, *appointing, ctx),
        }
    }

    fn decide_zone(&self, command: ZoneCommand, ctx: &Ctx) -> Result<Vec<Event>, Refusal> {
        if *ctx.actor != Actor::System {
            return Err(Refusal::PlatformMustAct);
        }
        Ok(vec![Event::Zone(match command {
            ZoneCommand::Adopt { profile, rulebook } => ZoneEvent::Adopted { profile, rulebook },
            ZoneCommand::RecordDigest { size, digest, format } => {
                ZoneEvent::DigestRecorded { size, digest, format: Some(format) }
            }
        })])
    }

    fn enrol(&self, rooms: Rooms, enrolment: Enrolment, ctx: &Ctx) -> Result<Vec<Event>, Refusal> {
        let Enrolment { register, invitation, service, organisation, answers, requested_day, disclosed, attachments } =
            enrolment;
        let mut events = into(parties::decide(&self.parties, rooms.profile, register, ctx))?;
        let Some(Event::Parties(parties::Event::PersonRegistered { person, .. })) = events.first() else {
            return Err(Refusal::EnrolmentMustRegister);
        };
        let person = *person;
        // The later steps look at a copy in which the person is registered already.
        let mut parties = self.parties.clone();
        let recorded = Recorded { sequence: self.size, at: ctx.now, actor: ctx.actor };
        for event in &events {
            if let Event::Parties(event) = event {
                parties::evolve(&mut parties, event, &recorded);
            }
        }
        if let Some(invitation) = invitation {
            let invite = parties::Command::Invite {
                person,
                secret_digest: invitation.secret_digest,
                expires_at: invitation.expires_at,
                secret: invitation.secret,
            };
            events.extend(into(parties::decide(&parties, rooms.profile, invite, ctx))?);
        }
        let about = cases::About::Person(person);
        let open =
            cases::Command::Open { service, organisation, about, answers, requested_day, disclosed, attachments };
        events.extend(into(cases::decide(&self.cases, &parties, &self.permits, rooms.profile, open, ctx))?);
        Ok(events)
    }

    /// Folds one event. Never fails.
    pub fn evolve(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Zone(ZoneEvent::Adopted { profile, rulebook }) => {
                self.profile.clone_from(profile);
                self.rulebook = rulebook.clone();
            }
            Event::Zone(ZoneEvent::DigestRecorded { .. }) => {}
            Event::Parties(event) => parties::evolve(&mut self.parties, event, recorded),
            Event::Cases(event) => cases::evolve(&mut self.cases, event, recorded),
            Event::Permits(event) => permits::evolve(&mut self.permits, event, recorded),
            Event::People(event) => people::evolve(&mut self.people, event, recorded),
            Event::Letters(event) => letters::evolve(&mut self.letters, event, recorded),
        }
        self.size = recorded.sequence.saturating_add(1);
        self.last_at = self.last_at.max(recorded.at);
    }

    /// What was accepted under this idempotency key within the last day: the first event and how many.
    pub fn accepted_under(&self, key: &str) -> Option<(u64, u32)> {
        self.keys.get(&KeptKey::of(key)).copied()
    }

    /// The first remembered key that begins like this.
    pub fn key_that_begins(&self, beginning: &str) -> Option<&str> {
        let (key, _) = self.keys.range(KeptKey::of(beginning)..).next()?;
        key.as_str().starts_with(beginning).then(|| key.as_str())
    }

    /// Remembers an idempotency key, and forgets those that are a day old.
    pub(crate) fn remember(&mut self, key: &str, first: u64, count: u32, at: Instant) {
        while let Some(oldest) = self.keys_by_time.get_min().map(|(key, ())| *key)
            && oldest.0 <= at
        {
            self.keys_by_time.remove(&oldest);
            self.keys.remove(&oldest.1);
        }
        let key = KeptKey::of(key);
        self.keys.insert(key, (first, count));
        self.keys_by_time.insert((at.plus(KEYS_KEPT), key), ());
    }
}

pub(crate) fn into<E: Into<Event>, R: Into<Refusal>>(decided: Result<Vec<E>, R>) -> Result<Vec<Event>, Refusal> {
    decided.map(|events| events.into_iter().map(Into::into).collect()).map_err(Into::into)
}
