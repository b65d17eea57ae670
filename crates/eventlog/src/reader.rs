//! The reading end, for any number of threads. It shows what the latest published checkpoint covers and nothing
//! beyond it. It never writes.

use crate::head::Head;
use crate::proof::{Nodes, read_tile};
use crate::storage::{EachEntry, StorageReader, StorageReaders};
use crate::tree::{Hash, TILE_WIDTH, tile_width};
use crate::{ENTRY_BYTES_MAX, LogError, LogPublicKeys, TileId, receipt};
use arc_swap::ArcSwap;
use std::sync::{Arc, Mutex, PoisonError};

/// Connections that are kept open when nobody uses them.
const IDLE_MAX: usize = 8;
/// Entries read in one statement: a longer one would keep the store from reusing its write-ahead log.
const SCAN_CHUNK: u64 = 8192;

/// What the writer and all readers share.
pub(crate) struct Shared {
    head: ArcSwap<Head>,
    readers: Arc<dyn StorageReaders>,
    idle: Mutex<Vec<Box<dyn StorageReader>>>,
}

impl Shared {
    pub fn new(readers: Arc<dyn StorageReaders>, head: Head) -> Arc<Self> {
        Arc::new(Shared { head: ArcSwap::from_pointee(head), readers, idle: Mutex::default() })
    }

    pub fn head(&self) -> Arc<Head> {
        self.head.load_full()
    }

    /// Makes a head visible. Only ever called with one that is durable.
    pub fn publish(&self, head: Head) {
        self.head.store(Arc::new(head));
    }

    /// Lends a connection. One that failed is not lent again.
    pub fn with_source<T>(
        &self,
        read: impl FnOnce(&mut dyn StorageReader) -> Result<T, LogError>,
    ) -> Result<T, LogError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut source = match taken {
            Some(source) => source,
            None => self.readers.open()?,
        };
        let value = read(source.as_mut())?;
        let mut idle = idle();
        if idle.len() < IDLE_MAX {
            idle.push(source);
        }
        Ok(value)
    }
}

/// Reads a log. Cheap to clone; all clones see the same head.
#[derive(Clone)]
pub struct LogReader {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for LogReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogReader").field("size", &self.size()).finish_non_exhaustive()
    }
}

impl LogReader {
    pub(crate) fn from_shared(shared: Arc<Shared>) -> Self {
        LogReader { shared }
    }

    /// Reads a log without writing to it, as `verify` and backups do, even while another process writes: shows the
    /// log as its last checkpoint was at this moment.
    pub fn open(readers: Arc<dyn StorageReaders>, keys: &LogPublicKeys) -> Result<LogReader, LogError> {
        let mut source = readers.open()?;
        // Asked before the head is read: the writer may append in between, but never signs less than is stored.
        let end = source.end()?;
        let head = Head::load(source.as_mut(), keys)?;
        let head = head.ok_or_else(|| LogError::Storage { what: "nothing was ever written here".to_owned() })?;
        if end > head.size {
            return Err(LogError::corrupt(format!("{end} entries are stored, {} are signed", head.size)));
        }
        Ok(LogReader { shared: Shared::new(readers, head) })
    }

    pub(crate) fn head(&self) -> Arc<Head> {
        self.shared.head()
    }

    pub(crate) fn with_source<T>(
        &self,
        read: impl FnOnce(&mut dyn StorageReader) -> Result<T, LogError>,
    ) -> Result<T, LogError> {
        self.shared.with_source(read)
    }

    pub fn size(&self) -> u64 {
        self.head().size
    }

    pub fn root(&self) -> Hash {
        self.head().root
    }

    /// The latest signed note.
    pub fn checkpoint(&self) -> Arc<str> {
        Arc::clone(&self.head().checkpoint)
    }

    /// The entry, or `None` where the log is not that long.
    pub fn entry(&self, sequence: u64) -> Result<Option<Vec<u8>>, LogError> {
        if sequence >= self.size() {
            return Ok(None);
        }
        let entry = self.with_source(|source| source.entry(sequence))?;
        entry.map(Some).ok_or_else(|| LogError::corrupt_at(sequence, "it is missing"))
    }

    /// Hands over the entries with `from <= sequence < to`, in order and without gaps, up to the log's end.
    pub fn scan(&self, from: u64, to: u64, each: EachEntry<'_>) -> Result<(), LogError> {
        let to = to.min(self.size());
        self.with_source(|source| scan(source, from, to, each))
    }

    /// RFC 6962's audit path from the entry to the root of the tree of `size` entries.
    pub fn inclusion(&self, sequence: u64, size: u64) -> Result<Vec<Hash>, LogError> {
        let head = self.head();
        if sequence >= size || size > head.size {
            let what = format!("entry {sequence} in a tree of {size} entries; the log has {}", head.size);
            return Err(LogError::OutOfRange { what });
        }
        self.with_source(|source| Nodes::new(source, head.size).inclusion(sequence, size))
    }

    /// RFC 6962's proof that the tree of `old` entries is the beginning of the tree of `new`.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, LogError> {
        let head = self.head();
        if old > new || new > head.size {
            let what = format!("consistency from {old} to {new} entries; the log has {}", head.size);
            return Err(LogError::OutOfRange { what });
        }
        self.with_source(|source| Nodes::new(source, head.size).consistency(old, new))
    }

    /// The root that the log had at an earlier size.
    pub fn root_at(&self, size: u64) -> Result<Hash, LogError> {
        let head = self.head();
        if size > head.size {
            let what = format!("the root of {size} entries; the log has {}", head.size);
            return Err(LogError::OutOfRange { what });
        }
        self.with_source(|source| Nodes::new(source, head.size).root(0, size))
    }

    /// A C2SP hash tile: full where `width` is 256, else its first `width` hashes. `None` where the tree has it not.
    pub fn tile(&self, level: u8, index: u64, width: u16) -> Result<Option<Vec<u8>>, LogError> {
        let id = TileId { level, index };
        if width == 0 || u64::from(width) > tile_width(id, self.size()) {
            return Ok(None);
        }
        self.with_source(|source| read_tile(source, id, u64::from(width))).map(Some)
    }

    /// A C2SP entry bundle: up to 256 entries, each after its length as two big-endian bytes.
    pub fn entry_bundle(&self, index: u64, width: u16) -> Result<Option<Vec<u8>>, LogError> {
        if width == 0 || u64::from(width) > tile_width(TileId { level: 0, index }, self.size()) {
            return Ok(None);
        }
        let first = index * TILE_WIDTH;
        let mut bundle = Vec::new();
        self.scan(first, first + u64::from(width), &mut |sequence, entry| {
            let length = u16::try_from(entry.len()).map_err(|_| oversized(sequence))?;
            bundle.extend_from_slice(&length.to_be_bytes());
            bundle.extend_from_slice(entry);
            Ok(())
        })?;
        Ok(Some(bundle))
    }

    /// A C2SP tlog-proof for the entry under the latest checkpoint: what anybody can check off line.
    pub fn receipt(&self, sequence: u64) -> Result<Option<String>, LogError> {
        let head = self.head();
        if sequence >= head.size {
            return Ok(None);
        }
        let proof = self.with_source(|source| Nodes::new(source, head.size).inclusion(sequence, head.size))?;
        Ok(Some(receipt::text(sequence, &proof, &head.checkpoint)))
    }
}

/// Reads a range in chunks and insists that every entry is there and of a size that was accepted.
fn scan(source: &mut dyn StorageReader, from: u64, to: u64, each: EachEntry<'_>) -> Result<(), LogError> {
    let mut next = from;
    while next < to {
        let end = to.min(next + SCAN_CHUNK);
        source.entries(next, end, &mut |sequence, entry| {
            if sequence != next {
                return Err(LogError::corrupt_at(next, "it is missing"));
            }
            if entry.len() > ENTRY_BYTES_MAX {
                return Err(oversized(sequence));
            }
            next += 1;
            each(sequence, entry)
        })?;
        if next != end {
            return Err(LogError::corrupt_at(next, "it is missing"));
        }
    }
    Ok(())
}

fn oversized(sequence: u64) -> LogError {
    LogError::corrupt_at(sequence, "it is larger than any entry that was ever accepted")
}
