//! How far a follower of the log got, kept in a file of its own.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Nobody but the owner may read or write it.
const FILE_MODE: u32 = 0o600;

/// Every entry before `until` was seen to.
pub(crate) struct Counted(Mutex<Inner>);

struct Inner {
    until: u64,
    file: Option<PathBuf>,
}

impl Counted {
    /// A park that kept no count so far begins at the log's end: what stands before it was seen to by whoever kept the
    /// log until now, or before a backup was taken.
    pub fn open(file: Option<PathBuf>, log_size: u64) -> io::Result<Self> {
        let Some(file) = file else { return Ok(Self(Mutex::new(Inner { until: log_size, file: None }))) };
        let mut inner = Inner { until: log_size, file: Some(file.clone()) };
        match fs::read_to_string(&file) {
            // What a log that was longer counted says nothing about this one.
            Ok(text) => inner.until = text.trim().parse().unwrap_or(log_size).min(log_size),
            Err(error) if error.kind() == io::ErrorKind::NotFound => inner.note(log_size)?,
            Err(error) => return Err(error),
        }
        Ok(Self(Mutex::new(inner)))
    }

    pub fn until(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).until
    }

    /// Counts on without noting it: after a restart it is looked through again.
    pub fn pass(&self, until: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).until = until;
    }

    /// Notes durably that everything before this entry was seen to.
    pub fn note(&self, until: u64) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).note(until)
    }
}

impl Inner {
    fn note(&mut self, until: u64) -> io::Result<()> {
        if let Some(file) = &self.file {
            replace(file, format!("{until}\n").as_bytes())?;
        }
        self.until = until;
        Ok(())
    }
}

/// Writes a file under another name and gives it its own when it is durable: it is whole or not there. Nobody but the
/// owner may read it.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = file.with_extension("unfinished");
    let mut written = OpenOptions::new().write(true).create(true).truncate(true).mode(FILE_MODE).open(&unfinished)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    fs::rename(&unfinished, file)?;
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
