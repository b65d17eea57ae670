//! Long lists of codes with their names: nationalities, chapters of the Harmonised System, provinces.

use base::{Key, Language, Localised};
use serde::Serialize;
use std::collections::BTreeMap;

/// Names that begin with what was typed come before those that only hold it.
#[derive(Debug, Clone, Serialize)]
pub struct CodeList {
    pub key: Key,
    pub name: Localised,
    /// Where the list comes from.
    pub source: String,
    /// In the order in which they are shown.
    pub entries: Vec<CodeEntry>,
    /// Every name and code, folded, to the place of its entry.
    #[serde(skip)]
    index: BTreeMap<String, usize>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CodeEntry {
    pub key: Key,
    pub label: Localised,
}

impl CodeList {
    pub fn new(key: Key, name: Localised, source: String, entries: Vec<CodeEntry>) -> Self {
        let mut index = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            index.entry(folded(entry.key.as_str())).or_insert(at);
            for language in Language::ALL {
                index.entry(folded(entry.label.get(language))).or_insert(at);
            }
        }
        Self { key, name, source, entries, index }
    }

    pub fn entry(&self, key: &str) -> Option<&CodeEntry> {
        self.entries.iter().find(|entry| entry.key.as_str() == key)
    }

    /// The entry whose code, or whose name in any language, is exactly this.
    pub fn named(&self, text: &str) -> Option<&CodeEntry> {
        self.entries.get(*self.index.get(&folded(text))?)
    }

    /// Entries whose code or name holds the text, those that begin with it first; at most so many.
    pub fn matching(&self, text: &str, most: usize) -> Vec<&CodeEntry> {
        let wanted = folded(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let rank = |entry: &CodeEntry| {
            let names = Language::ALL.map(|language| folded(entry.label.get(language)));
            let code = folded(entry.key.as_str());
            let all = || names.iter().chain(std::iter::once(&code));
            if all().any(|name| name.starts_with(&wanted)) {
                Some(0)
            } else {
                all().any(|name| name.contains(&wanted)).then_some(1)
            }
        };
        let mut found: Vec<(u8, &CodeEntry)> =
            self.entries.iter().filter_map(|entry| Some((rank(entry)?, entry))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().take(most).map(|(_, entry)| entry).collect()
    }
}

/// Without blanks around it, and without the difference between small and capital letters.
fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}
