//! What an officer's queue is narrowed down to and how it is sorted: read from an address, said in words, written back.
//!
//! An address holds names and keys alone, so that it may be kept, sent, and stand in a browser's history.

use crate::Caller;
use base::{Key, Language};
use cases::{LegState, Urgency};
use frame::say;
use std::collections::BTreeMap;

pub(super) type Asked = BTreeMap<String, String>;

/// Whose the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    Me,
    Nobody,
    Colleagues,
}

impl Taken {
    pub const ALL: [Taken; 3] = [Taken::Me, Taken::Nobody, Taken::Colleagues];

    pub fn key(self) -> &'static str {
        match self {
            Taken::Me => "me",
            Taken::Nobody => "nobody",
            Taken::Colleagues => "colleagues",
        }
    }

    pub fn word(self, l: Language) -> String {
        match self {
            Taken::Me => say!(l, "queue-taken-me"),
            Taken::Nobody => say!(l, "queue-taken-nobody"),
            Taken::Colleagues => say!(l, "queue-taken-colleagues"),
        }
    }
}

/// What comes first; by the deadline where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sort {
    #[default]
    Due,
    Opened,
    Service,
}

impl Sort {
    pub const ALL: [Sort; 3] = [Sort::Due, Sort::Opened, Sort::Service];

    pub fn key(self) -> &'static str {
        match self {
            Sort::Due => "due",
            Sort::Opened => "opened",
            Sort::Service => "service",
        }
    }

    pub fn word(self, l: Language) -> String {
        match self {
            Sort::Due => say!(l, "queue-sort-due"),
            Sort::Opened => say!(l, "queue-sort-opened"),
            Sort::Service => say!(l, "queue-sort-service"),
        }
    }
}

pub(super) const URGENCIES: [Urgency; 5] =
    [Urgency::Breached, Urgency::Pressing, Urgency::Warned, Urgency::InTime, Urgency::Stopped];

/// The states in which a leg is with its office.
pub(super) const STATES: [LegState; 2] = [LegState::Open, LegState::Asked];

#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub service: Option<Key>,
    pub state: Option<LegState>,
    pub urgency: Option<Urgency>,
    pub taken: Option<Taken>,
    pub sort: Sort,
}

impl Filter {
    pub fn read(query: &Asked) -> Self {
        let text = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
        Self {
            service: Key::new(text("service")),
            state: STATES.into_iter().find(|state| state_key(*state) == Some(text("state"))),
            urgency: URGENCIES.into_iter().find(|urgency| urgency_key(*urgency) == text("urgency")),
            taken: Taken::ALL.into_iter().find(|taken| taken.key() == text("taken")),
            sort: Sort::ALL.into_iter().find(|sort| sort.key() == text("sort")).unwrap_or_default(),
        }
    }

    /// As the room keeps it, and as an address says it after the question mark.
    pub fn of_query(query: &str) -> Self {
        Self::read(&url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// What was chosen, each by the name of its field.
    fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("service", self.service.as_ref().map(Key::as_str)),
            ("state", self.state.and_then(state_key)),
            ("urgency", self.urgency.map(urgency_key)),
            ("taken", self.taken.map(Taken::key)),
            ("sort", (self.sort != Sort::Due).then_some(self.sort.key())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }

    /// As it stands in an address, one of its parts left out.
    pub fn query(&self, without: &str) -> String {
        let kept = self.parts().filter(|(name, _)| *name != without);
        kept.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// The value of one of its fields; nothing where it says nothing.
    pub fn value(&self, field: &str) -> &str {
        self.parts().find(|(name, _)| *name == field).map_or("", |(_, value)| value)
    }

    /// What was chosen in the reader's words, by field.
    pub fn words(&self, caller: &Caller) -> Vec<(&'static str, String)> {
        let l = caller.language;
        let service = self.service.as_ref().and_then(|key| caller.portal.park.profile.service(key));
        [
            ("service", service.map(|service| service.name.get(l).to_owned())),
            ("state", self.state.map(|state| crate::casework::leg_status(l, state).1)),
            ("urgency", self.urgency.map(|urgency| urgency_word(l, urgency))),
            ("taken", self.taken.map(|taken| taken.word(l))),
            ("sort", (self.sort != Sort::Due).then(|| self.sort.word(l))),
        ]
        .into_iter()
        .filter_map(|(name, word)| Some((name, word?)))
        .collect()
    }
}

pub(super) fn urgency_word(l: Language, urgency: Urgency) -> String {
    match urgency {
        Urgency::Stopped => say!(l, "urgency-stopped"),
        Urgency::InTime => say!(l, "urgency-in-time"),
        Urgency::Warned => say!(l, "urgency-warned"),
        Urgency::Pressing => say!(l, "urgency-pressing"),
        Urgency::Breached => say!(l, "urgency-breached"),
    }
}

pub(super) fn urgency_key(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Stopped => "stopped",
        Urgency::InTime => "in-time",
        Urgency::Warned => "warned",
        Urgency::Pressing => "pressing",
        Urgency::Breached => "breached",
    }
}

/// None of a state in which nothing waits in a queue.
pub(super) fn state_key(state: LegState) -> Option<&'static str> {
    match state {
        LegState::Open => Some("open"),
        LegState::Asked => Some("asked"),
        LegState::Approved
        | LegState::Refused
        | LegState::Moot
        | LegState::Waiting
        | LegState::Supported
        | LegState::Objected => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_says_is_read_and_written_back_and_what_is_unknown_is_left_out() {
        for (query, want) in [
            ("service=commuter-pass&state=asked&urgency=breached&taken=me&sort=opened", None),
            ("urgency=pressing", None),
            ("sort=due&taken=anybody&state=moot&urgency=&page=3", Some("")),
            ("service=No%20Such", Some("")),
        ] {
            assert_eq!(Filter::of_query(query).query(""), want.unwrap_or(query), "{query}");
        }
        assert_eq!(Filter::of_query("state=open&taken=me").query("state"), "taken=me");
    }
}
