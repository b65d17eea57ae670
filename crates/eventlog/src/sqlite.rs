//! The log in one SQLite file, for a platform on one machine. Durable means: in the write-ahead log and synced
//! (`synchronous=FULL`) before anybody is answered. It knows rows, not trees.
//!
//! Pages are read with plain reads, not mapped: a truncated mapped file would kill the process with a signal.

use crate::LogError;
use crate::storage::{Batch, EachEntry, Storage, StorageReader, StorageReaders, TileId};
use rusqlite::types::ValueRef;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, limits::Limit,
};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Marks the file as ours: "hetl" in ASCII.
const APPLICATION_ID: i64 = 0x6865_746c;
const FORMAT_VERSION: i64 = 1;
/// Two 4 KiB blocks: fewer pages for entries of some hundred bytes, still little for a lone append to write.
const PAGE_BYTES: u32 = 8192;
/// A damaged length field must not make SQLite ask for gigabytes.
const ROW_BYTES_MAX: i32 = 1 << 20;
/// The write-ahead log is copied into the database after so many bytes of it …
const WAL_BYTES: u64 = 4 << 20;
/// … and if readers have kept that from finishing, they are waited for beyond this size.
const WAL_BYTES_MAX: u64 = 512 << 20;
const READERS_WAIT: Duration = Duration::from_secs(5);
/// Levels of tiles are eight bits above 56 bits of index, so that a tile's key is one integer.
const LEVEL_SHIFT: u32 = 56;

/// The schema, exactly as it must be found: a file with anything else in it (a trigger, say) is not opened.
const SCHEMA: [(&str, &str); 3] = [
    ("checkpoints", "CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT"),
    ("entries", "CREATE TABLE entries (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT"),
    ("tiles", "CREATE TABLE tiles (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT"),
];

/// The one writer's connection.
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    /// Bytes committed since the write-ahead log was last copied into the database.
    uncopied: u64,
    /// Held for as long as this exists; the operating system lets go of it if the process dies.
    _lock: File,
}

impl Sqlite {
    /// Opens or creates the log in this file. [`LogError::Locked`] where somebody else writes to it.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let lock = lock(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failure)?;
        connection.busy_timeout(READERS_WAIT).map_err(failure)?;
        connection.pragma_update(None, "page_size", PAGE_BYTES).map_err(failure)?;
        harden(&connection, 64 << 10)?;
        create(&mut connection)?;
        check_format(&connection)?;
        use_write_ahead_log(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failure)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0).map_err(failure)?;
        let mut sqlite = Sqlite { connection, path: path.to_owned(), uncopied: 0, _lock: lock };
        sqlite.copy_back();
        Ok(sqlite)
    }

    /// Plays a full disk: the file may have no more than so many pages.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, pages: u32) {
        self.connection.pragma_update(None, "max_page_count", pages).unwrap();
    }

    /// Copies the write-ahead log into the database and lets it begin anew. Failing at it loses nothing: all of it is
    /// still in the write-ahead log, and the next commit tries again, so its error is not the commit's.
    fn copy_back(&mut self) {
        // Where readers or a failure are in the way, the next try comes after some more commits, not at each.
        self.uncopied = if self.try_copy_back().unwrap_or(false) { 0 } else { WAL_BYTES / 2 };
    }

    /// Whether all of the write-ahead log is in the database.
    fn try_copy_back(&self) -> rusqlite::Result<bool> {
        let copy = |mode| {
            let sql = format!("PRAGMA wal_checkpoint({mode})");
            self.connection.query_row(&sql, [], |row| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))
        };
        let (frames, copied) = copy("PASSIVE")?;
        let length = u64::try_from(frames).unwrap_or(0).saturating_mul(PAGE_BYTES.into());
        if length <= WAL_BYTES_MAX {
            return Ok(frames == copied);
        }
        let (frames, copied) = copy("RESTART")?;
        Ok(frames == copied)
    }
}

impl Storage for Sqlite {
    fn commit(&mut self, batch: &Batch<'_>) -> Result<(), LogError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failure)?;
        write(&transaction, batch)?;
        read_back(&transaction, batch)?;
        transaction.commit().map_err(failure)?;
        let entries: usize = batch.entries.iter().map(Vec::len).sum();
        let tiles: usize = batch.tiles.iter().map(|(_, hashes)| hashes.len()).sum();
        self.uncopied += (entries + tiles + batch.checkpoint.len()) as u64 + u64::from(PAGE_BYTES);
        if self.uncopied >= WAL_BYTES {
            self.copy_back();
        }
        Ok(())
    }

    fn readers(&self) -> Arc<dyn StorageReaders> {
        Arc::new(SqliteReaders::new(&self.path))
    }
}

fn write(transaction: &Transaction<'_>, batch: &Batch<'_>) -> Result<(), LogError> {
    if end(transaction)? != batch.first {
        return Err(LogError::Locked { what: "it has appended to the same file".to_owned() });
    }
    let mut insert =
        transaction.prepare_cached("INSERT INTO entries (sequence, body) VALUES (?1, ?2)").map_err(failure)?;
    for (sequence, entry) in (batch.first..).zip(batch.entries) {
        insert.execute((key(sequence)?, entry)).map_err(failure)?;
    }
    let mut insert =
        transaction.prepare_cached("INSERT OR REPLACE INTO tiles (id, hashes) VALUES (?1, ?2)").map_err(failure)?;
    for (id, hashes) in batch.tiles {
        insert.execute((tile_key(*id)?, hashes)).map_err(failure)?;
    }
    if let Some(size) = batch.superseded {
        let mut delete = transaction.prepare_cached("DELETE FROM checkpoints WHERE size = ?1").map_err(failure)?;
        delete.execute([key(size)?]).map_err(failure)?;
    }
    let mut insert =
        transaction.prepare_cached("INSERT INTO checkpoints (size, note) VALUES (?1, ?2)").map_err(failure)?;
    insert.execute((key(batch.size)?, batch.checkpoint)).map_err(failure)?;
    Ok(())
}

/// Compares what the transaction would commit with what was meant: no checkpoint leaves this process for entries
/// that were never stored as they were hashed.
fn read_back(connection: &Connection, batch: &Batch<'_>) -> Result<(), LogError> {
    let mut expected = (batch.first..).zip(batch.entries);
    entries(connection, batch.first, batch.size, &mut |sequence, body| match expected.next() {
        Some((wanted, entry)) if wanted == sequence && entry == body => Ok(()),
        Some(_) | None => Err(LogError::corrupt_at(sequence, "it was not stored as it was given")),
    })?;
    match expected.next() {
        Some((sequence, _)) => Err(LogError::corrupt_at(sequence, "it was not stored")),
        None => Ok(()),
    }
}

/// Takes the lock file beside the database. The file stays; only the lock on it matters.
fn lock(path: &Path) -> Result<File, LogError> {
    let mut name = path.as_os_str().to_owned();
    name.push("-lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&name);
    let file = file.map_err(|error| LogError::Storage { what: format!("{}: {error}", Path::new(&name).display()) })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LogError::Locked { what: path.display().to_string() }),
        Err(TryLockError::Error(error)) => {
            Err(LogError::Storage { what: format!("{}: {error}", Path::new(&name).display()) })
        }
    }
}

/// What every connection is told before it looks at anything.
fn harden(connection: &Connection, cache_kibibytes: i64) -> Result<(), LogError> {
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, ROW_BYTES_MAX).map_err(failure)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(failure)?;
    connection.pragma_update(None, "cell_size_check", true).map_err(failure)?;
    connection.pragma_update(None, "cache_size", -cache_kibibytes).map_err(failure)
}

/// Makes the tables in a file that is still empty.
fn create(connection: &mut Connection) -> Result<(), LogError> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failure)?;
    if tables > 0 || number(connection, "application_id")? != 0 {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failure)?;
    for (_, sql) in SCHEMA {
        transaction.execute(sql, []).map_err(failure)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failure)?;
    transaction.pragma_update(None, "user_version", FORMAT_VERSION).map_err(failure)?;
    transaction.commit().map_err(failure)
}

/// A file that was copied comes without it, hence at every opening.
fn use_write_ahead_log(connection: &Connection) -> Result<(), LogError> {
    let mode: String = connection.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0)).map_err(failure)?;
    if mode == "wal" {
        return Ok(());
    }
    Err(LogError::Storage { what: format!("the file system allows no write-ahead log, only {mode}") })
}

fn check_format(connection: &Connection) -> Result<(), LogError> {
    let foreign = |what: &str| LogError::Storage { what: format!("the file is not a log: {what}") };
    if number(connection, "application_id")? != APPLICATION_ID {
        return Err(foreign("it belongs to another program"));
    }
    let version = number(connection, "user_version")?;
    if version != FORMAT_VERSION {
        return Err(foreign(&format!("its format is {version}, this program reads {FORMAT_VERSION}")));
    }
    let mut select = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").map_err(failure)?;
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failure)?;
    let found: Vec<(String, String)> = found.take(SCHEMA.len() + 1).collect::<Result<_, _>>().map_err(failure)?;
    let same = found.iter().map(|(name, sql)| (name.as_str(), sql.as_str())).eq(SCHEMA);
    if same { Ok(()) } else { Err(foreign("its tables are others")) }
}

fn number(connection: &Connection, pragma: &str) -> Result<i64, LogError> {
    connection.pragma_query_value(None, pragma, |row| row.get(0)).map_err(failure)
}

/// Opens reading connections to one file, also while another process writes.
#[derive(Debug, Clone)]
pub struct SqliteReaders {
    path: PathBuf,
}

impl SqliteReaders {
    pub fn new(path: &Path) -> Self {
        SqliteReaders { path: path.to_owned() }
    }

    /// Copies the log as its last commit left it into a new file, while others read and write.
    pub fn copy_to(&self, target: &Path) -> Result<(), LogError> {
        let connection = self.connect()?;
        let name = target.to_str().ok_or_else(|| LogError::Storage { what: "the target is not UTF-8".to_owned() })?;
        connection.execute("VACUUM INTO ?1", [name]).map_err(failure)?;
        // SQLite does not sync what it vacuums into, nor the folder that it is in.
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let synced = [target, folder].into_iter().try_for_each(|path| File::open(path)?.sync_all());
        synced.map_err(|error| LogError::Storage { what: format!("{}: {error}", target.display()) })
    }

    fn connect(&self) -> Result<Connection, LogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(failure)?;
        connection.busy_timeout(READERS_WAIT).map_err(failure)?;
        harden(&connection, 16 << 10)?;
        check_format(&connection)?;
        Ok(connection)
    }
}

impl StorageReaders for SqliteReaders {
    fn open(&self) -> Result<Box<dyn StorageReader>, LogError> {
        Ok(Box::new(SqliteReader { connection: self.connect()? }))
    }
}

/// One reading connection. Each call is a transaction of its own.
struct SqliteReader {
    connection: Connection,
}

impl StorageReader for SqliteReader {
    fn entry(&mut self, sequence: u64) -> Result<Option<Vec<u8>>, LogError> {
        let sql = "SELECT body FROM entries WHERE sequence = ?1";
        let mut select = self.connection.prepare_cached(sql).map_err(failure)?;
        select.query_row([key(sequence)?], |row| row.get(0)).optional().map_err(|error| failure_at(sequence, error))
    }

    fn entries(&mut self, from: u64, to: u64, each: EachEntry<'_>) -> Result<(), LogError> {
        entries(&self.connection, from, to, each)
    }

    fn end(&mut self) -> Result<u64, LogError> {
        end(&self.connection)
    }

    fn tile(&mut self, id: TileId) -> Result<Option<Vec<u8>>, LogError> {
        let Ok(key) = tile_key(id) else { return Ok(None) };
        let mut select = self.connection.prepare_cached("SELECT hashes FROM tiles WHERE id = ?1").map_err(failure)?;
        select.query_row([key], |row| row.get(0)).optional().map_err(|error| match failure(error) {
            LogError::Corrupt { sequence, what } => LogError::Corrupt { sequence, what: format!("{id}: {what}") },
            other => other,
        })
    }

    fn checkpoint_from(&mut self, size: u64) -> Result<Option<(u64, String)>, LogError> {
        let sql = "SELECT size, note FROM checkpoints WHERE size >= ?1 ORDER BY size LIMIT 1";
        let mut select = self.connection.prepare_cached(sql).map_err(failure)?;
        select.query_row([key(size)?], checkpoint).optional().map_err(failure)
    }

    fn last_checkpoint(&mut self) -> Result<Option<(u64, String)>, LogError> {
        let sql = "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1";
        let mut select = self.connection.prepare_cached(sql).map_err(failure)?;
        select.query_row([], checkpoint).optional().map_err(failure)
    }
}

fn entries(connection: &Connection, from: u64, to: u64, each: EachEntry<'_>) -> Result<(), LogError> {
    let sql = "SELECT sequence, body FROM entries WHERE sequence >= ?1 AND sequence < ?2 ORDER BY sequence";
    let mut select = connection.prepare_cached(sql).map_err(failure)?;
    let mut rows = select.query([key(from)?, key(to)?]).map_err(failure)?;
    let mut next = from;
    while let Some(row) = rows.next().map_err(|error| failure_at(next, error))? {
        let sequence = u64::try_from(row.get::<_, i64>(0).map_err(failure)?).unwrap_or(u64::MAX);
        match row.get_ref(1).map_err(failure)? {
            ValueRef::Blob(body) => each(sequence, body)?,
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) => {
                return Err(LogError::corrupt_at(sequence, "its row does not hold bytes"));
            }
        }
        next = sequence.saturating_add(1);
    }
    Ok(())
}

fn end(connection: &Connection) -> Result<u64, LogError> {
    let mut select = connection.prepare_cached("SELECT max(sequence) FROM entries").map_err(failure)?;
    let last: Option<i64> = select.query_row([], |row| row.get(0)).map_err(failure)?;
    last.map_or(Ok(0), |last| {
        let last = u64::try_from(last).map_err(|_| LogError::corrupt("an entry has a negative number"))?;
        Ok(last.saturating_add(1))
    })
}

fn checkpoint(row: &Row<'_>) -> rusqlite::Result<(u64, String)> {
    // A negative size is no size that was ever signed: it is found out when the note is compared with it.
    Ok((u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX), row.get(1)?))
}

fn key(number: u64) -> Result<i64, LogError> {
    i64::try_from(number).map_err(|_| LogError::OutOfRange { what: format!("entry {number}") })
}

fn tile_key(id: TileId) -> Result<i64, LogError> {
    if id.index >> LEVEL_SHIFT != 0 {
        return Err(LogError::OutOfRange { what: id.to_string() });
    }
    key(u64::from(id.level) << LEVEL_SHIFT | id.index)
}

fn failure_at(sequence: u64, error: rusqlite::Error) -> LogError {
    match failure(error) {
        LogError::Corrupt { what, .. } => LogError::corrupt_at(sequence, what),
        other => other,
    }
}

/// SQLite's errors in the log's few words.
fn failure(error: rusqlite::Error) -> LogError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => LogError::DiskFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LogError::Locked { what: error.to_string() },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TooBig) => {
            LogError::corrupt(error.to_string())
        }
        Some(_) => LogError::Storage { what: error.to_string() },
        None => match error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => LogError::corrupt(error.to_string()),
            other => LogError::Storage { what: other.to_string() },
        },
    }
}
