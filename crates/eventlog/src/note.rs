//! C2SP signed notes: text, an empty line, signature lines. Shape only; what signs and what the text says is the
//! business of `keys.rs` and `checkpoint.rs`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// Notes and receipts from outside are not looked at beyond this. Sixteen post-quantum signatures fit.
pub(crate) const NOTE_BYTES_MAX: usize = 128 * 1024;
/// Signature lines beyond this many make a note unacceptable.
const SIGNATURES_MAX: usize = 64;

/// Why a note was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("this is not a signed note: {0}")]
    Malformed(&'static str),
    #[error("the note carries no signature by {0}")]
    Unsigned(String),
    #[error("the signature by {0} does not fit the note")]
    Forged(String),
    #[error("the note is about {found}, not about {wanted}")]
    OtherOrigin { found: String, wanted: String },
}

#[derive(Debug)]
pub(crate) struct Signature<'a> {
    pub name: &'a str,
    pub key_id: [u8; 4],
    pub bytes: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Note<'a> {
    /// With its final newline.
    pub text: &'a str,
    pub signatures: Vec<Signature<'a>>,
}

impl<'a> Note<'a> {
    pub fn parse(note: &'a str) -> Result<Self, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Malformed("it is too long"));
        }
        if note.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(NoteError::Malformed("it contains control characters"));
        }
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Malformed("it has no signatures"))?;
        let text = note.get(..text.len() + 1).ok_or(NoteError::Malformed("it has no text"))?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed("it does not end with a newline"))?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == SIGNATURES_MAX {
                return Err(NoteError::Malformed("it has too many signatures"));
            }
            signatures.push(Signature::parse(line).ok_or(NoteError::Malformed("a signature line is malformed"))?);
        }
        Ok(Note { text, signatures })
    }
}

impl<'a> Signature<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, signature) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let signature = STANDARD.decode(signature).ok()?;
        let (key_id, bytes) = signature.split_first_chunk::<4>()?;
        let usable = is_key_name(name) && !bytes.is_empty();
        usable.then(|| Signature { name, key_id: *key_id, bytes: bytes.to_vec() })
    }
}

/// Key names may hold neither spaces nor plus signs; ours also fit the one length byte of a cosignature.
pub(crate) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 255 && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// Appends one signature line.
pub(crate) fn push_signature(note: &mut String, name: &str, key_id: [u8; 4], signature: &[u8]) {
    let signature = STANDARD.encode([key_id.as_slice(), signature].concat());
    // Writing to a string cannot fail.
    let _ = writeln!(note, "\u{2014} {name} {signature}");
}
