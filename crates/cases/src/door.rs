//! What other rooms may ask of cases.

use crate::Urgency;
use crate::model::{Case, Leg, Roster, StageCounts, State};
use base::{Actor, CaseId, Entity, Instant, Key, OrganisationId, PersonId, RosterId, Value};
use imbl::OrdSet;
use profile::Profile;

pub fn case(state: &State, id: CaseId) -> Option<&Case> {
    state.cases.get(&id).map(|case| &**case)
}

/// Cases in which the office has an undecided leg, the nearest deadline first. A case with two such legs that are due
/// on different days comes twice.
pub fn for_office<'a>(state: &'a State, office: &str) -> impl DoubleEndedIterator<Item = (CaseId, &'a Case)> + 'a {
    let waiting = state.queues.get(office).into_iter().flatten();
    waiting.filter_map(|waiting| Some((waiting.case, case(state, waiting.case)?)))
}

/// How much waits for the office.
pub fn queue_length(state: &State, office: &str) -> usize {
    state.queues.get(office).map_or(0, OrdSet::len)
}

/// Newest first.
pub fn of_subject(state: &State, person: PersonId) -> impl Iterator<Item = (CaseId, &Case)> + '_ {
    state.by_subject.get(&person).into_iter().flatten().rev().filter_map(|id| Some((*id, case(state, *id)?)))
}

/// Newest first.
pub fn of_organisation(state: &State, id: OrganisationId) -> impl Iterator<Item = (CaseId, &Case)> + '_ {
    state.by_organisation.get(&id).into_iter().flatten().rev().filter_map(|id| Some((*id, case(state, *id)?)))
}

pub fn roster(state: &State, id: RosterId) -> Option<&Roster> {
    state.rosters.get(&id).map(|roster| &**roster)
}

pub fn case_counts(state: &State) -> impl Iterator<Item = (&Key, &StageCounts)> + '_ {
    state.counts.iter()
}

/// How pressing an undecided leg is, on its office's own calendar.
pub fn urgency(profile: &Profile, case: &Case, leg: &Leg, now: Instant) -> Option<Urgency> {
    let calendar = profile.calendar_of_office(&leg.office)?;
    let service = profile.service_at(&case.service, case.service_version)?;
    Some(leg.clock.urgency(calendar, profile.local_date(leg.bank, now), service.warn_at_percent))
}

/// Whether the actor is of an office that has a leg of the case.
pub fn has_leg_here(case: &Case, actor: &Actor) -> bool {
    match actor {
        Actor::Officer { office, .. } => case.legs.iter().any(|leg| leg.office == *office),
        _ => false,
    }
}

/// A case as the rulebook sees it, and the leg that is asked about, where one is.
pub fn entity(state: &State, id: CaseId, case: &Case, leg: Option<&Leg>) -> Entity {
    let change = case.changes();
    let before = crate::links::deciders_before(state, case);
    let before = before.into_iter().map(|officer| officer.to_string().into()).collect();
    Entity::new("Case", id)
        .with("case", id.to_string().as_str())
        .with("service", &case.service)
        .with("organisation", case.organisation.map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("subject", case.subject.to_string().as_str())
        .with("applicant", case.applicant.to_string().as_str())
        .with("stage", case.stage.as_str())
        .with("leg_office", leg.map_or("", |leg| leg.office.as_str()))
        .with("leg_bank", leg.map_or("none", |leg| leg.bank.as_str()))
        .with("changes_as", change.map_or("", |link| link.kind.as_str()))
        .with("decided_before", Value::Texts(before))
}
