//! Four eyes: where the service asks for two officers, what one of them decides is a proposal, and a second one confirms it
//! or sends it back. That it is another officer, and none with an interest, is the rulebook's to say.

use crate::decide::{Room, find_leg};
use crate::legs::{self, Ended};
use crate::model::{Case, Event, Leg};
use crate::refusal::{Refusal, WorkRefusal};
use crate::tasks::Proposal;
use crate::work::Work;
use base::{Answer, CaseId, Key, PersonId, Sealed};

/// What is proposed stands until somebody has looked at it.
pub(crate) fn not_proposed(id: CaseId, leg: &Leg) -> Result<(), Refusal> {
    match leg.proposal() {
        None => Ok(()),
        Some(proposal) => {
            let (by, at) = (proposal.officer, proposal.at);
            Err(WorkRefusal::LegMustNotBeProposed { case: id, leg: leg.key.clone(), by, at }.into())
        }
    }
}

pub(crate) fn confirm(room: &Room, id: CaseId, key: &Key) -> Result<Vec<Event>, Refusal> {
    let (case, leg, officer, ruling, proposal) = proposed(room, id, key)?;
    let confirmed =
        Event::Worked { case: id, leg: key.clone(), work: Work::Confirmed { officer, ruling: ruling.clone() } };
    let Proposal { verdict, officer: first, reason, .. } = proposal.clone();
    let ended = Ended { verdict, officer: Some(first), reason: Some(reason), ruling };
    let decided = legs::with_consequences(room, id, case, leg, ended)?;
    Ok(std::iter::once(confirmed).chain(decided).collect())
}

pub(crate) fn send_back(room: &Room, id: CaseId, key: &Key, reason: Sealed) -> Result<Vec<Event>, Refusal> {
    let (case, _, officer, ruling, _) = proposed(room, id, key)?;
    room.own_seal(case.subject, &reason)?;
    Ok(vec![Event::Worked { case: id, leg: key.clone(), work: Work::SentBack { officer, reason, ruling } }])
}

type Proposed<'a> = (&'a Case, &'a Leg, PersonId, Answer, &'a Proposal);

/// The leg with its proposal, where the actor may be the second officer.
fn proposed<'a>(room: &Room<'a>, id: CaseId, key: &Key) -> Result<Proposed<'a>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let officer = room.acting_person()?;
    let ruling = room.may("confirm_leg", id, case, Some(leg))?;
    room.still_undecided(id, case, leg)?;
    let missing = WorkRefusal::LegMustBeProposed { case: id, leg: key.clone() };
    Ok((case, leg, officer, ruling, leg.proposal().ok_or(missing)?))
}
