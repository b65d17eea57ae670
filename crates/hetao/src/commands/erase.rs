//! `hetao erase PERSON`: what an approved case for erasure asks for, done: the event, the person's key, and what else is
//! left of them outside the log.
//!
//! The order matters. The event comes first, so that from then on nothing new is sealed for the person. The person's key
//! goes last, because it tells which rosters and letters are theirs: whoever is interrupted runs the command again, and it
//! goes on where it stopped.

use crate::cli::{Common, Erase};
use crate::data_folder::{DataFolder, OUTBOX_FOLDER};
use crate::demonstration;
use crate::ending::{Ending, Failure};
use crate::output::Output;
use base::{Actor, CaseId, OrganisationId, PersonId, Refuse, RosterId, Subject};
use desk::{Details, Settings, Submission, SubmitError, Zone, context};
use eventlog::LogError;
use park::{Clock, OpenError, Options, Park};
use profile::Effect;
use rosters::Limits;
use serde::Serialize;
use std::fs;
use std::path::Path;
use vault::VaultError;

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
    let data = DataFolder::new(common.data());
    data.must_be_there()?;
    let (park, writer) = open(&data, options.demo, common)?;
    let erased = erase(&park, options.person, &data);
    drop(park);
    // The writer ends with the last clone of the park; what it had to say came back with the receipt.
    let _ = writer.join();
    let answer = erased?;
    output.result(&answer, |out| print(out, &answer))?;
    output.note("Copies of the key file in backups still open this person's data: destroy them, or repeat this after restoring one.");
    Ok(Ending::Right)
}

fn open(data: &DataFolder, demo: bool, common: &Common) -> Result<(Park, std::thread::JoinHandle<()>), Failure> {
    let options = Options {
        zone: common.zone.clone(),
        data: Some(data.path.clone()),
        clock: if demo { demonstration::clock(data, common)? } else { Clock::system() },
        // Nothing is issued while erasing.
        origin: "http://localhost".to_owned(),
        settings: Settings::default(),
    };
    Park::open(options).map_err(|error| match error {
        OpenError::Log(LogError::Locked { .. }) => Failure::could_not(format!(
            "a server holds {}; erasing is done while it is stopped: stop it, erase, start it again",
            data.path.display()
        )),
        other => other.into(),
    })
}

fn erase(park: &Park, id: PersonId, data: &DataFolder) -> Result<Answer, Failure> {
    let zone = park.zone();
    let person =
        parties::person(&zone.parties, id).ok_or_else(|| Failure::wrong(format!("nobody has the number {id}")))?;
    let case = approved_case(park, &zone, id)?;
    // Read before the key goes: who the letters and rosters are about.
    let details = park.details(id);
    let rosters = details.as_ref().map(|details| rosters_of(park, &zone, id, details)).transpose()?.unwrap_or_default();
    let entry = if person.erased { None } else { Some(record(park, id)?) };
    for (_, subject) in &rosters {
        park.vault.erase(subject)?;
    }
    let letters_removed = match &details {
        Some(details) => remove_letters(&data.path.join(OUTBOX_FOLDER), &details.email)?,
        None => 0,
    };
    let key_destroyed = park.vault.erase(&person.subject)?;
    let rosters = rosters.into_iter().map(|(roster, _)| RosterErased {
        roster,
        unmended_rows_lost: cases::roster(&zone.cases, roster).map_or(0, |roster| roster.faulty),
    });
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

/// Rosters whose file or unmended rows have the person's document, staff number or address in them.
fn rosters_of(park: &Park, zone: &Zone, id: PersonId, details: &Details) -> Result<Vec<(RosterId, Subject)>, Failure> {
    let mut employers: Vec<OrganisationId> =
        cases::of_subject(&zone.cases, id).filter_map(|(_, case)| case.organisation).collect();
    employers.extend(parties::person(&zone.parties, id).and_then(|person| person.employer));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| Failure::could_not(format!("the files could not be read: {error}")))?;
    let mut found = Vec::new();
    for (roster_id, roster) in zone.cases.rosters.iter().filter(|(_, roster)| employers.contains(&roster.organisation))
    {
        let opened = runtime
            .block_on(park.blobs.get(&roster.file))
            .map(|sealed| park.vault.open_sealed(&sealed, context::ROSTER_ROWS));
        let names_person = match opened {
            Ok(Ok(file)) => names(&file, details),
            Ok(Err(VaultError::Erased)) => false,
            Ok(Err(error)) => return Err(error.into()),
            // Without its file nobody can say whom it names: its key goes.
            Err(_) => true,
        };
        if names_person {
            found.push((*roster_id, roster.subject.clone()));
        }
    }
    Ok(found)
}

fn names(file: &[u8], details: &Details) -> bool {
    // Any day will do: who is named does not depend on it.
    let Ok(roster) = rosters::read(file, base::Date::constant(2026, 1, 1), &Limits::default()) else { return true };
    let known = [&details.document_number, &details.staff_number, &details.email];
    let is_known = |text: &str| known.iter().any(|known| !known.is_empty() && text.trim() == known.as_str());
    let good = roster.rows.iter().flat_map(|row| [&row.document_number, &row.staff_number, &row.email]);
    let faulty = roster.faulty.iter().flat_map(|row| &row.cells).map(|cell| &cell.text);
    good.chain(faulty).any(|text| is_known(text))
}

/// Letters to this address, in the outbox of a park that does not send mail itself. The file stays, emptied: the names
/// are numbers that are not given twice.
fn remove_letters(outbox: &Path, address: &str) -> Result<usize, Failure> {
    if address.is_empty() || !outbox.is_dir() {
        return Ok(0);
    }
    let head = format!("To: {address}\n");
    let entries = fs::read_dir(outbox).map_err(|error| Failure::at(outbox, &error))?;
    let mut removed = 0;
    for entry in entries {
        let path = entry.map_err(|error| Failure::at(outbox, &error))?.path();
        let letter = fs::read(&path).map_err(|error| Failure::at(&path, &error))?;
        if letter.starts_with(head.as_bytes()) {
            fs::write(&path, "erased\n").map_err(|error| Failure::at(&path, &error))?;
            removed += 1;
        }
    }
    Ok(removed)
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
