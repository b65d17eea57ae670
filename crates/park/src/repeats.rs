//! What was accepted before under the same idempotency key: the desk remembers the place, the log has the events.

use crate::error::WorkError;
use crate::open::Park;
use desk::{Envelope, Event};
use eventlog::LogError;

/// What an earlier request came to.
pub struct Earlier {
    /// The sequence number of the first event.
    pub first: u64,
    pub events: Vec<Event>,
}

impl Park {
    /// The events that the key stands for, if it was accepted within the last day.
    pub fn earlier(&self, key: Option<&str>) -> Result<Option<Earlier>, WorkError> {
        let zone = self.zone();
        let Some((first, count)) = key.and_then(|key| zone.accepted_under(key)) else { return Ok(None) };
        let mut events = Vec::new();
        let until = first.saturating_add(u64::from(count));
        self.desk.log().scan(first, until, &mut |sequence, bytes| {
            let envelope =
                Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))?;
            events.push(envelope.event);
            Ok(())
        })?;
        Ok(Some(Earlier { first, events }))
    }
}
