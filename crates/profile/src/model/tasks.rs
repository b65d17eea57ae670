//! What legs of some kinds ask for besides an office's word: a fee, a signature, an appointment, the votes of a panel.
//!
//! It must not know: who paid, signed, came or voted. That is with the case.

use super::money::Currency;
use base::{Key, Language, Localised};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// By the leg's kind; a leg that one officer decides has none.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskPlan {
    Pay(PayPlan),
    Sign(SignPlan),
    Attend(AttendPlan),
    Vote(VotePlan),
}

/// The service's fees in one currency, received by the leg's office.
#[derive(Debug, Clone, Serialize)]
pub struct PayPlan {
    /// The sum of the service's fees in this currency.
    pub amount_minor: i64,
    pub currency: Currency,
    /// When what was paid goes back.
    pub refund_on: Vec<RefundOn>,
}

/// How a case ended without a permit. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundOn {
    Refused,
    Withdrawn,
}

/// An undertaking, signed as it stands in the language of whoever signs.
#[derive(Debug, Clone, Serialize)]
pub struct SignPlan {
    pub version: u32,
    pub signatory: Signatory,
    pub text: Localised,
}

impl SignPlan {
    /// Hex SHA-256 of the text in one language: what is recorded with the signature.
    pub fn hash(&self, language: Language) -> String {
        Sha256::digest(self.text.get(language).as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Who signs. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signatory {
    /// Whoever opened the case, or a clerk of its organisation.
    Applicant,
    /// The person whom the case is about.
    Subject,
    /// Somebody of the organisation whom the applicant names.
    Named,
}

impl Signatory {
    pub const ALL: [Signatory; 3] = [Signatory::Applicant, Signatory::Subject, Signatory::Named];

    pub fn as_str(self) -> &'static str {
        match self {
            Signatory::Applicant => "applicant",
            Signatory::Subject => "subject",
            Signatory::Named => "named",
        }
    }
}

/// An appointment at the leg's office, in one of the times that it offers.
#[derive(Debug, Clone, Serialize)]
pub struct AttendPlan {
    /// How often a time that was chosen may be changed.
    pub changes_max: u8,
    /// How often somebody may stay away and choose again; once more, and the leg is refused.
    pub absences_max: u8,
    pub place: Localised,
    /// What to bring.
    pub bring: Option<Localised>,
}

/// A panel: seats given to offices, scores by criteria.
#[derive(Debug, Clone, Serialize)]
pub struct VotePlan {
    /// One for each member; an office with two members comes twice.
    pub seats: Vec<Key>,
    pub criteria: Vec<CriterionPlan>,
    /// The highest score of every criterion; the lowest is nought.
    pub score_max: u8,
    /// Of the members without a conflict of interest, how many have to take part, in per cent.
    pub quorum_percent: u8,
    /// Votes with scores that there have to be, whoever falls away.
    pub votes_min: u8,
    /// The weighted mean that approves, in per cent of the highest.
    pub pass_percent: u8,
}

#[derive(Debug, Clone, Serialize)]
pub struct CriterionPlan {
    pub key: Key,
    pub name: Localised,
    /// Per cent; together a hundred.
    pub weight: u8,
}
