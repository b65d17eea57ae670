//! What may change a decided case later: which kinds of change a service allows, by which other service, and until when.

use base::Key;
use serde::{Deserialize, Serialize};

/// What a later case does to the first. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The same again, following on the old.
    Renew,
    /// Other terms, in place of the old.
    Amend,
    /// The same, held by another organisation.
    Transfer,
    /// Given back before its end.
    Surrender,
    /// Decided anew by somebody else.
    Appeal,
    /// Looked at again by those who refused.
    Reconsider,
    /// What was told was wrong.
    Correct,
}

impl ChangeKind {
    pub const ALL: [ChangeKind; 7] = [
        ChangeKind::Renew,
        ChangeKind::Amend,
        ChangeKind::Transfer,
        ChangeKind::Surrender,
        ChangeKind::Appeal,
        ChangeKind::Reconsider,
        ChangeKind::Correct,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Renew => "renew",
            ChangeKind::Amend => "amend",
            ChangeKind::Transfer => "transfer",
            ChangeKind::Surrender => "surrender",
            ChangeKind::Appeal => "appeal",
            ChangeKind::Reconsider => "reconsider",
            ChangeKind::Correct => "correct",
        }
    }

    /// Whether it is asked of a refusal; all others are asked of what was issued.
    pub fn is_about_a_refusal(self) -> bool {
        matches!(self, ChangeKind::Appeal | ChangeKind::Reconsider)
    }
}

/// One change that a service allows.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    pub kind: ChangeKind,
    /// The service that carries it out, which is about a case.
    pub service: Key,
    /// Days within which it can be asked: of a renewal before the end, of everything else after the decision.
    pub within_days: Option<u16>,
    pub legs: ChangeLegs,
}

/// Which legs the later case has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeLegs {
    /// Those of the service that carries it out.
    #[default]
    Own,
    /// Of those, the ones on banks that had refused.
    Banks,
    /// The first case's that had refused.
    Refused,
    /// The first case's, all of them, for the answers as they are now.
    First,
}

impl ChangeLegs {
    pub const ALL: [ChangeLegs; 4] = [ChangeLegs::Own, ChangeLegs::Banks, ChangeLegs::Refused, ChangeLegs::First];

    pub fn as_str(self) -> &'static str {
        match self {
            ChangeLegs::Own => "own",
            ChangeLegs::Banks => "banks",
            ChangeLegs::Refused => "refused",
            ChangeLegs::First => "first",
        }
    }
}
