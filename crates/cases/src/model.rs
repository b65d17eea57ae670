//! What cases are made of: state and commands; events are in `events`, refusals in `refusal`. Pure data.

use crate::absences::Absence;
use crate::appointments::Slot;
use crate::attachments::Attachment;
pub use crate::events::Event;
use crate::offices::OfficeCommand;
use crate::tasks::LegWork;
use crate::work::Act;
use crate::{Audience, Books, Clock, Closure, Link, Links, Notice, View, Views};
use base::{
    Bank, CaseId, ClosureId, Date, DelegationId, Instant, Key, OrganisationId, PermitId, PersonId, RosterId, Sealed,
    Subject,
};
use imbl::{OrdMap, OrdSet};
use profile::{HalfDay, JointOutcome, LegKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub cases: OrdMap<CaseId, Arc<Case>>,
    pub by_subject: OrdMap<PersonId, OrdSet<CaseId>>,
    pub by_organisation: OrdMap<OrganisationId, OrdSet<CaseId>>,
    pub by_delegation: OrdMap<DelegationId, OrdSet<CaseId>>,
    /// What is kept for each office: its queue, how fast it decides, when it was closed.
    pub books: OrdMap<Key, Books>,
    pub closures: OrdMap<ClosureId, Arc<Closure>>,
    pub last_closure: ClosureId,
    /// How far the clock of an undecided leg had come when its office was last told.
    pub notices: OrdMap<(CaseId, Key), Notice>,
    pub counts: OrdMap<Key, StageCounts>,
    /// Of those cases alone with which something was handed in.
    pub attachments: OrdMap<CaseId, Arc<Vec<Attachment>>>,
    pub rosters: OrdMap<RosterId, Arc<Roster>>,
    pub last_roster: RosterId,
    /// Appointments that offices offer, and who has chosen them.
    pub slots: OrdMap<Key, OrdMap<Instant, Slot>>,
    /// Cases in which somebody was named to sign and has not yet.
    pub to_sign: OrdMap<PersonId, OrdSet<CaseId>>,
    /// Where a receipt's number was used, by office and number.
    pub receipts: OrdMap<Box<str>, CaseId>,
    /// By office and officer, the earliest first.
    pub absences: OrdMap<Key, OrdMap<PersonId, Vec<Absence>>>,
    pub views: Views,
    pub links: Links,
}

/// How many cases of a service stand at each stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageCounts {
    pub confirming: u32,
    pub deciding: u32,
    pub approved: u32,
    pub refused: u32,
    pub withdrawn: u32,
}

/// Small, because there are a million of them: what was written (answers, reasons, questions) stays in the log, found by
/// the sequence numbers here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub service: Key,
    pub service_version: u32,
    pub applicant: PersonId,
    pub organisation: Option<OrganisationId>,
    /// Under which delegation a delegate of the organisation opened it.
    pub delegation: Option<DelegationId>,
    pub about: About,
    /// The person whose application it is; for a case about a permit, its holder.
    pub subject: PersonId,
    pub requested_day: Option<Date>,
    pub disclosed: Disclosed,
    pub stage: Stage,
    pub opened_at: Instant,
    pub decided_at: Option<Instant>,
    /// How the legs come to an outcome together; of the version of the service that the case stays on.
    pub rule: JointOutcome,
    pub legs: Box<[Leg]>,
    /// The entries of the log that this case is made of.
    pub entries: Vec<u64>,
}

impl Case {
    /// The decided case that it changes, and how.
    pub fn changes(&self) -> Option<Link> {
        match self.about {
            About::Change(link) => Some(link),
            About::Person(_) | About::Permit(_) | About::Organisation(_) => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Person(PersonId),
    Permit(PermitId),
    /// The applying clerk's own; the clerk's key seals what is written.
    Organisation(OrganisationId),
    /// A decided case, which it changes.
    Change(Link),
}

/// What of the answers is told in plain text, because the course of the case or its effect depends on it. Never
/// anything personal: the zone folder's check refuses that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosed {
    /// By field: what was chosen where a leg depends on it.
    pub choices: BTreeMap<Key, Key>,
    /// What the grant is asked for: a number, or minor units of money.
    pub balance: Option<i64>,
    /// To which organisation something is transferred.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Waits for the person whom it is about to confirm and consent.
    Confirming,
    Deciding,
    Decided(Outcome),
}

impl Stage {
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Confirming => "confirming",
            Stage::Deciding => "deciding",
            Stage::Decided(_) => "decided",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Approved,
    Refused,
    Withdrawn,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    pub key: Key,
    pub office: Key,
    pub bank: Bank,
    /// Legs of the log's first days decided, and waited for nobody.
    #[serde(default)]
    pub kind: LegKind,
    /// The legs of this case that have to end favourably before this one begins.
    #[serde(default)]
    pub after: Box<[Key]>,
    pub state: LegState,
    pub clock: Clock,
    /// Who took it, or decided it.
    pub officer: Option<PersonId>,
    pub decided_at: Option<Instant>,
    /// What it asks for besides one officer's word, and how far that has come.
    #[serde(default)]
    pub work: Option<Box<LegWork>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegState {
    Open,
    /// The applicant was asked; the clock stands still.
    Asked,
    Approved,
    Refused,
    /// The case ended before this office decided.
    Moot,
    /// Not begun: other legs come first. The clock stands at its full time.
    Waiting,
    /// An opinion was given, in favour.
    Supported,
    /// An opinion was given, against. It binds nobody.
    Objected,
}

impl LegState {
    /// Whether it is with its office now.
    pub fn is_undecided(self) -> bool {
        matches!(self, LegState::Open | LegState::Asked)
    }

    /// Whether legs that come after it may begin. An opinion only has to be given.
    pub fn has_ended_favourably(self) -> bool {
        matches!(self, LegState::Approved | LegState::Supported | LegState::Objected)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegVerdict {
    Approved,
    Refused,
    /// An opinion, of a leg that is only consulted.
    Supported,
    Objected,
}

impl LegVerdict {
    /// Whether a leg of this kind ends with it.
    pub fn fits(self, kind: LegKind) -> bool {
        match self {
            LegVerdict::Approved | LegVerdict::Refused => kind.binds() && kind.is_one_officers(),
            LegVerdict::Supported | LegVerdict::Objected => !kind.binds(),
        }
    }
}

impl From<LegVerdict> for LegState {
    fn from(verdict: LegVerdict) -> Self {
        match verdict {
            LegVerdict::Approved => LegState::Approved,
            LegVerdict::Refused => LegState::Refused,
            LegVerdict::Supported => LegState::Supported,
            LegVerdict::Objected => LegState::Objected,
        }
    }
}

/// A roster: its rows are sealed under its own key and erased with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    pub service: Key,
    pub organisation: OrganisationId,
    /// Under which a delegate of the organisation uploaded it.
    pub delegation: Option<DelegationId>,
    pub uploaded_by: PersonId,
    pub uploaded_at: Instant,
    pub subject: Subject,
    /// Content address (hex SHA-256) of the file as it was sent, in the object store.
    pub file: Box<str>,
    pub applied: u32,
    /// Rows about people who were applied for before, for whom nothing was done again.
    pub known: u32,
    /// All faulty rows that are left, also those that were too many to be kept.
    pub faulty: u32,
    /// Content address of the rows that are left to be mended and of those known before, sealed together.
    pub rows: Option<Box<str>>,
    /// The faulty rows themselves, as logs have them from before rows went to the object store.
    pub faulty_rows: Option<Sealed>,
    /// How often it was mended: whoever mends it says what they saw.
    pub mends: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    Open {
        service: Key,
        organisation: Option<OrganisationId>,
        about: About,
        answers: Option<Sealed>,
        requested_day: Option<Date>,
        #[serde(default)]
        disclosed: Disclosed,
        #[serde(default)]
        attachments: Vec<Attachment>,
    },
    Submit {
        case: CaseId,
    },
    Withdraw {
        case: CaseId,
    },
    Take {
        case: CaseId,
        leg: Key,
    },
    Decide {
        case: CaseId,
        leg: Key,
        verdict: LegVerdict,
        reason: Sealed,
    },
    /// The rulebook decides a leg that the service leaves to it; refused to everybody but the platform itself.
    DecideByRule {
        case: CaseId,
        leg: Key,
        watchlisted: bool,
        /// The same human being, registered by other organisations with the same identity document.
        registered_elsewhere: Vec<PersonId>,
    },
    Ask {
        case: CaseId,
        leg: Key,
        question: Sealed,
    },
    Answer {
        case: CaseId,
        leg: Key,
        answer: Sealed,
    },
    /// Offices of a bank, or all of it where none is named, are closed on these half days.
    DeclareClosure {
        kind: Key,
        bank: Bank,
        #[serde(default)]
        offices: Vec<Key>,
        from: HalfDay,
        until: HalfDay,
    },
    CorrectClosure {
        closure: ClosureId,
        from: HalfDay,
        until: HalfDay,
    },
    /// It should not have been declared.
    VoidClosure {
        closure: ClosureId,
    },
    /// Tells of a leg's clock what has not been told, and lets happen what the service says comes of it; refused to
    /// everybody but the platform itself.
    Remind {
        case: CaseId,
        leg: Key,
    },
    /// What is done on a leg besides an officer's word.
    Work {
        case: CaseId,
        leg: Key,
        act: Act,
    },
    /// What an office arranges that is no case's own.
    Office {
        office: Key,
        command: OfficeCommand,
    },
    /// By an officer or somebody concerned; for whom it is decides who reads it.
    Remark {
        case: CaseId,
        audience: Audience,
        text: Sealed,
    },
    /// Moves an open case to a newer version of its service; with what of its answers is told in plain text then.
    Migrate {
        case: CaseId,
        to: u32,
        disclosed: Disclosed,
    },
    /// What officers saw lately; refused to everybody but the platform itself.
    RecordViews {
        views: Vec<View>,
    },
    /// More documents, on request or of one's own accord.
    Attach {
        case: CaseId,
        attachments: Vec<Attachment>,
    },
    /// An officer opens a file: that it was read is recorded before it is shown.
    ReadAttachment {
        case: CaseId,
        file: Box<str>,
    },
    UploadRoster {
        service: Key,
        organisation: OrganisationId,
        subject: Subject,
        file: Box<str>,
        applied: u32,
        known: u32,
        faulty: u32,
        rows: Option<Box<str>>,
    },
    /// Some faulty rows were mended and applied for, or dropped. `mends` is how often the roster had been mended when its
    /// rows were read: they are replaced as a whole, so nobody may replace what they have not seen.
    MendRoster {
        roster: RosterId,
        mends: u32,
        applied: u32,
        known: u32,
        faulty: u32,
        rows: Option<Box<str>>,
    },
}
