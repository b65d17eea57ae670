//! The same paperwork for many: rosters, confirmations, decisions and keys, spread over a span of time.

use crate::cast::{Character, character, document_number};
use crate::dice::Dice;
use crate::error::SimulationError;
use crate::founding::Founded;
use crate::paperwork::{
    Applicant, Application, Employer, LegOf, applicants, binding, chance_digest, confirmation, open_legs,
};
use crate::play::traffic::Traveller;
use crate::stage::{Stage, all_accepted};
use base::{Bank, Date, Instant, Key};
use cases::LegVerdict;

/// Submissions handed over at once.
const CHUNK: usize = 1_000;

/// From one instant to another; what is spread over it keeps its order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub from: Instant,
    pub until: Instant,
}

impl Span {
    pub fn slot(&self, index: usize, of: usize) -> Instant {
        let length = self.until.since(self.from).max(0);
        let (index, of) = (i64::try_from(index).unwrap_or(0), i64::try_from(of.max(1)).unwrap_or(1));
        self.from.plus(length.saturating_mul(index) / of)
    }
}

/// One employer's people: the numbers of the characters who play them.
pub(crate) struct Roster<'a> {
    pub employer: &'a Employer,
    pub people: Vec<(u32, Bank)>,
}

/// Rosters for a service, or visitors for a day.
pub(crate) fn apply(
    stage: &mut impl Stage,
    dice: &mut Dice,
    service: &Key,
    rosters: &[Roster],
    requested_day: Option<Date>,
    expires: Date,
    span: Span,
) -> Result<Vec<Applicant>, SimulationError> {
    let mut applied = Vec::new();
    for (index, roster) in rosters.iter().enumerate() {
        let now = span.slot(index, rosters.len());
        let people: Vec<Character> =
            roster.people.iter().map(|(number, home)| character(*number, *home, expires)).collect();
        let application = Application { employer: roster.employer, service, people: &people, requested_day, now };
        let submission = application.submission(stage, dice)?;
        let performed = stage.perform(vec![submission])?;
        for receipt in all_accepted("a roster", performed)? {
            applied.extend(applicants(&receipt, &roster.people));
        }
    }
    Ok(applied)
}

pub(crate) fn confirm(
    stage: &mut impl Stage,
    service: &Key,
    applied: &[Applicant],
    expires: impl Fn(&Applicant) -> Date,
    span: Span,
) -> Result<(), SimulationError> {
    for (part, chunk) in applied.chunks(CHUNK).enumerate() {
        let mut submissions = Vec::with_capacity(chunk.len());
        for (index, applicant) in chunk.iter().enumerate() {
            let now = span.slot(part * CHUNK + index, applied.len());
            let number = document_number(applicant.number, applicant.home);
            submissions.push(confirmation(stage, applicant, service, &number, expires(applicant), now)?);
        }
        let performed = stage.perform(submissions)?;
        all_accepted("a confirmation", performed)?;
    }
    Ok(())
}

/// What an office makes of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handling {
    Approve,
    Refuse,
    Ask,
    Leave,
}

/// Every open leg of the cases is put to `how`, and handled by an officer of its office.
pub(crate) fn handle(
    stage: &mut impl Stage,
    founded: &Founded,
    applied: &[Applicant],
    span: Span,
    mut how: impl FnMut(&Applicant, &LegOf) -> Handling,
) -> Result<(), SimulationError> {
    for (part, chunk) in applied.chunks(CHUNK).enumerate() {
        let mut submissions = Vec::with_capacity(chunk.len() * 2);
        let zone = stage.zone();
        for (index, applicant) in chunk.iter().enumerate() {
            let now = span.slot(part * CHUNK + index, applied.len());
            let legs = open_legs(&zone, applicant.case);
            // One refusal ends the case: the other office then finds nothing left to decide.
            let handled: Vec<(LegOf, Handling)> =
                legs.into_iter().map(|leg| (leg.clone(), how(applicant, &leg))).collect();
            let refused = handled.iter().any(|(_, handling)| *handling == Handling::Refuse);
            for (leg, handling) in handled {
                if refused && handling != Handling::Refuse {
                    continue;
                }
                let officer = founded.officer(&leg.office, u64::from(applicant.case.0))?;
                match handling {
                    Handling::Approve => submissions.push(leg.decision(stage, officer, LegVerdict::Approved, now)?),
                    Handling::Refuse => submissions.push(leg.decision(stage, officer, LegVerdict::Refused, now)?),
                    Handling::Ask => submissions.push(leg.question(stage, officer, now)?),
                    Handling::Leave => {}
                }
            }
        }
        drop(zone);
        let performed = stage.perform(submissions)?;
        all_accepted("a decision", performed)?;
    }
    Ok(())
}

/// Those who were asked answer.
pub(crate) fn answer(stage: &mut impl Stage, applied: &[Applicant], span: Span) -> Result<(), SimulationError> {
    let zone = stage.zone();
    let mut submissions = Vec::new();
    for (index, applicant) in applied.iter().enumerate() {
        for leg in open_legs(&zone, applicant.case) {
            let asked = cases::case(&zone.cases, applicant.case).is_some_and(|case| {
                case.legs.iter().any(|known| known.key == leg.leg && known.state == cases::LegState::Asked)
            });
            if asked {
                submissions.push(leg.answer(stage, span.slot(index, applied.len()))?);
            }
        }
    }
    drop(zone);
    let performed = stage.perform(submissions)?;
    all_accepted("an answer", performed).map(drop)
}

/// Everybody whose pass was issued links a phone, and is ready to travel.
pub(crate) fn link_phones(
    stage: &mut impl Stage,
    dice: &mut Dice,
    applied: &[Applicant],
    span: Span,
) -> Result<Vec<Traveller>, SimulationError> {
    let zone = stage.zone();
    let mut travellers = Vec::with_capacity(applied.len());
    let issued = applied.iter().filter_map(|one| Some((one, permits::of_case(&zone.permits, one.case)?)));
    let issued: Vec<_> = issued.collect();
    drop(zone);
    for (part, chunk) in issued.chunks(CHUNK).enumerate() {
        let mut submissions = Vec::with_capacity(chunk.len());
        for (index, (applicant, permit)) in chunk.iter().enumerate() {
            let thumbprint = chance_digest(dice);
            let now = span.slot(part * CHUNK + index, issued.len());
            submissions.push(binding(applicant.person, *permit, thumbprint.clone(), now));
            travellers.push(Traveller {
                person: applicant.person,
                permit: *permit,
                thumbprint,
                home: applicant.home,
                leaning: dice.below(u64::MAX),
                idle: false,
                visitor: false,
            });
        }
        let performed = stage.perform(submissions)?;
        all_accepted("the linking of a phone", performed)?;
    }
    Ok(travellers)
}
