//! Snapshots of the zone: a file each, discardable, never trusted unless its digest is right.
//!
//! A line of JSON (`format`, `size`, `digest`), then the zone in postcard. A snapshot of another format, or one that does
//! not read, is passed over: replay is always possible.

use crate::zone::Zone;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use eventlog::LogError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Raised whenever the shape of any room's state changes, or what a room folds an event to: digests are compared, and
/// snapshots read, only within one format.
pub const FORMAT: u32 = 11;
/// The newest, and one before it in case the newest was cut short.
const KEPT: usize = 2;

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    format: u32,
    size: u64,
    digest: Box<str>,
}

/// SHA-256 of the zone's postcard bytes, in base64url. Two zones have the same digest only if they are the same.
pub fn digest(zone: &Zone) -> Result<String, LogError> {
    let bytes =
        postcard::to_stdvec(zone).map_err(|error| LogError::corrupt(format!("zone not serialisable: {error}")))?;
    Ok(digest_of(&bytes))
}

fn digest_of(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

#[derive(Debug, Clone)]
pub struct Snapshots {
    folder: PathBuf,
}

impl Snapshots {
    pub fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Saves the zone under a temporary name and renames it when it is whole. Returns its digest.
    pub fn save(&self, zone: &Zone) -> io::Result<String> {
        let bytes = postcard::to_stdvec(zone).map_err(io::Error::other)?;
        let digest = digest_of(&bytes);
        let header = Header { format: FORMAT, size: zone.size, digest: digest.as_str().into() };
        let temporary = self.folder.join("new.tmp");
        let mut file = fs::File::create(&temporary)?;
        serde_json::to_writer(&mut file, &header)?;
        file.write_all(b"\n")?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, self.folder.join(format!("{:020}.zone", zone.size)))?;
        self.discard_old();
        Ok(digest)
    }

    /// The newest that is whole and no newer than the log.
    pub fn latest(&self, log_size: u64) -> Option<Zone> {
        self.files().into_iter().rev().find_map(|path| {
            let zone = read(&path)?;
            (zone.size <= log_size).then_some(zone)
        })
    }

    /// Oldest first: the names are the sizes.
    fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "zone"))
            .collect();
        files.sort();
        files
    }

    fn discard_old(&self) {
        let files = self.files();
        for path in files.iter().take(files.len().saturating_sub(KEPT)) {
            if let Err(error) = fs::remove_file(path) {
                tracing::warn!(%error, "an old snapshot could not be removed");
            }
        }
    }
}

fn read(path: &Path) -> Option<Zone> {
    let bytes = fs::read(path).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (header, zone) = bytes.split_at_checked(end)?;
    let zone = zone.get(1..)?;
    let header: Header = serde_json::from_slice(header).ok()?;
    if header.format != FORMAT || *header.digest != digest_of(zone) {
        tracing::warn!("a snapshot is of another format or not whole; the log is replayed instead");
        return None;
    }
    postcard::from_bytes(zone).ok()
}
