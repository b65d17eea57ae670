//! What the desk takes in and gives out.

use base::{Actor, Date, Instant, Key, OrganisationId, PersonId, Refuse, Remark, Sealed};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Zone(ZoneCommand),
    Parties(parties::Command),
    Cases(cases::Command),
    Permits(permits::Command),
    People(people::Command),
    Letters(letters::Command),
    /// Registers a person, invites them, and opens a case for them: one row of a roster, or one visitor.
    Enrol(Box<Enrolment>),
    /// Registers a person, appoints them, and invites them: the first officer of an office, the clerk of an organisation.
    Appoint(Box<Appointing>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ZoneCommand {
    /// The zone folder and the rulebook that are in force from now on.
    Adopt { profile: Box<str>, rulebook: Key },
    /// The zone folded from the first `size` entries has this SHA-256, in this format of snapshots.
    RecordDigest { size: u64, digest: Box<str>, format: u32 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ZoneEvent {
    Adopted {
        profile: Box<str>,
        rulebook: Key,
    },
    DigestRecorded {
        size: u64,
        digest: Box<str>,
        /// Not recorded at first: such a digest cannot be compared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<u32>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// A `parties::Command::RegisterPerson`.
    pub register: parties::Command,
    pub invitation: Option<Invitation>,
    pub service: Key,
    pub organisation: Option<OrganisationId>,
    pub answers: Option<Sealed>,
    pub requested_day: Option<Date>,
    #[serde(default)]
    pub disclosed: cases::Disclosed,
    #[serde(default)]
    pub attachments: Vec<cases::Attachment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointing {
    /// A `parties::Command::RegisterPerson`.
    pub register: parties::Command,
    pub post: Post,
    pub invitation: Invitation,
}

/// What somebody is appointed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    Office(Key),
    Organisation(OrganisationId),
}

impl Post {
    pub fn appoint(self, person: PersonId) -> parties::Command {
        match self {
            Post::Office(office) => parties::Command::AppointOfficer { person, office },
            Post::Organisation(organisation) => parties::Command::AppointClerk { person, organisation },
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub secret_digest: Box<str>,
    pub expires_at: Instant,
    /// Where a letter is to take the secret to the person.
    pub secret: Option<Sealed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Zone(ZoneEvent),
    Parties(parties::Event),
    Cases(cases::Event),
    Permits(permits::Event),
    People(people::Event),
    Letters(letters::Event),
}

/// Commands of one actor at one instant, that stand or fall together.
#[derive(Debug, Clone)]
pub struct Submission {
    pub actor: Actor,
    pub now: Instant,
    pub commands: Vec<Command>,
    /// A digest of the caller's idempotency key and of who they are: the same one gets the same receipt for a day.
    pub key: Option<Box<str>>,
}

/// Where the events of a submission are, and what they were.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The sequence number of the first event; the others follow it.
    pub first: u64,
    pub events: Arc<[Event]>,
    /// The size of the log, and its signed checkpoint, that hold them.
    pub size: u64,
    pub checkpoint: Arc<str>,
    /// The submission had been accepted before, under the same idempotency key.
    pub repeated: bool,
}

/// Why a submission was not accepted. Nothing of it took effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Parties(parties::Refusal),
    Cases(cases::Refusal),
    Permits(permits::Refusal),
    People(people::Refusal),
    Letters(letters::Refusal),
    SubmissionMustNotBeEmpty,
    SubmissionMustBeSmall { events_max: usize },
    EventMustBeSmall,
    ClockMustNotGoBack,
    PlatformMustAct,
    EnrolmentMustRegister,
}

impl Refusal {
    fn inner(&self) -> Option<&dyn Refuse> {
        match self {
            Refusal::Parties(refusal) => Some(refusal),
            Refusal::Cases(refusal) => Some(refusal),
            Refusal::Permits(refusal) => Some(refusal),
            Refusal::People(refusal) => Some(refusal),
            Refusal::Letters(refusal) => Some(refusal),
            Refusal::SubmissionMustNotBeEmpty
            | Refusal::SubmissionMustBeSmall { .. }
            | Refusal::EventMustBeSmall
            | Refusal::ClockMustNotGoBack
            | Refusal::PlatformMustAct
            | Refusal::EnrolmentMustRegister => None,
        }
    }

    /// The room whose rule was broken: where its words are.
    pub fn room(&self) -> &'static str {
        match self {
            Refusal::Parties(_) => "parties",
            Refusal::Cases(_) => "cases",
            Refusal::Permits(_) => "permits",
            Refusal::People(_) => "people",
            Refusal::Letters(_) => "letters",
            Refusal::SubmissionMustNotBeEmpty
            | Refusal::SubmissionMustBeSmall { .. }
            | Refusal::EventMustBeSmall
            | Refusal::ClockMustNotGoBack
            | Refusal::PlatformMustAct
            | Refusal::EnrolmentMustRegister => "desk",
        }
    }
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::SubmissionMustNotBeEmpty => "submission-must-not-be-empty",
            Refusal::SubmissionMustBeSmall { .. } => "submission-must-be-small",
            Refusal::EventMustBeSmall => "event-must-be-small",
            Refusal::ClockMustNotGoBack => "clock-must-not-go-back",
            Refusal::PlatformMustAct => "platform-must-act",
            Refusal::EnrolmentMustRegister => "enrolment-must-register",
            Refusal::Parties(refusal) => refusal.code(),
            Refusal::Cases(refusal) => refusal.code(),
            Refusal::Permits(refusal) => refusal.code(),
            Refusal::People(refusal) => refusal.code(),
            Refusal::Letters(refusal) => refusal.code(),
        }
    }

    fn section(&self) -> Option<&'static str> {
        self.inner().and_then(Refuse::section)
    }

    fn remarks(&self) -> Vec<Remark> {
        match self {
            Refusal::SubmissionMustBeSmall { events_max } => vec![("events_max", events_max.to_string())],
            other => other.inner().map(Refuse::remarks).unwrap_or_default(),
        }
    }

    fn field(&self) -> Option<&str> {
        self.inner().and_then(Refuse::field)
    }

    fn answer(&self) -> Option<&base::Answer> {
        self.inner().and_then(Refuse::answer)
    }
}

/// What went wrong with the platform itself, not with the submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The queue is full; try again.
    Busy,
    /// The desk has stopped: a commit failed, or the server is closing.
    Stopped,
    /// A key that seals personal fields could not be had.
    Vault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitError {
    Refused(Refusal),
    Failed(Failure),
}

impl From<Refusal> for SubmitError {
    fn from(refusal: Refusal) -> Self {
        SubmitError::Refused(refusal)
    }
}

impl From<Failure> for SubmitError {
    fn from(failure: Failure) -> Self {
        SubmitError::Failed(failure)
    }
}

macro_rules! from_room {
    ($($room:ident => $variant:ident),*) => {$(
        impl From<$room::Command> for Command {
            fn from(command: $room::Command) -> Self {
                Command::$variant(command)
            }
        }
        impl From<$room::Event> for Event {
            fn from(event: $room::Event) -> Self {
                Event::$variant(event)
            }
        }
        impl From<$room::Refusal> for Refusal {
            fn from(refusal: $room::Refusal) -> Self {
                Refusal::$variant(refusal)
            }
        }
    )*};
}

from_room!(parties => Parties, cases => Cases, permits => Permits, people => People, letters => Letters);
