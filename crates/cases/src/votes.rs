//! A panel's vote: seats of offices, scores by criteria, conflicts of interest, a quorum, and a result that is arithmetic.
//!
//! It must not know: who may read which ballot before all have voted. That is told where ballots are shown.

use crate::decide::{Room, find_leg};
use crate::legs;
use crate::model::{Case, Event, Leg, LegVerdict};
use crate::refusal::{Refusal, WorkRefusal};
use crate::tasks::{Ballot, Panel};
use crate::work::Work;
use base::{Actor, Answer, CaseId, Key, PersonId, Sealed};
use profile::LegKind;

type Sitting<'a> = (&'a Case, &'a Leg, &'a Panel, PersonId, Answer);

fn sitting<'a>(room: &Room<'a>, action: &'static str, id: CaseId, key: &Key) -> Result<Sitting<'a>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let officer = room.acting_person()?;
    let ruling = room.may(action, id, case, Some(leg))?;
    let panel = leg.panel().ok_or_else(|| WorkRefusal::of_kind(id, leg, LegKind::Vote))?;
    room.still_undecided(id, case, leg)?;
    Ok((case, leg, panel, officer, ruling))
}

/// The seat that the member takes: one that is left to their office, and only their first.
fn seat(room: &Room, panel: &Panel, officer: PersonId) -> Result<u8, Refusal> {
    if panel.seat_of(officer).is_some() {
        return Err(WorkRefusal::VoteMustBeTheFirst.into());
    }
    let office = match room.ctx.actor {
        Actor::Officer { office, .. } => Some(office),
        Actor::Anonymous
        | Actor::System
        | Actor::Operator
        | Actor::Gate { .. }
        | Actor::Person { .. }
        | Actor::Clerk { .. }
        | Actor::Delegate { .. } => None,
    };
    let seat = office.and_then(|office| panel.free_seat(office));
    seat.and_then(|seat| u8::try_from(seat).ok()).ok_or_else(|| WorkRefusal::SeatMustBeFree.into())
}

pub(crate) fn vote(
    room: &Room,
    id: CaseId,
    key: &Key,
    scores: Option<Vec<u8>>,
    comment: Option<Sealed>,
) -> Result<Vec<Event>, Refusal> {
    let (case, leg, panel, officer, ruling) = sitting(room, "cast_vote", id, key)?;
    let seat = seat(room, panel, officer)?;
    if scores.as_ref().is_some_and(|scores| !panel.fits(scores)) {
        let (criteria, most) = (panel.criteria.len(), panel.score_max);
        return Err(WorkRefusal::ScoresMustFitTheCriteria { criteria, most }.into());
    }
    if let Some(comment) = &comment {
        room.own_seal(case.subject, comment)?;
    }
    let ballot = scores.clone().map_or(Ballot::Abstained, Ballot::Scores);
    let after = with_ballot(panel, seat, officer, ballot);
    let work = Work::Voted { seat, officer, scores, comment, ruling: ruling.clone() };
    let voted = Event::Worked { case: id, leg: key.clone(), work };
    settled(room, (id, case), leg, &after, voted, ruling)
}

/// A member with an interest says so and falls away; with fewer members left to vote the others may have settled it.
pub(crate) fn declare_conflict(
    room: &Room,
    id: CaseId,
    key: &Key,
    reason: Option<Sealed>,
) -> Result<Vec<Event>, Refusal> {
    let (case, leg, panel, officer, ruling) = sitting(room, "declare_conflict", id, key)?;
    let seat = seat(room, panel, officer)?;
    if let Some(reason) = &reason {
        room.own_seal(case.subject, reason)?;
    }
    let after = with_ballot(panel, seat, officer, Ballot::Conflict);
    let work = Work::ConflictDeclared { seat, officer, reason };
    settled(room, (id, case), leg, &after, Event::Worked { case: id, leg: key.clone(), work }, ruling)
}

fn with_ballot(panel: &Panel, seat: u8, officer: PersonId, ballot: Ballot) -> Panel {
    let mut after = panel.clone();
    if let Some(seat) = after.seats.get_mut(usize::from(seat)) {
        (seat.member, seat.ballot) = (Some(officer), Some(ballot));
    }
    after
}

/// The ballot, and the leg's end where no vote still to come can change the result.
fn settled(
    room: &Room,
    (id, case): (CaseId, &Case),
    leg: &Leg,
    after: &Panel,
    ballot: Event,
    ruling: Answer,
) -> Result<Vec<Event>, Refusal> {
    let Some(verdict) = after.settled() else { return Ok(vec![ballot]) };
    let work = Work::VoteClosed { verdict, tally: after.tally_now(), officer: None, reason: None, ruling };
    let closed = Event::Worked { case: id, leg: leg.key.clone(), work };
    let ended = legs::ending(room, id, case, leg, verdict.into(), closed)?;
    Ok(std::iter::once(ballot).chain(ended).collect())
}

/// Another member of the same office sits in place of one who fell away.
pub(crate) fn reseat(room: &Room, id: CaseId, key: &Key, number: u8) -> Result<Vec<Event>, Refusal> {
    let (_, _, panel, by, _) = sitting(room, "reseat_panel", id, key)?;
    let seat = panel.seats.get(usize::from(number));
    if !seat.is_some_and(|seat| seat.ballot == Some(Ballot::Conflict)) {
        return Err(WorkRefusal::SeatMustHaveFallenAway { seat: number }.into());
    }
    Ok(vec![Event::Worked { case: id, leg: key.clone(), work: Work::Reseated { seat: number, by } }])
}

/// The chair does not wait for those who have not voted.
pub(crate) fn close(room: &Room, id: CaseId, key: &Key, reason: Sealed) -> Result<Vec<Event>, Refusal> {
    let (case, leg, panel, officer, ruling) = sitting(room, "close_vote", id, key)?;
    let tally = panel.tally_now();
    // With nobody left to vote and too few who did, it is not carried.
    let nobody_left = panel.seats.iter().all(|seat| seat.ballot.is_some());
    let Some(verdict) = panel.result().or(nobody_left.then_some(LegVerdict::Refused)) else {
        let present = tally.scored + tally.abstained;
        return Err(WorkRefusal::QuorumMustBeReached { quorum: panel.quorum(), present, scored: tally.scored }.into());
    };
    room.own_seal(case.subject, &reason)?;
    let work = Work::VoteClosed { verdict, tally, officer: Some(officer), reason: Some(reason), ruling };
    let closed = Event::Worked { case: id, leg: key.clone(), work };
    legs::ending(room, id, case, leg, verdict.into(), closed)
}
