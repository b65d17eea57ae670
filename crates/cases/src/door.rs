//! What other rooms may ask of cases.

use crate::model::{About, Case, Leg, Roster, StageCounts, State};
use crate::tasks::{Panel, Refund};
use crate::{OfficeTime, Urgency};
use base::{Actor, CaseId, Date, DelegationId, Entity, Instant, Key, OrganisationId, PersonId, RosterId, Value};
use profile::Profile;

pub fn case(state: &State, id: CaseId) -> Option<&Case> {
    state.cases.get(&id).map(|case| &**case)
}

/// Newest first.
pub fn of_subject(state: &State, person: PersonId) -> impl Iterator<Item = (CaseId, &Case)> + '_ {
    state.by_subject.get(&person).into_iter().flatten().rev().filter_map(|id| Some((*id, case(state, *id)?)))
}

/// Cases in which the person was named to sign and has not yet, newest first.
pub fn to_sign(state: &State, person: PersonId) -> impl Iterator<Item = (CaseId, &Case)> + '_ {
    state.to_sign.get(&person).into_iter().flatten().rev().filter_map(|id| Some((*id, case(state, *id)?)))
}

/// Newest first.
pub fn of_organisation(state: &State, id: OrganisationId) -> impl Iterator<Item = (CaseId, &Case)> + '_ {
    state.by_organisation.get(&id).into_iter().flatten().rev().filter_map(|id| Some((*id, case(state, *id)?)))
}

/// Those that a delegate opened under the delegation, newest first.
pub fn of_delegation(state: &State, id: DelegationId) -> impl Iterator<Item = (CaseId, &Case)> + '_ {
    state.by_delegation.get(&id).into_iter().flatten().rev().filter_map(|id| Some((*id, case(state, *id)?)))
}

/// Whether the case is an organisation's own, or changes one that is.
pub fn is_of_organisation(state: &State, case: &Case) -> bool {
    matches!(crate::links::root(state, case).about, About::Organisation(_))
}

/// The cases that are somebody's own to follow, newest first: those about them, and those of an organisation's own that
/// they opened as its clerk, as long as they are. What was opened under a delegation is followed on its organisation's pages.
pub fn own<'a>(
    state: &'a State,
    parties: &'a parties::State,
    person: PersonId,
) -> impl Iterator<Item = (CaseId, &'a Case)> + 'a {
    let clerk_of = parties::person(parties, person).and_then(|known| known.clerk_of);
    let is_theirs = move |case: &Case| case.delegation.is_none() && clerk_of.is_some() && case.organisation == clerk_of;
    of_subject(state, person).filter(move |(_, case)| !is_of_organisation(state, case) || is_theirs(case))
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
    let service = profile.service_at(&case.service, case.service_version)?;
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

impl Leg {
    /// The offices that have something to do with it now: its own while it is undecided or money goes back, and those of
    /// a panel's members who have not voted.
    pub fn waits_at(&self) -> impl Iterator<Item = &Key> + '_ {
        let owes_refund = self.payment().is_some_and(|payment| payment.refund == Some(Refund::Due));
        let own = (self.state.is_undecided() || owes_refund).then_some(&self.office);
        let seats = self.panel().filter(|_| self.state.is_undecided()).map_or(&[][..], |panel| &panel.seats);
        own.into_iter().chain(seats.iter().filter(|seat| seat.ballot.is_none()).map(|seat| &seat.office))
    }

    /// Whether the office has a part in it: it is the leg's own, or a member of its panel comes from there.
    pub fn concerns(&self, office: &Key) -> bool {
        self.office == *office
            || self.panel().is_some_and(|panel| panel.seats.iter().any(|seat| seat.office == *office))
    }
}

impl Case {
    /// Whether the office has a part in the case.
    pub fn concerns(&self, office: &Key) -> bool {
        self.legs.iter().any(|leg| leg.concerns(office))
    }

    /// The leg with which the office has something to do now.
    pub fn waiting_at(&self, office: &Key) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.waits_at().any(|known| known == office))
    }
}

/// Whether the actor is of an office that has a part in the case.
pub fn has_leg_here(case: &Case, actor: &Actor) -> bool {
    match actor {
        Actor::Officer { office, .. } => case.concerns(office),
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
        .with("of_organisation", is_of_organisation(state, case))
        .with("delegation", case.delegation.map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("subject", case.subject.to_string().as_str())
        .with("applicant", case.applicant.to_string().as_str())
        .with("stage", case.stage.as_str())
        .with("leg_office", leg.map_or("", |leg| leg.office.as_str()))
        .with("leg_bank", leg.map_or("none", |leg| leg.bank.as_str()))
        .with("leg_kind", leg.map_or("none", |leg| leg.kind.as_str()))
        .with("leg_eyes", leg.map_or(0, |leg| i64::from(leg.eyes())))
        .with("taken_by", person(leg.and_then(|leg| leg.officer)).as_str())
        .with("proposed_by", person(leg.and_then(Leg::proposal).map(|proposal| proposal.officer)).as_str())
        .with("panel", offices(leg.and_then(Leg::panel)))
        .with("excluded", excluded(leg.and_then(Leg::panel)))
        .with("signs", leg.and_then(Leg::signing).map_or("none", |signing| signing.signatory.as_str()))
        .with("signatory", person(case.legs.iter().filter_map(Leg::signing).find_map(|signing| signing.named)).as_str())
        .with("changes_as", change.map_or("", |link| link.kind.as_str()))
        .with("decided_before", Value::Texts(before))
}

fn person(id: Option<PersonId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn offices(panel: Option<&Panel>) -> Value {
    let mut offices: Vec<&Key> = panel.into_iter().flat_map(|panel| &panel.seats).map(|seat| &seat.office).collect();
    offices.sort_unstable();
    offices.dedup();
    Value::Texts(offices.into_iter().map(|office| office.as_str().into()).collect())
}

fn excluded(panel: Option<&Panel>) -> Value {
    let excluded = panel.into_iter().flat_map(|panel| &panel.excluded);
    Value::Texts(excluded.map(|id| id.to_string().into()).collect())
}
