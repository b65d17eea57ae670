//! Pages of the offices: the queue, cases and their legs, passes, open items, the bank's own watchlist, gates.
//!
//! An officer belongs to one bank. What the other bank wrote, whom it has on its list and who its officers are is not
//! opened here; that both banks' legs have a state and dates is.

mod act;
mod bulk;
mod case;
mod facts;
mod filter;
pub(crate) mod gates;
mod history;
mod open_items;
pub(crate) mod passes;
mod queue;
mod revocation;
pub(crate) mod rules;
mod similar;
mod views;
mod watchlist;
mod workload;

use crate::{Access, Caller, Problem, Routes};
use base::{Actor, PersonId};
use desk::Zone;
use frame::maud::Markup;
use frame::parts::{Link, tabs};
use frame::{Page, Visit, say};
use profile::Office;

pub(crate) fn routes() -> Routes {
    let officer = Access::Officer;
    Routes::new()
        .get("/{lang}/office", officer, queue::show)
        .get("/{lang}/office/cases/{case}", officer, case::show)
        .post("/{lang}/office/cases/{case}/legs/{leg}/take", officer, act::take)
        .post("/{lang}/office/cases/{case}/legs/{leg}/decide", officer, act::decide)
        .post("/{lang}/office/cases/{case}/legs/{leg}/ask", officer, act::ask)
        .get("/{lang}/office/workload", officer, workload::show)
        .get("/{lang}/office/several", officer, bulk::show)
        .post("/{lang}/office/several", officer, bulk::act)
        .post("/{lang}/office/views", officer, views::save)
        .post("/{lang}/office/views/remove", officer, views::remove)
        .get("/{lang}/office/passes", officer, passes::search)
        .get("/{lang}/office/passes/{permit}", officer, passes::show)
        .post("/{lang}/office/passes/{permit}/{action}", officer, passes::act)
        .get("/{lang}/office/passes/{permit}/revocation", officer, revocation::show)
        .post("/{lang}/office/passes/{permit}/revocation", officer, revocation::open)
        .get("/{lang}/office/open-items", officer, open_items::show)
        .post("/{lang}/office/open-items/{passage}/resolve", officer, open_items::resolve)
        .post("/{lang}/office/open-items/{passage}/settle", officer, open_items::settle)
        .get("/{lang}/office/watchlist", officer, watchlist::show)
        .post("/{lang}/office/watchlist", officer, watchlist::add)
        .post("/{lang}/office/watchlist/{watch}/remove", officer, watchlist::remove)
        .get("/{lang}/office/gates", officer, gates::show)
        .post("/{lang}/office/gates/{gate}/{action}", officer, gates::act)
}

/// The office that the caller acts for.
fn office(caller: &Caller) -> Result<&Office, Problem> {
    match &caller.actor {
        Actor::Officer { office, .. } => caller.portal.park.profile.office(office).ok_or(Problem::WrongCapacity),
        Actor::Anonymous
        | Actor::System
        | Actor::Operator
        | Actor::Gate { .. }
        | Actor::Person { .. }
        | Actor::Clerk { .. } => Err(Problem::WrongCapacity),
    }
}

/// The name, where the rulebook lets the officer see it; else the number.
fn name_of(caller: &Caller, zone: &Zone, person: PersonId) -> String {
    let bank = parties::person(&zone.parties, person).map(|known| known.home_bank);
    let may = bank.is_some_and(|bank| caller.portal.may_view_person(zone, &caller.actor, person, bank).is_ok());
    if may { caller.name_of(person) } else { person.to_string() }
}

/// The parts of an office's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Queue,
    Workload,
    Passes,
    OpenItems,
    Watchlist,
    Gates,
}

impl Part {
    const ALL: [Part; 6] = [Part::Queue, Part::Workload, Part::Passes, Part::OpenItems, Part::Watchlist, Part::Gates];

    fn path(self) -> &'static str {
        match self {
            Part::Queue => "office",
            Part::Workload => "office/workload",
            Part::Passes => "office/passes",
            Part::OpenItems => "office/open-items",
            Part::Watchlist => "office/watchlist",
            Part::Gates => "office/gates",
        }
    }
}

/// The tabs of what this office may do; how much waits stands beside them.
fn desk_tabs(caller: &Caller, visit: &Visit, zone: &Zone, office: &Office, current: Part) -> Markup {
    let l = visit.language;
    let label = |part| match part {
        Part::Queue => say!(l, "office-queue"),
        Part::Workload => say!(l, "office-workload"),
        Part::Passes => say!(l, "office-passes"),
        Part::OpenItems => say!(l, "office-open-items"),
        Part::Watchlist => say!(l, "office-watchlist"),
        Part::Gates => say!(l, "office-gates"),
    };
    let shown = |part: &Part| match part {
        Part::Queue | Part::Workload => true,
        Part::Passes => rules::may_see_passes(caller, zone),
        Part::OpenItems | Part::Watchlist => rules::may_watch(caller, zone, office.bank).is_ok(),
        Part::Gates => rules::may_run_gates(caller, zone),
    };
    let count = |part| match part {
        Part::Queue => Some(cases::queue_length(&zone.cases, office.key.as_str())),
        Part::OpenItems => Some(open_items::of_office(caller, zone, office).len()),
        Part::Workload | Part::Passes | Part::Watchlist | Part::Gates => None,
    };
    let links: Vec<Link> = Part::ALL
        .into_iter()
        .filter(shown)
        .map(|part| {
            let link = Link::new(label(part), visit.href(part.path())).current(part == current);
            let waiting = count(part).and_then(|waiting| u32::try_from(waiting).ok());
            waiting.map_or(link.clone(), |waiting| link.count(waiting))
        })
        .collect();
    tabs(&say!(l, "office-tabs"), &links)
}

/// A page under the office's desk.
fn page<'a>(visit: &'a Visit, office: &Office, title: String) -> Page<'a> {
    visit.page(title).caption(office.name.get(visit.language))
}
