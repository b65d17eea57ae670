//! What stands in the header: the pages of a capacity, and the capacity in words.

use crate::{Caller, Portal};
use base::{Actor, Language, OrganisationId};
use frame::parts::Link;
use frame::{Visit, format, say};

/// The links of the caller's capacity. Circles of readers add theirs here.
pub(crate) fn of(caller: &Caller, visit: &Visit) -> Vec<Link> {
    let l = caller.language;
    let mut links: Vec<(String, &str)> = Vec::new();
    match &caller.actor {
        Actor::Person { .. } => links.push((say!(l, "nav-me"), "me")),
        Actor::Clerk { .. } | Actor::Delegate { .. } => links.push((say!(l, "nav-clerk"), "employer")),
        Actor::Officer { .. } => {
            links.push((say!(l, "nav-officer"), "office"));
            links.push((say!(l, "nav-gates"), "gates"));
        }
        Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } => {}
    }
    links.push((say!(l, "nav-services"), "services"));
    links.push((say!(l, "nav-help"), "help"));
    links.push((say!(l, "nav-dashboard"), "dashboard"));
    links.push((say!(l, "nav-log"), "log"));
    if caller.portal.options.demo {
        links.push((say!(l, "nav-demo"), "demo"));
    }
    if caller.capacities().len() > 1 {
        links.push((say!(l, "nav-capacity"), "capacity"));
    }
    let here = caller.path();
    let within = |path: &str| here == path || here.strip_prefix(path).is_some_and(|rest| rest.starts_with(['/', '?']));
    // Passes have pages of their own and are still among one's own affairs.
    let is_here = |path: &str| {
        within(path) || (path == "me" && within("passes")) || (path == "help" && (within("outline") || within("rules")))
    };
    links.into_iter().map(|(label, path)| Link::new(label, visit.href(path)).current(is_here(path))).collect()
}

/// Where somebody goes who just took up a capacity.
pub(crate) fn home_of(actor: &Actor) -> &'static str {
    match actor {
        Actor::Clerk { .. } | Actor::Delegate { .. } => "employer",
        Actor::Officer { .. } => "office",
        Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } | Actor::Person { .. } => "me",
    }
}

/// `Officer, Immigration Department`.
pub(crate) fn capacity(portal: &Portal, language: Language, actor: &Actor) -> String {
    match actor {
        Actor::Clerk { organisation, .. } => {
            say!(language, "capacity-clerk", organisation = organisation_name(portal, language, *organisation))
        }
        Actor::Delegate { organisation, delegation, .. } => {
            let name = organisation_name(portal, language, *organisation);
            let zone = portal.park.zone();
            let until = parties::delegation(&zone.parties, *delegation).map(|known| known.scope.until);
            let until = until.map(|until| format::date(language, until)).unwrap_or_default();
            say!(language, "capacity-delegate", organisation = name, until = until)
        }
        Actor::Officer { office, .. } => {
            let known = portal.park.profile.office(office);
            let name = known.map_or_else(|| office.to_string(), |known| known.name.get(language).to_owned());
            say!(language, "capacity-officer", office = name)
        }
        Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } | Actor::Person { .. } => {
            say!(language, "capacity-person")
        }
    }
}

pub(crate) fn organisation_name(portal: &Portal, language: Language, organisation: OrganisationId) -> String {
    let zone = portal.park.zone();
    let known = parties::organisation(&zone.parties, organisation);
    known.map_or_else(|| organisation.to_string(), |known| known.name.get(language).to_owned())
}
