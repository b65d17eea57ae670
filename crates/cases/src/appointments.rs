//! Appointments: an office offers times, the applicant chooses one, and whether they came is recorded.
//!
//! INVARIANT: no time has more cases than places, and nobody has two appointments at once.

use crate::decide::{Room, find_leg};
use crate::legs;
use crate::model::{Case, Event, Leg, LegState, Stage, State};
use crate::offices::{OfficeEvent, entity};
use crate::refusal::{Refusal, WorkRefusal};
use crate::tasks::Attendance;
use crate::work::Work;
use base::{Answer, CaseId, Instant, Key, PersonId};
use imbl::OrdMap;
use profile::LegKind;
use serde::{Deserialize, Serialize};

/// Times that an office has open at once.
const TIMES_MAX: usize = 1_000;
/// Times offered in one go.
const TIMES_AT_ONCE_MAX: usize = 200;
const MINUTES_MAX: u16 = 480;
const PLACES_MAX: u8 = 50;
/// A time that is so long past is forgotten: the log has it.
const KEPT: i64 = 30 * Instant::DAY;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    pub minutes: u16,
    pub places: u8,
    pub booked: Vec<CaseId>,
}

impl Slot {
    pub fn is_free(&self) -> bool {
        self.booked.len() < usize::from(self.places)
    }

    fn ends(&self, starts: Instant) -> Instant {
        starts.plus(i64::from(self.minutes) * Instant::MINUTE)
    }
}

/// The office's times from an instant on, the earliest first.
pub fn slots<'a>(state: &'a State, office: &Key, from: Instant) -> impl Iterator<Item = (Instant, &'a Slot)> + 'a {
    let known = state.slots.get(office);
    known.into_iter().flat_map(move |known| known.range(from..)).map(|(at, slot)| (*at, slot))
}

pub(crate) fn offer(
    room: &Room,
    office: Key,
    mut starts: Vec<Instant>,
    minutes: u16,
    places: u8,
) -> Result<Vec<Event>, Refusal> {
    let officer = may_arrange(room, &office)?;
    starts.sort_unstable();
    let known = room.state.slots.get(&office);
    let open = known.map_or(0, OrdMap::len) + starts.len();
    let sized = (1..=MINUTES_MAX).contains(&minutes) && (1..=PLACES_MAX).contains(&places);
    if starts.is_empty() || starts.len() > TIMES_AT_ONCE_MAX || open > TIMES_MAX || !sized {
        return Err(WorkRefusal::TimesMustBeFew { most: TIMES_AT_ONCE_MAX }.into());
    }
    let length = i64::from(minutes) * Instant::MINUTE;
    for (at, next) in starts.iter().zip(starts.iter().skip(1).map(Some).chain([None])) {
        works_at(room, &office, *at)?;
        let meets_next = next.is_some_and(|next| *next < at.plus(length));
        let meets_known = known.is_some_and(|known| meets(known, *at, length));
        if meets_next || meets_known {
            return Err(WorkRefusal::TimesMustNotOverlap { at: *at }.into());
        }
    }
    Ok(vec![Event::Office { office, event: OfficeEvent::TimesOffered { starts, minutes, places, officer } }])
}

/// Only what begins within a day before it could still be going on.
fn meets(known: &OrdMap<Instant, Slot>, at: Instant, length: i64) -> bool {
    known.range(at.plus(-Instant::DAY)..at.plus(length)).any(|(other, slot)| slot.ends(*other) > at)
}

/// In the future, and on a day on which the office works.
fn works_at(room: &Room, office: &Key, at: Instant) -> Result<(), Refusal> {
    if at <= room.ctx.now {
        return Err(WorkRefusal::TimeMustBeToCome { at }.into());
    }
    let bank = room.profile.office(office).map_or(base::Bank::South, |office| office.bank);
    let works = room.profile.calendar_of_office(office).is_some_and(|calendar| {
        // Beyond any calendar's years nobody works.
        at.timestamp().is_some() && calendar.is_working_day(room.profile.local_date(bank, at))
    });
    if works { Ok(()) } else { Err(WorkRefusal::TimeMustBeOnAWorkingDay { at }.into()) }
}

pub(crate) fn withdraw(room: &Room, office: Key, at: Instant) -> Result<Vec<Event>, Refusal> {
    let officer = may_arrange(room, &office)?;
    let slot = room.state.slots.get(&office).and_then(|known| known.get(&at));
    let slot = slot.ok_or(WorkRefusal::TimeMustBeOffered { at })?;
    if !slot.booked.is_empty() {
        return Err(WorkRefusal::TimeMustNotBeTaken { at }.into());
    }
    Ok(vec![Event::Office { office, event: OfficeEvent::TimeWithdrawn { at, officer } }])
}

fn may_arrange(room: &Room, office: &Key) -> Result<PersonId, Refusal> {
    let officer = room.acting_person()?;
    let known = room.profile.office(office).ok_or_else(|| WorkRefusal::OfficeMustBeKnown { office: office.clone() })?;
    room.ctx.ask(&room.question("arrange_appointments", entity(known))).map_err(Refusal::RuledOut)?;
    Ok(officer)
}

fn appointed<'a>(
    room: &Room<'a>,
    action: &'static str,
    id: CaseId,
    key: &Key,
) -> Result<(&'a Case, &'a Leg, &'a Attendance, PersonId, Answer), Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let person = room.acting_person()?;
    let ruling = room.may(action, id, case, Some(leg))?;
    let attendance = leg.attendance().ok_or_else(|| WorkRefusal::of_kind(id, leg, LegKind::Attend))?;
    room.still_undecided(id, case, leg)?;
    Ok((case, leg, attendance, person, ruling))
}

pub(crate) fn book(room: &Room, id: CaseId, key: &Key, at: Instant) -> Result<Vec<Event>, Refusal> {
    let (case, leg, attendance, by, _) = appointed(room, "book_appointment", id, key)?;
    changeable(room, attendance)?;
    let slot = room.state.slots.get(&leg.office).and_then(|known| known.get(&at));
    let slot = slot.ok_or(WorkRefusal::TimeMustBeOffered { at })?;
    if at <= room.ctx.now {
        return Err(WorkRefusal::TimeMustBeToCome { at }.into());
    }
    if slot.booked.contains(&id) || !slot.is_free() {
        return Err(WorkRefusal::TimeMustBeFree { at }.into());
    }
    if let Some((other, begins)) = elsewhere(room, (id, &leg.key), case.subject, (at, slot.ends(at))) {
        return Err(WorkRefusal::ApplicantMustBeFree { case: other, at: begins }.into());
    }
    let work = Work::Booked { at, by };
    Ok(vec![Event::Worked { case: id, leg: leg.key.clone(), work }])
}

/// Whoever has chosen may choose again so often, and not once the time has come.
fn changeable(room: &Room, attendance: &Attendance) -> Result<(), Refusal> {
    match attendance.booked {
        Some(booked) if booked <= room.ctx.now => Err(WorkRefusal::TimeMustBeToCome { at: booked }.into()),
        Some(_) if attendance.changes_left == 0 => Err(WorkRefusal::ChangesMustBeLeft.into()),
        Some(_) | None => Ok(()),
    }
}

/// Another appointment of the same person, of this case or of another, that would meet this one.
fn elsewhere(
    room: &Room,
    own: (CaseId, &Key),
    subject: PersonId,
    (from, until): (Instant, Instant),
) -> Option<(CaseId, Instant)> {
    let open = crate::of_subject(room.state, subject).filter(|(_, other)| other.stage == Stage::Deciding);
    open.flat_map(|(other, known)| known.legs.iter().map(move |leg| (other, leg)))
        .filter(|(other, leg)| leg.state.is_undecided() && (*other, &leg.key) != own)
        .filter_map(|(other, leg)| Some((other, leg, leg.attendance()?.booked?)))
        .find_map(|(other, leg, begins)| {
            let slot = room.state.slots.get(&leg.office)?.get(&begins)?;
            (begins < until && from < slot.ends(begins)).then_some((other, begins))
        })
}

pub(crate) fn cancel(room: &Room, id: CaseId, key: &Key) -> Result<Vec<Event>, Refusal> {
    let (_, leg, attendance, by, _) = appointed(room, "book_appointment", id, key)?;
    let missing = WorkRefusal::AppointmentMustBeBooked { case: id, leg: leg.key.clone() };
    let at = attendance.booked.ok_or(missing)?;
    changeable(room, attendance)?;
    let work = Work::BookingCancelled { at, by };
    Ok(vec![Event::Worked { case: id, leg: leg.key.clone(), work }])
}

pub(crate) fn record(room: &Room, id: CaseId, key: &Key, came: bool) -> Result<Vec<Event>, Refusal> {
    let (case, leg, attendance, officer, ruling) = appointed(room, "record_attendance", id, key)?;
    let missing = WorkRefusal::AppointmentMustBeBooked { case: id, leg: leg.key.clone() };
    let at = attendance.booked.ok_or(missing)?;
    if room.ctx.now < at {
        return Err(WorkRefusal::AppointmentMustHaveBegun { at }.into());
    }
    let (work, ended) = match (came, attendance.absences_left) {
        (true, _) => (Work::Attended { at, officer, ruling }, Some(LegState::Approved)),
        (false, 0) => (Work::StayedAway { at, officer, ruling }, Some(LegState::Refused)),
        (false, _) => (Work::StayedAway { at, officer, ruling }, None),
    };
    let event = Event::Worked { case: id, leg: leg.key.clone(), work };
    match ended {
        Some(state) => legs::ending(room, id, case, leg, state, event),
        None => Ok(vec![event]),
    }
}

pub(crate) fn offered(state: &mut State, office: &Key, starts: &[Instant], minutes: u16, places: u8, now: Instant) {
    let known = state.slots.entry(office.clone()).or_default();
    while let Some(oldest) = known.get_min().map(|(at, _)| *at)
        && oldest < now.plus(-KEPT)
    {
        known.remove(&oldest);
    }
    for at in starts {
        known.insert(*at, Slot { minutes, places, booked: Vec::new() });
    }
}

pub(crate) fn withdrawn(state: &mut State, office: &Key, at: Instant) {
    if let Some(known) = state.slots.get_mut(office) {
        known.remove(&at);
    }
}

pub(crate) fn occupy(state: &mut State, case: CaseId, office: &Key, at: Instant) {
    if let Some(slot) = state.slots.get_mut(office).and_then(|known| known.get_mut(&at)) {
        slot.booked.push(case);
    }
}

pub(crate) fn free(state: &mut State, case: CaseId, office: &Key, at: Instant) {
    if let Some(slot) = state.slots.get_mut(office).and_then(|known| known.get_mut(&at)) {
        slot.booked.retain(|booked| *booked != case);
    }
}
