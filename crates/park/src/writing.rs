//! Writing letters: set, sealed, kept, and recorded in the log, in this order. What a letter was set for is recorded with
//! its hash, so whoever holds one can find out whether it is genuine, and unchanged.

use crate::composing::{Draft, Wanted};
use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, CaseId, Instant, Key, Language, LetterId};
use cases::Stage;
use desk::{Event, SubmitError, context};
use letters::{Issue, Kind, Letter};
use sha2::{Digest, Sha256};

/// Crockford's thirty-two: none is mistaken for another when it is read aloud.
const CODE_CHARACTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Five bits each: nobody guesses eighty.
const CODE_LENGTH: usize = 16;
const CODE_GROUP: usize = 4;

/// What somebody who has a letter's code may know of it.
#[derive(Debug, Clone)]
pub struct Genuine {
    pub letter: LetterId,
    pub kind: Kind,
    pub language: Language,
    pub service: Key,
    pub offices: Vec<Key>,
    pub issued_at: Instant,
    /// Its place in the log.
    pub entry: u64,
    /// SHA-256 of the PDF, in hex.
    pub pdf: Box<str>,
    /// How the case ended, for a decision.
    pub outcome: Option<cases::Outcome>,
    /// What it certifies, for a certificate.
    pub certified: Option<Certified>,
}

/// A permit or an authorisation, without its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    pub number: String,
    pub valid_from: Instant,
    pub valid_until: Instant,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    InForce,
    NotYet,
    Suspended,
    Ended,
    Expired,
}

impl Park {
    /// The kinds of letters that can be had about a case now, besides those that were written when something happened.
    pub fn letters_to_be_had(&self, case: CaseId) -> Vec<Kind> {
        let zone = self.zone();
        let decided = cases::case(&zone.cases, case).is_some_and(|case| matches!(case.stage, Stage::Decided(_)));
        let issued =
            permits::of_case(&zone.permits, case).is_some() || permits::grant_of_case(&zone.permits, case).is_some();
        let kinds = [decided.then_some(Kind::Decision), issued.then_some(Kind::Certificate)];
        kinds.into_iter().flatten().collect()
    }

    /// The letter about how the case ended or what it issued, in this language: written now where it was not before.
    pub async fn letter_about(&self, case: CaseId, kind: Kind, language: Language) -> Result<LetterId, WorkError> {
        if !self.letters_to_be_had(case).contains(&kind) {
            return Err(WorkError::NotFound);
        }
        let cause = self.ending(case)?;
        self.write_letter(Wanted { case, kind, cause, language }, false).await
    }

    /// The entry with which the case ended.
    fn ending(&self, case: CaseId) -> Result<u64, WorkError> {
        let zone = self.zone();
        let case = cases::case(&zone.cases, case).ok_or(WorkError::NotFound)?;
        for sequence in case.entries.iter().rev() {
            if matches!(
                self.event(*sequence)?,
                Event::Cases(cases::Event::Decided { .. } | cases::Event::Withdrawn { .. })
            ) {
                return Ok(*sequence);
            }
        }
        Err(WorkError::NotFound)
    }

    /// Once for what it tells of, its kind and its language: the second time the first one is given.
    pub(crate) async fn write_letter(&self, wanted: Wanted, by_mail: bool) -> Result<LetterId, WorkError> {
        // Its number is printed on it: one letter after the other.
        let _turn = self.writing.lock().await;
        let zone = self.zone();
        let Wanted { case, kind, cause, language } = wanted;
        if let Some(known) = letters::written_already(&zone.letters, case, cause, kind, language) {
            return Ok(known);
        }
        let person = cases::case(&zone.cases, case).ok_or(WorkError::NotFound)?.subject;
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        let letter = letters::next(&zone.letters);
        let code = new_code()?;
        let Draft { letter: mut said, offices, wrote } = self.draft_letter(&zone, wanted)?;
        said.mark.reference = letter.to_string();
        said.mark.address = format!("{}/verify/{letter}/{code}", self.origin);
        said.mark.code.clone_from(&code);
        let pdf = tokio::task::spawn_blocking(move || press::print(&said))
            .await
            .map_err(|error| WorkError::Store(error.to_string()))?
            .map_err(|error| WorkError::Store(error.to_string()))?;
        let file = self.blobs.put(&self.vault.seal(subject, context::LETTER, &pdf)?).await?;
        let issue = Issue {
            letter,
            kind,
            cause,
            case,
            person,
            language,
            offices,
            wrote,
            pdf: hex_digest(&pdf).into(),
            code: letters::code_digest(&code).into(),
            file: file.clone(),
            by_mail,
        };
        match self.desk.command(Actor::System, self.now(), letters::Command::Issue(issue)).await {
            Ok(_) => Ok(letter),
            Err(SubmitError::Refused(refusal)) => {
                self.blobs.delete(Some(&file)).await;
                Err(refusal.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The PDF itself. Whether the one who asks may read it is for the caller to ask the rulebook.
    pub async fn letter_pdf(&self, letter: LetterId) -> Result<Vec<u8>, WorkError> {
        let file = letters::letter(&self.zone().letters, letter).ok_or(WorkError::NotFound)?.issue.file.clone();
        let sealed = self.blobs.get(&file).await?;
        Ok(self.vault.open_sealed(&sealed, context::LETTER)?.to_vec())
    }

    /// What is known of a letter, for somebody who has its code.
    pub fn genuine_letter(&self, letter: LetterId, code: &str) -> Option<Genuine> {
        let zone = self.zone();
        let Letter { issue, issued_at, entry, .. } = letters::genuine(&zone.letters, letter, code)?;
        let case = cases::case(&zone.cases, issue.case)?;
        let outcome = match (issue.kind, case.stage) {
            (Kind::Decision, Stage::Decided(outcome)) => Some(outcome),
            _ => None,
        };
        Some(Genuine {
            letter,
            kind: issue.kind,
            language: issue.language,
            service: case.service.clone(),
            offices: issue.offices.clone(),
            issued_at: *issued_at,
            entry: *entry,
            pdf: issue.pdf.clone(),
            outcome,
            certified: (issue.kind == Kind::Certificate).then(|| self.certified(&zone, issue.case)).flatten(),
        })
    }

    fn certified(&self, zone: &desk::Zone, case: CaseId) -> Option<Certified> {
        let now = self.now();
        if let Some(id) = permits::of_case(&zone.permits, case) {
            let permit = permits::permit(&zone.permits, id)?;
            let stopped = match permit.status {
                permits::Status::Valid => None,
                permits::Status::Suspended => Some(Standing::Suspended),
                permits::Status::Revoked => Some(Standing::Ended),
            };
            let (valid_from, valid_until) = (permit.issue.valid_from, permit.issue.valid_until);
            let standing = stopped.unwrap_or_else(|| standing(valid_from, valid_until, now));
            return Some(Certified { number: id.to_string(), valid_from, valid_until, standing });
        }
        let id = permits::grant_of_case(&zone.permits, case)?;
        let grant = permits::grant_of(&zone.permits, id)?;
        let (valid_from, valid_until) = (grant.terms.valid_from, grant.terms.valid_until);
        let standing = if grant.ended.is_some() { Standing::Ended } else { standing(valid_from, valid_until, now) };
        Some(Certified { number: id.to_string(), valid_from, valid_until, standing })
    }
}

fn standing(from: Instant, until: Instant, now: Instant) -> Standing {
    if now < from {
        Standing::NotYet
    } else if now < until {
        Standing::InForce
    } else {
        Standing::Expired
    }
}

/// `7KQ4-M2XD-9FHT-3CPW`.
fn new_code() -> Result<String, WorkError> {
    let mut random = [0_u8; CODE_LENGTH];
    getrandom::fill(&mut random).map_err(|error| WorkError::Store(error.to_string()))?;
    let mut code = String::with_capacity(CODE_LENGTH + CODE_LENGTH / CODE_GROUP);
    for (index, byte) in random.into_iter().enumerate() {
        if index > 0 && index % CODE_GROUP == 0 {
            code.push('-');
        }
        let character = CODE_CHARACTERS.get(usize::from(byte) % CODE_CHARACTERS.len()).copied().unwrap_or(b'0');
        code.push(char::from(character));
    }
    Ok(code)
}

/// SHA-256 in hex: what the log knows a letter's file by.
pub fn hex_digest(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
