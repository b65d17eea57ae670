//! What the room keeps for each office, folded from the same events as the cases: its queue, who has how much of it, how
//! fast it decides, when it was closed. All of it is small, and is looked up without going through the cases.
//!
//! The queue is kept by clock and not by date. Legs whose clocks have run since one day with as many half days are due
//! together, whatever moves that date; there are as many groups as days, and not as legs.

use crate::model::{Case, Leg, State};
use crate::{Clock, OfficeTime, Urgency};
use base::{Actor, CaseId, Date, Instant, Key, PersonId, Recorded};
use imbl::{OrdMap, OrdSet};
use profile::{Halves, Profile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Bound;

/// For how long an office's decisions are counted.
pub(crate) const PACE_KEPT: i64 = 60 * Instant::DAY;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    /// Cases in which it has a leg to decide now, by the leg's clock.
    pub queue: OrdMap<Waiting, OrdSet<CaseId>>,
    /// How many there are, each counted once for each clock.
    pub waiting: u32,
    /// The undecided legs that each officer has taken.
    pub taken: OrdMap<PersonId, OrdSet<(CaseId, Key)>>,
    /// Decisions by officers in each hour since 1970.
    pub decided: OrdMap<u32, u32>,
    /// Legs of any office whose breach was brought before this office's head, until they are decided.
    pub escalated: OrdSet<(CaseId, Key)>,
    /// Half days for which it was closed.
    pub closed: OrdMap<Date, Halves>,
}

/// A group of the queue: legs of one office and one service that are due together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Waiting {
    pub clock: Clock,
    pub service: Key,
    /// Whose leg it is, in whose time the clock counts: the office's own, but for a seat on another office's panel.
    pub office: Key,
}

/// A group of the queue, and how it stands today.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    pub service: &'a Key,
    /// Whose legs they are.
    pub office: &'a Key,
    pub clock: Clock,
    /// None where the clock stands.
    pub due: Option<Date>,
    /// Half days left; negative when late.
    pub left: i32,
    pub urgency: Urgency,
    pub cases: &'a OrdSet<CaseId>,
}

/// The office's queue in groups: the nearest date first, clocks that stand last.
pub fn groups<'a>(state: &'a State, profile: &Profile, office: &str, now: Instant) -> Vec<Group<'a>> {
    let Some(books) = state.books.get(office) else { return Vec::new() };
    let mut times: BTreeMap<&Key, Option<(OfficeTime, Date)>> = BTreeMap::new();
    let mut groups: Vec<Group> = books
        .queue
        .iter()
        .filter_map(|(waiting, cases)| {
            let Waiting { clock, service, office } = waiting;
            let known = times.entry(office).or_insert_with(|| {
                let bank = profile.offices.get(office)?.bank;
                Some((OfficeTime::of(state, profile, office)?, profile.local_date(bank, now)))
            });
            let (time, today) = known.as_ref()?;
            let percent = profile.services.get(service).map_or([100, 100], |service| service.warn_at_percent);
            Some(Group {
                service,
                office,
                clock: *clock,
                due: clock.due(time),
                left: clock.left(time, *today),
                urgency: clock.urgency(time, *today, percent),
                cases,
            })
        })
        .collect();
    groups.sort_by_key(|group| (group.due.unwrap_or(Date::MAX), group.clock));
    groups
}

/// Cases in which the office has an undecided leg, the nearest date first. A case with two such legs that are due on
/// different days comes twice.
pub fn for_office<'a>(
    state: &'a State,
    profile: &Profile,
    office: &str,
    now: Instant,
) -> impl DoubleEndedIterator<Item = (CaseId, &'a Case)> + use<'a> {
    let cases = groups(state, profile, office, now).into_iter().flat_map(|group| group.cases);
    cases.filter_map(|id| Some((*id, crate::case(state, *id)?)))
}

/// Those behind the place that the case `after` has in the queue, or had when it left it.
pub fn for_office_after<'a>(
    state: &'a State,
    profile: &Profile,
    office: &Key,
    after: CaseId,
    now: Instant,
) -> impl Iterator<Item = CaseId> + use<'a> {
    let groups = groups(state, profile, office.as_str(), now);
    let place = crate::case(state, after).and_then(|case| {
        let left = || case.legs.iter().find(|leg| leg.concerns(office));
        let leg = case.waiting_at(office).or_else(left)?;
        let due = OfficeTime::of(state, profile, &leg.office).and_then(|time| leg.clock.due(&time));
        Some((due.unwrap_or(Date::MAX), leg.clock, case.service.clone()))
    });
    let from = place.as_ref().map_or(0, |place| {
        groups.partition_point(|group| (group.due.unwrap_or(Date::MAX), group.clock, group.service.clone()) < *place)
    });
    let same = place.is_some_and(|(_, clock, service)| {
        groups.get(from).is_some_and(|group| group.clock == clock && *group.service == service)
    });
    groups.into_iter().skip(from).enumerate().flat_map(move |(at, group)| {
        let first = if same && at == 0 { Bound::Excluded(after) } else { Bound::Unbounded };
        group.cases.range((first, Bound::Unbounded)).copied()
    })
}

/// How much waits for the office.
pub fn queue_length(state: &State, office: &str) -> usize {
    state.books.get(office).map_or(0, |books| usize::try_from(books.waiting).unwrap_or(usize::MAX))
}

/// Where a leg stands in an office's books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// In whose queue.
    office: Key,
    leg: Key,
    waiting: Waiting,
    /// Who has taken it, in the office whose leg it is.
    officer: Option<PersonId>,
    /// It is that office's to decide still.
    undecided: bool,
}

/// The places of a case: one for each leg in each office that has something to do with it now.
pub(crate) fn places(case: &Case) -> Vec<Place> {
    let of_leg = |leg| Leg::waits_at(leg).map(move |office| place(case, leg, office));
    case.legs.iter().flat_map(of_leg).collect()
}

fn place(case: &Case, leg: &Leg, office: &Key) -> Place {
    let own = leg.office == *office && leg.state.is_undecided();
    Place {
        office: office.clone(),
        leg: leg.key.clone(),
        waiting: Waiting { clock: leg.clock, service: case.service.clone(), office: leg.office.clone() },
        officer: leg.officer.filter(|_| own),
        undecided: own,
    }
}

/// From where it was to where it is.
pub(crate) fn move_places(state: &mut State, id: CaseId, before: &[Place], after: &[Place], recorded: &Recorded) {
    if before == after {
        return;
    }
    for place in before {
        if let Some(books) = state.books.get_mut(&place.office) {
            books.leave(id, place);
        }
    }
    for place in after {
        state.books.entry(place.office.clone()).or_default().enter(id, place);
    }
    let is_open = |leg: &Key| after.iter().any(|left| left.undecided && left.leg == *leg);
    for ended in before.iter().filter(|place| place.undecided && !is_open(&place.leg)) {
        crate::notices::forget(state, id, &ended.leg);
        let decided = crate::case(state, id)
            .is_some_and(|case| case.legs.iter().any(|leg| leg.key == ended.leg && leg.decided_at.is_some()));
        if decided && matches!(recorded.actor, Actor::Officer { .. }) {
            state.books.entry(ended.office.clone()).or_default().count_decision(recorded.at);
        }
    }
}

impl Books {
    fn enter(&mut self, id: CaseId, place: &Place) {
        let group = self.queue.entry(place.waiting.clone()).or_default();
        if group.insert(id).is_none() {
            self.waiting = self.waiting.saturating_add(1);
        }
        if let Some(officer) = place.officer {
            self.taken.entry(officer).or_default().insert((id, place.leg.clone()));
        }
    }

    fn leave(&mut self, id: CaseId, place: &Place) {
        if let Some(group) = self.queue.get_mut(&place.waiting) {
            if group.remove(&id).is_some() {
                self.waiting = self.waiting.saturating_sub(1);
            }
            if group.is_empty() {
                self.queue.remove(&place.waiting);
            }
        }
        if let Some(officer) = place.officer
            && let Some(taken) = self.taken.get_mut(&officer)
        {
            taken.remove(&(id, place.leg.clone()));
            if taken.is_empty() {
                self.taken.remove(&officer);
            }
        }
    }

    /// An officer decided: counted in its hour, and what is too old is forgotten.
    pub(crate) fn count_decision(&mut self, at: Instant) {
        let hour = |at: Instant| u32::try_from(at.0.max(0) / Instant::HOUR).unwrap_or(u32::MAX);
        let count = self.decided.entry(hour(at)).or_default();
        *count = count.saturating_add(1);
        let oldest = hour(at.plus(-PACE_KEPT));
        while let Some(first) = self.decided.get_min().map(|(first, _)| *first).filter(|first| *first < oldest) {
            self.decided.remove(&first);
        }
    }
}
