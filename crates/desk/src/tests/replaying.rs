//! The zone again from the log alone, from a snapshot and the log's tail, and never from what is damaged.

use super::*;
use base::Language;
use eventlog::{LogError, LogReader};
use proptest::prelude::*;

fn replay_all(reader: &LogReader, from: Zone, compare: bool) -> Result<Replayed, LogError> {
    replay(reader, from, reader.size(), compare, &mut |_| {})
}

fn record_digest(park: &Park) -> Command {
    let (size, digest) = (park.zone().size, digest(park.zone()).unwrap().into());
    Command::Zone(ZoneCommand::RecordDigest { size, digest, format: FORMAT })
}

#[test]
fn recorded_digests_are_compared_and_found_the_same() {
    let mut park = Park::with_pass();
    for gate in ["west-south", "no-such-gate"] {
        let recorded = record_digest(&park);
        park.check("system", recorded, "digest_recorded");
        if gate == "west-south" {
            park.shows(gate, "pass");
        }
    }
    let replayed = replay_all(park.kernel.reader(), Zone::default(), true).unwrap();
    assert_eq!((replayed.digests_compared, &replayed.zone), (2, park.zone()));
    assert_eq!(replay_all(park.kernel.reader(), Zone::default(), false).unwrap().digests_compared, 0);
}

#[test]
fn a_digest_that_is_not_the_zones_is_found_and_named() {
    let mut park = Park::with_pass();
    let size = park.zone().size;
    let wrong = Command::Zone(ZoneCommand::RecordDigest { size, digest: "not the digest".into(), format: FORMAT });
    park.check("system", wrong, "digest_recorded");
    let Err(LogError::Corrupt { sequence, .. }) = replay_all(park.kernel.reader(), Zone::default(), true) else {
        panic!("must be found")
    };
    assert_eq!(sequence, Some(size));
}

#[test]
fn a_digest_of_another_shape_of_the_zone_is_passed_over_and_counted() {
    let mut park = Park::with_pass();
    let size = park.zone().size;
    let earlier =
        Command::Zone(ZoneCommand::RecordDigest { size, digest: "of another shape".into(), format: FORMAT - 1 });
    park.check("system", earlier, "digest_recorded");
    let replayed = replay_all(park.kernel.reader(), Zone::default(), true).unwrap();
    assert_eq!((replayed.digests_compared, replayed.digests_skipped), (0, 1));
}

#[test]
fn opening_refuses_an_entry_that_still_reads_as_an_event_but_is_not_what_was_signed() {
    let mut park = Park::with_pass();
    park.shows("west-south", "pass");
    assert_eq!(catch_up(park.kernel.reader(), Zone::default()).unwrap(), *park.zone());
    let (sequence, at) = salt_of_an_entry(&park);
    // One bit of the salt's first letter: the entry decodes as before.
    assert!(park.memory.damage_entry(sequence, at, 0x01));
    let Err(LogError::Corrupt { sequence: named, .. }) = catch_up(park.kernel.reader(), Zone::default()) else {
        panic!("must be found")
    };
    assert_eq!(named, Some(sequence));
}

/// Where, in the third entry, its salt begins.
fn salt_of_an_entry(park: &Park) -> (u64, usize) {
    let entry = park.kernel.reader().entry(3).unwrap().unwrap();
    let text = String::from_utf8(entry).unwrap();
    (3, text.find("\"salt\":\"").unwrap() + 8)
}

#[test]
fn a_replay_stops_at_an_entry_that_is_no_event_and_names_it() {
    let park = Park::with_pass();
    assert!(park.memory.damage_entry(3, 0, 0xff));
    let error = replay_all(park.kernel.reader(), Zone::default(), false).unwrap_err();
    assert!(matches!(error, LogError::Corrupt { sequence: Some(3), .. }), "{error}");
    assert!(!error.to_string().contains("P-"), "no text of the entry is told: {error}");
}

#[test]
fn a_snapshot_is_the_zone_and_the_log_goes_on_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let snapshots = Snapshots::new(folder.path()).unwrap();
    let mut park = Park::with_pass();
    assert_eq!(snapshots.latest(u64::MAX), None);
    let saved = snapshots.save(park.zone()).unwrap();
    assert_eq!(saved, digest(park.zone()).unwrap());
    let loaded = snapshots.latest(park.zone().size).unwrap();
    assert_eq!(loaded, *park.zone());
    park.shows("west-south", "pass").check("gate:west-north", complete(1), "passage_completed");
    assert_eq!(replay_all(park.kernel.reader(), loaded, true).unwrap().zone, *park.zone());
    assert_eq!(snapshots.latest(3), None, "a snapshot newer than the log is passed over");
}

#[test]
fn a_snapshot_that_is_cut_short_or_altered_is_passed_over_for_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let snapshots = Snapshots::new(folder.path()).unwrap();
    let mut park = Park::new();
    let mut older = Zone::default();
    for _ in 0..3 {
        older = park.zone().clone();
        park.check("person:P-2", set_language(2, Language::En), "language_set");
        snapshots.save(park.zone()).unwrap();
    }
    let files = || {
        let mut files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    };
    let newest = files().pop().unwrap();
    assert_eq!(files().len(), 2, "two are kept");
    let whole = std::fs::read(&newest).unwrap();
    for damage in [whole[..whole.len() - 1].to_vec(), whole[..10].to_vec(), Vec::new(), {
        let mut altered = whole.clone();
        let last = altered.len() - 1;
        altered[last] ^= 1;
        altered
    }] {
        std::fs::write(&newest, damage).unwrap();
        assert_eq!(snapshots.latest(u64::MAX).as_ref(), Some(&older));
    }
    std::fs::write(&newest, whole).unwrap();
    assert_eq!(snapshots.latest(u64::MAX).as_ref(), Some(park.zone()));
}

#[test]
fn the_salt_is_never_the_same_twice_and_follows_its_seed() {
    let entries = |park: &Park| {
        let mut salts = Vec::new();
        let size = park.kernel.reader().size();
        let mut each = |_, bytes: &[u8]| {
            salts.push(Envelope::decode(bytes).unwrap().salt);
            Ok(())
        };
        park.kernel.reader().scan(0, size, &mut each).unwrap();
        salts
    };
    let (one, same) = (entries(&Park::new()), entries(&Park::new()));
    assert_eq!(one, same);
    let distinct: std::collections::BTreeSet<_> = one.iter().collect();
    assert_eq!(distinct.len(), one.len());
    assert!(one.iter().all(|salt| salt.len() == 22));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_at_all_make_decoding_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Envelope::decode(&bytes);
    }

    #[test]
    fn no_altered_entry_makes_decoding_panic_and_whatever_decodes_is_encoded_again(
        sample in prop::sample::select(samples()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut bytes = sample;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(envelope) = Envelope::decode(&bytes) {
            let again = Envelope::decode(&envelope.encode());
            prop_assert_eq!(again.ok(), Some(envelope));
        }
    }
}

fn samples() -> Vec<Vec<u8>> {
    let park = Park::with_pass();
    let mut samples = Vec::new();
    let size = park.kernel.reader().size();
    let mut each = |_, bytes: &[u8]| {
        samples.push(bytes.to_vec());
        Ok(())
    };
    park.kernel.reader().scan(0, size, &mut each).unwrap();
    samples
}
