//! What a correction changes: what was answered first and what is answered now, beside each other.
//!
//! Both are as the rulebook shows them to this reader, field by field. Of a field that is kept back in either it is not even
//! told whether it changed.

use crate::Caller;
use crate::service_form;
use base::{Actor, CaseId, Language};
use cases::Case;
use frame::maud::{Markup, html};
use frame::parts::{Column, SummaryRow, Table, details, summary_list};
use frame::{format, say};
use profile::{Field, Form, Service};
use serde_json::Value;

/// The differences, where the service asks the first form again and both sets of answers can be read.
pub(crate) fn differences(
    caller: &Caller,
    reader: &Actor,
    (id, case): (CaseId, &Case),
    (service, form): (&Service, &Form),
) -> Option<Markup> {
    let link = case.changes().filter(|_| service.asks_again)?;
    let answers = |id| caller.portal.park.answers_for(reader, id).ok();
    let (before, after) = (answers(link.case)?, answers(id)?);
    let kept_back =
        |field: &Field| before.withheld.iter().chain(&after.withheld).any(|withheld| withheld.field == field.key);
    let (earlier, now) = (before.answers?, after.answers?);
    let seen = form.fields.iter().filter(|field| !kept_back(field));
    let (changed, same): (Vec<&Field>, Vec<&Field>) = seen.partition(|field| differs(field, &earlier, &now));
    Some(shown(caller.language, &changed, &same, &earlier, &now))
}

fn differs(field: &Field, earlier: &Value, now: &Value) -> bool {
    earlier.get(field.key.as_str()) != now.get(field.key.as_str())
}

fn shown(l: Language, changed: &[&Field], same: &[&Field], earlier: &Value, now: &Value) -> Markup {
    let columns = [
        Column::text(say!(l, "corrected-field")),
        Column::text(say!(l, "corrected-before")),
        Column::text(say!(l, "corrected-now")),
    ];
    let table = Table::new(say!(l, "corrected-title"), columns);
    let unchanged: Vec<SummaryRow> = same.iter().filter_map(|field| service_form::answer(l, field, now)).collect();
    let count = format::number(i64::try_from(unchanged.len()).unwrap_or(i64::MAX));
    html! {
        @if changed.is_empty() { p { (say!(l, "corrected-nothing")) } }
        @else {
            (table.rows(changed.iter().map(|field| {
                [html! { (field.label.get(l)) }, one(l, field, earlier), one(l, field, now)]
            })))
        }
        @if !unchanged.is_empty() {
            (details(say!(l, "corrected-same", count = count), summary_list(unchanged)))
        }
    }
}

fn one(l: Language, field: &Field, answers: &Value) -> Markup {
    let lines = service_form::lines(l, field, answers);
    html! { @if lines.is_empty() { (say!(l, "corrected-not-answered")) } @for line in &lines { div { (line) } } }
}
