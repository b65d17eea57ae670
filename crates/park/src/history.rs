//! What happened to a case, read back from the log and opened for one reader: what is not theirs is left out here, so that
//! no page and no program that asks can show it.
//!
//! Each bank keeps to itself what it weighed (7.1.3): an officer reads the texts, the officers and the rules of the own
//! bank's legs. Those whom the case concerns read what was written to them, and of officers the office alone.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Bank, CaseId, Instant, Key, OrganisationId, PersonId, Sealed};
use cases::Case;
use desk::{Envelope, Event, context};
use eventlog::LogError;
use std::fmt;

/// One entry of a case's history, as one reader sees it.
#[derive(Debug, Clone)]
pub struct HistoryItem {
    pub sequence: u64,
    pub at: Instant,
    pub by: Author,
    /// What happened. Policies that the reader may not know of are taken out; who made it is for `by` to say.
    pub event: cases::Event,
    pub text: HistoryText,
}

/// Who made an entry, as far as the reader may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    Person(PersonId),
    Clerk {
        person: PersonId,
        organisation: OrganisationId,
    },
    /// An officer of the reader's own bank.
    Officer {
        person: PersonId,
        office: Key,
    },
    /// An officer whom the reader knows as their office.
    Office(Key),
    Platform,
}

/// `person:P-1`, `clerk:P-1:O-1`, `officer:P-3:hk-immigration`, `office:sz-exit-entry` or `platform`.
impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Author::Person(person) => write!(f, "person:{person}"),
            Author::Clerk { person, organisation } => write!(f, "clerk:{person}:{organisation}"),
            Author::Officer { person, office } => write!(f, "officer:{person}:{office}"),
            Author::Office(office) => write!(f, "office:{office}"),
            Author::Platform => f.write_str("platform"),
        }
    }
}

/// What was written with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryText {
    None,
    Written(String),
    /// It stays with the other bank's authority.
    Withheld,
    /// Its key was erased.
    Erased,
}

impl Park {
    /// Oldest first, for this reader. Whether they may see the case is for the caller to ask the rulebook, and whether
    /// they may read personal texts at all.
    pub fn history(&self, reader: &Actor, id: CaseId) -> Result<Vec<HistoryItem>, WorkError> {
        let zone = self.zone();
        let case = cases::case(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let own_bank = match reader {
            Actor::Officer { office, .. } => self.bank_of(office),
            _ => None,
        };
        let mut items = Vec::with_capacity(case.entries.len());
        for sequence in &case.entries {
            let Some(bytes) = self.desk.log().entry(*sequence)? else { continue };
            let envelope =
                Envelope::decode(&bytes).map_err(|error| LogError::corrupt_at(*sequence, error.to_string()))?;
            if let Event::Cases(event) = envelope.event {
                let bank = bank_of_leg(case, &event);
                // Nobody but an officer has a bank: to everybody else all legs are foreign but what was written on them.
                let foreign = bank.is_some_and(|bank| own_bank != Some(bank));
                let text = match own_bank {
                    Some(_) if foreign && is_written(&event) => HistoryText::Withheld,
                    Some(_) | None => self.text_of(&event),
                };
                let by = self.author(&envelope.by, own_bank);
                let event = if foreign { without_ruling(event) } else { event };
                items.push(HistoryItem { sequence: *sequence, at: envelope.at, by, event, text });
            }
        }
        Ok(items)
    }

    fn bank_of(&self, office: &Key) -> Option<Bank> {
        self.profile.office(office).map(|office| office.bank)
    }

    fn author(&self, by: &Actor, own_bank: Option<Bank>) -> Author {
        match by {
            Actor::Officer { person, office } if own_bank.is_some() && self.bank_of(office) == own_bank => {
                Author::Officer { person: *person, office: office.clone() }
            }
            Actor::Officer { office, .. } => Author::Office(office.clone()),
            Actor::Clerk { person, organisation } => Author::Clerk { person: *person, organisation: *organisation },
            Actor::Person { person } => Author::Person(*person),
            Actor::System | Actor::Operator | Actor::Gate { .. } | Actor::Anonymous => Author::Platform,
        }
    }

    fn text_of(&self, event: &cases::Event) -> HistoryText {
        let Some((sealed, context)) = written(event) else { return HistoryText::None };
        let opened = self.vault.open_sealed(sealed, context).ok();
        opened
            .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
            .map_or(HistoryText::Erased, HistoryText::Written)
    }
}

/// The bank whose leg the event is about; none where it is the whole case's.
fn bank_of_leg(case: &Case, event: &cases::Event) -> Option<Bank> {
    let key = event.leg()?;
    case.legs.iter().find(|leg| leg.key == *key).map(|leg| leg.bank)
}

fn is_written(event: &cases::Event) -> bool {
    written(event).is_some()
}

fn written(event: &cases::Event) -> Option<(&Sealed, &'static str)> {
    match event {
        cases::Event::Opened { answers, .. } => Some((answers.as_ref()?, context::ANSWERS)),
        cases::Event::LegDecided { reason, .. } => Some((reason.as_ref()?, context::REASON)),
        cases::Event::Asked { question, .. } => Some((question, context::QUESTION)),
        cases::Event::Answered { answer, .. } => Some((answer, context::ANSWER)),
        cases::Event::Submitted { .. }
        | cases::Event::LegStarted { .. }
        | cases::Event::LegTaken { .. }
        | cases::Event::LegLeftToOfficer { .. }
        | cases::Event::Decided { .. }
        | cases::Event::Withdrawn { .. }
        | cases::Event::Attached { .. }
        | cases::Event::AttachmentRead { .. }
        | cases::Event::RosterUploaded { .. }
        | cases::Event::RosterMended { .. } => None,
    }
}

/// A policy may say what only its bank may know, such as that somebody is on its watchlist.
fn without_ruling(mut event: cases::Event) -> cases::Event {
    if let cases::Event::LegDecided { ruling, .. } | cases::Event::LegLeftToOfficer { ruling, .. } = &mut event {
        ruling.policies.clear();
    }
    event
}
