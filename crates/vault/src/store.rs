//! What the vault asks of the place that keeps the keys, and the place that is only memory.

use crate::VaultError;
use crate::sealing::SealingKey;
use base::Subject;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

pub(crate) enum Lookup {
    Key(Arc<SealingKey>),
    Erased,
    Unknown,
}

pub(crate) trait KeyStore: Send + Sync {
    /// All of them or none, durable on return.
    fn insert(&self, subjects: &[(Subject, Arc<SealingKey>)]) -> Result<(), VaultError>;
    fn lookup(&self, subject: &Subject) -> Result<Lookup, VaultError>;
    /// Some of the keys, at most `limit`, to fill the cache with.
    fn some_keys(&self, limit: usize) -> Result<Vec<(Subject, Arc<SealingKey>)>, VaultError>;
    /// Removes rows, in one durable commit.
    fn discard(&self, subjects: &[Subject]) -> Result<(), VaultError>;
    /// Whether there was a key.
    fn erase(&self, subject: &Subject) -> Result<bool, VaultError>;
    fn value(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;
    /// Keeps `value` unless there is one by that name already; gives what is kept.
    fn keep_value(&self, name: &str, value: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError>;
    /// Whether another process or connection wrote since this was last asked.
    fn changed_elsewhere(&self) -> Result<bool, VaultError>;
    fn backup_to(&self, path: &Path) -> Result<(), VaultError>;
}

#[derive(Default)]
struct Contents {
    /// `None` is a tombstone.
    subjects: HashMap<Subject, Option<Arc<SealingKey>>>,
    values: HashMap<String, Zeroizing<Vec<u8>>>,
}

#[derive(Default)]
pub(crate) struct MemoryStore(Mutex<Contents>);

impl MemoryStore {
    fn lock(&self) -> MutexGuard<'_, Contents> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyStore for MemoryStore {
    fn insert(&self, subjects: &[(Subject, Arc<SealingKey>)]) -> Result<(), VaultError> {
        let added = subjects.iter().map(|(subject, key)| (subject.clone(), Some(Arc::clone(key))));
        self.lock().subjects.extend(added);
        Ok(())
    }

    fn lookup(&self, subject: &Subject) -> Result<Lookup, VaultError> {
        Ok(match self.lock().subjects.get(subject) {
            Some(Some(key)) => Lookup::Key(Arc::clone(key)),
            Some(None) => Lookup::Erased,
            None => Lookup::Unknown,
        })
    }

    fn some_keys(&self, _limit: usize) -> Result<Vec<(Subject, Arc<SealingKey>)>, VaultError> {
        Ok(Vec::new())
    }

    fn discard(&self, subjects: &[Subject]) -> Result<(), VaultError> {
        let mut contents = self.lock();
        for subject in subjects {
            contents.subjects.remove(subject);
        }
        Ok(())
    }

    fn erase(&self, subject: &Subject) -> Result<bool, VaultError> {
        match self.lock().subjects.get_mut(subject) {
            Some(key) => Ok(key.take().is_some()),
            None => Err(VaultError::UnknownSubject),
        }
    }

    fn value(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        Ok(self.lock().values.get(name).cloned())
    }

    fn keep_value(&self, name: &str, value: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut contents = self.lock();
        Ok(contents.values.entry(name.to_owned()).or_insert_with(|| Zeroizing::new(value.to_vec())).clone())
    }

    fn changed_elsewhere(&self) -> Result<bool, VaultError> {
        Ok(false)
    }

    fn backup_to(&self, _path: &Path) -> Result<(), VaultError> {
        Err(VaultError::InMemory)
    }
}
