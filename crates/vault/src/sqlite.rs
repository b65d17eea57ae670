//! The key file: SQLite, mode 0600, one durable commit per call, nothing left of what was deleted.
//!
//! Rows are wrapped by the master key where there is one. Knows neither sealed fields nor what a subject stands for.

use crate::VaultError;
use crate::master::MasterKey;
use crate::sealing::SealingKey;
use crate::store::{KeyStore, Lookup};
use base::Subject;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use zeroize::Zeroizing;

/// "HeTV": tells the key file from any other SQLite file.
const APPLICATION_ID: i32 = 0x4865_5456;
const BUSY: Duration = Duration::from_secs(10);

/// `key` is null once it was erased. Without row ids there is one tree only, which keeps erasing simple.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS subject (name TEXT PRIMARY KEY NOT NULL, key BLOB) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS value (name TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS master (fingerprint BLOB NOT NULL) STRICT;
    PRAGMA application_id = 0x48655456;
    PRAGMA user_version = 1;";

pub(crate) struct SqliteStore {
    state: Mutex<State>,
    master: Option<MasterKey>,
}

struct State {
    connection: Connection,
    /// SQLite's counter of other connections' commits, as last seen.
    data_version: i64,
}

impl SqliteStore {
    pub(crate) fn open(path: &Path, master: Option<MasterKey>) -> Result<Self, VaultError> {
        create_private_if_missing(path)?;
        refuse_unless_private(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        refuse_unless_ours(&connection, path)?;
        // WAL and shared-memory files take over the mode of the file itself. Temporary tables stay in memory, so that
        // rewriting the file puts no key on any other part of the disk.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
        )?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(SCHEMA)?;
        let newly_wrapped = settle_master(&transaction, master.as_ref())?;
        transaction.commit()?;
        if newly_wrapped {
            rewrite(&connection)?;
        }
        let data_version = data_version(&connection)?;
        Ok(Self { state: Mutex::new(State { connection, data_version }), master })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // SQLite itself rolls back what a panicking thread left open.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wrap(&self, table: &str, name: &str, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        Ok(Zeroizing::new(match &self.master {
            Some(master) => master.wrap(table, name, bytes)?,
            None => bytes.to_vec(),
        }))
    }

    fn unwrap(&self, table: &str, name: &str, stored: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        match &self.master {
            Some(master) => master.unwrap(table, name, &stored),
            None => Ok(stored),
        }
    }

    fn unwrap_key(&self, name: &str, stored: Zeroizing<Vec<u8>>) -> Result<Arc<SealingKey>, VaultError> {
        let bytes = self.unwrap("subject", name, stored)?;
        SealingKey::from_slice(&bytes).map(Arc::new).ok_or(VaultError::Damaged)
    }
}

impl KeyStore for SqliteStore {
    fn insert(&self, subjects: &[(Subject, Arc<SealingKey>)]) -> Result<(), VaultError> {
        let mut state = self.lock();
        let transaction = state.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut statement = transaction.prepare_cached("INSERT INTO subject (name, key) VALUES (?1, ?2)")?;
            for (subject, key) in subjects {
                let stored = self.wrap("subject", &subject.0, key.bytes())?;
                statement.execute(params![subject.0.as_str(), stored.as_slice()])?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn lookup(&self, subject: &Subject) -> Result<Lookup, VaultError> {
        let stored = {
            let state = self.lock();
            let mut statement = state.connection.prepare_cached("SELECT key FROM subject WHERE name = ?1")?;
            statement.query_row([subject.0.as_str()], |row| optional_blob(row, 0)).optional()?
        };
        Ok(match stored {
            Some(Some(stored)) => Lookup::Key(self.unwrap_key(&subject.0, stored)?),
            Some(None) => Lookup::Erased,
            None => Lookup::Unknown,
        })
    }

    fn some_keys(&self, limit: usize) -> Result<Vec<(Subject, Arc<SealingKey>)>, VaultError> {
        let state = self.lock();
        let mut statement = state.connection.prepare("SELECT name, key FROM subject WHERE key IS NOT NULL LIMIT ?1")?;
        let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let key = self.unwrap_key(&name, blob(row, 1)?)?;
            keys.push((Subject(name.into()), key));
        }
        Ok(keys)
    }

    fn discard(&self, subjects: &[Subject]) -> Result<(), VaultError> {
        let mut state = self.lock();
        let transaction = state.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut statement = transaction.prepare_cached("DELETE FROM subject WHERE name = ?1")?;
            for subject in subjects {
                statement.execute([subject.0.as_str()])?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn erase(&self, subject: &Subject) -> Result<bool, VaultError> {
        let mut state = self.lock();
        let transaction = state.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let name = subject.0.as_str();
        let had_key: bool = transaction
            .query_row("SELECT key IS NOT NULL FROM subject WHERE name = ?1", [name], |row| row.get(0))
            .optional()?
            .ok_or(VaultError::UnknownSubject)?;
        transaction.execute("UPDATE subject SET key = NULL WHERE name = ?1", [name])?;
        transaction.commit()?;
        rewrite(&state.connection)?;
        Ok(had_key)
    }

    fn value(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let stored = {
            let state = self.lock();
            let mut statement = state.connection.prepare_cached("SELECT bytes FROM value WHERE name = ?1")?;
            statement.query_row([name], |row| blob(row, 0)).optional()?
        };
        stored.map(|stored| self.unwrap("value", name, stored)).transpose()
    }

    fn keep_value(&self, name: &str, value: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let stored = self.wrap("value", name, value)?;
        self.lock().connection.execute(
            "INSERT INTO value (name, bytes) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING",
            params![name, stored.as_slice()],
        )?;
        self.value(name)?.ok_or(VaultError::Damaged)
    }

    fn changed_elsewhere(&self) -> Result<bool, VaultError> {
        let mut state = self.lock();
        let seen = data_version(&state.connection)?;
        let changed = seen != state.data_version;
        state.data_version = seen;
        Ok(changed)
    }

    fn backup_to(&self, path: &Path) -> Result<(), VaultError> {
        let file_error = |source| VaultError::File { path: path.to_owned(), source };
        let target = path.to_str().ok_or_else(|| file_error(ErrorKind::InvalidFilename.into()))?;
        // SQLite accepts an empty file as the target, and so the copy is private from its first byte.
        let file = create_private(path).map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => VaultError::AlreadyThere { path: path.to_owned() },
            _ => file_error(source),
        })?;
        let copied = self.lock().connection.execute("VACUUM INTO ?1", [target]);
        if let Err(error) = copied {
            // Half a backup is worse than none; where even removing it fails, the first error is the one to report.
            let _ = std::fs::remove_file(path);
            return Err(error.into());
        }
        file.sync_all().and_then(|()| sync_parent(path)).map_err(file_error)
    }
}

/// Refuses a file that anybody but its owner can read or write.
pub(crate) fn refuse_unless_private(path: &Path) -> Result<(), VaultError> {
    let metadata = std::fs::metadata(path).map_err(|source| VaultError::File { path: path.to_owned(), source })?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(VaultError::NotPrivate { path: path.to_owned(), mode }) }
}

/// The directory entry is made durable too: a key file that a power cut loses takes every sealed field with it.
fn create_private_if_missing(path: &Path) -> Result<(), VaultError> {
    match create_private(path).and_then(|file| file.sync_all()).and_then(|()| sync_parent(path)) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made.map_err(|source| VaultError::File { path: path.to_owned(), source }),
    }
}

fn create_private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

fn sync_parent(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
        Some(_) | None => File::open(".")?.sync_all(),
    }
}

/// A fresh file is empty; any other must carry our mark.
fn refuse_unless_ours(connection: &Connection, path: &Path) -> Result<(), VaultError> {
    let not_ours = |_| VaultError::NotAVault { path: path.to_owned() };
    let pragma = |name| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0));
    // In this order: another process may be making the file, tables and mark at once.
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(not_ours)?;
    let ours =
        pragma("application_id").map_err(not_ours)? == APPLICATION_ID && pragma("user_version").map_err(not_ours)? == 1;
    if ours || tables == 0 { Ok(()) } else { Err(VaultError::NotAVault { path: path.to_owned() }) }
}

/// Sees to it that master key and file belong together; wraps a file that was not wrapped. Whether it did.
fn settle_master(connection: &Connection, master: Option<&MasterKey>) -> Result<bool, VaultError> {
    let recorded: Option<Vec<u8>> =
        connection.query_row("SELECT fingerprint FROM master", [], |row| row.get(0)).optional()?;
    match (recorded, master) {
        (None, None) => Ok(false),
        (Some(_), None) => Err(VaultError::MasterKeyMissing),
        (Some(recorded), Some(master)) if recorded == master.fingerprint()? => Ok(false),
        (Some(_), Some(_)) => Err(VaultError::MasterKeyWrong),
        (None, Some(master)) => {
            wrap_column(connection, master, "subject", "key")?;
            wrap_column(connection, master, "value", "bytes")?;
            connection.execute("INSERT INTO master (fingerprint) VALUES (?1)", [master.fingerprint()?.as_slice()])?;
            Ok(true)
        }
    }
}

fn wrap_column(connection: &Connection, master: &MasterKey, table: &str, column: &str) -> Result<(), VaultError> {
    let mut names = connection.prepare(&format!("SELECT name FROM {table} WHERE {column} IS NOT NULL"))?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut read = connection.prepare(&format!("SELECT {column} FROM {table} WHERE name = ?1"))?;
    let mut write = connection.prepare(&format!("UPDATE {table} SET {column} = ?2 WHERE name = ?1"))?;
    for name in &names {
        let plain = read.query_row([name], |row| blob(row, 0))?;
        write.execute(params![name, master.wrap(table, name, &plain)?])?;
    }
    Ok(())
}

/// Writes the whole file anew and empties the WAL. `secure_delete` wipes a freed row where it lay, but a page that was
/// split earlier may hold a stale copy of it elsewhere; only rewriting every page is sure to leave nothing.
fn rewrite(connection: &Connection) -> Result<(), VaultError> {
    let unfinished = |_| VaultError::ErasureUnfinished;
    connection.execute_batch("VACUUM").map_err(unfinished)?;
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(unfinished)?;
    if busy { Err(VaultError::ErasureUnfinished) } else { Ok(()) }
}

fn data_version(connection: &Connection) -> Result<i64, VaultError> {
    Ok(connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}

fn blob(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Zeroizing<Vec<u8>>> {
    Ok(Zeroizing::new(row.get(column)?))
}

fn optional_blob(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<Zeroizing<Vec<u8>>>> {
    Ok(row.get::<_, Option<Vec<u8>>>(column)?.map(Zeroizing::new))
}
