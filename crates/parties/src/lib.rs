//! **Parties**: the people and organisations of both parks, and what each may act as.
//!
//! Nouns: *person* (one natural person, on either bank), *organisation* (employer, tenant, host), *clerk* (a person who
//! acts for an organisation), *officer* (a person who acts for an office of one bank), *passkey* (how a person signs
//! in), *invitation* (the one-time link before the first passkey), *identity document*, *consent* (to one authority, for
//! one purpose, in one version; withdrawable), *erasure*, *token* (what a program signs in with, in a bearer's place), *view*
//! (a queue as an officer keeps it narrowed down), *delegation* (that a person, the *delegate*, acts for an organisation from
//! one day to another, for some services and some acts).
//!
//! Invariants: personal fields enter only sealed under the person's own key; an erased person has no capacity, no passkey
//! and no document; an officer's offices are offices of the zone; a consent is given only by the person themself;
//! a delegation works from its first to its last day once its delegate accepted it, by the clock of whatever is decided, and
//! is never passed on.
//!
//! Events: `organisation_registered`, `person_registered`, `officer_appointed`, `officer_relieved`, `clerk_appointed`,
//! `clerk_relieved`, `invited`, `passkey_added`, `passkey_used`, `passkey_removed`, `document_confirmed`, `consent_given`,
//! `consent_withdrawn`, `language_set`, `signed_out`, `token_issued`, `token_revoked`, `view_saved`, `view_removed`,
//! `delegation_offered`, `delegation_accepted`, `delegation_declined`, `delegation_ended`, `person_erased`.
//!
//! Law: Personal Data (Privacy) Ordinance (Cap. 486) and the Personal Information Protection Law for consent and erasure;
//! outline 7.2.2 for pre-registration.

mod access;
mod decide;
mod delegations;
mod door;
mod model;
mod refusal;
#[cfg(test)]
mod tests;
mod views;

pub use access::{SESSION_LIFE_MAX, is_signed_out, token_entity, token_in_force, token_question};
pub use decide::{decide, evolve};
pub use delegations::{
    Answered, DelegatedAct, Delegation, DelegationStanding, Delegations, Scope, delegate_actors, delegation,
    delegation_entity, delegations_of, delegations_to, standing,
};
pub use door::{
    clerk_of, has_capacity, is_head, officers_of, organisation, people_of_organisation, person, person_entity,
    principal, views_of,
};
pub use model::{
    Command, Consent, Document, Event, Invitation, Organisation, Passkey, Person, Refusal, SavedView, SignedOut, State,
    Token,
};
