//! Pages of the offices: the queue, cases and their legs, passes, open items, the bank's own watchlist, gates.
//!
//! An officer belongs to one bank. What the other bank wrote, whom it has on its list and who its officers are is not
//! opened here; that both banks' legs have a state and dates is.

mod accesses;
mod act;
mod appointments;
mod away;
mod bulk;
mod case;
pub(crate) mod closures;
mod facts;
mod filter;
pub(crate) mod gates;
mod head;
mod history;
mod open_items;
mod organisations;
pub(crate) mod passes;
mod queue;
mod remarks;
mod revocation;
pub(crate) mod rules;
mod similar;
mod tasks;
pub(crate) mod tokens;
mod views;
mod watchlist;
mod workload;
mod works;

use crate::{Access, Caller, Problem, Routes};
use base::{Actor, CaseId, PersonId};
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
        .post("/{lang}/office/cases/{case}/remarks", officer, remarks::write)
        .get("/{lang}/office/cases/{case}/accesses", officer, accesses::show)
        .post("/{lang}/office/cases/{case}/legs/{leg}/take", officer, act::take)
        .post("/{lang}/office/cases/{case}/legs/{leg}/decide", officer, act::decide)
        .post("/{lang}/office/cases/{case}/legs/{leg}/ask", officer, act::ask)
        .get("/{lang}/office/passes", officer, passes::show_search)
        .post("/{lang}/office/passes", officer, passes::search)
        .post("/{lang}/office/cases/{case}/legs/{leg}/work/{act}", officer, works::act)
        .get("/{lang}/office/appointments", officer, appointments::show)
        .post("/{lang}/office/appointments", officer, appointments::offer)
        .post("/{lang}/office/appointments/withdraw", officer, appointments::withdraw)
        .get("/{lang}/office/away", officer, away::show)
        .post("/{lang}/office/away", officer, away::declare)
        .post("/{lang}/office/away/end", officer, away::end)
        .get("/{lang}/office/workload", officer, workload::show)
        .get("/{lang}/office/several", officer, bulk::show)
        .post("/{lang}/office/several", officer, bulk::act)
        .post("/{lang}/office/views", officer, views::save)
        .post("/{lang}/office/views/remove", officer, views::remove)
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
        .get("/{lang}/office/head", officer, head::show)
        .get("/{lang}/office/closures", officer, closures::show)
        .post("/{lang}/office/closures", officer, closures::declare)
        .get("/{lang}/office/closures/{closure}", officer, closures::edit)
        .post("/{lang}/office/closures/{closure}", officer, closures::correct)
        .post("/{lang}/office/closures/{closure}/void", officer, closures::void)
        .get("/{lang}/office/gates", officer, gates::show)
        .post("/{lang}/office/gates/{gate}/{action}", officer, gates::act)
        .get("/{lang}/office/organisations", officer, organisations::list)
        .post("/{lang}/office/organisations", officer, organisations::register)
        .get("/{lang}/office/organisations/{organisation}", officer, organisations::show)
        .post("/{lang}/office/organisations/{organisation}", officer, organisations::appoint)
        .post("/{lang}/office/organisations/{organisation}/clerks/{person}/relieve", officer, organisations::relieve)
        .get("/{lang}/office/tokens", officer, tokens::show)
        .post("/{lang}/office/tokens", officer, tokens::issue)
        .post("/{lang}/office/tokens/{token}/revoke", officer, tokens::revoke)
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
        | Actor::Clerk { .. }
        | Actor::Delegate { .. } => Err(Problem::WrongCapacity),
    }
}

/// The name, where the rulebook lets the officer see it, over the case at hand where there is one; else the number.
fn name_of(caller: &Caller, zone: &Zone, person: PersonId, over: Option<CaseId>) -> String {
    let may = caller.portal.view_person(zone, &caller.actor, person, over, cases::Seen::Listed).is_ok();
    if may { caller.name_of(person) } else { person.to_string() }
}

/// The parts of an office's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Queue,
    Appointments,
    Away,
    Workload,
    Passes,
    OpenItems,
    Watchlist,
    Gates,
    Organisations,
    Tokens,
    Closures,
    Head,
}

impl Part {
    const ALL: [Part; 12] = [
        Part::Queue,
        Part::Head,
        Part::Workload,
        Part::Appointments,
        Part::Passes,
        Part::OpenItems,
        Part::Watchlist,
        Part::Gates,
        Part::Organisations,
        Part::Tokens,
        Part::Away,
        Part::Closures,
    ];

    fn path(self) -> &'static str {
        match self {
            Part::Queue => "office",
            Part::Appointments => "office/appointments",
            Part::Away => "office/away",
            Part::Workload => "office/workload",
            Part::Passes => "office/passes",
            Part::OpenItems => "office/open-items",
            Part::Watchlist => "office/watchlist",
            Part::Gates => "office/gates",
            Part::Organisations => "office/organisations",
            Part::Tokens => "office/tokens",
            Part::Closures => "office/closures",
            Part::Head => "office/head",
        }
    }
}

/// The tabs of what this office may do; how much waits stands beside them.
fn desk_tabs(caller: &Caller, visit: &Visit, zone: &Zone, office: &Office, current: Part) -> Markup {
    let l = visit.language;
    let label = |part| match part {
        Part::Queue => say!(l, "office-queue"),
        Part::Appointments => say!(l, "office-appointments"),
        Part::Away => say!(l, "office-away"),
        Part::Workload => say!(l, "office-workload"),
        Part::Passes => say!(l, "office-passes"),
        Part::OpenItems => say!(l, "office-open-items"),
        Part::Watchlist => say!(l, "office-watchlist"),
        Part::Gates => say!(l, "office-gates"),
        Part::Organisations => say!(l, "organisations-title"),
        Part::Tokens => say!(l, "tokens-title"),
        Part::Closures => say!(l, "office-closures"),
        Part::Head => say!(l, "office-head"),
    };
    let shown = |part: &Part| match part {
        Part::Queue | Part::Workload | Part::Away | Part::Closures => true,
        Part::Head => crate::outlook::heads(caller, zone, office),
        Part::Appointments => appointments::has_any(caller, office),
        Part::Passes => rules::may_see_passes(caller, zone),
        Part::OpenItems | Part::Watchlist => rules::may_watch(caller, zone, office.bank).is_ok(),
        Part::Gates => rules::may_run_gates(caller, zone),
        Part::Organisations => organisations::shown(caller, zone),
        Part::Tokens => tokens::shown(caller, zone),
    };
    let count = |part| match part {
        Part::Queue => Some(cases::queue_length(&zone.cases, office.key.as_str())),
        Part::OpenItems => Some(open_items::of_office(caller, zone, office).len()),
        Part::Appointments
        | Part::Away
        | Part::Closures
        | Part::Gates
        | Part::Head
        | Part::Passes
        | Part::Watchlist
        | Part::Workload
        | Part::Organisations
        | Part::Tokens => None,
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
