//! **Attachments**: files that people hand in, looked at before they are kept.
//!
//! Nouns: *format* (what a file is by its content, never by its name), *fault* (why it is not taken), *thumbnail* (a small
//! picture of an image), *scanner* (a virus scanner beside us that speaks clamd or ICAP).
//!
//! Invariants: whatever is taken is what its name promises, no larger than asked for, and does not unfold into more than
//! [`UNFOLDED_BYTES_MAX`]; where a scanner is set up and does not answer, nothing is taken.
//!
//! It must not know: cases, people, keys, pages. It keeps nothing and writes nothing down.

mod fault;
mod format;
mod office;
mod picture;
mod scanner;
#[cfg(test)]
mod tests;

pub use fault::AttachmentFault;
pub use scanner::{SCANNER_VARIABLE, Scanner, ScannerNotUnderstood};

use profile::FileFormat;

/// The most that a packed file may unfold into: more is no document.
pub const UNFOLDED_BYTES_MAX: u64 = 64 << 20;

/// What a document's place takes.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub formats: &'a [FileFormat],
    pub bytes_max: usize,
}

/// A file that was looked at and may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    pub format: FileFormat,
    /// A small PNG, where the file is a picture.
    pub thumbnail: Option<Vec<u8>>,
}

/// Looks at a file. Takes a while for pictures and packed files: call it from a thread that may be busy.
///
/// # Errors
/// Why it is not taken; the name is looked at only to find out whether it lies.
pub fn inspect(name: &str, bytes: &[u8], asked: Asked<'_>) -> Result<Inspected, AttachmentFault> {
    if bytes.is_empty() {
        return Err(AttachmentFault::Empty);
    }
    if bytes.len() > asked.bytes_max {
        return Err(AttachmentFault::TooLarge { bytes_max: asked.bytes_max });
    }
    let format = format::of(bytes)?.ok_or(AttachmentFault::UnknownFormat)?;
    format::agrees_with(name, format)?;
    if !asked.formats.contains(&format) {
        return Err(AttachmentFault::NotTaken { format });
    }
    let thumbnail = match format {
        FileFormat::Png | FileFormat::Jpeg => Some(picture::thumbnail(bytes, format)?),
        FileFormat::Pdf => {
            format::whole_pdf(bytes)?;
            None
        }
        FileFormat::Docx | FileFormat::Xlsx => {
            office::unfolds(bytes, format)?;
            None
        }
    };
    Ok(Inspected { format, thumbnail })
}

/// A file's name without a path and without what no name needs, short enough to be shown; a plain one where nothing is
/// left.
pub fn plain_name(name: &str) -> String {
    const CHARACTERS_MAX: usize = 100;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?'))
        // Marks that turn the order of letters around make `gpj.exe` look like `exe.jpg`.
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let kept = kept.trim().trim_matches('.');
    if kept.is_empty() {
        return "file".to_owned();
    }
    let length = kept.chars().count();
    if length <= CHARACTERS_MAX {
        return kept.to_owned();
    }
    // The ending stays: it says what opens the file.
    let ending = kept.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.chars().count() <= 5);
    let head: String = kept.chars().take(CHARACTERS_MAX - 6).collect();
    ending.map_or(head.clone(), |ending| format!("{head}.{ending}"))
}
