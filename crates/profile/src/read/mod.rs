//! From a folder's files to a `Profile`, or to the whole list of what is wrong with them.
//!
//! Every topic is read even when another has faults; keys that files mention are looked up at the end. It must not
//! know how TOML is taken apart (`reader`) nor what rooms do with the data.

mod calculation;
mod calendar;
mod changes;
mod effect;
mod field;
mod form;
mod guidance;
mod legs;
mod lists;
mod map;
mod people;
mod places;
mod schemas;
mod service;
mod tasks;

use crate::check;
use crate::folder::{self, Files};
use crate::model::{Profile, Service};
use crate::reader::{Document, Findings, Noun, Place, Table};
use base::{Fault, Key, Localised};
use std::collections::BTreeMap;
use std::path::Path;

/// The files directly in the folder; all are required.
const TOPICS: [&str; 9] = [
    "bridges.toml",
    "figures.toml",
    "gates.toml",
    "map.toml",
    "offices.toml",
    "organisations.toml",
    "parks.toml",
    "personas.toml",
    "zone.toml",
];
const CALENDARS: &str = "calendars/";
const SERVICES: &str = "services/";
/// Versions that cases may still be on, a file each: `KEY@VERSION.toml`.
const HISTORY: &str = "services/history/";
/// A zone may have none of these.
const GUIDANCE: &str = "guidance/";
const LISTS: &str = "lists/";
/// Read by the rulebook; here it is only hashed.
const RULES: &str = "rules/";

pub(crate) fn load(folder: &Path) -> Result<Profile, Vec<Fault>> {
    let findings = Findings::default();
    let files = folder::collect(&findings, folder);
    let texts = texts(&findings, &files);
    let profile = assemble(&findings, &texts, folder::hash(&files));
    findings.resolve();
    if let Some(profile) = &profile {
        check::check(&findings, profile);
    }
    let faults = findings.into_faults();
    match profile {
        Some(profile) if faults.is_empty() => Ok(profile),
        _ => Err(faults),
    }
}

type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// The TOML files that are read here, as text. A TOML file that nothing reads is a fault: somebody thinks it counts.
fn texts<'a>(findings: &Findings, files: &'a Files) -> Texts<'a> {
    let mut texts = Texts::new();
    for (path, content) in files.iter().filter(|(path, _)| path.ends_with(".toml") && !path.starts_with(RULES)) {
        if !is_read(path) {
            let remedy = format!(
                "move it to {CALENDARS}, {LISTS}, {SERVICES} or {GUIDANCE}, or remove it; known files: {}",
                TOPICS.join(", ")
            );
            findings.fault(Place::whole(path), "nothing reads this file", remedy);
            continue;
        }
        match std::str::from_utf8(content) {
            Ok(text) => {
                texts.insert(path, text);
            }
            Err(error) => {
                let before = content.get(..error.valid_up_to()).unwrap_or_default();
                let line = u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).ok();
                let place = Place { file: path.clone(), line, column: None };
                findings.fault(place, "is not UTF-8", "save it as UTF-8");
            }
        }
    }
    texts
}

fn is_read(path: &str) -> bool {
    let in_one_of = |folder: &str| path.strip_prefix(folder).is_some_and(|name| !name.contains('/'));
    TOPICS.contains(&path) || [CALENDARS, LISTS, SERVICES, HISTORY, GUIDANCE].into_iter().any(in_one_of)
}

fn assemble(findings: &Findings, texts: &Texts<'_>, hash: String) -> Option<Profile> {
    let reading = Reading { findings, texts };
    let zone = reading.topic("zone.toml", |file| {
        let (key, name, banks) = (file.key("key"), file.localised("name"), file.tables("bank", places::bank));
        let delegations = file.table("delegation", people::delegations);
        Some((key?, name?, banks, delegations?))
    });
    let parks = reading.keyed("parks.toml", "park", Noun::Park, places::park);
    let bridges = reading.keyed("bridges.toml", "bridge", Noun::Bridge, places::bridge);
    let gates = reading.keyed("gates.toml", "gate", Noun::Gate, places::gate);
    let offices = reading.keyed("offices.toml", "office", Noun::Office, places::office);
    let calendars = reading.each(CALENDARS, |file| {
        let key = file.defines(Noun::Calendar);
        let calendar = calendar::sheet(file, key.clone());
        Some((key?, calendar?))
    });
    let calendars = calendar::whole(findings, calendars);
    let personas = reading.list("personas.toml", "persona", people::persona);
    let demo_organisations = reading.list("organisations.toml", "organisation", people::organisation);
    let figures = reading.topic("figures.toml", |file| {
        Some((file.tables("figure", people::figure), file.tables("milestone", people::milestone)))
    });
    let map = reading.topic("map.toml", map::map);
    let guidance: Vec<_> = reading.any(GUIDANCE, guidance::part);
    let guidance = guidance::whole(guidance);
    let lists: BTreeMap<_, _> = reading.any(LISTS, lists::list);
    let known = field::Known {
        lists: &lists,
        places: map.as_ref().map_or(&[], |map| &map.places),
        figures: figures.as_ref().map_or(&[], |(figures, _)| figures),
        documents: &[],
    };
    let services = reading.each(SERVICES, |file| {
        let key = file.defines(Noun::Service);
        let service = service::service(file, key.clone(), &known);
        Some((key?, service?))
    });
    let earlier = reading.earlier(&known);
    let ((key, name, banks, delegations), (facts, milestones)) = (zone?, figures?);
    Some(Profile {
        key,
        name,
        hash,
        banks: banks.into_iter().map(|bank| (bank.bank, bank)).collect(),
        parks,
        bridges,
        gates,
        offices,
        calendars,
        services,
        earlier,
        lists,
        personas,
        demo_organisations,
        delegations,
        facts,
        milestones,
        map: map?,
        guidance,
    })
}

struct Reading<'a> {
    findings: &'a Findings,
    texts: &'a Texts<'a>,
}

impl Reading<'_> {
    /// One required file.
    fn topic<T>(&self, file: &str, read: impl FnOnce(&Table<'_>) -> Option<T>) -> Option<T> {
        let Some(text) = self.texts.get(file) else {
            self.findings.fault(
                Place::whole(file),
                "the file is missing",
                "write it (zones/hetao/ is a whole example)",
            );
            return None;
        };
        Document::parse(self.findings, file, text).read(read)
    }

    /// The `[[name]]` tables of one required file; at least one.
    fn list<T>(&self, file: &str, name: &'static str, read: impl FnMut(&Table<'_>) -> Option<T>) -> Vec<T> {
        let items = self.topic(file, |top| {
            if !top.has(name) {
                top.fault_at(name, format!("there is no {name}"), format!("add [[{name}]]"));
            }
            Some(top.tables(name, read))
        });
        items.unwrap_or_default()
    }

    fn keyed<T>(
        &self,
        file: &str,
        name: &'static str,
        noun: Noun,
        read: impl Fn(&Table<'_>, Option<Key>) -> Option<T>,
    ) -> BTreeMap<Key, T> {
        let items = self.list(file, name, |table| {
            // The key counts as defined even when the rest is wrong, so that one fault does not bring others.
            let key = table.defines(noun);
            let item = read(table, key.clone());
            Some((key?, item?))
        });
        items.into_iter().collect()
    }

    /// Earlier versions of services. They define nothing that other files could mention.
    fn earlier(&self, known: &field::Known<'_>) -> BTreeMap<(Key, u32), Service> {
        let mut found = BTreeMap::new();
        for (file, text) in self.texts.iter().filter(|(file, _)| file.starts_with(HISTORY)) {
            let service = Document::parse(self.findings, file, text).read(|table| {
                let key = table.key("key");
                service::service(table, key, known)
            });
            let Some(service) = service else { continue };
            let name = format!("{HISTORY}{}@{}.toml", service.key, service.version);
            if *file != name {
                let what = format!("holds version {} of `{}`", service.version, service.key);
                self.findings.fault(Place::whole(*file), what, format!("name it {name}"));
            }
            found.insert((service.key.clone(), service.version), service);
        }
        found
    }

    /// Every file of a folder, one thing each; at least one.
    fn each<T>(&self, folder: &str, mut read: impl FnMut(&Table<'_>) -> Option<(Key, T)>) -> BTreeMap<Key, T> {
        let mut items = BTreeMap::new();
        let mut found = false;
        let in_folder = |file: &str| file.strip_prefix(folder).is_some_and(|name| !name.contains('/'));
        for (file, text) in self.texts.iter().filter(|(file, _)| in_folder(file)) {
            found = true;
            items.extend(Document::parse(self.findings, file, text).read(&mut read));
        }
        if !found {
            self.findings.fault(
                Place::whole(folder),
                "there is no file in this folder",
                "add one with the ending .toml",
            );
        }
        items
    }

    /// Every file of a folder, one thing each; there may be none.
    fn any<T, All: FromIterator<T>>(&self, folder: &str, mut read: impl FnMut(&Table<'_>) -> Option<T>) -> All {
        let files = self.texts.iter().filter(|(file, _)| file.starts_with(folder));
        files.filter_map(|(file, text)| Document::parse(self.findings, file, text).read(&mut read)).collect()
    }
}

/// The fields that name something, as every topic writes them.
fn name(table: &Table<'_>) -> Option<Localised> {
    table.localised("name")
}
