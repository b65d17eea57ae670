//! Files that people hand in: sealed, content-addressed, in the object store before any command names them.

use crate::error::WorkError;
use base::Sealed;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;
use std::sync::Arc;

pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    pub(crate) fn open(data: Option<&Path>) -> io::Result<Self> {
        Ok(Self(match data {
            None => Arc::new(InMemory::new()),
            Some(data) => {
                let folder = data.join("objects");
                std::fs::create_dir_all(&folder)?;
                Arc::new(LocalFileSystem::new_with_prefix(&folder).map_err(io::Error::other)?.with_fsync(true))
            }
        }))
    }

    /// Stores a sealed file; its address is the hex SHA-256 of what is stored.
    pub async fn put(&self, sealed: &Sealed) -> Result<String, WorkError> {
        let bytes = serde_json::to_vec(sealed).map_err(|error| WorkError::Store(error.to_string()))?;
        let address: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.0
            .put(&ObjectPath::from(address.as_str()), PutPayload::from(bytes))
            .await
            .map_err(|error| WorkError::Store(error.to_string()))?;
        Ok(address)
    }

    pub async fn get(&self, address: &str) -> Result<Sealed, WorkError> {
        let found = self.0.get(&ObjectPath::from(address)).await.map_err(|_| WorkError::NotFound)?;
        let bytes = found.bytes().await.map_err(|error| WorkError::Store(error.to_string()))?;
        serde_json::from_slice(&bytes).map_err(|error| WorkError::Store(error.to_string()))
    }
}
