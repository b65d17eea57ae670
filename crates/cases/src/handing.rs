//! Work that goes from one officer to another: taken, given back, handed on with a note, shared out by the office's head.

use crate::absences;
use crate::decide::{Room, find_leg};
use crate::door::entity;
use crate::model::{Case, Event, Leg};
use crate::refusal::{Refusal, WorkRefusal};
use crate::work::Work;
use base::{Actor, CaseId, Key, PersonId, Question, Sealed};
use parties::principal;

/// The facts about whose work it is come with the question: who holds the leg, and whether they are away.
pub(crate) fn take(room: &Room, id: CaseId, key: &Key) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let officer = room.acting_person()?;
    let question = taking(room, room.ctx.actor, id, case, leg);
    room.ctx.ask(&question).map_err(Refusal::RuledOut)?;
    room.still_undecided(id, case, leg)?;
    Ok(vec![Event::LegTaken { case: id, leg: key.clone(), officer }])
}

/// May `actor` take the leg?
fn taking(room: &Room, actor: &Actor, id: CaseId, case: &Case, leg: &Leg) -> Question {
    let resource = entity(room.state, id, case, Some(leg));
    let question = Question::new("take_leg", principal(room.people, room.profile, actor, room.ctx.now), resource);
    absences::with_presence(room.state, room.profile, question, actor, leg, room.ctx.now)
}

pub(crate) fn give_back(room: &Room, id: CaseId, key: &Key) -> Result<Vec<Event>, Refusal> {
    let (_, leg) = room.undecided("give_back_leg", id, key)?;
    let officer = room.acting_person()?;
    Ok(vec![Event::Worked { case: id, leg: leg.key.clone(), work: Work::GivenBack { officer } }])
}

pub(crate) fn hand_on(
    room: &Room,
    id: CaseId,
    key: &Key,
    to: PersonId,
    note: Option<Sealed>,
) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let by = room.acting_person()?;
    let question = room.question("hand_on_leg", entity(room.state, id, case, Some(leg)));
    let question = absences::with_presence(room.state, room.profile, question, room.ctx.actor, leg, room.ctx.now);
    room.ctx.ask(&question).map_err(Refusal::RuledOut)?;
    room.still_undecided(id, case, leg)?;
    colleague(room, &leg.office, to)?;
    // Whoever may not take it may not be handed it; why is theirs alone to know.
    let as_theirs = Leg { officer: None, ..leg.clone() };
    let acting = Actor::Officer { person: to, office: leg.office.clone() };
    let theirs = taking(room, &acting, id, case, &as_theirs);
    if room.ctx.ask(&theirs).is_err() {
        return Err(WorkRefusal::ColleagueMustBeFreeToAct { person: to }.into());
    }
    if let Some(note) = &note {
        room.own_seal(case.subject, note)?;
    }
    let work = Work::HandedOn { from: leg.officer, by, to, note };
    Ok(vec![Event::Worked { case: id, leg: leg.key.clone(), work }])
}

pub(crate) fn officer_of(room: &Room, office: &Key, person: PersonId) -> Result<(), Refusal> {
    let known = parties::person(room.people, person).filter(|known| !known.erased);
    if known.is_some_and(|known| known.offices.contains(office)) {
        return Ok(());
    }
    Err(WorkRefusal::ColleagueMustBeOfTheOffice { person, office: office.clone() }.into())
}

/// An officer of this office, who is there today.
fn colleague(room: &Room, office: &Key, person: PersonId) -> Result<(), Refusal> {
    officer_of(room, office, person)?;
    let today = absences::today(room.profile, office, room.ctx.now);
    match absences::away(room.state, office, person, today) {
        None => Ok(()),
        Some(absence) => Err(WorkRefusal::ColleagueMustBePresent { person, until: absence.until }.into()),
    }
}
