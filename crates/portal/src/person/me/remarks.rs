//! Remarks on one's own application: what offices wrote for the applicant, and what the applicant tells the offices.

use super::case::{TEXT_CHARS_MAX, Typed, View, shown};
use crate::clerk::named;
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::CaseId;
use cases::Audience;
use frame::maud::{Markup, html};
use frame::parts::{Step, details, timeline};
use frame::{Errors, Field, Weight, say, submit};
use park::HistoryItem;

/// What was read for them by the park: remarks among offices are not among the items.
pub(super) fn section(view: &View, items: &[HistoryItem], typed: &Typed) -> Markup {
    let l = view.visit.language;
    let is_remark = |item: &&HistoryItem| matches!(item.event, cases::Event::Remarked { .. });
    let steps: Vec<Step> = items.iter().filter(is_remark).map(|item| super::history::step(view, item)).collect();
    html! {
        section aria-labelledby="remarks" {
            h2 #remarks { (say!(l, "own-remarks")) }
            @if !steps.is_empty() { (timeline(&steps)) }
            @if may(view) {
                @if typed.errors.is_empty() { (details(say!(l, "own-remark-write"), form(view, typed))) }
                @else { (form(view, typed)) }
            }
        }
    }
}

fn may(view: &View) -> bool {
    let Ok(actor) = view.caller.on_case(view.id) else { return false };
    view.caller.portal.may_remark(view.zone, &actor, (view.id, view.case), Audience::Applicant)
}

fn form(view: &View, typed: &Typed) -> Markup {
    let l = view.visit.language;
    html! {
        form method="post" action=(view.visit.href(&format!("me/cases/{}/remarks", view.id))) novalidate {
            (view.visit.csrf_field())
            (once::field())
            (Field::new("remark", say!(l, "own-remark-text")).hint(say!(l, "own-remark-hint"))
                .value(typed.remark.as_str()).errors(&typed.errors).characters_max(TEXT_CHARS_MAX).long_text(4))
            (submit(Weight::Secondary, &say!(l, "own-remark-send")))
        }
    }
}

pub(super) async fn write(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id: CaseId = named(&id)?;
    let (actor, l) = (caller.on_case(id)?, caller.language);
    let text = posted.text("remark").to_owned();
    let fault = match text.chars().count() {
        0 => Some(say!(l, "remark-missing")),
        count if count > TEXT_CHARS_MAX as usize => Some(say!(l, "own-answer-too-long", limit = TEXT_CHARS_MAX)),
        _ => None,
    };
    if let Some(fault) = fault {
        let mut errors = Errors::new();
        errors.add("remark", fault);
        let typed = Typed { remark: text, errors, ..Typed::default() };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&caller, id, &typed)?).into_response());
    }
    let key = once::key(&actor, &posted);
    caller.portal.park.remark(&actor, id, Audience::Applicant, &text, key).await?;
    Ok(caller.done(&format!("me/cases/{id}"), "remarked"))
}
