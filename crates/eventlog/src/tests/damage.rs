//! Whatever is changed in the store is found, and where an entry is at fault, its number is told.

use super::*;

fn damaged_at(memory: &Memory) -> Option<u64> {
    let reader = LogReader::open(std::sync::Arc::new(memory.clone()), &public()).unwrap();
    match check_log(&reader) {
        Err(LogError::Corrupt { sequence, .. }) => sequence,
        other => panic!("expected damage, found {other:?}"),
    }
}

#[test]
fn a_flipped_bit_in_any_entry_is_found_with_the_entry_s_number() {
    let (memory, _log, _) = log_of(600, 70);
    for sequence in (0..600).filter(|sequence| sequence % 5 != 0) {
        let byte = sequence as usize % 8;
        assert!(memory.damage_entry(sequence, byte, 0x10));
        assert_eq!(damaged_at(&memory), Some(sequence));
        assert!(memory.damage_entry(sequence, byte, 0x10));
    }
}

#[test]
fn a_flipped_bit_is_found_in_front_of_a_kept_checkpoint_and_beyond_the_second_level_of_tiles() {
    let (memory, _log, _) = log_of(66_001, 500);
    for sequence in [1, 4_096, 4_198, 65_536, 65_999] {
        assert!(memory.damage_entry(sequence, 0, 0x80));
        assert_eq!(damaged_at(&memory), Some(sequence));
        assert!(memory.damage_entry(sequence, 0, 0x80));
    }
}

#[test]
fn of_several_damaged_entries_the_first_is_told() {
    let (memory, _log, _) = log_of(600, 600);
    for sequence in [401, 44, 598] {
        memory.damage_entry(sequence, 1, 1);
    }
    assert_eq!(damaged_at(&memory), Some(44));
}

#[test]
fn a_flipped_bit_in_any_tile_is_found_and_no_entry_is_blamed() {
    let (memory, _log, _) = log_of(66_001, 3_000);
    for (level, index, hashes) in
        [(0, 0, 256), (0, 3, 256), (0, 256, 256), (0, 257, 209), (1, 0, 256), (1, 1, 1), (2, 0, 1)]
    {
        for byte in [0, hashes * 16, hashes * 32 - 1] {
            let id = TileId { level, index };
            assert!(memory.damage_tile(id, byte, 0x04), "{id}");
            assert_eq!(damaged_at(&memory), None, "{id}, byte {byte}");
            assert!(memory.damage_tile(id, byte, 0x04));
        }
    }
}

#[test]
fn opening_looks_at_the_newest_entries_and_names_a_damaged_one() {
    for (size, sequence) in [(300, 299), (300, 256), (512, 511), (256, 1)] {
        let (memory, log, _) = log_of(size, 100);
        drop(log);
        memory.damage_entry(sequence, 0, 1);
        let opened = Log::open(Box::new(memory), keys());
        assert!(matches!(opened, Err(LogError::Corrupt { sequence: Some(found), .. }) if found == sequence));
    }
}

#[test]
fn opening_refuses_a_damaged_right_edge() {
    let (memory, log, _) = log_of(300, 100);
    drop(log);
    memory.damage_tile(TileId { level: 1, index: 0 }, 5, 1);
    let opened = Log::open(Box::new(memory), keys());
    assert!(matches!(opened, Err(LogError::Corrupt { sequence: None, .. })), "{opened:?}");
}

#[test]
fn a_log_that_others_have_rewritten_and_signed_is_refused() {
    let (_, _, reader) = log_of(50, 10);
    let stranger = LogKeys::from_seeds(ORIGIN, [1; 32], [2; 32]).unwrap();
    let refused = verify(&reader, stranger.public(), &mut |_| {});
    assert!(matches!(refused, Err(LogError::Corrupt { .. })), "{refused:?}");
}

#[test]
fn verifying_reports_its_progress_up_to_the_end() {
    let (_, _, reader) = log_of(20_000, 20_000);
    let mut heard = Vec::new();
    verify(&reader, &public(), &mut |done| heard.push(done)).unwrap();
    assert_eq!(heard, [8_192, 16_384, 20_000]);
}
