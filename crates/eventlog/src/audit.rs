//! The log as anybody outside can check it: the tree is built again from the hash tiles that the log publishes, and
//! compared with the checkpoint that was signed and with one that was kept from an earlier look. Pure: whoever audits
//! fetches the tiles, from wherever they are.

use crate::tile_path::TilePath;
use crate::tree::{Edge, HASH_BYTES, TILE_LEVELS, TILE_WIDTH, hashes_of, leaf_hash, tile_width};
use crate::{Checkpoint, TileId};
use std::collections::BTreeMap;

/// The largest answer to a wanted path: a bundle of 256 entries of the largest size, each after its length.
pub const TILE_BYTES_MAX: usize = 256 * (2 + crate::ENTRY_BYTES_MAX);

/// Why what is published is not the log that was signed, or not the one that was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    #[error("the log was rolled back: it had {kept} entries, and now shows {shown}")]
    RolledBack { kept: u64, shown: u64 },
    #[error("the log was forked: of its {shown} entries, the first {kept} are not those that it had signed before")]
    Forked { kept: u64, shown: u64 },
    #[error("{tile} has not the length that a log of {shown} entries needs")]
    Length { tile: TilePath, shown: u64 },
    #[error("{tile} is not what the tiles beneath it make")]
    Tile { tile: TilePath },
    #[error("entry {sequence} is not the one that its hash tile has")]
    Entry { sequence: u64 },
    #[error("the tiles do not make the root that was signed for {shown} entries")]
    Root { shown: u64 },
    /// The caller left tiles out, or gave them in another order.
    #[error("the tile {tile} was not expected here")]
    Order { tile: TilePath },
}

/// What was looked at and found right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditReport {
    pub tiles: u64,
    pub entries: u64,
}

/// One look at a published log. The tiles of [`Audit::wanted`] are given to [`Audit::take`] in their order.
#[derive(Debug)]
pub struct Audit {
    shown: Checkpoint,
    kept: Option<Checkpoint>,
    edge: Edge,
    /// The lowest hash tile that was last taken: the entries that follow have to fit it.
    leaves: Vec<u8>,
    /// What the tiles of higher levels have to be.
    higher: BTreeMap<TileId, Vec<u8>>,
    report: AuditReport,
}

impl Audit {
    /// Both checkpoints have been verified with the log's keys.
    ///
    /// # Errors
    /// Where the two alone show that the log is not continued.
    pub fn new(shown: Checkpoint, kept: Option<Checkpoint>) -> Result<Self, AuditError> {
        if let Some(kept) = &kept {
            if kept.size > shown.size {
                return Err(AuditError::RolledBack { kept: kept.size, shown: shown.size });
            }
            if kept.size == shown.size && kept.root != shown.root {
                return Err(AuditError::Forked { kept: kept.size, shown: shown.size });
            }
        }
        let report = AuditReport { tiles: 0, entries: 0 };
        Ok(Self { shown, kept, edge: Edge::default(), leaves: Vec::new(), higher: BTreeMap::new(), report })
    }

    /// Every hash tile of the log, the lowest level first; each of those with its entries after it, if they are read too.
    pub fn wanted(&self, with_entries: bool) -> impl Iterator<Item = TilePath> + use<> {
        let size = self.shown.size;
        (0..TILE_LEVELS).flat_map(move |level| {
            let tiles = (0..).map(move |index| (index, width(level, index, size))).take_while(|(_, width)| *width > 0);
            tiles.flat_map(move |(index, width)| {
                let entries = (level == 0 && with_entries).then_some(TilePath::Entries { index, width });
                std::iter::once(TilePath::Hashes { level, index, width }).chain(entries)
            })
        })
    }

    /// The next tile, as it was published.
    pub fn take(&mut self, tile: TilePath, bytes: &[u8]) -> Result<(), AuditError> {
        match tile {
            TilePath::Hashes { level, index, width } => {
                if bytes.len() != usize::from(width) * HASH_BYTES {
                    return Err(AuditError::Length { tile, shown: self.shown.size });
                }
                self.report.tiles += 1;
                if level == 0 { self.take_leaves(tile, index, bytes) } else { self.compare(tile, level, index, bytes) }
            }
            TilePath::Entries { index, .. } => self.take_entries(tile, index, bytes),
        }
    }

    /// That all of it makes the root that was signed.
    pub fn finish(self) -> Result<AuditReport, AuditError> {
        let shown = self.shown.size;
        if self.edge.size() != shown || self.edge.root() != self.shown.root {
            return Err(AuditError::Root { shown });
        }
        Ok(self.report)
    }

    fn take_leaves(&mut self, tile: TilePath, index: u64, bytes: &[u8]) -> Result<(), AuditError> {
        if index.checked_mul(TILE_WIDTH) != Some(self.edge.size()) {
            return Err(AuditError::Order { tile });
        }
        self.is_continued()?;
        let mut full = Vec::new();
        for leaf in hashes_of(bytes) {
            self.edge.push(*leaf, &mut full);
            self.is_continued()?;
        }
        self.higher.extend(full.into_iter().filter(|(id, _)| id.level > 0));
        if self.edge.size() == self.shown.size {
            let partial = self.edge.partial_tiles().filter(|(id, _)| id.level > 0);
            self.higher.extend(partial.map(|(id, hashes)| (id, hashes.to_vec())));
        }
        bytes.clone_into(&mut self.leaves);
        Ok(())
    }

    /// At the kept size the tree has the root that was kept.
    fn is_continued(&self) -> Result<(), AuditError> {
        match &self.kept {
            Some(kept) if kept.size == self.edge.size() && kept.root != self.edge.root() => {
                Err(AuditError::Forked { kept: kept.size, shown: self.shown.size })
            }
            _ => Ok(()),
        }
    }

    fn compare(&mut self, tile: TilePath, level: u8, index: u64, bytes: &[u8]) -> Result<(), AuditError> {
        let made = self.higher.remove(&TileId { level, index }).ok_or(AuditError::Order { tile })?;
        if made == bytes { Ok(()) } else { Err(AuditError::Tile { tile }) }
    }

    fn take_entries(&mut self, tile: TilePath, index: u64, bytes: &[u8]) -> Result<(), AuditError> {
        let first = index.saturating_mul(TILE_WIDTH);
        if first.saturating_add((self.leaves.len() / HASH_BYTES) as u64) != self.edge.size() {
            return Err(AuditError::Order { tile });
        }
        let mut rest = bytes;
        for (sequence, leaf) in (first..).zip(hashes_of(&self.leaves)) {
            let (entry, after) = next_entry(rest).ok_or(AuditError::Length { tile, shown: self.shown.size })?;
            if leaf_hash(entry) != *leaf {
                return Err(AuditError::Entry { sequence });
            }
            rest = after;
            self.report.entries += 1;
        }
        if rest.is_empty() { Ok(()) } else { Err(AuditError::Length { tile, shown: self.shown.size }) }
    }
}

fn width(level: u8, index: u64, size: u64) -> u16 {
    // At most 256.
    tile_width(TileId { level, index }, size) as u16
}

/// Of an entry bundle: an entry after its length as two big-endian bytes, and what follows it.
fn next_entry(bundle: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bundle.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}
