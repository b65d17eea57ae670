//! Finding passes by what an officer has before them: a number, a name, an identity document, an organisation.
//!
//! Names are personal, so nothing that could be searched for them is kept on a disk: they are opened once, kept in memory
//! for as long as the process runs, and forgotten with their key. Documents are found by their keyed tag. Whom the officer
//! may see is asked of the rulebook about every pass before it is shown; nobody learns that there was one more.

use crate::Portal;
use base::{Actor, OrganisationId, PermitId, PersonId};
use desk::{Details, Zone, context, document_tag};
use permits::Permit;
use rosters::DocumentKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Passes shown at the most.
pub(crate) const FOUND_MAX: usize = 50;
/// Passes that the rulebook is asked about at the most: a family name alone says too little.
const ASKED_MAX: usize = 400;
/// The shortest text that is looked for in names, in characters.
pub(crate) const CHARS_MIN: usize = 2;
pub(crate) const CHARS_MAX: usize = 100;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub permits: Vec<PermitId>,
    /// There were more than are shown.
    pub cut: bool,
}

/// Names of people who hold passes, as they are looked for.
#[derive(Default)]
pub(crate) struct Names(Mutex<BTreeMap<PersonId, Known>>);

struct Known {
    /// What the name was opened from: another means another name.
    sealed: Box<str>,
    name: String,
}

impl Names {
    /// The people whose name has this in it. The first time everybody's is opened, which takes a while.
    fn with(&self, portal: &Portal, zone: &Zone, wanted: &str) -> Vec<PersonId> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        for (id, person) in &zone.parties.persons {
            let holds = !person.erased && permits::of_holder(&zone.permits, *id).next().is_some();
            if !holds {
                names.remove(id);
                continue;
            }
            let sealed = &person.details.ciphertext;
            let known = names.get(id).is_some_and(|known| known.sealed == *sealed);
            if !known {
                let details = portal.park.vault.open_json::<Details>(&person.details, context::DETAILS);
                let name = details.map(|details| searchable(&details)).unwrap_or_default();
                names.insert(*id, Known { sealed: sealed.clone(), name });
            }
            if names.get(id).is_some_and(|known| known.name.contains(wanted)) {
                found.push(*id);
            }
        }
        found
    }
}

/// The name in every order in which it is said, without what writers put between its parts.
fn searchable(details: &Details) -> String {
    let Details { family_name, given_name, latin_name, .. } = details;
    [format!("{family_name}{given_name}"), format!("{given_name}{family_name}"), latin_name.clone()]
        .map(|name| plain(&name))
        .join("\n")
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The passes that `text` may mean and the actor may see. Takes a while: call it from a thread that may wait.
pub(crate) fn find(portal: &Portal, actor: &Actor, text: &str) -> Found {
    let zone = portal.park.zone();
    let text = text.trim();
    let wanted = plain(text);
    let length = wanted.chars().count();
    if length == 0 || text.chars().count() > CHARS_MAX {
        return Found::default();
    }
    let number = text.to_ascii_uppercase();
    let mut candidates: Vec<PermitId> = number.parse::<PermitId>().into_iter().collect();
    let mut holders: BTreeSet<PersonId> = number.parse::<PersonId>().into_iter().collect();
    if length >= CHARS_MIN {
        holders.extend(bearers(portal, &zone, text));
        holders.extend(portal.kept.names.with(portal, &zone, &wanted));
    }
    candidates.extend(holders.iter().flat_map(|holder| permits::of_holder(&zone.permits, *holder).map(|(id, _)| id)));
    if length >= CHARS_MIN {
        candidates.extend(of_organisations(&zone, &wanted));
    }
    visible(portal, &zone, actor, candidates)
}

/// Whoever was registered with a document of this number, of whichever kind.
fn bearers(portal: &Portal, zone: &Zone, number: &str) -> Vec<PersonId> {
    if !number.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let park = &portal.park;
    let tags = DocumentKind::ALL.into_iter().filter_map(|kind| document_tag(&park.vault, kind.code(), number));
    tags.filter_map(|tag| park.desk.outside().bearers(zone, &tag).ok()).flatten().collect()
}

fn of_organisations<'a>(zone: &'a Zone, wanted: &str) -> impl Iterator<Item = PermitId> + 'a {
    let named = |organisation: &parties::Organisation| {
        base::Language::ALL.into_iter().any(|language| plain(organisation.name.get(language)).contains(wanted))
    };
    let organisations = &zone.parties.organisations;
    let meant: BTreeSet<OrganisationId> =
        organisations.iter().filter(|(_, organisation)| named(organisation)).map(|(id, _)| *id).collect();
    let all = zone.permits.permits.iter();
    all.filter(move |(_, permit)| permit.issue.organisation.is_some_and(|of| meant.contains(&of))).map(|(id, _)| *id)
}

/// Those that the actor may see with their holder, the newest last.
fn visible(portal: &Portal, zone: &Zone, actor: &Actor, candidates: impl IntoIterator<Item = PermitId>) -> Found {
    let (mut found, mut seen, mut asked) = (Found::default(), BTreeSet::new(), 0);
    for id in candidates {
        if !seen.insert(id) || permits::permit(&zone.permits, id).is_none() {
            continue;
        }
        if found.permits.len() >= FOUND_MAX || asked >= ASKED_MAX {
            found.cut = true;
            break;
        }
        asked += 1;
        let sees_holder = |permit: &Permit| {
            let issue = &permit.issue;
            portal.view_person(zone, actor, issue.holder, Some(issue.case), cases::Seen::Listed).is_ok()
        };
        if portal.permit(zone, actor, id).is_ok_and(sees_holder) {
            found.permits.push(id);
        }
    }
    found
}
