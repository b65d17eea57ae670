//! What happened to cases: for ever readable, small, past tense.

use crate::attachments::Attachment;
use crate::model::{About, Disclosed, Leg, LegVerdict, Outcome};
use crate::offices::OfficeEvent;
use crate::work::Work;
use crate::{Audience, Clock, Notice, View};
use base::{Answer, Bank, CaseId, ClosureId, Date, Key, OrganisationId, PersonId, RosterId, Sealed, Subject};
use profile::{HalfDay, JointOutcome};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    Opened {
        case: CaseId,
        service: Key,
        service_version: u32,
        applicant: PersonId,
        organisation: Option<OrganisationId>,
        about: About,
        subject: PersonId,
        answers: Option<Sealed>,
        requested_day: Option<Date>,
        #[serde(default)]
        disclosed: Disclosed,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attachment>,
    },
    /// The offices may start; with each leg's clock. In the log's first days all legs had to approve.
    Submitted {
        case: CaseId,
        legs: Vec<Leg>,
        #[serde(default)]
        rule: JointOutcome,
    },
    /// All legs that come before it have ended favourably: its clock starts.
    LegStarted {
        case: CaseId,
        leg: Key,
        clock: Clock,
    },
    LegTaken {
        case: CaseId,
        leg: Key,
        officer: PersonId,
    },
    LegDecided {
        case: CaseId,
        leg: Key,
        verdict: LegVerdict,
        officer: Option<PersonId>,
        reason: Option<Sealed>,
        ruling: Answer,
    },
    /// The rule did not permit it by itself: an officer of the leg's office decides.
    LegLeftToOfficer {
        case: CaseId,
        leg: Key,
        ruling: Answer,
    },
    Asked {
        case: CaseId,
        leg: Key,
        officer: PersonId,
        question: Sealed,
        clock: Clock,
    },
    Answered {
        case: CaseId,
        leg: Key,
        answer: Sealed,
        clock: Clock,
    },
    /// What was done on a leg besides an officer's word.
    Worked {
        case: CaseId,
        leg: Key,
        work: Work,
    },
    /// What an office arranged that is no case's own.
    Office {
        office: Key,
        event: OfficeEvent,
    },
    Decided {
        case: CaseId,
        outcome: Outcome,
    },
    Withdrawn {
        case: CaseId,
    },
    Remarked {
        case: CaseId,
        audience: Audience,
        text: Sealed,
    },
    /// From then on the case is on another version of its service, with these legs.
    Migrated {
        case: CaseId,
        from: u32,
        to: u32,
        legs: Vec<Leg>,
        rule: JointOutcome,
        disclosed: Disclosed,
    },
    /// Of no one case: what officers saw of people, collected.
    Viewed {
        views: Vec<View>,
    },
    ClosureDeclared {
        closure: ClosureId,
        kind: Key,
        bank: Bank,
        offices: Vec<Key>,
        from: HalfDay,
        until: HalfDay,
    },
    ClosureCorrected {
        closure: ClosureId,
        from: HalfDay,
        until: HalfDay,
    },
    ClosureVoided {
        closure: ClosureId,
    },
    /// So much of the leg's time has been used; told to the officer who has it.
    ClockWarned {
        case: CaseId,
        leg: Key,
        notice: Notice,
        percent: u8,
        due: Date,
        officer: Option<PersonId>,
    },
    /// The time has run out.
    ClockBreached {
        case: CaseId,
        leg: Key,
        due: Date,
        officer: Option<PersonId>,
    },
    /// Brought before the head of this office.
    Escalated {
        case: CaseId,
        leg: Key,
        office: Key,
    },
    /// The office was silent too long, and the service says what that counts as; `leg_decided` follows.
    LegDeemed {
        case: CaseId,
        leg: Key,
        verdict: LegVerdict,
        due: Date,
    },
    Attached {
        case: CaseId,
        attachments: Vec<Attachment>,
    },
    AttachmentRead {
        case: CaseId,
        document: Key,
        file: Box<str>,
    },
    RosterUploaded {
        roster: RosterId,
        service: Key,
        organisation: OrganisationId,
        uploaded_by: PersonId,
        subject: Subject,
        file: Box<str>,
        applied: u32,
        #[serde(default, skip_serializing_if = "is_nought")]
        known: u32,
        faulty: u32,
        /// Only in logs from before rows went to the object store.
        faulty_rows: Option<Sealed>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<Box<str>>,
    },
    RosterMended {
        roster: RosterId,
        applied: u32,
        #[serde(default, skip_serializing_if = "is_nought")]
        known: u32,
        faulty: u32,
        /// As in `RosterUploaded`.
        faulty_rows: Option<Sealed>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<Box<str>>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_nought(count: &u32) -> bool {
    *count == 0
}

impl Event {
    /// The leg that it is about; none where it is the whole case's.
    pub fn leg(&self) -> Option<&Key> {
        match self {
            Event::LegTaken { leg, .. }
            | Event::LegStarted { leg, .. }
            | Event::LegDecided { leg, .. }
            | Event::LegLeftToOfficer { leg, .. }
            | Event::Asked { leg, .. }
            | Event::Answered { leg, .. }
            | Event::Worked { leg, .. }
            | Event::ClockWarned { leg, .. }
            | Event::ClockBreached { leg, .. }
            | Event::Escalated { leg, .. }
            | Event::LegDeemed { leg, .. } => Some(leg),
            Event::Opened { .. }
            | Event::Submitted { .. }
            | Event::Office { .. }
            | Event::Decided { .. }
            | Event::Withdrawn { .. }
            | Event::Remarked { .. }
            | Event::Migrated { .. }
            | Event::Viewed { .. }
            | Event::ClosureDeclared { .. }
            | Event::ClosureCorrected { .. }
            | Event::ClosureVoided { .. }
            | Event::Attached { .. }
            | Event::AttachmentRead { .. }
            | Event::RosterUploaded { .. }
            | Event::RosterMended { .. } => None,
        }
    }
}
