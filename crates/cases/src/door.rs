//! What other rooms may ask of cases.

use crate::model::{Case, Leg, Roster, StageCounts, State};
use crate::{OfficeTime, Urgency};
use base::{CaseId, Date, Entity, Instant, Key, OrganisationId, PersonId, RosterId};
use profile::Profile;

pub fn case(state: &State, id: CaseId) -> Option<&Case> {
    state.cases.get(&id).map(|case| &**case)
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

/// How pressing an undecided leg is, in its office's own working time.
pub fn urgency(state: &State, profile: &Profile, case: &Case, leg: &Leg, now: Instant) -> Option<Urgency> {
    let time = OfficeTime::of(state, profile, &leg.office)?;
    let service = profile.services.get(&case.service)?;
    Some(leg.clock.urgency(&time, profile.local_date(leg.bank, now), service.warn_at_percent))
}

/// By the end of which day the office decides, as far as is known now; none where its clock stands.
pub fn due(state: &State, profile: &Profile, leg: &Leg) -> Option<Date> {
    leg.clock.due(&OfficeTime::of(state, profile, &leg.office)?)
}

/// Half days left to the office at an instant; negative when it is late.
pub fn left(state: &State, profile: &Profile, leg: &Leg, at: Instant) -> Option<i32> {
    let time = OfficeTime::of(state, profile, &leg.office)?;
    Some(leg.clock.left(&time, profile.local_date(leg.bank, at)))
}

/// A case as the rulebook sees it, and the leg that is asked about, where one is.
pub fn entity(id: CaseId, case: &Case, leg: Option<&Leg>) -> Entity {
    Entity::new("Case", id)
        .with("case", id.to_string().as_str())
        .with("service", &case.service)
        .with("organisation", case.organisation.map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("subject", case.subject.to_string().as_str())
        .with("applicant", case.applicant.to_string().as_str())
        .with("stage", case.stage.as_str())
        .with("leg_office", leg.map_or("", |leg| leg.office.as_str()))
        .with("leg_bank", leg.map_or("none", |leg| leg.bank.as_str()))
}
