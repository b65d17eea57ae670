//! What letters are made of: state, commands, events, refusals. Pure data.

use base::{Answer, Bank, CaseId, Instant, Key, Language, LetterId, PersonId, Refuse, Remark, Sealed};
use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub letters: OrdMap<LetterId, Arc<Letter>>,
    pub by_case: OrdMap<CaseId, OrdSet<LetterId>>,
    /// Calendar feeds by the digest of their secret.
    pub feeds: OrdMap<Box<str>, Arc<Feed>>,
    pub feeds_of: OrdMap<PersonId, OrdSet<Box<str>>>,
    /// Browsers that notices are pushed to, by the digest of their endpoint.
    pub pushes: OrdMap<Box<str>, Arc<Push>>,
    pub pushes_of: OrdMap<PersonId, OrdSet<Box<str>>>,
}

/// A calendar of what is due, read by whoever has its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    pub person: PersonId,
    /// Of an office's queue; otherwise of the person's own affairs.
    pub office: Option<Key>,
    /// The secret in its address, for the person to see again.
    pub secret: Sealed,
    pub opened_at: Instant,
}

/// A browser that a person lets notices be pushed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    pub person: PersonId,
    /// Where it is written to, its keys, and what it is called.
    pub subscription: Sealed,
    pub since: Instant,
}

/// Why a browser is not written to any longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushEnd {
    /// The person turned it off.
    TurnedOff,
    /// The same browser subscribed anew: with other keys, or for somebody else who signed in there.
    Replaced,
    /// The push service says that there is no such subscription.
    Gone,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub issue: Issue,
    pub issued_at: Instant,
    /// Where its issue is in the log.
    pub entry: u64,
    pub delivery: Delivery,
}

/// What is recorded when a letter has been set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    pub letter: LetterId,
    pub kind: Kind,
    /// The entry of the log that it tells of.
    pub cause: u64,
    pub case: CaseId,
    /// To whom it is written, and whose key seals it.
    pub person: PersonId,
    pub language: Language,
    /// The offices that stand at its head.
    pub offices: Vec<Key>,
    /// The banks of which an office wrote something in it.
    pub wrote: Vec<Bank>,
    /// SHA-256 of the PDF, in hex.
    pub pdf: Box<str>,
    /// SHA-256 of the code printed on it, in hex.
    pub code: Box<str>,
    /// Address of the sealed PDF in the object store.
    pub file: Box<str>,
    /// Whether it goes to the person by e-mail: not where they took it from their page themself.
    pub by_mail: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What became of an application.
    Decision,
    /// Of a permit or an authorisation, as it was issued.
    Certificate,
    /// An office asks the applicant something.
    Asked,
    /// What was due from an office is late.
    Late,
    Suspended,
    Resumed,
    Ended,
}

impl Kind {
    pub const ALL: [Kind; 7] =
        [Kind::Decision, Kind::Certificate, Kind::Asked, Kind::Late, Kind::Suspended, Kind::Resumed, Kind::Ended];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Decision => "decision",
            Kind::Certificate => "certificate",
            Kind::Asked => "asked",
            Kind::Late => "late",
            Kind::Suspended => "suspended",
            Kind::Resumed => "resumed",
            Kind::Ended => "ended",
        }
    }
}

/// Whether it reached the person's mailbox, as far as the mail server says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Not sent, or not yet: the person finds it on their page.
    #[default]
    Kept,
    Sent(Instant),
    Failed(Undelivered),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undelivered {
    /// The person has no address that can be written to.
    NoAddress,
    /// The mail server will not take it.
    Refused,
    /// The mail server put it off too often.
    GivenUp,
}

impl Undelivered {
    pub fn as_str(self) -> &'static str {
        match self {
            Undelivered::NoAddress => "no-address",
            Undelivered::Refused => "refused",
            Undelivered::GivenUp => "given-up",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    Issue(Issue),
    NoteSent {
        letter: LetterId,
    },
    NoteUndelivered {
        letter: LetterId,
        reason: Undelivered,
    },
    /// In place of the one that there was: its address stops working.
    OpenFeed {
        person: PersonId,
        office: Option<Key>,
        digest: Box<str>,
        secret: Sealed,
    },
    CloseFeed {
        person: PersonId,
        office: Option<Key>,
    },
    SubscribePush {
        person: PersonId,
        /// Of its endpoint.
        digest: Box<str>,
        subscription: Sealed,
    },
    EndPush {
        person: PersonId,
        digest: Box<str>,
    },
    /// As a push service says.
    NotePushGone {
        person: PersonId,
        digest: Box<str>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    Issued(Issue),
    Sent { letter: LetterId },
    NotDelivered { letter: LetterId, reason: Undelivered },
    FeedOpened { person: PersonId, office: Option<Key>, digest: Box<str>, secret: Sealed },
    FeedClosed { person: PersonId, office: Option<Key> },
    PushSubscribed { person: PersonId, digest: Box<str>, subscription: Sealed },
    PushEnded { person: PersonId, digest: Box<str>, reason: PushEnd },
}

/// In order of precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    PlatformMustAct,
    LetterMustBeKnown { letter: LetterId },
    RecipientMustBeKnown { person: PersonId },
    RuledOut(Answer),
    OfficeMustBeHeld { office: Key },
    FeedMustBeOpen,
    PushMustBeSubscribed,
    PushesMustBeFew { max: usize },
    LetterMustBeNew { letter: LetterId },
    LetterMustBeNext { letter: LetterId },
    DigestsMustBeWellFormed,
    LetterMustBeUndelivered { letter: LetterId },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::PlatformMustAct => "platform-must-act",
            Refusal::LetterMustBeKnown { .. } => "letter-must-be-known",
            Refusal::RecipientMustBeKnown { .. } => "recipient-must-be-known",
            Refusal::RuledOut(_) => "ruled-out",
            Refusal::OfficeMustBeHeld { .. } => "office-must-be-held",
            Refusal::FeedMustBeOpen => "feed-must-be-open",
            Refusal::PushMustBeSubscribed => "push-must-be-subscribed",
            Refusal::PushesMustBeFew { .. } => "pushes-must-be-few",
            Refusal::LetterMustBeNew { .. } => "letter-must-be-new",
            Refusal::LetterMustBeNext { .. } => "letter-must-be-next",
            Refusal::DigestsMustBeWellFormed => "digests-must-be-well-formed",
            Refusal::LetterMustBeUndelivered { .. } => "letter-must-be-undelivered",
        }
    }

    fn remarks(&self) -> Vec<Remark> {
        match self {
            Refusal::LetterMustBeKnown { letter }
            | Refusal::LetterMustBeNew { letter }
            | Refusal::LetterMustBeNext { letter }
            | Refusal::LetterMustBeUndelivered { letter } => vec![("letter", letter.to_string())],
            Refusal::RecipientMustBeKnown { person } => vec![("person", person.to_string())],
            Refusal::OfficeMustBeHeld { office } => vec![("office", office.to_string())],
            Refusal::PushesMustBeFew { max } => vec![("max", max.to_string())],
            Refusal::PlatformMustAct
            | Refusal::RuledOut(_)
            | Refusal::FeedMustBeOpen
            | Refusal::PushMustBeSubscribed
            | Refusal::DigestsMustBeWellFormed => Vec::new(),
        }
    }

    fn answer(&self) -> Option<&Answer> {
        match self {
            Refusal::RuledOut(answer) => Some(answer),
            Refusal::PlatformMustAct
            | Refusal::LetterMustBeKnown { .. }
            | Refusal::RecipientMustBeKnown { .. }
            | Refusal::OfficeMustBeHeld { .. }
            | Refusal::FeedMustBeOpen
            | Refusal::PushMustBeSubscribed
            | Refusal::PushesMustBeFew { .. }
            | Refusal::LetterMustBeNew { .. }
            | Refusal::LetterMustBeNext { .. }
            | Refusal::DigestsMustBeWellFormed
            | Refusal::LetterMustBeUndelivered { .. } => None,
        }
    }
}
