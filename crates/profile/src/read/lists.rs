//! lists/*.toml: long lists that forms choose from, one a file.

use super::name;
use crate::model::{CodeEntry, CodeList};
use crate::reader::Table;
use base::{Key, Localised};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn list(file: &Table<'_>) -> Option<(Key, Arc<CodeList>)> {
    let (key, name, source) = (file.key("key"), name(file), file.text("source"));
    if !file.has("entry") {
        file.fault_at("entry", "the list is empty", "add at least one [[entry]]");
    }
    let entries = file.tables("entry", |entry| {
        let key = entry.key("key");
        let (zh_hant, zh_hans, en) = (entry.text("zh-Hant"), entry.text("zh-Hans"), entry.text("en"));
        let label = Localised { zh_hant: zh_hant?, zh_hans: zh_hans?, en: en? };
        Some(CodeEntry { key: key?, label })
    });
    let mut seen = BTreeSet::new();
    if let Some(twice) = entries.iter().map(|entry| &entry.key).find(|key| !seen.insert(*key)) {
        file.fault_at("entry", format!("two entries have the key `{twice}`"), "remove one");
    }
    let key = key?;
    Some((key.clone(), Arc::new(CodeList::new(key, name?, source?, entries))))
}
