//! The legs of a service: which offices look at an application, in which order, and what comes of it together.

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
}

impl LegKind {
    pub const ALL: [LegKind; 5] = [LegKind::Decide, LegKind::Endorse, LegKind::Vet, LegKind::Inspect, LegKind::Consult];

    pub fn as_str(self) -> &'static str {
        match self {
            LegKind::Decide => "decide",
            LegKind::Endorse => "endorse",
            LegKind::Vet => "vet",
            LegKind::Inspect => "inspect",
            LegKind::Consult => "consult",
        }
    }

    /// Whether it approves or refuses, and counts towards the outcome.
    pub fn binds(self) -> bool {
        match self {
            LegKind::Decide | LegKind::Endorse | LegKind::Vet | LegKind::Inspect => true,
            LegKind::Consult => false,
        }
    }
}

/// A choice field of the form, and the option chosen in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhenChosen {
    pub field: Key,
    pub is: Key,
}

/// What the binding legs come to together. The words stand in the log: none is ever renamed.
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
