//! Reads the rules folder into memory, within limits, and names its version.
//!
//! The only file input of this crate. Knows names and sizes, not what the files say.

use crate::answers;
use base::{Fault, Key};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

pub(crate) const SCHEMA: &str = "schema.cedarschema";

/// Far above any rulebook that people could read; a bound for what is read into memory.
const FILE_BYTES_MAX: u64 = 1 << 20;
const FILES_MAX: usize = 256;

/// The files of a rulebook by name.
#[derive(Debug)]
pub(crate) struct Folder {
    pub files: BTreeMap<String, String>,
}

impl Folder {
    pub fn read(folder: &Path) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut files = BTreeMap::new();
        for name in names(folder).map_err(|fault| vec![fault])? {
            match text(folder, &name) {
                Ok(text) => drop(files.insert(name, text)),
                Err(fault) => faults.push(fault),
            }
        }
        for needed in [SCHEMA, answers::FILE] {
            if !files.contains_key(needed) && !faults.iter().any(|fault| fault.file == needed) {
                faults.push(of_file(needed, "the file is missing", "a rules folder has it beside its *.cedar files"));
            }
        }
        if faults.is_empty() { Ok(Self { files }) } else { Err(faults) }
    }

    /// `r` and 16 hexadecimal digits: a digest of every file's name and content, in the order of names.
    pub fn version(&self) -> Key {
        let mut hash = Sha256::new();
        for (name, text) in &self.files {
            // Lengths before contents, so that no two folders hash alike by shifting text between files.
            for part in [name.as_bytes(), text.as_bytes()] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part);
            }
        }
        let mut version = String::from("r");
        for byte in hash.finalize().iter().take(8) {
            // Writing to a string cannot fail.
            let _ = write!(version, "{byte:02x}");
        }
        Key::new(&version).unwrap_or_default()
    }
}

fn of_file(file: &str, what: impl Into<String>, remedy: &str) -> Fault {
    Fault { file: file.to_owned(), line: None, column: None, what: what.into(), remedy: remedy.to_owned() }
}

/// The files that make a rulebook: schema, settings, policies. Others, like the table of rights, may lie beside them.
fn names(folder: &Path) -> Result<Vec<String>, Fault> {
    let shown = folder.display().to_string();
    let unreadable =
        |error: std::io::Error| of_file(&shown, format!("cannot be read: {error}"), "name a folder that can be read");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        let Some(name) = name.to_str() else { continue };
        if name == SCHEMA || name == answers::FILE || name.ends_with(".cedar") {
            names.push(name.to_owned());
        }
        if names.len() > FILES_MAX {
            return Err(of_file(&shown, format!("more than {FILES_MAX} files"), "put related policies into one file"));
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn text(folder: &Path, name: &str) -> Result<String, Fault> {
    let unreadable =
        |error: std::io::Error| of_file(name, format!("cannot be read: {error}"), "make it a file of UTF-8 text");
    let mut bytes = Vec::new();
    let file = File::open(folder.join(name)).map_err(unreadable)?;
    file.take(FILE_BYTES_MAX.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
        return Err(of_file(name, "larger than 1 MiB", "split it into several files"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|&&b| b == b'\n').count();
        Fault {
            line: u32::try_from(line).ok().map(|line| line.saturating_add(1)),
            ..of_file(name, "not UTF-8 text", "save it as UTF-8")
        }
    })
}
