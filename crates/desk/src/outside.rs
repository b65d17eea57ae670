//! Facts that are not in the zone because they are personal: whether somebody's document is on a bank's watchlist, and
//! whether it is another than before.
//!
//! The zone holds both the documents and the watchlist entries sealed. Here they are opened, turned into keyed digests,
//! and remembered for as long as the process runs.

use crate::details::context;
use crate::zone::Zone;
use base::{Bank, Instant, PersonId, Sealed};
use parties::{Document, Person};
use people::Watch;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use vault::Vault;

type Tag = [u8; 32];
type Ciphertext = Box<str>;

pub struct Outside {
    vault: Vault,
    /// By person: the latest sealed number, and the tags of every document they ever confirmed. The latest changes
    /// whenever there is one more.
    documents: Mutex<BTreeMap<PersonId, (Ciphertext, Arc<[Tag]>)>>,
    watches: Mutex<BTreeMap<Ciphertext, Option<Tag>>>,
}

impl Outside {
    pub fn new(vault: Vault) -> Self {
        Self { vault, documents: Mutex::default(), watches: Mutex::default() }
    }

    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The banks on whose list a document is that the person ever confirmed: another passport makes nobody else of them.
    pub fn watchlisted(&self, zone: &Zone, person: PersonId) -> Vec<Bank> {
        if zone.people.watch.is_empty() {
            return Vec::new();
        }
        let known = parties::person(&zone.parties, person);
        let Some(tags) = known.and_then(|known| self.documents(person, known)).filter(|tags| !tags.is_empty()) else {
            return Vec::new();
        };
        let is_meant = |watch: &Watch| self.watch(&watch.tag).is_some_and(|tag| tags.contains(&tag));
        let listed = |bank: &Bank| zone.people.watch.values().any(|watch| watch.bank == *bank && is_meant(watch));
        Bank::BOTH.into_iter().filter(listed).collect()
    }

    fn documents(&self, id: PersonId, person: &Person) -> Option<Arc<[Tag]>> {
        let latest = &person.document.as_ref()?.number.ciphertext;
        let mut documents = self.documents.lock().ok()?;
        if let Some((sealed, tags)) = documents.get(&id)
            && sealed == latest
        {
            return Some(Arc::clone(tags));
        }
        let confirmed = person.earlier_documents.iter().chain(&person.document);
        let tags: BTreeSet<Tag> = confirmed.filter_map(|document| self.tag(document)).collect();
        let tags: Arc<[Tag]> = tags.into_iter().collect();
        documents.insert(id, (latest.clone(), Arc::clone(&tags)));
        Some(tags)
    }

    fn tag(&self, document: &Document) -> Option<Tag> {
        let opened = self.vault.open_sealed(&document.number, context::DOCUMENT_NUMBER).ok()?;
        document_tag(&self.vault, document.kind.as_str(), &String::from_utf8(opened.to_vec()).ok()?)
    }

    /// Whether the person has another document than the one they had confirmed by then.
    pub fn document_changed_since(&self, zone: &Zone, person: PersonId, then: Instant) -> bool {
        let Some(known) = parties::person(&zone.parties, person) else { return false };
        let Some(now) = known.document.as_ref().filter(|document| document.confirmed_at > then) else { return false };
        let before = known.earlier_documents.iter().rev().find(|document| document.confirmed_at <= then);
        before.is_none_or(|before| self.differ(before, now))
    }

    /// Whether what the person confirmed last is another document than what they had confirmed before it.
    pub fn document_was_changed(&self, zone: &Zone, person: PersonId) -> bool {
        let Some(known) = parties::person(&zone.parties, person) else { return false };
        match (known.earlier_documents.last(), &known.document) {
            (Some(before), Some(now)) => self.differ(before, now),
            (None, _) | (_, None) => false,
        }
    }

    /// Numbers that cannot be compared are taken to differ.
    fn differ(&self, one: &Document, other: &Document) -> bool {
        let same_number = matches!((self.tag(one), self.tag(other)), (Some(one), Some(other)) if one == other);
        one.kind != other.kind || one.expires != other.expires || !same_number
    }

    fn watch(&self, sealed: &Sealed) -> Option<Tag> {
        let mut watches = self.watches.lock().ok()?;
        if let Some(tag) = watches.get(&sealed.ciphertext) {
            return *tag;
        }
        let opened = self.vault.open_sealed(sealed, context::WATCH_TAG).ok();
        let tag = opened.and_then(|opened| Tag::try_from(opened.as_slice()).ok());
        watches.insert(sealed.ciphertext.clone(), tag);
        tag
    }
}

/// A keyed digest of an identity document: equal for equal documents, and telling nothing without the vault's key.
pub fn document_tag(vault: &Vault, kind: &str, number: &str) -> Option<Tag> {
    let plain: String = number.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
    vault.tag("identity-document", &format!("{kind}:{plain}")).ok()
}
