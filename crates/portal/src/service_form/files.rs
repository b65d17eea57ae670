//! Files as the answer to a question: where they are handed in, and how they are named among the answers.

use super::Asking;
use super::rows::FILES;
use crate::drafts;
use frame::maud::{Markup, html};
use frame::parts::SummaryRow;
use frame::{Field, Weight, say, submit_as};
use profile::{DocumentAsked, FieldKind, Form};

/// In a draft: the files that are there, and the button that leads to them. Elsewhere the files are those of the case that
/// is changed, and stay as they are.
pub(super) fn asked(asking: &Asking, shown: Field, field: &profile::Field, document: &DocumentAsked) -> Markup {
    let l = asking.caller.language;
    let Some(opened) = asking.draft else {
        let kept = asking.filled.texts(field.key.as_str());
        return shown.fieldset(&html! {
            p { (say!(l, "form-files-count", count = kept.len())) }
            @for file in kept { (frame::hidden(field.key.as_str(), file)) }
        });
    };
    let files: Vec<_> = opened.draft.files_of(document.key.as_str()).collect();
    shown.fieldset(&html! {
        p.govuk-hint { (drafts::files_hint(l, document)) " " (say!(l, "form-files-hint")) }
        @if !files.is_empty() {
            ul.govuk-list.govuk-list--bullet {
                @for file in &files {
                    li {
                        a href=(opened.href(&format!("files/{}", file.file))) download { (file.name) }
                        " (" (drafts::size(l, file.bytes)) ")"
                    }
                }
            }
        }
        (submit_as(Weight::Secondary, &say!(l, "form-files"), FILES, document.key.as_str()))
    })
}

/// The answers of a case, those that are files with their names; `link` shows one by its address.
pub(crate) fn links(
    language: base::Language,
    form: &Form,
    submitted: &serde_json::Value,
    link: impl Fn(&str) -> Option<Markup>,
) -> Vec<SummaryRow> {
    let row = |field: &profile::Field| {
        let answered = super::answer(language, field, submitted)?;
        let FieldKind::File(_) = &field.kind else { return Some(answered) };
        let files = submitted.get(field.key.as_str())?.as_array()?.iter().filter_map(serde_json::Value::as_str);
        let shown: Vec<Markup> = files.filter_map(&link).collect();
        let names = html! { @for file in &shown { div { (file) } } };
        Some(if shown.is_empty() { answered } else { SummaryRow::new(field.label.get(language), names) })
    };
    form.fields.iter().filter_map(row).collect()
}
