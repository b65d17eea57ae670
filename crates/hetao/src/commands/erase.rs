//! `hetao erase PERSON`: what an approved case for erasure asks for, done: the event, the person's key, and what else is
//! left of them outside the log.
//!
//! The event comes first, so that from then on nothing new is sealed for the person. Whoever is interrupted runs the command
//! again, or opens the park: it goes on where it stopped.

use super::operator::at_work;
use crate::cli::{Common, Erase};
use crate::data_folder::DataFolder;
use crate::ending::{Ending, Failure};
use crate::output::Output;
use base::{Actor, CaseId, PersonId, Refuse, RosterId};
use desk::{Submission, SubmitError, Zone};
use park::Park;
use profile::Effect;
use serde::Serialize;

#[derive(Serialize)]
struct Answer {
    ok: bool,
    person: PersonId,
    case: CaseId,
    /// The entry that records it; none where an earlier run had recorded it.
    entry: Option<u64>,
    /// Whether the key was still there to be destroyed.
    key_destroyed: bool,
    rosters: Vec<RosterErased>,
    letters_removed: usize,
}

/// A roster that named the person: its key had to go as well.
#[derive(Serialize)]
struct RosterErased {
    roster: RosterId,
    /// Rows that a clerk had not mended yet, and which are gone with it.
    unmended_rows_lost: u32,
}

pub fn run(options: &Erase, common: &Common, output: &Output) -> Result<Ending, Failure> {
    DataFolder::new(common.data()).must_be_there()?;
    // Nothing is issued while erasing: any origin will do.
    let answer =
        at_work(common, options.demo, "http://localhost", "erasing is done", |park, _| erase(park, options.person))?;
    output.result(&answer, |out| print(out, &answer))?;
    output.note("Copies of the key file in backups still open this person's data: destroy them, or repeat this after restoring one.");
    Ok(Ending::Right)
}

fn erase(park: &Park, id: PersonId) -> Result<Answer, Failure> {
    let zone = park.zone();
    let person =
        parties::person(&zone.parties, id).ok_or_else(|| Failure::wrong(format!("nobody has the number {id}")))?;
    let case = approved_case(park, &zone, id)?;
    let entry = if person.erased { None } else { Some(record(park, id)?) };
    let destroyed = park.destroy_what_is_kept_of(id);
    let destroyed =
        destroyed.map_err(|error| Failure::could_not(format!("not all was destroyed, run it again: {error}")))?;
    let park::Erased { key_destroyed, rosters, letters_removed } = destroyed;
    let rosters = rosters
        .into_iter()
        .map(|erased| RosterErased { roster: erased.roster, unmended_rows_lost: erased.unmended_rows_lost });
    Ok(Answer { ok: true, person: id, case, entry, key_destroyed, rosters: rosters.collect(), letters_removed })
}

fn approved_case(park: &Park, zone: &Zone, id: PersonId) -> Result<CaseId, Failure> {
    let erases = |case: &cases::Case| {
        park.profile
            .service_at(&case.service, case.service_version)
            .is_some_and(|service| matches!(service.effect, Effect::ErasePerson))
    };
    let approved = cases::Stage::Decided(cases::Outcome::Approved);
    let mut of_person = cases::of_subject(&zone.cases, id).filter(|(_, case)| erases(case)).peekable();
    let pending = of_person.peek().map(|(case, _)| *case);
    of_person.find(|(_, case)| case.stage == approved).map(|(case, _)| case).ok_or_else(|| {
        Failure::wrong(match pending {
            Some(case) => format!("case {case} for erasing {id} is not approved; nothing was erased"),
            None => format!("there is no case for erasing {id}; nothing was erased"),
        })
    })
}

/// Submits the event and gives its entry.
fn record(park: &Park, person: PersonId) -> Result<u64, Failure> {
    let command = parties::Command::Erase { person, case_approved: true };
    let submission = Submission { actor: Actor::Operator, now: park.now(), commands: vec![command.into()], key: None };
    match park.desk.submit_blocking(submission) {
        Ok(receipt) => Ok(receipt.first),
        Err(SubmitError::Refused(refusal)) => {
            Err(Failure::wrong(format!("refused: {}; nothing was erased", refusal.code())))
        }
        Err(SubmitError::Failed(failure)) => {
            Err(Failure::could_not(format!("not recorded ({failure:?}); nothing was erased")))
        }
    }
}

fn print(out: &mut dyn std::io::Write, answer: &Answer) -> std::io::Result<()> {
    writeln!(out, "{} is erased, as case {} decided.", answer.person, answer.case)?;
    match answer.entry {
        Some(entry) => writeln!(out, "  recorded   entry {entry} of the log; permits revoked, open cases withdrawn")?,
        None => writeln!(out, "  recorded   by an earlier run")?,
    }
    let key = if answer.key_destroyed { "destroyed" } else { "had been destroyed before" };
    writeln!(out, "  key        {key}: nobody can read what was sealed for this person")?;
    for roster in &answer.rosters {
        let lost = roster.unmended_rows_lost;
        writeln!(out, "  roster     {}: key destroyed, and {lost} unmended row(s) with it", roster.roster)?;
    }
    writeln!(out, "  letters    {} removed from the outbox", answer.letters_removed)
}
