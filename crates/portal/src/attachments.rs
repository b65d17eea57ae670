//! Documents handed in with a case: listed on its pages, opened for those who may read them, added to on request.
//!
//! An officer's reading is in the log before the file is opened; the page says so.

use crate::clerk::named;
use crate::drafts::{accepted, download, fault_in_words, size};
use crate::service_form;
use crate::{Access, Caller, Problem, Routes, Upload};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, CaseId, Key};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::SummaryRow;
use frame::{Choice, Errors, Field, Weight, say, submit};
use park::{AttachmentCard, SentFile, WorkError};
use profile::{Form, Service};
use std::collections::BTreeMap;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/{lang}/cases/{case}/files/{file}", Access::SignedIn, read)
        .get("/{lang}/me/cases/{case}/files", Access::SignedIn, show)
        .upload("/{lang}/me/cases/{case}/files", Access::SignedIn, add)
}

/// Whoever acts for an office or an organisation that has to do with the case does so here too; everybody else is here for
/// themself.
fn reader(caller: &Caller, zone: &Zone, id: CaseId, case: &cases::Case) -> Result<Actor, Problem> {
    match &caller.actor {
        Actor::Officer { .. } if caller.portal.case(zone, &caller.actor, id).is_ok() => Ok(caller.actor.clone()),
        Actor::Clerk { organisation, .. } if case.organisation == Some(*organisation) => Ok(caller.actor.clone()),
        _ => caller.on_case(id),
    }
}

/// A file, or its small picture: where the rulebook lets this reader see the case and the person whom it is about.
async fn read(
    caller: Caller,
    Path((_, id, file)): Path<(String, String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let id: CaseId = named(&id)?;
    let small = query.contains_key("small");
    let actor = may_read(&caller, id)?;
    let file = caller.portal.park.read_attachment(&actor, id, &file, small).await?;
    Ok(download(file, small))
}

/// Asked before anything is opened: the case, and what is personal in it.
pub(crate) fn may_read(caller: &Caller, id: CaseId) -> Result<Actor, Problem> {
    let zone = caller.portal.park.zone();
    let actor = reader(caller, &zone, id, cases::case(&zone.cases, id).ok_or(Problem::NotFound)?)?;
    let case = caller.portal.case(&zone, &actor, id)?;
    if matches!(actor, Actor::Officer { .. }) {
        caller.portal.view_person(&zone, &actor, case.subject, Some(id), cases::Seen::Listed)?;
    }
    Ok(actor)
}

/// A form's answers, with the files among them as links.
pub(crate) fn answers(caller: &Caller, id: CaseId, form: &Form, submitted: &serde_json::Value) -> Vec<SummaryRow> {
    let files = caller.portal.park.attachments_of(id);
    service_form::links(caller.language, form, submitted, |address| {
        let file = files.iter().find(|known| *known.file == *address)?;
        let href = caller.href(&format!("cases/{id}/files/{}", file.file));
        let name = file.name.as_ref()?;
        Some(html! { a href=(href) download { (name) } " (" (size(caller.language, file.bytes)) ")" })
    })
}

/// What was handed in, under a heading; nothing where nothing was.
pub(crate) fn list(caller: &Caller, id: CaseId, service: &Service) -> Markup {
    let l = caller.language;
    let files = caller.portal.park.attachments_of(id);
    let name_of = |document: &Key| {
        let known = service.documents.iter().find(|known| known.key == *document);
        known.map_or_else(|| document.to_string(), |known| known.name.get(l).to_owned())
    };
    let one = |file: &AttachmentCard| {
        let href = caller.href(&format!("cases/{id}/files/{}", file.file));
        html! {
            @if file.has_thumbnail { img.attachments__picture src={ (href) "?small" } alt="" loading="lazy"; }
            div {
                div { (name_of(&file.document)) }
                @match &file.name {
                    Some(name) => a href=(href) download { (name) },
                    None => span.govuk-hint { (say!(l, "case-erased")) },
                }
                div.govuk-hint { (file.format.as_str().to_uppercase()) " · " (size(l, file.bytes)) }
            }
        }
    };
    html! {
        @if !files.is_empty() {
            h3 { (say!(l, "attachments-title")) }
            ul.attachments { @for file in &files { li.attachments__one { (one(file)) } } }
            @if matches!(caller.actor, Actor::Officer { .. }) { p.govuk-hint { (say!(l, "attachments-recorded")) } }
        }
    }
}

/// The way to hand in more, where the case is open and its service takes documents.
pub(crate) fn more(caller: &Caller, id: CaseId, case: &cases::Case, service: &Service) -> Markup {
    let open = !matches!(case.stage, cases::Stage::Decided(_)) && service.uploads().next().is_some();
    let href = caller.href(&format!("me/cases/{id}/files"));
    html! { @if open { p { a href=(href) { (say!(caller.language, "attachments-add")) } } } }
}

async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let id: CaseId = named(&id)?;
    may_read(&caller, id)?;
    page(&caller, id, &Errors::new())
}

async fn add(caller: Caller, Path((_, id)): Path<(String, String)>, upload: Upload) -> Result<Response, Problem> {
    let id: CaseId = named(&id)?;
    let actor = may_read(&caller, id)?;
    let document: Key = named(upload.form.text("document"))?;
    let sent = SentFile { name: upload.file_name, bytes: upload.file.to_vec() };
    match caller.portal.park.attach_to_case(&actor, id, &document, sent, None).await {
        Ok(_) => Ok(caller.done(&format!("me/cases/{id}"), "attached")),
        Err(WorkError::Attachment(fault)) => {
            let service = service_of(&caller, id)?;
            let asked = service.upload(document.as_str()).ok_or(Problem::NotFound)?;
            let mut errors = Errors::new();
            errors.add("file", fault_in_words(caller.language, fault, &accepted(caller.language, asked)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&caller, id, &errors)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn service_of(caller: &Caller, id: CaseId) -> Result<&Service, Problem> {
    let zone = caller.portal.park.zone();
    let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
    caller.portal.park.profile.service(&case.service).ok_or(Problem::NotFound)
}

fn page(caller: &Caller, id: CaseId, errors: &Errors) -> Result<Markup, Problem> {
    let l = caller.language;
    let visit = caller.visit();
    let service = service_of(caller, id)?;
    let documents: Vec<Choice> = service
        .uploads()
        .map(|asked| Choice::new(asked.key.as_str(), asked.name.get(l)).hint(accepted(l, asked)))
        .collect();
    let first = documents.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let shown = crate::person::page(&visit, say!(l, "attachments-add"));
    let shown = shown.crumb(service.name.get(l), visit.href(&format!("me/cases/{id}"))).caption(id.to_string());
    Ok(shown.reading().faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        (list(caller, id, service))
        form method="post" enctype="multipart/form-data" novalidate {
            (visit.csrf_field())
            (Field::new("document", say!(l, "attachments-which")).value(first).radios(&documents))
            (Field::new("file", say!(l, "draft-file")).errors(errors).file(""))
            (submit(Weight::Primary, &say!(l, "draft-upload")))
        }
    }))
}
