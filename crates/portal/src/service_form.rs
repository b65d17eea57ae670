//! A service's form as the zone folder describes it: shown as fields, read back from what was posted, told its faults.
//!
//! It knows no service by name. What is right is the form's JSON Schema to say; here its answers become words.

mod answers;
mod fields;
mod files;
mod parts;
mod rows;
mod team;

pub(crate) use answers::{answer, answers, lines};
pub(crate) use fields::{Asking, fields};
pub(crate) use files::links;
pub(crate) use rows::Pressed;
pub(crate) use team::team_errors;

use crate::{Caller, Posted, WORDS};
use base::Language;
use frame::{Errors, format};
use profile::{
    FieldFault, FieldFaultCode, FieldGroup, FieldKind, Form, FormPart, PART_MARK, PICKED, ROWS_MAX, Region, money,
};
use rosters::FaultCode;
use serde_json::Value;

/// The longest text that an address may put into a field.
const SUGGESTED_CHARACTERS_MAX: usize = 500;

/// What every service's form calls the number of the identity document.
pub(crate) const DOCUMENT_NUMBER: &str = "document-number";
/// What pages post beside a form's own fields: its token and key, and which button was pressed.
const BESIDE: [&str; 10] =
    [rows::FILES, "csrf", "once", "then", "add", "remove", "look", "version", "confirmed", crate::application::VERSION];
/// Fields of a form that nobody asked for are told of, but not without end.
const STRANGERS_MAX: usize = 20;

/// What was typed into a form, field by field; nothing of it is lost when the form comes back with faults.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled(Vec<(String, String)>);

impl Filled {
    /// What was posted for these fields, and whatever else was posted: the schema says that nobody asked for it.
    pub fn read<'a>(fields: impl IntoIterator<Item = &'a profile::Field>, posted: &Posted) -> Self {
        let mut filled = Reading { posted, typed: Vec::new(), read: BESIDE.map(str::to_owned).to_vec() };
        for field in fields {
            filled.field(field, field.key.as_str());
        }
        let Reading { mut typed, read, .. } = filled;
        let strangers = posted.pairs().filter(|(name, _)| !read.iter().any(|known| known == name));
        typed.extend(strangers.take(STRANGERS_MAX).map(|(name, text)| (name.to_owned(), text.trim().to_owned())));
        Self(typed)
    }

    pub fn of(typed: Vec<(String, String)>) -> Self {
        Self(typed)
    }

    /// What the address suggests, for the reader to correct: a question that was searched for comes along.
    pub fn suggested(form: &Form, caller: &Caller) -> Self {
        let typed = |field: &profile::Field| match field.kind {
            FieldKind::Text | FieldKind::LongText | FieldKind::Choice(_) => caller.queried(field.key.as_str()),
            FieldKind::Date
            | FieldKind::Select(_)
            | FieldKind::Choices(_)
            | FieldKind::Search(_)
            | FieldKind::Number { .. }
            | FieldKind::Decimal { .. }
            | FieldKind::Money(_)
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

    pub fn into_typed(self) -> Vec<(String, String)> {
        self.0
    }

    /// What was posted for no field of this part: somebody changed the page, or it is an old one.
    pub fn strangers(&self, part: &FormPart) -> Vec<String> {
        let root = |name: &str| name.split(PART_MARK).next().unwrap_or_default().to_owned();
        let names = self.0.iter().map(|(name, _)| name);
        names.filter(|name| !part.fields.iter().any(|field| field.as_str() == root(name))).cloned().collect()
    }

    /// The one text of a field, or every box ticked.
    fn texts(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, text)| text.as_str()).collect()
    }

    fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// How many rows of a group there are to show: those with something in them, and no fewer than there must be.
    fn rows(&self, group: &FieldGroup, name: &str) -> usize {
        let prefix = format!("{name}{PART_MARK}");
        let row = |known: &str| known.strip_prefix(&prefix)?.split(PART_MARK).next()?.parse::<usize>().ok();
        let last = self.0.iter().filter_map(|(known, _)| row(known)).max().map_or(0, |last| last.saturating_add(1));
        last.clamp(usize::from(group.least.max(1)), usize::from(group.most).min(ROWS_MAX))
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

/// A form being read from what was posted.
struct Reading<'a> {
    posted: &'a Posted,
    typed: Vec<(String, String)>,
    read: Vec<String>,
}

impl Reading<'_> {
    fn text(&mut self, name: String) {
        let text = self.posted.text(&name).to_owned();
        self.typed.push((name.clone(), text));
        self.read.push(name);
    }

    fn date(&mut self, name: String) {
        self.read.extend(["year", "month", "day"].map(|part| format!("{name}-{part}")));
        let date = self.posted.date(&name);
        self.typed.push((name, date));
    }

    fn field(&mut self, field: &profile::Field, name: &str) {
        let inside = |part: &str| format!("{name}{PART_MARK}{part}");
        match &field.kind {
            FieldKind::Date => self.date(name.to_owned()),
            FieldKind::Choices(_) | FieldKind::File(_) => {
                let ticked: Vec<String> = self.posted.texts(name).map(str::to_owned).collect();
                self.typed.extend(ticked.into_iter().map(|text| (name.to_owned(), text)));
                self.read.push(name.to_owned());
            }
            FieldKind::Search(_) | FieldKind::Organisation | FieldKind::Person => {
                self.text(inside(PICKED));
                self.text(name.to_owned());
            }
            FieldKind::Address(_) => {
                self.text(inside("region"));
                Region::ALL.iter().flat_map(|region| region.parts()).for_each(|part| self.text(inside(part)));
            }
            FieldKind::Document(_) => {
                self.text(inside("kind"));
                self.text(inside("number"));
                self.date(inside("expires"));
            }
            FieldKind::Group(group) => self.group(group, name),
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Choice(_)
            | FieldKind::Select(_)
            | FieldKind::Number { .. }
            | FieldKind::Decimal { .. }
            | FieldKind::Money(_)
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Identifier(_)
            | FieldKind::Place(_)
            | FieldKind::Boolean => self.text(name.to_owned()),
        }
    }

    /// As many rows as were posted.
    fn group(&mut self, group: &FieldGroup, name: &str) {
        let prefix = format!("{name}{PART_MARK}");
        let row = |known: &str| known.strip_prefix(&prefix)?.split(PART_MARK).next()?.parse::<usize>().ok();
        let last = self.posted.pairs().filter_map(|(known, _)| row(known)).filter(|row| *row < ROWS_MAX).max();
        for row in 0..last.map_or(0, |last| last.saturating_add(1)) {
            group.fields.iter().for_each(|field| self.field(field, &format!("{prefix}{row}{PART_MARK}{}", field.key)));
        }
    }
}

/// What the schema found, at its fields and in the reader's words.
pub(crate) fn errors(language: Language, form: &Form, faults: &[FieldFault]) -> Errors {
    let mut errors = Errors::new();
    for fault in faults {
        let named = parts::named(language, form, &fault.field);
        let label = named.as_ref().map_or_else(|| fault.field.clone(), |named| named.label.clone());
        let kind = named.as_ref().and_then(|named| named.kind);
        let values = [("label", label.clone()), ("limit", limit_as_typed(kind, fault))];
        // A box left empty is missing to the schema; to its reader it is a declaration not made.
        let code = if matches!(kind, Some(FieldKind::Boolean)) { FieldFaultCode::MustBeTrue } else { fault.code };
        let message = WORDS.find(language, &format!("field-fault-{}", code.as_str()), &values);
        let message = message.unwrap_or(label);
        match named {
            Some(_) if code != FieldFaultCode::Unknown => errors.add(fault.field.as_str(), message),
            Some(_) | None => errors.add_general(message),
        }
    }
    errors
}

/// Whoever typed 1,234.50 is not told of a limit in minor units.
fn limit_as_typed(kind: Option<&FieldKind>, fault: &FieldFault) -> String {
    let limit = fault.limit.clone().unwrap_or_default();
    match (kind, limit.parse()) {
        (Some(FieldKind::Money(_)), Ok(minor)) => money::typed(minor),
        (Some(FieldKind::Decimal { places, .. }), _) if fault.code == FieldFaultCode::TooFine => places.to_string(),
        _ => limit,
    }
}

/// What is wrong with the number of a document, and how to mend it, at its field.
pub(crate) fn document_fault(language: Language, fault: FaultCode) -> String {
    let message = fault.message(language);
    format!("{}{}{}", message.what, format::sentence_gap(language), message.remedy)
}
