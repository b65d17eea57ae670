//! Replay: the zone again, from the log alone.

use crate::envelope::Envelope;
use crate::model::{Event, ZoneEvent};
use crate::snapshot::{FORMAT, digest};
use crate::zone::Zone;
use eventlog::{LogError, LogReader};
use std::collections::BTreeMap;
use std::sync::mpsc::{channel, sync_channel};

/// What a replay came to.
#[derive(Debug, Clone)]
pub struct Replayed {
    pub zone: Zone,
    /// Recorded digests that were compared with the replayed zone, and found the same.
    pub digests_compared: u64,
    /// Recorded digests of an earlier shape of the zone: they say nothing of today's.
    pub digests_skipped: u64,
}

/// Entries handed over together from the thread that reads to the one that folds, and how many such groups may wait.
const GROUP: usize = 256;
const GROUPS_WAITING: usize = 4;

/// For opening: folds everything after `from`, each entry rehashed and compared with the tree that was signed. One
/// thread reads, rehashes and decodes, another folds. What was folded goes back to the thread that made it: memory is let
/// go where it was taken, and taken again while it is still warm.
pub fn catch_up(reader: &LogReader, mut from: Zone) -> Result<Zone, LogError> {
    let size = from.size;
    let (groups, read) = sync_channel::<Vec<(u64, Envelope)>>(GROUPS_WAITING);
    let (folded, spare) = channel::<Vec<(u64, Envelope)>>();
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || -> Result<(), LogError> {
            let mut group = Vec::with_capacity(GROUP);
            eventlog::scan_verified(reader, size, &mut |sequence, bytes| {
                group.push((sequence, decode(sequence, bytes)?));
                if group.len() == GROUP {
                    let mut next = spare.try_recv().unwrap_or_else(|_| Vec::with_capacity(GROUP));
                    next.clear();
                    // Nobody stops listening before the last group: whoever folds does not fail.
                    let _ = groups.send(std::mem::replace(&mut group, next));
                }
                Ok(())
            })?;
            let _ = groups.send(group);
            Ok(())
        });
        for group in read {
            for (sequence, envelope) in &group {
                fold(&mut from, *sequence, envelope);
            }
            // The last ones are not taken back: then nobody reads any more.
            let _ = folded.send(group);
        }
        reading.join().unwrap_or_else(|_| Err(LogError::corrupt("reading it stopped half-way")))
    })?;
    Ok(from)
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
    let recorded = if compare { recorded_digests(reader, from.size, to)? } else { BTreeMap::new() };
    let mut replayed = Replayed { zone: from, digests_compared: 0, digests_skipped: 0 };
    check(&mut replayed, &recorded)?;
    reader.scan(replayed.zone.size, to, &mut |sequence, bytes| {
        fold(&mut replayed.zone, sequence, &decode(sequence, bytes)?);
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

pub(crate) fn decode(sequence: u64, bytes: &[u8]) -> Result<Envelope, LogError> {
    Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))
}

pub(crate) fn fold(zone: &mut Zone, sequence: u64, envelope: &Envelope) {
    zone.evolve(&envelope.event, &base::Recorded { sequence, at: envelope.at, actor: &envelope.by });
    if let Some((key, count)) = &envelope.key {
        zone.remember(key, sequence, *count, envelope.at);
    }
}

/// By size: where the digest is recorded, and the digest; `None` where it is of another shape of the zone.
type Recorded = BTreeMap<u64, (u64, Option<Box<str>>)>;

fn recorded_digests(reader: &LogReader, from: u64, to: u64) -> Result<Recorded, LogError> {
    let mut found = BTreeMap::new();
    reader.scan(from, to, &mut |sequence, bytes| {
        // A cheap look first: few entries record a digest.
        if !contains(bytes, b"\"digest_recorded\"") {
            return Ok(());
        }
        let envelope = decode(sequence, bytes)?;
        if let Event::Zone(ZoneEvent::DigestRecorded { size, digest, format }) = envelope.event {
            found.insert(size, (sequence, (format == Some(FORMAT)).then_some(digest)));
        }
        Ok(())
    })?;
    Ok(found)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn check(replayed: &mut Replayed, recorded: &Recorded) -> Result<(), LogError> {
    let Some((sequence, wanted)) = recorded.get(&replayed.zone.size) else { return Ok(()) };
    let Some(wanted) = wanted else {
        replayed.digests_skipped += 1;
        return Ok(());
    };
    if digest(&replayed.zone)? != **wanted {
        let what = format!("the zone of the first {} entries is not what was recorded", replayed.zone.size);
        return Err(LogError::corrupt_at(*sequence, what));
    }
    replayed.digests_compared += 1;
    Ok(())
}
