//! What the pieces of a field are called: of an address, of a document, of the rows of a group.

use crate::WORDS;
use base::Language;
use frame::say;
use profile::{Field, FieldKind, Form, PART_MARK};

/// What a name such as `members/0/name` means to a reader.
pub(super) struct Named<'a> {
    pub label: String,
    /// None for a piece that is no field of its own.
    pub kind: Option<&'a FieldKind>,
}

pub(super) fn named<'a>(l: Language, form: &'a Form, name: &str) -> Option<Named<'a>> {
    let (root, rest) = split(name);
    let field = form.field(root)?;
    of_field(l, field, rest)
}

fn of_field<'a>(l: Language, field: &'a Field, rest: Option<&str>) -> Option<Named<'a>> {
    let own = || field.label.get(l).to_owned();
    let Some(rest) = rest else { return Some(Named { label: own(), kind: Some(&field.kind) }) };
    match &field.kind {
        FieldKind::Address(_) => Some(Named { label: piece(l, &own(), &address_label(l, rest)), kind: None }),
        FieldKind::Document(_) => Some(Named { label: piece(l, &own(), &document_label(l, rest)), kind: None }),
        FieldKind::Group(group) => {
            let (row, inner) = split(rest);
            let number = row.parse::<usize>().ok()?.saturating_add(1);
            let row = say!(l, "form-row", label = own(), number = number.to_string());
            let Some((inner, rest)) = inner.map(split) else { return Some(Named { label: row, kind: None }) };
            let field = group.fields.iter().find(|field| field.key.as_str() == inner)?;
            let named = of_field(l, field, rest)?;
            Some(Named { label: piece(l, &row, &named.label), kind: named.kind })
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Date
        | FieldKind::Choice(_)
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
        | FieldKind::Organisation
        | FieldKind::Person
        | FieldKind::Place(_)
        | FieldKind::File(_) => None,
    }
}

fn split(name: &str) -> (&str, Option<&str>) {
    name.split_once(PART_MARK).map_or((name, None), |(first, rest)| (first, Some(rest)))
}

fn piece(l: Language, whole: &str, piece: &str) -> String {
    say!(l, "form-piece", whole = whole, piece = piece)
}

pub(super) fn address_label(l: Language, part: &str) -> String {
    WORDS.find(l, &format!("address-{part}"), &[]).unwrap_or_else(|| part.to_owned())
}

pub(super) fn document_label(l: Language, part: &str) -> String {
    WORDS.find(l, &format!("identity-document-{part}"), &[]).unwrap_or_else(|| part.to_owned())
}

/// A kind of identity document, as rosters call it.
pub(super) fn document_kind(l: Language, code: &str) -> String {
    WORDS.find(l, &format!("document-{code}"), &[]).unwrap_or_else(|| code.to_owned())
}
