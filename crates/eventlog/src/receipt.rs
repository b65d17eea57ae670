//! Receipts: C2SP tlog-proof texts that show, without asking the log, that an entry is in it. Making one needs the
//! stored tree and is done by the reader; this file knows the text only.

use crate::checkpoint::{decimal, hash};
use crate::keys::LogPublicKeys;
use crate::note::{NOTE_BYTES_MAX, NoteError};
use crate::tree::{Hash, leaf_hash, root_from_inclusion};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// A tree of 2^64 entries needs no more.
const PROOF_HASHES_MAX: usize = 64;

/// Why a receipt was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    #[error("this is not a receipt: {0}")]
    Malformed(&'static str),
    #[error("the receipt's checkpoint is not accepted: {0}")]
    Checkpoint(#[from] NoteError),
    #[error("the receipt is not about this entry: its proof does not lead from the entry to the signed root")]
    NotIncluded,
}

pub(crate) fn text(sequence: u64, proof: &[Hash], checkpoint: &str) -> String {
    let mut text = format!("{FIRST_LINE}\nindex {sequence}\n");
    for hash in proof {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", STANDARD.encode(hash));
    }
    text.push('\n');
    text.push_str(checkpoint);
    text
}

struct Receipt<'a> {
    sequence: u64,
    proof: Vec<Hash>,
    checkpoint: &'a str,
}

fn parse(receipt: &str) -> Result<Receipt<'_>, ReceiptError> {
    let malformed = ReceiptError::Malformed;
    if receipt.len() > NOTE_BYTES_MAX {
        return Err(malformed("it is too long"));
    }
    let (head, checkpoint) = receipt.split_once("\n\n").ok_or(malformed("it has no checkpoint"))?;
    let mut lines = head.split('\n').peekable();
    if lines.next() != Some(FIRST_LINE) {
        return Err(malformed("its first line is not that of a receipt"));
    }
    // Extra data is not signed by anybody, and this log puts nothing there: it is passed over.
    lines.next_if(|line| line.strip_prefix("extra ").is_some_and(|extra| STANDARD.decode(extra).is_ok()));
    let index = lines.next().and_then(|line| line.strip_prefix("index "));
    let sequence = index.and_then(decimal).ok_or(malformed("the entry's number is missing"))?;
    let mut proof = Vec::new();
    for line in lines {
        if proof.len() == PROOF_HASHES_MAX {
            return Err(malformed("its proof is too long"));
        }
        proof.push(hash(line).ok_or(malformed("a line of its proof is not a hash"))?);
    }
    Ok(Receipt { sequence, proof, checkpoint })
}

/// Checks off line that `entry` is in the log that `keys` belong to, and gives its sequence number.
pub fn verify_receipt(receipt: &str, entry: &[u8], keys: &LogPublicKeys) -> Result<u64, ReceiptError> {
    verify_receipt_of_leaf(receipt, &leaf_hash(entry), keys)
}

/// The same for somebody who holds the entry's leaf hash and not the entry.
pub fn verify_receipt_of_leaf(receipt: &str, leaf: &Hash, keys: &LogPublicKeys) -> Result<u64, ReceiptError> {
    let receipt = parse(receipt)?;
    let checkpoint = keys.verify(receipt.checkpoint)?;
    let root = root_from_inclusion(leaf, receipt.sequence, checkpoint.size, &receipt.proof);
    if root == Some(checkpoint.root) { Ok(receipt.sequence) } else { Err(ReceiptError::NotIncluded) }
}
