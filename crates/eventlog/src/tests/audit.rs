//! The log as a monitor sees it, who has its keys, its checkpoints and its tiles.

use super::*;
use crate::tile_path::TilePath;

fn shown(reader: &LogReader) -> Checkpoint {
    public().verify(&reader.checkpoint()).unwrap()
}

fn published(reader: &LogReader, tile: TilePath) -> Vec<u8> {
    let found = match tile {
        TilePath::Hashes { level, index, width } => reader.tile(level, index, width),
        TilePath::Entries { index, width } => reader.entry_bundle(index, width),
    };
    found.unwrap().unwrap()
}

/// An audit of what `reader` publishes, in which one byte of one tile may be another.
fn audit(
    reader: &LogReader,
    kept: Option<Checkpoint>,
    spoilt: impl Fn(TilePath, &mut Vec<u8>),
) -> Result<AuditReport, AuditError> {
    let mut audit = Audit::new(shown(reader), kept)?;
    for tile in audit.wanted(true) {
        let mut bytes = published(reader, tile);
        spoilt(tile, &mut bytes);
        audit.take(tile, &bytes)?;
    }
    audit.finish()
}

fn as_published(_: TilePath, _: &mut Vec<u8>) {}

#[test]
fn what_is_published_makes_the_root_that_was_signed() {
    for size in [1, 2, 255, 256, 257, 511, 512, 700, 65_536 + 300] {
        let (_memory, _log, reader) = log_of(size, 300);
        let report = audit(&reader, None, as_published).unwrap();
        assert_eq!(report.entries, size);
        let lowest = size.div_ceil(256);
        let higher: u64 = [size >> 8, size >> 16].iter().map(|row| row.div_ceil(256)).sum();
        assert_eq!(report.tiles, lowest + higher, "{size}");
    }
}

#[test]
fn a_log_that_was_only_added_to_continues_every_checkpoint_it_ever_signed() {
    let (_memory, mut log, reader) = log_of(1, 1);
    let mut kept = vec![shown(&reader)];
    for group in [1, 3, 250, 1, 1, 255, 300] {
        log.append(&entries(log.size(), group), 1_800_000_000_000).unwrap();
        kept.push(shown(&reader));
    }
    for checkpoint in kept {
        assert!(audit(&reader, Some(checkpoint.clone()), as_published).is_ok(), "{checkpoint:?}");
    }
}

#[test]
fn a_log_that_was_rolled_back_is_told_by_its_sizes() {
    let (_memory, _log, reader) = log_of(300, 50);
    let (_memory, _log, older) = log_of(250, 50);
    let refused = audit(&older, Some(shown(&reader)), as_published).unwrap_err();
    assert_eq!(refused, AuditError::RolledBack { kept: 300, shown: 250 });
    assert!(refused.to_string().contains("it had 300 entries, and now shows 250"));
}

#[test]
fn a_log_that_was_forked_is_told_at_once_or_when_it_has_grown() {
    let (_memory, _log, reader) = log_of(300, 300);
    for size in [300, 301, 900] {
        let (_memory, mut fork, forked) = log_of(299, 299);
        let others: Vec<Vec<u8>> = (299..size).map(|sequence| format!("another {sequence}").into()).collect();
        fork.append(&others, 1_800_000_000_000).unwrap();
        let refused = audit(&forked, Some(shown(&reader)), as_published);
        assert_eq!(refused, Err(AuditError::Forked { kept: 300, shown: size }));
    }
}

#[test]
fn no_tile_and_no_entry_can_be_another() {
    let (_memory, _log, reader) = log_of(700, 300);
    for spoilt in Audit::new(shown(&reader), None).unwrap().wanted(true) {
        let flip = |tile, bytes: &mut Vec<u8>| {
            let last = bytes.len() - 1;
            bytes[last] ^= u8::from(tile == spoilt);
        };
        assert!(audit(&reader, None, flip).is_err(), "{spoilt} was changed");
        let cut = |tile, bytes: &mut Vec<u8>| bytes.truncate(bytes.len() - usize::from(tile == spoilt));
        assert!(audit(&reader, None, cut).is_err(), "{spoilt} was cut");
        let longer = |tile, bytes: &mut Vec<u8>| bytes.extend([0; 32].iter().take(32 * usize::from(tile == spoilt)));
        assert!(audit(&reader, None, longer).is_err(), "{spoilt} was lengthened");
    }
    let entry = TilePath::Entries { index: 1, width: 256 };
    let flip = |tile, bytes: &mut Vec<u8>| bytes[2] ^= u8::from(tile == entry);
    // Entry 256 is long enough to have a first byte.
    assert_eq!(audit(&reader, None, flip), Err(AuditError::Entry { sequence: 256 }));
}

#[test]
fn tiles_that_are_left_out_or_swapped_prove_nothing() {
    let (_memory, _log, reader) = log_of(700, 300);
    let wanted: Vec<TilePath> = Audit::new(shown(&reader), None).unwrap().wanted(false).collect();
    let through = |tiles: &[TilePath]| {
        let mut audit = Audit::new(shown(&reader), None).unwrap();
        tiles.iter().try_for_each(|tile| audit.take(*tile, &published(&reader, *tile)))?;
        audit.finish()
    };
    assert!(through(&wanted).is_ok());
    assert_eq!(through(&wanted[..2]), Err(AuditError::Root { shown: 700 }));
    assert_eq!(through(&[wanted[1], wanted[0]]), Err(AuditError::Order { tile: wanted[1] }));
    assert_eq!(through(&[]), Err(AuditError::Root { shown: 700 }));
}
