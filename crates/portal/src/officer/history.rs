//! A case's history for an officer of one bank: what the other bank wrote is withheld, and the page says so and why.

use super::case::View;
use crate::casework;
use base::{Actor, Bank, Key};
use cases::Event;
use frame::maud::{Markup, html};
use frame::parts::{Moment, Side, Step};
use frame::say;
use park::{HistoryItem, HistoryText};

/// The section by which each bank keeps to itself what it weighed.
const TWO_JURISDICTIONS: &str = "7.1.3";

/// The moment of a board with two columns.
pub(super) fn moment(view: &View, item: &HistoryItem) -> Moment {
    let bank = casework::leg_of(&item.event).and_then(|leg| bank_of(view, leg));
    Moment {
        side: bank.map_or(Side::Both, Side::from),
        tone: casework::tone(&item.event),
        title: casework::title(view.visit.language, &item.event),
        when: when(view, item, bank),
        body: body(view, item, bank),
    }
}

/// The same for a case that one office decides alone.
pub(super) fn step(view: &View, item: &HistoryItem) -> Step {
    let bank = casework::leg_of(&item.event).and_then(|leg| bank_of(view, leg));
    let title = casework::title(view.visit.language, &item.event);
    let step = Step::new(casework::tone(&item.event), title, when(view, item, bank));
    match body(view, item, bank) {
        Some(body) => step.body(body),
        None => step,
    }
}

fn bank_of(view: &View, key: &Key) -> Option<Bank> {
    view.case.legs.iter().find(|leg| leg.key == *key).map(|leg| leg.bank)
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
        Actor::Officer { person, .. } => Some(view.caller.name_of(*person)),
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
