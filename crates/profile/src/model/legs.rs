//! The legs of a service: which offices look at an application, in which order, and what comes of it together.

use super::tasks::TaskPlan;
use base::{Key, Localised};
use serde::{Deserialize, Serialize};

/// One office's part of the decision.
#[derive(Debug, Clone, Serialize)]
pub struct LegPlan {
    pub key: Key,
    pub office: Key,
    pub name: Localised,
    /// On the calendar of the office.
    pub working_days: u16,
    pub by: Decider,
    pub kind: LegKind,
    /// The legs that have to end favourably before this one begins.
    pub after: Vec<Key>,
    /// The answer on which there is such a leg at all.
    pub when: Option<WhenChosen>,
    /// How many officers have to agree on what one of them proposes: one, or two.
    pub eyes: u8,
    /// What the leg asks for besides an officer's word, by its kind.
    pub task: Option<TaskPlan>,
    /// What becomes of it when its office lets the time run out. Nothing does where the service does not say so.
    pub deemed: Option<Deemed>,
    /// The office whose head is told when the time has run out; where none is named, the office's own choice.
    pub escalates_to: Option<Key>,
}

/// What silence counts as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deemed {
    pub approved: bool,
    pub section: String,
    pub illustrative: bool,
}

/// Who decides a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decider {
    Officer,
    /// The rulebook alone (action `decide_by_rule`); an officer of the leg's office where it does not permit.
    Rule,
}

/// What the office does. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegKind {
    #[default]
    Decide,
    Endorse,
    Vet,
    Inspect,
    /// Gives an opinion, which binds nobody.
    Consult,
    /// Receives the service's fees.
    Pay,
    /// Has an undertaking signed.
    Sign,
    /// Sees the applicant at an appointment.
    Attend,
    /// Chairs a panel that votes.
    Vote,
}

impl LegKind {
    pub const ALL: [LegKind; 9] = [
        LegKind::Decide,
        LegKind::Endorse,
        LegKind::Vet,
        LegKind::Inspect,
        LegKind::Consult,
        LegKind::Pay,
        LegKind::Sign,
        LegKind::Attend,
        LegKind::Vote,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            LegKind::Decide => "decide",
            LegKind::Endorse => "endorse",
            LegKind::Vet => "vet",
            LegKind::Inspect => "inspect",
            LegKind::Consult => "consult",
            LegKind::Pay => "pay",
            LegKind::Sign => "sign",
            LegKind::Attend => "attend",
            LegKind::Vote => "vote",
        }
    }

    /// Whether it ends in approval or refusal: everything but an opinion.
    pub fn binds(self) -> bool {
        match self {
            LegKind::Decide
            | LegKind::Endorse
            | LegKind::Vet
            | LegKind::Inspect
            | LegKind::Pay
            | LegKind::Sign
            | LegKind::Attend
            | LegKind::Vote => true,
            LegKind::Consult => false,
        }
    }

    /// Whether it judges the application, and so counts towards what the outcome's rule asks for.
    pub fn judges(self) -> bool {
        match self {
            LegKind::Decide | LegKind::Endorse | LegKind::Vet | LegKind::Inspect | LegKind::Vote => true,
            LegKind::Consult | LegKind::Pay | LegKind::Sign | LegKind::Attend => false,
        }
    }

    /// Whether the applicant has to do something: a condition of every approval, whatever the outcome's rule.
    pub fn is_condition(self) -> bool {
        self.binds() && !self.judges()
    }

    /// Whether one officer ends it with a word: approved or refused, or an opinion.
    pub fn is_one_officers(self) -> bool {
        match self {
            LegKind::Decide | LegKind::Endorse | LegKind::Vet | LegKind::Inspect | LegKind::Consult => true,
            LegKind::Pay | LegKind::Sign | LegKind::Attend | LegKind::Vote => false,
        }
    }
}

/// A choice field of the form, and the option chosen in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhenChosen {
    pub field: Key,
    pub is: Key,
}

/// What the legs that judge come to together; conditions have to be met besides. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JointOutcome {
    /// Approved by all, refused by one.
    #[default]
    All,
    /// Approved by one, refused by all.
    Any,
    /// Approved by so many; refused as soon as so many cannot be reached.
    Quorum(u8),
    /// This leg decides, and the other bank recognises it.
    Recognition { lead: Key },
}
