//! Drafts: an application filled in bit by bit, its documents with it, and sent when it is whole.

use super::body::{Body, DocumentFile};
use super::caller::ApiCaller;
use super::docs::Problems;
use super::idempotency;
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, CaseId, Key};
use cases::About;
use park::{Draft, SentFile};
use profile::{CalculationLine, FieldFault, FileFormat, Service};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDraft {
    #[schema(value_type = String, example = "research-deduction")]
    service: Key,
    /// What is known already, as the service's schema says; the rest may follow.
    #[serde(default)]
    #[schema(value_type = Object)]
    answers: serde_json::Value,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftAnswers {
    /// Fields that are not named keep what they hold.
    #[schema(value_type = Object)]
    answers: serde_json::Value,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendDraft {
    /// The version of the service that the answers were looked through under.
    version: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftView {
    draft: String,
    #[schema(value_type = String)]
    service: Key,
    version: u32,
    /// As far as it is filled in.
    #[schema(value_type = Object)]
    answers: serde_json::Value,
    files: Vec<DraftFileView>,
    /// What keeps it from being sent.
    faults: Vec<DraftFaultView>,
    /// Required documents that are not there yet.
    #[schema(value_type = Vec<String>)]
    missing_documents: Vec<Key>,
    /// What the service reckons from the answers, line by line; empty where it reckons nothing.
    #[schema(value_type = Vec<Object>)]
    calculation: Vec<CalculationLine>,
    changed_at: String,
    kept_until: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftFileView {
    #[schema(value_type = String)]
    document: Key,
    /// Its content address: what it is called in requests.
    file: String,
    name: String,
    #[schema(value_type = String, example = "pdf")]
    format: FileFormat,
    bytes: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftFaultView {
    field: String,
    code: &'static str,
    limit: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SentDraft {
    #[schema(value_type = String, example = "C-1042")]
    case: CaseId,
}

/// The caller's drafts in this capacity, last changed first.
#[utoipa::path(get, path = "/api/drafts", tag = "drafts", responses((status = 200, body = Vec<DraftView>), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Result<Json<Vec<DraftView>>, Problem> {
    let drafts = caller.portal.park.drafts_of(&caller.actor)?;
    drafts.into_iter().map(|draft| view(&caller, draft)).collect::<Result<_, _>>().map(Json)
}

/// Begins a draft.
#[utoipa::path(post, path = "/api/drafts", tag = "drafts", request_body = NewDraft,
    responses((status = 200, body = DraftView), Problems))]
pub(crate) async fn begin(caller: ApiCaller, body: Body<NewDraft>) -> Result<Json<DraftView>, Problem> {
    let NewDraft { service, answers } = body.value;
    let park = &caller.portal.park;
    let known = park.profile.service(&service).ok_or(Problem::NotFound)?;
    let about = match (known.about, &caller.actor) {
        (profile::About::Organisation, Actor::Clerk { organisation, .. } | Actor::Delegate { organisation, .. }) => {
            Some(About::Organisation(*organisation))
        }
        (profile::About::Person, Actor::Person { person }) => Some(About::Person(*person)),
        (profile::About::Person, Actor::Clerk { .. } | Actor::Delegate { .. }) => None,
        _ => return Err(Problem::WrongCapacity),
    };
    only_asked(known, &answers, &serde_json::Value::Null)?;
    let draft = park.begin_draft(&caller.actor, &service, about).await?;
    let draft = if answers.is_object() { park.fill_in(&caller.actor, &draft.id, &answers)? } else { draft };
    view(&caller, draft).map(Json)
}

/// A draft of the caller's own.
#[utoipa::path(get, path = "/api/drafts/{draft}", tag = "drafts", params(("draft" = String, Path)),
    responses((status = 200, body = DraftView), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(id): Place<String>) -> Result<Json<DraftView>, Problem> {
    view(&caller, caller.portal.park.draft(&caller.actor, &id)?).map(Json)
}

/// Fills in answers; those of other fields stay.
#[utoipa::path(post, path = "/api/drafts/{draft}/answers", tag = "drafts", params(("draft" = String, Path)),
    request_body = DraftAnswers, responses((status = 200, body = DraftView), Problems))]
pub(crate) async fn fill_in(
    caller: ApiCaller,
    Place(id): Place<String>,
    body: Body<DraftAnswers>,
) -> Result<Json<DraftView>, Problem> {
    let park = &caller.portal.park;
    let draft = park.draft(&caller.actor, &id)?;
    let service = park.profile.service(&draft.service).ok_or(Problem::NotFound)?;
    only_asked(service, &body.value.answers, &draft.value(&service.form))?;
    view(&caller, park.fill_in(&caller.actor, &id, &body.value.answers)?).map(Json)
}

/// Uploads a document. The file's name comes in `X-File-Name`, percent-encoded where it is not ASCII.
#[utoipa::path(post, path = "/api/drafts/{draft}/documents/{document}", tag = "drafts",
    params(("draft" = String, Path), ("document" = String, Path)),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = DraftView), Problems))]
pub(crate) async fn attach(
    caller: ApiCaller,
    Place((id, document)): Place<(String, Key)>,
    file: DocumentFile,
) -> Result<Json<DraftView>, Problem> {
    let sent = SentFile { name: file.name, bytes: file.bytes.to_vec() };
    view(&caller, caller.portal.park.attach_to_draft(&caller.actor, &id, &document, sent).await?).map(Json)
}

/// Takes a document out again.
#[utoipa::path(delete, path = "/api/drafts/{draft}/files/{file}", tag = "drafts",
    params(("draft" = String, Path), ("file" = String, Path)),
    responses((status = 200, body = DraftView), Problems))]
pub(crate) async fn detach(
    caller: ApiCaller,
    Place((id, file)): Place<(String, String)>,
) -> Result<Json<DraftView>, Problem> {
    view(&caller, caller.portal.park.detach_from_draft(&caller.actor, &id, &file).await?).map(Json)
}

/// Sends it: the application is there, and the draft gone.
#[utoipa::path(post, path = "/api/drafts/{draft}/submit", tag = "drafts", params(("draft" = String, Path)),
    request_body = SendDraft, responses((status = 200, body = SentDraft), Problems))]
pub(crate) async fn submit(
    caller: ApiCaller,
    Place(id): Place<String>,
    body: Body<SendDraft>,
) -> Result<Json<SentDraft>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let sent = caller.portal.park.submit_draft(&caller.actor, &id, body.value.version, key).await?;
    Ok(Json(SentDraft { case: sent.case }))
}

/// Throws it away.
#[utoipa::path(delete, path = "/api/drafts/{draft}", tag = "drafts", params(("draft" = String, Path)),
    responses((status = 204), Problems))]
pub(crate) async fn discard(caller: ApiCaller, Place(id): Place<String>) -> Result<axum::http::StatusCode, Problem> {
    caller.portal.park.discard_draft(&caller.actor, &id).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// What no field asks for would be lost without a word, and so would files that were not handed in.
fn only_asked(service: &Service, answers: &serde_json::Value, known: &serde_json::Value) -> Result<(), Problem> {
    let strangers = answers.as_object().into_iter().flat_map(|answers| answers.keys());
    let strangers = strangers.filter(|name| service.form.field(name).is_none());
    let faults: Vec<FieldFault> = strangers
        .map(|name| FieldFault { field: name.clone(), code: profile::FieldFaultCode::Unknown, limit: None })
        .collect();
    let not_there = service.form.file_fields().map(|(field, _)| field.key.as_str());
    let not_there = not_there.filter(|field| answers.get(field).is_some_and(|files| Some(files) != known.get(field)));
    let code = profile::FieldFaultCode::NotHandedIn;
    let files = not_there.map(|field| FieldFault { field: field.to_owned(), code, limit: None });
    let faults: Vec<FieldFault> = faults.into_iter().chain(files).collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::Form(faults)) }
}

fn view(caller: &ApiCaller, draft: Draft) -> Result<DraftView, Problem> {
    let park = &caller.portal.park;
    let service = park.profile.service(&draft.service).ok_or(Problem::NotFound)?;
    let answers = draft.value(&service.form);
    let faults = park.check_form(&caller.actor, &service.form, &answers, |document, file| draft.holds(document, file));
    let calculation = service.calculation.as_ref().and_then(|calculation| calculation.lines(&answers));
    let file = |file: &park::DraftFile| DraftFileView {
        document: file.document.clone(),
        file: file.file.to_string(),
        name: file.name.clone(),
        format: file.format,
        bytes: file.bytes,
    };
    let fault =
        |fault: FieldFault| DraftFaultView { field: fault.field, code: fault.code.as_str(), limit: fault.limit };
    Ok(DraftView {
        missing_documents: draft.missing_documents(service).map(|asked| asked.key.clone()).collect(),
        files: draft.content.files.iter().map(file).collect(),
        faults: faults.into_iter().map(fault).collect(),
        calculation: calculation.unwrap_or_default(),
        version: service.version,
        answers,
        draft: draft.id,
        service: draft.service,
        changed_at: draft.changed_at.to_string(),
        kept_until: draft.kept_until.to_string(),
    })
}
