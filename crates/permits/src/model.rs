//! What permits are made of: state, commands, events, refusals. Pure data.

use base::{
    Answer, CaseId, Direction, GrantId, Instant, Key, Localised, OrganisationId, PermitId, PersonId, Refuse, Remark,
    Sealed,
};
use imbl::{OrdMap, OrdSet};
use profile::Currency;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub permits: OrdMap<PermitId, Arc<Permit>>,
    pub by_holder: OrdMap<PersonId, OrdSet<PermitId>>,
    pub by_case: OrdMap<CaseId, PermitId>,
    /// When a pass that an organisation had vouched for was last revoked for misuse.
    pub misused: OrdMap<OrganisationId, Instant>,
    /// Suspended since their holders changed their documents, until an officer has looked.
    pub to_look_at: OrdSet<PermitId>,
    pub grants: Grants,
}

/// Authorisations that are no passes: in no status list, bound to no key, unknown to every gate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants {
    pub all: OrdMap<GrantId, Arc<Grant>>,
    pub by_person: OrdMap<PersonId, OrdSet<GrantId>>,
    pub by_organisation: OrdMap<OrganisationId, OrdSet<GrantId>>,
    pub by_case: OrdMap<CaseId, GrantId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub terms: Terms,
    pub granted_at: Instant,
    pub ended: Option<(Instant, Reason)>,
}

impl Grant {
    pub fn is_in_force(&self, at: Instant) -> bool {
        self.ended.is_none() && self.terms.valid_from <= at && at < self.terms.valid_until
    }
}

/// What a case asks to be granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub case: CaseId,
    pub kind: Key,
    /// The person authorised, or the clerk who applied for the organisation.
    pub holder: PersonId,
    pub organisation: Option<OrganisationId>,
    pub valid_from: Instant,
    /// The first instant at which it is no longer valid.
    pub valid_until: Instant,
    /// How much there is to draw on, where it is an authorisation of a quantity.
    pub balance: Option<Balance>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// Whole units, or minor units of the currency.
    pub amount: i64,
    pub measure: Measure,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    Currency(Currency),
    /// In the words of the service's form.
    Unit(Localised),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permit {
    pub issue: Issue,
    pub issued_at: Instant,
    pub status: Status,
    /// Why it is suspended or revoked; nothing while it is valid.
    pub stopped_for: Option<Reason>,
    pub bindings: Vec<Binding>,
}

/// What a case asks to be issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    pub case: CaseId,
    pub kind: Key,
    pub holder: PersonId,
    pub organisation: Option<OrganisationId>,
    pub valid_from: Instant,
    /// The first instant at which it is no longer valid.
    pub valid_until: Instant,
    pub scope: Scope,
}

/// Where, which way and when the permit lets its holder cross. Minutes and weekdays are those of the gate's bank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    pub bridges: Vec<Key>,
    pub directions: Vec<Direction>,
    /// Minutes of the day, `from` included, `until` not: 0 to 1440.
    pub minute_from: u16,
    pub minute_until: u16,
    /// 1 is Monday.
    pub weekdays: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Valid,
    Suspended,
    Revoked,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Valid => "valid",
            Status::Suspended => "suspended",
            Status::Revoked => "revoked",
        }
    }
}

/// How the pass is carried: the key in a phone's browser, a short-lived presentation made by the portal, or a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Phone,
    Portal,
    Card,
}

impl Form {
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Phone => "phone",
            Form::Portal => "portal",
            Form::Card => "card",
        }
    }
}

/// A holder key bound to the permit, by its RFC 7638 thumbprint in base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    pub thumbprint: Box<str>,
    pub form: Form,
    pub bound_at: Instant,
}

/// Why a permit was suspended or revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Lost,
    LeftEmployer,
    Misuse,
    OfficeRequest,
    HolderRequest,
    CaseDecided,
    /// A consent that it rests on was withdrawn; it resumes by itself when all of them are in force again.
    ConsentWithdrawn,
    /// The holder confirmed another document than the one that the offices saw; an officer has to look.
    DocumentChanged,
}

impl Reason {
    pub const ALL: [Reason; 8] = [
        Reason::Lost,
        Reason::LeftEmployer,
        Reason::Misuse,
        Reason::OfficeRequest,
        Reason::HolderRequest,
        Reason::CaseDecided,
        Reason::ConsentWithdrawn,
        Reason::DocumentChanged,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Lost => "lost",
            Reason::LeftEmployer => "left-employer",
            Reason::Misuse => "misuse",
            Reason::OfficeRequest => "office-request",
            Reason::HolderRequest => "holder-request",
            Reason::CaseDecided => "case-decided",
            Reason::ConsentWithdrawn => "consent-withdrawn",
            Reason::DocumentChanged => "document-changed",
        }
    }

    /// Whether it is a fact of the log that the platform alone states: nobody gives it as a reason of their own.
    pub fn is_the_platforms(self) -> bool {
        match self {
            Reason::CaseDecided | Reason::ConsentWithdrawn | Reason::DocumentChanged => true,
            Reason::Lost | Reason::LeftEmployer | Reason::Misuse | Reason::OfficeRequest | Reason::HolderRequest => {
                false
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    Issue(Issue),
    BindHolderKey { permit: PermitId, thumbprint: Box<str>, form: Form },
    UnbindHolderKey { permit: PermitId, thumbprint: Box<str> },
    Suspend { permit: PermitId, reason: Reason, note: Option<Sealed> },
    Resume { permit: PermitId, note: Option<Sealed> },
    Revoke { permit: PermitId, reason: Reason, note: Option<Sealed> },
    Grant(Terms),
    EndGrant { grant: GrantId, reason: Reason, note: Option<Sealed> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    Issued { permit: PermitId, issue: Issue },
    HolderKeyBound { permit: PermitId, thumbprint: Box<str>, form: Form },
    HolderKeyUnbound { permit: PermitId, thumbprint: Box<str> },
    Suspended { permit: PermitId, reason: Reason, note: Option<Sealed> },
    Resumed { permit: PermitId, note: Option<Sealed> },
    Revoked { permit: PermitId, reason: Reason, note: Option<Sealed> },
    Granted { grant: GrantId, terms: Terms },
    GrantEnded { grant: GrantId, reason: Reason, note: Option<Sealed> },
}

/// In order of precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    PermitMustBeKnown { permit: PermitId },
    GrantMustBeKnown { grant: GrantId },
    HolderMustBeKnown { holder: PersonId },
    RuledOut(Answer),
    ReasonMustBeTheActorsToGive { reason: Reason },
    CaseMustNotHaveIssued { case: CaseId },
    ValidityMustEndAfterItBegins,
    GrantMustNotHaveEnded { grant: GrantId },
    PermitMustNotBeRevoked { permit: PermitId },
    PermitMustBeValid { permit: PermitId },
    PermitMustBeSuspended { permit: PermitId },
    HolderKeyMustBeNew,
    HolderKeyMustBeBound,
    ThumbprintMustBeWellFormed,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::PermitMustBeKnown { .. } => "permit-must-be-known",
            Refusal::GrantMustBeKnown { .. } => "grant-must-be-known",
            Refusal::HolderMustBeKnown { .. } => "holder-must-be-known",
            Refusal::RuledOut(_) => "ruled-out",
            Refusal::ReasonMustBeTheActorsToGive { .. } => "reason-must-be-the-actors-to-give",
            Refusal::CaseMustNotHaveIssued { .. } => "case-must-not-have-issued",
            Refusal::ValidityMustEndAfterItBegins => "validity-must-end-after-it-begins",
            Refusal::GrantMustNotHaveEnded { .. } => "grant-must-not-have-ended",
            Refusal::PermitMustNotBeRevoked { .. } => "permit-must-not-be-revoked",
            Refusal::PermitMustBeValid { .. } => "permit-must-be-valid",
            Refusal::PermitMustBeSuspended { .. } => "permit-must-be-suspended",
            Refusal::HolderKeyMustBeNew => "holder-key-must-be-new",
            Refusal::HolderKeyMustBeBound => "holder-key-must-be-bound",
            Refusal::ThumbprintMustBeWellFormed => "thumbprint-must-be-well-formed",
        }
    }

    fn remarks(&self) -> Vec<Remark> {
        match self {
            Refusal::PermitMustBeKnown { permit }
            | Refusal::PermitMustNotBeRevoked { permit }
            | Refusal::PermitMustBeValid { permit }
            | Refusal::PermitMustBeSuspended { permit } => vec![("permit", permit.to_string())],
            Refusal::GrantMustBeKnown { grant } | Refusal::GrantMustNotHaveEnded { grant } => {
                vec![("grant", grant.to_string())]
            }
            Refusal::ReasonMustBeTheActorsToGive { reason } => vec![("reason", reason.as_str().to_owned())],
            Refusal::HolderMustBeKnown { holder } => vec![("person", holder.to_string())],
            Refusal::CaseMustNotHaveIssued { case } => vec![("case", case.to_string())],
            Refusal::RuledOut(_)
            | Refusal::ValidityMustEndAfterItBegins
            | Refusal::HolderKeyMustBeNew
            | Refusal::HolderKeyMustBeBound
            | Refusal::ThumbprintMustBeWellFormed => Vec::new(),
        }
    }

    fn answer(&self) -> Option<&Answer> {
        match self {
            Refusal::RuledOut(answer) => Some(answer),
            Refusal::PermitMustBeKnown { .. }
            | Refusal::GrantMustBeKnown { .. }
            | Refusal::GrantMustNotHaveEnded { .. }
            | Refusal::HolderMustBeKnown { .. }
            | Refusal::ReasonMustBeTheActorsToGive { .. }
            | Refusal::CaseMustNotHaveIssued { .. }
            | Refusal::ValidityMustEndAfterItBegins
            | Refusal::PermitMustNotBeRevoked { .. }
            | Refusal::PermitMustBeValid { .. }
            | Refusal::PermitMustBeSuspended { .. }
            | Refusal::HolderKeyMustBeNew
            | Refusal::HolderKeyMustBeBound
            | Refusal::ThumbprintMustBeWellFormed => None,
        }
    }
}
