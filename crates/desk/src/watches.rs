//! Whom the watchlists mean, by the tags of identity documents, so that a gate's question costs the same on a list of ten
//! as on one of ten thousand. The zone holds the entries sealed; here each is opened once and kept for as long as it is
//! listed and the process runs. It must not know what anybody does with it.

use crate::bearers::readable;
use crate::details::context;
use crate::outside::Tag;
use base::{Bank, Sealed, WatchId};
use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use people::Watch;
use std::collections::BTreeMap;
use vault::{Vault, VaultError};

#[derive(Default)]
pub(crate) struct Watches {
    /// The lists as they were looked at last.
    known: OrdMap<WatchId, Watch>,
    tags: BTreeMap<WatchId, Tag>,
    by_tag: BTreeMap<Tag, BTreeMap<WatchId, Bank>>,
    /// What the vault could not open. What never will open means nobody, and is not among them.
    unopened: BTreeMap<WatchId, Bank>,
}

impl Watches {
    /// Looks at what was listed or unlisted since, and again at what could not be opened.
    pub fn catch_up(&mut self, vault: &Vault, lists: &OrdMap<WatchId, Watch>) {
        let earlier = std::mem::replace(&mut self.known, lists.clone());
        for change in earlier.diff(lists) {
            match change {
                DiffItem::Add(id, watch) => self.list(vault, *id, watch),
                DiffItem::Update { old: (id, _), new: (_, watch) } => {
                    self.unlist(*id);
                    self.list(vault, *id, watch);
                }
                DiffItem::Remove(id, _) => self.unlist(*id),
            }
        }
        let again: Vec<WatchId> = self.unopened.keys().copied().collect();
        for id in again {
            self.unopened.remove(&id);
            if let Some(watch) = lists.get(&id) {
                self.list(vault, id, watch);
            }
        }
    }

    /// Whether the bank lists one of these documents, or has an entry of which nobody can say now whom it means.
    pub fn lists(&self, bank: Bank, documents: &[Tag]) -> bool {
        let meant = documents.iter().filter_map(|tag| self.by_tag.get(tag)).flat_map(BTreeMap::values);
        meant.chain(self.unopened.values()).any(|of| *of == bank)
    }

    /// Whether the bank lists anybody at all.
    pub fn lists_anybody(&self, bank: Bank) -> bool {
        self.known.values().any(|watch| watch.bank == bank)
    }

    fn list(&mut self, vault: &Vault, id: WatchId, watch: &Watch) {
        match opened(vault, &watch.tag) {
            Ok(Some(tag)) => {
                self.tags.insert(id, tag);
                self.by_tag.entry(tag).or_default().insert(id, watch.bank);
            }
            Ok(None) => {}
            Err(_) => {
                self.unopened.insert(id, watch.bank);
            }
        }
    }

    fn unlist(&mut self, id: WatchId) {
        self.unopened.remove(&id);
        let Some(tag) = self.tags.remove(&id) else { return };
        if let Some(meant) = self.by_tag.get_mut(&tag) {
            meant.remove(&id);
            if meant.is_empty() {
                self.by_tag.remove(&tag);
            }
        }
    }
}

fn opened(vault: &Vault, sealed: &Sealed) -> Result<Option<Tag>, VaultError> {
    let opened = readable(vault.open_sealed(sealed, context::WATCH_TAG))?;
    Ok(opened.and_then(|opened| Tag::try_from(opened.as_slice()).ok()))
}
