//! A case's history for an officer of one bank: what the other bank wrote is withheld, and the page says so and why.

use super::case::View;
use base::{Actor, Bank, Key};
use cases::{Event, LegVerdict, Outcome};
use frame::maud::{Markup, html};
use frame::parts::{Moment, Side, Step, Tone};
use frame::say;
use park::{HistoryItem, HistoryText};

/// The section by which each bank keeps to itself what it weighed.
const TWO_JURISDICTIONS: &str = "7.1.3";

/// The moment of a board with two columns.
pub(super) fn moment(view: &View, item: &HistoryItem) -> Moment {
    let bank = leg(&item.event).and_then(|leg| bank_of(view, leg));
    Moment {
        side: bank.map_or(Side::Both, Side::from),
        tone: tone(&item.event),
        title: title(view, &item.event),
        when: when(view, item, bank),
        body: body(view, item, bank),
    }
}

/// The same for a case that one office decides alone.
pub(super) fn step(view: &View, item: &HistoryItem) -> Step {
    let bank = leg(&item.event).and_then(|leg| bank_of(view, leg));
    let step = Step::new(tone(&item.event), title(view, &item.event), when(view, item, bank));
    match body(view, item, bank) {
        Some(body) => step.body(body),
        None => step,
    }
}

fn leg(event: &Event) -> Option<&Key> {
    match event {
        Event::LegTaken { leg, .. }
        | Event::LegDecided { leg, .. }
        | Event::LegLeftToOfficer { leg, .. }
        | Event::Asked { leg, .. }
        | Event::Answered { leg, .. } => Some(leg),
        Event::Opened { .. }
        | Event::Submitted { .. }
        | Event::Decided { .. }
        | Event::Withdrawn { .. }
        | Event::RosterUploaded { .. }
        | Event::RosterMended { .. } => None,
    }
}

fn bank_of(view: &View, key: &Key) -> Option<Bank> {
    view.case.legs.iter().find(|leg| leg.key == *key).map(|leg| leg.bank)
}

fn tone(event: &Event) -> Tone {
    match event {
        Event::LegDecided { verdict: LegVerdict::Approved, .. } | Event::Decided { outcome: Outcome::Approved, .. } => {
            Tone::Good
        }
        Event::LegDecided { verdict: LegVerdict::Refused, .. } | Event::Decided { outcome: Outcome::Refused, .. } => {
            Tone::Bad
        }
        Event::Asked { .. } | Event::LegLeftToOfficer { .. } => Tone::Caution,
        Event::Decided { outcome: Outcome::Withdrawn, .. } | Event::Withdrawn { .. } => Tone::Neutral,
        Event::Opened { .. }
        | Event::Submitted { .. }
        | Event::LegTaken { .. }
        | Event::Answered { .. }
        | Event::RosterUploaded { .. }
        | Event::RosterMended { .. } => Tone::Active,
    }
}

fn title(view: &View, event: &Event) -> String {
    let l = view.visit.language;
    match event {
        Event::Opened { .. } => say!(l, "history-opened"),
        Event::Submitted { .. } => say!(l, "history-submitted"),
        Event::LegTaken { .. } => say!(l, "history-taken"),
        Event::LegDecided { verdict: LegVerdict::Approved, officer: Some(_), .. } => say!(l, "history-approved"),
        Event::LegDecided { verdict: LegVerdict::Approved, officer: None, .. } => say!(l, "history-approved-by-rule"),
        Event::LegDecided { verdict: LegVerdict::Refused, .. } => say!(l, "history-refused"),
        Event::LegLeftToOfficer { .. } => say!(l, "history-left-to-officer"),
        Event::Asked { .. } => say!(l, "history-asked"),
        Event::Answered { .. } => say!(l, "history-answered"),
        Event::Decided { outcome: Outcome::Approved, .. } => say!(l, "history-case-approved"),
        Event::Decided { outcome: Outcome::Refused, .. } => say!(l, "history-case-refused"),
        Event::Decided { outcome: Outcome::Withdrawn, .. } | Event::Withdrawn { .. } => say!(l, "history-withdrawn"),
        Event::RosterUploaded { .. } | Event::RosterMended { .. } => say!(l, "history-roster"),
    }
}

/// The time, and who it was: by name for the own bank, by office for the other.
fn when(view: &View, item: &HistoryItem, bank: Option<Bank>) -> Markup {
    let l = view.visit.language;
    let park = &view.caller.portal.park;
    let foreign = bank.is_some_and(|bank| bank != view.office.bank);
    let who = match &item.by {
        Actor::Officer { office, .. } if foreign || is_foreign(view, office) => {
            park.profile.office(office).map(|office| office.name.get(l).to_owned())
        }
        Actor::Officer { person, .. } => Some(park.name_of(*person)),
        Actor::Clerk { organisation, .. } => {
            parties::organisation(&view.zone.parties, *organisation).map(|known| known.name.get(l).to_owned())
        }
        Actor::Person { person } => Some(super::name_of(view.caller, view.zone, *person)),
        Actor::System | Actor::Operator | Actor::Gate { .. } | Actor::Anonymous => Some(say!(l, "history-platform")),
    };
    html! { (view.visit.time(item.at)) @if let Some(who) = who { " · " (who) } }
}

fn is_foreign(view: &View, office: &Key) -> bool {
    view.caller.portal.park.profile.office(office).is_none_or(|office| office.bank != view.office.bank)
}

/// What was written: the own bank's in full. The application itself is shown below the board.
fn body(view: &View, item: &HistoryItem, bank: Option<Bank>) -> Option<Markup> {
    let l = view.visit.language;
    let has_text =
        matches!(item.event, Event::LegDecided { reason: Some(_), .. } | Event::Asked { .. } | Event::Answered { .. });
    if !has_text {
        return None;
    }
    if bank.is_some_and(|bank| bank != view.office.bank) {
        let withheld = say!(l, "history-withheld", section = TWO_JURISDICTIONS);
        return Some(html! { p.govuk-hint { (withheld) } });
    }
    match &item.text {
        HistoryText::Written(text) => Some(html! { p { (text) } }),
        HistoryText::Erased => Some(html! { p.govuk-hint { (say!(l, "history-erased")) } }),
        HistoryText::None => None,
    }
}
