//! Grants: authorisations that are no passes. Decided, folded and asked about here; a gate never hears of them.

use crate::decide::Room;
use crate::model::{Event, Grant, Grants, Reason, Refusal, State, Terms};
use base::{CaseId, Entity, GrantId, OrganisationId, PersonId, Recorded, Sealed};
use std::sync::Arc;

pub(crate) fn grant(room: &Room, terms: Terms) -> Result<Vec<Event>, Refusal> {
    room.holder_is_known(terms.holder)?;
    let grant = room.state.grants.all.get_max().map_or(GrantId(1), |(last, _)| last.next());
    room.ask("issue_permit", entity(grant, &terms, "valid"), terms.holder, &terms.kind)?;
    room.case_is_new(terms.case)?;
    if terms.valid_until <= terms.valid_from {
        return Err(Refusal::ValidityMustEndAfterItBegins);
    }
    Ok(vec![Event::Granted { grant, terms }])
}

/// Whoever may revoke a pass may end a grant.
pub(crate) fn end(room: &Room, id: GrantId, reason: Reason, note: Option<Sealed>) -> Result<Vec<Event>, Refusal> {
    let known = room.state.grants.all.get(&id).ok_or(Refusal::GrantMustBeKnown { grant: id })?;
    let status = if known.ended.is_none() { "valid" } else { "revoked" };
    room.ask("revoke_permit", entity(id, &known.terms, status), known.terms.holder, &known.terms.kind)?;
    room.may_give(reason)?;
    match known.ended {
        None => Ok(vec![Event::GrantEnded { grant: id, reason, note }]),
        Some(_) => Err(Refusal::GrantMustNotHaveEnded { grant: id }),
    }
}

/// The grant as the rulebook sees it: what a case issued, under a number of its own.
fn entity(grant: GrantId, terms: &Terms, status: &'static str) -> Entity {
    Entity::new("Permit", grant)
        .with("permit", grant.to_string().as_str())
        .with("kind", &terms.kind)
        .with("holder", terms.holder.to_string().as_str())
        .with("organisation", terms.organisation.map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("status", status)
}

pub(crate) fn evolve(grants: &mut Grants, event: &Event, recorded: &Recorded) {
    match event {
        Event::Granted { grant, terms } => {
            grants.by_person.entry(terms.holder).or_default().insert(*grant);
            if let Some(organisation) = terms.organisation {
                grants.by_organisation.entry(organisation).or_default().insert(*grant);
            }
            grants.by_case.insert(terms.case, *grant);
            let new = Grant { terms: terms.clone(), granted_at: recorded.at, ended: None };
            grants.all.insert(*grant, Arc::new(new));
        }
        Event::GrantEnded { grant, reason, .. } => {
            if let Some(grant) = grants.all.get_mut(grant) {
                Arc::make_mut(grant).ended = Some((recorded.at, *reason));
            }
        }
        Event::Issued { .. }
        | Event::HolderKeyBound { .. }
        | Event::HolderKeyUnbound { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::Revoked { .. } => {}
    }
}

pub fn grant_of(state: &State, id: GrantId) -> Option<&Grant> {
    state.grants.all.get(&id).map(|grant| &**grant)
}

/// Oldest first; those of an organisation that the person applied for are among them.
pub fn grants_of_person(state: &State, person: PersonId) -> impl DoubleEndedIterator<Item = (GrantId, &Grant)> + '_ {
    let ids = state.grants.by_person.get(&person).into_iter().flatten();
    ids.filter_map(|id| Some((*id, grant_of(state, *id)?)))
}

/// Oldest first.
pub fn grants_of_organisation(
    state: &State,
    organisation: OrganisationId,
) -> impl DoubleEndedIterator<Item = (GrantId, &Grant)> + '_ {
    let ids = state.grants.by_organisation.get(&organisation).into_iter().flatten();
    ids.filter_map(|id| Some((*id, grant_of(state, *id)?)))
}

pub fn grant_of_case(state: &State, case: CaseId) -> Option<GrantId> {
    state.grants.by_case.get(&case).copied()
}
