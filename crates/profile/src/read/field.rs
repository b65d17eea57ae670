//! One [[form.field]]: its kind, and the piece of JSON Schema that its answer has to fit.
//!
//! The schema is made and not written by hand, so that labels and constraints cannot drift apart and each fault has
//! the line of its field.

use super::schemas;
use crate::model::{
    AddressLists, ChoiceOption, CodeList, Currency, DocumentAsked, Field, FieldGroup, FieldKind, MapPlace, ROWS_MAX,
    Shared,
};
use crate::reader::Table;
use base::Key;
use identifiers::Identifier;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands in other files, and a field may refer to.
pub(super) struct Known<'a> {
    pub lists: &'a BTreeMap<Key, Arc<CodeList>>,
    pub places: &'a [MapPlace],
    pub figures: &'a [crate::model::FigureCard],
    /// Those of the service whose form it is.
    pub documents: &'a [DocumentAsked],
}

/// What parts of an address are chosen from: lists that a zone with addresses has.
const DISTRICTS: &str = "hong-kong-districts";
const PROVINCES: &str = "mainland-provinces";
const COUNTRIES: &str = "countries";

/// Names that pages post beside a form's fields.
const RESERVED: [&str; 9] = ["files", "csrf", "once", "then", "add", "remove", "look", "version", "confirmed"];

/// The word in `kind`; a choice's options, a number's unit and a sum's currency come beside it.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    LongText,
    Date,
    Choice,
    Select,
    Choices,
    Search,
    Number,
    Decimal,
    Money,
    Boolean,
    Email,
    Phone,
    Identifier(Identifier),
    Address,
    Document,
    Group,
    Organisation,
    Person,
    Place,
    File,
}

const KINDS: [(&str, Kind); 19] = [
    ("text", Kind::Text),
    ("long_text", Kind::LongText),
    ("date", Kind::Date),
    ("choice", Kind::Choice),
    ("select", Kind::Select),
    ("choices", Kind::Choices),
    ("search", Kind::Search),
    ("number", Kind::Number),
    ("decimal", Kind::Decimal),
    ("money", Kind::Money),
    ("boolean", Kind::Boolean),
    ("email", Kind::Email),
    ("phone", Kind::Phone),
    ("address", Kind::Address),
    ("identity_document", Kind::Document),
    ("organisation", Kind::Organisation),
    ("person", Kind::Person),
    ("place", Kind::Place),
    ("file", Kind::File),
];

/// The word of every kind, with those of the authorities' numbers; a group holds fields and no groups.
fn kinds(groups: bool) -> Vec<(&'static str, Kind)> {
    let identifiers = Identifier::ALL.map(|identifier| (identifier.as_str(), Kind::Identifier(identifier)));
    let group = groups.then_some(("group", Kind::Group));
    KINDS.into_iter().chain(group).chain(identifiers).collect()
}

pub(super) fn field(table: &Table<'_>, known: &Known<'_>, groups: bool) -> Option<(Field, Value)> {
    let (key, label, hint) = (table.key("key"), table.localised("label"), table.optional_localised("hint"));
    let (required, personal) = (table.flag("required"), table.flag("personal"));
    let section = table.maybe("section", || table.section("section"));
    let meaning = table.maybe("meaning", || table.key("meaning"));
    let (common, shared) = (table.flag("common"), shared(table, key.as_ref()));
    if key.as_ref().is_some_and(|key| RESERVED.contains(&key.as_str())) {
        let remedy = format!("use another key than one of: {}", RESERVED.join(", "));
        table.fault_at("key", "pages send something else under this name", remedy);
    }
    let kind = table.word("kind", &kinds(groups))?;
    if kind == Kind::File && !groups {
        let remedy = "ask for the files of all rows in one field beside the group";
        table.fault_at("kind", "a file is not asked for row by row", remedy);
        // One fault is enough: the field's own words are known.
        table.maybe("document", || table.key("document"));
        return None;
    }
    let (kind, schema) = match kind {
        Kind::Group => group(table, known)?,
        other => simple(table, known, other)?,
    };
    let schema = if table.has("pattern") { schemas::compiled(table, "pattern", schema)? } else { schema };
    let (key, meaning) = (key?, meaning?);
    let meaning = meaning.unwrap_or_else(|| key.clone());
    let (label, hint, required) = (label?, hint?, required?);
    let (personal, section, common, shared) = (personal?, section?, common?, shared?);
    Some((Field { key, label, hint, kind, required, personal, section, meaning, common, shared }, schema))
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

fn simple(table: &Table<'_>, known: &Known<'_>, kind: Kind) -> Option<(FieldKind, Value)> {
    let string = |format: &str, length: u32| json!({ "type": "string", "maxLength": length, "format": format });
    Some(match kind {
        Kind::Text => (FieldKind::Text, schemas::text(table)?),
        Kind::LongText => (FieldKind::LongText, schemas::long_text(table)?),
        Kind::Date => (FieldKind::Date, json!({ "type": "string", "format": "date" })),
        Kind::Number => {
            let unit = table.optional_localised("unit");
            let schema = schemas::number(table);
            (FieldKind::Number { unit: unit? }, schema?)
        }
        Kind::Decimal => {
            let (unit, places) = (table.optional_localised("unit"), table.whole::<u8>("places", 1..=6));
            let schema = schemas::decimal(table, places.unwrap_or(1));
            (FieldKind::Decimal { unit: unit?, places: places? }, schema?)
        }
        Kind::Money => {
            let currency = table.word("currency", &Currency::ALL.map(|currency| (currency.code(), currency)));
            let schema = schemas::money(table);
            (FieldKind::Money(currency?), schema?)
        }
        Kind::Boolean => (FieldKind::Boolean, schemas::boolean(table)?),
        Kind::Email => (FieldKind::Email, string("email", 254)),
        Kind::Phone => (FieldKind::Phone, string("phone", 16)),
        Kind::Choice | Kind::Select | Kind::Choices | Kind::Place | Kind::Search => chosen(table, known, kind)?,
        Kind::Identifier(identifier) => {
            (FieldKind::Identifier(identifier), string(identifier.as_str(), schemas::IDENTIFIER_LENGTH_MAX))
        }
        Kind::Address => address(table, known)?,
        Kind::Document => {
            let words: Vec<(&str, Identifier)> = Identifier::DOCUMENTS
                .into_iter()
                .filter_map(|document| Some((document.document_code()?, document)))
                .collect();
            let accepted = table.words("accepted", &words)?;
            let schema = schemas::document(&accepted);
            (FieldKind::Document(accepted), schema)
        }
        Kind::Organisation => (FieldKind::Organisation, string("organisation-number", 24)),
        Kind::File => file(table, known)?,
        Kind::Person => (FieldKind::Person, string("person-number", 24)),
        // Read by its own function, which needs no more than this.
        Kind::Group => return group(table, known),
    })
}

/// What is chosen from options, from the plan or from a long list.
fn chosen(table: &Table<'_>, known: &Known<'_>, kind: Kind) -> Option<(FieldKind, Value)> {
    Some(match kind {
        Kind::Select | Kind::Choices => {
            let options = options(table);
            let one = json!({ "enum": keys_of(&options) });
            match kind {
                Kind::Choices => {
                    let several = json!({ "type": "array", "items": one, "minItems": 1, "uniqueItems": true });
                    (FieldKind::Choices(options), several)
                }
                _ => (FieldKind::Select(options), one),
            }
        }
        Kind::Place => {
            let places = known.places.iter();
            let options: Vec<ChoiceOption> =
                places.map(|place| ChoiceOption { key: place.key.clone(), label: place.name.clone() }).collect();
            if options.is_empty() {
                table.fault_at("kind", "the plan has no place to choose", "add [[place]] to map.toml");
                return None;
            }
            let schema = json!({ "enum": keys_of(&options) });
            (FieldKind::Place(options), schema)
        }
        Kind::Search => {
            let list = list(table, known, &table.key("list")?, "list")?;
            let keys: Vec<&str> = list.entries.iter().map(|entry| entry.key.as_str()).collect();
            let schema = json!({ "enum": keys });
            (FieldKind::Search(list), schema)
        }
        _ => {
            let options = options(table);
            let schema = json!({ "enum": keys_of(&options) });
            (FieldKind::Choice(options), schema)
        }
    })
}

fn list(table: &Table<'_>, known: &Known<'_>, key: &Key, at: &str) -> Option<Arc<CodeList>> {
    let found = known.lists.get(key).cloned();
    if found.is_none() {
        table.fault_at(at, format!("there is no list `{key}`"), "write it as a file of lists/, or name another");
    }
    found
}

fn address(table: &Table<'_>, known: &Known<'_>) -> Option<(FieldKind, Value)> {
    let named = |key: &str| list(table, known, &Key::new(key)?, "kind");
    let (districts, provinces, countries) = (named(DISTRICTS), named(PROVINCES), named(COUNTRIES));
    let lists = AddressLists { districts: districts?, provinces: provinces?, countries: countries? };
    let schema = schemas::address(&lists);
    Some((FieldKind::Address(Arc::new(lists)), schema))
}

/// Files stay sealed and are listed with the case for both banks' offices, whatever is said of the answer.
fn file(table: &Table<'_>, known: &Known<'_>) -> Option<(FieldKind, Value)> {
    let key = table.key("document")?;
    for word in ["personal", "shared"].into_iter().filter(|word| table.has(word)) {
        table.fault_at(word, "files are sealed, and read by the offices of both banks", format!("remove `{word}`"));
    }
    let handed_in = known.documents.iter().find(|document| document.key == key && document.uploaded);
    let Some(document) = handed_in else {
        let remedy = "add its [[document]] with `formats`, or name another";
        table.fault_at("document", format!("the service takes no files as `{key}`"), remedy);
        return None;
    };
    if document.required {
        let remedy = "drop `required` from the [[document]]: the field, or its condition, says so";
        table.fault_at("document", format!("`{key}` is required whether the field is asked or not"), remedy);
    }
    Some((FieldKind::File(Arc::new(document.clone())), schemas::file(document)))
}

fn group(table: &Table<'_>, known: &Known<'_>) -> Option<(FieldKind, Value)> {
    let limit = i64::try_from(ROWS_MAX).unwrap_or(i64::MAX);
    let (least, most) = (table.whole::<u16>("least", 0..=limit), table.whole::<u16>("most", 1..=limit));
    if !table.has("field") {
        table.fault_at("kind", "the group asks for nothing", "add at least one [[form.field.field]]");
    }
    let read = table.tables("field", |inner| field(inner, known, false));
    let whole = read.len() == table.count("field");
    super::service::unique(table, "field", read.iter().map(|(field, _)| &field.key));
    let (least, most) = (least?, most?);
    if least > most {
        table.fault_at("most", "no number of rows is small enough and large enough", "raise `most`, or lower `least`");
        return None;
    }
    let required: Vec<&str> =
        read.iter().filter(|(field, _)| field.required).map(|(field, _)| field.key.as_str()).collect();
    let properties: serde_json::Map<String, Value> =
        read.iter().map(|(field, schema)| (field.key.to_string(), schema.clone())).collect();
    let row =
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    let schema = json!({ "type": "array", "items": row, "minItems": least, "maxItems": most });
    let fields = read.into_iter().map(|(field, _)| field).collect();
    whole.then_some((FieldKind::Group(FieldGroup { fields, least, most }), schema))
}

fn keys_of(options: &[ChoiceOption]) -> Vec<&str> {
    options.iter().map(|option| option.key.as_str()).collect()
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
