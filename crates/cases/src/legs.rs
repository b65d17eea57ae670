//! What an office does with its leg: decides it, advises, asks the applicant; and what follows for the other legs.

use crate::Clock;
use crate::decide::{Room, find_leg};
use crate::door::entity;
use crate::model::{Case, Event, Leg, LegState, LegVerdict};
use crate::outcome::{joint_outcome, may_begin};
use crate::payments;
use crate::refusal::Refusal;
use crate::second_eye;
use crate::work::Work;
use base::{Actor, Answer, CaseId, Instant, Key, PersonId, Sealed};
use profile::{Decider, Effect};

/// How far back visits are counted for a rule that decides alone, and misuse of passes that a host vouched for.
const VISITS_WITHIN: i64 = 30 * Instant::DAY;
const MISUSE_WITHIN: i64 = 90 * Instant::DAY;

/// How a leg ended: by whom, why, and on which rule.
pub(crate) struct Ended {
    pub verdict: LegVerdict,
    pub officer: Option<PersonId>,
    pub reason: Option<Sealed>,
    pub ruling: Answer,
}

pub(crate) fn decide(
    room: &Room,
    id: CaseId,
    key: &Key,
    verdict: LegVerdict,
    reason: Sealed,
) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let action = match verdict {
        LegVerdict::Approved => "approve_leg",
        LegVerdict::Refused => "refuse_leg",
        LegVerdict::Supported | LegVerdict::Objected => "give_opinion",
    };
    let officer = room.acting_person()?;
    let ruling = room.may(action, id, case, Some(leg))?;
    room.still_undecided(id, case, leg)?;
    if leg.state != LegState::Open {
        return Err(Refusal::LegMustBeOpen { case: id, leg: key.clone() });
    }
    if !verdict.fits(leg.kind) {
        return Err(Refusal::VerdictMustFitTheLeg { case: id, leg: key.clone() });
    }
    second_eye::not_proposed(id, leg)?;
    room.own_seal(case.subject, &reason)?;
    if leg.eyes() > 1 {
        let work = Work::Proposed { verdict, officer, reason, ruling };
        return Ok(vec![Event::Worked { case: id, leg: key.clone(), work }]);
    }
    with_consequences(room, id, case, leg, Ended { verdict, officer: Some(officer), reason: Some(reason), ruling })
}

pub(crate) fn decide_by_rule(
    room: &Room,
    id: CaseId,
    key: &Key,
    watchlisted: bool,
    registered_elsewhere: &[PersonId],
) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    // Of several legs put to the rule in one breath an earlier one may have settled the case: then nothing is left to do.
    if leg.state == LegState::Moot && *room.ctx.actor == Actor::System {
        return Ok(Vec::new());
    }
    room.still_undecided(id, case, leg)?;
    let service = room.service_of(case)?;
    let by_rule = service.legs.iter().any(|plan| plan.key == *key && plan.by == Decider::Rule);
    if !by_rule || *room.ctx.actor != Actor::System {
        return Err(Refusal::LegMustBeLeftToTheRule { case: id, leg: key.clone() });
    }
    let person = parties::person(room.people, case.subject).ok_or(Refusal::SubjectMustBeKnown)?;
    let since = room.ctx.now.plus(-VISITS_WITHIN);
    let visits = match &service.effect {
        Effect::IssuePermit(template) => std::iter::once(&case.subject)
            .chain(registered_elsewhere)
            .map(|person| permits::issued_since(room.permits, *person, &template.kind, since))
            .sum(),
        Effect::Grant(_) | Effect::Answer | Effect::RevokePermit | Effect::ErasePerson | Effect::Change => 0,
    };
    let misused = case
        .organisation
        .is_some_and(|host| permits::misused_since(room.permits, host, room.ctx.now.plus(-MISUSE_WITHIN)));
    let question = room
        .question("decide_by_rule", entity(room.state, id, case, Some(leg)))
        .with("visits_last_30_days", i64::try_from(visits).unwrap_or(i64::MAX))
        .with("host_in_good_standing", case.organisation.is_some() && !misused)
        .with("document_confirmed", person.document.is_some())
        .with("watchlisted", watchlisted);
    match room.ctx.ask(&question) {
        Ok(ruling) => {
            let ended = Ended { verdict: LegVerdict::Approved, officer: None, reason: None, ruling };
            with_consequences(room, id, case, leg, ended)
        }
        Err(ruling) => Ok(vec![Event::LegLeftToOfficer { case: id, leg: key.clone(), ruling }]),
    }
}

/// One leg's end by an officer's word or the rule's, and what follows.
pub(crate) fn with_consequences(
    room: &Room,
    id: CaseId,
    case: &Case,
    leg: &Leg,
    ended: Ended,
) -> Result<Vec<Event>, Refusal> {
    let Ended { verdict, officer, reason, ruling } = ended;
    let decided = Event::LegDecided { case: id, leg: leg.key.clone(), verdict, officer, reason, ruling };
    ending(room, id, case, leg, verdict.into(), decided)
}

/// One leg's end, however it came; then the joint outcome where that settles it, or else the legs that may begin now.
pub(crate) fn ending(
    room: &Room,
    id: CaseId,
    case: &Case,
    leg: &Leg,
    state: LegState,
    how: Event,
) -> Result<Vec<Event>, Refusal> {
    let mut legs = case.legs.clone();
    if let Some(ending) = legs.iter_mut().find(|known| known.key == leg.key) {
        ending.state = state;
    }
    let mut events = vec![how];
    if let Some(outcome) = joint_outcome(&case.rule, &legs) {
        events.extend(payments::refunds(id, &case.legs, outcome));
        events.push(Event::Decided { case: id, outcome });
        return Ok(events);
    }
    for next in legs.iter().filter(|next| next.state == LegState::Waiting && may_begin(&case.rule, &legs, next)) {
        let clock = Clock::start(room.today(next), next.clock.working_days());
        events.push(Event::LegStarted { case: id, leg: next.key.clone(), clock });
    }
    Ok(events)
}

pub(crate) fn ask_applicant(room: &Room, id: CaseId, key: &Key, question: Sealed) -> Result<Vec<Event>, Refusal> {
    let (case, leg) = room.undecided("ask_applicant", id, key)?;
    if leg.state != LegState::Open {
        return Err(Refusal::LegMustBeOpen { case: id, leg: key.clone() });
    }
    second_eye::not_proposed(id, leg)?;
    room.own_seal(case.subject, &question)?;
    let clock = leg.clock.stop(&room.time(id, leg)?, room.today(leg));
    let officer = room.acting_person()?;
    Ok(vec![Event::Asked { case: id, leg: key.clone(), officer, question, clock }])
}

pub(crate) fn answer(room: &Room, id: CaseId, key: &Key, answer: Sealed) -> Result<Vec<Event>, Refusal> {
    let (case, leg) = room.undecided("answer_question", id, key)?;
    if leg.state != LegState::Asked {
        return Err(Refusal::LegMustBeAsked { case: id, leg: key.clone() });
    }
    room.own_seal(case.subject, &answer)?;
    let clock = leg.clock.resume(room.today(leg));
    Ok(vec![Event::Answered { case: id, leg: key.clone(), answer, clock }])
}
