//! `hetao verify` and `hetao checkpoint`.

use crate::park_folder::{ParkFolder, reader};
use crate::program::{hetao, on};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

#[test]
fn a_log_as_it_was_left_is_right_and_its_replay_gives_what_was_recorded() {
    let park = ParkFolder::seeded();
    let run = on(&park.path(), &["verify", "--json"]).ending_with(0);
    let json = run.json();
    assert_eq!(json["ok"], true);
    assert!(json["size"].as_u64().unwrap() > 100);
    assert_eq!(json["digests_compared"], 1, "the snapshot's digest was recorded, and has to be compared");
    assert!(json["snapshot"].is_u64(), "the snapshot was not compared");
    for (language, wanted) in [("zh-Hant", "日誌完好"), ("zh-Hans", "日志完好"), ("en", "The log is right")] {
        let text = on(&park.path(), &["verify", "--language", language]).ending_with(0).stdout;
        assert!(text.contains(wanted), "{text}");
    }
}

/// Flips one bit of an entry as it is stored, behind the log's back.
fn flip(data: &Path, sequence: u64) {
    let connection = Connection::open(data.join("log.sqlite")).unwrap();
    let number = i64::try_from(sequence).unwrap();
    let mut body: Vec<u8> =
        connection.query_row("SELECT body FROM entries WHERE sequence = ?1", [number], |row| row.get(0)).unwrap();
    let middle = body.len() / 2;
    body[middle] ^= 1;
    assert_eq!(connection.execute("UPDATE entries SET body = ?2 WHERE sequence = ?1", (number, body)).unwrap(), 1);
}

#[test]
fn a_log_with_one_flipped_bit_is_refused_with_the_number_of_the_entry() {
    let size = reader(&ParkFolder::seeded().path()).size();
    for sequence in [0, size / 2, size - 1] {
        let park = ParkFolder::seeded();
        flip(&park.path(), sequence);
        let json = on(&park.path(), &["verify", "--json"]).ending_with(1).json();
        assert_eq!((&json["ok"], &json["entry"]), (&false.into(), &sequence.into()), "{json}");
        let text = on(&park.path(), &["verify", "--language", "zh-Hant"]).ending_with(1).stdout;
        assert!(text.contains(&format!("條目 {sequence}")), "{text}");
    }
}

#[test]
fn a_snapshot_that_is_not_what_the_log_says_is_found() {
    let (park, other) = (ParkFolder::seeded(), ParkFolder::seeded());
    // A snapshot of the same size from another history: the same log with one more thing done.
    other.open(|park, runtime| {
        let gate = park.profile.gates.keys().next().unwrap().clone();
        let office = park.profile.gates[&gate].owner_office.of(base::Direction::BOTH[0]).clone();
        let officer = *park.zone().parties.officers[&office].get_min().unwrap();
        let actor = base::Actor::Officer { person: officer, office };
        let command = people::Command::CloseGate { gate };
        runtime.block_on(park.desk.command(actor, park.now(), command)).unwrap();
        park.snapshot().unwrap();
    });
    let snapshots = |data: &Path| fs::read_dir(data.join("snapshots")).unwrap().map(|entry| entry.unwrap().path());
    let newest = snapshots(&other.path()).max().unwrap();
    snapshots(&park.path()).for_each(|path| fs::remove_file(path).unwrap());
    fs::copy(&newest, park.path().join("snapshots").join(newest.file_name().unwrap())).unwrap();
    let json = on(&park.path(), &["verify", "--json"]).ending_with(1).json();
    assert!(json["damage"].as_str().unwrap().contains("snapshot"), "{json}");
}

#[test]
fn a_kept_checkpoint_proves_that_the_log_was_continued_and_not_cut() {
    let park = ParkFolder::seeded();
    let kept = park.path().join("kept.txt");
    fs::write(&kept, on(&park.path(), &["checkpoint"]).ending_with(0).stdout).unwrap();
    let longer = ParkFolder::seeded();
    longer.open(|park, _| park.snapshot().unwrap());
    let run = on(&longer.path(), &["verify", "--json", "--checkpoint", kept.to_str().unwrap()]).ending_with(0);
    assert!(run.json()["continues"].is_u64());

    fs::write(&kept, on(&longer.path(), &["checkpoint"]).ending_with(0).stdout).unwrap();
    let run = on(&park.path(), &["verify", "--json", "--checkpoint", kept.to_str().unwrap()]).ending_with(1);
    assert!(run.json()["damage"].as_str().unwrap().contains("it was cut"), "{}", run.stdout);
}

#[test]
fn a_log_is_not_accepted_under_keys_that_are_not_its_own() {
    let (park, folder) = (ParkFolder::seeded(), tempfile::tempdir().unwrap());
    let stranger = folder.path().join("data");
    crate::park_folder::open_at(&stranger, |_, _| ());
    let keys = folder.path().join("keys.txt");
    fs::write(&keys, on(&stranger, &["checkpoint", "--keys-only"]).ending_with(0).stdout).unwrap();
    on(&park.path(), &["verify", "--keys", keys.to_str().unwrap()]).ending_with(1);
    fs::write(&keys, on(&park.path(), &["checkpoint", "--keys-only"]).ending_with(0).stdout).unwrap();
    on(&park.path(), &["verify", "--keys", keys.to_str().unwrap()]).ending_with(0);
}

#[test]
fn a_receipt_verifies_off_line_and_a_changed_one_does_not() {
    let (park, folder) = (ParkFolder::seeded(), tempfile::tempdir().unwrap());
    let log = reader(&park.path());
    let keys = on(&park.path(), &["checkpoint", "--keys-only"]).ending_with(0).stdout;
    let entry = String::from_utf8(log.entry(7).unwrap().unwrap()).unwrap();
    let receipt = log.receipt(7).unwrap().unwrap();
    let file = folder.path().join("receipt.json");
    let published = folder.path().join("keys.txt");
    fs::write(&published, &keys).unwrap();
    let check = |entry: &str, code| {
        let download = serde_json::json!({ "entry": entry, "receipt": receipt, "keys": keys });
        fs::write(&file, download.to_string()).unwrap();
        let (file, keys) = (file.to_str().unwrap(), published.to_str().unwrap());
        hetao(["verify", "--json", "--receipt", file, "--keys", keys]).ending_with(code).json()
    };
    assert_eq!(check(&entry, 0)["entry"], 7);
    assert_eq!(check(&entry.replacen('1', "2", 1), 1)["ok"], false);

    // An entry that is not for the holder of the receipt is named by its hash.
    let by_hash = |hash: eventlog::Hash, code| {
        let hash = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, hash);
        let download = serde_json::json!({ "leaf_hash": hash, "receipt": receipt, "keys": keys });
        fs::write(&file, download.to_string()).unwrap();
        let (file, keys) = (file.to_str().unwrap(), published.to_str().unwrap());
        hetao(["verify", "--json", "--receipt", file, "--keys", keys]).ending_with(code).json()
    };
    assert_eq!(by_hash(eventlog::leaf_hash(entry.as_bytes()), 0)["entry"], 7);
    assert_eq!(by_hash(eventlog::leaf_hash(b"another entry"), 1)["ok"], false);
    let both = serde_json::json!({ "entry": entry, "leaf_hash": "AAAA", "receipt": receipt, "keys": keys });
    fs::write(&file, both.to_string()).unwrap();
    hetao(["verify", "--receipt", file.to_str().unwrap()]).ending_with(1);

    // Whoever relies on the receipt's own keys is told so.
    check(&entry.replacen('1', "2", 1), 1);
    let nowhere = folder.path().join("nowhere");
    let run = on(&nowhere, &["verify", "--receipt", file.to_str().unwrap()]).ending_with(1);
    assert!(run.stdout.contains("--keys"), "{}", run.stdout);
    fs::write(&file, "{\"entry\": 1}").unwrap();
    let run = on(&nowhere, &["verify", "--receipt", file.to_str().unwrap()]).ending_with(1);
    assert!(run.stderr.contains("not a downloaded receipt"), "{}", run.stderr);
}
