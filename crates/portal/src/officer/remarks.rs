//! Remarks on a case before an officer: what was written for whom, what is kept back and why, and the form that writes one.

use super::case::{Typed, View, shown};
use super::rules;
use crate::clerk::named;
use crate::{Caller, Posted, Problem, casework, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::CaseId;
use cases::Audience;
use frame::maud::{Markup, html};
use frame::parts::{Step, tag, timeline};
use frame::{Choice, Field, Weight, say, submit};
use park::{HistoryItem, HistoryText};

/// The longest remark that the page takes.
const TEXT_CHARS_MAX: u32 = 4_000;

/// What was typed as a remark and could not be taken.
#[derive(Debug, Default)]
pub(super) struct TypedRemark {
    pub text: String,
    pub audience: String,
}

pub(super) fn section(view: &View, items: &[HistoryItem], typed: &Typed) -> Markup {
    let l = view.visit.language;
    let steps: Vec<Step> = items.iter().filter_map(|item| step(view, item)).collect();
    html! {
        section aria-labelledby="remarks" {
            h2 #remarks { (say!(l, "remarks")) }
            @if steps.is_empty() { p { (say!(l, "remarks-none")) } } @else { (timeline(&steps)) }
            (form(view, typed))
        }
    }
}

fn step(view: &View, item: &HistoryItem) -> Option<Step> {
    let l = view.visit.language;
    let cases::Event::Remarked { audience, .. } = &item.event else { return None };
    let text = match &item.text {
        HistoryText::Written(_) if !view.opened => return None,
        HistoryText::Written(text) => html! { p { (text) } },
        HistoryText::Withheld => rules::kept_back(view.caller, item.kept_by.as_ref()),
        HistoryText::Erased => html! { p.govuk-hint { (say!(l, "history-erased")) } },
        HistoryText::None => html! {},
    };
    let (tone, word) = casework::audience(l, *audience);
    let title = casework::title(l, &item.event);
    let when = super::history::when(view, item);
    Some(Step::new(casework::tone(&item.event), title, when).body(html! { p { (tag(tone, &word)) } (text) }))
}

fn form(view: &View, typed: &Typed) -> Markup {
    let l = view.visit.language;
    if !rules::may_remark(view.caller, view.zone, (view.id, view.case), Audience::Bank) {
        return html! {};
    }
    let choices = Audience::ALL.map(|audience| {
        let hint = match audience {
            Audience::Bank => say!(l, "remark-for-bank-hint"),
            Audience::Banks => say!(l, "remark-for-banks-hint"),
            Audience::Applicant => say!(l, "remark-for-applicant-hint"),
        };
        Choice::new(audience.as_str(), casework::audience(l, audience).1).hint(hint)
    });
    html! {
        form method="post" action=(view.visit.href(&format!("office/cases/{}/remarks", view.id))) novalidate {
            (view.visit.csrf_field())
            (once::field())
            (Field::new("remark", say!(l, "remark-text")).value(typed.remark.text.as_str())
                .errors(&typed.errors).characters_max(TEXT_CHARS_MAX).long_text(3))
            (Field::new("audience", say!(l, "remark-audience")).value(typed.remark.audience.as_str())
                .errors(&typed.errors).radios(&choices))
            (submit(Weight::Secondary, &say!(l, "remark-submit")))
        }
    }
}

/// Nobody's remark goes to anybody by default: for whom it is has to be said.
pub(super) async fn write(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id: CaseId = named(&id)?;
    let l = caller.language;
    let remark = TypedRemark { text: posted.text("remark").to_owned(), audience: posted.text("audience").to_owned() };
    let mut typed = Typed { remark, ..Typed::default() };
    if typed.remark.text.is_empty() {
        typed.errors.add("remark", say!(l, "remark-missing"));
    }
    let audience = Audience::ALL.into_iter().find(|audience| audience.as_str() == typed.remark.audience);
    if audience.is_none() {
        typed.errors.add("audience", say!(l, "remark-audience-missing"));
    }
    let Some(audience) = audience.filter(|_| typed.errors.is_empty()) else {
        return shown(&caller, id, StatusCode::UNPROCESSABLE_ENTITY, &typed);
    };
    let key = once::key(&caller.actor, &posted);
    caller.portal.park.remark(&caller.actor, id, audience, &typed.remark.text, key).await?;
    Ok(caller.done(&format!("office/cases/{id}"), "remarked"))
}
