//! Faults that show only when several files are seen together. Runs once a profile could be put together.
//!
//! What has a fault was left out of the profile. Therefore whatever counts things looks only at files without faults of
//! their own: one slip must not be listed a second time as something missing.

use crate::model::{About, Effect, JointOutcome, Profile, Role, Service};
use crate::reader::{Findings, Noun, Place};
use base::{Bank, Direction, Key};
use std::collections::BTreeMap;

pub(crate) fn check(findings: &Findings, profile: &Profile) {
    banks(findings, profile);
    gates(findings, profile);
    calendars(findings, profile);
    escalation(findings, profile);
    profile.services.values().for_each(|service| recognition(findings, profile, service));
    profile.services.values().for_each(|service| changes(findings, profile, service));
    earlier(findings, profile);
    personas(findings, profile);
    organisations(findings, profile);
    figures(findings, profile);
    map(findings, profile);
}

fn banks(findings: &Findings, profile: &Profile) {
    let (zone, parks) = (!findings.has_fault_in("zone.toml"), !findings.has_fault_in("parks.toml"));
    for bank in Bank::BOTH.into_iter().filter(|bank| zone && !profile.banks.contains_key(bank)) {
        findings.fault(Place::whole("zone.toml"), format!("the {bank} bank is missing"), "add its [[bank]]");
    }
    for bank in Bank::BOTH.into_iter().filter(|bank| parks && !profile.parks.values().any(|park| park.bank == *bank)) {
        findings.fault(Place::whole("parks.toml"), format!("the {bank} bank has no park"), "add its [[park]]");
    }
}

/// A bridge has one gate at each end, and whoever enters a bank is answered for by an office of that bank.
fn gates(findings: &Findings, profile: &Profile) {
    let counted = !findings.has_fault_in("gates.toml");
    for bridge in profile.bridges.keys().filter(|_| counted) {
        for bank in Bank::BOTH {
            let count = profile.gates.values().filter(|gate| gate.bridge == *bridge && gate.bank == bank).count();
            if count != 1 {
                let place = findings.place_of(Noun::Bridge, bridge);
                findings.fault(
                    place,
                    format!("the bridge has {count} gates on the {bank} bank"),
                    "give it exactly one",
                );
            }
        }
    }
    for gate in profile.gates.values() {
        for direction in Direction::BOTH {
            let owner = gate.owner_office.of(direction);
            let wrong_bank = profile.offices.get(owner).is_some_and(|office| office.bank != direction.to());
            if wrong_bank {
                let what = format!("`owner_office.{direction}` is `{owner}`, an office of the other bank");
                let remedy = format!("name an office of the {} bank, which is entered", direction.to());
                findings.fault(findings.place_of(Noun::Gate, &gate.key), what, remedy);
            }
        }
    }
}

/// A day that ends at noon is a day that was worked; whoever keeps a calendar can be asked for the next year's.
fn calendars(findings: &Findings, profile: &Profile) {
    for calendar in profile.calendars.values() {
        for date in calendar.half_days.keys().filter(|date| !calendar.is_working_day(**date)) {
            let place = findings.place_of(Noun::Calendar, &calendar.key);
            findings.fault(
                place,
                format!("the half day {date} is not a working day"),
                "remove it, or correct the date",
            );
        }
        let repeated = calendar.closures.iter().enumerate();
        let mut repeated =
            repeated.filter(|(at, kind)| calendar.closures.iter().take(*at).any(|one| one.key == kind.key));
        if let Some((_, kind)) = repeated.next() {
            let place = findings.place_of(Noun::Calendar, &calendar.key);
            findings.fault(place, format!("the closure `{}` is there twice", kind.key), "name each once");
        }
    }
}

/// Nobody is told across the river that an office of the other bank is late: each authority looks after its own (7.1.3).
fn escalation(findings: &Findings, profile: &Profile) {
    let bank_of = |office: &Key| profile.offices.get(office).map(|office| office.bank);
    let remedy = "name an office of the same bank in `escalates_to`";
    for office in profile.offices.values() {
        if bank_of(&office.escalates_to).is_some_and(|bank| bank != office.bank) {
            let what = format!("`{}` escalates to the other bank", office.key);
            findings.fault(findings.place_of(Noun::Office, &office.key), what, remedy);
        }
    }
    for service in profile.services.values() {
        for leg in &service.legs {
            let other = leg.escalates_to.as_ref().is_some_and(|to| bank_of(to) != bank_of(&leg.office));
            if other {
                let what = format!("the leg `{}` escalates to the other bank", leg.key);
                findings.fault(findings.place_of(Noun::Service, &service.key), what, remedy);
            }
        }
    }
}

/// A leg that leads is recognised by the other bank, so that bank has a leg that binds.
fn recognition(findings: &Findings, profile: &Profile, service: &Service) {
    let JointOutcome::Recognition { lead } = &service.outcome else { return };
    let bank_of = |office: &Key| profile.offices.get(office).map(|office| office.bank);
    let Some(leads) = service.legs.iter().find(|leg| leg.key == *lead).and_then(|leg| bank_of(&leg.office)) else {
        return;
    };
    let recognises = |bank: Bank| bank == leads.other();
    let judging = service.legs.iter().filter(|leg| leg.kind.judges());
    if !judging.filter_map(|leg| bank_of(&leg.office)).any(recognises) {
        let what = format!("`{lead}` leads, and no leg of the {} bank recognises it", leads.other());
        let remedy = "add a leg of an office of that bank that judges, or change `outcome.rule`";
        findings.fault(findings.place_of(Noun::Service, &service.key), what, remedy);
    }
}

/// An earlier version is one of a service that there is, and earlier.
fn earlier(findings: &Findings, profile: &Profile) {
    for (key, version) in profile.earlier.keys() {
        let place = Place::whole(format!("services/history/{key}@{version}.toml"));
        match profile.services.get(key) {
            Some(current) if current.version > *version => {}
            Some(current) => {
                let what = format!("is no earlier version: the service is at {}", current.version);
                findings.fault(place, what, "raise `version` in the service's own file, or remove this one");
            }
            None => {
                findings.fault(place, format!("there is no service `{key}`"), "keep the service, or remove this file");
            }
        }
    }
}

/// What a service lets be asked later is carried out by a service that changes cases, and there is something to change.
fn changes(findings: &Findings, profile: &Profile, service: &Service) {
    let place = || findings.place_of(Noun::Service, &service.key);
    for change in &service.changes {
        let Some(by) = profile.services.get(&change.service) else { continue };
        if by.about != About::Case || !matches!(by.effect, Effect::Change) {
            let what = format!("`{}` is to carry out `{}`, and changes no case", by.key, change.kind.as_str());
            findings.fault(place(), what, "give it about = \"case\" and effect.kind = \"change\"");
        }
        let issues = matches!(service.effect, Effect::IssuePermit(_) | Effect::Grant(_));
        if !issues && !change.kind.is_about_a_refusal() {
            let what =
                format!("`{}` is asked of what was issued, and the service issues nothing", change.kind.as_str());
            findings.fault(place(), what, "remove this [[change]]");
        }
    }
}

fn personas(findings: &Findings, profile: &Profile) {
    for persona in &profile.personas {
        let office = persona.office.as_ref().and_then(|office| profile.offices.get(office));
        if office.is_some_and(|office| office.bank != persona.bank) {
            let place = findings.place_of(Noun::Persona, &persona.key);
            findings.fault(place, "the persona's office is on the other bank", "change `bank` or `office`");
        }
        if persona.office.is_some() && matches!(persona.role, Role::Clerk | Role::Person) {
            let place = findings.place_of(Noun::Persona, &persona.key);
            findings.fault(place, "a clerk or person has no office", "remove `office`, or change `role`");
        }
    }
}

fn organisations(findings: &Findings, profile: &Profile) {
    for organisation in &profile.demo_organisations {
        if profile.parks.get(&organisation.park).is_some_and(|park| park.bank != organisation.bank) {
            let place = findings.place_of(Noun::Organisation, &organisation.key);
            findings.fault(place, "the organisation's park is on the other bank", "change `bank` or `park`");
        }
    }
}

/// The parts of a whole add up to it.
fn figures(findings: &Findings, profile: &Profile) {
    if findings.has_fault_in("figures.toml") {
        return;
    }
    let mut sums: BTreeMap<&Key, i64> = BTreeMap::new();
    for figure in &profile.facts {
        if let Some(whole) = &figure.part_of {
            let sum = sums.entry(whole).or_default();
            *sum = sum.saturating_add(figure.value);
        }
    }
    for figure in &profile.facts {
        if let Some(sum) = sums.get(&figure.key).filter(|sum| **sum != figure.value) {
            let what = format!("its parts add up to {sum}, not to {}", figure.value);
            findings.fault(findings.place_of(Noun::Figure, &figure.key), what, "correct the whole or its parts");
        }
    }
}

fn map(findings: &Findings, profile: &Profile) {
    if findings.has_fault_in("map.toml") {
        return;
    }
    let undrawn = profile.parks.keys().filter(|key| !profile.map.parks.contains_key(*key)).map(|key| ("park", key));
    let undrawn = undrawn
        .chain(profile.bridges.keys().filter(|key| !profile.map.bridges.contains_key(*key)).map(|key| ("bridge", key)));
    let undrawn = undrawn
        .chain(profile.gates.keys().filter(|key| !profile.map.gates.contains_key(*key)).map(|key| ("gate", key)));
    for (noun, key) in undrawn {
        let remedy = format!("add [[{noun}]] with key = \"{key}\"");
        findings.fault(Place::whole("map.toml"), format!("the {noun} `{key}` is not on the map"), remedy);
    }
}
