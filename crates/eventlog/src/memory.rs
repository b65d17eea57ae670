//! A store in memory, for tests and the simulation. It can be told to fail, and what it holds outlives the writer, so
//! that a restart can be played.

use crate::LogError;
use crate::storage::{Batch, EachEntry, Storage, StorageReader, StorageReaders, TileId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

/// The moments of a commit at which a store can fail, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Begin,
    Entries,
    Tiles,
    Checkpoint,
    ReadBack,
    Commit,
}

impl Step {
    pub const ALL: [Step; 6] =
        [Step::Begin, Step::Entries, Step::Tiles, Step::Checkpoint, Step::ReadBack, Step::Commit];
}

/// What is in the store after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leaves {
    /// The transaction was rolled back.
    Nothing,
    /// The transaction was committed, but the answer was lost.
    Everything,
    /// What no store should ever do: only the steps before the failing one took effect.
    Torn,
}

/// One failure to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fault {
    pub step: Step,
    pub leaves: Leaves,
}

/// What is stored.
#[derive(Default)]
struct Content {
    entries: Vec<Arc<[u8]>>,
    tiles: BTreeMap<TileId, Vec<u8>>,
    checkpoints: BTreeMap<u64, String>,
}

#[derive(Default)]
struct Shelf {
    content: RwLock<Content>,
    fault: Mutex<Option<Fault>>,
}

impl Shelf {
    fn content(&self) -> RwLockReadGuard<'_, Content> {
        self.content.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The store. Clones share what is stored: keep one to open the log again after its writer is gone.
#[derive(Clone, Default)]
pub struct Memory {
    shelf: Arc<Shelf>,
}

impl Memory {
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets the next commit fail.
    pub fn fail_next(&self, fault: Fault) {
        *self.shelf.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }

    /// Flips bits of a stored entry, as a failing disk would. `false` where there is no such byte.
    pub fn damage_entry(&self, sequence: u64, byte: usize, mask: u8) -> bool {
        let mut content = self.shelf.content.write().unwrap_or_else(PoisonError::into_inner);
        let Some(entry) = usize::try_from(sequence).ok().and_then(|index| content.entries.get_mut(index)) else {
            return false;
        };
        let mut bytes = entry.to_vec();
        let found = bytes.get_mut(byte).map(|byte| *byte ^= mask).is_some();
        *entry = bytes.into();
        found
    }

    /// Flips bits of a stored tile.
    pub fn damage_tile(&self, id: TileId, byte: usize, mask: u8) -> bool {
        let mut content = self.shelf.content.write().unwrap_or_else(PoisonError::into_inner);
        let byte = content.tiles.get_mut(&id).and_then(|tile| tile.get_mut(byte));
        byte.map(|byte| *byte ^= mask).is_some()
    }

    /// Replaces a stored checkpoint.
    pub fn damage_checkpoint(&self, size: u64, note: &str) {
        let mut content = self.shelf.content.write().unwrap_or_else(PoisonError::into_inner);
        content.checkpoints.insert(size, note.to_owned());
    }
}

impl Storage for Memory {
    fn commit(&mut self, batch: &Batch<'_>) -> Result<(), LogError> {
        let fault = self.shelf.fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut content = self.shelf.content.write().unwrap_or_else(PoisonError::into_inner);
        if content.entries.len() as u64 != batch.first {
            return Err(LogError::Locked { what: "it has appended to the same memory".to_owned() });
        }
        for step in Step::ALL {
            if fault.is_none_or(|fault| fault.applies(step)) {
                content.apply(step, batch);
            }
        }
        match fault {
            Some(fault) => Err(LogError::Storage { what: format!("told to fail at {:?}", fault.step) }),
            None => Ok(()),
        }
    }

    fn readers(&self) -> Arc<dyn StorageReaders> {
        Arc::new(self.clone())
    }
}

impl Fault {
    fn applies(&self, step: Step) -> bool {
        match self.leaves {
            Leaves::Nothing => false,
            Leaves::Everything => true,
            Leaves::Torn => step < self.step,
        }
    }
}

impl Content {
    fn apply(&mut self, step: Step, batch: &Batch<'_>) {
        match step {
            Step::Entries => self.entries.extend(batch.entries.iter().map(|entry| Arc::from(entry.as_slice()))),
            Step::Tiles => self.tiles.extend(batch.tiles.iter().cloned()),
            Step::Checkpoint => {
                self.checkpoints.insert(batch.size, batch.checkpoint.to_owned());
                if let Some(size) = batch.superseded {
                    self.checkpoints.remove(&size);
                }
            }
            Step::Begin | Step::ReadBack | Step::Commit => {}
        }
    }
}

impl StorageReaders for Memory {
    fn open(&self) -> Result<Box<dyn StorageReader>, LogError> {
        Ok(Box::new(MemoryReader { shelf: Arc::clone(&self.shelf) }))
    }
}

struct MemoryReader {
    shelf: Arc<Shelf>,
}

impl StorageReader for MemoryReader {
    fn entry(&mut self, sequence: u64) -> Result<Option<Vec<u8>>, LogError> {
        let index = usize::try_from(sequence).unwrap_or(usize::MAX);
        Ok(self.shelf.content().entries.get(index).map(|entry| entry.to_vec()))
    }

    fn entries(&mut self, from: u64, to: u64, each: EachEntry<'_>) -> Result<(), LogError> {
        // The entries are shared, not copied, and the lock is let go before anybody is called.
        let range = usize::try_from(from).unwrap_or(usize::MAX)..usize::try_from(to).unwrap_or(usize::MAX);
        let found: Vec<_> = self.shelf.content().entries.iter().skip(range.start).take(range.len()).cloned().collect();
        (from..).zip(&found).try_for_each(|(sequence, entry)| each(sequence, entry))
    }

    fn end(&mut self) -> Result<u64, LogError> {
        Ok(self.shelf.content().entries.len() as u64)
    }

    fn tile(&mut self, id: TileId) -> Result<Option<Vec<u8>>, LogError> {
        Ok(self.shelf.content().tiles.get(&id).cloned())
    }

    fn checkpoint_from(&mut self, size: u64) -> Result<Option<(u64, String)>, LogError> {
        Ok(self.shelf.content().checkpoints.range(size..).next().map(|(size, note)| (*size, note.clone())))
    }

    fn last_checkpoint(&mut self) -> Result<Option<(u64, String)>, LogError> {
        Ok(self.shelf.content().checkpoints.last_key_value().map(|(size, note)| (*size, note.clone())))
    }
}
