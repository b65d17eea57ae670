//! A service's [form]: fields and conditions, put together into one JSON Schema.
//!
//! The schema is made and not written by hand, so that labels and constraints cannot drift apart and each fault has
//! the line of its field. The vocabulary is small on purpose: what it cannot say belongs in the rulebook.

use crate::model::{ChoiceOption, Currency, Field, FieldKind, Form, Shared};
use crate::reader::Table;
use base::Key;
use identifiers::Identifier;
use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Map, Value, json};
use std::sync::Arc;

const TEXT_LENGTH_MAX: u32 = 200;
const LONG_TEXT_LENGTH_MAX: u32 = 4_000;
const NUMBER_MAX: i64 = 1_000_000_000_000;
/// The same number of minor units of money.
const MONEY_MAX: i64 = 100 * NUMBER_MAX;
/// Room for however an authority's number is spaced.
const IDENTIFIER_LENGTH_MAX: u32 = 40;
/// No control characters; a long text may break lines.
const TEXT_PATTERN: &str = r"^[^\x00-\x1f\x7f]*$";
const LONG_TEXT_PATTERN: &str = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$";

/// The word in `kind`; a choice's options, a number's unit and a sum's currency come beside it.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    LongText,
    Date,
    Choice,
    Choices,
    Number,
    Money,
    Boolean,
    Identifier(Identifier),
}

const KINDS: [(&str, Kind); 8] = [
    ("text", Kind::Text),
    ("long_text", Kind::LongText),
    ("date", Kind::Date),
    ("choice", Kind::Choice),
    ("choices", Kind::Choices),
    ("number", Kind::Number),
    ("money", Kind::Money),
    ("boolean", Kind::Boolean),
];

/// The word of every kind, with those of the authorities' numbers.
fn kinds() -> Vec<(&'static str, Kind)> {
    let identifiers = Identifier::ALL.map(|identifier| (identifier.as_str(), Kind::Identifier(identifier)));
    KINDS.into_iter().chain(identifiers).collect()
}

/// `None` where a field has a fault of its own: what legs and effects say of it is not held against them.
pub(super) fn form(table: &Table<'_>) -> Option<Form> {
    if !table.has("field") {
        table.fault_at("field", "the form asks for nothing", "add at least one [[form.field]]");
    }
    let asked = table.tables("field", field);
    let mut properties = Map::new();
    let mut fields: Vec<Field> = Vec::new();
    for (field, schema) in asked {
        if properties.insert(field.key.to_string(), schema).is_some() {
            table.fault_at("field", format!("two fields have the key `{}`", field.key), "rename one");
        }
        fields.push(field);
    }
    let whole = fields.len() == table.count("field");
    let conditions = table.tables("condition", |condition| self::condition(condition, &fields));
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
    match compile(&schema) {
        Ok(_) if !whole => None,
        Ok(validator) => Some(Form { schema, fields, validator: Arc::new(validator) }),
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
    let validator = compile(&schema).ok()?;
    Some(Form { schema, fields: Vec::new(), validator: Arc::new(validator) })
}

/// Patterns run on what strangers send: only the linear-time engine is used.
fn compile(schema: &Value) -> Result<Validator, String> {
    let options = Identifier::ALL.into_iter().fold(jsonschema::options(), |options, identifier| {
        options.with_format(identifier.as_str(), move |text| identifier.check(text).is_ok())
    });
    options
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .build(schema)
        .map_err(|error| error.to_string())
}

fn field(table: &Table<'_>) -> Option<(Field, Value)> {
    let (key, label, hint) = (table.key("key"), table.localised("label"), table.optional_localised("hint"));
    let (required, personal) = (table.flag("required"), table.flag("personal"));
    let section = table.maybe("section", || table.section("section"));
    let shared = shared(table, key.as_ref());
    let kind = table.word("kind", &kinds());
    let (kind, schema) = match kind? {
        Kind::Text => (FieldKind::Text, text_schema(table, TEXT_LENGTH_MAX, TEXT_PATTERN)),
        Kind::LongText => (FieldKind::LongText, text_schema(table, LONG_TEXT_LENGTH_MAX, LONG_TEXT_PATTERN)),
        Kind::Date => (FieldKind::Date, Some(json!({ "type": "string", "format": "date" }))),
        Kind::Number => {
            let unit = table.optional_localised("unit");
            let schema = whole_schema(table, NUMBER_MAX);
            (FieldKind::Number { unit: unit? }, schema)
        }
        Kind::Money => {
            let currency = table.word("currency", &Currency::ALL.map(|currency| (currency.code(), currency)));
            let schema = whole_schema(table, MONEY_MAX);
            (FieldKind::Money(currency?), schema)
        }
        Kind::Boolean => (FieldKind::Boolean, boolean_schema(table)),
        Kind::Choice => {
            let options = options(table);
            let schema = json!({ "enum": keys_of(&options) });
            (FieldKind::Choice(options), Some(schema))
        }
        Kind::Choices => {
            let options = options(table);
            let one = json!({ "enum": keys_of(&options) });
            let schema = json!({ "type": "array", "items": one, "minItems": 1, "uniqueItems": true });
            (FieldKind::Choices(options), Some(schema))
        }
        Kind::Identifier(identifier) => {
            let format = identifier.as_str();
            let schema = json!({ "type": "string", "maxLength": IDENTIFIER_LENGTH_MAX, "format": format });
            (FieldKind::Identifier(identifier), Some(schema))
        }
    };
    let schema = if table.has("pattern") { compiled(table, "pattern", schema?)? } else { schema? };
    let field = Field {
        key: key?,
        label: label?,
        hint: hint?,
        kind,
        required: required?,
        personal: personal?,
        shared: shared?,
        section: section?,
    };
    Some((field, schema))
}

/// What registers a person stands in the person's record, which is not kept apart by field.
const REGISTERS: [&str; 14] = [
    "family-name",
    "given-name",
    "latin-name",
    "birth-date",
    "nationality",
    "email",
    "mobile",
    "job-title",
    "staff-number",
    "document-kind",
    "document-number",
    "document-expires",
    "home-bank",
    "requested-day",
];

fn shared(table: &Table<'_>, key: Option<&Key>) -> Option<Shared> {
    let words = Shared::ALL.map(|shared| (shared.as_str(), shared));
    let shared = table.maybe("shared", || table.word("shared", &words))?.unwrap_or_default();
    if shared != Shared::Both && key.is_some_and(|key| REGISTERS.contains(&key.as_str())) {
        let what = "the answer goes into the person's record, which both banks' offices see";
        table.fault_at("shared", what, "remove `shared`, or ask it in a field of another name");
    }
    Some(shared)
}

fn text_schema(table: &Table<'_>, length_max: u32, pattern_default: &str) -> Option<Value> {
    let limit = i64::from(length_max);
    let least = table.maybe("min_length", || table.whole::<u32>("min_length", 0..=limit));
    let most = table.maybe("max_length", || table.whole::<u32>("max_length", 1..=limit));
    let format = table.maybe("format", || table.word("format", &[("email", "email")]));
    let pattern = table.optional_text("pattern");
    let mut schema = json!({
        "type": "string",
        "minLength": least?.unwrap_or(1),
        "maxLength": most?.unwrap_or(length_max),
        "pattern": pattern?.unwrap_or_else(|| pattern_default.to_owned()),
    });
    if let (Some(format), Some(object)) = (format?, schema.as_object_mut()) {
        object.insert("format".to_owned(), format.into());
    }
    Some(schema)
}

fn whole_schema(table: &Table<'_>, limit: i64) -> Option<Value> {
    let least = table.maybe("minimum", || table.whole::<i64>("minimum", -limit..=limit));
    let most = table.maybe("maximum", || table.whole::<i64>("maximum", -limit..=limit));
    let (least, most) = (least?.unwrap_or(0), most?.unwrap_or(limit));
    if least > most {
        table.fault_at("maximum", "no number is small enough and large enough", "raise `maximum`, or lower `minimum`");
        return None;
    }
    Some(json!({ "type": "integer", "minimum": least, "maximum": most }))
}

fn keys_of(options: &[ChoiceOption]) -> Vec<&str> {
    options.iter().map(|option| option.key.as_str()).collect()
}

fn boolean_schema(table: &Table<'_>) -> Option<Value> {
    let must_be_true = table.flag("must_be_true")?;
    Some(if must_be_true { json!({ "const": true }) } else { json!({ "type": "boolean" }) })
}

fn options(table: &Table<'_>) -> Vec<ChoiceOption> {
    let options = table.tables("option", |option| {
        let (key, label) = (option.key("key"), option.localised("label"));
        Some(ChoiceOption { key: key?, label: label? })
    });
    let mut seen = std::collections::BTreeSet::new();
    if let Some(twice) = options.iter().map(|option| &option.key).find(|key| !seen.insert(*key)) {
        table.fault_at("option", format!("two options have the key `{twice}`"), "rename one");
    }
    if !table.has("option") {
        table.fault_at("kind", "there is nothing to choose from", "add at least one [[form.field.option]]");
    }
    options
}

/// Compiles one field's part by itself, so that a faulty pattern is shown at its own field.
fn compiled(table: &Table<'_>, at: &str, schema: Value) -> Option<Value> {
    match compile(&schema) {
        Ok(_) => Some(schema),
        Err(error) => {
            table.fault_at(at, format!("the field's JSON Schema does not compile: {error}"), "mend the constraint");
            None
        }
    }
}

/// Where one field's choice asks something of another: `when_field`, `when_is`, then `field`, `pattern`, `required`.
fn condition(table: &Table<'_>, fields: &[Field]) -> Option<Value> {
    let known = |name: &'static str| -> Option<Key> {
        let key = table.key(name)?;
        if fields.iter().any(|field| field.key == key) {
            return Some(key);
        }
        table.fault_at(name, format!("the form has no field `{key}`"), "name a field of this form");
        None
    };
    let (when_field, when_is, field) = (known("when_field"), table.text("when_is"), known("field"));
    let (pattern, required) = (table.optional_text("pattern"), table.flag("required"));
    let (when_field, when_is, field) = (when_field?, when_is?, field?);
    let choice = fields.iter().find(|field| field.key == when_field).map(|field| &field.kind);
    if let Some(FieldKind::Choice(options)) = choice
        && !options.iter().any(|option| option.key.as_str() == when_is)
    {
        table.fault_at("when_is", format!("`{when_field}` has no option `{when_is}`"), "name one of its options");
    }
    let mut then = Map::new();
    if let Some(pattern) = pattern? {
        compiled(table, "pattern", json!({ "pattern": pattern }))?;
        then.insert("properties".to_owned(), json!({ field.as_str(): { "pattern": pattern } }));
    }
    if required? {
        then.insert("required".to_owned(), json!([field.as_str()]));
    }
    if then.is_empty() {
        table.fault_at("field", "the condition asks for nothing", "add `pattern` or `required = true`");
    }
    Some(json!({
        "if": { "properties": { when_field.as_str(): { "const": when_is } }, "required": [when_field.as_str()] },
        "then": then,
    }))
}
