//! Office documents: a packed folder. It is unpacked once, within limits, before anybody else has to.

use crate::UNFOLDED_BYTES_MAX;
use crate::fault::AttachmentFault;
use profile::FileFormat;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A long report with many pictures has some hundreds.
const ENTRIES_MAX: usize = 2_000;
/// Text packs to a tenth; what packs to less than a hundredth was made to.
const UNFOLDS_TO_MAX: u64 = 100;
/// What is small unfolds into little, however well it packs.
const SMALL_BYTES: u64 = 1 << 20;
const BUFFER_BYTES: usize = 64 << 10;

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, AttachmentFault> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| AttachmentFault::Damaged)?;
    if archive.len() > ENTRIES_MAX { Err(AttachmentFault::UnfoldsTooFar) } else { Ok(archive) }
}

/// The office format, where the packed folder is one: other packed files are not taken.
pub(crate) fn format(bytes: &[u8]) -> Result<Option<FileFormat>, AttachmentFault> {
    let archive = open(bytes)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if !has("[Content_Types].xml") {
        return Ok(None);
    }
    Ok(if has("word/document.xml") {
        Some(FileFormat::Docx)
    } else if has("xl/workbook.xml") {
        Some(FileFormat::Xlsx)
    } else {
        None
    })
}

/// Unpacks everything and keeps nothing: what the file says of its own sizes is not believed.
pub(crate) fn unfolds(bytes: &[u8], _: FileFormat) -> Result<(), AttachmentFault> {
    let mut archive = open(bytes)?;
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let most = UNFOLDED_BYTES_MAX.min(SMALL_BYTES.max(packed.saturating_mul(UNFOLDS_TO_MAX)));
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut unfolded: u64 = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => AttachmentFault::Locked,
            _ => AttachmentFault::Damaged,
        })?;
        let name = entry.name().to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") || name.contains("activex/") {
            return Err(AttachmentFault::CarriesProgram);
        }
        loop {
            let read = entry.read(&mut buffer).map_err(|_| AttachmentFault::Damaged)?;
            if read == 0 {
                break;
            }
            unfolded = unfolded.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            if unfolded > most {
                return Err(AttachmentFault::UnfoldsTooFar);
            }
        }
    }
    Ok(())
}
