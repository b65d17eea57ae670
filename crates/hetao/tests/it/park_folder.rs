//! Data folders with a park's life in them: made once by the demonstration's seeding, then copied for each test.

use crate::program::zone_folder;
use desk::{Details, Settings};
use park::{Clock, Options, Park};
use profile::Profile;
use simulation::{demo_clock, seed};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Passes belong to the address they were issued at; servers of these tests all say they are this one.
pub const ORIGIN: &str = "http://localhost:18080";

pub struct ParkFolder {
    folder: TempDir,
}

impl ParkFolder {
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A fresh copy of the seeded folder. Seeding takes most of a minute in an unoptimised build, and a test runner may
    /// give each test a process of its own: so it is done once for each build of these tests, and kept among its files.
    pub fn seeded() -> Self {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seeded-park");
        fs::create_dir_all(&kept).unwrap();
        let (data, stamp) = (kept.join("data"), kept.join("stamp"));
        let lock = File::create(kept.join("lock")).unwrap();
        // Let go of when it is dropped: the others wait for the one who seeds, and for no longer than that.
        lock.lock().unwrap();
        if fs::read_to_string(&stamp).ok() != Some(this_build()) {
            let _ = fs::remove_file(&stamp);
            let _ = fs::remove_dir_all(&data);
            open_at(&data, |park, runtime| {
                runtime.block_on(seed(park)).unwrap();
                park.leave_past_letters().unwrap();
                park.snapshot().unwrap();
            });
            fs::write(&stamp, this_build()).unwrap();
        }
        Self::copy_of(&data)
    }

    /// A seeded folder to which a server that nobody uses adds nothing: what time has brought about is told already.
    pub fn at_rest() -> Self {
        let park = Self::seeded();
        park.open_today(|park, _| park.tell_clocks().unwrap());
        park
    }

    pub fn copy_of(data: &Path) -> Self {
        let copy = ParkFolder { folder: tempfile::tempdir().unwrap() };
        copy_folder(data, &copy.path());
        copy
    }

    /// Works in the park at this machine's hour, as a server without `--demo` does.
    pub fn open_today<T>(&self, work: impl FnOnce(&Park, &Runtime) -> T) -> T {
        open_with(&self.path(), Clock::system(), work)
    }

    /// Works in the park within this process, and lets it go.
    pub fn open<T>(&self, work: impl FnOnce(&Park, &Runtime) -> T) -> T {
        open_at(&self.path(), work)
    }
}

/// Another build may write another shape of log or snapshot, and another zone folder another park.
fn this_build() -> String {
    let program = std::env::current_exe().unwrap().metadata().unwrap();
    format!("{:?} {} {}", program.modified().unwrap(), program.len(), Profile::load(&zone_folder()).unwrap().hash)
}

/// As a server under `--demo` would open it.
pub fn open_at<T>(data: &Path, work: impl FnOnce(&Park, &Runtime) -> T) -> T {
    let profile = Profile::load(&zone_folder()).unwrap();
    // A demonstration's log may be ahead of this machine's clock after a few mornings.
    let last = if data.join("log.sqlite").is_file() { Some(last_instant(data)) } else { None };
    open_with(data, demo_clock(&profile, last), work)
}

fn open_with<T>(data: &Path, clock: Clock, work: impl FnOnce(&Park, &Runtime) -> T) -> T {
    let runtime = Runtime::new().unwrap();
    let options = Options {
        zone: zone_folder(),
        data: Some(data.to_owned()),
        clock,
        origin: ORIGIN.to_owned(),
        settings: Settings::default(),
        push_hosts: park::PushHosts::Public,
    };
    let (park, writer) = Park::open(options).unwrap();
    let result = work(&park, &runtime);
    drop(runtime);
    drop(park);
    writer.join().unwrap();
    result
}

fn last_instant(data: &Path) -> base::Instant {
    let reader = reader(data);
    let last = reader.entry(reader.size() - 1).unwrap().unwrap();
    desk::Envelope::decode(&last).unwrap().at
}

/// The log of a data folder, also while a server holds it.
pub fn reader(data: &Path) -> eventlog::LogReader {
    let profile = Profile::load(&zone_folder()).unwrap();
    let vault = vault::Vault::open(&data.join("keys.sqlite")).unwrap();
    let keys = park::log_keys(&vault, &profile).unwrap().public().clone();
    let readers = eventlog::sqlite::SqliteReaders::new(&data.join("log.sqlite"));
    eventlog::LogReader::open(std::sync::Arc::new(readers), &keys).unwrap()
}

/// Everybody's personal fields.
pub fn everybody(park: &Park) -> Vec<(base::PersonId, Details)> {
    let zone = park.zone();
    zone.parties.persons.keys().filter_map(|id| Some((*id, park.details(*id)?))).collect()
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Every file below a folder.
pub fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_of(&path)) } else { files.push(path) }
    }
    files
}
