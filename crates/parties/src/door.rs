//! What other rooms may ask of parties.

use crate::delegations::{held, with_delegation};
use crate::{Organisation, Person, State};
use base::{Actor, Entity, Instant, Key, OrganisationId, PersonId};
use profile::Profile;

pub fn person(state: &State, id: PersonId) -> Option<&Person> {
    state.persons.get(&id).map(|person| &**person)
}

pub fn organisation(state: &State, id: OrganisationId) -> Option<&Organisation> {
    state.organisations.get(&id).map(|organisation| &**organisation)
}

/// Somebody who acts for the organisation: the first who was appointed and still does.
pub fn clerk_of(state: &State, id: OrganisationId) -> Option<PersonId> {
    let acts = |person: &PersonId| {
        self::person(state, *person).is_some_and(|known| known.clerk_of == Some(id) && !known.erased)
    };
    people_of_organisation(state, id).find(acts).or_else(|| state.persons.keys().copied().find(acts))
}

pub fn people_of_organisation(state: &State, id: OrganisationId) -> impl Iterator<Item = PersonId> + '_ {
    state.employees.get(&id).into_iter().flatten().copied()
}

/// Officers of an office.
pub fn officers_of<'a>(state: &'a State, office: &Key) -> impl Iterator<Item = PersonId> + 'a {
    state.officers.get(office).into_iter().flatten().copied()
}

/// Whether the person heads the office.
pub fn is_head(state: &State, person: PersonId, office: &Key) -> bool {
    state.heads.get(office).is_some_and(|heads| heads.contains(&person))
}

/// What the person keeps of an office's queue, in the order it was saved.
pub fn views_of<'a>(state: &'a State, person: PersonId, office: &'a Key) -> impl Iterator<Item = &'a str> + 'a {
    let kept = state.views.get(&person).into_iter().flatten();
    kept.filter(|view| view.office == *office).map(|view| &*view.query)
}

/// A person as the rulebook sees them.
pub fn person_entity(
    person: PersonId,
    employer: Option<OrganisationId>,
    host: Option<OrganisationId>,
    erased: bool,
) -> Entity {
    let text = |organisation: Option<OrganisationId>| organisation.map(|id| id.to_string()).unwrap_or_default();
    Entity::new("Person", person)
        .with("person", person.to_string().as_str())
        .with("organisation", text(employer).as_str())
        .with("host", text(host).as_str())
        .with("erased", erased)
}

/// Whether the person has this capacity. A delegate has theirs also while it is not in force: the rulebook is told.
pub fn has_capacity(state: &State, actor: &Actor) -> bool {
    let known = actor.person().and_then(|id| person(state, id)).filter(|person| !person.erased);
    match (actor, known) {
        (Actor::Person { .. }, Some(_)) => true,
        (Actor::Clerk { organisation, .. }, Some(person)) => person.clerk_of == Some(*organisation),
        (Actor::Officer { office, .. }, Some(person)) => person.offices.contains(office),
        (Actor::Delegate { .. }, Some(_)) => held(state, actor).is_some(),
        (Actor::Person { .. } | Actor::Clerk { .. } | Actor::Officer { .. } | Actor::Delegate { .. }, None) => false,
        (Actor::Gate { .. } | Actor::Operator | Actor::System | Actor::Anonymous, _) => true,
    }
}

/// The actor as the rulebook sees them. Whoever does not have the capacity (any more) asks as nobody: an officer who was
/// relieved while a page stood open, the program of a clerk who was. Not as a mere person either, whose own things a
/// token for another capacity was never given for. A delegate whose time is over still asks as one, and the rulebook is
/// told that it is: it says why not.
pub fn principal(state: &State, profile: &Profile, actor: &Actor, now: Instant) -> Entity {
    let known = actor.person().and_then(|id| person(state, id)).filter(|person| !person.erased);
    let office = match actor {
        Actor::Officer { office, .. } => {
            known.filter(|p| p.offices.contains(office)).and_then(|_| profile.offices.get(office))
        }
        _ => None,
    };
    let organisation = match actor {
        Actor::Clerk { organisation, .. } => known.and_then(|p| p.clerk_of).filter(|of| of == organisation),
        Actor::Delegate { .. } => known.and_then(|_| held(state, actor)).map(|(_, known)| known.organisation),
        _ => None,
    };
    let role = match actor {
        Actor::Officer { .. } if office.is_none() => "anonymous",
        other if has_capacity(state, other) => other.role(),
        _ => "anonymous",
    };
    let text = |value: Option<String>| value.unwrap_or_default();
    let gate = match actor {
        Actor::Gate { gate } => gate.as_str(),
        _ => "",
    };
    let entity = Entity::new("Actor", actor)
        .with("role", role)
        .with("person", text(known.and_then(|_| actor.person()).map(|id| id.to_string())).as_str())
        .with("organisation", text(organisation.map(|id| id.to_string())).as_str())
        .with("employer", text(known.and_then(|p| p.employer).map(|id| id.to_string())).as_str())
        .with("office", office.map_or("", |office| office.key.as_str()))
        .with("bank", office.map_or("none", |office| office.bank.as_str()))
        .with("duty", office.map_or("none", |office| office.duty.as_str()))
        .with("head", office.is_some_and(|office| actor.person().is_some_and(|id| is_head(state, id, &office.key))))
        .with("gate", gate);
    with_delegation(entity, state, profile, actor, known, now)
}
