//! Who was registered with which identity document. The zone holds the numbers sealed; here each is opened once, turned
//! into a keyed digest and remembered for as long as the process runs. It must not know what anybody does with it.

use crate::details::{Details, context};
use crate::outside::{Tag, document_tag, tag_of};
use crate::zone::Zone;
use base::{Key, PersonId, Sealed};
use parties::Person;
use std::collections::{BTreeMap, BTreeSet};
use vault::{Vault, VaultError};

#[derive(Default)]
pub(crate) struct Bearers {
    by_document: BTreeMap<Tag, BTreeSet<PersonId>>,
    /// Everybody up to here has been looked at.
    seen: Option<PersonId>,
}

impl Bearers {
    /// Looks at everybody who has been registered since. Where the vault fails, it goes on there the next time.
    pub fn catch_up(&mut self, vault: &Vault, zone: &Zone) -> Result<(), VaultError> {
        let from = self.seen.map_or(PersonId(0), |seen| seen.next());
        for (id, person) in zone.parties.persons.range(from..) {
            for tag in tags(vault, person)? {
                self.by_document.entry(tag).or_default().insert(*id);
            }
            self.seen = Some(*id);
        }
        Ok(())
    }

    /// Somebody confirmed a document, which need not be the one they were registered with.
    pub fn confirmed(&mut self, vault: &Vault, person: PersonId, kind: &Key, number: &Sealed) {
        if let Ok(Some(tag)) = confirmed_tag(vault, kind, number) {
            self.by_document.entry(tag).or_default().insert(person);
        }
    }

    pub fn of(&self, tag: &Tag) -> impl Iterator<Item = PersonId> + '_ {
        self.by_document.get(tag).into_iter().flatten().copied()
    }

    /// What was folded and then taken back is forgotten: the numbers of people will be given again.
    pub fn forget_after(&mut self, last: Option<PersonId>) {
        if self.seen > last {
            self.seen = last;
            for bearers in self.by_document.values_mut() {
                bearers.retain(|person| Some(*person) <= last);
            }
        }
    }
}

/// The document that the person was registered with and every one that they confirmed. What was erased or does not open is nobody's.
pub(crate) fn tags(vault: &Vault, person: &Person) -> Result<Vec<Tag>, VaultError> {
    if person.erased {
        return Ok(Vec::new());
    }
    let details: Option<Details> = readable(vault.open_json(&person.details, context::DETAILS))?;
    let given = details
        .filter(|details| !details.document_number.is_empty())
        .and_then(|details| document_tag(vault, &details.document_kind, &details.document_number));
    let mut tags: BTreeSet<Tag> = given.into_iter().collect();
    for document in person.earlier_documents.iter().chain(&person.document) {
        tags.extend(confirmed_tag(vault, &document.kind, &document.number)?);
    }
    Ok(tags.into_iter().collect())
}

pub(crate) fn confirmed_tag(vault: &Vault, kind: &Key, number: &Sealed) -> Result<Option<Tag>, VaultError> {
    let opened = readable(vault.open_sealed(number, context::DOCUMENT_NUMBER))?;
    let number = opened.and_then(|opened| String::from_utf8(opened.to_vec()).ok());
    number.map(|number| tag_of(vault, kind.as_str(), &number)).transpose()
}

/// A field that never will open is none; a vault that fails may work the next time.
pub(crate) fn readable<T>(opened: Result<T, VaultError>) -> Result<Option<T>, VaultError> {
    match opened {
        Ok(opened) => Ok(Some(opened)),
        Err(
            VaultError::Erased
            | VaultError::UnknownSubject
            | VaultError::Damaged
            | VaultError::UnexpectedShape
            | VaultError::TooLarge { .. },
        ) => Ok(None),
        Err(error) => Err(error),
    }
}
