//! Who looked at the person of a case, before those who audit it: the own bank's officers by name and number, the other
//! bank's not at all.

use super::{office, page};
use crate::clerk::named;
use crate::{Caller, Problem, casework};
use axum::extract::Path;
use base::CaseId;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty, inset};
use frame::{format, say};
use park::Access;

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let id: CaseId = named(&id)?;
    let office = office(&caller)?;
    let portal = &caller.portal;
    portal.park.write_views().await?;
    let zone = portal.park.zone();
    let case = portal.case(&zone, &caller.actor, id)?;
    portal.may_see_accesses(&zone, &caller.actor, case.subject, &office.key, true)?;
    let all = casework::accesses(portal.park.accesses(case.subject)?);
    let may =
        |access: &&Access| portal.may_see_accesses(&zone, &caller.actor, case.subject, &access.office, true).is_ok();
    let of_case: Vec<&Access> = all.iter().filter(|access| access.case == Some(id)).collect();
    let shown: Vec<&Access> = of_case.iter().copied().filter(may).collect();
    let withheld = of_case.len() - shown.len();
    let (visit, l) = (caller.visit(), caller.language);
    Ok(page(&visit, office, say!(l, "accesses-of-case", case = id.to_string()))
        .crumb(say!(l, "queue-title"), visit.href("office"))
        .crumb(id.to_string(), visit.href(&format!("office/cases/{id}")))
        .lead(say!(l, "accesses-of-case-lead"))
        .body(html! {
            @if shown.is_empty() { (empty(&say!(l, "accesses-none"), &say!(l, "accesses-none-text"), None)) }
            @else { (table(&caller, &shown)) }
            @if withheld > 0 { (inset(html! { p { (say!(l, "accesses-withheld", count = withheld)) } })) }
        }))
}

fn table(caller: &Caller, accesses: &[&Access]) -> Table {
    let l = caller.language;
    let columns = [
        Column::text(say!(l, "accesses-day")),
        Column::text(say!(l, "accesses-office")),
        Column::text(say!(l, "accesses-officer")),
        Column::text(say!(l, "accesses-what")),
    ];
    let office = |access: &Access| {
        let known = caller.portal.park.profile.office(&access.office);
        known.map_or_else(|| access.office.to_string(), |known| known.name.get(l).to_owned())
    };
    Table::new(say!(l, "accesses-table"), columns).hide_caption().rows(accesses.iter().map(|access| {
        [
            html! { (format::date(l, access.day)) },
            html! { (office(access)) },
            html! { (caller.name_of(access.officer)) " · " (access.officer) },
            html! { (casework::seen(l, access.how)) },
        ]
    }))
}
