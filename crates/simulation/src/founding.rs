//! The first submission of a synthetic park: organisations and their clerks, officers for every office, and the
//! personas of the demonstration. All or nothing, so that a start which was cut short leaves none of it.

use crate::cast::{Character, character};
use crate::error::SimulationError;
use crate::paperwork::Employer;
use crate::stage::{Stage, all_accepted};
use base::{Actor, Bank, Date, Instant, Key, OrganisationId, PersonId};
use desk::{Command, Details, Submission, context};
use profile::{Persona, Role};
use std::collections::BTreeMap;

/// What a persona's sealed staff number begins with; the persona's key follows. It is how they are found again.
pub(crate) const PERSONA_MARK: &str = "persona:";
/// Characters of clerks and officers are numbered from here, beyond any simulated commuter.
const STAFF_NUMBERS: u32 = 80_000_000;

/// Who was there first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Founded {
    pub employers: Vec<Employer>,
    /// Officers by office, personas not among them.
    pub officers: BTreeMap<Key, Vec<PersonId>>,
    pub personas: BTreeMap<Key, PersonId>,
}

impl Founded {
    /// One of an office's officers.
    pub fn officer(&self, office: &Key, number: u64) -> Result<PersonId, SimulationError> {
        let officers = self.officers.get(office).ok_or(SimulationError::Missing("officer"))?;
        let at = usize::try_from(number).unwrap_or(0) % officers.len().max(1);
        officers.get(at).copied().ok_or(SimulationError::Missing("officer"))
    }

    pub fn acting(&self, office: &Key, number: u64) -> Result<Actor, SimulationError> {
        Ok(Actor::Officer { person: self.officer(office, number)?, office: office.clone() })
    }

    pub fn employer(&self, number: usize) -> Result<&Employer, SimulationError> {
        self.employers.get(number % self.employers.len().max(1)).ok_or(SimulationError::Missing("organisation"))
    }
}

/// How many there are of each.
pub(crate) struct Size {
    pub employers: usize,
    pub officers_each: u32,
    pub personas: bool,
}

/// Founds the park in a zone where there are neither organisations nor people.
pub(crate) fn found(stage: &mut impl Stage, size: &Size, now: Instant) -> Result<Founded, SimulationError> {
    let mut plan = Plan::new(stage.profile(), now);
    plan.organisations(stage.profile(), size.employers);
    plan.officers(stage, size.officers_each)?;
    if size.personas {
        plan.personas(stage)?;
    }
    plan.clerks(stage)?;
    let submission = Submission { actor: Actor::System, now, commands: plan.commands, key: None };
    let performed = stage.perform(vec![submission])?;
    all_accepted("the founding of the park", performed)?;
    Ok(plan.founded)
}

/// The numbers that the desk will give are known beforehand: the zone is empty, and it counts from one.
struct Plan {
    commands: Vec<Command>,
    founded: Founded,
    organisations: BTreeMap<Key, (OrganisationId, Bank)>,
    next_person: PersonId,
    expires: Date,
}

impl Plan {
    fn new(profile: &profile::Profile, now: Instant) -> Self {
        let today = profile.local_date(Bank::South, now);
        let expires = Date::new(today.year().saturating_add(5), 12, 31).unwrap_or(today);
        Self {
            commands: Vec::new(),
            founded: Founded::default(),
            organisations: BTreeMap::new(),
            next_person: PersonId(1),
            expires,
        }
    }

    fn organisations(&mut self, profile: &profile::Profile, employers: usize) {
        let mut next = OrganisationId(1);
        for (index, organisation) in profile.demo_organisations.iter().enumerate() {
            let register = parties::Command::RegisterOrganisation {
                name: organisation.name.clone(),
                bank: organisation.bank,
                key: Some(organisation.key.clone()),
                synthetic: true,
            };
            self.commands.push(register.into());
            self.organisations.insert(organisation.key.clone(), (next, organisation.bank));
            if index < employers {
                // The clerk is registered later, when all personas have their numbers.
                let clerk = PersonId::default();
                self.founded.employers.push(Employer { organisation: next, bank: organisation.bank, clerk });
            }
            next = next.next();
        }
    }

    fn officers(&mut self, stage: &impl Stage, each: u32) -> Result<(), SimulationError> {
        let offices: Vec<(Key, Bank)> =
            stage.profile().offices.values().map(|office| (office.key.clone(), office.bank)).collect();
        for (office, bank) in offices {
            for _ in 0..each {
                let played = character(STAFF_NUMBERS + self.next_person.0, bank, self.expires);
                let person = self.register(stage, &played, None)?;
                self.commands.push(parties::Command::AppointOfficer { person, office: office.clone() }.into());
                self.founded.officers.entry(office.clone()).or_default().push(person);
            }
        }
        Ok(())
    }

    fn personas(&mut self, stage: &impl Stage) -> Result<(), SimulationError> {
        for persona in stage.profile().personas.clone() {
            let organisation = persona.organisation.as_ref().and_then(|key| self.organisations.get(key));
            let organisation = organisation.map(|(organisation, _)| *organisation);
            let played = persona_character(&persona, self.next_person.0, self.expires);
            let person = self.register(stage, &played, organisation)?;
            match (persona.role, &persona.office, organisation) {
                (Role::Clerk, _, Some(organisation)) => self.appoint_clerk(person, organisation),
                (Role::Officer | Role::Auditor | Role::Steering, Some(office), _) => {
                    self.commands.push(parties::Command::AppointOfficer { person, office: office.clone() }.into());
                    if persona.head {
                        self.commands.push(parties::Command::AppointHead { person, office: office.clone() }.into());
                    }
                }
                (_, _, _) => {}
            }
            self.founded.personas.insert(persona.key, person);
        }
        Ok(())
    }

    /// Every employer without one gets a clerk.
    fn clerks(&mut self, stage: &impl Stage) -> Result<(), SimulationError> {
        let without: Vec<(OrganisationId, Bank)> = self
            .founded
            .employers
            .iter()
            .filter(|employer| employer.clerk == PersonId::default())
            .map(|employer| (employer.organisation, employer.bank))
            .collect();
        for (organisation, bank) in without {
            let played = character(STAFF_NUMBERS + self.next_person.0, bank, self.expires);
            let person = self.register(stage, &played, Some(organisation))?;
            self.appoint_clerk(person, organisation);
        }
        Ok(())
    }

    fn appoint_clerk(&mut self, person: PersonId, organisation: OrganisationId) {
        self.commands.push(parties::Command::AppointClerk { person, organisation }.into());
        for employer in &mut self.founded.employers {
            if employer.organisation == organisation {
                employer.clerk = person;
            }
        }
    }

    fn register(
        &mut self,
        stage: &impl Stage,
        played: &Character,
        employer: Option<OrganisationId>,
    ) -> Result<PersonId, SimulationError> {
        let subject = stage.vault().create_subjects(1)?.pop().ok_or(SimulationError::Missing("key"))?;
        let details = stage.vault().seal_json(&subject, context::DETAILS, &played.details)?;
        let register = parties::Command::RegisterPerson {
            subject,
            details,
            home_bank: played.home,
            employer,
            host: None,
            language: played.language,
            synthetic: true,
        };
        self.commands.push(register.into());
        let person = self.next_person;
        self.next_person = person.next();
        Ok(person)
    }
}

/// A persona under the name that the zone folder gives it, marked so that it is found again.
fn persona_character(persona: &Persona, number: u32, expires: Date) -> Character {
    let played = character(STAFF_NUMBERS + number, persona.bank, expires);
    let language = match persona.bank {
        Bank::North => base::Language::ZhHans,
        Bank::South => base::Language::ZhHant,
    };
    let written = persona.name.get(language);
    let family_name: String = written.chars().take(1).collect();
    let given_name: String = written.chars().skip(1).collect();
    let details = Details {
        family_name,
        given_name,
        latin_name: persona.name.en.clone(),
        email: format!("{}@synthetic.example", persona.key),
        staff_number: format!("{PERSONA_MARK}{}", persona.key),
        ..played.details
    };
    Character { details, language, ..played }
}

/// Who is there, as the zone tells it; the personas are left to themselves.
pub(crate) fn recall(zone: &desk::Zone, personas: &[PersonId]) -> Founded {
    let mut founded = Founded::default();
    for (id, person) in &zone.parties.persons {
        if person.erased || personas.contains(id) {
            continue;
        }
        for office in &person.offices {
            founded.officers.entry(office.clone()).or_default().push(*id);
        }
        let organisation = person.clerk_of.and_then(|id| Some((id, parties::organisation(&zone.parties, id)?)));
        if let Some((organisation, known)) = organisation {
            founded.employers.push(Employer { organisation, bank: known.bank, clerk: *id });
        }
    }
    founded
}
