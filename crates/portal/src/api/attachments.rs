//! Documents handed in with a case: listed, read and added to.

use super::body::DocumentFile;
use super::caller::ApiCaller;
use super::docs::Problems;
use super::idempotency;
use crate::place::Place;
use crate::problem::Problem;
use crate::{casework, drafts};
use axum::Json;
use axum::response::Response;
use base::{Actor, CaseId, Key};
use park::SentFile;
use profile::{CalculationLine, FileFormat};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentView {
    #[schema(value_type = String)]
    document: Key,
    /// Its content address: what it is called in requests.
    file: String,
    /// Null where its key was destroyed.
    name: Option<String>,
    #[schema(value_type = String, example = "pdf")]
    format: FileFormat,
    bytes: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalculationView {
    /// Each with its `line`: `add`, `less`, `sum`, `tier` or `result`; in minor units.
    #[schema(value_type = Vec<Object>)]
    lines: Vec<CalculationLine>,
}

/// What was handed in with a case.
#[utoipa::path(get, path = "/api/cases/{case}/files", tag = "cases", params(("case" = String, Path)),
    responses((status = 200, body = Vec<AttachmentView>), Problems))]
pub(crate) async fn list(caller: ApiCaller, Place(id): Place<CaseId>) -> Result<Json<Vec<AttachmentView>>, Problem> {
    may_read(&caller, id)?;
    Ok(Json(views(&caller, id)))
}

fn views(caller: &ApiCaller, id: CaseId) -> Vec<AttachmentView> {
    let files = caller.portal.park.attachments_of(id).into_iter();
    let view = |file: park::AttachmentCard| AttachmentView {
        document: file.document,
        file: file.file.into(),
        name: file.name,
        format: file.format,
        bytes: file.bytes,
    };
    files.map(view).collect()
}

/// One file. An officer's reading is recorded before it is opened.
#[utoipa::path(get, path = "/api/cases/{case}/files/{file}", tag = "cases",
    params(("case" = String, Path), ("file" = String, Path)),
    responses((status = 200, content(
        (Vec<u8> = "application/pdf"), (Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), Problems))]
pub(crate) async fn read(caller: ApiCaller, Place((id, file)): Place<(CaseId, String)>) -> Result<Response, Problem> {
    may_read(&caller, id)?;
    let file = caller.portal.park.read_attachment(&caller.actor, id, &file, false).await?;
    Ok(drafts::download(file, false))
}

/// Hands in one more document. The file's name comes in `X-File-Name`, percent-encoded where it is not ASCII.
#[utoipa::path(post, path = "/api/cases/{case}/documents/{document}", tag = "cases",
    params(("case" = String, Path), ("document" = String, Path)),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = Vec<AttachmentView>), Problems))]
pub(crate) async fn attach(
    caller: ApiCaller,
    Place((id, document)): Place<(CaseId, Key)>,
    file: DocumentFile,
) -> Result<Json<Vec<AttachmentView>>, Problem> {
    let key = idempotency::key_of(&caller, file.asked)?;
    let sent = SentFile { name: file.name, bytes: file.bytes.to_vec() };
    caller.portal.park.attach_to_case(&caller.actor, id, &document, sent, key).await?;
    Ok(Json(views(&caller, id)))
}

/// What the service reckons from a case's answers, line by line; empty where it reckons nothing.
#[utoipa::path(get, path = "/api/cases/{case}/calculation", tag = "cases", params(("case" = String, Path)),
    responses((status = 200, body = CalculationView), Problems))]
pub(crate) async fn calculation(caller: ApiCaller, Place(id): Place<CaseId>) -> Result<Json<CalculationView>, Problem> {
    may_read(&caller, id)?;
    let park = &caller.portal.park;
    let service = {
        let zone = park.zone();
        ::cases::case(&zone.cases, id).ok_or(Problem::NotFound)?.service.clone()
    };
    let service = park.profile.service(&service).ok_or(Problem::NotFound)?;
    let answers = casework::answers(&park.history(&caller.actor, id)?);
    let lines =
        service.calculation.as_ref().zip(answers).and_then(|(calculation, answers)| calculation.lines(&answers));
    Ok(Json(CalculationView { lines: lines.unwrap_or_default() }))
}

fn may_read(caller: &ApiCaller, id: CaseId) -> Result<(), Problem> {
    let zone = caller.portal.park.zone();
    let case = caller.portal.case(&zone, &caller.actor, id)?;
    if matches!(caller.actor, Actor::Officer { .. }) {
        caller.portal.view_person(&zone, &caller.actor, case.subject, Some(id), ::cases::Seen::Listed)?;
    }
    Ok(())
}
