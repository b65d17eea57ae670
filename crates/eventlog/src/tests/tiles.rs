//! Tiles, entry bundles and their paths.

use super::*;
use crate::tile_path::{FULL, TilePath, parse};
use proptest::prelude::*;

#[test]
fn paths_are_written_as_the_specification_writes_them() {
    for (tile, path) in [
        (TilePath::Hashes { level: 0, index: 1_234_067, width: FULL }, "tile/0/x001/x234/067"),
        (TilePath::Hashes { level: 0, index: 1_234, width: 7 }, "tile/0/x001/234.p/7"),
        (TilePath::Hashes { level: 63, index: 0, width: FULL }, "tile/63/000"),
        (TilePath::Hashes { level: 1, index: 999, width: 255 }, "tile/1/999.p/255"),
        (TilePath::Hashes { level: 2, index: 1_000, width: 1 }, "tile/2/x001/000.p/1"),
        (TilePath::Entries { index: 0, width: FULL }, "tile/entries/000"),
        (TilePath::Entries { index: 1_234_067, width: 9 }, "tile/entries/x001/x234/067.p/9"),
    ] {
        assert_eq!(tile.to_string(), path);
        assert_eq!(parse(path), Some(tile));
    }
}

#[test]
fn other_paths_are_refused() {
    for path in [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/64/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/data/000",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/000/",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/07",
        "tile/0/000.p/256",
        "tile/0/000.p/7/",
        "tile/0/000.p/7.p/7",
        "tile/0/000.p/99999999999999999999",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/０００",
        "tile/entries",
        "tile/entries/x001",
    ] {
        assert_eq!(parse(path), None, "{path}");
    }
}

proptest! {
    #[test]
    fn every_tile_has_one_path(level in 0_u8..64, index: u64, width in 1..=FULL, entries: bool) {
        let tile =
            if entries { TilePath::Entries { index, width } } else { TilePath::Hashes { level, index, width } };
        prop_assert_eq!(parse(&tile.to_string()), Some(tile));
    }

    #[test]
    fn no_text_makes_the_reading_of_paths_panic(path in "(tile/)?[0-9a-z/.x]{0,40}") {
        if let Some(tile) = parse(&path) {
            prop_assert_eq!(tile.to_string(), path);
        }
    }
}

/// The example of C2SP tlog-tiles: 273 full tiles and one of 112 hashes, then 1 and 17, then 1.
#[test]
fn a_log_of_seventy_thousand_entries_has_the_tiles_that_the_specification_counts() {
    let (_, _, reader) = log_of(70_000, 7_000);
    for (level, full, partial) in [(0, 273, 112), (1, 1, 17), (2, 0, 1)] {
        assert_eq!(reader.tile(level, full, partial).unwrap().map(|tile| tile.len()), Some(32 * partial as usize));
        assert_eq!(reader.tile(level, full, partial + 1).unwrap(), None);
        assert_eq!(reader.tile(level, full, FULL).unwrap(), None);
        assert_eq!(reader.tile(level, full + 1, 1).unwrap(), None);
        if let Some(last) = full.checked_sub(1) {
            assert_eq!(reader.tile(level, last, FULL).unwrap().map(|tile| tile.len()), Some(8192));
        }
    }
    assert_eq!(reader.tile(3, 0, 1).unwrap(), None);
    assert_eq!(reader.tile(255, u64::MAX, 1).unwrap(), None);
    assert_eq!(reader.tile(0, 0, 0).unwrap(), None);
    assert_eq!(reader.tile(0, 0, 257).unwrap(), None);
}

#[test]
fn a_partial_tile_stays_what_it_was_when_the_log_grows() {
    let (_, mut log, reader) = log_of(100, 100);
    let before = reader.tile(0, 0, 100).unwrap();
    log.append(&entries(100, 400), 0).unwrap();
    assert_eq!(reader.tile(0, 0, 100).unwrap(), before);
    assert_eq!(reader.tile(0, 0, 99).unwrap().as_deref(), before.as_deref().map(|tile| &tile[..99 * 32]));
}

#[test]
fn the_entries_of_a_bundle_hash_to_the_tile_beside_it() {
    let (_, _, reader) = log_of(600, 77);
    for (index, width) in [(0, FULL), (1, FULL), (2, 88), (2, 5)] {
        let bundle = reader.entry_bundle(index, width).unwrap().unwrap();
        let mut rest = bundle.as_slice();
        let mut hashes = Vec::new();
        while let Some((length, after)) = rest.split_first_chunk::<2>() {
            let (entry, after) = after.split_at(usize::from(u16::from_be_bytes(*length)));
            hashes.extend(leaf_hash(entry));
            rest = after;
        }
        assert!(rest.is_empty());
        assert_eq!(Some(hashes), reader.tile(0, index, width).unwrap());
    }
    assert_eq!(reader.entry_bundle(2, 89).unwrap(), None);
    assert_eq!(reader.entry_bundle(u64::MAX, 1).unwrap(), None);
}
