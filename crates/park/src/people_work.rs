//! People's personal fields, opened for those who may see them.

use crate::open::Park;
use base::PersonId;
use desk::{Details, context};

impl Park {
    /// `None` for somebody unknown or erased. Whether the one who asks may see them is for the caller to ask the rulebook.
    pub fn details(&self, person: PersonId) -> Option<Details> {
        let zone = self.zone();
        let known = parties::person(&zone.parties, person)?;
        self.vault.open_json(&known.details, context::DETAILS).ok()
    }

    /// The person's name, or their number where the name was erased.
    pub fn name_of(&self, person: PersonId) -> String {
        self.details(person)
            .map(|details| details.name())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| person.to_string())
    }

    /// Whether this park is a demonstration, in which everybody is synthetic.
    pub fn is_demo(&self) -> bool {
        !self.clock.is_system()
    }
}
