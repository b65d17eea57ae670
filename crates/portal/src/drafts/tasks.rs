//! The parts of a draft as a list of tasks, each with its state.

use super::{Opened, title};
use crate::{Caller, Problem};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use base::Language;
use frame::maud::{Markup, html};
use frame::parts::{Link, Task, Tone, tasks};
use frame::{Weight, button_link, buttons, format, say};
use profile::{DocumentAsked, FormPart as Part, Layout};

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let opened = Opened::find(&caller, &id)?;
    if opened.service.form.layout == Layout::Pages {
        return Ok(Redirect::to(&opened.href(&next(&opened))).into_response());
    }
    Ok(list(&opened).into_response())
}

/// Where somebody goes on who comes back: to the first page that is not done, and at last to the review.
fn next(opened: &Opened) -> String {
    let open = opened.service.form.parts.iter().find(|part| !opened.is_done(part));
    if let Some(part) = open {
        return format!("parts/{}", part.key);
    }
    let missing = opened.draft.missing_documents(opened.service).next();
    missing.map_or_else(|| "review".to_owned(), |document| format!("documents/{}", document.key))
}

fn list(opened: &Opened) -> Markup {
    let caller = opened.caller;
    let l = caller.language;
    let visit = caller.visit();
    let parts: Vec<Task> = opened.service.form.parts.iter().map(|part| of_part(opened, part)).collect();
    let documents: Vec<Task> = opened.service.uploads_beside_form().map(|asked| of_document(opened, asked)).collect();
    let until = caller.portal.park.profile.local_date(base::Bank::South, opened.draft.kept_until);
    opened.page(&visit, say!(l, "draft-title")).lead(say!(l, "draft-lead")).reading().body(html! {
        h2 { (say!(l, "draft-parts")) }
        (tasks(&parts))
        @if !documents.is_empty() {
            h2 { (say!(l, "draft-documents")) }
            (tasks(&documents))
        }
        (buttons(html! {
            (button_link(Weight::Primary, &say!(l, "draft-to-review"), &opened.href("review")))
            (button_link(Weight::Secondary, &say!(l, "draft-discard"), &opened.href("discard")))
        }))
        p.govuk-hint {
            (say!(l, "draft-changed")) " " (visit.time(opened.draft.changed_at)) " · "
            (say!(l, "draft-until", date = format::date(l, until)))
        }
    })
}

fn of_part(opened: &Opened, part: &Part) -> Task {
    let l = opened.caller.language;
    let status = match (opened.is_saved(part), opened.is_done(part)) {
        (false, _) => (Tone::Neutral, say!(l, "draft-not-begun")),
        (true, true) => (Tone::Good, say!(l, "draft-done")),
        (true, false) => (Tone::Caution, say!(l, "draft-to-mend")),
    };
    let hint = part.hint.as_ref().map(|hint| hint.get(l).to_owned());
    Task { link: Link::new(title(opened, part), opened.href(&format!("parts/{}", part.key))), hint, status }
}

fn of_document(opened: &Opened, asked: &DocumentAsked) -> Task {
    let l = opened.caller.language;
    let count = opened.draft.files_of(asked.key.as_str()).count();
    let status = match (count, asked.required) {
        (0, true) => (Tone::Caution, say!(l, "draft-to-upload")),
        (0, false) => (Tone::Neutral, say!(l, "draft-may-upload")),
        _ => (Tone::Good, say!(l, "draft-done")),
    };
    let name = document_name(l, asked);
    Task { link: Link::new(name, opened.href(&format!("documents/{}", asked.key))), hint: None, status }
}

pub(super) fn document_name(l: Language, asked: &DocumentAsked) -> String {
    let name = asked.name.get(l);
    if asked.required { name.to_owned() } else { say!(l, "form-optional", label = name) }
}
