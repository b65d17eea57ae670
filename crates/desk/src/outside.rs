//! Facts that are not in the zone because they are personal: whether somebody's document is on a bank's watchlist, and
//! who else was registered with it.
//!
//! The zone holds both the document and the watchlist entry sealed. Here they are opened, turned into keyed digests,
//! and remembered for as long as the process runs.

use crate::bearers::{Bearers, tags};
use crate::details::context;
use crate::model::Event;
use crate::zone::Zone;
use base::{Bank, Key, PersonId, Sealed};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use vault::{Vault, VaultError};

/// A keyed digest of an identity document.
pub type Tag = [u8; 32];
type Ciphertext = Box<str>;

pub struct Outside {
    vault: Vault,
    /// By person: the sealed number that was opened, and its tag.
    documents: Mutex<BTreeMap<PersonId, (Ciphertext, Option<Tag>)>>,
    watches: Mutex<BTreeMap<Ciphertext, Option<Tag>>>,
    bearers: Mutex<Bearers>,
}

impl Outside {
    pub fn new(vault: Vault) -> Self {
        Self { vault, documents: Mutex::default(), watches: Mutex::default(), bearers: Mutex::default() }
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

    /// Everybody not erased who was registered with this document, or confirmed it. The first time everybody is looked
    /// at, which takes a while.
    pub fn bearers(&self, zone: &Zone, document: &Tag) -> Result<Vec<PersonId>, VaultError> {
        let mut bearers = self.lock_bearers();
        bearers.catch_up(&self.vault, zone)?;
        let is_there = |id: &PersonId| parties::person(&zone.parties, *id).is_some_and(|person| !person.erased);
        Ok(bearers.of(document).filter(is_there).collect())
    }

    /// The same human being under other numbers: whoever has an identity document in common with the person. Nobody,
    /// where the vault fails.
    pub fn registered_elsewhere(&self, zone: &Zone, person: PersonId) -> Vec<PersonId> {
        let Some(known) = parties::person(&zone.parties, person) else { return Vec::new() };
        let documents = tags(&self.vault, known).unwrap_or_default();
        let bearers = documents.iter().filter_map(|document| self.bearers(zone, document).ok()).flatten();
        bearers.filter(|other| *other != person).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Told of every event that is folded.
    pub(crate) fn note(&self, event: &Event) {
        if let Event::Parties(parties::Event::DocumentConfirmed { person, kind, number, .. }) = event {
            self.lock_bearers().confirmed(&self.vault, *person, kind, number);
        }
    }

    /// Told when what was folded is taken back.
    pub(crate) fn forget_after(&self, zone: &Zone) {
        self.lock_bearers().forget_after(zone.parties.persons.get_max().map(|(last, _)| *last));
    }

    fn lock_bearers(&self) -> MutexGuard<'_, Bearers> {
        self.bearers.lock().unwrap_or_else(PoisonError::into_inner)
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
