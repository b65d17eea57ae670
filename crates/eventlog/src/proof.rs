//! Makes proofs from stored tiles. Each proof reads a handful of tiles and hashes at most 255 nodes in each: no entry
//! is read and nothing is rehashed that a tile already holds.

use crate::tree::{HASH_BYTES, Hash, node_hash, root_of, tile_width};
use crate::{LogError, StorageReader, TileId};
use std::collections::BTreeMap;

/// The nodes of a tree of `size` entries, read through its tiles.
pub(crate) struct Nodes<'a> {
    source: &'a mut dyn StorageReader,
    size: u64,
    tiles: BTreeMap<TileId, Vec<u8>>,
}

impl<'a> Nodes<'a> {
    /// `size` must be the size of a stored tree, or smaller.
    pub fn new(source: &'a mut dyn StorageReader, size: u64) -> Self {
        Nodes { source, size, tiles: BTreeMap::new() }
    }

    /// RFC 6962 section 2.1.1: from the leaf's sibling to the root's child. The caller has checked the range.
    pub fn inclusion(&mut self, sequence: u64, size: u64) -> Result<Vec<Hash>, LogError> {
        let (mut low, mut high) = (0, size);
        let mut proof = Vec::new();
        while high - low > 1 {
            let middle = low + split(high - low);
            if sequence < middle {
                proof.push(self.root(middle, high)?);
                high = middle;
            } else {
                proof.push(self.root(low, middle)?);
                low = middle;
            }
        }
        proof.reverse();
        Ok(proof)
    }

    /// RFC 6962 section 2.1.2. The caller has checked the range.
    pub fn consistency(&mut self, old: u64, new: u64) -> Result<Vec<Hash>, LogError> {
        let (mut low, mut high) = (0, new);
        let mut proof = Vec::new();
        if old == 0 {
            return Ok(proof);
        }
        while old != high {
            let middle = low + split(high - low);
            if old <= middle {
                proof.push(self.root(middle, high)?);
                high = middle;
            } else {
                proof.push(self.root(low, middle)?);
                low = middle;
            }
        }
        // The old root itself is known to whoever asks, unless it is only part of the old tree.
        if low != 0 {
            proof.push(self.root(low, high)?);
        }
        proof.reverse();
        Ok(proof)
    }

    /// MTH(D[low:high]), where `low` is aligned as RFC 6962's recursion aligns it.
    pub fn root(&mut self, low: u64, high: u64) -> Result<Hash, LogError> {
        let count = high.saturating_sub(low);
        if count == 0 {
            return Ok(crate::tree::empty_root());
        }
        if count.is_power_of_two() {
            return self.node(count.trailing_zeros(), low);
        }
        let middle = low + split(count);
        let left = self.root(low, middle)?;
        let right = self.root(middle, high)?;
        Ok(node_hash(&left, &right))
    }

    /// The root of the perfect subtree of `2^height` entries that begins at entry `low`.
    fn node(&mut self, height: u32, low: u64) -> Result<Hash, LogError> {
        let level = height / 8;
        let first = low >> (8 * level);
        let id = TileId { level: level as u8, index: first / 256 };
        let start = (first % 256) as usize * HASH_BYTES;
        let end = start + (HASH_BYTES << (height % 8));
        if !self.tiles.contains_key(&id) {
            let tile = read_tile(self.source, id, tile_width(id, self.size))?;
            self.tiles.insert(id, tile);
        }
        let hashes = self.tiles.get(&id).and_then(|tile| tile.get(start..end));
        hashes.map(root_of).ok_or_else(|| short_tile(id))
    }
}

/// The largest power of two smaller than `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

/// The first `width` hashes of a tile that must be there.
pub(crate) fn read_tile(source: &mut dyn StorageReader, id: TileId, width: u64) -> Result<Vec<u8>, LogError> {
    let mut tile = source.tile(id)?.ok_or_else(|| LogError::corrupt(format!("{id} is missing")))?;
    let length = width as usize * HASH_BYTES;
    if tile.len() < length || tile.len() % HASH_BYTES != 0 {
        return Err(short_tile(id));
    }
    tile.truncate(length);
    Ok(tile)
}

fn short_tile(id: TileId) -> LogError {
    LogError::corrupt(format!("{id} is not as long as the tree needs"))
}

impl std::fmt::Display for TileId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "hash tile {}/{}", self.level, self.index)
    }
}
