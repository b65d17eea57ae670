//! The Merkle tree of RFC 6962 over SHA-256: hashing, growing at the right edge, checking proofs. Pure: it knows no
//! storage. Proofs are *made* in `proof.rs`, because that needs the stored tiles.

use crate::storage::TileId;
use sha2::{Digest, Sha256};

pub type Hash = [u8; 32];

/// Bytes in one hash.
pub(crate) const HASH_BYTES: usize = 32;
/// Hashes in a full tile: tiles are eight levels of the tree high.
pub(crate) const TILE_WIDTH: u64 = 256;
/// Bytes in a full tile.
pub(crate) const TILE_BYTES: usize = 256 * HASH_BYTES;
/// Levels of tiles that a tree of any size this crate accepts can have.
pub(crate) const TILE_LEVELS: u8 = 8;
/// The largest tree: sequence numbers must fit SQL's signed 64-bit integers with room to spare.
pub(crate) const SIZE_MAX: u64 = 1 << 56;

pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0x00]).chain_update(entry).finalize().into()
}

pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [0x01; 1 + 2 * HASH_BYTES];
    for (to, from) in bytes.iter_mut().skip(1).zip(left.iter().chain(right)) {
        *to = *from;
    }
    Sha256::digest(bytes).into()
}

/// The root of the tree without entries: the hash of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The roots of the perfect subtrees that a tree of `size` leaves is made of, largest first: all that is needed to
/// append to it and to know its root.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Appends one leaf. `completed` hears of every node that this completes, with its height, leaf first.
    pub fn push(&mut self, leaf: Hash, mut completed: impl FnMut(u32, &Hash)) {
        let mut node = leaf;
        let mut height = 0;
        completed(height, &node);
        // INVARIANT: one peak for each set bit of `size`; adding one carries through the low set bits.
        while self.size >> height & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            node = node_hash(&left, &node);
            height += 1;
            completed(height, &node);
        }
        self.peaks.push(node);
        self.size += 1;
    }

    pub fn root(&self) -> Hash {
        self.peaks.iter().rev().copied().reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
    }
}

/// Splits a tile into its hashes; a rest shorter than a hash is not one.
pub(crate) fn hashes_of(tile: &[u8]) -> impl Iterator<Item = &Hash> {
    tile.as_chunks::<HASH_BYTES>().0.iter()
}

/// The root over some consecutive hashes of one tile.
pub(crate) fn root_of(hashes: &[u8]) -> Hash {
    let mut frontier = Frontier::default();
    for hash in hashes_of(hashes) {
        frontier.push(*hash, |_, _| {});
    }
    frontier.root()
}

/// How many hashes the tile has in a tree of `size` entries: 0 to 256.
pub(crate) fn tile_width(id: TileId, size: u64) -> u64 {
    let row = size.checked_shr(8 * u32::from(id.level)).unwrap_or(0);
    id.index.checked_mul(TILE_WIDTH).map_or(0, |first| row.saturating_sub(first).min(TILE_WIDTH))
}

/// The growing right edge of the tree: its frontier and, at each tile level, the tile that is not yet full.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edge {
    frontier: Frontier,
    levels: Vec<Growing>,
}

#[derive(Debug, Clone, Default)]
struct Growing {
    index: u64,
    hashes: Vec<u8>,
    changed: bool,
}

impl Edge {
    pub fn size(&self) -> u64 {
        self.frontier.size
    }

    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// Appends one leaf; tiles that it fills go to `full`.
    pub fn push(&mut self, leaf: Hash, full: &mut Vec<(TileId, Vec<u8>)>) {
        let levels = &mut self.levels;
        self.frontier.push(leaf, |height, node| {
            if height % 8 != 0 {
                return;
            }
            let level = height as usize / 8;
            if levels.len() <= level {
                levels.resize_with(level + 1, Growing::default);
            }
            if let Some(growing) = levels.get_mut(level) {
                growing.push(level as u8, node, full);
            }
        });
    }

    /// The tiles that are not full and have changed since this was last asked: each level's at most one.
    pub fn take_changed(&mut self) -> Vec<(TileId, Vec<u8>)> {
        let mut changed = Vec::new();
        for (level, growing) in (0..).zip(&mut self.levels) {
            if std::mem::take(&mut growing.changed) && !growing.hashes.is_empty() {
                changed.push((TileId { level, index: growing.index }, growing.hashes.clone()));
            }
        }
        changed
    }

    /// All tiles that are not full and not empty.
    pub fn partial_tiles(&self) -> impl Iterator<Item = (TileId, &[u8])> {
        (0..)
            .zip(&self.levels)
            .map(|(level, growing)| (TileId { level, index: growing.index }, growing.hashes.as_slice()))
            .filter(|(_, hashes)| !hashes.is_empty())
    }

    /// Rebuilds the edge of a tree of `size` entries from its partial tiles. `read` gives exactly `width` hashes.
    pub fn restore<E>(size: u64, mut read: impl FnMut(TileId, u64) -> Result<Vec<u8>, E>) -> Result<Self, E> {
        let mut edge = Edge::default();
        for level in 0..TILE_LEVELS {
            let row = size >> (8 * u32::from(level));
            if row == 0 {
                break;
            }
            let (index, width) = (row / TILE_WIDTH, row % TILE_WIDTH);
            let hashes = if width == 0 { Vec::new() } else { read(TileId { level, index }, width)? };
            edge.levels.push(Growing { index, hashes, changed: false });
        }
        for growing in edge.levels.iter().rev() {
            let mut inner = Frontier::default();
            hashes_of(&growing.hashes).for_each(|hash| inner.push(*hash, |_, _| {}));
            edge.frontier.peaks.extend(inner.peaks);
        }
        edge.frontier.size = size;
        Ok(edge)
    }
}

impl Growing {
    fn push(&mut self, level: u8, node: &Hash, full: &mut Vec<(TileId, Vec<u8>)>) {
        self.hashes.extend_from_slice(node);
        self.changed = true;
        if self.hashes.len() == TILE_BYTES {
            let tile = std::mem::replace(&mut self.hashes, Vec::with_capacity(TILE_BYTES));
            full.push((TileId { level, index: self.index }, tile));
            self.index += 1;
        }
    }
}

/// The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2), or `None` where the proof has not the shape
/// that this index and size need.
pub fn root_from_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut node_index, mut last_index, mut root) = (index, size - 1, *leaf);
    for sibling in proof {
        if last_index == 0 {
            return None;
        }
        if node_index & 1 == 1 || node_index == last_index {
            root = node_hash(sibling, &root);
            while node_index & 1 == 0 && node_index != 0 {
                node_index >>= 1;
                last_index >>= 1;
            }
        } else {
            root = node_hash(&root, sibling);
        }
        node_index >>= 1;
        last_index >>= 1;
    }
    (last_index == 0).then_some(root)
}

/// Whether the proof shows that the tree of `old` entries is the beginning of the tree of `new` (RFC 9162 section
/// 2.1.4.2). Every tree begins with the empty one: that proof is empty.
pub fn is_consistent(old: u64, new: u64, old_root: &Hash, new_root: &Hash, proof: &[Hash]) -> bool {
    if old == 0 {
        return *old_root == empty_root() && proof.is_empty();
    }
    if old == new {
        return old_root == new_root && proof.is_empty();
    }
    roots_from_consistency(old, new, old_root, proof).is_some_and(|(from, to)| from == *old_root && to == *new_root)
}

fn roots_from_consistency(old: u64, new: u64, old_root: &Hash, proof: &[Hash]) -> Option<(Hash, Hash)> {
    if old > new {
        return None;
    }
    let mut rest = proof.iter();
    // A perfect old tree is itself a node of the new one, so that the proof leaves its root out.
    let first = if old.is_power_of_two() { old_root } else { rest.next()? };
    let shift = (old - 1).trailing_ones();
    let (mut node_index, mut last_index) = ((old - 1) >> shift, (new - 1) >> shift);
    let (mut from, mut to) = (*first, *first);
    for sibling in rest {
        if last_index == 0 {
            return None;
        }
        if node_index & 1 == 1 || node_index == last_index {
            from = node_hash(sibling, &from);
            to = node_hash(sibling, &to);
            while node_index & 1 == 0 && node_index != 0 {
                node_index >>= 1;
                last_index >>= 1;
            }
        } else {
            to = node_hash(&to, sibling);
        }
        node_index >>= 1;
        last_index >>= 1;
    }
    (last_index == 0).then_some((from, to))
}
