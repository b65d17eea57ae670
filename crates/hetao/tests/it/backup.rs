//! `hetao backup` and `hetao restore`.

use crate::park_folder::{ParkFolder, files_of, reader};
use crate::program::{command, on};
use crate::server::Server;
use std::fs;
use std::path::{Path, PathBuf};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn back_up(data: &Path, to: &Path) {
    on(data, &["backup", to.to_str().unwrap()]).ending_with(0);
}

fn restore(from: &Path, data: &Path, code: i32) -> String {
    on(data, &["restore", from.to_str().unwrap()]).ending_with(code).stderr
}

#[test]
fn what_is_restored_is_the_log_that_was_backed_up_and_opens_the_same_fields() {
    let (park, place) = (ParkFolder::seeded(), Place::new());
    let (backup, restored) = (place.at("backup"), place.at("restored"));
    back_up(&park.path(), &backup);
    restore(&backup, &restored, 0);
    on(&restored, &["verify"]).ending_with(0);
    assert_eq!(reader(&restored).checkpoint(), reader(&park.path()).checkpoint());
    let before = park.open(|park, _| crate::park_folder::everybody(park));
    let after = crate::park_folder::open_at(&restored, |park, _| crate::park_folder::everybody(park));
    assert_eq!(before, after);
    assert!(!before.is_empty());
}

#[test]
fn a_backup_is_taken_while_a_server_is_at_work_and_verifies() {
    let (park, place) = (ParkFolder::seeded(), Place::new());
    let (backup, restored) = (place.at("backup"), place.at("restored"));
    let server = Server::start(&park.path(), &["--demo"]);
    back_up(&park.path(), &backup);
    on(&park.path(), &["verify"]).ending_with(0);
    assert_eq!(server.end(), Some(0));
    restore(&backup, &restored, 0);
    on(&restored, &["verify"]).ending_with(0);
    let (earlier, later) = (reader(&restored), reader(&park.path()));
    assert_eq!(later.root_at(earlier.size()).unwrap(), earlier.root(), "the server's log continues the backup's");
}

#[test]
fn a_damaged_backup_is_refused_and_leaves_nothing_behind() {
    let (park, place) = (ParkFolder::seeded(), Place::new());
    let backup = place.at("backup");
    back_up(&park.path(), &backup);
    let object = files_of(&backup.join("objects")).pop().expect("a roster's file");
    let names = [backup.join("log.sqlite"), backup.join("keys.sqlite"), backup.join("manifest.json"), object];
    let data = place.at("restored");
    let refused = |file: &Path, what: &str, code: i32| {
        let said = restore(&backup, &data, code);
        assert!(!data.exists(), "{} was {what}, and something was restored", file.display());
        let name = file.file_name().unwrap().to_str().unwrap();
        // A flipped bit in the manifest may be one of another file's name.
        let is_named = said.contains(name) || (file.ends_with("manifest.json") && said.contains("backup"));
        assert!(is_named, "{name} was {what}, and it said: {said}");
    };
    for file in &names {
        let sound = fs::read(file).unwrap();
        let mut flipped = sound.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        fs::write(file, &flipped).unwrap();
        refused(file, "flipped", 1);
        fs::write(file, &sound[..middle]).unwrap();
        refused(file, "cut short", 1);
        fs::remove_file(file).unwrap();
        // Without its manifest a folder is no backup at all.
        refused(file, "removed", if file.ends_with("manifest.json") { 3 } else { 1 });
        fs::write(file, &sound).unwrap();
    }
    let left: Vec<_> = fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["backup"]);
}

#[test]
fn a_backup_whose_manifest_was_made_to_fit_is_refused_by_the_signatures() {
    let (park, place) = (ParkFolder::seeded(), Place::new());
    let (backup, data) = (place.at("backup"), place.at("restored"));
    back_up(&park.path(), &backup);
    // The log is cut by one entry, and the manifest says so.
    let log = backup.join("log.sqlite");
    let connection = rusqlite::Connection::open(&log).unwrap();
    connection.execute("DELETE FROM entries WHERE sequence = (SELECT max(sequence) FROM entries)", []).unwrap();
    drop(connection);
    let manifest = backup.join("manifest.json");
    let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    let record = &mut json["files"][0];
    assert_eq!(record["path"], "log.sqlite");
    record["bytes"] = fs::metadata(&log).unwrap().len().into();
    record["sha256"] = sha256(&log).into();
    fs::write(&manifest, json.to_string()).unwrap();
    let said = restore(&backup, &data, 1);
    assert!(said.contains("log is damaged"), "{said}");
    assert!(!data.exists());
}

fn sha256(file: &Path) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(fs::read(file).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_backup_that_was_killed_is_no_backup_and_harms_nothing() {
    let (park, place) = (ParkFolder::seeded(), Place::new());
    let (backup, unfinished) = (place.at("backup"), place.at("backup.unfinished"));
    let mut killed = command();
    let killed = killed.args(["backup", backup.to_str().unwrap(), "--data"]).arg(park.path()).spawn();
    let mut killed = killed.unwrap();
    while !unfinished.exists() {
        assert!(killed.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(!backup.exists(), "what bears the name of a backup is whole");
    restore(&unfinished, &place.at("restored"), 3);
    let run = on(&park.path(), &["backup", backup.to_str().unwrap()]).ending_with(3);
    assert!(run.stderr.contains("cut short; delete it first"), "{}", run.stderr);
    fs::remove_dir_all(&unfinished).unwrap();
    back_up(&park.path(), &backup);
    restore(&backup, &place.at("restored"), 0);
    on(&park.path(), &["verify"]).ending_with(0);
}

#[test]
fn nothing_that_exists_is_overwritten() {
    let (park, place) = (ParkFolder::seeded(), Place::new());
    let backup = place.at("backup");
    back_up(&park.path(), &backup);
    let run = on(&park.path(), &["backup", backup.to_str().unwrap()]).ending_with(3);
    assert!(run.stderr.contains("not empty"), "{}", run.stderr);
    let said = restore(&backup, &park.path(), 3);
    assert!(said.contains("never overwritten"), "{said}");
    let said = restore(&place.at("no-backup"), &place.at("restored"), 3);
    assert!(said.contains("is not a backup"), "{said}");
}
