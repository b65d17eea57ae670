//! Why parties refuse: each named for the rule that was broken. Pure data.

use base::{Answer, DelegationId, Key, OrganisationId, PersonId, Refuse, Remark, TokenId};

/// In order of precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    PersonMustBeKnown { person: PersonId },
    OrganisationMustBeKnown { organisation: OrganisationId },
    OfficeMustBeKnown { office: Key },
    GateMustBeKnown { gate: Key },
    TokenMustBeKnown { token: TokenId },
    DelegationMustBeKnown { delegation: DelegationId },
    PersonMustNotBeErased { person: PersonId },
    InvitationMustMatch,
    InvitationMustBeInTime,
    RuledOut(Answer),
    SealMustBeThePersonsOwn,
    PasskeyMustBeKnown,
    PasskeyMustBeNew,
    PasskeysMustBeFew,
    DocumentMustBeInForce,
    DocumentsMustBeFew,
    ConsentMustBeOnOffer { consent: Key, version: u32 },
    ConsentMustBeGiven { consent: Key },
    OfficerMustBeAppointed { office: Key },
    HeadMustBeAppointed { office: Key },
    ClerkMustBeAppointed,
    PersonMustNotHaveComeIn { person: PersonId },
    TokenMustEndInTime { days_max: i64 },
    TokenMustBeInForce { token: TokenId },
    ViewMustBePlain,
    ViewMustBeNew,
    ViewsMustBeFew,
    ViewMustBeSaved,
    DelegateMustBeSomebodyElse,
    DelegatedServiceMustBeForClerks { service: Key },
    DelegationMustGiveSomething,
    DelegationMustEndInTime { days_max: u32 },
    DelegationsMustBeFew { limit: usize },
    DelegationMustBeOnOffer { delegation: DelegationId },
    DelegationMustNotBeOver { delegation: DelegationId },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::PersonMustBeKnown { .. } => "person-must-be-known",
            Refusal::OrganisationMustBeKnown { .. } => "organisation-must-be-known",
            Refusal::OfficeMustBeKnown { .. } => "office-must-be-known",
            Refusal::PersonMustNotBeErased { .. } => "person-must-not-be-erased",
            Refusal::RuledOut(_) => "ruled-out",
            Refusal::SealMustBeThePersonsOwn => "seal-must-be-the-persons-own",
            Refusal::InvitationMustMatch => "invitation-must-match",
            Refusal::InvitationMustBeInTime => "invitation-must-be-in-time",
            Refusal::PasskeyMustBeKnown => "passkey-must-be-known",
            Refusal::PasskeyMustBeNew => "passkey-must-be-new",
            Refusal::PasskeysMustBeFew => "passkeys-must-be-few",
            Refusal::DocumentMustBeInForce => "document-must-be-in-force",
            Refusal::DocumentsMustBeFew => "documents-must-be-few",
            Refusal::ConsentMustBeOnOffer { .. } => "consent-must-be-on-offer",
            Refusal::ConsentMustBeGiven { .. } => "consent-must-be-given",
            Refusal::OfficerMustBeAppointed { .. } => "officer-must-be-appointed",
            Refusal::HeadMustBeAppointed { .. } => "head-must-be-appointed",
            Refusal::ClerkMustBeAppointed => "clerk-must-be-appointed",
            Refusal::PersonMustNotHaveComeIn { .. } => "person-must-not-have-come-in",
            Refusal::GateMustBeKnown { .. } => "gate-must-be-known",
            Refusal::TokenMustBeKnown { .. } => "token-must-be-known",
            Refusal::TokenMustEndInTime { .. } => "token-must-end-in-time",
            Refusal::TokenMustBeInForce { .. } => "token-must-be-in-force",
            Refusal::ViewMustBePlain => "view-must-be-plain",
            Refusal::ViewMustBeNew => "view-must-be-new",
            Refusal::ViewsMustBeFew => "views-must-be-few",
            Refusal::ViewMustBeSaved => "view-must-be-saved",
            Refusal::DelegationMustBeKnown { .. } => "delegation-must-be-known",
            Refusal::DelegateMustBeSomebodyElse => "delegate-must-be-somebody-else",
            Refusal::DelegatedServiceMustBeForClerks { .. } => "delegated-service-must-be-for-clerks",
            Refusal::DelegationMustGiveSomething => "delegation-must-give-something",
            Refusal::DelegationMustEndInTime { .. } => "delegation-must-end-in-time",
            Refusal::DelegationsMustBeFew { .. } => "delegations-must-be-few",
            Refusal::DelegationMustBeOnOffer { .. } => "delegation-must-be-on-offer",
            Refusal::DelegationMustNotBeOver { .. } => "delegation-must-not-be-over",
        }
    }

    fn remarks(&self) -> Vec<Remark> {
        match self {
            Refusal::PersonMustBeKnown { person }
            | Refusal::PersonMustNotBeErased { person }
            | Refusal::PersonMustNotHaveComeIn { person } => vec![("person", person.to_string())],
            Refusal::OrganisationMustBeKnown { organisation } => vec![("organisation", organisation.to_string())],
            Refusal::OfficeMustBeKnown { office }
            | Refusal::OfficerMustBeAppointed { office }
            | Refusal::HeadMustBeAppointed { office } => vec![("office", office.to_string())],
            Refusal::GateMustBeKnown { gate } => vec![("gate", gate.to_string())],
            Refusal::TokenMustBeKnown { token } | Refusal::TokenMustBeInForce { token } => {
                vec![("token", token.to_string())]
            }
            Refusal::DelegationMustBeKnown { delegation }
            | Refusal::DelegationMustBeOnOffer { delegation }
            | Refusal::DelegationMustNotBeOver { delegation } => vec![("delegation", delegation.to_string())],
            Refusal::DelegatedServiceMustBeForClerks { service } => vec![("service", service.to_string())],
            Refusal::DelegationMustEndInTime { days_max } => vec![("days_max", days_max.to_string())],
            Refusal::DelegationsMustBeFew { limit } => vec![("limit", limit.to_string())],
            Refusal::TokenMustEndInTime { days_max } => vec![("days_max", days_max.to_string())],
            Refusal::ConsentMustBeOnOffer { consent, version } => {
                vec![("consent", consent.to_string()), ("version", version.to_string())]
            }
            Refusal::ConsentMustBeGiven { consent } => vec![("consent", consent.to_string())],
            Refusal::RuledOut(_)
            | Refusal::SealMustBeThePersonsOwn
            | Refusal::InvitationMustMatch
            | Refusal::InvitationMustBeInTime
            | Refusal::PasskeyMustBeKnown
            | Refusal::PasskeyMustBeNew
            | Refusal::PasskeysMustBeFew
            | Refusal::DocumentMustBeInForce
            | Refusal::DocumentsMustBeFew
            | Refusal::ClerkMustBeAppointed
            | Refusal::ViewMustBePlain
            | Refusal::ViewMustBeNew
            | Refusal::ViewsMustBeFew
            | Refusal::ViewMustBeSaved
            | Refusal::DelegateMustBeSomebodyElse
            | Refusal::DelegationMustGiveSomething => Vec::new(),
        }
    }

    fn answer(&self) -> Option<&Answer> {
        match self {
            Refusal::RuledOut(answer) => Some(answer),
            _ => None,
        }
    }
}
