//! A service's [form]: fields, the parts they are asked in, and conditions between them, put together into one JSON
//! Schema.

use super::field::{self, Known};
use super::schemas;
use super::service::unique;
use crate::model::{ChoiceOption, Field, FieldKind, Form, FormPart as Part, Layout, Share};
use crate::reader::{Noun, Table};
use base::Key;
use serde_json::{Map, Value, json};
use std::sync::Arc;

const LAYOUTS: [(&str, Layout); 3] = [("one", Layout::One), ("pages", Layout::Pages), ("tasks", Layout::Tasks)];
/// The key of the part of a form that is not divided.
const WHOLE: &str = "form";
const RATIO_MAX: i64 = 1_000_000;
/// Whoever applies for more sends a roster.
const TEAM_MAX: i64 = 30;

/// `None` where a field has a fault of its own: what legs and effects say of it is not held against them.
pub(super) fn form(table: &Table<'_>, known: &Known<'_>) -> Option<Form> {
    if !table.has("field") {
        table.fault_at("field", "the form asks for nothing", "add at least one [[form.field]]");
    }
    let layout = table.maybe("layout", || table.word("layout", &LAYOUTS));
    let titles = table.tables("part", part);
    unique(table, "part", titles.iter().map(|part| &part.key));
    let asked = table.tables("field", |table| {
        let part = table.maybe("part", || table.key("part"));
        let (field, schema) = field::field(table, known, true)?;
        part_is_there(table, &titles, part.as_ref().and_then(Option::as_ref));
        Some((field, schema, part?))
    });
    let (mut properties, mut fields, mut placed) = (Map::new(), Vec::new(), Vec::new());
    for (field, schema, part) in asked {
        if properties.insert(field.key.to_string(), schema).is_some() {
            table.fault_at("field", format!("two fields have the key `{}`", field.key), "rename one");
        }
        placed.push((field.key.clone(), part));
        fields.push(field);
    }
    once_each(table, &fields);
    let whole = fields.len() == table.count("field");
    let conditions = table.tables("condition", |condition| self::condition(condition, &fields));
    let shares = table.tables("share", |share| self::share(share, &fields, known));
    let team_most = table.maybe("team_most", || table.whole::<u16>("team_most", 2..=TEAM_MAX));
    if table.has("team_most") && fields.iter().all(|field| field.common) {
        table.fault_at("team_most", "nothing is asked of each person", "leave `common` out at what is theirs");
    }
    let schema = schema_of(properties, &fields, conditions);
    let layout = layout?.unwrap_or_default();
    let parts = parts(table, layout, titles, &placed, &fields);
    match schemas::compile(&schema) {
        Ok(_) if !whole => None,
        Ok(validator) => Some(Form {
            schema,
            layout,
            parts: parts?,
            fields,
            shares,
            team_most: team_most?,
            validator: Arc::new(validator),
        }),
        Err(error) => {
            table.fault_at(
                "field",
                format!("the form's JSON Schema does not compile: {error}"),
                "mend the constraints",
            );
            None
        }
    }
}

/// Of a service that asks another's form.
pub(super) fn nothing() -> Option<Form> {
    let schema = json!({ "type": "object", "additionalProperties": false });
    let validator = schemas::compile(&schema).ok()?;
    Some(Form {
        schema,
        layout: Layout::One,
        parts: Vec::new(),
        fields: Vec::new(),
        shares: Vec::new(),
        team_most: None,
        validator: Arc::new(validator),
    })
}

fn schema_of(properties: Map<String, Value>, fields: &[Field], conditions: Vec<Value>) -> Value {
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key.as_str()).collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if let (false, Some(object)) = (conditions.is_empty(), schema.as_object_mut()) {
        object.insert("allOf".to_owned(), Value::Array(conditions));
    }
    schema
}

/// No document is asked for twice.
fn once_each(table: &Table<'_>, fields: &[Field]) {
    let mut seen = std::collections::BTreeSet::new();
    for field in fields {
        if let FieldKind::File(document) = &field.kind
            && !seen.insert(&document.key)
        {
            let what = format!("two fields ask for the document `{}`", document.key);
            table.fault_at("field", what, "let one of them name another document");
        }
    }
}

fn part(table: &Table<'_>) -> Option<Part> {
    let (key, title, hint) = (table.key("key"), table.localised("title"), table.optional_localised("hint"));
    Some(Part { key: key?, title: Some(title?), hint: hint?, fields: Vec::new() })
}

fn part_is_there(table: &Table<'_>, titles: &[Part], part: Option<&Key>) {
    match part {
        Some(part) if !titles.iter().any(|known| known.key == *part) => {
            table.fault_at("part", format!("the form has no part `{part}`"), "add its [[form.part]], or name another");
        }
        None if !titles.is_empty() => {
            table.fault_at("key", "the field is in none of the form's parts", "add `part = …`");
        }
        Some(_) | None => {}
    }
}

/// A form on one page is one part; one of pages without parts asks one question on each.
fn parts(
    table: &Table<'_>,
    layout: Layout,
    titles: Vec<Part>,
    placed: &[(Key, Option<Key>)],
    fields: &[Field],
) -> Option<Vec<Part>> {
    if !titles.is_empty() {
        if layout == Layout::One {
            table.fault_at("part", "a form on one page has no parts", "write layout = \"tasks\", or drop the parts");
            return None;
        }
        let fields_of = |part: &Key| {
            placed
                .iter()
                .filter(|(_, of)| of.as_ref() == Some(part))
                .map(|(field, _)| field.clone())
                .collect::<Vec<_>>()
        };
        let parts: Vec<Part> = titles.into_iter().map(|part| Part { fields: fields_of(&part.key), ..part }).collect();
        for part in parts.iter().filter(|part| part.fields.is_empty()) {
            table.fault_at("part", format!("nothing is asked in the part `{}`", part.key), "give it a field");
        }
        return Some(parts);
    }
    match layout {
        Layout::One => {
            let fields = placed.iter().map(|(field, _)| field.clone()).collect();
            Some(vec![Part { key: Key::new(WHOLE)?, title: None, hint: None, fields }])
        }
        Layout::Pages => Some(
            fields
                .iter()
                .map(|field| Part { key: field.key.clone(), title: None, hint: None, fields: vec![field.key.clone()] })
                .collect(),
        ),
        Layout::Tasks => {
            table.fault_at("layout", "a list of tasks needs parts", "add at least one [[form.part]]");
            None
        }
    }
}

fn known_field(table: &Table<'_>, fields: &[Field], name: &'static str) -> Option<Key> {
    let key = table.key(name)?;
    if fields.iter().any(|field| field.key == key) {
        return Some(key);
    }
    table.fault_at(name, format!("the form has no field `{key}`"), "name a field of this form");
    None
}

/// One sum that may be no more than a share of another: `field`, `of`, and as `one_for` the figure that says how much of
/// the other there is for each one of the first.
fn share(table: &Table<'_>, fields: &[Field], known: &Known<'_>) -> Option<Share> {
    let (field, of) = (known_field(table, fields, "field"), known_field(table, fields, "of"));
    let one_for = table.mentions("one_for", Noun::Figure);
    let (field, of) = (field?, of?);
    let kind = |key: &Key| fields.iter().find(|field| field.key == *key).map(|field| &field.kind);
    let comparable = match (kind(&field), kind(&of)) {
        (Some(FieldKind::Money(one)), Some(FieldKind::Money(other))) => one == other,
        (Some(FieldKind::Number { .. }), Some(FieldKind::Number { .. })) => true,
        _ => false,
    };
    if !comparable {
        let remedy = "name two numbers, or two sums of one currency";
        table.fault_at("of", format!("`{field}` and `{of}` cannot be compared"), remedy);
        return None;
    }
    let one_for = one_for?;
    let figure = known.figures.iter().find(|figure| figure.key == one_for)?;
    if !(1..=RATIO_MAX).contains(&figure.value) {
        table.fault_at(
            "one_for",
            format!("`{one_for}` is {}, which is no ratio", figure.value),
            "name a figure from 1 on",
        );
        return None;
    }
    Some(Share { field, of, ratio: [1, u32::try_from(figure.value).ok()?] })
}

/// Where one field's answer asks something of another: `when_field`, `when_is`, then `field`, `pattern`, `required`.
fn condition(table: &Table<'_>, fields: &[Field]) -> Option<Value> {
    let known = |name: &'static str| known_field(table, fields, name);
    let (when_field, when_is, field) = (known("when_field"), table.text("when_is"), known("field"));
    let (pattern, required) = (table.optional_text("pattern"), table.flag("required"));
    let (when_field, when_is, field) = (when_field?, when_is?, field?);
    let asks = fields.iter().find(|field| field.key == when_field)?;
    let answered = answered(table, asks, &when_is);
    let mut then = Map::new();
    if let Some(pattern) = pattern? {
        schemas::compiled(table, "pattern", json!({ "pattern": pattern }))?;
        then.insert("properties".to_owned(), json!({ field.as_str(): { "pattern": pattern } }));
    }
    if required? {
        then.insert("required".to_owned(), json!([field.as_str()]));
    }
    if then.is_empty() {
        table.fault_at("field", "the condition asks for nothing", "add `pattern` or `required = true`");
    }
    Some(json!({ "if": answered?, "then": then }))
}

/// That a field was answered so: an option chosen, among others or alone, or a box ticked or left (`yes`, `no`).
fn answered(table: &Table<'_>, field: &Field, when_is: &str) -> Option<Value> {
    let name = field.key.as_str();
    let is = |what: Value| json!({ "properties": { name: what }, "required": [name] });
    let (known, answered) = match &field.kind {
        FieldKind::Choice(options) | FieldKind::Select(options) | FieldKind::Place(options) => {
            (has_option(options, when_is), is(json!({ "const": when_is })))
        }
        FieldKind::Choices(options) => (has_option(options, when_is), is(json!({ "contains": { "const": when_is } }))),
        FieldKind::Search(list) => (list.entry(when_is).is_some(), is(json!({ "const": when_is }))),
        FieldKind::Boolean if when_is == "no" => (true, json!({ "not": is(json!({ "const": true })) })),
        FieldKind::Boolean => (when_is == "yes", is(json!({ "const": true }))),
        _ => {
            let what = format!("`{name}` is neither a choice nor a box to tick: no condition can depend on it");
            table.fault_at("when_field", what, "name a field with options, or one of kind boolean");
            return None;
        }
    };
    if !known {
        let remedy =
            if matches!(field.kind, FieldKind::Boolean) { "write `yes` or `no`" } else { "name one of its options" };
        table.fault_at("when_is", format!("`{name}` has no option `{when_is}`"), remedy);
    }
    Some(answered)
}

fn has_option(options: &[ChoiceOption], key: &str) -> bool {
    options.iter().any(|option| option.key.as_str() == key)
}
