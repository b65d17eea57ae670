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
        self.opened_name(person).filter(|name| !name.is_empty()).unwrap_or_else(|| person.to_string())
    }

    fn opened_name(&self, person: PersonId) -> Option<String> {
        let zone = self.zone();
        let sealed = &parties::person(&zone.parties, person)?.details;
        // Asked before the name is opened: what is forgotten meanwhile is not kept.
        let forgettings = self.vault.forgettings().ok()?;
        if let Some(name) = self.names.get(sealed, forgettings) {
            return Some(name);
        }
        let details: Details = self.vault.open_json(sealed, context::DETAILS).ok()?;
        let name = details.name();
        self.names.keep(sealed, &name, forgettings);
        Some(name)
    }

    /// Whether this park is a demonstration, in which everybody is synthetic.
    pub fn is_demo(&self) -> bool {
        !self.clock.is_system()
    }
}
