//! How a case is told, whoever reads it: its events in words, its legs' states, and their clocks.
//!
//! What of it a reader may see (reasons, names, the other bank's words) is decided by the page that shows it.

pub(crate) mod board;
pub(crate) mod corrected;
pub(crate) mod works;

use crate::Portal;
use base::{Key, Language};
use cases::{Audience, Event, Leg, LegState, LegVerdict, Outcome, Seen};
use frame::parts::{self, ClockState, Tone};
use frame::say;
use park::{Access, HistoryItem, HistoryText};
use profile::HALVES_PER_DAY;
use rulebook::Rulebook;
use serde_json::Value;

pub(crate) fn tone(event: &Event) -> Tone {
    match event {
        Event::LegDecided { verdict: LegVerdict::Approved | LegVerdict::Supported, .. }
        | Event::Decided { outcome: Outcome::Approved, .. } => Tone::Good,
        Event::LegDecided { verdict: LegVerdict::Refused, .. } | Event::Decided { outcome: Outcome::Refused, .. } => {
            Tone::Bad
        }
        Event::ClockBreached { .. } | Event::Escalated { .. } => Tone::Bad,
        Event::LegDecided { verdict: LegVerdict::Objected, .. }
        | Event::ClockWarned { .. }
        | Event::LegDeemed { .. }
        | Event::ClosureDeclared { .. }
        | Event::ClosureCorrected { .. }
        | Event::ClosureVoided { .. }
        | Event::Asked { .. }
        | Event::LegLeftToOfficer { .. } => Tone::Caution,
        Event::Decided { outcome: Outcome::Withdrawn, .. } | Event::Withdrawn { .. } => Tone::Neutral,
        Event::Worked { work, .. } => works::tone(work),
        Event::Opened { .. }
        | Event::Submitted { .. }
        | Event::LegTaken { .. }
        | Event::LegStarted { .. }
        | Event::Answered { .. }
        | Event::Office { .. }
        | Event::Remarked { .. }
        | Event::Migrated { .. }
        | Event::Viewed { .. }
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
        Event::Worked { work, .. } => works::title(l, work),
        Event::Office { .. } => say!(l, "history-office"),
        Event::Decided { outcome: Outcome::Approved, .. } => say!(l, "history-case-approved"),
        Event::Decided { outcome: Outcome::Refused, .. } => say!(l, "history-case-refused"),
        Event::Decided { outcome: Outcome::Withdrawn, .. } | Event::Withdrawn { .. } => say!(l, "history-withdrawn"),
        Event::Remarked { .. } => say!(l, "history-remarked"),
        Event::Migrated { to, .. } => say!(l, "history-migrated", version = to.to_string()),
        Event::Viewed { .. } => say!(l, "history-viewed"),
        Event::ClockWarned { percent, .. } => say!(l, "history-clock-warned", percent = u32::from(*percent)),
        Event::ClockBreached { .. } => say!(l, "history-clock-breached"),
        Event::Escalated { .. } => say!(l, "history-escalated"),
        Event::LegDeemed { verdict: LegVerdict::Approved, .. } => say!(l, "history-deemed-approved"),
        Event::LegDeemed { verdict: LegVerdict::Refused, .. } => say!(l, "history-deemed-refused"),
        Event::LegDeemed { verdict: LegVerdict::Supported, .. } => say!(l, "history-deemed-supported"),
        Event::LegDeemed { verdict: LegVerdict::Objected, .. } => say!(l, "history-deemed-objected"),
        Event::ClosureDeclared { .. } | Event::ClosureCorrected { .. } | Event::ClosureVoided { .. } => {
            say!(l, "history-closure")
        }
        Event::Attached { .. } => say!(l, "history-attached"),
        Event::AttachmentRead { .. } => say!(l, "history-attachment-read"),
        Event::RosterUploaded { .. } | Event::RosterMended { .. } => say!(l, "history-roster"),
    }
}

/// For whom a remark is.
pub(crate) fn audience(l: Language, audience: Audience) -> (Tone, String) {
    match audience {
        Audience::Bank => (Tone::Neutral, say!(l, "remark-for-bank")),
        Audience::Banks => (Tone::Active, say!(l, "remark-for-banks")),
        Audience::Applicant => (Tone::Caution, say!(l, "remark-for-applicant")),
    }
}

pub(crate) fn seen(l: Language, how: Seen) -> String {
    match how {
        Seen::Listed => say!(l, "accesses-listed"),
        Seen::Opened => say!(l, "accesses-opened"),
    }
}

/// Whoever opened something saw the name in a list as well: that is said once.
pub(crate) fn accesses(all: Vec<Access>) -> Vec<Access> {
    let opened = |one: &Access| {
        all.iter().any(|other| {
            other.how == Seen::Opened
                && (other.day, &other.office, other.officer, other.case)
                    == (one.day, &one.office, one.officer, one.case)
        })
    };
    all.iter().filter(|one| one.how == Seen::Opened || !opened(one)).cloned().collect()
}

/// The section of the rule that kept something back.
pub(crate) fn section_of(portal: &Portal, policy: Option<&Key>) -> String {
    let nothing = Key::new(Rulebook::NOTHING_PERMITS);
    let card = policy.or(nothing.as_ref()).and_then(|policy| portal.park.rulebook.explain(policy));
    card.map(|card| card.section.clone()).unwrap_or_default()
}

/// The head of one leg's column: bank, office, state, clock.
pub(crate) fn leg_head(portal: &Portal, l: Language, leg: &Leg) -> parts::Leg {
    let profile = &portal.park.profile;
    let bank = profile.bank(leg.bank).map_or("", |bank| bank.name.get(l));
    let office = profile.office(&leg.office).map_or("", |office| office.name.get(l));
    parts::Leg {
        bank: bank.to_owned(),
        office: office.to_owned(),
        status: works::status(l, leg).unwrap_or_else(|| leg_status(l, leg.state)),
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
    // Working days begun count as used: half a day left is not a day that could still be used.
    let left = cases::left(&portal.park.zone().cases, profile, leg, until)?.div_euclid(i32::from(HALVES_PER_DAY));
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

/// Half days as working days, without their sign: 3, or 2.5.
pub(crate) fn days(halves: i32) -> f64 {
    f64::from(halves.unsigned_abs()) / f64::from(HALVES_PER_DAY)
}

/// What was answered in the service's form, where it was opened and its key is still there.
pub(crate) fn answers(items: &[HistoryItem]) -> Option<Value> {
    items.iter().find_map(|item| match (&item.event, &item.text) {
        (Event::Opened { .. }, HistoryText::Written(text)) => serde_json::from_str(text).ok(),
        _ => None,
    })
}
