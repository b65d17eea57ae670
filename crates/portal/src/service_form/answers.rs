//! A form's answers in words, by the labels they were asked with.

use super::parts::{address_label, document_kind, document_label};
use base::Language;
use frame::maud::html;
use frame::parts::SummaryRow;
use frame::{format, say};
use profile::{ChoiceOption, CodeList, DOCUMENT_PARTS, Field, FieldGroup, FieldKind, Form, Region, money};
use serde_json::Value;

pub(crate) fn answers(language: Language, form: &Form, submitted: &Value) -> Vec<SummaryRow> {
    form.fields.iter().filter_map(|field| answer(language, field, submitted)).collect()
}

/// One field with its answer, where it was answered.
pub(crate) fn answer(language: Language, field: &Field, submitted: &Value) -> Option<SummaryRow> {
    let lines = lines(language, field, submitted);
    (!lines.is_empty())
        .then(|| SummaryRow::new(field.label.get(language), html! { @for line in &lines { div { (line) } } }))
}

/// The answer to one field, a line for each of its pieces; none where it was not answered.
pub(crate) fn lines(language: Language, field: &Field, submitted: &Value) -> Vec<String> {
    let given = submitted.get(field.key.as_str());
    given.map(|value| in_words(language, &field.kind, value)).unwrap_or_default()
}

/// What is said beside a number's box.
pub(super) fn unit(l: Language, kind: &FieldKind) -> Option<String> {
    match kind {
        FieldKind::Money(currency) => Some(currency.code().to_owned()),
        FieldKind::Number { unit } | FieldKind::Decimal { unit, .. } => {
            unit.as_ref().map(|unit| unit.get(l).to_owned())
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Date
        | FieldKind::Choice(_)
        | FieldKind::Select(_)
        | FieldKind::Choices(_)
        | FieldKind::Search(_)
        | FieldKind::Boolean
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Identifier(_)
        | FieldKind::Address(_)
        | FieldKind::Document(_)
        | FieldKind::Group(_)
        | FieldKind::Organisation
        | FieldKind::Person
        | FieldKind::Place(_)
        | FieldKind::File(_) => None,
    }
}

/// One line, or several of an address, a document and a group.
fn in_words(l: Language, kind: &FieldKind, value: &Value) -> Vec<String> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let one = |text: String| vec![text];
    match kind {
        FieldKind::Choice(options) | FieldKind::Select(options) | FieldKind::Place(options) => {
            one(label_of(l, options, &text))
        }
        FieldKind::Choices(options) => {
            let chosen = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            one(chosen.map(|key| label_of(l, options, key)).collect::<Vec<_>>().join(" · "))
        }
        FieldKind::Search(list) => one(entry_of(l, list, &text)),
        FieldKind::Money(currency) => {
            one(value.as_i64().map_or(text, |minor| format!("{} {}", currency.code(), money::typed(minor))))
        }
        FieldKind::Number { .. } | FieldKind::Decimal { .. } => {
            one(unit(l, kind).map_or(text.clone(), |unit| format!("{text} {unit}")))
        }
        FieldKind::Date => one(text.parse().map_or(text, |date| format::date(l, date))),
        FieldKind::Boolean if value == &Value::Bool(true) => one(say!(l, "form-yes")),
        FieldKind::Boolean => one(say!(l, "form-no")),
        FieldKind::Address(lists) => address(l, lists, value),
        FieldKind::Document(_) => document(l, value),
        FieldKind::Group(group) => rows(l, group, value),
        FieldKind::File(_) => {
            let count = value.as_array().map_or(0, Vec::len);
            one(say!(l, "form-files-count", count = count))
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Identifier(_)
        | FieldKind::Organisation
        | FieldKind::Person => one(text),
    }
}

fn address(l: Language, lists: &profile::AddressLists, value: &Value) -> Vec<String> {
    let part = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let region = Region::of(&part("region"));
    let named = |key: &str| match key {
        "district" => entry_of(l, &lists.districts, &part(key)),
        "province" => entry_of(l, &lists.provinces, &part(key)),
        "country" => entry_of(l, &lists.countries, &part(key)),
        "flat" | "floor" | "block" if !part(key).is_empty() => {
            say!(l, "form-piece", whole = address_label(l, key), piece = part(key))
        }
        _ => part(key),
    };
    let parts = region.map_or(&[][..], Region::parts).iter().map(|key| named(key)).filter(|text| !text.is_empty());
    let head = region.map(|region| address_label(l, region.as_str()));
    head.into_iter().chain(parts).collect()
}

fn document(l: Language, value: &Value) -> Vec<String> {
    let part = |key: &str| value.get(key).and_then(Value::as_str);
    let line = |key: &'static str| {
        let text = part(key)?;
        Some(match key {
            "kind" => document_kind(l, text),
            "expires" => {
                let date = text.parse().map_or_else(|_| text.to_owned(), |date| format::date(l, date));
                say!(l, "form-piece", whole = document_label(l, key), piece = date)
            }
            _ => text.to_owned(),
        })
    };
    DOCUMENT_PARTS.into_iter().filter_map(line).collect()
}

/// A line for each row: `陳大文 · 護照 · …`.
fn rows(l: Language, group: &FieldGroup, value: &Value) -> Vec<String> {
    let row = |(number, row): (usize, &Value)| {
        let cells = group.fields.iter().filter_map(|field| {
            let value = row.get(field.key.as_str())?;
            Some(in_words(l, &field.kind, value).join(format::list_gap(l)))
        });
        format!("{}. {}", number + 1, cells.collect::<Vec<_>>().join(" · "))
    };
    value.as_array().into_iter().flatten().enumerate().map(row).collect()
}

fn entry_of(l: Language, list: &CodeList, key: &str) -> String {
    list.entry(key).map_or_else(|| key.to_owned(), |entry| entry.label.get(l).to_owned())
}

fn label_of(language: Language, options: &[ChoiceOption], key: &str) -> String {
    let chosen = options.iter().find(|option| option.key.as_str() == key);
    chosen.map_or_else(|| key.to_owned(), |option| option.label.get(language).to_owned())
}
