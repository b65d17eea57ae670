//! The SQLite file: locks, full disks, crashes, damage, copies.

use super::*;
use crate::sqlite::{Sqlite, SqliteReaders};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("log.sqlite")
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        self.0.path().join(format!("log.sqlite{suffix}"))
    }
}

fn open_file(path: &Path) -> Result<(Log, LogReader), LogError> {
    Log::open(Box::new(Sqlite::open(path)?), keys())
}

fn read_file(path: &Path) -> Result<LogReader, LogError> {
    LogReader::open(Arc::new(SqliteReaders::new(path)), &public())
}

#[test]
fn a_second_writer_is_refused_until_the_first_is_gone() {
    let folder = Folder::new();
    let first = open_file(&folder.file()).unwrap();
    let second = Sqlite::open(&folder.file()).map(|_| ());
    assert!(matches!(&second, Err(LogError::Locked { what }) if what.ends_with("log.sqlite")), "{second:?}");
    drop(first);
    assert!(open_file(&folder.file()).is_ok());
}

#[test]
fn a_reader_works_beside_the_writer_and_after_it_is_gone() {
    let folder = Folder::new();
    let (mut log, reader) = open_file(&folder.file()).unwrap();
    log.append(&entries(0, 500), 0).unwrap();
    let other = read_file(&folder.file()).unwrap();
    log.append(&entries(500, 10), 0).unwrap();
    assert_eq!((reader.size(), other.size()), (510, 500), "the other reader stays where it was opened");
    assert_eq!(check_log(&other).unwrap().size, 500);
    drop(log);
    assert_eq!(check_log(&reader).unwrap().size, 510);
}

#[test]
fn a_full_disk_stops_the_log_with_nothing_half_done() {
    let folder = Folder::new();
    let storage = Sqlite::open(&folder.file()).unwrap();
    storage.limit_pages(40);
    let (mut log, reader) = Log::open(Box::new(storage), keys()).unwrap();
    let mut acknowledged = 0;
    let failure = loop {
        match log.append(&[vec![7; 20_000], vec![8; 20_000]], 0) {
            Ok(commit) => acknowledged = commit.size,
            Err(error) => break error,
        }
        assert!(acknowledged < 100, "the disk never became full");
    };
    assert_eq!(failure, LogError::DiskFull);
    assert_eq!(log.append(&entries(0, 1), 0), Err(LogError::Stopped));
    assert!(acknowledged > 0 && reader.size() == acknowledged);
    drop((log, reader));
    let (mut log, reader) = open_file(&folder.file()).unwrap();
    assert_eq!(check_log(&reader).unwrap().size, acknowledged);
    assert_eq!(log.append(&entries(0, 9), 0).unwrap().first, acknowledged);
}

/// A crash leaves the database as it was and some beginning of the write-ahead log.
#[test]
fn after_a_crash_at_any_byte_of_the_write_ahead_log_whole_commits_are_left() {
    let folder = Folder::new();
    let (mut log, _reader) = open_file(&folder.file()).unwrap();
    for (first, count) in [(0, 3), (3, 297), (300, 1), (301, 20)] {
        log.append(&entries(first, count), 0).unwrap();
    }
    let database = std::fs::read(folder.file()).unwrap();
    let wal = std::fs::read(folder.beside("-wal")).unwrap();
    let mut sizes = std::collections::BTreeSet::new();
    for length in (0..=wal.len()).step_by(4099).chain([wal.len()]) {
        let crashed = Folder::new();
        std::fs::write(crashed.file(), &database).unwrap();
        std::fs::write(crashed.beside("-wal"), &wal[..length]).unwrap();
        let read = read_file(&crashed.file()).and_then(|reader| check_log(&reader));
        let (mut log, reader) = open_file(&crashed.file()).unwrap();
        assert_eq!(check_log(&reader).unwrap().size, log.size(), "cut to {length} bytes");
        assert!(log.size() == 0 || read == check_log(&reader), "who only reads sees the same: {read:?}");
        sizes.insert(log.size());
        log.append(&entries(log.size(), 5), 0).unwrap();
        assert_eq!(check_log(&reader).unwrap().size, log.size(), "cut to {length} bytes");
    }
    assert_eq!(sizes.into_iter().collect::<Vec<_>>(), [0, 3, 300, 301, 321]);
}

#[test]
fn a_copy_made_while_others_write_is_a_whole_log() {
    let folder = Folder::new();
    let (mut log, _reader) = open_file(&folder.file()).unwrap();
    log.append(&entries(0, 700), 0).unwrap();
    let copy = folder.beside("-copy");
    std::thread::scope(|scope| {
        let copying = scope.spawn(|| SqliteReaders::new(&folder.file()).copy_to(&copy));
        for _ in 0..20 {
            log.append(&entries(log.size(), 30), 0).unwrap();
        }
        copying.join().unwrap().unwrap();
    });
    let copied = check_log(&read_file(&copy).unwrap()).unwrap();
    assert!((700..=1300).contains(&copied.size), "{}", copied.size);
    let (mut restored, reader) = open_file(&copy).unwrap();
    restored.append(&entries(copied.size, 5), 0).unwrap();
    assert_eq!(check_log(&reader).unwrap().size, copied.size + 5);
    assert!(SqliteReaders::new(&folder.file()).copy_to(&copy).is_err(), "no copy is made over a file");
}

#[test]
fn the_write_ahead_log_is_copied_into_the_database_when_it_has_grown() {
    let folder = Folder::new();
    let (mut log, reader) = open_file(&folder.file()).unwrap();
    for _ in 0..30 {
        log.append(&vec![vec![5; 60_000]; 40], 0).unwrap();
    }
    let wal = std::fs::metadata(folder.beside("-wal")).unwrap().len();
    assert!(wal < 45 << 20, "72 MB were appended, the write-ahead log has {wal} bytes");
    assert_eq!(check_log(&reader).unwrap().size, 1200);
}

/// The bytes of a small, closed log.
static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = Folder::new();
    let (mut log, reader) = open_file(&folder.file()).unwrap();
    log.append(&entries(0, 270), 0).unwrap();
    drop((log, reader));
    std::fs::read(folder.file()).unwrap()
});

/// What becomes of a file with these bytes: its size and root, or the damage that was found.
fn examine(bytes: &[u8]) -> Result<VerifyReport, LogError> {
    let folder = Folder::new();
    std::fs::write(folder.file(), bytes).unwrap();
    // Both ends must bear it; the reader's verdict is the one that counts.
    let read = read_file(&folder.file()).and_then(|reader| check_log(&reader));
    if let Ok((mut log, _reader)) = open_file(&folder.file()) {
        let _ = log.append(&entries(0, 1), 0);
    }
    read
}

#[test]
fn a_flipped_byte_of_an_entry_in_the_file_is_found_with_the_entry_s_number() {
    for sequence in [1_u64, 13, 128, 254, 256, 269] {
        let needle = format!("entry {sequence};");
        let at = FILE.windows(needle.len()).position(|window| window == needle.as_bytes()).unwrap();
        let mut bytes = FILE.clone();
        bytes[at + 2] ^= 0x20;
        let found = examine(&bytes);
        assert!(matches!(found, Err(LogError::Corrupt { sequence: Some(at), .. }) if at == sequence), "{found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_flipped_byte_makes_the_log_another_one(at in any::<prop::sample::Index>(), mask in 1_u8..) {
        let whole = examine(&FILE).unwrap();
        let mut bytes = FILE.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= mask;
        // Bytes that nothing is kept in may change; what is read must be what was written.
        if let Ok(report) = examine(&bytes) {
            prop_assert_eq!(report, whole);
        }
    }

    #[test]
    fn a_truncated_file_is_refused(length in any::<prop::sample::Index>()) {
        let length = length.index(FILE.len());
        // The last page ends with bytes that nothing is kept in: without them nothing is missing.
        if let Ok(report) = examine(&FILE[..length]) {
            prop_assert!(length > FILE.len() - 8192, "cut to {length} bytes");
            prop_assert_eq!(report, examine(&FILE).unwrap());
        }
    }

    #[test]
    fn a_file_of_noise_is_refused(noise in prop::collection::vec(any::<u8>(), 1..20_000), header: bool) {
        let bytes = if header { [&FILE[..100], noise.as_slice()].concat() } else { noise };
        prop_assert!(examine(&bytes).is_err());
    }
}

#[test]
fn rows_that_nobody_wrote_are_refused() {
    for sql in [
        "DELETE FROM entries WHERE sequence = 17",
        "DELETE FROM entries WHERE sequence = 269",
        "DELETE FROM entries",
        "INSERT INTO entries VALUES (9223372036854775807, x'00')",
        "UPDATE entries SET body = zeroblob(70000) WHERE sequence = 3",
        "UPDATE entries SET body = zeroblob(1000000) WHERE sequence = 269",
        "UPDATE entries SET body = x'' WHERE sequence = 4",
        "UPDATE entries SET sequence = sequence + 1000 WHERE sequence > 100",
        "UPDATE tiles SET hashes = x'' WHERE id = 0",
        "UPDATE tiles SET hashes = substr(hashes, 1, 31)",
        "UPDATE tiles SET hashes = zeroblob(100000) WHERE id = 1",
        "DELETE FROM tiles WHERE id = 1",
        "DELETE FROM tiles",
        "DELETE FROM checkpoints",
        "UPDATE checkpoints SET note = ''",
        "UPDATE checkpoints SET note = replace(note, '270', '271')",
        "UPDATE checkpoints SET size = 271 WHERE size = 270",
        "UPDATE checkpoints SET size = -1 WHERE size = 270",
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
        "CREATE TABLE other (a)",
        "PRAGMA user_version = 2",
        "PRAGMA application_id = 1",
    ] {
        let folder = Folder::new();
        std::fs::write(folder.file(), &*FILE).unwrap();
        rusqlite::Connection::open(folder.file()).unwrap().execute_batch(sql).unwrap();
        let opened = open_file(&folder.file()).and_then(|(_, reader)| check_log(&reader));
        let read = read_file(&folder.file()).and_then(|reader| check_log(&reader));
        assert!(opened.is_err(), "{sql}: opened");
        assert!(read.is_err(), "{sql}: read");
    }
}

#[test]
fn a_row_with_a_negative_number_is_never_read() {
    let folder = Folder::new();
    std::fs::write(folder.file(), &*FILE).unwrap();
    rusqlite::Connection::open(folder.file()).unwrap().execute("INSERT INTO entries VALUES (-5, x'00')", []).unwrap();
    let (_log, reader) = open_file(&folder.file()).unwrap();
    assert_eq!(check_log(&reader), examine(&FILE));
}

#[test]
fn another_program_s_database_is_not_touched() {
    let folder = Folder::new();
    rusqlite::Connection::open(folder.file()).unwrap().execute_batch("CREATE TABLE other (a)").unwrap();
    let before = std::fs::read(folder.file()).unwrap();
    assert!(matches!(open_file(&folder.file()), Err(LogError::Storage { .. })));
    assert_eq!(std::fs::read(folder.file()).unwrap(), before);
}
