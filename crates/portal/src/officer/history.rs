//! A case's history for an officer of one bank: what the other bank wrote is withheld, and the page says so and why.

use super::case::View;
use super::rules;
use crate::casework;
use base::{Bank, Key};
use cases::Event;
use frame::maud::{Markup, html};
use frame::parts::{Moment, Side, Step};
use frame::say;
use park::{Author, HistoryItem, HistoryText};

/// The moment of a board with two columns.
pub(super) fn moment(view: &View, item: &HistoryItem) -> Moment {
    let bank = item.event.leg().and_then(|leg| bank_of(view, leg));
    Moment {
        side: bank.map_or(Side::Both, Side::from),
        tone: casework::tone(&item.event),
        title: casework::title(view.visit.language, &item.event),
        when: when(view, item),
        body: body(view, item),
    }
}

/// The same for a case that one office decides alone.
pub(super) fn step(view: &View, item: &HistoryItem) -> Step {
    let title = casework::title(view.visit.language, &item.event);
    let step = Step::new(casework::tone(&item.event), title, when(view, item));
    match body(view, item) {
        Some(body) => step.body(body),
        None => step,
    }
}

fn bank_of(view: &View, key: &Key) -> Option<Bank> {
    view.case.legs.iter().find(|leg| leg.key == *key).map(|leg| leg.bank)
}

/// The time, and who it was: by name for the own bank, by office for the other.
pub(super) fn when(view: &View, item: &HistoryItem) -> Markup {
    let l = view.visit.language;
    let park = &view.caller.portal.park;
    let who = match &item.by {
        Author::Officer { person, .. } => Some(view.caller.name_of(*person)),
        Author::Office(office) => park.profile.office(office).map(|office| office.name.get(l).to_owned()),
        Author::Clerk { organisation, .. } => {
            parties::organisation(&view.zone.parties, *organisation).map(|known| known.name.get(l).to_owned())
        }
        Author::Delegate { person, organisation } => {
            let organisation = crate::navigation::organisation_name(&view.caller.portal, l, *organisation);
            Some(say!(l, "history-delegate", person = person.to_string(), organisation = organisation))
        }
        Author::Person(person) => Some(super::name_of(view.caller, view.zone, *person, None)),
        Author::Platform => Some(say!(l, "history-platform")),
    };
    html! { (view.visit.time(item.at)) @if let Some(who) = who { " · " (who) } }
}

/// What was written: the own bank's in full, as the history was opened for this officer. The application itself is shown
/// below the board. Where a rule left the own leg to an officer, why.
fn body(view: &View, item: &HistoryItem) -> Option<Markup> {
    let l = view.visit.language;
    match (&item.event, &item.text) {
        (Event::Opened { .. }, _) => None,
        (_, HistoryText::Written(_)) if !view.opened => None,
        (Event::LegLeftToOfficer { ruling, .. }, _) if !ruling.policies.is_empty() => {
            let why = rules::reason_for(view.caller, view.office.bank, &ruling.policies);
            why.map(|why| html! { p { (why) } })
        }
        (Event::Worked { work, .. }, HistoryText::Written(text)) => Some(html! {
            @if let Some(detail) = detail(view, work) { (detail) }
            p { (text) }
        }),
        (_, HistoryText::Written(text)) => Some(html! { p { (text) } }),
        (_, HistoryText::Withheld) => Some(rules::kept_back(view.caller, item.kept_by.as_ref())),
        (_, HistoryText::Erased) => Some(html! { p.govuk-hint { (say!(l, "history-erased")) } }),
        (Event::Worked { work, .. }, HistoryText::None) => detail(view, work),
        (_, HistoryText::None) => None,
    }
}

/// A sum, a time, scores, or to whom it was handed.
fn detail(view: &View, work: &cases::Work) -> Option<Markup> {
    let l = view.visit.language;
    let told = match work {
        cases::Work::HandedOn { to, .. } => Some(say!(l, "history-handed-to", name = view.caller.name_of(*to))),
        other => casework::works::detail(l, &view.visit.time_zone, other),
    };
    told.map(|told| html! { p { (told) } })
}
