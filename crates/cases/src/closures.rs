//! Closures: offices that are closed on the day, by a storm or for their people's safety. Declared by an officer, corrected
//! or taken back by one, and in the log.
//!
//! No clock is touched by one. An office's working time is its calendar less its closures, and every date is read off
//! that: a closure declared, mended or taken back moves all running clocks of its offices, and none that stands.
//! Therefore a closure that is declared late does not reach a clock which was stopped before.

use crate::decide::Room;
use crate::model::{Event, State};
use crate::refusal::Refusal;
use base::{Bank, ClosureId, Date, Entity, Instant, Key, Recorded, Value};
use imbl::OrdMap;
use profile::{Calendar, ClosureKind, HalfDay, Halves, Part, Profile, WorkingTime};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How far from today a closure may begin or end: a week's storm is declared while it blows, and a slip is found soon.
const DAYS_MAX: i32 = 31;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// For what, of the offices' calendar.
    pub kind: Key,
    pub bank: Bank,
    pub offices: Box<[Key]>,
    pub from: HalfDay,
    /// The last half day closed.
    pub until: HalfDay,
    pub declared_at: Instant,
    /// When its days were last mended, or it was taken back.
    pub changed_at: Option<Instant>,
    pub voided: bool,
}

impl Closure {
    /// The halves of a date that it closes.
    pub fn halves(&self, date: Date) -> Halves {
        if self.voided || date < self.from.date || date > self.until.date {
            return Halves::NONE;
        }
        let begins_late = date == self.from.date && self.from.part == Part::Afternoon;
        let ends_early = date == self.until.date && self.until.part == Part::Morning;
        let first = if begins_late { Halves::MORNING } else { Halves::NONE };
        let last = if ends_early { Halves::AFTERNOON } else { Halves::NONE };
        Halves::BOTH.without(first).without(last)
    }

    pub(crate) fn dates(&self) -> impl Iterator<Item = Date> + use<> {
        let last = self.until.date;
        std::iter::successors(Some(self.from.date), |date| date.tomorrow().ok()).take_while(move |date| *date <= last)
    }
}

/// An office's working time: its calendar less what it was closed for.
#[derive(Debug, Clone, Copy)]
pub struct OfficeTime<'a> {
    calendar: &'a Calendar,
    closed: Option<&'a OrdMap<Date, Halves>>,
}

impl WorkingTime for OfficeTime<'_> {
    fn halves(&self, date: Date) -> Halves {
        let worked = self.calendar.halves(date);
        match self.closed.and_then(|closed| closed.get(&date)) {
            Some(closed) => worked.without(*closed),
            None => worked,
        }
    }
}

impl<'a> OfficeTime<'a> {
    pub fn of(state: &'a State, profile: &'a Profile, office: &Key) -> Option<Self> {
        let closed = state.books.get(office).map(|books| &books.closed).filter(|closed| !closed.is_empty());
        Some(Self { calendar: profile.calendar_of_office(office)?, closed })
    }

    /// Without closures.
    pub fn published(calendar: &'a Calendar) -> Self {
        Self { calendar, closed: None }
    }

    pub fn calendar(&self) -> &'a Calendar {
        self.calendar
    }

    /// A date that was promised before closures were known of, as they moved it: what was lost until then comes after.
    pub(crate) fn moved(&self, due: Date) -> Date {
        let Some(closed) = self.closed else { return due };
        let lost: u32 = closed
            .range(..=due)
            .map(|(date, _)| self.calendar.halves(*date).count() - self.halves(*date).count())
            .map(u32::from)
            .sum();
        self.end(due, lost)
    }
}

/// What is asked for when a closure is declared.
pub(crate) struct Declaration {
    pub kind: Key,
    pub bank: Bank,
    /// None for all of the bank.
    pub offices: Vec<Key>,
    pub from: HalfDay,
    pub until: HalfDay,
}

pub(crate) fn declare(room: &Room, declaration: Declaration) -> Result<Vec<Event>, Refusal> {
    let Declaration { kind, bank, mut offices, from, until } = declaration;
    let of_bank = || room.profile.offices.values().filter(move |office| office.bank == bank);
    if offices.is_empty() {
        offices = of_bank().map(|office| office.key.clone()).collect();
    }
    offices.sort_unstable();
    offices.dedup();
    may(room, "declare_closure", room.state.last_closure.next(), bank, &offices)?;
    if offices.is_empty() || offices.iter().any(|key| !of_bank().any(|office| office.key == *key)) {
        return Err(Refusal::ClosureMustNameOfficesOfItsBank);
    }
    let known = kind_of(room.profile, &offices, &kind).ok_or(Refusal::ClosureKindMustBeKnown { kind: kind.clone() })?;
    let (from, until) = days(room, bank, known, from, until)?;
    Ok(vec![Event::ClosureDeclared { closure: room.state.last_closure.next(), kind, bank, offices, from, until }])
}

/// `None` where the calendar of any of the offices has no such cause.
pub(crate) fn kind_of<'a>(profile: &'a Profile, offices: &[Key], kind: &Key) -> Option<&'a ClosureKind> {
    let mut kinds = offices.iter().map(|office| profile.calendar_of_office(office)?.closure_kind(kind));
    let first = kinds.next().flatten()?;
    kinds.all(|other| other.is_some()).then_some(first)
}

pub(crate) fn correct(room: &Room, id: ClosureId, from: HalfDay, until: HalfDay) -> Result<Vec<Event>, Refusal> {
    let closure = in_force(room, id)?;
    let missing = || Refusal::ClosureKindMustBeKnown { kind: closure.kind.clone() };
    let known = kind_of(room.profile, &closure.offices, &closure.kind).ok_or_else(missing)?;
    let (from, until) = days(room, closure.bank, known, from, until)?;
    Ok(vec![Event::ClosureCorrected { closure: id, from, until }])
}

pub(crate) fn void(room: &Room, id: ClosureId) -> Result<Vec<Event>, Refusal> {
    in_force(room, id)?;
    Ok(vec![Event::ClosureVoided { closure: id }])
}

fn in_force<'a>(room: &'a Room, id: ClosureId) -> Result<&'a Closure, Refusal> {
    let closure = room.state.closures.get(&id).ok_or(Refusal::ClosureMustBeKnown { closure: id })?;
    may(room, "correct_closure", id, closure.bank, &closure.offices)?;
    if closure.voided { Err(Refusal::ClosureMustBeInForce { closure: id }) } else { Ok(closure) }
}

fn may(room: &Room, action: &'static str, id: ClosureId, bank: Bank, offices: &[Key]) -> Result<(), Refusal> {
    let question = room.question(action, entity(id, bank, offices));
    room.ctx.ask(&question).map(drop).map_err(Refusal::RuledOut)
}

/// A closure as the rulebook sees it.
pub fn entity(id: ClosureId, bank: Bank, offices: &[Key]) -> Entity {
    let offices = offices.iter().map(|office| office.as_str().into()).collect();
    Entity::new("Closure", id).with("bank", bank.as_str()).with("offices", Value::Texts(offices))
}

/// The half days closed: whole days where the cause closes those.
fn days(
    room: &Room,
    bank: Bank,
    kind: &ClosureKind,
    from: HalfDay,
    until: HalfDay,
) -> Result<(HalfDay, HalfDay), Refusal> {
    if until < from {
        return Err(Refusal::ClosureMustEndAfterItBegins);
    }
    let today = room.profile.local_date(bank, room.ctx.now);
    let far = |date: Date| today.until(date).map_or(i32::MAX, |span| span.get_days().abs()) > DAYS_MAX;
    if far(from.date) || far(until.date) {
        return Err(Refusal::ClosureMustBeNear { days_max: DAYS_MAX });
    }
    if kind.whole_days {
        return Ok((HalfDay::morning(from.date), HalfDay::afternoon(until.date)));
    }
    Ok((from, until))
}

pub(crate) fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    if let Event::ClosureDeclared { closure, kind, bank, offices, from, until } = event {
        state.last_closure = *closure;
        let new = Closure {
            kind: kind.clone(),
            bank: *bank,
            offices: offices.clone().into_boxed_slice(),
            from: *from,
            until: *until,
            declared_at: recorded.at,
            changed_at: None,
            voided: false,
        };
        state.closures.insert(*closure, Arc::new(new));
        recount(state, *closure);
    } else if let Event::ClosureCorrected { closure, from, until } = event {
        change(state, *closure, recorded, |known| (known.from, known.until) = (*from, *until));
    } else if let Event::ClosureVoided { closure } = event {
        change(state, *closure, recorded, |known| known.voided = true);
    }
}

fn change(state: &mut State, id: ClosureId, recorded: &Recorded, with: impl FnOnce(&mut Closure)) {
    let Some(closure) = state.closures.get_mut(&id) else { return };
    let closure = Arc::make_mut(closure);
    with(closure);
    closure.changed_at = Some(recorded.at);
    recount(state, id);
}

/// What each office of the closure was closed for, from all closures: there are a few in a year.
fn recount(state: &mut State, id: ClosureId) {
    let Some(changed) = state.closures.get(&id).cloned() else { return };
    for office in &changed.offices {
        let mut closed: OrdMap<Date, Halves> = OrdMap::new();
        for closure in state.closures.values().filter(|closure| !closure.voided && closure.offices.contains(office)) {
            for date in closure.dates() {
                let halves = closed.entry(date).or_default();
                *halves = halves.and(closure.halves(date));
            }
        }
        state.books.entry(office.clone()).or_default().closed = closed;
    }
}
