//! What shows that an entry is in the log: its leaf, its path to the root, the checkpoint. Nothing of what it says.

use crate::Portal;
use crate::problem::Problem;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use eventlog::Hash;
use park::WorkError;

/// Leaves of one tile.
const TILE: u64 = 256;

pub(crate) struct Evidence {
    pub leaf_hash: Hash,
    pub proof: Vec<Hash>,
    /// The tree that the proof leads to.
    pub size: u64,
    pub root: Hash,
    pub receipt: String,
}

/// `NotFound` where the log is not that long.
pub(crate) fn evidence(portal: &Portal, sequence: u64) -> Result<Evidence, Problem> {
    let log = portal.park.desk.log();
    let receipt = log.receipt(sequence).map_err(WorkError::from)?.ok_or(Problem::NotFound)?;
    // Of the receipt's own size: the log may have grown since.
    let checkpoint = receipt.split_once("\n\n").map(|(_, note)| note).ok_or(Problem::Broken)?;
    let signed = portal.park.log_keys.verify(checkpoint).map_err(|_| Problem::Broken)?;
    let width = u16::try_from(TILE.min(signed.size - sequence / TILE * TILE)).map_err(|_| Problem::Broken)?;
    let tile = log.tile(0, sequence / TILE, width).map_err(WorkError::from)?.ok_or(Problem::Broken)?;
    let slot = usize::try_from(sequence % TILE).map_err(|_| Problem::Broken)?;
    let leaf_hash =
        tile.chunks_exact(32).nth(slot).and_then(|hash| Hash::try_from(hash).ok()).ok_or(Problem::Broken)?;
    let proof = log.inclusion(sequence, signed.size).map_err(WorkError::from)?;
    Ok(Evidence { leaf_hash, proof, size: signed.size, root: signed.root, receipt })
}

pub(crate) fn hash_text(hash: &Hash) -> String {
    STANDARD.encode(hash)
}
