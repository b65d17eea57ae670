//! What erasing a person takes outside the log: their own key, the keys of rosters that name them, letters to them.
//!
//! The log says that somebody was erased before any of it is done, so whatever was cut short, or has come back with an
//! older copy of the key file, is done when the park is opened. The person's key goes last, because it tells which rosters
//! and letters are theirs. Blocks: call it from a thread that may wait.

use crate::error::WorkError;
use crate::open::Park;
use base::{OrganisationId, PersonId, RosterId, Subject};
use desk::{Details, Zone, context};
use rosters::Limits;
use vault::VaultError;

/// What went with the person.
#[derive(Debug)]
pub struct Erased {
    /// Whether the key was still there to be destroyed.
    pub key_destroyed: bool,
    pub rosters: Vec<RosterErased>,
    pub letters_removed: usize,
}

/// A roster that named the person: its key had to go as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterErased {
    pub roster: RosterId,
    /// Rows that a clerk had not mended yet, and which are gone with it.
    pub unmended_rows_lost: u32,
}

impl Park {
    /// Destroys what is kept of somebody outside the log. Whether they may be erased has been decided.
    pub fn destroy_what_is_kept_of(&self, id: PersonId) -> Result<Erased, WorkError> {
        let zone = self.zone();
        let person = parties::person(&zone.parties, id).ok_or(WorkError::NotFound)?;
        let details = self.details(id);
        let rosters = details.as_ref().map(|details| self.rosters_naming(&zone, id, details)).transpose()?;
        let rosters = rosters.unwrap_or_default();
        for (_, subject) in &rosters {
            self.vault.erase(subject)?;
        }
        let letters_removed = match &details {
            Some(details) => {
                let removed = self.outbox.remove_letters_to(&details.email);
                removed.map_err(|error| WorkError::Store(error.to_string()))?
            }
            None => 0,
        };
        let key_destroyed = self.vault.erase(&person.subject)?;
        let rosters = rosters.into_iter().map(|(roster, _)| RosterErased {
            roster,
            unmended_rows_lost: cases::roster(&zone.cases, roster).map_or(0, |roster| roster.faulty),
        });
        Ok(Erased { key_destroyed, rosters: rosters.collect(), letters_removed })
    }

    /// Keys that the log says are destroyed, and that are there all the same: a crash came between the event and the
    /// erasure, or the key file is older than the log. How many there were.
    pub(crate) fn finish_erasures(&self) -> Result<usize, WorkError> {
        let zone = self.zone();
        let mut finished = 0;
        for (id, person) in zone.parties.persons.iter().filter(|(_, person)| person.erased) {
            if self.vault.holds(&person.subject)? {
                self.destroy_what_is_kept_of(*id)?;
                finished += 1;
            }
        }
        for subject in &zone.people.watch_ended {
            if self.vault.holds(subject)? {
                self.vault.erase(subject)?;
                finished += 1;
            }
        }
        Ok(finished)
    }

    /// Rosters whose file or unmended rows have the person's document, staff number or address in them.
    fn rosters_naming(
        &self,
        zone: &Zone,
        id: PersonId,
        details: &Details,
    ) -> Result<Vec<(RosterId, Subject)>, WorkError> {
        let mut employers: Vec<OrganisationId> =
            cases::of_subject(&zone.cases, id).filter_map(|(_, case)| case.organisation).collect();
        employers.extend(parties::person(&zone.parties, id).and_then(|person| person.employer));
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.map_err(|error| WorkError::Store(error.to_string()))?;
        let mut found = Vec::new();
        let theirs = |roster: &cases::Roster| employers.contains(&roster.organisation);
        for (roster_id, roster) in zone.cases.rosters.iter().filter(|(_, roster)| theirs(roster)) {
            let file = runtime.block_on(self.blobs.get(&roster.file));
            let names_person = match file.map(|sealed| self.vault.open_sealed(&sealed, context::ROSTER_ROWS)) {
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
