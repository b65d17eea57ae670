//! "Check your answers": everything once more before it is sent, with what is missing.

use super::part::TO_REVIEW;
use super::{Opened, title};
use crate::service_form::{self, answer};
use crate::{Caller, Posted, Problem, application, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::Language;
use frame::maud::{Markup, html};
use frame::parts::{Column, Link, SummaryRow, Table, inset, summary_list};
use frame::{Errors, Weight, button_link, buttons, format, hidden, say, submit};
use park::WorkError;
use profile::{CalculationLine, DocumentAsked, FieldKind, FormPart as Part, Service, money};
use serde_json::Value;

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let opened = Opened::find(&caller, &id)?;
    Ok(page(&opened, &Errors::new()))
}

pub(super) async fn send(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let once = once::key(&caller.actor, &posted);
    let version = posted.text("version").parse().unwrap_or_default();
    // Sent twice: the draft has gone the first time, and its application is there.
    let opened = match Opened::find(&caller, &id) {
        Err(Problem::NotFound) => {
            let sent = caller.portal.park.submit_draft(&caller.actor, &id, version, once).await?;
            return Ok(application::done(&caller, &caller.actor, sent.case));
        }
        found => found?,
    };
    let errors = missing(&opened);
    if !errors.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&opened, &errors)).into_response());
    }
    match caller.portal.park.submit_draft(&opened.actor, &id, version, once).await {
        Ok(sent) if sent.about_somebody_new => Ok(caller.done("employer/people", "applied")),
        Ok(sent) => Ok(application::done(&caller, &opened.actor, sent.case)),
        Err(error) => again(&opened, error),
    }
}

fn again(opened: &Opened, error: WorkError) -> Result<Response, Problem> {
    let mut errors = Errors::new();
    let status = match error {
        WorkError::FormChanged => {
            errors.add_general(say!(opened.caller.language, "draft-form-changed"));
            StatusCode::CONFLICT
        }
        WorkError::Refused(refusal) => {
            let problem = Problem::from(WorkError::Refused(refusal));
            errors.add_general(application::in_one(opened.caller, &problem));
            problem.status()
        }
        WorkError::Document(fault) => {
            errors.add_general(service_form::document_fault(opened.caller.language, fault));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        error => return Err(error.into()),
    };
    Ok((status, page(opened, &errors)).into_response())
}

/// Everything that keeps the draft from being sent, each with the page on which it is mended.
fn missing(opened: &Opened) -> Errors {
    let l = opened.caller.language;
    let mut errors = Errors::new();
    for part in &opened.service.form.parts {
        let faults: Vec<_> = opened.faults_of(part).cloned().collect();
        for message in service_form::errors(l, &opened.service.form, &faults).messages() {
            errors.add_elsewhere(change(opened, part), message);
        }
    }
    for document in opened.draft.missing_documents(opened.service) {
        let href = opened.href(&format!("documents/{}?{TO_REVIEW}", document.key));
        errors.add_elsewhere(href, say!(l, "draft-document-missing", name = document.name.get(l)));
    }
    errors
}

fn change(opened: &Opened, part: &Part) -> String {
    opened.href(&format!("parts/{}?{TO_REVIEW}", part.key))
}

fn page(opened: &Opened, errors: &Errors) -> Markup {
    let caller = opened.caller;
    let l = caller.language;
    let visit = caller.visit();
    let outdated = opened.draft.content.version != opened.service.version;
    opened.page(&visit, say!(l, "review-title")).lead(say!(l, "review-lead")).reading().faulty(!errors.is_empty()).body(
        html! {
            (errors.summary(l))
            @if outdated { (inset(say!(l, "draft-form-changed"))) }
            @for part in &opened.service.form.parts {
                h2 { (title(opened, part)) }
                (summary_list(rows(opened, part)))
            }
            @if opened.service.uploads_beside_form().next().is_some() {
                h2 { (say!(l, "draft-documents")) }
                (summary_list(documents(opened)))
            }
            (calculation(l, opened.service, &opened.value))
            form method="post" novalidate {
                (visit.csrf_field())
                (once::field())
                (hidden("version", &opened.service.version.to_string()))
                p { (say!(l, "review-declare")) }
                (buttons(html! {
                    (submit(Weight::Primary, &say!(l, "review-send")))
                    (button_link(Weight::Secondary, &say!(l, "draft-go-on"), &opened.href("")))
                }))
            }
        },
    )
}

/// Every question of a part, answered or not, each with the way to change it.
fn rows(opened: &Opened, part: &Part) -> Vec<SummaryRow> {
    let l = opened.caller.language;
    let row = |field: &profile::Field| {
        let label = field.label.get(l);
        let empty = || SummaryRow::new(label, html! { span.govuk-hint { (say!(l, "review-empty")) } });
        let answered = match &field.kind {
            FieldKind::File(document) => files_of(opened, label, document),
            _ => answer(l, field, &opened.value),
        };
        let answered = answered.unwrap_or_else(empty);
        answered.action(Link::new(say!(l, "review-change"), change(opened, part)), label)
    };
    opened.service.form.fields_of(part).map(row).collect()
}

/// The files of a field that asks for some, by name; none where there are none.
fn files_of(opened: &Opened, label: &str, document: &DocumentAsked) -> Option<SummaryRow> {
    let l = opened.caller.language;
    let files: Vec<_> = opened.draft.files_of(document.key.as_str()).collect();
    let names = html! { @for file in &files { div { (file.name) " (" (super::size(l, file.bytes)) ")" } } };
    (!files.is_empty()).then(|| SummaryRow::new(label, names))
}

fn documents(opened: &Opened) -> Vec<SummaryRow> {
    let l = opened.caller.language;
    let row = |asked: &profile::DocumentAsked| {
        let files: Vec<_> = opened.draft.files_of(asked.key.as_str()).collect();
        let name = asked.name.get(l);
        let value = html! {
            @if files.is_empty() { span.govuk-hint { (say!(l, "review-empty")) } }
            @for file in &files { div { (file.name) " (" (super::size(l, file.bytes)) ")" } }
        };
        let href = opened.href(&format!("documents/{}?{TO_REVIEW}", asked.key));
        SummaryRow::new(name, value).action(Link::new(say!(l, "review-change"), href), name)
    };
    opened.service.uploads_beside_form().map(row).collect()
}

/// What the service reckons from the answers, line by line; nothing where it reckons nothing.
pub(crate) fn calculation(l: Language, service: &Service, answers: &Value) -> Markup {
    let Some((calculation, lines)) =
        service.calculation.as_ref().and_then(|calculation| Some((calculation, calculation.lines(answers)?)))
    else {
        return html! {};
    };
    let sum = |minor: i64| money::typed(minor);
    let field = |key: &base::Key| service.form.field(key.as_str()).map_or("", |field| field.label.get(l)).to_owned();
    let line = |line: &CalculationLine| match line {
        CalculationLine::Add { field: key, amount_minor } => [field(key), sum(*amount_minor)],
        CalculationLine::Less { field: key, amount_minor } => {
            [say!(l, "calculation-less", label = field(key)), format!("−{}", sum(*amount_minor))]
        }
        CalculationLine::Sum { amount_minor } => [calculation.sum.get(l).to_owned(), sum(*amount_minor)],
        CalculationLine::Tier { of_minor, up_to_minor, percent, amount_minor } => {
            let (of, percent) = (sum(*of_minor), percent.to_string());
            let text = match up_to_minor {
                Some(up_to) => say!(l, "calculation-first", of = of, percent = percent, bound = sum(*up_to)),
                None => say!(l, "calculation-rest", of = of, percent = percent),
            };
            [text, sum(*amount_minor)]
        }
        CalculationLine::Result { amount_minor } => [calculation.result.get(l).to_owned(), sum(*amount_minor)],
    };
    let columns = [
        Column::text(say!(l, "calculation-line")),
        Column::number(say!(l, "calculation-amount", currency = calculation.currency.code())),
    ];
    let rows = lines.iter().map(|one| line(one).map(|text| html! { (text) }));
    html! {
        h2 { (calculation.name.get(l)) }
        (Table::new(calculation.name.get(l), columns).hide_caption().rows(rows))
        p.hint { (format::source(l, &calculation.section)) }
    }
}
