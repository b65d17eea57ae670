//! One faulty row in a form: its cells as the file had them, what is wrong at each, and the way to try again.

use super::{named, page, roster};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Language, RosterId};
use frame::maud::{Markup, html};
use frame::parts::inset;
use frame::{Errors, Field, Size, Visit, Weight, button_link, buttons, say, submit};
use park::MendedRow;
use rosters::{CellFault, Column, FaultyRow};

pub(super) async fn show(
    caller: Caller,
    Path((_, id, line)): Path<(String, String, String)>,
) -> Result<Markup, Problem> {
    let (id, line) = place(&caller, &id, &line, "view_roster")?;
    let rows = caller.portal.park.roster_rows(id).await?.faulty;
    let row = rows.into_iter().find(|row| row.line == line).ok_or(Problem::NotFound)?;
    Ok(form(&caller.visit(), id, &row, false))
}

pub(super) async fn mend(
    caller: Caller,
    Path((_, id, line)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let (id, line) = place(&caller, &id, &line, "mend_roster")?;
    // The form has the columns of its row, and says of each what it is to be, also that it is to be empty.
    let typed = |column: &Column| posted.pairs().any(|(name, _)| name == column.name());
    let changed = Column::ALL.into_iter().filter(typed);
    let changes: Vec<(Column, String)> =
        changed.map(|column| (column, posted.text(column.name()).to_owned())).collect();
    let once = once::key(&caller.actor, &posted);
    let back = format!("employer/rosters/{id}");
    match caller.portal.park.mend_row(&caller.actor, id, line, &changes, once).await? {
        MendedRow::Applied(_) => Ok(caller.done(&back, "row-mended")),
        MendedRow::AppliedBefore(_) => Ok(caller.done(&back, "row-known")),
        MendedRow::StillFaulty(row) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&caller.visit(), id, &row, true)).into_response())
        }
    }
}

/// A line of a roster of the caller's own organisation.
fn place(caller: &Caller, id: &str, line: &str, action: &'static str) -> Result<(RosterId, u32), Problem> {
    let (id, line): (RosterId, u32) = (named(id)?, named(line)?);
    roster::of_caller(caller, &caller.portal.park.zone(), id, action)?;
    Ok((id, line))
}

/// The row's own columns, and those that a fault says are missing.
fn columns(row: &FaultyRow) -> Vec<Column> {
    let mut columns: Vec<Column> = row.cells.iter().map(|cell| cell.column).collect();
    let missing = row.faults.iter().map(|fault| fault.column_name);
    for column in missing {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

fn form(visit: &Visit, id: RosterId, row: &FaultyRow, tried: bool) -> Markup {
    let l = visit.language;
    let errors = errors(l, row);
    let back = visit.href(&format!("employer/rosters/{id}"));
    page(visit, say!(l, "mend-title", line = row.line))
        .crumb(say!(l, "roster-result-title", roster = id.to_string()), back.clone())
        .lead(say!(l, "mend-lead"))
        .reading()
        .faulty(tried)
        .body(html! {
            (errors.summary(l))
            @if tried { (inset(html! { p { (say!(l, "mend-still")) } })) }
            form method="post" novalidate {
                (visit.csrf_field())
                (once::field())
                @for column in columns(row) {
                    (Field::new(column.name(), column.label(l))
                        .value(row.text(column).unwrap_or_default())
                        .errors(&errors)
                        .size(Size::Medium)
                        .without_spell_check()
                        .text())
                }
                (buttons(html! {
                    (submit(Weight::Primary, &say!(l, "mend-submit")))
                    (button_link(Weight::Secondary, &say!(l, "mend-back"), &back))
                }))
            }
        })
}

fn errors(language: Language, row: &FaultyRow) -> Errors {
    let mut errors = Errors::new();
    for fault in &row.faults {
        errors.add(fault.column_name.name(), message(language, fault));
    }
    errors
}

/// What is wrong, what may have been meant, and how to mend it.
fn message(language: Language, fault: &CellFault) -> String {
    let message = fault.code.message(language);
    let other = fault.other_line.map(|line| say!(language, "fault-other-line", line = line));
    let suggestion = fault.suggestion.as_ref();
    let suggestion = suggestion.map(|text| say!(language, "fault-suggestion", suggestion = text.as_str()));
    let label = say!(language, "fault-of", name = fault.column_name.label(language), what = message.what);
    [Some(label), other, Some(message.remedy), suggestion]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(frame::format::sentence_gap(language))
}
