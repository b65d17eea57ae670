//! All legs of a case in one table, where a bank has more than the one that its column shows.

use super::{leg_status, works};
use crate::Portal;
use base::{Bank, Language};
use cases::{Case, Leg};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, tag};
use frame::{format, say};
use profile::Service;

/// The leg that stands for a bank: one that is with its office now, else the last that there is.
pub(crate) fn standing(case: &Case, bank: Bank) -> Option<&Leg> {
    let of_bank = || case.legs.iter().filter(|leg| leg.bank == bank);
    of_bank().find(|leg| leg.state.is_undecided()).or_else(|| of_bank().next_back())
}

pub(crate) fn all(portal: &Portal, l: Language, service: &Service, case: &Case) -> Markup {
    let several = Bank::BOTH.into_iter().any(|bank| case.legs.iter().filter(|leg| leg.bank == bank).count() > 1);
    if !several {
        return html! {};
    }
    let name = |leg: &Leg| {
        let plan = service.legs.iter().find(|plan| plan.key == leg.key);
        plan.map_or_else(|| leg.key.to_string(), |plan| plan.name.get(l).to_owned())
    };
    let office = |leg: &Leg| portal.park.profile.office(&leg.office).map_or("", |office| office.name.get(l));
    let columns = [
        Column::text(say!(l, "legs-leg")),
        Column::text(say!(l, "legs-office")),
        Column::text(say!(l, "legs-state")),
        Column::text(say!(l, "legs-due")),
    ];
    let zone = portal.park.zone();
    let rows = case.legs.iter().map(|leg| {
        let (tone, word) = works::status(l, leg).unwrap_or_else(|| leg_status(l, leg.state));
        let due = cases::due(&zone.cases, &portal.park.profile, leg).filter(|_| leg.state.is_undecided());
        [
            html! { (name(leg)) },
            html! { (office(leg)) },
            html! { (tag(tone, &word)) },
            html! { @match due { Some(due) => (format::date_short(l, due)), None => "–" } },
        ]
    });
    html! { (Table::new(say!(l, "legs-all"), columns).rows(rows)) }
}
