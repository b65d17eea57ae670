//! What the offices were told: the person's details, their confirmed document, the form's answers.

use super::case::View;
use crate::casework;
use base::Date;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, details, inset, summary_list};
use frame::{format, say};
use park::HistoryItem;
use profile::{Field, FieldKind, Form};

pub(super) fn told(view: &View, items: &[HistoryItem]) -> Markup {
    let l = view.visit.language;
    let content = if !view.own {
        inset(html! { p { (say!(l, "own-told-not-yours")) } })
    } else {
        let answers = casework::answers(items)
            .map(|json| crate::attachments::answers(view.caller, view.id, asked_form(view), &json));
        let corrected = corrected(view);
        html! {
            @match answers {
                _ if corrected.is_some() => @if let Some(corrected) = &corrected { (corrected) },
                Some(answers) if !answers.is_empty() => (summary_list(answers)),
                _ => (summary_list(person(view))),
            }
            (crate::drafts::calculation(l, view.service, &casework::answers(items).unwrap_or_default()))
            (crate::attachments::list(view.caller, view.id, view.service))
            h3 { (say!(l, "own-told-document")) }
            (summary_list(document(view)))
        }
    };
    html! {
        h2 { (say!(l, "own-told")) }
        (details(say!(l, "own-told-open"), content))
        (crate::attachments::more(view.caller, view.id, view.case, view.service))
    }
}

/// What a correction changes, beside what was answered first.
fn corrected(view: &View) -> Option<Markup> {
    let reader = view.caller.on_case(view.id).ok()?;
    casework::corrected::differences(view.caller, &reader, (view.id, view.case), (view.service, asked_form(view)))
}

/// The form that was asked: the first case's where it was asked again.
fn asked_form<'a>(view: &View<'a>) -> &'a Form {
    let profile = &view.caller.portal.park.profile;
    &cases::form_service(&view.zone.cases, profile, view.service, view.case.about).form
}

/// As the employer or host gave them, by the labels that the service's form asks with.
fn person(view: &View) -> Vec<SummaryRow> {
    let l = view.visit.language;
    let Some(known) = view.caller.portal.park.details(view.case.subject) else { return Vec::new() };
    let born = known.birth_date.map(|date| format::date(l, date)).unwrap_or_default();
    let rows = [
        (say!(l, "own-told-name"), known.name()),
        (say!(l, "own-told-latin-name"), known.latin_name),
        (say!(l, "own-told-born"), born),
        (say!(l, "own-told-nationality"), known.nationality),
        (say!(l, "own-told-email"), known.email),
        (say!(l, "own-told-mobile"), known.mobile),
        (say!(l, "own-told-job"), known.job_title),
        (say!(l, "own-told-staff-number"), known.staff_number),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(label, value)| SummaryRow::new(label, html! { (value) })).collect()
}

/// The document as it was confirmed; before that, that it was not.
fn document(view: &View) -> Vec<SummaryRow> {
    let l = view.visit.language;
    let person = parties::person(&view.zone.parties, view.case.subject);
    let Some(document) = person.and_then(|person| person.document.as_ref()) else {
        return vec![SummaryRow::new(say!(l, "own-told-confirmed"), html! { (say!(l, "own-told-not-confirmed")) })];
    };
    let number = view.caller.portal.park.confirmed_document_number(view.case.subject).unwrap_or_default();
    vec![
        SummaryRow::new(say!(l, "own-told-kind"), html! { (kind_label(view, document.kind.as_str())) }),
        SummaryRow::new(say!(l, "own-told-number"), html! { code { (number) } }),
        SummaryRow::new(say!(l, "own-told-expires"), html! { (expiry(view, document.expires)) }),
        SummaryRow::new(say!(l, "own-told-confirmed"), view.visit.time(document.confirmed_at)),
    ]
}

fn expiry(view: &View, date: Date) -> String {
    let l = view.visit.language;
    if date == rosters::NO_EXPIRY { say!(l, "own-told-no-expiry") } else { format::date(l, date) }
}

/// The label that some service's form gives to this kind of document: the case's own may ask for none.
fn kind_label(view: &View, kind: &str) -> String {
    let services = view.caller.portal.park.profile.services.values();
    let forms = std::iter::once(&view.service.form).chain(services.map(|service| &service.form));
    let label = forms.filter_map(document_kind).find_map(|field| choice_label(field, kind, view));
    label.unwrap_or_else(|| kind.to_owned())
}

fn document_kind(form: &Form) -> Option<&Field> {
    form.field(super::document::KIND)
}

fn choice_label(field: &Field, kind: &str, view: &View) -> Option<String> {
    let FieldKind::Choice(options) = &field.kind else { return None };
    let option = options.iter().find(|option| option.key.as_str() == kind)?;
    Some(option.label.get(view.visit.language).to_owned())
}
