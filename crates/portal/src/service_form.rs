//! A service's form as the zone folder describes it: shown as fields, read back from what was posted, told its faults.
//!
//! It knows no service by name. What is right is the form's JSON Schema to say; here its answers become words.

use crate::{Caller, Posted, WORDS};
use base::Language;
use frame::maud::{Markup, html};
use frame::parts::SummaryRow;
use frame::{Choice, Errors, Field, Size, format, say};
use profile::{ChoiceOption, FieldFault, FieldFaultCode, FieldKind, Form, money};
use rosters::FaultCode;
use serde_json::Value;

/// The longest text that a single-line field takes; a form's own limit is checked with the rest of its schema.
const LINE_CHARS_MAX: u32 = 200;

/// The longest text that an address may put into a field.
const SUGGESTED_CHARACTERS_MAX: usize = 500;

/// What every service's form calls the number of the identity document.
pub(crate) const DOCUMENT_NUMBER: &str = "document-number";

/// What was typed into a form, field by field; nothing of it is lost when the form comes back with faults.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled(Vec<(String, String)>);

impl Filled {
    pub fn read(form: &Form, posted: &Posted) -> Self {
        let texts = |field: &profile::Field| match field.kind {
            FieldKind::Date => vec![posted.date(field.key.as_str())],
            FieldKind::Choices(_) => posted.texts(field.key.as_str()).map(str::to_owned).collect(),
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Choice(_)
            | FieldKind::Number { .. }
            | FieldKind::Money(_)
            | FieldKind::Identifier(_)
            | FieldKind::Boolean => vec![posted.text(field.key.as_str()).to_owned()],
        };
        let named =
            |field: &profile::Field| texts(field).into_iter().map(|text| (field.key.to_string(), text)).collect();
        Self(form.fields.iter().flat_map(|field| -> Vec<_> { named(field) }).collect())
    }

    /// As it was answered before, to be looked through again.
    pub fn of(form: &Form, answers: &Value) -> Self {
        let one = |field: &profile::Field, value: &Value| match (&field.kind, value) {
            (FieldKind::Money(_), Value::Number(minor)) => minor.as_i64().map(money::typed).unwrap_or_default(),
            (FieldKind::Boolean, Value::Bool(ticked)) => {
                if *ticked {
                    "on".to_owned()
                } else {
                    String::new()
                }
            }
            (_, Value::String(text)) => text.clone(),
            (_, other) => other.to_string(),
        };
        let texts = |field: &profile::Field| match answers.get(field.key.as_str()) {
            None => Vec::new(),
            Some(Value::Array(chosen)) => chosen.iter().map(|value| one(field, value)).collect(),
            Some(value) => vec![one(field, value)],
        };
        let named = |field: &profile::Field| {
            texts(field).into_iter().map(|text| (field.key.to_string(), text)).collect::<Vec<_>>()
        };
        Self(form.fields.iter().flat_map(named).collect())
    }

    /// What the address suggests, for the reader to correct: a question that was searched for comes along.
    pub fn suggested(form: &Form, caller: &Caller) -> Self {
        let typed = |field: &profile::Field| match field.kind {
            FieldKind::Text | FieldKind::LongText | FieldKind::Choice(_) => caller.queried(field.key.as_str()),
            FieldKind::Date
            | FieldKind::Choices(_)
            | FieldKind::Number { .. }
            | FieldKind::Money(_)
            | FieldKind::Identifier(_)
            | FieldKind::Boolean => None,
        };
        let suggested = |field: &profile::Field| {
            let text: String = typed(field)?.chars().take(SUGGESTED_CHARACTERS_MAX).collect();
            Some((field.key.to_string(), text))
        };
        Self(form.fields.iter().filter_map(suggested).collect())
    }

    /// The object that the form's schema speaks of.
    pub fn value(&self, form: &Form) -> Value {
        form.value_of(self.0.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    /// The one text of a field, or every box ticked.
    fn texts(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, text)| text.as_str()).collect()
    }
}

/// What was typed for questions of an earlier version that this one asks no more, by their labels.
pub(crate) fn asked_no_more(
    l: Language,
    earlier: Option<&profile::Service>,
    now: &profile::Service,
    posted: &Posted,
) -> Vec<(String, String)> {
    let gone = earlier.into_iter().flat_map(|earlier| &earlier.form.fields);
    let gone = gone.filter(|field| now.form.field(field.key.as_str()).is_none());
    gone.map(|field| (field.label.get(l).to_owned(), posted.text(field.key.as_str()).to_owned()))
        .filter(|(_, typed)| !typed.is_empty())
        .collect()
}

/// The form's fields, in the order they are asked.
pub(crate) fn fields(language: Language, form: &Form, filled: &Filled, errors: &Errors) -> Markup {
    html! { @for field in &form.fields { (one(language, field, &filled.texts(field.key.as_str()), errors)) } }
}

fn one(language: Language, field: &profile::Field, typed: &[&str], errors: &Errors) -> Markup {
    let all_typed = typed;
    let typed = typed.first().copied().unwrap_or_default();
    let label = match &field.kind {
        FieldKind::Money(currency) => {
            say!(language, "form-in", label = field.label.get(language), unit = currency.code())
        }
        FieldKind::Number { unit: Some(unit) } => {
            say!(language, "form-in", label = field.label.get(language), unit = unit.get(language))
        }
        _ => field.label.get(language).to_owned(),
    };
    let label = if field.required { label } else { say!(language, "form-optional", label = label) };
    let mut shown = Field::new(field.key.as_str(), label).value(typed).errors(errors);
    if let Some(hint) = &field.hint {
        shown = shown.hint(hint.get(language));
    }
    match &field.kind {
        FieldKind::Text => shown.size(Size::Medium).characters_max(LINE_CHARS_MAX).without_spell_check().text(),
        FieldKind::LongText => shown.long_text(5),
        FieldKind::Date => shown.date(language),
        FieldKind::Identifier(_) => shown.size(Size::Medium).without_spell_check().text(),
        FieldKind::Money(_) => shown.size(Size::Short).input_mode("decimal").text(),
        FieldKind::Number { .. } => shown.size(Size::Short).input_mode("numeric").text(),
        FieldKind::Choice(options) => {
            let choices = options.iter().map(|option| Choice::new(option.key.as_str(), option.label.get(language)));
            shown.radios(&choices.collect::<Vec<_>>())
        }
        FieldKind::Choices(options) => {
            let choices = options.iter().map(|option| Choice::new(option.key.as_str(), option.label.get(language)));
            shown.values(all_typed.to_vec()).checkboxes(&choices.collect::<Vec<_>>())
        }
        FieldKind::Boolean => {
            let chosen = if typed.is_empty() { Vec::new() } else { vec!["on"] };
            let declared = Choice::new("on", field.label.get(language));
            Field::new(field.key.as_str(), say!(language, "form-declaration"))
                .values(chosen)
                .errors(errors)
                .checkboxes(&[declared])
        }
    }
}

/// What the schema found, at its fields and in the reader's words.
pub(crate) fn errors(language: Language, form: &Form, faults: &[FieldFault]) -> Errors {
    let mut errors = Errors::new();
    for fault in faults {
        let known = form.fields.iter().find(|field| field.key.as_str() == fault.field);
        let label = known.map_or(fault.field.as_str(), |field| field.label.get(language));
        let values = [("label", label.to_owned()), ("limit", limit_as_typed(known, fault))];
        // A box left empty is missing to the schema; to its reader it is a declaration not made.
        let is_box = known.is_some_and(|field| matches!(field.kind, FieldKind::Boolean));
        let code = if is_box { FieldFaultCode::MustBeTrue } else { fault.code };
        let message = WORDS.find(language, &format!("field-fault-{}", code.as_str()), &values);
        let message = message.unwrap_or_else(|| label.to_owned());
        match known {
            Some(field) => errors.add(field.key.as_str(), message),
            None => errors.add_general(message),
        }
    }
    errors
}

/// Whoever typed 1,234.50 is not told of a limit in minor units.
fn limit_as_typed(field: Option<&profile::Field>, fault: &FieldFault) -> String {
    let limit = fault.limit.clone().unwrap_or_default();
    match (field.map(|field| &field.kind), limit.parse()) {
        (Some(FieldKind::Money(_)), Ok(minor)) => money::typed(minor),
        _ => limit,
    }
}

/// What is wrong with the number of a document, and how to mend it, at its field.
pub(crate) fn document_fault(language: Language, fault: FaultCode) -> String {
    let message = fault.message(language);
    format!("{}{}{}", message.what, format::sentence_gap(language), message.remedy)
}

/// A form's answers as they were sealed, by the labels they were asked with.
pub(crate) fn answers(language: Language, form: &Form, submitted: &Value) -> Vec<SummaryRow> {
    let answered = form.fields.iter().filter_map(|field| {
        let value = submitted.get(field.key.as_str())?;
        Some(SummaryRow::new(field.label.get(language), html! { (in_words(language, &field.kind, value)) }))
    });
    answered.collect()
}

fn in_words(language: Language, kind: &FieldKind, value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match kind {
        FieldKind::Choice(options) => label_of(language, options, &text),
        FieldKind::Choices(options) => {
            let chosen = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            chosen.map(|key| label_of(language, options, key)).collect::<Vec<_>>().join(" · ")
        }
        FieldKind::Money(currency) => {
            value.as_i64().map_or(text, |minor| format!("{} {}", currency.code(), money::typed(minor)))
        }
        FieldKind::Number { unit: Some(unit) } => format!("{text} {}", unit.get(language)),
        FieldKind::Date => text.parse().map_or(text, |date| format::date(language, date)),
        FieldKind::Boolean if value == &Value::Bool(true) => say!(language, "form-yes"),
        FieldKind::Boolean => say!(language, "form-no"),
        FieldKind::Text | FieldKind::LongText | FieldKind::Identifier(_) | FieldKind::Number { unit: None } => text,
    }
}

fn label_of(language: Language, options: &[ChoiceOption], key: &str) -> String {
    let chosen = options.iter().find(|option| option.key.as_str() == key);
    chosen.map_or_else(|| key.to_owned(), |option| option.label.get(language).to_owned())
}
