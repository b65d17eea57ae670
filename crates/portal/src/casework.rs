//! How a case is told, whoever reads it: its events in words, its legs' states, and their clocks.
//!
//! What of it a reader may see (reasons, names, the other bank's words) is decided by the page that shows it.

use crate::Portal;
use base::Language;
use cases::{Event, Leg, LegState, LegVerdict, Outcome};
use frame::parts::{self, ClockState, Tone};
use frame::say;
use park::{HistoryItem, HistoryText};
use serde_json::Value;

pub(crate) fn tone(event: &Event) -> Tone {
    match event {
        Event::LegDecided { verdict: LegVerdict::Approved | LegVerdict::Supported, .. }
        | Event::Decided { outcome: Outcome::Approved, .. } => Tone::Good,
        Event::LegDecided { verdict: LegVerdict::Refused, .. } | Event::Decided { outcome: Outcome::Refused, .. } => {
            Tone::Bad
        }
        Event::LegDecided { verdict: LegVerdict::Objected, .. }
        | Event::Asked { .. }
        | Event::LegLeftToOfficer { .. } => Tone::Caution,
        Event::Decided { outcome: Outcome::Withdrawn, .. } | Event::Withdrawn { .. } => Tone::Neutral,
        Event::Opened { .. }
        | Event::Submitted { .. }
        | Event::LegTaken { .. }
        | Event::LegStarted { .. }
        | Event::Answered { .. }
        | Event::RosterUploaded { .. }
        | Event::RosterMended { .. }
        | Event::Attached { .. } => Tone::Active,
        Event::AttachmentRead { .. } => Tone::Neutral,
    }
}

pub(crate) fn title(l: Language, event: &Event) -> String {
    match event {
        Event::Opened { .. } => say!(l, "history-opened"),
        Event::Submitted { .. } => say!(l, "history-submitted"),
        Event::LegStarted { .. } => say!(l, "history-started"),
        Event::LegTaken { .. } => say!(l, "history-taken"),
        Event::LegDecided { verdict: LegVerdict::Approved, officer: Some(_), .. } => say!(l, "history-approved"),
        Event::LegDecided { verdict: LegVerdict::Approved, officer: None, .. } => say!(l, "history-approved-by-rule"),
        Event::LegDecided { verdict: LegVerdict::Refused, .. } => say!(l, "history-refused"),
        Event::LegDecided { verdict: LegVerdict::Supported, .. } => say!(l, "history-supported"),
        Event::LegDecided { verdict: LegVerdict::Objected, .. } => say!(l, "history-objected"),
        Event::LegLeftToOfficer { .. } => say!(l, "history-left-to-officer"),
        Event::Asked { .. } => say!(l, "history-asked"),
        Event::Answered { .. } => say!(l, "history-answered"),
        Event::Decided { outcome: Outcome::Approved, .. } => say!(l, "history-case-approved"),
        Event::Decided { outcome: Outcome::Refused, .. } => say!(l, "history-case-refused"),
        Event::Decided { outcome: Outcome::Withdrawn, .. } | Event::Withdrawn { .. } => say!(l, "history-withdrawn"),
        Event::Attached { .. } => say!(l, "history-attached"),
        Event::AttachmentRead { .. } => say!(l, "history-attachment-read"),
        Event::RosterUploaded { .. } | Event::RosterMended { .. } => say!(l, "history-roster"),
    }
}

/// The head of one leg's column: bank, office, state, clock.
pub(crate) fn leg_head(portal: &Portal, l: Language, leg: &Leg) -> parts::Leg {
    let profile = &portal.park.profile;
    let bank = profile.bank(leg.bank).map_or("", |bank| bank.name.get(l));
    let office = profile.office(&leg.office).map_or("", |office| office.name.get(l));
    parts::Leg {
        bank: bank.to_owned(),
        office: office.to_owned(),
        status: leg_status(l, leg.state),
        clock: clock(portal, l, leg),
        actions: None,
    }
}

pub(crate) fn leg_status(l: Language, state: LegState) -> (Tone, String) {
    match state {
        LegState::Open => (Tone::Active, say!(l, "leg-open")),
        LegState::Asked => (Tone::Caution, say!(l, "leg-asked")),
        LegState::Approved => (Tone::Good, say!(l, "leg-approved")),
        LegState::Refused => (Tone::Bad, say!(l, "leg-refused")),
        LegState::Moot => (Tone::Neutral, say!(l, "leg-moot")),
        LegState::Waiting => (Tone::Neutral, say!(l, "leg-waiting")),
        LegState::Supported => (Tone::Good, say!(l, "leg-supported")),
        LegState::Objected => (Tone::Caution, say!(l, "leg-objected")),
    }
}

/// Working days used: of a decided leg until it was decided, of an open one until today.
fn clock(portal: &Portal, l: Language, leg: &Leg) -> Option<parts::Clock> {
    let profile = &portal.park.profile;
    let until = leg.decided_at.unwrap_or(portal.park.now());
    let left = leg.clock.left(profile.calendar_of_office(&leg.office)?, profile.local_date(leg.bank, until));
    let allowed = i32::from(leg.clock.working_days());
    let state = match leg.state {
        LegState::Open => ClockState::Running,
        LegState::Asked => ClockState::Paused,
        LegState::Waiting => return None,
        LegState::Approved | LegState::Refused | LegState::Supported | LegState::Objected | LegState::Moot => {
            ClockState::Stopped
        }
    };
    Some(parts::Clock {
        language: l,
        days_used: u32::try_from(allowed - left).unwrap_or(0),
        days_allowed: u32::from(leg.clock.working_days()),
        state,
    })
}

/// What was answered in the service's form, where it was opened and its key is still there.
pub(crate) fn answers(items: &[HistoryItem]) -> Option<Value> {
    items.iter().find_map(|item| match (&item.event, &item.text) {
        (Event::Opened { .. }, HistoryText::Written(text)) => serde_json::from_str(text).ok(),
        _ => None,
    })
}
