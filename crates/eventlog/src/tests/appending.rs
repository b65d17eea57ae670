//! Appending and reading back, the same through every storage.

use super::*;
use crate::sqlite::Sqlite;

fn what_is_appended_is_read_back(storage: impl Fn() -> Box<dyn Storage>) {
    let (mut log, reader) = Log::open(storage(), keys()).unwrap();
    assert_eq!((log.size(), reader.size(), reader.root()), (0, 0, empty_root()));
    let mut size = 0;
    for count in [1, 2, 255, 1, 300, 4096, 9] {
        let commit = log.append(&entries(size, count), 1_800_000_000_123).unwrap();
        assert_eq!((commit.first, commit.size), (size, size + count));
        size += count;
        assert_eq!((reader.size(), reader.checkpoint()), (size, commit.checkpoint));
    }
    let all = entries(0, size);
    let mut seen = Vec::new();
    reader
        .scan(0, u64::MAX, &mut |sequence, entry| {
            assert_eq!(sequence, seen.len() as u64);
            seen.push(entry.to_vec());
            Ok(())
        })
        .unwrap();
    assert_eq!(seen, all);
    assert_eq!(reader.entry(300).unwrap().as_ref(), all.get(300));
    assert_eq!(reader.entry(size).unwrap(), None);
    let report = check_log(&reader).unwrap();
    assert_eq!((report.size, report.root), (size, reader.root()));

    let root = reader.root();
    drop((log, reader));
    let (log, reader) = Log::open(storage(), keys()).unwrap();
    assert_eq!((log.size(), reader.root()), (size, root));
    assert_eq!(check_log(&reader), Ok(report));
}

#[test]
fn what_is_appended_is_read_back_from_memory_after_reopening_too() {
    let memory = Memory::new();
    what_is_appended_is_read_back(|| Box::new(memory.clone()));
}

#[test]
fn what_is_appended_is_read_back_from_sqlite_after_reopening_too() {
    let folder = tempfile::tempdir().unwrap();
    what_is_appended_is_read_back(|| Box::new(Sqlite::open(&folder.path().join("log.sqlite")).unwrap()));
}
