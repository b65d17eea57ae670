//! Where drafts are kept: a file of its own beside the log, because a draft is nothing that happened.
//!
//! A row holds who began it and for what, until when it is kept, and everything that was typed, sealed under the key of
//! the person who typed it. It knows no forms.

use super::DRAFTS_OF_ONE_MAX;
use crate::error::WorkError;
use base::{Instant, Key, OrganisationId, PersonId, Sealed, Subject};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// In the data folder.
pub const DRAFTS_FILE: &str = "drafts.sqlite";
/// Whoever can read the file learns who wants what, if not what they typed.
const FILE_MODE: u32 = 0o600;
const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS draft (
    id TEXT PRIMARY KEY, person INTEGER NOT NULL, organisation INTEGER, service TEXT NOT NULL,
    begun_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, kept_until INTEGER NOT NULL,
    subject TEXT NOT NULL, box TEXT NOT NULL, files TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS draft_person ON draft (person);";
const COLUMNS: &str = "id, person, organisation, service, begun_at, changed_at, kept_until, subject, box, files";

/// A draft as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub id: String,
    pub person: PersonId,
    pub organisation: Option<OrganisationId>,
    pub service: Key,
    pub begun_at: Instant,
    pub changed_at: Instant,
    pub kept_until: Instant,
    pub sealed: Sealed,
    /// Addresses in the object store of what goes with it.
    pub files: Vec<Box<str>>,
}

pub struct Drafts(Mutex<Connection>);

impl From<rusqlite::Error> for WorkError {
    fn from(error: rusqlite::Error) -> Self {
        WorkError::Store(error.to_string())
    }
}

impl Drafts {
    /// # Errors
    /// Where the file cannot be made or is none of ours.
    pub(crate) fn open(data: Option<&Path>) -> io::Result<Self> {
        let connection = match data {
            Some(data) => {
                let file = data.join(DRAFTS_FILE);
                OpenOptions::new().create(true).append(true).mode(FILE_MODE).open(&file)?;
                Connection::open(file)
            }
            None => Connection::open_in_memory(),
        };
        let connection = connection.map_err(io::Error::other)?;
        let prepared = connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;",
        );
        prepared.and_then(|()| connection.execute_batch(SCHEMA)).map_err(io::Error::other)?;
        Ok(Self(Mutex::new(connection)))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // SQLite itself rolls back what a panicking thread left open.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// # Errors
    /// `WorkError::TooManyDrafts` where the person has as many as anybody may.
    pub(crate) fn insert(&self, draft: &Stored) -> Result<(), WorkError> {
        let connection = self.lock();
        let of_person: u32 = connection.query_row(
            "SELECT count(*) FROM draft WHERE person = ?1 AND kept_until > ?2",
            params![draft.person.0, draft.begun_at.0],
            |row| row.get(0),
        )?;
        if of_person >= DRAFTS_OF_ONE_MAX {
            return Err(WorkError::TooManyDrafts);
        }
        write(&connection, draft)
    }

    pub(crate) fn get(&self, id: &str) -> Result<Option<Stored>, WorkError> {
        read(&self.lock(), id)
    }

    /// Reads, changes and writes as one: of two pages that save at once, each keeps what the other typed elsewhere.
    pub(crate) fn change<T>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Stored) -> Result<T, WorkError>,
    ) -> Result<T, WorkError> {
        let connection = self.lock();
        let mut draft = read(&connection, id)?.ok_or(WorkError::NotFound)?;
        let result = change(&mut draft)?;
        write(&connection, &draft)?;
        Ok(result)
    }

    pub(crate) fn remove(&self, id: &str) -> Result<(), WorkError> {
        self.lock().execute("DELETE FROM draft WHERE id = ?1", [id])?;
        Ok(())
    }

    /// The person's, last changed first.
    pub(crate) fn of_person(&self, person: PersonId) -> Result<Vec<Stored>, WorkError> {
        let connection = self.lock();
        let sql = format!("SELECT {COLUMNS} FROM draft WHERE person = ?1 ORDER BY changed_at DESC LIMIT 100");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([person.0], stored)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// Takes out what is kept no longer, and gives it back.
    pub(crate) fn take_expired(&self, now: Instant) -> Result<Vec<Stored>, WorkError> {
        let connection = self.lock();
        let sql = format!("DELETE FROM draft WHERE kept_until <= ?1 RETURNING {COLUMNS}");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([now.0], stored)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// Every file that some draft names, and every subject whose key they are sealed under.
    pub(crate) fn named(&self) -> io::Result<(BTreeSet<Box<str>>, BTreeSet<Subject>)> {
        let connection = self.lock();
        let mut named = (BTreeSet::new(), BTreeSet::new());
        let sql = format!("SELECT {COLUMNS} FROM draft");
        let mut statement = connection.prepare(&sql).map_err(io::Error::other)?;
        for draft in statement.query_map([], stored).map_err(io::Error::other)? {
            let draft = draft.map_err(io::Error::other)?;
            named.0.extend(draft.files);
            named.1.insert(draft.sealed.of);
        }
        Ok(named)
    }

    /// A consistent copy, while they are in use.
    ///
    /// # Errors
    /// Where the copy cannot be written.
    pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
        OpenOptions::new().create_new(true).write(true).mode(FILE_MODE).open(to)?;
        let connection = Connection::open(from).map_err(io::Error::other)?;
        let target = to.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
        connection.execute("VACUUM INTO ?1", [target]).map_err(io::Error::other)?;
        Ok(())
    }
}

fn read(connection: &Connection, id: &str) -> Result<Option<Stored>, WorkError> {
    let sql = format!("SELECT {COLUMNS} FROM draft WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], stored).optional()?)
}

fn write(connection: &Connection, draft: &Stored) -> Result<(), WorkError> {
    let files = draft.files.join(" ");
    let sql = format!("INSERT OR REPLACE INTO draft ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    connection.prepare_cached(&sql)?.execute(params![
        draft.id,
        draft.person.0,
        draft.organisation.map(|organisation| organisation.0),
        draft.service.as_str(),
        draft.begun_at.0,
        draft.changed_at.0,
        draft.kept_until.0,
        draft.sealed.of.0.as_str(),
        &*draft.sealed.ciphertext,
        files,
    ])?;
    Ok(())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let service: String = row.get(3)?;
    let (subject, ciphertext, files): (String, String, String) = (row.get(7)?, row.get(8)?, row.get(9)?);
    Ok(Stored {
        id: row.get(0)?,
        person: PersonId(row.get(1)?),
        organisation: row.get::<_, Option<u32>>(2)?.map(OrganisationId),
        service: Key::new(&service).ok_or(rusqlite::Error::InvalidQuery)?,
        begun_at: Instant(row.get(4)?),
        changed_at: Instant(row.get(5)?),
        kept_until: Instant(row.get(6)?),
        sealed: Sealed { of: Subject(subject.into()), ciphertext: ciphertext.into() },
        files: files.split_whitespace().map(Into::into).collect(),
    })
}
