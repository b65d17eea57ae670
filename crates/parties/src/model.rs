//! What parties are made of: state, commands, events; refusals are in `refusal`. Pure data.

use crate::delegations::{Delegations, Scope};
pub use crate::refusal::Refusal;
use base::{
    Actor, Bank, Date, DelegationId, Instant, Key, Language, Localised, OrganisationId, PersonId, Sealed, Subject,
    TokenId,
};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub persons: OrdMap<PersonId, Arc<Person>>,
    pub organisations: OrdMap<OrganisationId, Arc<Organisation>>,
    /// Who works for which organisation.
    pub employees: OrdMap<OrganisationId, imbl::OrdSet<PersonId>>,
    /// Who acts for which office.
    pub officers: OrdMap<Key, imbl::OrdSet<PersonId>>,
    /// What programs sign in with. The secret part is made from the number and kept nowhere.
    pub tokens: OrdMap<TokenId, Token>,
    /// Who signed out, for as long as a session that they signed out of could have lasted otherwise.
    pub signed_out: OrdMap<PersonId, SignedOut>,
    /// Who heads which office: officers of it, who share out its work.
    pub heads: OrdMap<Key, imbl::OrdSet<PersonId>>,
    /// The queues that officers keep narrowed down in their own way, in the order they were saved.
    pub views: OrdMap<PersonId, Vec<SavedView>>,
    /// Who acts for which organisation for a while, and for what.
    pub delegations: Delegations,
}

/// A token lets a program act as its bearer until it ends or is revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    pub bearer: Actor,
    pub issued_at: Instant,
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
}

/// Sessions that are over before their time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOut {
    /// Every session that began by then.
    pub everywhere_at: Option<Instant>,
    /// Single sessions, by the digest of their id, and when they were signed out of.
    pub sessions: Vec<(Box<str>, Instant)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub name: Localised,
    pub bank: Bank,
    /// The zone folder's name for it, where it is one of the demonstration's.
    pub key: Option<Key>,
    pub synthetic: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Whose key seals this person's fields.
    pub subject: Subject,
    /// Names, date of birth and addresses, sealed; see the desk's `Details`.
    pub details: Sealed,
    pub home_bank: Bank,
    pub employer: Option<OrganisationId>,
    /// Who vouched for a visitor; nobody for an employee, or for somebody whom the park registered.
    pub host: Option<OrganisationId>,
    pub clerk_of: Option<OrganisationId>,
    pub offices: Vec<Key>,
    pub language: Language,
    pub document: Option<Document>,
    /// What they confirmed before it, oldest first: whoever is looked for under one document is so under every other.
    pub earlier_documents: Vec<Document>,
    pub passkeys: Vec<Passkey>,
    pub invitation: Option<Invitation>,
    pub consents: Vec<Consent>,
    pub erased: bool,
    pub synthetic: bool,
}

/// An identity document that its holder has confirmed; its number is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub number: Sealed,
    pub kind: Key,
    pub expires: Date,
    pub confirmed_at: Instant,
}

/// A WebAuthn credential, sealed; `name` is the SHA-256 of the credential id in base64url, so that it can be found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    pub name: Box<str>,
    pub credential: Sealed,
    pub added_at: Instant,
}

/// A one-time link: only the SHA-256 of its secret is known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub secret_digest: Box<str>,
    pub expires_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub key: Key,
    pub version: u32,
    pub given_at: Instant,
}

/// A queue narrowed down and sorted, as its address says it: `service=commuter-pass&urgency=breached`. It has no name of
/// its own: what it says is told in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub office: Key,
    pub query: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    RegisterOrganisation {
        name: Localised,
        bank: Bank,
        key: Option<Key>,
        synthetic: bool,
    },
    RegisterPerson {
        subject: Subject,
        details: Sealed,
        home_bank: Bank,
        employer: Option<OrganisationId>,
        host: Option<OrganisationId>,
        language: Language,
        synthetic: bool,
    },
    /// The organisation corrects what it said of somebody who has not come in yet: a letter went to a wrong address.
    MendDetails {
        person: PersonId,
        details: Sealed,
    },
    AppointOfficer {
        person: PersonId,
        office: Key,
    },
    RelieveOfficer {
        person: PersonId,
        office: Key,
    },
    /// An officer becomes a head of the office. Whoever is relieved as an officer is no head any more.
    AppointHead {
        person: PersonId,
        office: Key,
    },
    RelieveHead {
        person: PersonId,
        office: Key,
    },
    AppointClerk {
        person: PersonId,
        organisation: OrganisationId,
    },
    RelieveClerk {
        person: PersonId,
        organisation: OrganisationId,
    },
    Invite {
        person: PersonId,
        secret_digest: Box<str>,
        expires_at: Instant,
        /// The secret itself, sealed, where a letter is to take it to the person.
        secret: Option<Sealed>,
    },
    /// `invited_by` is the digest of the invitation's secret, where the person has no passkey to sign in with yet.
    AddPasskey {
        person: PersonId,
        name: Box<str>,
        credential: Sealed,
        invited_by: Option<Box<str>>,
    },
    /// The authenticator's counter moved on.
    UsePasskey {
        person: PersonId,
        name: Box<str>,
        credential: Sealed,
    },
    RemovePasskey {
        person: PersonId,
        name: Box<str>,
    },
    ConfirmDocument {
        person: PersonId,
        kind: Key,
        number: Sealed,
        expires: Date,
    },
    GiveConsent {
        person: PersonId,
        consent: Key,
        version: u32,
    },
    WithdrawConsent {
        person: PersonId,
        consent: Key,
    },
    SetLanguage {
        person: PersonId,
        language: Language,
    },
    /// One session, by the digest of its id; every session of the person where none is named.
    SignOut {
        person: PersonId,
        session: Option<Box<str>>,
    },
    IssueToken {
        bearer: Actor,
        expires_at: Instant,
    },
    RevokeToken {
        token: TokenId,
    },
    SaveView {
        person: PersonId,
        view: SavedView,
    },
    RemoveView {
        person: PersonId,
        view: SavedView,
    },
    /// Lets somebody act for the organisation for a while, once they accept.
    OfferDelegation {
        organisation: OrganisationId,
        delegate: PersonId,
        scope: Scope,
    },
    AcceptDelegation {
        delegation: DelegationId,
    },
    DeclineDelegation {
        delegation: DelegationId,
    },
    /// Before its last day, or before it was answered.
    EndDelegation {
        delegation: DelegationId,
    },
    /// Records that the person's key is destroyed; `case_approved` says that a case for it was approved.
    Erase {
        person: PersonId,
        case_approved: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    OrganisationRegistered {
        organisation: OrganisationId,
        name: Localised,
        bank: Bank,
        key: Option<Key>,
        synthetic: bool,
    },
    PersonRegistered {
        person: PersonId,
        subject: Subject,
        details: Sealed,
        home_bank: Bank,
        employer: Option<OrganisationId>,
        /// Written only where there is one: the visitors of earlier logs have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        host: Option<OrganisationId>,
        language: Language,
        synthetic: bool,
    },
    DetailsMended {
        person: PersonId,
        details: Sealed,
    },
    OfficerAppointed {
        person: PersonId,
        office: Key,
    },
    OfficerRelieved {
        person: PersonId,
        office: Key,
    },
    HeadAppointed {
        person: PersonId,
        office: Key,
    },
    HeadRelieved {
        person: PersonId,
        office: Key,
    },
    ClerkAppointed {
        person: PersonId,
        organisation: OrganisationId,
    },
    ClerkRelieved {
        person: PersonId,
        organisation: OrganisationId,
    },
    Invited {
        person: PersonId,
        secret_digest: Box<str>,
        expires_at: Instant,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<Sealed>,
    },
    PasskeyAdded {
        person: PersonId,
        name: Box<str>,
        credential: Sealed,
    },
    PasskeyUsed {
        person: PersonId,
        name: Box<str>,
        credential: Sealed,
    },
    PasskeyRemoved {
        person: PersonId,
        name: Box<str>,
    },
    DocumentConfirmed {
        person: PersonId,
        kind: Key,
        number: Sealed,
        expires: Date,
    },
    ConsentGiven {
        person: PersonId,
        consent: Key,
        version: u32,
    },
    ConsentWithdrawn {
        person: PersonId,
        consent: Key,
    },
    LanguageSet {
        person: PersonId,
        language: Language,
    },
    SignedOut {
        person: PersonId,
        session: Option<Box<str>>,
    },
    TokenIssued {
        token: TokenId,
        bearer: Actor,
        expires_at: Instant,
    },
    TokenRevoked {
        token: TokenId,
    },
    ViewSaved {
        person: PersonId,
        view: SavedView,
    },
    ViewRemoved {
        person: PersonId,
        view: SavedView,
    },
    DelegationOffered {
        delegation: DelegationId,
        organisation: OrganisationId,
        delegate: PersonId,
        scope: Scope,
    },
    DelegationAccepted {
        delegation: DelegationId,
    },
    DelegationDeclined {
        delegation: DelegationId,
    },
    DelegationEnded {
        delegation: DelegationId,
    },
    PersonErased {
        person: PersonId,
    },
}
