//! From the texts that a page posts to the object that a form's schema speaks of.
//!
//! What does not convert stays a text, and what nobody asked for stays under its own name: the schema says what is wrong.

use super::field::{DOCUMENT_PARTS, Field, FieldKind, Group, PART_MARK, ROWS_MAX, Region};
use super::money;
use identifiers::{Identifier, phone_number};
use serde_json::{Map, Number, Value};

/// What is chosen from the matches of a search counts more than what was typed to find them.
pub const PICKED: &str = "pick";

/// Names with texts that are not empty, without blanks around them.
pub(super) type Posted<'a> = [(&'a str, &'a str)];

pub(super) fn object(fields: &[Field], prefix: &str, posted: &Posted<'_>) -> Map<String, Value> {
    let mut object = Map::new();
    for field in fields {
        if let Some(value) = value(field, &format!("{prefix}{}", field.key), posted) {
            object.insert(field.key.to_string(), value);
        }
    }
    for (name, text) in posted {
        if let Some(own) = name.strip_prefix(prefix)
            && !fields.iter().any(|field| is_of(field, own))
        {
            object.insert(own.to_owned(), (*text).into());
        }
    }
    object
}

/// Whether a name is the field's own, or that of a part of it.
fn is_of(field: &Field, name: &str) -> bool {
    let Some(rest) = name.strip_prefix(field.key.as_str()) else { return false };
    let Some(part) = rest.strip_prefix(PART_MARK) else { return rest.is_empty() };
    match &field.kind {
        FieldKind::Search(_) | FieldKind::Organisation | FieldKind::Person => part == PICKED,
        FieldKind::Address(_) => part == "region" || Region::ALL.iter().any(|region| region.parts().contains(&part)),
        FieldKind::Document(_) => DOCUMENT_PARTS.contains(&part),
        FieldKind::Group(_) => row_of(part).is_some(),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Date
        | FieldKind::Choice(_)
        | FieldKind::Select(_)
        | FieldKind::Choices(_)
        | FieldKind::Number { .. }
        | FieldKind::Decimal { .. }
        | FieldKind::Money(_)
        | FieldKind::Boolean
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Identifier(_)
        | FieldKind::Place(_)
        | FieldKind::File(_) => false,
    }
}

/// The row that `0/name` is of.
fn row_of(part: &str) -> Option<usize> {
    let (row, _) = part.split_once(PART_MARK)?;
    row.parse().ok().filter(|row| *row < ROWS_MAX)
}

fn first<'a>(posted: &Posted<'a>, name: &str) -> Option<&'a str> {
    posted.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

fn value(field: &Field, name: &str, posted: &Posted<'_>) -> Option<Value> {
    match &field.kind {
        FieldKind::Choices(_) | FieldKind::File(_) => {
            let ticked = posted.iter().filter(|(known, _)| *known == name).map(|(_, text)| Value::from(*text));
            let ticked: Vec<Value> = ticked.collect();
            (!ticked.is_empty()).then_some(Value::Array(ticked))
        }
        FieldKind::Search(list) => {
            let text = picked(posted, name)?;
            Some(list.named(text).map_or(text, |entry| entry.key.as_str()).into())
        }
        FieldKind::Organisation | FieldKind::Person => picked(posted, name).map(Value::from),
        FieldKind::Address(_) => address(name, posted),
        FieldKind::Document(_) => document(name, posted),
        FieldKind::Group(group) => rows(group, name, posted),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Date
        | FieldKind::Choice(_)
        | FieldKind::Select(_)
        | FieldKind::Number { .. }
        | FieldKind::Decimal { .. }
        | FieldKind::Money(_)
        | FieldKind::Boolean
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Identifier(_)
        | FieldKind::Place(_) => first(posted, name).map(|text| typed(&field.kind, text)),
    }
}

fn picked<'a>(posted: &Posted<'a>, name: &str) -> Option<&'a str> {
    first(posted, &format!("{name}{PART_MARK}{PICKED}")).or_else(|| first(posted, name))
}

/// Only the parts of the region that was chosen: what was typed for another, before changing one's mind, is no answer.
fn address(name: &str, posted: &Posted<'_>) -> Option<Value> {
    let part = |part: &str| first(posted, &format!("{name}{PART_MARK}{part}"));
    let all = Region::ALL.iter().flat_map(|region| region.parts());
    let region = part("region");
    let wanted: Vec<&str> = match region.and_then(Region::of) {
        Some(region) => region.parts().to_vec(),
        None => all.copied().collect(),
    };
    let given = wanted.into_iter().filter_map(|key| Some((key.to_owned(), Value::from(part(key)?))));
    let object: Map<String, Value> =
        region.map(|region| ("region".to_owned(), region.into())).into_iter().chain(given).collect();
    (!object.is_empty()).then_some(Value::Object(object))
}

fn document(name: &str, posted: &Posted<'_>) -> Option<Value> {
    let part = |part: &str| first(posted, &format!("{name}{PART_MARK}{part}"));
    let kind = part("kind").and_then(Identifier::of_document_code);
    let number = part("number").map(|typed| {
        let one_form = kind.and_then(|kind| kind.one_form(typed).ok());
        one_form.unwrap_or_else(|| typed.to_owned())
    });
    let parts = [
        ("kind", part("kind").map(str::to_owned)),
        ("number", number),
        ("expires", part("expires").map(str::to_owned)),
    ];
    let given = parts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Value::from(text?))));
    let object: Map<String, Value> = given.collect();
    (!object.is_empty()).then_some(Value::Object(object))
}

/// Up to the last row in which something was typed.
fn rows(group: &Group, name: &str, posted: &Posted<'_>) -> Option<Value> {
    let prefix = format!("{name}{PART_MARK}");
    let filled = posted.iter().filter_map(|(known, _)| row_of(known.strip_prefix(&prefix)?));
    let last = filled.max()?;
    let row = |row: usize| Value::Object(object(&group.fields, &format!("{prefix}{row}{PART_MARK}"), posted));
    Some(Value::Array((0..=last).map(row).collect()))
}

/// The texts that a page would post for an answer: what `object` makes into it again.
pub(super) fn texts(field: &Field, name: &str, value: &Value) -> Vec<(String, String)> {
    let text = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let parts = || {
        let object = value.as_object().into_iter().flatten();
        let part =
            |(key, value): (&String, &Value)| Some((format!("{name}{PART_MARK}{key}"), value.as_str()?.to_owned()));
        object.filter_map(part).collect::<Vec<_>>()
    };
    match &field.kind {
        FieldKind::Choices(_) | FieldKind::File(_) => {
            let chosen = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            chosen.map(|key| (name.to_owned(), key.to_owned())).collect()
        }
        FieldKind::Money(_) => {
            vec![(name.to_owned(), value.as_i64().map_or_else(text, money::typed))]
        }
        FieldKind::Boolean => match value {
            Value::Bool(true) => vec![(name.to_owned(), "on".to_owned())],
            _ => Vec::new(),
        },
        FieldKind::Address(_) | FieldKind::Document(_) => parts(),
        FieldKind::Group(group) => {
            let rows = value.as_array().into_iter().flatten().take(ROWS_MAX).enumerate();
            rows.flat_map(|(row, value)| {
                group.fields.iter().flat_map(move |field| {
                    let inside = format!("{name}{PART_MARK}{row}{PART_MARK}{}", field.key);
                    value.get(field.key.as_str()).map(|value| texts(field, &inside, value)).unwrap_or_default()
                })
            })
            .collect()
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Date
        | FieldKind::Choice(_)
        | FieldKind::Select(_)
        | FieldKind::Search(_)
        | FieldKind::Number { .. }
        | FieldKind::Decimal { .. }
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Identifier(_)
        | FieldKind::Organisation
        | FieldKind::Person
        | FieldKind::Place(_) => vec![(name.to_owned(), text())],
    }
}

fn typed(kind: &FieldKind, text: &str) -> Value {
    match kind {
        FieldKind::Number { .. } => text.replace(',', "").parse::<i64>().map_or_else(|_| text.into(), Value::from),
        FieldKind::Decimal { .. } => decimal(text).map_or_else(|| text.into(), Value::Number),
        FieldKind::Money(_) => money::minor_units(text).map_or_else(|| text.into(), Value::from),
        FieldKind::Identifier(identifier) => identifier.one_form(text).map_or_else(|_| text.into(), Value::from),
        FieldKind::Phone => phone_number(text).map_or_else(|_| text.into(), Value::from),
        FieldKind::Boolean => match text {
            "on" | "true" | "yes" => true.into(),
            "off" | "false" | "no" => false.into(),
            other => other.into(),
        },
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Date
        | FieldKind::Choice(_)
        | FieldKind::Select(_)
        | FieldKind::Choices(_)
        | FieldKind::Search(_)
        | FieldKind::Email
        | FieldKind::Address(_)
        | FieldKind::Document(_)
        | FieldKind::Group(_)
        | FieldKind::Organisation
        | FieldKind::Person
        | FieldKind::Place(_)
        | FieldKind::File(_) => text.into(),
    }
}

/// `12.5`, `-0.25`, `1,250.75`: digits with one point, and commas at every third place or none. Nothing where it is not
/// clear what is meant.
fn decimal(text: &str) -> Option<Number> {
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.trim_start_matches('-');
    let grouped: Vec<&str> = digits.split(',').collect();
    let grouped_well = match grouped.as_slice() {
        [_] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = grouped_well
        && !digits.is_empty()
        && only_digits(&grouped.concat())
        && only_digits(behind)
        && !text.ends_with('.')
        && whole.len() - digits.len() <= 1
        // More places than a number of JSON keeps apart.
        && digits.len() + behind.len() <= 15;
    if !shaped {
        return None;
    }
    let plain = text.replace(',', "");
    let behind = behind.trim_end_matches('0');
    if behind.is_empty() {
        let whole = plain.split('.').next().unwrap_or_default();
        return whole.parse::<i64>().ok().map(Number::from);
    }
    plain.parse().ok().and_then(Number::from_f64)
}
