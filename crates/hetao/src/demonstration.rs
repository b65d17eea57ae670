//! The demonstration's data folder: a clock that goes on where the log ended, and a first start that is whole or is
//! begun anew. What the demonstration is filled with is the simulation's.
//!
//! Its past takes some seconds to write. A process that is killed meanwhile leaves a mark behind, and whatever it had
//! written is nobody's: no server listened yet. So the next start deletes it and begins again.

use crate::cli::Common;
use crate::data_folder::{DataFolder, KEYS_FILE, LOG_FILE, OBJECTS_FOLDER, OUTBOX_FOLDER, SNAPSHOTS_FOLDER};
use crate::ending::Failure;
use crate::output::Output;
use base::Instant;
use desk::Envelope;
use eventlog::LogError;
use park::Clock;
use profile::Profile;
use simulation::demo_clock;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// In the data folder, from before its log is made until its past is whole.
const MARK: &str = "demonstration-unfinished";
/// What sqlite keeps beside a file of its own.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];
/// How far letters were written and sent.
const COUNTED: [&str; 2] = ["letters-sent", "letters-written"];

/// A past that is being written. Its mark is locked, so that a second process does not begin anew meanwhile.
pub struct Beginning {
    mark: PathBuf,
    _lock: File,
}

impl Beginning {
    /// Makes the folder ready for a first start; `None` where a park is in it already.
    pub fn of(data: &DataFolder, common: &Common, output: &Output) -> Result<Option<Self>, Failure> {
        // Nothing is made for a zone that cannot be served.
        Profile::load(&common.zone).map_err(|faults| Failure::of_faults(&faults))?;
        let mark = data.path.join(MARK);
        let at = |error: &io::Error| Failure::at(&mark, error);
        let was_cut_short = mark.exists();
        let Some(lock) = locked(data, &mark)? else { return Ok(None) };
        if was_cut_short {
            output.note("An earlier start was cut short: the demonstration is made anew.");
            clear(data).map_err(|error| at(&error))?;
        }
        output.note("Preparing the demonstration: some weeks of a park's life, all of it invented …");
        lock.sync_all().and_then(|()| sync(&data.path)).map_err(|error| at(&error))?;
        Ok(Some(Self { mark, _lock: lock }))
    }

    /// The past is whole and durable.
    pub fn finish(self) -> Result<(), Failure> {
        let folder = self.mark.parent().unwrap_or(Path::new("."));
        fs::remove_file(&self.mark).and_then(|()| sync(folder)).map_err(|error| Failure::at(&self.mark, &error))
    }
}

/// A park that is not a demonstration must not go on from half of one.
pub fn must_not_be_unfinished(data: &DataFolder) -> Result<(), Failure> {
    if !data.path.join(MARK).exists() {
        return Ok(());
    }
    let folder = data.path.display();
    Err(Failure::could_not(format!("{folder} holds an unfinished demonstration: start it with --demo, or delete it")))
}

/// The mark, where the folder has no park in it or an unfinished one.
fn locked(data: &DataFolder, mark: &Path) -> Result<Option<File>, Failure> {
    let at = |error: &io::Error| Failure::at(mark, error);
    let is_new = !data.log_file().exists();
    if is_new {
        fs::create_dir_all(&data.path).map_err(|error| Failure::at(&data.path, &error))?;
    }
    let file = match File::options().write(true).create(is_new).truncate(false).open(mark) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(at(&error)),
    };
    match file.try_lock() {
        // Whoever held it may have finished since it was opened, and then the log is theirs.
        Ok(()) if !mark.exists() => Ok(None),
        Ok(()) if is_new && data.log_file().exists() => {
            fs::remove_file(mark).map_err(|error| at(&error))?;
            Ok(None)
        }
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            let folder = data.path.display();
            Err(Failure::could_not(format!("another process is preparing the demonstration in {folder}")))
        }
        Err(TryLockError::Error(error)) => Err(at(&error)),
    }
}

/// Removes what a start that was cut short may have made, and nothing else.
fn clear(data: &DataFolder) -> io::Result<()> {
    for file in [LOG_FILE, KEYS_FILE, park::DRAFTS_FILE] {
        for companion in COMPANIONS {
            absent(fs::remove_file(data.path.join(format!("{file}{companion}"))))?;
        }
    }
    for counted in COUNTED {
        absent(fs::remove_file(data.path.join(counted)))?;
    }
    [OBJECTS_FOLDER, SNAPSHOTS_FOLDER, OUTBOX_FOLDER]
        .into_iter()
        .try_for_each(|folder| absent(fs::remove_dir_all(data.path.join(folder))))
}

fn absent(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The demonstration's clock goes on where its log ended.
pub fn clock(data: &DataFolder, common: &Common) -> Result<Clock, Failure> {
    let profile = Profile::load(&common.zone).map_err(|faults| Failure::of_faults(&faults))?;
    if !data.log_file().is_file() || !data.keys_file().is_file() {
        return Ok(demo_clock(&profile, None));
    }
    Ok(demo_clock(&profile, last_instant(data, common)?))
}

fn last_instant(data: &DataFolder, common: &Common) -> Result<Option<Instant>, Failure> {
    let reader = match data.reader(&data.own_keys(&common.zone)?) {
        Ok(reader) => reader,
        // Killed before its first commit, the log has no checkpoint yet. Whatever else is wrong, opening it will tell.
        Err(_) => return Ok(None),
    };
    let Some(last) = reader.size().checked_sub(1) else { return Ok(None) };
    let Some(bytes) = reader.entry(last)? else { return Ok(None) };
    let envelope = Envelope::decode(&bytes).map_err(|error| LogError::corrupt_at(last, error.to_string()))?;
    Ok(Some(envelope.at))
}
