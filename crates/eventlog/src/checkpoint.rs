//! The text of a C2SP tlog-checkpoint: which log, how many entries, which root. It knows nothing of signatures.

use crate::note::NoteError;
use crate::tree::Hash;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a signed checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    /// Seconds since 1970, from the timestamped signature where one was checked; 0 for the empty tree.
    pub signed_at: Option<u64>,
}

pub(crate) fn text(origin: &str, size: u64, root: &Hash) -> String {
    format!("{origin}\n{size}\n{}\n", STANDARD.encode(root))
}

impl Checkpoint {
    /// Reads a note's text. Extension lines are refused: this log never writes them, and nobody could audit them.
    pub(crate) fn parse(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.split('\n');
        let (origin, size, root) = (lines.next(), lines.next(), lines.next());
        if lines.next() != Some("") || lines.next().is_some() {
            return Err(NoteError::Malformed("a checkpoint has three lines"));
        }
        let origin = origin.filter(|origin| !origin.is_empty()).ok_or(NoteError::Malformed("the origin is missing"))?;
        let size = size.and_then(decimal).ok_or(NoteError::Malformed("the tree size is not a number"))?;
        let root =
            root.and_then(hash).ok_or(NoteError::Malformed("the root hash is not the base64 encoding of 32 bytes"))?;
        Ok(Checkpoint { origin: origin.to_owned(), size, root, signed_at: None })
    }
}

/// A decimal number written in the one way it can be written: no sign, no leading zero.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = text == "0" || !text.starts_with('0');
    if digits && canonical { text.parse().ok() } else { None }
}

pub(crate) fn hash(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}
