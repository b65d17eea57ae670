//! The documents of a draft: uploaded one by one, shown by name, taken out again.

use super::part::{FROM_FILES, TO_REVIEW, is_for_review};
use super::tasks::document_name;
use super::{Opened, path};
use crate::clerk::named;
use crate::{Caller, Posted, Problem, Upload, WORDS};
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Key, Language};
use frame::maud::{Markup, html};
use frame::{Errors, Field, Weight, button_link, buttons, format, hidden, say, submit};
use park::{AttachmentFault, DraftFile, OpenedFile, SentFile, WorkError};
use profile::{DocumentAsked, Layout};
use std::collections::BTreeMap;

/// The name of the file's field.
const FILE: &str = "file";

type Place = Path<(String, String, String)>;

fn asked<'a>(opened: &Opened<'a>, document: &str) -> Result<&'a DocumentAsked, Problem> {
    opened.service.upload(document).ok_or(Problem::NotFound)
}

pub(super) async fn show(caller: Caller, Path((_, id, document)): Place) -> Result<Markup, Problem> {
    let opened = Opened::find(&caller, &id)?;
    Ok(page(&opened, asked(&opened, &document)?, &Errors::new()))
}

pub(super) async fn add(caller: Caller, Path((_, id, document)): Place, upload: Upload) -> Result<Response, Problem> {
    let opened = Opened::find(&caller, &id)?;
    let asked = asked(&opened, &document)?;
    let sent = SentFile { name: upload.file_name, bytes: upload.file.to_vec() };
    match caller.portal.park.attach_to_draft(&opened.actor, &id, &asked.key, sent).await {
        Ok(_) => Ok(Redirect::to(&opened.href(&address(&opened, &asked.key))).into_response()),
        Err(WorkError::Attachment(fault)) => {
            let mut errors = Errors::new();
            errors.add(FILE, in_words(caller.language, fault, &accepted(caller.language, asked)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&opened, asked, &errors)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove(
    caller: Caller,
    Path((_, id, document)): Place,
    posted: Posted,
) -> Result<Response, Problem> {
    let opened = Opened::find(&caller, &id)?;
    caller.portal.park.detach_from_draft(&opened.actor, &id, posted.text(FILE)).await?;
    let document: Key = named(&document)?;
    Ok(Redirect::to(&opened.href(&address(&opened, &document))).into_response())
}

/// A file of one's own draft, or its small picture.
pub(super) async fn of_draft(
    caller: Caller,
    Path((_, id, file)): Place,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let opened = Opened::find(&caller, &id)?;
    let small = query.contains_key("small");
    let file = caller.portal.park.file_of_draft(&opened.actor, &id, &file, small).await?;
    Ok(download(file, small))
}

/// Files are saved and never shown as pages of ours: whatever is in them runs nowhere.
pub(crate) fn download(file: OpenedFile, small: bool) -> Response {
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    // RFC 6266 with RFC 8187: names in any script.
    let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    let disposition =
        if small { "inline".to_owned() } else { format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20")) };
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The page of a document, which leads back to where one came from.
pub(super) fn address(opened: &Opened, document: &Key) -> String {
    format!("documents/{document}{}", then(opened, '?'))
}

fn then(opened: &Opened, mark: char) -> String {
    if is_for_review(opened.caller) { format!("{mark}{TO_REVIEW}") } else { String::new() }
}

fn page(opened: &Opened, asked: &DocumentAsked, errors: &Errors) -> Markup {
    let l = opened.caller.language;
    let visit = opened.caller.visit();
    let files: Vec<&DraftFile> = opened.draft.files_of(asked.key.as_str()).collect();
    let full = files.len() >= usize::from(asked.files_max);
    let field = opened.service.form.file_field(asked.key.as_str());
    let back = match field {
        Some(field) => back_to(opened, field),
        None if is_for_review(opened.caller) => "review".to_owned(),
        None if opened.service.form.layout == Layout::Pages => next(opened, asked),
        None => String::new(),
    };
    let title = field.map_or_else(|| document_name(l, asked), |field| field.label.get(l).to_owned());
    opened.page(&visit, title).reading().faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        @if !files.is_empty() {
            ul.attachments { @for file in &files { li.attachments__one { (one(opened, asked, file)) } } }
        }
        @if full {
            p { (say!(l, "draft-files-full")) }
        } @else {
            form method="post" enctype="multipart/form-data" novalidate {
                (visit.csrf_field())
                (Field::new(FILE, say!(l, "draft-file")).hint(hint(l, asked)).errors(errors).file(&endings(asked)))
                (submit(if files.is_empty() { Weight::Primary } else { Weight::Secondary }, &say!(l, "draft-upload")))
            }
        }
        (buttons(button_link(
            if files.is_empty() { Weight::Secondary } else { Weight::Primary },
            &say!(l, "draft-go-on"),
            &opened.href(&back),
        )))
    })
}

/// To the page that asks for the files, at their question; it says of no other question there that it was left out.
fn back_to(opened: &Opened, field: &profile::Field) -> String {
    let part = opened.service.form.parts.iter().find(|part| part.fields.contains(&field.key));
    part.map_or_else(String::new, |part| {
        format!("parts/{}?{FROM_FILES}{}#{}", part.key, then(opened, '&'), frame::field_id(field.key.as_str()))
    })
}

/// Of a form in pages: the next document that is missing, and at last the review.
fn next(opened: &Opened, asked: &DocumentAsked) -> String {
    let missing = opened.draft.missing_documents(opened.service).find(|missing| missing.key != asked.key);
    missing.map_or_else(|| "review".to_owned(), |missing| format!("documents/{}", missing.key))
}

fn one(opened: &Opened, asked: &DocumentAsked, file: &DraftFile) -> Markup {
    let l = opened.caller.language;
    let visit = opened.caller.visit();
    let href = opened.href(&format!("files/{}", file.file));
    let remove = format!("documents/{}/remove{}", asked.key, then(opened, '?'));
    html! {
        @if file.thumbnail.is_some() { img.attachments__picture src={ (href) "?small" } alt="" loading="lazy"; }
        div {
            a href=(href) download { (file.name) }
            div.govuk-hint { (file.format.as_str().to_uppercase()) " · " (size(l, file.bytes)) }
            form method="post" action=(visit.href(&path(&opened.draft.id, &remove))) {
                (visit.csrf_field())
                (hidden(FILE, &file.file))
                button.quiet-button type="submit" {
                    (say!(l, "draft-remove-file")) span.govuk-visually-hidden { " — " (file.name) }
                }
            }
        }
    }
}

/// `PDF, PNG · 4 MB`.
pub(crate) fn hint(l: Language, asked: &DocumentAsked) -> String {
    let megabytes = (asked.bytes_max >> 20).to_string();
    let files = asked.files_max.to_string();
    say!(l, "draft-file-hint", formats = accepted(l, asked), megabytes = megabytes, files = files)
}

/// The formats that a document may have, in a row.
pub(crate) fn accepted(l: Language, asked: &DocumentAsked) -> String {
    let formats: Vec<String> = asked.formats.iter().map(|format| format.as_str().to_uppercase()).collect();
    formats.join(format::list_gap(l))
}

fn endings(asked: &DocumentAsked) -> String {
    let endings = asked.formats.iter().flat_map(|format| format.endings()).map(|ending| format!(".{ending}"));
    endings.collect::<Vec<_>>().join(",")
}

pub(crate) fn size(l: Language, bytes: u32) -> String {
    let kilobytes = bytes.div_ceil(1_024);
    if kilobytes < 1_024 {
        say!(l, "file-kilobytes", size = kilobytes.to_string())
    } else {
        let tenths = kilobytes.saturating_mul(10) / 1_024;
        say!(l, "file-megabytes", size = format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// What is wrong with a file, and what to do.
pub(crate) fn in_words(l: Language, fault: AttachmentFault, formats: &str) -> String {
    let found = fault.format().map(|format| format.as_str().to_uppercase()).unwrap_or_default();
    let limit = fault.limit().map(|limit| limit.to_string()).unwrap_or_default();
    let values = [("found", found), ("limit", limit), ("formats", formats.to_owned())];
    WORDS.find(l, &format!("attachment-fault-{}", fault.code()), &values).unwrap_or_else(|| fault.code().to_owned())
}
