//! One page of a draft: its fields, saved whether they are right or wrong.

use super::{Opened, earlier, files, title};
use crate::service_form::{self, Asking, Filled, Pressed};
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use frame::maud::{Markup, html};
use frame::{Errors, Weight, buttons, first_submit, say, submit_as};
use profile::{Field, FormPart as Part, Layout};

/// Added to the page's address by the one on which its files are handed in.
pub(super) const FROM_FILES: &str = "from=files";

/// Added to the address of a page on which somebody changes an answer while they check all of them, and to that of its
/// files: both lead back there.
pub(super) const TO_REVIEW: &str = "to=review";

pub(super) fn is_for_review(caller: &Caller) -> bool {
    caller.queried("to").is_some_and(|to| to == "review")
}

type Place = Path<(String, String, String)>;

pub(super) async fn show(caller: Caller, Path((_, id, part)): Place) -> Result<Markup, Problem> {
    let opened = Opened::find(&caller, &id)?;
    let part = opened.part(&part)?;
    // A part that was saved with faults says what they are; one that nobody has seen yet does not, nor one that was left
    // half-way to hand in a file.
    let half_way = caller.queried("from").is_some_and(|from| from == "files");
    let errors = if opened.is_saved(part) && !half_way { errors(&opened, part) } else { Errors::new() };
    let filled = Filled::of(opened.draft.content.typed.clone());
    page(&opened, part, &filled, &errors)
}

pub(super) async fn save(caller: Caller, Path((_, id, part)): Place, posted: Posted) -> Result<Response, Problem> {
    let opened = Opened::find(&caller, &id)?;
    let part = opened.part(&part)?;
    let fields: Vec<Field> = opened.service.form.fields_of(part).cloned().collect();
    let (mut filled, pressed) = (Filled::read(&fields, &posted), Pressed::of(&posted));
    filled.resolve(&caller, &fields);
    filled.pressed(&pressed, &fields);
    let strangers = filled.strangers(part);
    if let Some(stranger) = strangers.first() {
        let mut errors = Errors::new();
        errors.add_general(say!(caller.language, "field-fault-unknown", label = stranger.as_str()));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&opened, part, &filled, &errors)?).into_response());
    }
    let typed = filled.clone().into_typed();
    let draft = caller.portal.park.save_part(&opened.actor, &id, part, typed)?;
    let saved = Opened::of(&caller, opened.actor.clone(), draft)?;
    match pressed {
        Pressed::Later => Ok(caller.done(crate::navigation::home_of(&saved.actor), "draft-saved")),
        // What was typed is kept; the files are sent on a page of their own, which leads back here.
        Pressed::Files(document) => Ok(Redirect::to(&saved.href(&files::address(&saved, &document))).into_response()),
        Pressed::Add(_) | Pressed::Remove(..) | Pressed::Look => {
            Ok(page(&saved, part, &filled, &Errors::new())?.into_response())
        }
        Pressed::Send => {
            let errors = errors(&saved, part);
            if errors.is_empty() {
                return Ok(Redirect::to(&saved.href(&after(&saved, part, posted.text("then")))).into_response());
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&saved, part, &filled, &errors)?).into_response())
        }
    }
}

/// Where one goes from a page that is right.
fn after(opened: &Opened, part: &Part, then: &str) -> String {
    let parts = &opened.service.form.parts;
    let next = parts.iter().skip_while(|known| known.key != part.key).nth(1);
    let missing = || opened.draft.missing_documents(opened.service).next();
    match (opened.service.form.layout, next, then) {
        (_, _, "review") => "review".to_owned(),
        (Layout::One | Layout::Tasks, ..) => String::new(),
        (Layout::Pages, Some(next), _) => format!("parts/{}", next.key),
        (Layout::Pages, None, _) => {
            missing().map_or_else(|| "review".to_owned(), |document| format!("documents/{}", document.key))
        }
    }
}

fn errors(opened: &Opened, part: &Part) -> Errors {
    let faults: Vec<_> = opened.faults_of(part).cloned().collect();
    service_form::errors(opened.caller.language, &opened.service.form, &faults)
}

fn page(opened: &Opened, part: &Part, filled: &Filled, errors: &Errors) -> Result<Markup, Problem> {
    let caller = opened.caller;
    let l = caller.language;
    let visit = caller.visit();
    let fields: Vec<&Field> = opened.service.form.fields_of(part).collect();
    let asking = Asking { caller, filled, errors, alone: false, draft: Some(opened) };
    let parts = &opened.service.form.parts;
    let at = parts.iter().position(|known| known.key == part.key).map_or(1, |at| at + 1);
    let then = if is_for_review(caller) { "review" } else { "next" };
    let mut shown = opened.page(&visit, title(opened, part)).reading().faulty(!errors.is_empty());
    if let Some(hint) = &part.hint {
        shown = shown.lead(hint.get(l));
    }
    let offers = earlier::offers(opened, part)?;
    Ok(shown.body(html! {
        (errors.summary(l))
        @if opened.service.form.layout == Layout::Pages {
            p.govuk-hint { (say!(l, "draft-step", at = at.to_string(), of = parts.len().to_string())) }
        }
        (offers)
        form method="post" novalidate {
            (visit.csrf_field())
            // Whoever presses Enter in a field sends the form: the first button is the one that counts.
            (first_submit("then", then))
            (service_form::fields(&asking, fields))
            (buttons(html! {
                (submit_as(Weight::Primary, &say!(l, "draft-save"), "then", then))
                (submit_as(Weight::Secondary, &say!(l, "draft-later"), "then", "later"))
            }))
        }
    }))
}
