//! The whole log read again: every entry rehashed, every stored tile compared, every kept checkpoint's signatures
//! checked and its root compared with the tree at its size. It trusts nothing but the keys.

use crate::head::Head;
use crate::proof::read_tile;
use crate::storage::EachEntry;
use crate::tree::{Edge, HASH_BYTES, Hash, TILE_WIDTH, hashes_of, leaf_hash, root_of, tile_width};
use crate::{LogError, LogPublicKeys, LogReader, TileId};
use std::sync::Arc;

/// Entries between two reports of progress.
const PROGRESS_EVERY: u64 = 8192;

/// What was checked and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    pub size: u64,
    pub root: Hash,
    pub tiles: u64,
    pub checkpoints: u64,
}

/// Verifies the log as the reader sees it now. What it cannot see is that a log was cut back to an earlier state that
/// was signed too: only who holds a later checkpoint or receipt can tell, by finding it larger than the log.
/// `progress` hears how many entries are done.
pub fn verify(
    reader: &LogReader,
    keys: &LogPublicKeys,
    progress: &mut dyn FnMut(u64),
) -> Result<VerifyReport, LogError> {
    let head = reader.head();
    let mut audit = Audit::from(reader, Arc::clone(&head), 0)?;
    let mut checkpoints = 0;
    let mut next_size = 0;
    loop {
        let (size, note) = next_checkpoint(reader, &head, next_size)?;
        let signed = keys
            .verify(&note)
            .map_err(|error| LogError::corrupt(format!("the checkpoint of {size} entries is not accepted: {error}")))?;
        reader.scan(audit.edge.size(), size, &mut |sequence, entry| {
            audit.push(entry)?;
            if (sequence + 1) % PROGRESS_EVERY == 0 {
                progress(sequence + 1);
            }
            Ok(())
        })?;
        let fits = (signed.size, signed.root) == (size, audit.edge.root());
        // Where the roots differ, the tiles tell which entry it is.
        if !fits || size == head.size {
            audit.check_partial_tiles()?;
        }
        if !fits {
            return Err(LogError::corrupt(format!("the first {size} entries are not those that were signed")));
        }
        checkpoints += 1;
        if size == head.size {
            break;
        }
        next_size = size + 1;
    }
    progress(head.size);
    Ok(VerifyReport { size: head.size, root: head.root, tiles: audit.tiles, checkpoints })
}

/// Hands over the entries from `from` to the log's end like [`LogReader::scan`], each rehashed, and compares the tree
/// they make with what is stored and signed: what is read here to be believed is what was appended. Entries before
/// `from` are `verify`'s business.
pub fn scan_verified(reader: &LogReader, from: u64, each: EachEntry<'_>) -> Result<(), LogError> {
    let head = reader.head();
    let mut audit = Audit::from(reader, Arc::clone(&head), from)?;
    reader.scan(from, head.size, &mut |sequence, entry| {
        audit.push(entry)?;
        each(sequence, entry)
    })?;
    audit.check_partial_tiles()?;
    if audit.edge.root() == head.root {
        return Ok(());
    }
    Err(LogError::corrupt(format!("the {} entries are not those that were signed", head.size)))
}

/// The next kept checkpoint, or the head's own, which the writer may meanwhile have replaced in the store.
fn next_checkpoint(reader: &LogReader, head: &Head, size: u64) -> Result<(u64, Arc<str>), LogError> {
    let kept = reader.with_source(|source| source.checkpoint_from(size))?;
    Ok(match kept {
        Some((kept, note)) if kept < head.size => (kept, note.into()),
        Some(_) | None => (head.size, Arc::clone(&head.checkpoint)),
    })
}

struct Audit<'a> {
    reader: &'a LogReader,
    head: Arc<Head>,
    /// The tree as the entries make it.
    edge: Edge,
    full: Vec<(TileId, Vec<u8>)>,
    tiles: u64,
}

impl<'a> Audit<'a> {
    /// With the tree of the first `size` entries as the tiles keep it.
    fn from(reader: &'a LogReader, head: Arc<Head>, size: u64) -> Result<Self, LogError> {
        let edge = reader.with_source(|source| Edge::restore(size, |id, width| read_tile(source, id, width)))?;
        Ok(Audit { reader, head, edge, full: Vec::new(), tiles: 0 })
    }

    fn push(&mut self, entry: &[u8]) -> Result<(), LogError> {
        self.edge.push(leaf_hash(entry), &mut self.full);
        for (id, made) in std::mem::take(&mut self.full) {
            self.compare(id, &made)?;
        }
        Ok(())
    }

    fn check_partial_tiles(&mut self) -> Result<(), LogError> {
        let partial: Vec<_> = self.edge.partial_tiles().map(|(id, made)| (id, made.to_vec())).collect();
        partial.iter().try_for_each(|(id, made)| self.compare(*id, made))
    }

    /// Compares a tile made from the entries with the stored one, and finds out which of the two is wrong.
    fn compare(&mut self, id: TileId, made: &[u8]) -> Result<(), LogError> {
        self.tiles += 1;
        let stored = self.stored(id)?;
        let slots = || hashes_of(made).zip(hashes_of(&stored));
        let Some((slot, _)) = (0_u64..).zip(slots()).find(|(_, (made, stored))| made != stored) else {
            return Ok(());
        };
        if id.level == 0 && self.is_vouched_for(id, &stored)? {
            let sequence = id.index * TILE_WIDTH + slot;
            return Err(LogError::corrupt_at(sequence, "its bytes are not those that were signed"));
        }
        Err(LogError::corrupt(format!("{id} is not what the entries beneath it make")))
    }

    fn stored(&self, id: TileId) -> Result<Vec<u8>, LogError> {
        self.reader.with_source(|source| read_tile(source, id, tile_width(id, self.head.size)))
    }

    /// Whether the stored tiles lead from this one to the signed root. If so, an entry that does not fit it is at
    /// fault; if not, the tile may be.
    fn is_vouched_for(&self, id: TileId, tile: &[u8]) -> Result<bool, LogError> {
        let (mut id, mut tile) = (id, tile.to_vec());
        while tile.len() as u64 == TILE_WIDTH * HASH_BYTES as u64 {
            let parent = TileId { level: id.level + 1, index: id.index / TILE_WIDTH };
            let above = self.stored(parent)?;
            let slot = (id.index % TILE_WIDTH) as usize;
            if hashes_of(&above).nth(slot) != Some(&root_of(&tile)) {
                return Ok(false);
            }
            (id, tile) = (parent, above);
        }
        let edge = Edge::restore(self.head.size, |id, _| self.stored(id))?;
        Ok(edge.root() == self.head.root)
    }
}
