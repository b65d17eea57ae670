//! Moving an open case to a newer version of its service: its legs and its rule are made anew for the answers that there
//! are, what offices have decided stays decided, and what they have begun goes on.
//!
//! It must not know: the answers. Whoever moves the case says what of them is told in plain text.

use crate::Clock;
use crate::decide::Room;
use crate::model::{Case, Disclosed, Event, Leg, LegState, Outcome, Stage};
use crate::opening::{check_disclosed, legs_for};
use crate::outcome::{joint_outcome, may_begin};
use crate::refusal::Refusal;
use crate::{door::entity, links};
use base::{CaseId, Key};
use profile::{HALVES_PER_DAY, JointOutcome, Service};

/// What moving a case does to its legs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    pub legs: Vec<Leg>,
    pub rule: JointOutcome,
    pub added: Vec<Key>,
    pub removed: Vec<Key>,
    /// Legs that stay, with their clocks before and after.
    pub kept: Vec<(Key, Clock, Clock)>,
    /// What the legs come to as they are then: the move itself would decide the case.
    pub settles: Option<Outcome>,
}

/// What moving the case to this version would do.
pub(crate) fn plan(
    room: &Room,
    id: CaseId,
    case: &Case,
    to: &Service,
    disclosed: &Disclosed,
) -> Result<Migration, Refusal> {
    if matches!(case.stage, Stage::Decided(_)) {
        return Err(Refusal::CaseMustNotBeDecided { case: id });
    }
    if to.version <= case.service_version {
        return Err(Refusal::VersionMustBeNewer { case: id });
    }
    check_disclosed(links::form_service(room.state, room.profile, to, case.about), disclosed)?;
    let moved = Case { service_version: to.version, disclosed: disclosed.clone(), ..case.clone() };
    if case.stage == Stage::Confirming {
        let rule = case.rule.clone();
        return Ok(Migration {
            legs: Vec::new(),
            rule,
            added: Vec::new(),
            removed: Vec::new(),
            kept: Vec::new(),
            settles: None,
        });
    }
    let (new, rule) = legs_for(room, to, id, &moved)?;
    merge(room, id, case, new, rule)
}

/// Legs of the same key and office are the same leg.
fn merge(room: &Room, id: CaseId, case: &Case, new: Vec<Leg>, rule: JointOutcome) -> Result<Migration, Refusal> {
    let same = |one: &Leg, other: &Leg| one.key == other.key && one.office == other.office;
    let (mut legs, mut added, mut kept) = (Vec::with_capacity(new.len()), Vec::new(), Vec::new());
    for leg in new {
        match case.legs.iter().find(|old| same(old, &leg) && (old.kind.binds() == leg.kind.binds())) {
            Some(old) => {
                let clock = moved_clock(room, id, old, &leg)?;
                kept.push((leg.key.clone(), old.clock, clock));
                legs.push(Leg { after: leg.after.clone(), kind: leg.kind, clock, ..old.clone() });
            }
            None => {
                added.push(leg.key.clone());
                legs.push(Leg { state: LegState::Waiting, clock: Clock::waiting(leg.clock.working_days()), ..leg });
            }
        }
    }
    let gone = case.legs.iter().filter(|old| !kept.iter().any(|(key, ..)| *key == old.key));
    let (decided, undecided): (Vec<&Leg>, Vec<&Leg>) = gone.partition(|old| old.decided_at.is_some());
    // Nothing that an office decided is undone: its leg stays, and counts.
    for old in decided {
        kept.push((old.key.clone(), old.clock, old.clock));
        legs.push(old.clone());
    }
    let removed = undecided.into_iter().map(|old| old.key.clone()).collect();
    begin(room, &rule, &mut legs);
    let settles = joint_outcome(&rule, &legs);
    Ok(Migration { legs, rule, added, removed, kept, settles })
}

/// Legs that wait for nobody any more begin today.
fn begin(room: &Room, rule: &JointOutcome, legs: &mut [Leg]) {
    let now = legs.to_vec();
    for leg in legs.iter_mut().filter(|leg| leg.state == LegState::Waiting) {
        if may_begin(rule, &now, leg) {
            leg.clock = Clock::start(room.today(leg), leg.clock.working_days());
            leg.state = LegState::Open;
        }
    }
}

/// The days that were used stay used; those that the new version allows are counted on from there.
fn moved_clock(room: &Room, id: CaseId, old: &Leg, new: &Leg) -> Result<Clock, Refusal> {
    let allowed = new.clock.working_days();
    if old.decided_at.is_some() || old.clock.working_days() == allowed {
        return Ok(old.clock);
    }
    let (time, today) = (room.time(id, old)?, room.today(old));
    let more = (i32::from(allowed) - i32::from(old.clock.working_days())).saturating_mul(HALVES_PER_DAY.into());
    let halves = old.clock.left(&time, today).saturating_add(more);
    let stopped = Clock::Paused { halves, working_days: allowed };
    Ok(match old.clock {
        Clock::Due { .. } | Clock::Running { .. } => stopped.resume(today),
        Clock::Stopped { .. } | Clock::Paused { .. } => stopped,
    })
}

pub(crate) fn migrate(room: &Room, id: CaseId, to: u32, disclosed: Disclosed) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    let question = room.question("migrate_case", entity(room.state, id, case, None));
    room.ctx.ask(&question).map_err(Refusal::RuledOut)?;
    let known = room.profile.service_version(&case.service, to);
    let service = known.ok_or_else(|| Refusal::ServiceMustBeKnown { service: case.service.clone() })?;
    let Migration { legs, rule, settles, .. } = plan(room, id, case, service, &disclosed)?;
    let from = case.service_version;
    let moved = Event::Migrated { case: id, from, to, legs, rule, disclosed };
    let decided = settles.map(|outcome| Event::Decided { case: id, outcome });
    Ok(std::iter::once(moved).chain(decided).collect())
}
