//! What a backup says about itself, and the files that it lists. Shared by `backup` and `restore`.

use crate::data_folder::read_text;
use crate::ending::Failure;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Component, Path};

pub const MANIFEST_FILE: &str = "manifest.json";
pub const FORMAT: u32 = 1;
/// A line for each file; a million attachments fit.
const MANIFEST_BYTES_MAX: u64 = 256 << 20;
const CHUNK_BYTES: usize = 1 << 16;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    pub made_at: String,
    /// The zone folder's hash and the rulebook's version that were in force.
    pub profile: String,
    pub rulebook: String,
    pub size: u64,
    /// The signed note that the log in the backup ends with.
    pub checkpoint: String,
    pub keys: Vec<String>,
    pub files: Vec<FileRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// Relative to the backup.
    pub path: String,
    pub bytes: u64,
    /// In hex.
    pub sha256: String,
}

impl Manifest {
    pub fn read(backup: &Path) -> Result<Self, Failure> {
        let file = backup.join(MANIFEST_FILE);
        if !file.is_file() {
            let what = format!("{} is not a backup: it has no {MANIFEST_FILE}", backup.display());
            return Err(Failure::could_not(what));
        }
        let text = read_text(&file, MANIFEST_BYTES_MAX)?;
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|error| Failure::wrong(format!("{} is not a manifest: {error}", file.display())))?;
        if manifest.format != FORMAT {
            let what = format!("{} has format {}, this program reads {FORMAT}", file.display(), manifest.format);
            return Err(Failure::wrong(what));
        }
        // A manifest comes from outside: it must not lead out of its folder.
        let stray = manifest.files.iter().find(|record| !stays_inside(Path::new(&record.path)));
        match stray {
            Some(record) => {
                Err(Failure::wrong(format!("{} names {:?}, outside the backup", file.display(), record.path)))
            }
            None => Ok(manifest),
        }
    }

    pub fn write(&self, backup: &Path) -> io::Result<()> {
        let mut file = File::create(backup.join(MANIFEST_FILE))?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.sync_all()
    }
}

fn stays_inside(path: &Path) -> bool {
    let mut parts = path.components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Copies a file, makes the copy durable, and says what was copied.
pub fn copy(from: &Path, to: &Path) -> io::Result<(u64, String)> {
    let mut target = File::create_new(to)?;
    let digest = pass(&mut File::open(from)?, &mut target)?;
    target.sync_all()?;
    Ok(digest)
}

/// Length and SHA-256 of a file.
pub fn measure(file: &Path) -> io::Result<(u64, String)> {
    pass(&mut File::open(file)?, &mut io::sink())
}

fn pass(source: &mut impl Read, target: &mut impl Write) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let length = source.read(&mut chunk)?;
        let Some(read) = chunk.get(..length).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        target.write_all(read)?;
        bytes += length as u64;
    }
    Ok((bytes, hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// Makes a folder's own entries durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leads_out_of_the_backup_is_found() {
        for (path, inside) in [
            ("log.sqlite", true),
            ("objects/ab", true),
            ("../data/log.sqlite", false),
            ("/etc/passwd", false),
            ("", false),
        ] {
            assert_eq!(stays_inside(Path::new(path)), inside, "{path:?}");
        }
    }

    #[test]
    fn a_copy_is_measured_as_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&from, b"abc").unwrap();
        let copied = copy(&from, &to).unwrap();
        assert_eq!(copied.1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(copied, measure(&to).unwrap());
        assert!(copy(&from, &to).is_err(), "a copy never overwrites");
    }
}
