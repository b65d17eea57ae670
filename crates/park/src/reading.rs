//! What pages read back that the zone does not hold open: a confirmed document, and what gates decided lately.

use crate::error::WorkError;
use crate::open::Park;
use base::{Instant, Key, PersonId};
use desk::{Envelope, Event, context};
use eventlog::LogError;
use people::Decision;

/// How far back in the log the latest decisions of a gate are looked for: a quiet gate shows fewer rather than later.
const LOOK_BACK_ENTRIES: u64 = 1_000;

/// One decision of a gate, as the log has it.
#[derive(Debug, Clone)]
pub struct PastDecision {
    pub sequence: u64,
    pub at: Instant,
    pub decision: Decision,
}

impl Park {
    /// The number of the identity document that the person confirmed. Whether the one who asks may see it is for the
    /// caller to ask the rulebook.
    pub fn confirmed_document_number(&self, person: PersonId) -> Option<String> {
        let zone = self.zone();
        let document = parties::person(&zone.parties, person)?.document.as_ref()?;
        let opened = self.vault.open_sealed(&document.number, context::DOCUMENT_NUMBER).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }

    /// The decision at a place of the log; `None` where something else stands there, or nothing.
    pub fn decision_at(&self, sequence: u64) -> Result<Option<PastDecision>, WorkError> {
        let Some(bytes) = self.desk.log().entry(sequence)? else { return Ok(None) };
        decision_in(sequence, &bytes)
    }

    /// The gate's latest decisions, newest first.
    pub fn latest_decisions(&self, gate: &Key, count: usize) -> Result<Vec<PastDecision>, WorkError> {
        let log = self.desk.log();
        let size = log.size();
        let mut found = Vec::new();
        log.scan(size.saturating_sub(LOOK_BACK_ENTRIES), size, &mut |sequence, entry| {
            // A quick look before the whole is decoded: most entries are something else.
            if contains(entry, b"presentation_decided")
                && let Ok(Some(past)) = decision_in(sequence, entry)
                && past.decision.gate == *gate
            {
                found.push(past);
            }
            Ok(())
        })?;
        found.reverse();
        found.truncate(count);
        Ok(found)
    }
}

fn decision_in(sequence: u64, bytes: &[u8]) -> Result<Option<PastDecision>, WorkError> {
    let envelope = Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))?;
    Ok(match envelope.event {
        Event::People(people::Event::PresentationDecided(decision)) => {
            Some(PastDecision { sequence, at: envelope.at, decision })
        }
        _ => None,
    })
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
