//! Replay: the zone again, from the log alone.

use crate::envelope::Envelope;
use crate::model::{Event, ZoneEvent};
use crate::snapshot::{FORMAT, digest};
use crate::zone::Zone;
use base::Recorded;
use eventlog::{LogError, LogReader};
use std::collections::BTreeMap;

/// What a replay came to.
#[derive(Debug, Clone)]
pub struct Replayed {
    pub zone: Zone,
    /// Recorded digests that were compared with the replayed zone, and found the same.
    pub digests_compared: u64,
    /// Recorded digests of a zone in another format, by an earlier or later program: they say nothing about this one's.
    pub digests_passed_over: u64,
}

/// Folds everything after `from` up to `to` (exclusive). With `compare`, the digests that the log itself records are
/// compared with the zone as it is folded; the first that differs is an error that names its entry.
pub fn replay(
    reader: &LogReader,
    from: Zone,
    to: u64,
    compare: bool,
    progress: &mut dyn FnMut(u64),
) -> Result<Replayed, LogError> {
    let Recordings { by_size: recorded, passed_over } =
        if compare { recorded_digests(reader, from.size, to)? } else { Recordings::default() };
    let mut replayed = Replayed { zone: from, digests_compared: 0, digests_passed_over: passed_over };
    check(&mut replayed, &recorded)?;
    reader.scan(replayed.zone.size, to, &mut |sequence, bytes| {
        fold(&mut replayed.zone, sequence, bytes)?;
        if compare {
            check(&mut replayed, &recorded)?;
        }
        if sequence.is_multiple_of(10_000) {
            progress(sequence);
        }
        Ok(())
    })?;
    progress(to);
    Ok(replayed)
}

/// Folds one entry's bytes.
pub(crate) fn fold(zone: &mut Zone, sequence: u64, bytes: &[u8]) -> Result<(), LogError> {
    let envelope = Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))?;
    zone.evolve(&envelope.event, &Recorded { sequence, at: envelope.at, actor: &envelope.by });
    if let Some((key, count)) = &envelope.key {
        zone.remember(key, sequence, *count, envelope.at);
    }
    Ok(())
}

#[derive(Default)]
struct Recordings {
    /// Where the digest is recorded, and the digest.
    by_size: BTreeMap<u64, (u64, Box<str>)>,
    passed_over: u64,
}

fn recorded_digests(reader: &LogReader, from: u64, to: u64) -> Result<Recordings, LogError> {
    let mut found = Recordings::default();
    reader.scan(from, to, &mut |sequence, bytes| {
        // A cheap look first: few entries record a digest.
        if !contains(bytes, b"\"digest_recorded\"") {
            return Ok(());
        }
        let envelope = Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))?;
        match envelope.event {
            Event::Zone(ZoneEvent::DigestRecorded { size, digest, format: Some(FORMAT) }) => {
                found.by_size.insert(size, (sequence, digest));
            }
            Event::Zone(ZoneEvent::DigestRecorded { .. }) => found.passed_over += 1,
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn check(replayed: &mut Replayed, recorded: &BTreeMap<u64, (u64, Box<str>)>) -> Result<(), LogError> {
    let Some((sequence, wanted)) = recorded.get(&replayed.zone.size) else { return Ok(()) };
    if digest(&replayed.zone)? != **wanted {
        let what = format!("the zone of the first {} entries is not what was recorded", replayed.zone.size);
        return Err(LogError::corrupt_at(*sequence, what));
    }
    replayed.digests_compared += 1;
    Ok(())
}
