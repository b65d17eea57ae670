//! What a file is by its first bytes, and whether its name says so.
//!
//! Sources. PNG: RFC 2083 (eight bytes). JPEG: ITU-T T.81 (start of image, then a marker). PDF: ISO 32000 (`%PDF-` at the
//! start, `%%EOF` at the end). Office documents: ECMA-376 in a ZIP of APPNOTE 6.3.

use crate::fault::AttachmentFault;
use crate::office;
use profile::FileFormat;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";
const PDF: &[u8] = b"%PDF-";
const ZIP: &[u8] = b"PK\x03\x04";
/// How far from the end a PDF's last mark may stand: some programs write a few blanks behind it.
const PDF_END_BYTES: usize = 1_024;

/// # Errors
/// A packed file that does not open.
pub(crate) fn of(bytes: &[u8]) -> Result<Option<FileFormat>, AttachmentFault> {
    if bytes.starts_with(PNG) {
        return Ok(Some(FileFormat::Png));
    }
    if bytes.starts_with(JPEG) {
        return Ok(Some(FileFormat::Jpeg));
    }
    if bytes.starts_with(PDF) {
        return Ok(Some(FileFormat::Pdf));
    }
    if bytes.starts_with(ZIP) { office::format(bytes) } else { Ok(None) }
}

/// A name without an ending promises nothing.
pub(crate) fn agrees_with(name: &str, found: FileFormat) -> Result<(), AttachmentFault> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase());
    match ending {
        Some(ending) if !found.endings().contains(&ending.as_str()) => {
            Err(AttachmentFault::NotWhatItsNameSays { found })
        }
        Some(_) | None => Ok(()),
    }
}

/// A PDF that was cut short has no end; one with a password opens for nobody here; one that starts programs is refused.
pub(crate) fn whole_pdf(bytes: &[u8]) -> Result<(), AttachmentFault> {
    let tail = bytes.get(bytes.len().saturating_sub(PDF_END_BYTES)..).unwrap_or(bytes);
    if !holds(tail, b"%%EOF") {
        return Err(AttachmentFault::Damaged);
    }
    if holds(bytes, b"/Encrypt") {
        return Err(AttachmentFault::Locked);
    }
    if [&b"/JavaScript"[..], b"/Launch", b"/EmbeddedFile"].iter().any(|name| holds(bytes, name)) {
        return Err(AttachmentFault::CarriesProgram);
    }
    Ok(())
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
