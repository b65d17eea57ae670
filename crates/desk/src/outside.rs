//! Facts that are not in the zone because they are personal: whether somebody's document is on a bank's watchlist, and
//! whether it is another than before, and who else was registered with it.
//!
//! The zone holds both the documents and the watchlist entries sealed. Here they are opened, turned into keyed digests,
//! and remembered for as long as the process runs.

use crate::bearers::{Bearers, confirmed_tag, tags};
use crate::model::Event;
use crate::watches::Watches;
use crate::zone::Zone;
use base::{Bank, Instant, PersonId};
use parties::{Document, Person};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vault::{Vault, VaultError};

/// A keyed digest of an identity document.
pub type Tag = [u8; 32];
type Ciphertext = Box<str>;
type Documents = BTreeMap<PersonId, (Ciphertext, Arc<[Tag]>)>;

pub struct Outside {
    vault: Vault,
    /// By person: the latest sealed number, and the tags of every document they ever confirmed. The latest changes
    /// whenever there is one more.
    documents: Mutex<Documents>,
    watches: Mutex<Watches>,
    bearers: Mutex<Bearers>,
}

impl Outside {
    pub fn new(vault: Vault) -> Self {
        Self { vault, documents: Mutex::default(), watches: Mutex::default(), bearers: Mutex::default() }
    }

    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The banks on whose list a document is that the person ever confirmed: another passport makes nobody else of them.
    pub fn watchlisted(&self, zone: &Zone, person: PersonId) -> Vec<Bank> {
        if zone.people.watch.is_empty() {
            return Vec::new();
        }
        let Some(known) = parties::person(&zone.parties, person) else { return Vec::new() };
        let confirmed = self.documents(person, known);
        if confirmed.as_ref().is_ok_and(|tags| tags.is_empty()) {
            return Vec::new();
        }
        let mut watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        watches.catch_up(&self.vault, &zone.people.watch);
        // What the vault cannot open now is for an officer to compare: a failure lets nobody past a list.
        let listed = |bank: &Bank| match &confirmed {
            Ok(tags) => watches.lists(*bank, tags),
            Err(_) => watches.lists_anybody(*bank),
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

    /// The tags of every document that the person ever confirmed. What cannot be opened now is asked again the next time.
    fn documents(&self, id: PersonId, person: &Person) -> Result<Arc<[Tag]>, VaultError> {
        let Some(latest) = &person.document else { return Ok(Arc::default()) };
        let latest = &latest.number.ciphertext;
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((sealed, tags)) = documents.get(&id)
            && sealed == latest
        {
            return Ok(Arc::clone(tags));
        }
        let mut tags: BTreeSet<Tag> = BTreeSet::new();
        for document in person.earlier_documents.iter().chain(&person.document) {
            tags.extend(self.tag(document)?);
        }
        let tags: Arc<[Tag]> = tags.into_iter().collect();
        documents.insert(id, (latest.clone(), Arc::clone(&tags)));
        Ok(tags)
    }

    /// None where its number never will open.
    fn tag(&self, document: &Document) -> Result<Option<Tag>, VaultError> {
        confirmed_tag(&self.vault, &document.kind, &document.number)
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
        let same_number = matches!((self.tag(one), self.tag(other)), (Ok(Some(one)), Ok(Some(other))) if one == other);
        one.kind != other.kind || one.expires != other.expires || !same_number
    }
}

/// A keyed digest of an identity document: equal for equal documents, and telling nothing without the vault's key.
pub fn document_tag(vault: &Vault, kind: &str, number: &str) -> Option<Tag> {
    tag_of(vault, kind, number).ok()
}

/// The same, where a vault that fails must not be taken for a document that is none.
pub(crate) fn tag_of(vault: &Vault, kind: &str, number: &str) -> Result<Tag, VaultError> {
    let plain: String = number.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
    vault.tag("identity-document", &format!("{kind}:{plain}"))
}
