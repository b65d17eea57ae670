//! Officers who are away: from one day until another, with a deputy of the same office, to whom their work falls meanwhile.

use crate::decide::Room;
use crate::handing;
use crate::model::{Event, Leg, State};
use crate::offices::{OfficeEvent, entity};
use crate::refusal::{Refusal, WorkRefusal};
use base::{Actor, Date, Instant, Key, PersonId, Question};
use profile::Profile;
use serde::{Deserialize, Serialize};

/// Absences that one officer has said for days to come.
const ABSENCES_MAX: usize = 12;
/// A deputy of a deputy of a deputy: nobody is looked for further than so.
const DEPUTIES_MAX: usize = 5;

/// Both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    pub from: Date,
    pub until: Date,
    pub deputy: PersonId,
}

impl Absence {
    fn covers(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    fn meets(&self, from: Date, until: Date) -> bool {
        self.from <= until && from <= self.until
    }
}

/// All that an officer has said for an office, past ones included until the next is said.
pub fn absences<'a>(state: &'a State, office: &Key, person: PersonId) -> &'a [Absence] {
    state.absences.get(office).and_then(|of| of.get(&person)).map_or(&[], Vec::as_slice)
}

/// The absence on a day.
pub fn away(state: &State, office: &Key, person: PersonId, day: Date) -> Option<Absence> {
    absences(state, office, person).iter().find(|absence| absence.covers(day)).copied()
}

/// Whose work a person's is on a day: their own, or that of the deputy who stands in; nobody's, where all are away.
pub fn stands_in(state: &State, office: &Key, person: PersonId, day: Date) -> Option<PersonId> {
    let mut now = person;
    for _ in 0..DEPUTIES_MAX {
        match away(state, office, now, day) {
            None => return Some(now),
            Some(absence) => now = absence.deputy,
        }
    }
    None
}

pub(crate) fn today(profile: &Profile, office: &Key, now: Instant) -> Date {
    let bank = profile.office(office).map_or(base::Bank::South, |office| office.bank);
    profile.local_date(bank, now)
}

/// Whether the officer who asks is there, and whether they stand in for whoever holds the leg.
pub fn with_presence(
    state: &State,
    profile: &Profile,
    question: Question,
    actor: &Actor,
    leg: &Leg,
    now: Instant,
) -> Question {
    let today = today(profile, &leg.office, now);
    let person = actor.person();
    let is_away = person.is_some_and(|person| away(state, &leg.office, person, today).is_some());
    let holder = leg.officer.filter(|holder| Some(*holder) != person);
    let holder_away = holder.is_some_and(|holder| away(state, &leg.office, holder, today).is_some());
    let deputises = holder.is_some_and(|holder| holder_away && stands_in(state, &leg.office, holder, today) == person);
    question.with("away", is_away).with("holder_away", holder_away).with("deputises", deputises)
}

/// Said by the officer, or by a head of the office for them.
pub(crate) fn declare(
    room: &Room,
    office: Key,
    person: PersonId,
    from: Date,
    until: Date,
    deputy: PersonId,
) -> Result<Vec<Event>, Refusal> {
    let by = room.acting_person()?;
    may(room, &office, person, by)?;
    let today = today(room.profile, &office, room.ctx.now);
    if until < from || until < today {
        return Err(WorkRefusal::AbsenceMustBeInOrder { from, until }.into());
    }
    let known = absences(room.state, &office, person);
    if let Some(other) = known.iter().find(|other| other.meets(from, until)) {
        return Err(WorkRefusal::AbsencesMustNotOverlap { from: other.from, until: other.until }.into());
    }
    if known.iter().filter(|other| today <= other.until).count() >= ABSENCES_MAX {
        return Err(WorkRefusal::AbsencesMustBeFew { most: ABSENCES_MAX }.into());
    }
    handing::officer_of(room, &office, person)?;
    handing::officer_of(room, &office, deputy)?;
    if deputy == person {
        return Err(WorkRefusal::DeputyMustBeAnother.into());
    }
    if let Some(theirs) = absences(room.state, &office, deputy).iter().find(|theirs| theirs.meets(from, until)) {
        return Err(WorkRefusal::ColleagueMustBePresent { person: deputy, until: theirs.until }.into());
    }
    Ok(vec![Event::Office { office, event: OfficeEvent::AwayDeclared { person, from, until, deputy, by } }])
}

/// Back before time, or not away after all.
pub(crate) fn end(room: &Room, office: Key, person: PersonId, from: Date) -> Result<Vec<Event>, Refusal> {
    let by = room.acting_person()?;
    may(room, &office, person, by)?;
    if !absences(room.state, &office, person).iter().any(|absence| absence.from == from) {
        return Err(WorkRefusal::AbsenceMustBeKnown { from }.into());
    }
    Ok(vec![Event::Office { office, event: OfficeEvent::AwayEnded { person, from, by } }])
}

fn may(room: &Room, office: &Key, person: PersonId, by: PersonId) -> Result<(), Refusal> {
    let known = room.profile.office(office).ok_or_else(|| WorkRefusal::OfficeMustBeKnown { office: office.clone() })?;
    let question = room.question("declare_absence", entity(known)).with("own", person == by);
    room.ctx.ask(&question).map(drop).map_err(Refusal::RuledOut)
}

/// The oldest is forgotten with the next that is said: the log has it.
pub(crate) fn declared(state: &mut State, office: &Key, person: PersonId, absence: Absence) {
    let known = state.absences.entry(office.clone()).or_default().entry(person).or_default();
    known.push(absence);
    known.sort_by_key(|absence| absence.from);
    if known.len() > 2 * ABSENCES_MAX {
        known.remove(0);
    }
}

pub(crate) fn ended(state: &mut State, office: &Key, person: PersonId, from: Date) {
    if let Some(known) = state.absences.get_mut(office).and_then(|of| of.get_mut(&person)) {
        known.retain(|absence| absence.from != from);
    }
}
