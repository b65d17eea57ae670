//! The source tree as the checks see it: paths and texts, read once. Tests make one in memory.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// Folders of things made or fetched, by name anywhere in the tree.
const NOT_SOURCES: [&str; 5] = [".git", "node_modules", "dist", "artifacts", "__pycache__"];

/// The same, at the root alone: deeper down, `data` is a lane.
const NOT_SOURCES_AT_ROOT: [&str; 2] = ["target", "data"];

/// More than this is a data file, whose text no check looks at.
const TEXT_BYTES_MAX: u64 = 2_000_000;

const FILES_MAX: usize = 100_000;

/// One thing that is wrong, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The check's name, as the list of exceptions has it.
    pub check: &'static str,
    pub file: String,
    pub line: usize,
    /// The function or message within the file, where that is meant.
    pub name: Option<String>,
    /// The measure that is too great, where the check measures.
    pub size: Option<usize>,
    pub what: String,
}

impl Fault {
    pub fn new(check: &'static str, file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { check, file: file.to_owned(), line, name: None, size: None, what: what.into() }
    }

    /// How the list of exceptions names the place: lines move, names stay.
    pub fn place(&self) -> String {
        match &self.name {
            Some(name) => format!("{}::{name}", self.file),
            None => self.file.clone(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.file, self.line, self.what, self.check)
    }
}

/// The tree. Paths are relative to its root, with `/` between the parts.
#[derive(Debug, Default)]
pub struct House {
    texts: BTreeMap<String, String>,
    paths: BTreeSet<String>,
}

impl House {
    pub fn read(root: &Path) -> Result<Self> {
        let mut house = House::default();
        house.read_folder(root, "")?;
        Ok(house)
    }

    fn read_folder(&mut self, root: &Path, folder: &str) -> Result<()> {
        let whole = root.join(folder);
        let entries = std::fs::read_dir(&whole).with_context(|| format!("{} cannot be read", whole.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !NOT_SOURCES.contains(&name.as_str()) && !NOT_SOURCES_AT_ROOT.contains(&path.as_str()) {
                    self.read_folder(root, &path)?;
                }
            } else if kind.is_file() {
                let small = entry.metadata()?.len() <= TEXT_BYTES_MAX;
                let text = if small { std::fs::read_to_string(entry.path()).ok() } else { None };
                self.add(path, text);
                if self.paths.len() > FILES_MAX {
                    bail!("more than {FILES_MAX} files: this is no source tree");
                }
            }
        }
        Ok(())
    }

    /// A file, and with it the folders it lies in.
    fn add(&mut self, path: String, text: Option<String>) {
        for (end, _) in path.match_indices('/') {
            self.paths.extend(path.get(..end).map(str::to_owned));
        }
        self.paths.insert(path.clone());
        self.texts.extend(text.map(|text| (path, text)));
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Every path, files and folders.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The texts whose names end in one of these, such as `.rs`.
    pub fn ending<'a>(&'a self, ends: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts
            .iter()
            .filter(|(path, _)| ends.iter().any(|end| path.ends_with(end)))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

#[cfg(test)]
impl House {
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut house = House::default();
        for (path, text) in files {
            house.add((*path).to_owned(), Some((*text).to_owned()));
        }
        house
    }
}

/// What a check finds in these files, one fault a line, for tests.
#[cfg(test)]
pub fn found(check: fn(&House, &mut Vec<Fault>), files: &[(&str, &str)]) -> Vec<String> {
    let mut faults = Vec::new();
    check(&House::of(files), &mut faults);
    faults.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_of_a_file_exist_too() {
        let house = House::of(&[("crates/base/src/lib.rs", "")]);
        assert!(house.has("crates/base"));
        assert!(house.has("crates/base/src/lib.rs"));
        assert!(!house.has("crates/bas"));
    }

    #[test]
    fn the_real_tree_is_read_without_what_was_built() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let house = House::read(root).unwrap();
        assert!(house.text("Cargo.toml").is_some());
        assert!(house.has("xtask/src/house.rs"));
        assert!(house.paths().all(|path| !path.starts_with("target/") && !path.contains("node_modules/")));
    }
}
