//! Uploading a roster, and what came of it: how many were applied for, and every faulty row with its line, its column,
//! what is wrong and how to mend it.

use super::{named, organisation, page, service, stage_tag, takes_rosters};
use crate::{Caller, Problem, Upload, once, problem};
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Language, RosterId};
use cases::Roster;
use frame::maud::{Markup, html};
use frame::parts::{Column, Figure, Table, Tone, details, empty, figures, inset};
use frame::{Errors, Field, Visit, Weight, button_link, buttons, format, say, submit};
use park::{KnownRow, RosterRows, WorkError};
use profile::Service;
use rosters::{CellFault, Encoding, FaultyRow, RosterFault};
use std::collections::BTreeMap;

/// In the result page's address an encoding is its place in this list.
const ENCODINGS: [Encoding; 4] = [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Big5, Encoding::Gb18030];
/// Each language by its own name.
const LANGUAGES: [(Language, &str); 3] =
    [(Language::ZhHant, "繁體中文"), (Language::ZhHans, "简体中文"), (Language::En, "English")];

pub(super) async fn show(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    let service = roster_service(&caller, &key)?;
    let zone = caller.portal.park.zone();
    caller.portal.may_upload_roster(&zone, &caller.actor, organisation(&caller)?, &service.key)?;
    Ok(form(&caller, &caller.visit(), service, &Errors::new()))
}

/// The empty roster in one of the three languages, which need not be the page's.
pub(super) async fn template(
    caller: Caller,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let language = query.get("language").and_then(|tag| tag.parse().ok()).unwrap_or(caller.language);
    let name = format!("attachment; filename=\"roster-{language}.csv\"");
    let mut response = rosters::template(language).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::try_from(name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

pub(super) async fn upload(
    caller: Caller,
    Path((_, key)): Path<(String, String)>,
    Upload { form: posted, file, .. }: Upload,
) -> Result<Response, Problem> {
    let service = roster_service(&caller, &key)?;
    let organisation = organisation(&caller)?;
    let once = once::key(&caller.actor, &posted);
    let park = &caller.portal.park;
    match park.upload_roster(&caller.actor, organisation, &service.key, &file, once).await {
        Ok(report) => {
            let read = ENCODINGS.iter().position(|known| Some(*known) == report.encoding);
            let read = read.map(|read| format!("?read={read}")).unwrap_or_default();
            let href = format!("employer/rosters/{}{read}", report.roster);
            Ok(Redirect::to(&caller.href(&href)).into_response())
        }
        Err(WorkError::Roster(fault)) => {
            let fault = refused(caller.language, &fault);
            Ok(not_taken(&caller, service, StatusCode::UNPROCESSABLE_ENTITY, fault))
        }
        Err(WorkError::Refused(desk::Refusal::Cases(refusal @ cases::Refusal::RosterMustFitTheDelegation { .. }))) => {
            let told = problem::refused(caller.language, &refusal);
            let fault = [told.text, told.remedy].join(format::sentence_gap(caller.language));
            Ok(not_taken(&caller, service, StatusCode::CONFLICT, fault))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form again, with what is wrong with the file.
fn not_taken(caller: &Caller, service: &Service, status: StatusCode, fault: String) -> Response {
    let mut errors = Errors::new();
    errors.add("file", fault);
    (status, form(caller, &caller.visit(), service, &errors)).into_response()
}

pub(super) async fn result(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Markup, Problem> {
    let id: RosterId = named(&id)?;
    let zone = caller.portal.park.zone();
    let roster = of_caller(&caller, &zone, id, "view_roster")?;
    let rows = caller.portal.park.roster_rows(id).await?;
    let service = service(&caller, roster.service.as_str())?;
    let read = query.get("read").and_then(|read| read.parse::<usize>().ok()).and_then(|read| ENCODINGS.get(read));
    let visit = caller.visit();
    Ok(result_page(&caller, &visit, (id, roster), service, &rows, read.copied()))
}

/// The roster, where it is the caller's organisation's and they may do that with it; to others it is not there.
pub(super) fn of_caller<'a>(
    caller: &Caller,
    zone: &'a desk::Zone,
    id: RosterId,
    action: &'static str,
) -> Result<&'a Roster, Problem> {
    let roster = cases::roster(&zone.cases, id).ok_or(Problem::NotFound)?;
    if roster.organisation != organisation(caller)? {
        return Err(Problem::NotFound);
    }
    caller.portal.roster(zone, &caller.actor, id, action)
}

/// How many applications a delegate has left, where there is a limit: a roster with more good rows is not taken.
fn limit(caller: &Caller, l: Language) -> Markup {
    let zone = caller.portal.park.zone();
    let left = |delegation| cases::applications_left(&zone.cases, &zone.parties, delegation);
    let left = caller.actor.delegation().and_then(left);
    html! {
        @if let Some(left) = left {
            (inset(html! { p { (say!(l, "roster-left", left = format::number(i64::from(left)))) } }))
        }
    }
}

fn roster_service<'a>(caller: &'a Caller, key: &str) -> Result<&'a Service, Problem> {
    let service = service(caller, key)?;
    if takes_rosters(service) { Ok(service) } else { Err(Problem::NotFound) }
}

fn form(caller: &Caller, visit: &Visit, service: &Service, errors: &Errors) -> Markup {
    let l = visit.language;
    let template = |language: Language| visit.href(&format!("employer/roster-template?language={language}"));
    page(visit, say!(l, "roster-title"))
        .caption(service.name.get(l))
        .lead(say!(l, "roster-lead"))
        .reading()
        .faulty(!errors.is_empty())
        .body(html! {
            (errors.summary(l))
            (limit(caller, l))
            (guidance(l, service))
            h2 { (say!(l, "roster-template-heading")) }
            p { (say!(l, "roster-template-text")) }
            ul.govuk-list.govuk-list--bullet {
                @for (language, label) in LANGUAGES {
                    li { a href=(template(language)) lang=(language) download { (label) " (CSV)" } }
                }
            }
            h2 { (say!(l, "roster-upload-heading")) }
            form method="post" enctype="multipart/form-data" novalidate {
                (visit.csrf_field())
                (once::field())
                (Field::new("file", say!(l, "roster-file")).hint(say!(l, "roster-file-hint")).errors(errors)
                    .file(".csv,.txt,text/csv"))
                (submit(Weight::Primary, &say!(l, "roster-submit")))
            }
            (inset(html! { p { (say!(l, "roster-privacy")) } }))
        })
}

/// What the service says about itself, for those who want it.
pub(crate) fn guidance(language: Language, service: &Service) -> Markup {
    let paragraphs = service.guidance.get(language).lines().filter(|line| !line.trim().is_empty());
    details(say!(language, "roster-guidance"), html! { @for paragraph in paragraphs { p { (paragraph) } } })
}

fn refused(language: Language, fault: &RosterFault) -> String {
    let message = fault.message(language);
    let columns: Vec<String> = fault.columns().iter().map(|column| column.label(language)).collect();
    let place = fault.line().map(|line| say!(language, "roster-line", line = line)).unwrap_or_default();
    let columns = if columns.is_empty() {
        String::new()
    } else {
        say!(language, "roster-columns", columns = columns.join(format::list_gap(language)))
    };
    [place, message.what, columns, message.remedy]
        .into_iter()
        .filter(|sentence| !sentence.is_empty())
        .collect::<Vec<_>>()
        .join(format::sentence_gap(language))
}

fn result_page(
    caller: &Caller,
    visit: &Visit,
    (id, roster): (RosterId, &Roster),
    service: &Service,
    rows: &RosterRows,
    read: Option<Encoding>,
) -> Markup {
    let l = visit.language;
    let RosterRows { faulty, known } = rows;
    let kept = u32::try_from(faulty.len()).unwrap_or(u32::MAX);
    let lost = roster.faulty.saturating_sub(kept);
    let bad = if roster.faulty == 0 { Tone::Neutral } else { Tone::Caution };
    let again = visit.href(&format!("employer/roster/{}", roster.service));
    page(visit, say!(l, "roster-result-title", roster = id.to_string())).caption(service.name.get(l)).body(html! {
        (figures(&[
            Figure::new(format::number(i64::from(roster.applied)), say!(l, "roster-applied")).tone(Tone::Good),
            Figure::new(format::number(i64::from(roster.known)), say!(l, "roster-known")),
            Figure::new(format::number(i64::from(roster.faulty)), say!(l, "roster-faulty")).tone(bad),
        ]))
        @if let Some(read) = read { p { (say!(l, "roster-read-as", encoding = read.name())) } }
        @if roster.applied > 0 { p { (say!(l, "roster-invited")) } }
        @if lost > 0 { (inset(html! { p { (say!(l, "roster-not-kept", count = lost)) } })) }
        @if faulty.is_empty() {
            (empty(&say!(l, "roster-none-faulty"), &say!(l, "roster-none-faulty-text"), None))
        } @else {
            h2 { (say!(l, "roster-to-mend")) }
            p { (say!(l, "roster-to-mend-text")) }
            (fault_table(visit, id, faulty))
        }
        @if !known.is_empty() {
            h2 { (say!(l, "roster-known-heading")) }
            p { (say!(l, "roster-known-text")) }
            (details(say!(l, "roster-known-rows", count = known.len()), known_table(caller, visit, known)))
        }
        (buttons(html! {
            (button_link(Weight::Secondary, &say!(l, "roster-again"), &again))
            (button_link(Weight::Secondary, &say!(l, "clerk-people-link"), &visit.href("employer/people")))
        }))
    })
}

fn fault_table(visit: &Visit, id: RosterId, faulty: &[FaultyRow]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "fault-line")),
        Column::text(say!(l, "fault-column")),
        Column::text(say!(l, "fault-given")),
        Column::text(say!(l, "fault-what")),
        Column::text(say!(l, "fault-remedy")),
    ];
    let rows = faulty.iter().flat_map(|row| row.faults.iter().map(move |fault| (row.line, fault)));
    Table::new(say!(l, "roster-to-mend"), columns)
        .hide_caption()
        .rows(rows.map(|(line, fault)| fault_row(visit, id, line, fault)))
}

/// Who is meant by the rows that were applied for before, and what became of that.
fn known_table(caller: &Caller, visit: &Visit, known: &[KnownRow]) -> Table {
    let l = visit.language;
    let zone = caller.portal.park.zone();
    let columns = [
        Column::text(say!(l, "fault-line")),
        Column::text(say!(l, "people-name")),
        Column::text(say!(l, "people-stage")),
    ];
    let rows = known.iter().filter_map(|row| {
        let case = cases::case(&zone.cases, row.case)?;
        Some([
            html! { (say!(l, "fault-line-number", line = row.line)) },
            html! { (caller.name_of(row.person)) },
            html! { @if super::may_see(caller, &zone, row.case) { (stage_tag(l, case)) } @else { "–" } },
        ])
    });
    Table::new(say!(l, "roster-known-heading"), columns).hide_caption().rows(rows)
}

fn fault_row(visit: &Visit, id: RosterId, line: u32, fault: &CellFault) -> [Markup; 5] {
    let l = visit.language;
    let message = fault.code.message(l);
    let href = visit.href(&format!("employer/rosters/{id}/rows/{line}"));
    [
        html! {
            a href=(href) {
                (say!(l, "fault-line-number", line = line))
                span.govuk-visually-hidden { " — " (say!(l, "fault-mend")) }
            }
        },
        html! { (column_name(l, fault)) },
        html! { @if fault.given.is_empty() { "–" } @else { code { (fault.given) } } },
        html! {
            (message.what)
            @if let Some(other) = fault.other_line { (format::sentence_gap(l)) (say!(l, "fault-other-line", line = other)) }
        },
        html! {
            (message.remedy)
            @if let Some(suggestion) = &fault.suggestion {
                (format::sentence_gap(l)) (say!(l, "fault-suggestion", suggestion = suggestion.as_str()))
            }
        },
    ]
}

/// The column by its name and by its number, as spreadsheets show both.
fn column_name(language: Language, fault: &CellFault) -> String {
    say!(language, "fault-column-number", name = fault.column_name.label(language), column = fault.column)
}
