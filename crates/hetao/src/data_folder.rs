//! The data folder as the command line sees it: what lies where, and how it is read without disturbing a server at work.
//! Only `park` writes to it.

use crate::ending::Failure;
use eventlog::sqlite::SqliteReaders;
use eventlog::{LogPublicKeys, LogReader};
use profile::Profile;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vault::Vault;

pub const LOG_FILE: &str = "log.sqlite";
pub const KEYS_FILE: &str = "keys.sqlite";
pub const OBJECTS_FOLDER: &str = "objects";
pub const SNAPSHOTS_FOLDER: &str = "snapshots";
pub const OUTBOX_FOLDER: &str = "outbox";

pub struct DataFolder {
    pub path: PathBuf,
}

impl DataFolder {
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    pub fn log_file(&self) -> PathBuf {
        self.path.join(LOG_FILE)
    }

    pub fn keys_file(&self) -> PathBuf {
        self.path.join(KEYS_FILE)
    }

    /// Opening a log or key file makes one where there is none: a command that only looks must not.
    pub fn must_be_there(&self) -> Result<(), Failure> {
        if self.log_file().is_file() {
            return Ok(());
        }
        let path = self.path.display();
        Err(Failure::could_not(format!("{path} is not a data folder: it has no {LOG_FILE}; name one with --data")))
    }

    pub fn vault(&self) -> Result<Vault, Failure> {
        let file = self.keys_file();
        if !file.is_file() {
            return Err(Failure::could_not(format!("{} is missing", file.display())));
        }
        Ok(Vault::open(&file)?)
    }

    /// The verifier keys of the log in this folder, from its own key file.
    pub fn own_keys(&self, zone: &Path) -> Result<LogPublicKeys, Failure> {
        let profile = Profile::load(zone).map_err(|faults| Failure::of_faults(&faults))?;
        Ok(park::log_keys(&self.vault()?, &profile)?.public().clone())
    }

    /// The log as it is now, for reading.
    pub fn reader(&self, keys: &LogPublicKeys) -> Result<LogReader, Failure> {
        self.must_be_there()?;
        Ok(LogReader::open(Arc::new(SqliteReaders::new(&self.log_file())), keys)?)
    }
}

/// Verifier keys from a file of them, one a line.
pub fn keys_from(file: &Path) -> Result<LogPublicKeys, Failure> {
    let text = read_text(file, 1 << 20)?;
    text.parse().map_err(|error| Failure::wrong(format!("{}: {error}", file.display())))
}

/// A text file from outside, no larger than `bytes_max`.
pub fn read_text(file: &Path, bytes_max: u64) -> Result<String, Failure> {
    let bytes = read_bytes(file, bytes_max)?;
    String::from_utf8(bytes).map_err(|_| Failure::wrong(format!("{} is not UTF-8 text", file.display())))
}

/// The beginning of a file: a larger one is left to its reader to refuse.
pub fn read_up_to(file: &Path, bytes_max: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|opened| opened.take(bytes_max).read_to_end(&mut bytes));
    read.map_err(|error| Failure::at(file, &error))?;
    Ok(bytes)
}

fn read_bytes(file: &Path, bytes_max: u64) -> Result<Vec<u8>, Failure> {
    let bytes = read_up_to(file, bytes_max + 1)?;
    if bytes.len() as u64 > bytes_max {
        return Err(Failure::wrong(format!("{} is larger than {bytes_max} bytes", file.display())));
    }
    Ok(bytes)
}

/// Whether nothing is there, or a folder with nothing in it.
pub fn is_vacant(path: &Path) -> Result<bool, Failure> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Failure::at(path, &error)),
    }
}
