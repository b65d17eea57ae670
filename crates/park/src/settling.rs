//! Passages and referrals that an officer brings to their end, with a note sealed under the traveller's key.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Bank, PassageId, PersonId, Sealed};
use desk::{Receipt, context};
use people::Settlement;

/// The longest note, in characters.
const NOTE_CHARS_MAX: usize = 4_000;

impl Park {
    /// Where the traveller of an unfinished passage is.
    pub async fn resolve_passage(
        &self,
        actor: &Actor,
        passage: PassageId,
        place: Bank,
        note: &str,
    ) -> Result<Receipt, WorkError> {
        let traveller = self.zone().people.passages.get(&passage).map(|open| open.person);
        let note = self.passage_note(traveller, note)?;
        let command = people::Command::ResolvePassage { passage, place, note };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }

    /// What becomes of a traveller whom the gate referred.
    pub async fn settle_referral(
        &self,
        actor: &Actor,
        passage: PassageId,
        settlement: Settlement,
        note: &str,
    ) -> Result<Receipt, WorkError> {
        let traveller = self.zone().people.referrals.get(&passage).and_then(|open| open.person);
        let note = self.passage_note(traveller, note)?;
        let command = people::Command::SettleReferral { passage, settlement, note };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }

    /// A note about somebody whom nobody could name gets a key of its own.
    fn passage_note(&self, traveller: Option<PersonId>, note: &str) -> Result<Option<Sealed>, WorkError> {
        let note: String = note.trim().chars().take(NOTE_CHARS_MAX).collect();
        if note.is_empty() {
            return Ok(None);
        }
        match traveller {
            Some(person) => self.seal_text(person, context::PASSAGE_NOTE, &note).map(Some),
            None => Ok(Some(self.vault.seal(&self.one_subject()?, context::PASSAGE_NOTE, note.as_bytes())?)),
        }
    }
}
