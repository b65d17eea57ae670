//! What an office arranges that is no case's own: times for appointments, officers who are away.

use crate::absences::{self, Absence};
use crate::appointments;
use crate::decide::Room;
use crate::model::{Event, State};
use crate::refusal::Refusal;
use base::{Date, Entity, Instant, Key, PersonId, Recorded};
use profile::Office;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OfficeCommand {
    /// So many appointments at once, each so long.
    OfferTimes {
        starts: Vec<Instant>,
        minutes: u16,
        places: u8,
    },
    /// A time that nobody has chosen.
    WithdrawTime {
        at: Instant,
    },
    BeAway {
        person: PersonId,
        from: Date,
        until: Date,
        deputy: PersonId,
    },
    EndAbsence {
        person: PersonId,
        from: Date,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OfficeEvent {
    TimesOffered { starts: Vec<Instant>, minutes: u16, places: u8, officer: PersonId },
    TimeWithdrawn { at: Instant, officer: PersonId },
    AwayDeclared { person: PersonId, from: Date, until: Date, deputy: PersonId, by: PersonId },
    AwayEnded { person: PersonId, from: Date, by: PersonId },
}

pub(crate) fn decide(room: &Room, office: Key, command: OfficeCommand) -> Result<Vec<Event>, Refusal> {
    match command {
        OfficeCommand::OfferTimes { starts, minutes, places } => {
            appointments::offer(room, office, starts, minutes, places)
        }
        OfficeCommand::WithdrawTime { at } => appointments::withdraw(room, office, at),
        OfficeCommand::BeAway { person, from, until, deputy } => {
            absences::declare(room, office, person, from, until, deputy)
        }
        OfficeCommand::EndAbsence { person, from } => absences::end(room, office, person, from),
    }
}

pub(crate) fn evolve(state: &mut State, office: &Key, event: &OfficeEvent, recorded: &Recorded) {
    match event {
        OfficeEvent::TimesOffered { starts, minutes, places, .. } => {
            appointments::offered(state, office, starts, *minutes, *places, recorded.at);
        }
        OfficeEvent::TimeWithdrawn { at, .. } => appointments::withdrawn(state, office, *at),
        OfficeEvent::AwayDeclared { person, from, until, deputy, .. } => {
            let absence = Absence { from: *from, until: *until, deputy: *deputy };
            absences::declared(state, office, *person, absence);
        }
        OfficeEvent::AwayEnded { person, from, .. } => absences::ended(state, office, *person, *from),
    }
}

/// An office as the rulebook sees it.
pub fn entity(office: &Office) -> Entity {
    Entity::new("Office", &office.key).with("office", &office.key).with("bank", office.bank.as_str())
}
