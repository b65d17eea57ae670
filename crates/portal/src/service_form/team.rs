//! A team's form: what is asked once, and what is asked of each person.

use super::{BESIDE, Filled, Reading, errors};
use crate::Posted;
use base::Language;
use frame::{Errors, say};
use park::{TEAM, team_field};
use profile::{FieldFault, Form, PART_MARK};
use serde_json::Value;

impl Filled {
    /// Fields asked once under their own names, the others under those of each person.
    pub fn read_team(form: &Form, posted: &Posted) -> Self {
        let mut reading = Reading { posted, typed: Vec::new(), read: BESIDE.map(str::to_owned).to_vec() };
        for field in form.fields.iter().filter(|field| field.common) {
            reading.field(field, field.key.as_str());
        }
        let last = posted.pairs().filter_map(|(name, _)| place_of(name)).max();
        let most = usize::from(form.team_most.unwrap_or(1));
        for place in (0..last.map_or(0, |last| last.saturating_add(1))).take(most) {
            for field in form.fields.iter().filter(|field| !field.common) {
                reading.field(field, &team_field(place, field.key.as_str()));
            }
        }
        Self(reading.typed)
    }

    /// People of whom something was typed, or who were just added.
    pub fn people(&self) -> usize {
        self.0.iter().filter_map(|(name, _)| place_of(name)).max().map_or(1, |last| last.saturating_add(1))
    }

    /// A whole form for each person.
    pub fn team(&self, form: &Form) -> Vec<Value> {
        let shared = || self.0.iter().filter(|(name, _)| place_of(name).is_none());
        let of = |place: usize| {
            let prefix = team_field(place, "");
            let own =
                self.0.iter().filter_map(move |(name, text)| Some((name.strip_prefix(&prefix)?.to_owned(), text)));
            let typed: Vec<(String, &String)> = shared().map(|(name, text)| (name.clone(), text)).chain(own).collect();
            form.value_of(typed.iter().map(|(name, text)| (name.as_str(), text.as_str())))
        };
        (0..self.people()).map(of).collect()
    }

    pub fn add_person(&mut self, form: &Form) {
        let people = self.people();
        let first = form.fields.iter().find(|field| !field.common);
        if let Some(first) = first.filter(|_| people < usize::from(form.team_most.unwrap_or(1))) {
            self.0.push((team_field(people, first.key.as_str()), String::new()));
        }
    }

    pub fn remove_person(&mut self, place: usize) {
        self.remove_row(TEAM, place);
    }
}

fn place_of(name: &str) -> Option<usize> {
    let rest = name.strip_prefix(TEAM)?.strip_prefix(PART_MARK)?;
    rest.split(PART_MARK).next()?.parse().ok()
}

/// The faults of a team: what is asked once is told once, the rest with the person's place.
pub(crate) fn team_errors(l: Language, form: &Form, faults: &[FieldFault]) -> Errors {
    let mut all = Errors::new();
    let mut told = Vec::new();
    for fault in faults {
        let own = fault.field.strip_prefix(TEAM).and_then(|rest| rest.strip_prefix(PART_MARK));
        let Some((place, field)) = own.and_then(|rest| rest.split_once(PART_MARK)) else {
            all.add_general(say!(l, "team-count"));
            continue;
        };
        let is_shared = form.field(field.split(PART_MARK).next().unwrap_or_default()).is_some_and(|field| field.common);
        let plain = FieldFault { field: field.to_owned(), ..fault.clone() };
        let number = place.parse::<usize>().unwrap_or_default().saturating_add(1);
        for message in errors(l, form, std::slice::from_ref(&plain)).messages() {
            if !is_shared {
                all.add(fault.field.clone(), say!(l, "team-fault", number = number.to_string(), message = message));
            } else if !told.contains(&plain) {
                all.add(field, message);
            }
        }
        told.push(plain);
    }
    all
}
