//! What other rooms may ask of permits.

use crate::{Issue, Permit, State, Status};
use base::{CaseId, Entity, Instant, Key, OrganisationId, PermitId, PersonId};

pub fn permit(state: &State, id: PermitId) -> Option<&Permit> {
    state.permits.get(&id).map(|permit| &**permit)
}

pub fn of_holder(state: &State, holder: PersonId) -> impl Iterator<Item = (PermitId, &Permit)> + '_ {
    state.by_holder.get(&holder).into_iter().flatten().filter_map(|id| Some((*id, permit(state, *id)?)))
}

pub fn of_case(state: &State, case: CaseId) -> Option<PermitId> {
    state.by_case.get(&case).copied()
}

/// Every permit's status by its status list index, in order of index.
pub fn statuses(state: &State) -> impl Iterator<Item = (u32, Status)> + '_ {
    state.permits.iter().map(|(id, permit)| (id.0, permit.status))
}

/// The permit as the rulebook sees it.
pub fn entity(permit: PermitId, issue: &Issue, status: Status) -> Entity {
    Entity::new("Permit", permit)
        .with("permit", permit.to_string().as_str())
        .with("kind", &issue.kind)
        .with("holder", issue.holder.to_string().as_str())
        .with("organisation", issue.organisation.map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("status", status.as_str())
}

/// How many permits of a kind were issued to somebody since then.
pub fn issued_since(state: &State, holder: PersonId, kind: &Key, since: Instant) -> usize {
    of_holder(state, holder).filter(|(_, permit)| permit.issue.kind == *kind && permit.issued_at >= since).count()
}

/// Whether a pass that the organisation vouched for was revoked for misuse since then.
pub fn misused_since(state: &State, organisation: OrganisationId, since: Instant) -> bool {
    state.misused.get(&organisation).is_some_and(|at| *at >= since)
}
