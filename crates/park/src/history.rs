//! What happened to a case, read back from the log and opened.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, CaseId, Instant, Sealed};
use desk::{Envelope, Event, context};
use eventlog::LogError;

/// One entry of a case's history.
#[derive(Debug, Clone)]
pub struct HistoryItem {
    pub sequence: u64,
    pub at: Instant,
    pub by: Actor,
    pub event: cases::Event,
    pub text: HistoryText,
}

/// What was written with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryText {
    None,
    Written(String),
    /// Its key was erased.
    Erased,
}

impl Park {
    /// Oldest first. Whether the one who asks may see it is for the caller to ask the rulebook.
    pub fn history(&self, id: CaseId) -> Result<Vec<HistoryItem>, WorkError> {
        let zone = self.zone();
        let case = cases::case(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let mut items = Vec::with_capacity(case.entries.len());
        for sequence in &case.entries {
            let Some(bytes) = self.desk.log().entry(*sequence)? else { continue };
            let envelope =
                Envelope::decode(&bytes).map_err(|error| LogError::corrupt_at(*sequence, error.to_string()))?;
            if let Event::Cases(event) = envelope.event {
                let text = self.text_of(&event);
                items.push(HistoryItem { sequence: *sequence, at: envelope.at, by: envelope.by, event, text });
            }
        }
        Ok(items)
    }

    fn text_of(&self, event: &cases::Event) -> HistoryText {
        let (sealed, context): (Option<&Sealed>, &str) = match event {
            cases::Event::Opened { answers, .. } => (answers.as_ref(), context::ANSWERS),
            cases::Event::LegDecided { reason, .. } => (reason.as_ref(), context::REASON),
            cases::Event::Asked { question, .. } => (Some(question), context::QUESTION),
            cases::Event::Answered { answer, .. } => (Some(answer), context::ANSWER),
            cases::Event::Submitted { .. }
            | cases::Event::LegStarted { .. }
            | cases::Event::LegTaken { .. }
            | cases::Event::LegLeftToOfficer { .. }
            | cases::Event::Decided { .. }
            | cases::Event::Withdrawn { .. }
            | cases::Event::RosterUploaded { .. }
            | cases::Event::RosterMended { .. } => (None, ""),
        };
        let Some(sealed) = sealed else { return HistoryText::None };
        let opened = self.vault.open_sealed(sealed, context).ok();
        opened
            .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
            .map_or(HistoryText::Erased, HistoryText::Written)
    }
}
