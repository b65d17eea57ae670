//! Exactly what the log needs of a database, so that PostgreSQL can stand where SQLite stands. An implementation
//! stores bytes and keeps transactions; it knows nothing of hashing, signing or proofs.

use crate::LogError;
use std::sync::Arc;

/// Names one hash tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 holds leaf hashes; each hash of a higher level is the root of a full tile one level below.
    pub level: u8,
    pub index: u64,
}

/// What one commit writes: all of it or nothing.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// Sequence number of the first entry, and therefore how many entries there must be already.
    pub first: u64,
    pub entries: &'a [Vec<u8>],
    /// Full tiles, and the partial ones of the right edge, which replace what is stored under the same id.
    pub tiles: &'a [(TileId, Vec<u8>)],
    /// The tree's size after this batch.
    pub size: u64,
    /// The signed note for that size.
    pub checkpoint: &'a str,
    /// Size of an earlier checkpoint that need not be kept any longer.
    pub superseded: Option<u64>,
}

/// The writing side. There is at most one for a log at any time: opening a second one is [`LogError::Locked`].
pub trait Storage: Send {
    /// Writes the batch in one durable transaction, having read the entries back before it commits. When this returns
    /// an error nobody knows whether the batch is stored; it is stored either whole or not at all.
    fn commit(&mut self, batch: &Batch<'_>) -> Result<(), LogError>;

    /// Opens readers for as long as anybody holds it, also after the writer is gone.
    fn readers(&self) -> Arc<dyn StorageReaders>;
}

/// Opens connections for reading.
pub trait StorageReaders: Send + Sync {
    fn open(&self) -> Result<Box<dyn StorageReader>, LogError>;
}

/// What is done with each entry of a range: its sequence number and its bytes.
pub type EachEntry<'a> = &'a mut dyn FnMut(u64, &[u8]) -> Result<(), LogError>;

/// One connection for reading. It sees committed, durable batches only.
pub trait StorageReader: Send {
    fn entry(&mut self, sequence: u64) -> Result<Option<Vec<u8>>, LogError>;

    /// The stored entries with `from <= sequence < to` in ascending order. Gaps are the caller's to notice.
    fn entries(&mut self, from: u64, to: u64, each: EachEntry<'_>) -> Result<(), LogError>;

    /// One more than the highest stored sequence number; 0 for none.
    fn end(&mut self) -> Result<u64, LogError>;

    fn tile(&mut self, id: TileId) -> Result<Option<Vec<u8>>, LogError>;

    /// The stored checkpoint with the smallest size that is at least `size`.
    fn checkpoint_from(&mut self, size: u64) -> Result<Option<(u64, String)>, LogError>;

    /// The stored checkpoint with the largest size.
    fn last_checkpoint(&mut self) -> Result<Option<(u64, String)>, LogError>;
}
