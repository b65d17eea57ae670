//! **Permits**: what a case issued, and whether it is in force.
//!
//! Nouns: *permit* (a pass), *scope* (where, which way, when), *holder key* (the public key that a
//! presentation of the permit has to be signed with; made in the holder's browser, or kept by the portal for a card),
//! *status* (valid, suspended, revoked), *status list index* (its place in the published Token Status List: its number),
//! *grant* (an authorisation that is no pass: of a person or an organisation, perhaps with a *balance* to draw on).
//!
//! Invariants: a permit is issued once, by a case, and never again put in force after its revocation; a presentation
//! counts only if it was signed with a holder key bound to the permit; the status list says what the state says; a grant
//! is in no status list and opens no gate; a permit is put in force only while every consent that it rests on is.
//!
//! Events: `issued`, `holder_key_bound`, `holder_key_unbound`, `suspended`, `resumed`, `revoked`, `granted`, `grant_ended`.
//!
//! Law: outline 7.2.2 (pre-registration of designated people). Formats: SD-JWT VC and Token Status List, in `credentials`.

mod decide;
mod door;
mod grants;
mod model;
#[cfg(test)]
mod tests;

pub use decide::{decide, evolve};
pub use door::{consents_missing, entity, issued_since, misused_since, of_case, of_holder, permit, question, statuses};
pub use grants::{grant_of, grant_of_case, grants_of_organisation, grants_of_person};
pub use model::{
    Balance, Binding, Command, Event, Form, Grant, Grants, Issue, Measure, Permit, Reason, Refusal, Scope, State,
    Status, Terms,
};
