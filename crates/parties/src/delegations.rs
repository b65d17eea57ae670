//! Delegations: that a person acts for an organisation from one day to another, for some services and some acts. Pure.
//!
//! A delegation works only while it is in force, and that is looked at whenever something is decided: no timer ends it.
//! It must not know cases: how many were opened under it is the cases' to count.

use crate::decide::Room;
use crate::model::{Event, Person, Refusal, State};
use base::{Actor, Date, DelegationId, Entity, Instant, Key, OrganisationId, PersonId, Recorded, Value};
use imbl::{OrdMap, OrdSet};
use profile::{Applicant, Profile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegations {
    pub all: OrdMap<DelegationId, Arc<Delegation>>,
    pub of_organisation: OrdMap<OrganisationId, OrdSet<DelegationId>>,
    pub of_delegate: OrdMap<PersonId, OrdSet<DelegationId>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    pub organisation: OrganisationId,
    pub delegate: PersonId,
    /// The clerk who offered it.
    pub given_by: Option<PersonId>,
    pub scope: Scope,
    pub offered_at: Instant,
    pub answer: Answered,
    /// When somebody ended it before its last day.
    pub ended_at: Option<Instant>,
}

/// What is given. Days are days of the organisation's own bank; both are inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Every service that the organisation's clerks apply for, where none is named.
    pub services: BTreeSet<Key>,
    pub acts: BTreeSet<DelegatedAct>,
    /// How many applications may be opened under it in all.
    pub applications_max: Option<u32>,
    pub from: Date,
    pub until: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DelegatedAct {
    Apply,
    /// What offices ask for: answers, documents, appointments, who signs.
    Answer,
    Withdraw,
    /// The organisation's applications that others made; those made under the delegation are seen without it.
    See,
    /// Undertakings that the applicant signs, with the delegate's own passkey.
    Sign,
}

impl DelegatedAct {
    pub const ALL: [DelegatedAct; 5] =
        [DelegatedAct::Apply, DelegatedAct::Answer, DelegatedAct::Withdraw, DelegatedAct::See, DelegatedAct::Sign];

    pub fn as_str(self) -> &'static str {
        match self {
            DelegatedAct::Apply => "apply",
            DelegatedAct::Answer => "answer",
            DelegatedAct::Withdraw => "withdraw",
            DelegatedAct::See => "see",
            DelegatedAct::Sign => "sign",
        }
    }
}

/// What the delegate said to the offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    NotYet,
    Accepted(Instant),
    Declined(Instant),
}

/// How a delegation stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DelegationStanding {
    InForce,
    /// Accepted, and begins on a later day.
    Accepted,
    Offered,
    Declined,
    /// Somebody ended it.
    Ended,
    /// Its last day is over, whether it was accepted or not.
    Expired,
}

impl DelegationStanding {
    pub fn as_str(self) -> &'static str {
        match self {
            DelegationStanding::InForce => "in-force",
            DelegationStanding::Accepted => "accepted",
            DelegationStanding::Offered => "offered",
            DelegationStanding::Declined => "declined",
            DelegationStanding::Ended => "ended",
            DelegationStanding::Expired => "expired",
        }
    }

    /// Whether nothing can come of it any more.
    pub fn is_over(self) -> bool {
        match self {
            DelegationStanding::InForce | DelegationStanding::Accepted | DelegationStanding::Offered => false,
            DelegationStanding::Declined | DelegationStanding::Ended | DelegationStanding::Expired => true,
        }
    }
}

impl Delegation {
    pub fn covers(&self, service: &Key) -> bool {
        self.scope.services.is_empty() || self.scope.services.contains(service)
    }
}

pub fn delegation(state: &State, id: DelegationId) -> Option<&Delegation> {
    state.delegations.all.get(&id).map(|known| &**known)
}

/// Newest first.
pub fn delegations_of(
    state: &State,
    organisation: OrganisationId,
) -> impl Iterator<Item = (DelegationId, &Delegation)> + '_ {
    let ids = state.delegations.of_organisation.get(&organisation).into_iter().flatten().rev();
    ids.filter_map(|id| Some((*id, delegation(state, *id)?)))
}

/// Newest first.
pub fn delegations_to(state: &State, delegate: PersonId) -> impl Iterator<Item = (DelegationId, &Delegation)> + '_ {
    let ids = state.delegations.of_delegate.get(&delegate).into_iter().flatten().rev();
    ids.filter_map(|id| Some((*id, delegation(state, *id)?)))
}

/// How it stands, by the calendar of the organisation's bank.
pub fn standing(state: &State, profile: &Profile, delegation: &Delegation, now: Instant) -> DelegationStanding {
    let Some(known) = crate::organisation(state, delegation.organisation) else { return DelegationStanding::Ended };
    let today = profile.local_date(known.bank, now);
    match delegation.answer {
        Answered::Declined(_) => DelegationStanding::Declined,
        _ if delegation.ended_at.is_some() => DelegationStanding::Ended,
        _ if today > delegation.scope.until => DelegationStanding::Expired,
        Answered::NotYet => DelegationStanding::Offered,
        Answered::Accepted(_) if today < delegation.scope.from => DelegationStanding::Accepted,
        Answered::Accepted(_) => DelegationStanding::InForce,
    }
}

/// The capacities that delegations give somebody now, newest first.
pub fn delegate_actors<'a>(
    state: &'a State,
    profile: &'a Profile,
    person: PersonId,
    now: Instant,
) -> impl Iterator<Item = Actor> + 'a {
    in_force(state, profile, person, now).map(move |(delegation, known)| Actor::Delegate {
        person,
        organisation: known.organisation,
        delegation,
    })
}

fn in_force<'a>(
    state: &'a State,
    profile: &'a Profile,
    person: PersonId,
    now: Instant,
) -> impl Iterator<Item = (DelegationId, &'a Delegation)> + 'a {
    let works = move |known: &Delegation| standing(state, profile, known, now) == DelegationStanding::InForce;
    delegations_to(state, person).filter(move |(_, known)| works(known))
}

/// When its last day is over, on the calendar of the organisation's bank.
pub(crate) fn ends_at(state: &State, profile: &Profile, delegation: &Delegation) -> Option<Instant> {
    let bank = crate::organisation(state, delegation.organisation)?.bank;
    Some(profile.start_of_day(bank, delegation.scope.until.tomorrow().ok()?))
}

/// A delegation as the rulebook sees it.
pub fn delegation_entity(id: DelegationId, organisation: OrganisationId, delegate: PersonId) -> Entity {
    Entity::new("Delegation", id)
        .with("delegation", id.to_string().as_str())
        .with("organisation", organisation.to_string().as_str())
        .with("delegate", delegate.to_string().as_str())
}

/// The delegation under which the actor says to act: one that was given to this person by this organisation.
pub(crate) fn held<'a>(state: &'a State, actor: &Actor) -> Option<(DelegationId, &'a Delegation)> {
    let Actor::Delegate { person, organisation, delegation: id } = actor else { return None };
    let known = delegation(state, *id)?;
    (known.delegate == *person && known.organisation == *organisation).then_some((*id, known))
}

/// What the rulebook is told of the actor's delegation, and of all for whom the person acts besides as a delegate.
pub(crate) fn with_delegation(
    entity: Entity,
    state: &State,
    profile: &Profile,
    actor: &Actor,
    person: Option<&Person>,
    now: Instant,
) -> Entity {
    let held = person.and_then(|_| held(state, actor));
    let scope = held.map(|(_, known)| &known.scope);
    let services = scope.into_iter().flat_map(|scope| &scope.services).map(|key| key.as_str().into());
    let acts = scope.into_iter().flat_map(|scope| &scope.acts).map(|act| act.as_str().into());
    let mut acts_for: Vec<OrganisationId> = match (person, actor.person()) {
        (Some(_), Some(id)) => in_force(state, profile, id, now).map(|(_, known)| known.organisation).collect(),
        (_, _) => Vec::new(),
    };
    acts_for.sort_unstable();
    acts_for.dedup();
    entity
        .with("delegation", held.map(|(id, _)| id.to_string()).unwrap_or_default().as_str())
        .with("delegation_standing", held.map_or("none", |(_, known)| standing(state, profile, known, now).as_str()))
        .with("delegated_all", scope.is_some_and(|scope| scope.services.is_empty()))
        .with("delegated_services", Value::Texts(services.collect()))
        .with("delegated_acts", Value::Texts(acts.collect()))
        .with("acts_for", Value::Texts(acts_for.into_iter().map(|id| id.to_string().into()).collect()))
}

pub(crate) fn offer(
    room: &Room,
    organisation: OrganisationId,
    delegate: PersonId,
    scope: Scope,
) -> Result<Event, Refusal> {
    room.known(delegate)?;
    room.organisation(organisation)?;
    let known = room.living(delegate)?;
    room.may("give_delegation", crate::decide::organisation_entity(organisation))?;
    if known.clerk_of == Some(organisation) || room.ctx.actor.person() == Some(delegate) {
        return Err(Refusal::DelegateMustBeSomebodyElse);
    }
    fits(room, organisation, &scope)?;
    let open =
        |(_, known): &(DelegationId, &Delegation)| !standing(room.state, room.profile, known, room.ctx.now).is_over();
    let limit = room.profile.delegations.open_max as usize;
    if delegations_of(room.state, organisation).filter(open).count() >= limit {
        return Err(Refusal::DelegationsMustBeFew { limit });
    }
    let delegation = room.state.delegations.all.get_max().map_or(DelegationId(1), |(last, _)| last.next());
    Ok(Event::DelegationOffered { delegation, organisation, delegate, scope })
}

fn fits(room: &Room, organisation: OrganisationId, scope: &Scope) -> Result<(), Refusal> {
    let for_clerks =
        |key: &&Key| room.profile.service(key).is_some_and(|known| known.may_be_applied_for_by(Applicant::Clerk));
    if let Some(service) = scope.services.iter().find(|key| !for_clerks(key)) {
        return Err(Refusal::DelegatedServiceMustBeForClerks { service: service.clone() });
    }
    if scope.acts.is_empty() || scope.applications_max == Some(0) {
        return Err(Refusal::DelegationMustGiveSomething);
    }
    let days_max = room.profile.delegations.days_max;
    let bank = room.organisation(organisation)?.bank;
    let today = room.profile.local_date(bank, room.ctx.now);
    // The last day is inside: from the first of January until the first is one day.
    let days = scope.from.until(scope.until).map_or(i64::MAX, |span| i64::from(span.get_days())) + 1;
    let in_time = scope.from <= scope.until && today <= scope.until && days <= i64::from(days_max);
    // Nor is it given years ahead: whoever gives it should know what it will be for.
    let ahead = today.until(scope.from).map_or(i64::MAX, |span| i64::from(span.get_days()));
    if in_time && ahead <= i64::from(days_max) { Ok(()) } else { Err(Refusal::DelegationMustEndInTime { days_max }) }
}

fn known<'a>(room: &Room<'a>, delegation: DelegationId) -> Result<&'a Delegation, Refusal> {
    self::delegation(room.state, delegation).ok_or(Refusal::DelegationMustBeKnown { delegation })
}

/// The offer, where the actor may do `action` with it and it waits for its answer.
fn offered<'a>(room: &Room<'a>, action: &'static str, id: DelegationId) -> Result<&'a Delegation, Refusal> {
    let known = known(room, id)?;
    room.may(action, delegation_entity(id, known.organisation, known.delegate))?;
    match standing(room.state, room.profile, known, room.ctx.now) {
        DelegationStanding::Offered => Ok(known),
        DelegationStanding::InForce
        | DelegationStanding::Accepted
        | DelegationStanding::Declined
        | DelegationStanding::Ended
        | DelegationStanding::Expired => Err(Refusal::DelegationMustBeOnOffer { delegation: id }),
    }
}

pub(crate) fn accept(room: &Room, delegation: DelegationId) -> Result<Event, Refusal> {
    let known = offered(room, "answer_delegation", delegation)?;
    // Whoever became a clerk since acts for the organisation without it.
    if room.living(known.delegate)?.clerk_of == Some(known.organisation) {
        return Err(Refusal::DelegateMustBeSomebodyElse);
    }
    Ok(Event::DelegationAccepted { delegation })
}

pub(crate) fn decline(room: &Room, delegation: DelegationId) -> Result<Event, Refusal> {
    offered(room, "answer_delegation", delegation)?;
    Ok(Event::DelegationDeclined { delegation })
}

pub(crate) fn end(room: &Room, delegation: DelegationId) -> Result<Event, Refusal> {
    let known = known(room, delegation)?;
    room.may("end_delegation", delegation_entity(delegation, known.organisation, known.delegate))?;
    if standing(room.state, room.profile, known, room.ctx.now).is_over() {
        return Err(Refusal::DelegationMustNotBeOver { delegation });
    }
    Ok(Event::DelegationEnded { delegation })
}

pub(crate) fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    let delegations = &mut state.delegations;
    if let Event::DelegationOffered { delegation, organisation, delegate, scope } = event {
        let new = Delegation {
            organisation: *organisation,
            delegate: *delegate,
            given_by: recorded.actor.person(),
            scope: scope.clone(),
            offered_at: recorded.at,
            answer: Answered::NotYet,
            ended_at: None,
        };
        delegations.all.insert(*delegation, Arc::new(new));
        delegations.of_organisation.entry(*organisation).or_default().insert(*delegation);
        delegations.of_delegate.entry(*delegate).or_default().insert(*delegation);
    }
    match event {
        Event::DelegationAccepted { delegation } => {
            change(delegations, *delegation, |known| known.answer = Answered::Accepted(recorded.at));
        }
        Event::DelegationDeclined { delegation } => {
            change(delegations, *delegation, |known| known.answer = Answered::Declined(recorded.at));
        }
        Event::DelegationEnded { delegation } => {
            change(delegations, *delegation, |known| known.ended_at = Some(recorded.at));
            crate::access::end_tokens(state, recorded.at, |bearer| bearer.delegation() == Some(*delegation));
        }
        _ => {}
    }
}

/// Whoever is erased acts for nobody any more, and no offer waits for them.
pub(crate) fn erase(state: &mut State, person: PersonId, recorded: &Recorded) {
    let theirs: Vec<DelegationId> = delegations_to(state, person).map(|(id, _)| id).collect();
    for id in theirs {
        change(&mut state.delegations, id, |known| {
            if !matches!(known.answer, Answered::Declined(_)) && known.ended_at.is_none() {
                known.ended_at = Some(recorded.at);
            }
        });
    }
}

fn change(delegations: &mut Delegations, id: DelegationId, with: impl FnOnce(&mut Delegation)) {
    if let Some(known) = delegations.all.get_mut(&id) {
        with(Arc::make_mut(known));
    }
}
