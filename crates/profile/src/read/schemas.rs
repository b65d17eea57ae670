//! Pieces of JSON Schema 2020-12, one for each kind of field, and how they are compiled.
//!
//! The vocabulary is small on purpose: what it cannot say belongs in the rulebook.

use crate::model::{AddressLists, CodeList, DocumentAsked, Region};
use crate::reader::Table;
use base::{OrganisationId, PersonId};
use identifiers::{Identifier, phone_number};
use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Map, Value, json};

const TEXT_LENGTH_MAX: u32 = 200;
const LONG_TEXT_LENGTH_MAX: u32 = 4_000;
const NUMBER_MAX: i64 = 1_000_000_000_000;
/// The same number of minor units of money.
const MONEY_MAX: i64 = 100 * NUMBER_MAX;
/// So that every decimal place that may be asked for is kept apart in a number of JSON.
const DECIMAL_MAX: i64 = 1_000_000_000;
/// Room for however an authority's number is spaced.
pub(super) const IDENTIFIER_LENGTH_MAX: u32 = 40;
/// One line of an address.
const ADDRESS_LINE_MAX: u32 = 120;
/// No control characters; a long text may break lines.
const TEXT_PATTERN: &str = r"^[^\x00-\x1f\x7f]*$";
const LONG_TEXT_PATTERN: &str = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$";

/// Patterns run on what strangers send: only the linear-time engine is used.
pub(super) fn compile(schema: &Value) -> Result<Validator, String> {
    let options = Identifier::ALL.into_iter().fold(jsonschema::options(), |options, identifier| {
        options.with_format(identifier.as_str(), move |text| identifier.check(text).is_ok())
    });
    options
        .with_format("phone", |text| phone_number(text).is_ok_and(|one_form| one_form == text))
        .with_format("organisation-number", |text| text.parse::<OrganisationId>().is_ok())
        .with_format("person-number", |text| text.parse::<PersonId>().is_ok())
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .build(schema)
        .map_err(|error| error.to_string())
}

/// Compiles one field's part by itself, so that a faulty pattern is shown at its own field.
pub(super) fn compiled(table: &Table<'_>, at: &str, schema: Value) -> Option<Value> {
    match compile(&schema) {
        Ok(_) => Some(schema),
        Err(error) => {
            table.fault_at(at, format!("the field's JSON Schema does not compile: {error}"), "mend the constraint");
            None
        }
    }
}

pub(super) fn text(table: &Table<'_>) -> Option<Value> {
    a_text(table, TEXT_LENGTH_MAX, TEXT_PATTERN)
}

pub(super) fn long_text(table: &Table<'_>) -> Option<Value> {
    a_text(table, LONG_TEXT_LENGTH_MAX, LONG_TEXT_PATTERN)
}

fn a_text(table: &Table<'_>, length_max: u32, pattern_default: &str) -> Option<Value> {
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

pub(super) fn number(table: &Table<'_>) -> Option<Value> {
    let (least, most) = bounds(table, NUMBER_MAX)?;
    Some(json!({ "type": "integer", "minimum": least, "maximum": most }))
}

pub(super) fn money(table: &Table<'_>) -> Option<Value> {
    let (least, most) = bounds(table, MONEY_MAX)?;
    Some(json!({ "type": "integer", "minimum": least, "maximum": most }))
}

/// So many places behind the point, said as the step that every number is a multiple of.
pub(super) fn decimal(table: &Table<'_>, places: u8) -> Option<Value> {
    let (least, most) = bounds(table, DECIMAL_MAX)?;
    let step: f64 = format!("1e-{places}").parse().ok()?;
    Some(json!({ "type": "number", "minimum": least, "maximum": most, "multipleOf": step }))
}

fn bounds(table: &Table<'_>, limit: i64) -> Option<(i64, i64)> {
    let least = table.maybe("minimum", || table.whole::<i64>("minimum", -limit..=limit));
    let most = table.maybe("maximum", || table.whole::<i64>("maximum", -limit..=limit));
    let (least, most) = (least?.unwrap_or(0), most?.unwrap_or(limit));
    if least > most {
        table.fault_at("maximum", "no number is small enough and large enough", "raise `maximum`, or lower `minimum`");
        return None;
    }
    Some((least, most))
}

pub(super) fn boolean(table: &Table<'_>) -> Option<Value> {
    let must_be_true = table.flag("must_be_true")?;
    Some(if must_be_true { json!({ "const": true }) } else { json!({ "type": "boolean" }) })
}

/// Content addresses of the files of a document, which are sent by themselves.
pub(super) fn file(document: &DocumentAsked) -> Value {
    let key = &document.key;
    json!({
        "type": "array",
        "items": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
        "minItems": 1,
        "maxItems": document.files_max,
        "uniqueItems": true,
        "description": format!(
            "Files of the document `{key}`, by content address. Send each to /api/drafts/{{draft}}/documents/{key}: \
             the draft then answers this by itself."
        ),
        "x-document": key.as_str(),
    })
}

/// Kind, number and last day; the number has the shape of its kind, and only identity cards may have no last day.
pub(super) fn document(accepted: &[Identifier]) -> Value {
    let code = |document: &Identifier| document.document_code().unwrap_or_default();
    let codes: Vec<&str> = accepted.iter().map(code).collect();
    let of_kind = |document: &Identifier| {
        let required: &[&str] = if document.may_have_no_expiry() { &[] } else { &["expires"] };
        json!({
            "if": { "properties": { "kind": { "const": code(document) } }, "required": ["kind"] },
            "then": { "properties": { "number": { "format": document.as_str() } }, "required": required },
        })
    };
    json!({
        "type": "object",
        "properties": {
            "kind": { "enum": codes },
            "number": { "type": "string", "maxLength": IDENTIFIER_LENGTH_MAX },
            "expires": { "type": "string", "format": "date" },
        },
        "required": ["kind", "number"],
        "additionalProperties": false,
        "allOf": accepted.iter().map(of_kind).collect::<Vec<_>>(),
    })
}

/// An address has the parts of its region and no others.
pub(super) fn address(lists: &AddressLists) -> Value {
    let line = json!({ "type": "string", "minLength": 1, "maxLength": ADDRESS_LINE_MAX, "pattern": TEXT_PATTERN });
    let one_of =
        |list: &CodeList| json!({ "enum": list.entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>() });
    let schema_of = |part: &str| match part {
        "district" => one_of(&lists.districts),
        "province" => one_of(&lists.provinces),
        "country" => one_of(&lists.countries),
        "postcode" => json!({ "type": "string", "pattern": "^[0-9]{6}$" }),
        "lines" => json!({ "type": "string", "minLength": 1, "maxLength": 400, "pattern": LONG_TEXT_PATTERN }),
        _ => line.clone(),
    };
    let parts = Region::ALL.iter().flat_map(|region| region.parts());
    let mut properties: Map<String, Value> = parts.map(|part| ((*part).to_owned(), schema_of(part))).collect();
    let regions = Region::ALL.map(Region::as_str);
    properties.insert("region".to_owned(), json!({ "enum": regions }));
    let of_region = |region: Region| {
        let foreign = Region::ALL.into_iter().filter(|other| *other != region).flat_map(Region::parts);
        // A part of another region's shape cannot be filled in.
        let none: Map<String, Value> = foreign.map(|part| ((*part).to_owned(), Value::Bool(false))).collect();
        json!({
            "if": { "properties": { "region": { "const": region.as_str() } }, "required": ["region"] },
            "then": { "required": region.required(), "properties": none },
        })
    };
    json!({
        "type": "object",
        "properties": properties,
        "required": ["region"],
        "additionalProperties": false,
        "allOf": Region::ALL.map(of_region),
    })
}
