//! Rosters: an employer's file in, every faulty row out with its place, its fault and how to mend it.

use super::body::{Body, File};
use super::caller::{AnyCaller, ApiCaller};
use super::docs::Problems;
use super::idempotency;
use super::query::Asking;
use super::sealing::not_taken;
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{CaseId, DelegationId, Key, Language, OrganisationId, PersonId, RosterId};
use park::{Applied, KnownRow, MendedRow, RosterReport, RosterRows};
use rosters::{Column, FaultyRow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// As the longest cell that a roster may have, with room.
const CELL_CHARS_MAX: usize = 512;
/// Rosters that one answer lists.
const LISTED_MAX: usize = 200;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForService {
    /// The service that the rows apply for.
    #[param(value_type = String, example = "commuter-pass")]
    service: Key,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterView {
    #[schema(value_type = String, example = "R-3")]
    roster: RosterId,
    /// As the file was read: `UTF-8`, `Big5`, `GB18030` …
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    applied: Vec<AppliedView>,
    /// Rows about people for whom there is an application or a pass already; the first of them in `known`.
    known_total: u32,
    known: Vec<KnownRowView>,
    /// Rows that are left to be mended; the first of them in `faulty`.
    faulty_total: u32,
    faulty: Vec<FaultyRowView>,
    /// The request had been accepted before, under the same idempotency key.
    repeated: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppliedView {
    #[schema(value_type = String, example = "P-1042")]
    person: PersonId,
    #[schema(value_type = String, example = "C-1042")]
    case: CaseId,
}

/// A row about somebody who was applied for before: nothing was opened for them again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KnownRowView {
    /// One-based, as a text editor counts.
    line: u32,
    #[schema(value_type = String, example = "P-1042")]
    person: PersonId,
    /// The application that there is.
    #[schema(value_type = String, example = "C-1042")]
    case: CaseId,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FaultyRowView {
    /// One-based, as a text editor counts.
    line: u32,
    faults: Vec<CellFaultView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CellFaultView {
    /// One-based.
    column: u32,
    /// What the column holds, as rows are mended by.
    name: &'static str,
    code: &'static str,
    given: String,
    what: String,
    remedy: String,
    suggestion: Option<String>,
    other_line: Option<u32>,
}

fn faulty(row: &FaultyRow, language: Language) -> FaultyRowView {
    let fault = |fault: &rosters::CellFault| {
        let message = fault.code.message(language);
        CellFaultView {
            column: fault.column,
            name: fault.column_name.name(),
            code: fault.code.code(),
            given: fault.given.clone(),
            what: message.what,
            remedy: message.remedy,
            suggestion: fault.suggestion.clone(),
            other_line: fault.other_line,
        }
    };
    FaultyRowView { line: row.line, faults: row.faults.iter().map(fault).collect() }
}

fn applied(applied: &Applied) -> AppliedView {
    AppliedView { person: applied.person, case: applied.case }
}

fn known(row: &KnownRow) -> KnownRowView {
    KnownRowView { line: row.line, person: row.person, case: row.case }
}

/// Reads a roster: good rows are applied for in one go, faulty ones kept to be mended. People who were applied for
/// before are known by their identity document: nothing is opened for them again.
#[utoipa::path(post, path = "/api/organisations/{organisation}/rosters", tag = "rosters",
    params(("organisation" = String, Path, example = "O-12"), ForService),
    request_body(content = String, content_type = "text/csv", description = "the file as it is, in any of four encodings"),
    responses((status = 200, body = RosterView), Problems))]
pub(crate) async fn upload(
    caller: ApiCaller,
    Place(organisation): Place<OrganisationId>,
    Asking(query): Asking<ForService>,
    file: File,
) -> Result<Json<RosterView>, Problem> {
    let key = idempotency::key_of(&caller, file.asked)?;
    let park = &caller.portal.park;
    let report = park.upload_roster(&caller.actor, organisation, &query.service, &file.bytes, key).await?;
    let RosterReport { roster, encoding, applied: good, rows, repeated } = report;
    Ok(Json(RosterView {
        encoding: encoding.map(|encoding| encoding.name().to_owned()),
        applied: good.iter().map(applied).collect(),
        repeated,
        ..view(&caller, roster, &rows)?
    }))
}

fn view(caller: &AnyCaller, id: RosterId, rows: &RosterRows) -> Result<RosterView, Problem> {
    let zone = caller.portal.park.zone();
    let roster = cases::roster(&zone.cases, id).ok_or(Problem::NotFound)?;
    Ok(RosterView {
        roster: id,
        encoding: None,
        applied: Vec::new(),
        known_total: roster.known,
        known: rows.known.iter().map(known).collect(),
        faulty_total: roster.faulty,
        faulty: rows.faulty.iter().map(|row| faulty(row, caller.language)).collect(),
        repeated: false,
    })
}

fn may(caller: &AnyCaller, id: RosterId, action: &'static str) -> Result<(), Problem> {
    caller.portal.roster(&caller.portal.park.zone(), &caller.actor, id, action).map(drop)
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterCountsView {
    #[schema(value_type = String, example = "R-3")]
    roster: RosterId,
    #[schema(value_type = String, example = "commuter-pass")]
    service: Key,
    uploaded_at: String,
    /// Under which a delegate uploaded it.
    #[schema(value_type = Option<String>, example = "M-3")]
    delegation: Option<DelegationId>,
    applied_total: u32,
    known_total: u32,
    faulty_total: u32,
}

/// The organisation's rosters that the caller may see, the newest 200 first: a clerk all, a delegate those of the
/// delegation.
#[utoipa::path(get, path = "/api/organisations/{organisation}/rosters", tag = "rosters",
    params(("organisation" = String, Path, example = "O-12")),
    responses((status = 200, body = Vec<RosterCountsView>), Problems))]
pub(crate) async fn list(
    caller: ApiCaller,
    Place(organisation): Place<OrganisationId>,
) -> Result<Json<Vec<RosterCountsView>>, Problem> {
    let zone = caller.portal.park.zone();
    let known = zone.cases.rosters.iter().rev().filter(|(_, roster)| roster.organisation == organisation);
    let seen = known.filter(|(id, _)| caller.portal.roster(&zone, &caller.actor, **id, "view_roster").is_ok());
    let view = |(id, roster): (&RosterId, &std::sync::Arc<cases::Roster>)| RosterCountsView {
        roster: *id,
        service: roster.service.clone(),
        uploaded_at: roster.uploaded_at.to_string(),
        delegation: roster.delegation,
        applied_total: roster.applied,
        known_total: roster.known,
        faulty_total: roster.faulty,
    };
    Ok(Json(seen.take(LISTED_MAX).map(view).collect()))
}

/// The rows of a roster that are left to be mended.
#[utoipa::path(get, path = "/api/rosters/{roster}", tag = "rosters",
    params(("roster" = String, Path, example = "R-3")),
    responses((status = 200, body = RosterView), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(roster): Place<RosterId>) -> Result<Json<RosterView>, Problem> {
    may(&caller, roster, "view_roster")?;
    let rows = caller.portal.park.roster_rows(roster).await?;
    view(&caller, roster, &rows).map(Json)
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangesBody {
    /// By the column's name: `{"birth-date": "1990-02-28"}`.
    #[schema(value_type = Object)]
    changes: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MendedView {
    /// What was applied for.
    #[serde(skip_serializing_if = "Option::is_none")]
    applied: Option<AppliedView>,
    /// The application that there was already; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<KnownRowView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    still_faulty: Option<FaultyRowView>,
}

/// Changes cells of a faulty row and checks it again; a row that is good now is applied for, and is gone from the roster.
#[utoipa::path(post, path = "/api/rosters/{roster}/rows/{line}", tag = "rosters",
    params(("roster" = String, Path, example = "R-3"), ("line" = u32, Path, example = 17)),
    request_body = ChangesBody, responses((status = 200, body = MendedView), Problems))]
pub(crate) async fn mend(
    caller: ApiCaller,
    Place((roster, line)): Place<(RosterId, u32)>,
    body: Body<ChangesBody>,
) -> Result<Json<MendedView>, Problem> {
    // Before anything is opened: the fault's texts hold what the row says.
    may(&caller, roster, "mend_roster")?;
    let mut changes = Vec::with_capacity(body.value.changes.len());
    for (name, text) in body.value.changes {
        let column = Column::ALL.into_iter().find(|column| column.name() == name);
        match column.filter(|_| text.chars().count() <= CELL_CHARS_MAX) {
            Some(column) => changes.push((column, text)),
            None => return Err(not_taken(&format!("changes/{name}"))),
        }
    }
    let key = idempotency::key_of(&caller, body.asked)?;
    let mended = caller.portal.park.mend_row(&caller.actor, roster, line, &changes, key).await?;
    let nothing = MendedView { applied: None, known: None, still_faulty: None };
    Ok(Json(match mended {
        MendedRow::Applied(good) => MendedView { applied: Some(applied(&good)), ..nothing },
        MendedRow::AppliedBefore(row) => MendedView { known: Some(known(&row)), ..nothing },
        MendedRow::StillFaulty(row) => MendedView { still_faulty: Some(faulty(&row, caller.language)), ..nothing },
    }))
}
