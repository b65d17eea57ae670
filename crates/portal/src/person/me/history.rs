//! An application's history for the person whom it is about: what was written to them in full, and a receipt for each
//! entry.

use super::case::View;
use crate::casework;
use base::Bank;
use cases::Event;
use frame::maud::{Markup, html};
use frame::parts::{Moment, Side, Step};
use frame::say;
use park::{Author, HistoryItem, HistoryText};

/// The moment of a board with two columns.
pub(super) fn moment(view: &View, item: &HistoryItem) -> Moment {
    Moment {
        side: bank_of(view, &item.event).map_or(Side::Both, Side::from),
        tone: casework::tone(&item.event),
        title: casework::title(view.visit.language, &item.event),
        when: when(view, item),
        body: Some(body(view, item)),
    }
}

/// The same for a case that one office decides alone.
pub(super) fn step(view: &View, item: &HistoryItem) -> Step {
    let title = casework::title(view.visit.language, &item.event);
    Step::new(casework::tone(&item.event), title, when(view, item)).body(body(view, item))
}

fn bank_of(view: &View, event: &Event) -> Option<Bank> {
    let key = event.leg()?;
    view.case.legs.iter().find(|leg| leg.key == *key).map(|leg| leg.bank)
}

/// The time, and who it was. Officers are their office: who of them it was is between the office and its auditors.
fn when(view: &View, item: &HistoryItem) -> Markup {
    let l = view.visit.language;
    let who = match &item.by {
        Author::Office(office) | Author::Officer { office, .. } => super::next::office_name(view.caller, office),
        Author::Clerk { organisation, .. } => {
            let known = parties::organisation(&view.zone.parties, *organisation);
            known.map_or_else(|| organisation.to_string(), |known| known.name.get(l).to_owned())
        }
        Author::Delegate { person, organisation } => {
            let organisation = crate::navigation::organisation_name(&view.caller.portal, l, *organisation);
            let me = view.caller.actor.person() == Some(*person);
            let person = if me { say!(l, "own-history-you") } else { person.to_string() };
            say!(l, "history-delegate", person = person, organisation = organisation)
        }
        Author::Person(person) if view.caller.actor.person() == Some(*person) => say!(l, "own-history-you"),
        Author::Person(person) => person.to_string(),
        Author::Platform => say!(l, "history-platform"),
    };
    html! { (view.visit.time(item.at)) " · " (who) }
}

/// What was written, and the receipt. What was told when it was opened has a place of its own on the page.
fn body(view: &View, item: &HistoryItem) -> Markup {
    let l = view.visit.language;
    let text = match (&item.event, &item.text) {
        (Event::Opened { .. }, _) | (_, HistoryText::None | HistoryText::Withheld) => html! {},
        _ if !view.opened => html! {},
        (_, HistoryText::Written(text)) => html! { p { (text) } },
        (_, HistoryText::Erased) => html! { p.govuk-hint { (say!(l, "history-erased")) } },
    };
    let detail = match &item.event {
        Event::Worked { work, .. } => casework::works::detail(l, &view.visit.time_zone, work),
        _ => None,
    };
    let href = view.visit.href(&format!("me/cases/{}/receipts/{}", view.id, item.sequence));
    html! {
        @if let Some(detail) = detail { p { (detail) } }
        (text)
        p { a href=(href) download { (say!(l, "own-receipt", entry = item.sequence.to_string())) } }
    }
}
