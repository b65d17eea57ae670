//! Files that people hand in: sealed, content-addressed, in the object store before any command names them.

use crate::error::WorkError;
use base::Sealed;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Where the store is a folder.
    folder: Option<PathBuf>,
}

impl Blobs {
    pub(crate) fn open(data: Option<&Path>) -> io::Result<Self> {
        let Some(data) = data else { return Ok(Self { store: Arc::new(InMemory::new()), folder: None }) };
        let folder = data.join("objects");
        std::fs::create_dir_all(&folder)?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(io::Error::other)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Some(folder) })
    }

    /// Stores a sealed file; its address is the hex SHA-256 of what is stored.
    pub async fn put(&self, sealed: &Sealed) -> Result<Box<str>, WorkError> {
        let bytes = serde_json::to_vec(sealed).map_err(|error| WorkError::Store(error.to_string()))?;
        let address: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.store
            .put(&ObjectPath::from(address.as_str()), PutPayload::from(bytes))
            .await
            .map_err(|error| WorkError::Store(error.to_string()))?;
        Ok(address.into())
    }

    pub async fn get(&self, address: &str) -> Result<Sealed, WorkError> {
        let found = self.store.get(&ObjectPath::from(address)).await.map_err(|_| WorkError::NotFound)?;
        let bytes = found.bytes().await.map_err(|error| WorkError::Store(error.to_string()))?;
        serde_json::from_slice(&bytes).map_err(|error| WorkError::Store(error.to_string()))
    }

    /// Removes what no event names, or names any more. What cannot be removed now is at the next start.
    pub(crate) async fn delete(&self, address: Option<&str>) {
        let Some(address) = address else { return };
        if let Err(error) = self.store.delete(&ObjectPath::from(address)).await {
            tracing::warn!(%error, "a file that nothing names could not be removed");
        }
    }

    /// Removes every file that is not named, and gives what was sealed in them. Only while nobody puts anything.
    pub(crate) fn sweep(&self, named: &BTreeSet<&str>) -> io::Result<Vec<Sealed>> {
        let mut removed = Vec::new();
        let Some(folder) = &self.folder else { return Ok(removed) };
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|name| named.contains(name)) {
                continue;
            }
            // What was cut short while it was being written does not read, and is removed like the others.
            removed.extend(serde_json::from_slice(&std::fs::read(entry.path())?).ok());
            std::fs::remove_file(entry.path())?;
        }
        Ok(removed)
    }
}
