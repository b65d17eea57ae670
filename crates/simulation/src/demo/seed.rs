//! The first start of a demonstration; on a later one, finding the personas again.

use super::history;
use crate::error::SimulationError;
use crate::founding::PERSONA_MARK;
use crate::stage::{OpenPark, Stage};
use base::{Actor, Key, OrganisationId, PersonId};
use desk::{Details, context};
use park::Park;
use profile::{Persona, Role};
use std::collections::BTreeMap;

/// Whom one can sign in as.
#[derive(Debug, Clone, Default)]
pub struct Seeded {
    pub personas: BTreeMap<Key, Actor>,
}

/// Gives the park its past, unless it has one; and says who the personas are.
pub async fn seed(park: &Park) -> Result<Seeded, SimulationError> {
    let mut stage = OpenPark { park: park.clone(), runtime: tokio::runtime::Handle::current() };
    // The desk is waited for: not on the runtime's own threads.
    let work = tokio::task::spawn_blocking(move || {
        if stage.zone().parties.organisations.is_empty() {
            history::write(&mut stage)?;
        }
        Ok(find(&stage))
    });
    match work.await {
        Ok(seeded) => seeded,
        Err(error) => Err(SimulationError::Thread(std::io::Error::other(error))),
    }
}

/// By the mark in their sealed details. A persona whose data were erased is not found, and that is right.
fn find(stage: &impl Stage) -> Seeded {
    let zone = stage.zone();
    let mut seeded = Seeded::default();
    let wanted: BTreeMap<String, &Persona> =
        stage.profile().personas.iter().map(|persona| (format!("{PERSONA_MARK}{}", persona.key), persona)).collect();
    for (id, person) in &zone.parties.persons {
        if seeded.personas.len() == wanted.len() {
            break;
        }
        if !person.synthetic || person.erased {
            continue;
        }
        let Ok(details) = stage.vault().open_json::<Details>(&person.details, context::DETAILS) else { continue };
        if let Some(persona) = wanted.get(&details.staff_number) {
            let actor = actor_of(persona, *id, person.employer);
            // The first who bears the mark is the persona: a roster could say the same of somebody else.
            seeded.personas.entry(persona.key.clone()).or_insert(actor);
        }
    }
    seeded
}

fn actor_of(persona: &Persona, person: PersonId, employer: Option<OrganisationId>) -> Actor {
    match (persona.role, employer, &persona.office) {
        (Role::Clerk, Some(organisation), _) => Actor::Clerk { person, organisation },
        (Role::Officer | Role::Auditor | Role::Steering, _, Some(office)) => {
            Actor::Officer { person, office: office.clone() }
        }
        (_, _, _) => Actor::Person { person },
    }
}
