//! What is told of a leg's clock: at the service's two warnings, and when it has run out. Each is told once and stands in
//! the log. Late legs are brought before a head, or end as the service says that silence counts.
//!
//! Only the platform gives the command, and gives it again and again: what has been told already makes no event.

use crate::decide::{Room, find_leg};
use crate::door::entity;
use crate::legs::{Ended, with_consequences};
use crate::model::{Case, Event, Leg, LegState, LegVerdict, Stage, State};
use crate::queues::groups;
use crate::refusal::Refusal;
use crate::{OfficeTime, Urgency};
use base::{Actor, CaseId, Date, Instant, Key};
use profile::{Deemed, LegPlan, Profile};
use serde::{Deserialize, Serialize};

/// How far a clock had come when its office was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    First,
    Second,
    Breached,
}

impl Notice {
    fn of(urgency: Urgency) -> Option<Self> {
        match urgency {
            Urgency::Stopped | Urgency::InTime => None,
            Urgency::Warned => Some(Notice::First),
            Urgency::Pressing => Some(Notice::Second),
            Urgency::Breached => Some(Notice::Breached),
        }
    }
}

/// Legs of which something is to be told now, at most so many, the nearest date first within each office.
pub fn reminders(state: &State, profile: &Profile, now: Instant, most: usize) -> Vec<(CaseId, Key)> {
    let offices = state.books.keys();
    let late = offices.flat_map(|office| {
        let pressing = groups(state, profile, office.as_str(), now).into_iter();
        let own = pressing.filter(move |group| group.office == office);
        let pressing = own.filter_map(|group| Some((group, Notice::of(group.urgency)?)));
        pressing.flat_map(move |(group, notice)| {
            let legs = group.cases.iter().filter_map(|id| Some((*id, state.cases.get(id)?)));
            legs.flat_map(move |(id, case)| {
                let here = move |leg: &&Leg| leg.office == *office && leg.clock == group.clock && is_with_office(leg);
                case.legs.iter().filter(here).map(move |leg| (id, leg.key.clone(), notice))
            })
        })
    });
    let untold = late.filter(|(id, leg, notice)| told(state, *id, leg) < Some(*notice));
    untold.map(|(id, leg, _)| (id, leg)).take(most).collect()
}

fn is_with_office(leg: &Leg) -> bool {
    leg.state == LegState::Open
}

fn told(state: &State, id: CaseId, leg: &Key) -> Option<Notice> {
    state.notices.get(&(id, leg.clone())).copied()
}

pub(crate) fn remind(room: &Room, id: CaseId, key: &Key) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    if *room.ctx.actor != Actor::System {
        return Err(Refusal::ClocksMustBeThePlatforms);
    }
    // Whatever the follower saw a moment ago may have been decided, asked or told since.
    if case.stage != Stage::Deciding || !is_with_office(leg) {
        return Ok(Vec::new());
    }
    let time = room.time(id, leg)?;
    let service = room.service(&case.service)?;
    let urgency = leg.clock.urgency(&time, room.today(leg), service.warn_at_percent);
    let notice = Notice::of(urgency).filter(|notice| told(room.state, id, key) < Some(*notice));
    let (Some(notice), Some(due)) = (notice, leg.clock.due(&time)) else { return Ok(Vec::new()) };
    let [first, second] = service.warn_at_percent;
    let warned = |percent| {
        vec![Event::ClockWarned { case: id, leg: leg.key.clone(), notice, percent, due, officer: leg.officer }]
    };
    match notice {
        Notice::First => Ok(warned(first)),
        Notice::Second => Ok(warned(second)),
        Notice::Breached => {
            let plan = service.legs.iter().find(|plan| plan.key == *key);
            breached(room, Late { id, case, leg, due, time }, plan)
        }
    }
}

struct Late<'a> {
    id: CaseId,
    case: &'a Case,
    leg: &'a Leg,
    due: Date,
    time: OfficeTime<'a>,
}

/// Silence counts only where the service says so; else somebody above the office is told.
fn breached(room: &Room, late: Late, plan: Option<&LegPlan>) -> Result<Vec<Event>, Refusal> {
    let Late { id, leg, due, .. } = late;
    let mut events = vec![Event::ClockBreached { case: id, leg: leg.key.clone(), due, officer: leg.officer }];
    // A date that the calendar does not know yet may move: nobody is deemed to have decided by it.
    let deemed = plan.and_then(|plan| plan.deemed.as_ref()).filter(|_| !late.time.calendar().is_provisional(due));
    match deemed {
        Some(deemed) => events.extend(deem(room, &late, deemed)?),
        None => {
            let to = plan.and_then(|plan| plan.escalates_to.clone());
            let to = to.or_else(|| room.profile.office(&leg.office).map(|office| office.escalates_to.clone()));
            let office = to.unwrap_or_else(|| leg.office.clone());
            events.push(Event::Escalated { case: id, leg: leg.key.clone(), office });
        }
    }
    Ok(events)
}

fn deem(room: &Room, late: &Late, deemed: &Deemed) -> Result<Vec<Event>, Refusal> {
    let Late { id, case, leg, due, .. } = *late;
    let verdict = match (leg.kind.binds(), deemed.approved) {
        (true, true) => LegVerdict::Approved,
        (true, false) => LegVerdict::Refused,
        (false, true) => LegVerdict::Supported,
        (false, false) => LegVerdict::Objected,
    };
    let question = room
        .question("deem_leg", entity(room.state, id, case, Some(leg)))
        .with("service_says", true)
        .with("late", true);
    let ruling = room.ctx.ask(&question).map_err(Refusal::RuledOut)?;
    let said = Event::LegDeemed { case: id, leg: leg.key.clone(), verdict, due };
    let ended = Ended { verdict, officer: None, reason: None, ruling };
    Ok(std::iter::once(said).chain(with_consequences(room, id, case, leg, ended)?).collect())
}

pub(crate) fn evolve(state: &mut State, event: &Event) {
    if let Event::ClockWarned { case, leg, notice, .. } = event {
        state.notices.insert((*case, leg.clone()), *notice);
    } else if let Event::ClockBreached { case, leg, .. } = event {
        state.notices.insert((*case, leg.clone()), Notice::Breached);
    } else if let Event::Escalated { case, leg, office } = event {
        state.books.entry(office.clone()).or_default().escalated.insert((*case, leg.clone()));
    }
}

/// The leg is with its office no more.
pub(crate) fn forget(state: &mut State, id: CaseId, leg: &Key) {
    let known = (id, leg.clone());
    if state.notices.remove(&known) != Some(Notice::Breached) {
        return;
    }
    let before: Vec<Key> = state
        .books
        .iter()
        .filter(|(_, books)| books.escalated.contains(&known))
        .map(|(office, _)| office.clone())
        .collect();
    for office in before {
        if let Some(books) = state.books.get_mut(&office) {
            books.escalated.remove(&known);
        }
    }
}
