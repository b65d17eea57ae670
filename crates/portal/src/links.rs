//! How cases hang together, whoever reads them: the case that one changes, and those that change it.

use crate::clerk::stage_tag;
use crate::{Caller, Portal};
use base::{Actor, CaseId, Language};
use cases::{Case, Link};
use desk::Zone;
use frame::Visit;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, summary_list};
use frame::say;

/// Where the case stands among others; nothing where it stands alone. `path` leads to a case of this circle of readers.
pub(crate) fn linked(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    reader: &Actor,
    (id, case): (CaseId, &Case),
    path: &str,
) -> Markup {
    let l = caller.language;
    let portal = &caller.portal;
    let named = |id: CaseId| {
        let href = visit.href(&format!("{path}/{id}"));
        let may = portal.case(zone, reader, id).is_ok();
        html! { @if may { a href=(href) { (id) } } @else { (id) } }
    };
    let mut rows = Vec::new();
    if let Some(Link { case: first, kind: _ }) = case.changes() {
        let about = cases::case(&zone.cases, first).map(|known| stage_tag(l, known));
        rows.push(SummaryRow::new(
            say!(l, "linked-first"),
            html! {
                (named(first)) " " @if let Some(tag) = about { (tag) }
            },
        ));
    }
    for (later, known) in cases::changes_of(&zone.cases, id) {
        let what = service_name(portal, l, known);
        rows.push(SummaryRow::new(what, html! { (named(later)) " " (stage_tag(l, known)) }));
    }
    html! {
        @if !rows.is_empty() {
            h2 { (say!(l, "linked")) }
            (summary_list(rows))
        }
    }
}

fn service_name(portal: &Portal, l: Language, case: &Case) -> String {
    let known = portal.park.profile.service_at(&case.service, case.service_version);
    known.map_or_else(|| case.service.to_string(), |service| service.name.get(l).to_owned())
}
