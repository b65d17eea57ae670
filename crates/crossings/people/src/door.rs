//! What other rooms may ask of people's crossings.

use crate::model::{Passage, Place, State, Tally};
use base::{Bank, Direction, Entity, Instant, Key, PassageId, PersonId, Question};
use profile::{Gate, Profile};

pub fn place_of(state: &State, person: PersonId) -> Option<Place> {
    state.presence.get(&person).map(|presence| presence.place)
}

/// How many people crossings have last taken to the north bank and to the south bank.
pub fn presence_counts(state: &State) -> (u32, u32) {
    (state.on_north, state.on_south)
}

pub fn people_on_bridge(state: &State, profile: &Profile, bridge: &Key) -> usize {
    let on_it = |gate: &Key| profile.gates.get(gate).is_some_and(|gate| gate.bridge == *bridge);
    state.passages.values().filter(|passage| on_it(&passage.gate)).count()
}

/// Open by its hours, and not closed by an officer.
pub fn gate_is_open(state: &State, profile: &Profile, gate: &Gate, now: Instant) -> bool {
    let closed = state.gates.get(&gate.key).is_some_and(|gate| gate.closed_since.is_some());
    !closed && gate.hours.contains(profile.weekday(gate.bank, now), profile.local_minute(gate.bank, now))
}

/// Who answers for a traveller who goes this way from this gate.
pub fn responsible_office(gate: &Gate, direction: Direction) -> &Key {
    gate.owner_office.of(direction)
}

/// A gate as the rulebook sees it.
pub fn gate_entity(gate: &Gate) -> Entity {
    Entity::new("Gate", &gate.key).with("gate", &gate.key).with("bridge", &gate.bridge).with("bank", gate.bank.as_str())
}

/// The gate at the other end of the bridge.
pub fn far_gate<'a>(profile: &'a Profile, near: &Gate) -> Option<&'a Gate> {
    profile.gates.values().find(|other| other.bridge == near.bridge && other.bank != near.bank)
}

/// The question whether somebody may record that a traveller arrived (`complete_passage`) or came back
/// (`return_passage`). `None` where the gate at which the passage began is no gate of the zone any more.
pub fn ending(profile: &Profile, open: &Passage, action: &'static str, asker: Entity) -> Option<Question> {
    let near = profile.gates.get(&open.gate)?;
    let owner = profile.offices.get(&open.office).map_or("none", |office| office.bank.as_str());
    let far = far_gate(profile, near).map_or("", |far| far.key.as_str());
    Some(Question::new(action, asker, gate_entity(near)).with("owner_bank", owner).with("far_gate", far))
}

/// Something that an office has to see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenItem<'a> {
    /// A passage that has taken longer than the gate allows for.
    Overdue { passage: PassageId, began_at: Instant, office: &'a Key },
    /// A traveller whom an officer has to see.
    Referred { passage: PassageId, at: Instant, office: &'a Key },
}

impl OpenItem<'_> {
    pub fn passage(&self) -> PassageId {
        match self {
            OpenItem::Overdue { passage, .. } | OpenItem::Referred { passage, .. } => *passage,
        }
    }

    pub fn office(&self) -> &Key {
        match self {
            OpenItem::Overdue { office, .. } | OpenItem::Referred { office, .. } => office,
        }
    }
}

/// Oldest first.
pub fn open_items<'a>(state: &'a State, profile: &Profile, now: Instant) -> Vec<OpenItem<'a>> {
    let overdue = state.passages.iter().filter_map(|(passage, open)| {
        let minutes = profile.gates.get(&open.gate)?.overdue_minutes;
        let late = now.since(open.began_at) > i64::from(minutes) * Instant::MINUTE;
        late.then_some(OpenItem::Overdue { passage: *passage, began_at: open.began_at, office: &open.office })
    });
    let referred = state.referrals.iter().map(|(passage, open)| OpenItem::Referred {
        passage: *passage,
        at: open.at,
        office: &open.office,
    });
    let mut items: Vec<_> = overdue.chain(referred).collect();
    items.sort_by_key(OpenItem::passage);
    items
}

/// Decisions from one hour to another, both as hours since 1970 UTC, the second excluded.
pub fn tallies_between(
    state: &State,
    from_hour: i64,
    until_hour: i64,
) -> impl Iterator<Item = (i64, &Key, Direction, Tally)> + '_ {
    let from = (from_hour, Key::default(), Direction::Northbound);
    let until = (until_hour, Key::default(), Direction::Northbound);
    state.tallies.range(from..until).map(|((hour, gate, direction), tally)| (*hour, gate, *direction, *tally))
}

/// The bank somebody is on, where they are on one.
pub(crate) fn bank_of(place: Place) -> Option<Bank> {
    match place {
        Place::On(bank) => Some(bank),
        Place::Crossing(_) => None,
    }
}
