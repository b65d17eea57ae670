//! Who looked at my data: which office, on which day, over which application. Who of the office it was is between it and
//! its auditors.

use super::{next, page};
use crate::{Caller, Problem, casework};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty};
use frame::{Visit, format, say};
use park::Access;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let (me, actor) = (caller.person()?, caller.as_person()?);
    let portal = &caller.portal;
    portal.park.write_views().await?;
    let zone = portal.park.zone();
    let all = casework::accesses(portal.park.accesses(me)?);
    let may = |access: &&Access| portal.may_see_accesses(&zone, &actor, me, &access.office, false).is_ok();
    let mut shown: Vec<&Access> = all.iter().filter(may).collect();
    // Of one office on one day over one application it makes no difference to the person how many officers it were.
    shown.dedup_by_key(|access| (access.day, &access.office, access.case, access.how));
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, say!(l, "own-accesses-title")).lead(say!(l, "own-accesses-lead")).body(html! {
        @if shown.is_empty() { (empty(&say!(l, "accesses-none"), &say!(l, "own-accesses-none-text"), None)) }
        @else { (table(&caller, &visit, &shown)) }
    }))
}

fn table(caller: &Caller, visit: &Visit, accesses: &[&Access]) -> Table {
    let l = caller.language;
    let columns = [
        Column::text(say!(l, "accesses-day")),
        Column::text(say!(l, "accesses-office")),
        Column::text(say!(l, "accesses-what")),
        Column::text(say!(l, "accesses-why")),
    ];
    Table::new(say!(l, "accesses-table"), columns).hide_caption().rows(accesses.iter().map(|access| {
        [
            html! { (format::date(l, access.day)) },
            html! { (next::office_name(caller, &access.office)) },
            html! { (casework::seen(l, access.how)) },
            html! {
                @match access.case {
                    Some(case) => { a href=(visit.href(&format!("me/cases/{case}"))) { (say!(l, "accesses-over-case", case = case.to_string())) } }
                    None => { (say!(l, "accesses-over-none")) }
                }
            },
        ]
    }))
}
