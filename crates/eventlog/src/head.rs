//! The latest checkpoint as everybody sees it, and how it is found again when a log is opened. It does no writing.

use crate::proof::read_tile;
use crate::tree::{Edge, Hash, TILE_WIDTH, hashes_of, leaf_hash};
use crate::{LogError, LogPublicKeys, StorageReader, TileId};
use std::sync::Arc;

/// A tree head that is durable and signed.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub size: u64,
    pub root: Hash,
    pub checkpoint: Arc<str>,
    /// Seconds since 1970, as signed.
    pub signed_at: u64,
}

impl Head {
    /// The last stored checkpoint, its signatures checked; `None` in a store where nothing was ever written.
    pub fn load(source: &mut dyn StorageReader, keys: &LogPublicKeys) -> Result<Option<Head>, LogError> {
        let Some((size, note)) = source.last_checkpoint()? else { return Ok(None) };
        let checkpoint = keys.verify(&note).map_err(|error| LogError::Keys {
            what: format!("the checkpoint of {size} entries was not signed by these keys, or is damaged: {error}"),
        })?;
        if checkpoint.size != size {
            return Err(LogError::corrupt(format!("the checkpoint of {size} entries speaks of {}", checkpoint.size)));
        }
        let signed_at = checkpoint.signed_at.unwrap_or(0);
        Ok(Some(Head { size, root: checkpoint.root, checkpoint: note.into(), signed_at }))
    }

    /// Rebuilds the tree's right edge from the stored tiles, and checks it and the newest entries against what was
    /// signed. The rest of the log is `verify`'s business.
    pub fn edge(&self, source: &mut dyn StorageReader) -> Result<Edge, LogError> {
        let edge = Edge::restore(self.size, |id, width| read_tile(source, id, width))?;
        if edge.root() != self.root {
            return Err(LogError::corrupt(format!(
                "the stored tiles at the end of the tree are not those of the checkpoint of {} entries",
                self.size
            )));
        }
        check_tail(source, self.size)?;
        Ok(edge)
    }
}

/// Rehashes the entries of the last level-0 tile: the ones that a fault while writing could have touched.
fn check_tail(source: &mut dyn StorageReader, size: u64) -> Result<(), LogError> {
    let end = source.end()?;
    if end != size {
        return Err(LogError::corrupt(format!("{end} entries are stored, {size} are signed")));
    }
    let Some(last) = size.checked_sub(1) else { return Ok(()) };
    let index = last / TILE_WIDTH;
    let first = index * TILE_WIDTH;
    let tile = read_tile(source, TileId { level: 0, index }, size - first)?;
    let mut expected = (first..size).zip(hashes_of(&tile));
    source.entries(first, size, &mut |sequence, entry| match expected.next() {
        Some((wanted, _)) if wanted != sequence => Err(LogError::corrupt_at(wanted, "it is missing")),
        Some((_, hash)) if leaf_hash(entry) == *hash => Ok(()),
        Some(_) | None => Err(LogError::corrupt_at(sequence, "its bytes are not those that were signed")),
    })?;
    match expected.next() {
        Some((sequence, _)) => Err(LogError::corrupt_at(sequence, "it is missing")),
        None => Ok(()),
    }
}
