//! The one writer. Entries in, one durable commit, a signed checkpoint out. It takes the time as an argument and
//! knows nothing of what the entries mean.

use crate::head::Head;
use crate::reader::{LogReader, Shared};
use crate::storage::{Batch, Storage, TileId};
use crate::tree::{Edge, SIZE_MAX, empty_root, leaf_hash};
use crate::{ENTRY_BYTES_MAX, LogError, LogKeys};
use std::sync::Arc;

/// One checkpoint in so many entries is kept for ever; the others go when the next is signed. Proofs never need an
/// old checkpoint, since the tiles prove any size consistent with any other, and whoever holds a receipt holds its
/// checkpoint too. The kept ones let `verify` show that what was signed along the way is the beginning of what is
/// signed today, and narrow down where a forged log departs from it, for less than a thousandth of the log's size.
pub(crate) const CHECKPOINT_KEPT_EVERY: u64 = 4096;

/// What an append came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Sequence number of the first appended entry.
    pub first: u64,
    /// The tree's size after the append.
    pub size: u64,
    /// The signed note for that size.
    pub checkpoint: Arc<str>,
}

/// The writing end of a log.
pub struct Log {
    storage: Box<dyn Storage>,
    keys: LogKeys,
    edge: Edge,
    shared: Arc<Shared>,
    /// Whether the latest checkpoint is one to keep.
    milestone: bool,
    stopped: bool,
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log").field("size", &self.size()).field("stopped", &self.stopped).finish_non_exhaustive()
    }
}

impl Log {
    /// Opens the log, or begins one where the storage is empty. Checks the keys, the last checkpoint, the tree's
    /// right edge and the newest entries.
    pub fn open(mut storage: Box<dyn Storage>, keys: LogKeys) -> Result<(Log, LogReader), LogError> {
        let readers = storage.readers();
        let mut source = readers.open()?;
        let head = match Head::load(source.as_mut(), keys.public())? {
            Some(head) => head,
            None => begin(storage.as_mut(), &keys)?,
        };
        let edge = head.edge(source.as_mut())?;
        let block = head.size - head.size % CHECKPOINT_KEPT_EVERY;
        let milestone = source.checkpoint_from(block)?.is_some_and(|(size, _)| size == head.size);
        drop(source);
        let shared = Shared::new(readers, head);
        let reader = LogReader::from_shared(Arc::clone(&shared));
        Ok((Log { storage, keys, edge, shared, milestone, stopped: false }, reader))
    }

    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Appends the entries in one durable commit. When this returns an error of the storage, the log is stopped: what
    /// was stored is only known after it is opened again. No entries, no commit.
    pub fn append(&mut self, entries: &[Vec<u8>], now_ms: i64) -> Result<Commit, LogError> {
        if self.stopped {
            return Err(LogError::Stopped);
        }
        self.check(entries)?;
        let before = self.shared.head();
        if entries.is_empty() {
            return Ok(Commit { first: before.size, size: before.size, checkpoint: Arc::clone(&before.checkpoint) });
        }
        // From here on the edge is ahead of the store; only a successful commit makes them equal again.
        self.stopped = true;
        let tiles = self.grow(entries);
        let head = self.sign(&before, now_ms)?;
        self.storage.commit(&Batch {
            first: before.size,
            entries,
            tiles: &tiles,
            size: head.size,
            checkpoint: &head.checkpoint,
            superseded: (!self.milestone).then_some(before.size),
        })?;
        self.milestone = before.size / CHECKPOINT_KEPT_EVERY != head.size / CHECKPOINT_KEPT_EVERY;
        self.stopped = false;
        let commit = Commit { first: before.size, size: head.size, checkpoint: Arc::clone(&head.checkpoint) };
        self.shared.publish(head);
        Ok(commit)
    }

    fn check(&self, entries: &[Vec<u8>]) -> Result<(), LogError> {
        if let Some((index, entry)) = entries.iter().enumerate().find(|(_, entry)| entry.len() > ENTRY_BYTES_MAX) {
            return Err(LogError::TooLarge { index, length: entry.len() });
        }
        if entries.len() as u64 > SIZE_MAX - self.size() {
            return Err(LogError::OutOfRange { what: "the log holds as many entries as it can".to_owned() });
        }
        Ok(())
    }

    /// Hashes the entries into the tree; gives the tiles to write.
    fn grow(&mut self, entries: &[Vec<u8>]) -> Vec<(TileId, Vec<u8>)> {
        let mut tiles = Vec::new();
        for entry in entries {
            self.edge.push(leaf_hash(entry), &mut tiles);
        }
        tiles.extend(self.edge.take_changed());
        tiles
    }

    fn sign(&self, before: &Head, now_ms: i64) -> Result<Head, LogError> {
        // A clock that goes back must not make a later checkpoint look older than the one before it.
        let seconds = u64::try_from(now_ms.div_euclid(1000)).unwrap_or(0).max(before.signed_at);
        sign(&self.keys, self.edge.size(), self.edge.root(), seconds)
    }
}

fn sign(keys: &LogKeys, size: u64, root: crate::Hash, seconds: u64) -> Result<Head, LogError> {
    let checkpoint = keys.sign(size, &root, seconds)?.into();
    Ok(Head { size, root, checkpoint, signed_at: seconds })
}

/// Signs the empty tree, without a time: that says nothing of the day, and opening a log knows no clock.
fn begin(storage: &mut dyn Storage, keys: &LogKeys) -> Result<Head, LogError> {
    let head = sign(keys, 0, empty_root(), 0)?;
    let batch = Batch { first: 0, entries: &[], tiles: &[], size: 0, checkpoint: &head.checkpoint, superseded: None };
    storage.commit(&batch)?;
    Ok(head)
}
