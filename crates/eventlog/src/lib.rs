//! The verifiable log: append bytes, read them back, prove that nothing was changed.
//!
//! An entry's sequence number is its leaf index in an RFC 6962 Merkle tree over SHA-256. Every commit writes its
//! entries, the hash tiles they change and one signed checkpoint in a single durable transaction; only then does
//! anybody see it. Checkpoints are C2SP signed notes with two signatures (Ed25519 and ML-DSA-44), tiles and entry
//! bundles are those of C2SP tlog-tiles, receipts are C2SP tlog-proof texts.
//!
//! It knows bytes, not events: no room, no clock, no web. Sources: RFC 6962 section 2.1, RFC 9162 section 2.1,
//! <https://c2sp.org/signed-note>, <https://c2sp.org/tlog-checkpoint>, <https://c2sp.org/tlog-cosignature>,
//! <https://c2sp.org/tlog-tiles>, <https://c2sp.org/tlog-proof>.

mod audit;
mod checkpoint;
mod error;
mod head;
mod keys;
mod log;
pub mod memory;
mod note;
mod proof;
mod reader;
mod receipt;
pub mod sqlite;
mod storage;
pub mod tile_path;
mod tree;
mod verify;

#[cfg(test)]
mod tests;

pub use audit::{Audit, AuditError, AuditReport, TILE_BYTES_MAX};
pub use checkpoint::Checkpoint;
pub use error::LogError;
pub use keys::{KeyParseError, LogKeys, LogPublicKeys};
pub use log::{Commit, Log};
pub use note::NoteError;
pub use reader::LogReader;
pub use receipt::{ReceiptError, verify_receipt, verify_receipt_of_leaf};
pub use storage::{Batch, EachEntry, Storage, StorageReader, StorageReaders, TileId};
pub use tree::{Hash, empty_root, is_consistent, leaf_hash, node_hash, root_from_inclusion};
pub use verify::{VerifyReport, scan_verified, verify};

/// The largest entry: its length must fit the two bytes that an entry bundle has for it.
pub const ENTRY_BYTES_MAX: usize = 65_535;
