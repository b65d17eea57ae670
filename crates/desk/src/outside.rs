//! Facts that are not in the zone because they are personal: whether somebody's document is on a bank's watchlist.
//!
//! The zone holds both the document and the watchlist entry sealed. Here they are opened, turned into keyed digests,
//! and remembered for as long as the process runs.

use crate::details::context;
use crate::zone::Zone;
use base::{Bank, Key, PersonId, Sealed};
use std::collections::BTreeMap;
use std::sync::Mutex;
use vault::Vault;

type Tag = [u8; 32];
type Ciphertext = Box<str>;

pub struct Outside {
    vault: Vault,
    /// By person: the sealed number that was opened, and its tag.
    documents: Mutex<BTreeMap<PersonId, (Ciphertext, Option<Tag>)>>,
    watches: Mutex<BTreeMap<Ciphertext, Option<Tag>>>,
}

impl Outside {
    pub fn new(vault: Vault) -> Self {
        Self { vault, documents: Mutex::default(), watches: Mutex::default() }
    }

    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The banks on whose list the person's confirmed document is.
    pub fn watchlisted(&self, zone: &Zone, person: PersonId) -> Vec<Bank> {
        if zone.people.watch.is_empty() {
            return Vec::new();
        }
        let document = parties::person(&zone.parties, person).and_then(|person| person.document.as_ref());
        let Some(tag) = document.and_then(|document| self.document(person, &document.kind, &document.number)) else {
            return Vec::new();
        };
        let listed = |bank: &Bank| {
            zone.people.watch.values().any(|watch| watch.bank == *bank && self.watch(&watch.tag) == Some(tag))
        };
        Bank::BOTH.into_iter().filter(listed).collect()
    }

    fn document(&self, person: PersonId, kind: &Key, number: &Sealed) -> Option<Tag> {
        let mut documents = self.documents.lock().ok()?;
        if let Some((sealed, tag)) = documents.get(&person)
            && *sealed == number.ciphertext
        {
            return *tag;
        }
        let tag = self
            .vault
            .open_sealed(number, context::DOCUMENT_NUMBER)
            .ok()
            .and_then(|opened| String::from_utf8(opened.to_vec()).ok())
            .and_then(|opened| document_tag(&self.vault, kind.as_str(), &opened));
        documents.insert(person, (number.ciphertext.clone(), tag));
        tag
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
