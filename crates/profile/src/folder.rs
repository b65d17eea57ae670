//! Reads a folder's files into memory, within limits, and hashes them. The only file access of this crate.

use crate::reader::{Findings, Place};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

const FILES_MAX: usize = 2_000;
const FILE_BYTES_MAX: u64 = 1 << 20;
const DEPTH_MAX: usize = 6;

/// Path relative to the folder, with `/` between its parts, and contents; sorted by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Every file whose name does not begin with a dot. What cannot be read is a fault and left out.
pub(crate) fn collect(findings: &Findings, folder: &Path) -> Files {
    let mut files = Files::new();
    // (folder's path relative to the root, depth); a loop and not recursion, so that depth has one limit.
    let mut pending = vec![(String::new(), 0_usize)];
    while let Some((relative, depth)) = pending.pop() {
        let entries = match fs::read_dir(folder.join(&relative)) {
            Ok(entries) => entries,
            Err(error) => {
                let shown = if relative.is_empty() { folder.display().to_string() } else { relative };
                findings.fault(
                    Place::whole(shown),
                    format!("the folder cannot be read: {error}"),
                    "name a zone folder",
                );
                continue;
            }
        };
        for entry in entries {
            let Ok(entry) = entry else {
                let what = "the folder cannot be listed to its end";
                findings.fault(Place::whole(relative.clone()), what, "check the disk, then try again");
                break;
            };
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                findings.fault(Place::whole(relative.clone()), "a file's name is not UTF-8", "rename it");
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let path = if relative.is_empty() { name } else { format!("{relative}/{name}") };
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEPTH_MAX => pending.push((path, depth + 1)),
                Ok(kind) if kind.is_file() && files.len() < FILES_MAX => {
                    if let Some(content) = read_file(findings, folder, &path) {
                        files.insert(path, content);
                    }
                }
                Ok(kind) if kind.is_symlink() => {
                    findings.fault(
                        Place::whole(path),
                        "is a link",
                        "put the file itself here: the hash covers contents",
                    );
                }
                _ => findings.fault(
                    Place::whole(path),
                    "is one file or folder too many, or cannot be read",
                    format!("keep within {FILES_MAX} files and {DEPTH_MAX} levels"),
                ),
            }
        }
    }
    files
}

fn read_file(findings: &Findings, folder: &Path, path: &str) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let read =
        fs::File::open(folder.join(path)).and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut content));
    match read {
        Ok(bytes) if bytes as u64 <= FILE_BYTES_MAX => Some(content),
        Ok(_) => {
            findings.fault(Place::whole(path), "is too large", format!("keep it within {FILE_BYTES_MAX} bytes"));
            None
        }
        Err(error) => {
            findings.fault(Place::whole(path), format!("cannot be read: {error}"), "check its permissions");
            None
        }
    }
}

/// Hex SHA-256 over paths and contents. Lengths go in too, so that no two folders share one byte sequence.
pub(crate) fn hash(files: &Files) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"hetao zone folder 1\n");
    for (path, content) in files {
        for part in [path.as_bytes(), content] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> Files {
        of.iter().map(|(path, content)| ((*path).to_owned(), content.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_hash_changes_with_a_path_with_a_content_and_with_where_one_ends() {
        let hashes = [
            hash(&files(&[])),
            hash(&files(&[("a", "bc")])),
            hash(&files(&[("ab", "c")])),
            hash(&files(&[("a", "bd")])),
            hash(&files(&[("a", "b"), ("c", "")])),
        ];
        for (at, one) in hashes.iter().enumerate() {
            assert_eq!(one.len(), 64);
            assert!(!hashes.iter().skip(at + 1).any(|other| other == one));
        }
    }
}
