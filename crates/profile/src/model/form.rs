//! A service's form: fields with labels in three languages, and the JSON Schema made of them.

use super::money::{self, Currency};
use base::{Key, Localised};
use identifiers::{Identifier, Wrong};
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Debug, Clone, Serialize)]
pub struct Form {
    /// JSON Schema 2020-12 of the submitted object.
    pub schema: Value,
    /// In the order they are asked.
    pub fields: Vec<Field>,
    /// The schema, compiled when the zone was loaded.
    #[serde(skip)]
    pub(crate) validator: Arc<Validator>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub key: Key,
    pub label: Localised,
    pub hint: Option<Localised>,
    pub kind: FieldKind,
    pub required: bool,
    /// Sealed under the person's key before it reaches the log.
    pub personal: bool,
    /// Which bank's offices it is asked for; the other's do not see the answer.
    pub shared: Shared,
    /// Section of the outline or the law that asks for it.
    pub section: Option<String>,
}

/// For whose eyes an answer is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shared {
    #[default]
    Both,
    North,
    South,
}

impl Shared {
    pub const ALL: [Shared; 3] = [Shared::Both, Shared::North, Shared::South];

    pub fn as_str(self) -> &'static str {
        match self {
            Shared::Both => "both",
            Shared::North => "north",
            Shared::South => "south",
        }
    }
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    LongText,
    /// `2026-11-22`.
    Date,
    Choice(Vec<ChoiceOption>),
    /// Several of them; stored as an array.
    Choices(Vec<ChoiceOption>),
    Number {
        /// Shown beside the box.
        unit: Option<Localised>,
    },
    /// Stored in minor units; typed as `1,234.50`.
    Money(Currency),
    Boolean,
    /// A number with a shape, and mostly a check digit, of its own.
    Identifier(Identifier),
}

#[derive(Debug, Clone, Serialize)]
pub struct ChoiceOption {
    pub key: Key,
    pub label: Localised,
}

/// What is wrong with one field of a submitted form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FieldFault {
    /// The field's key; empty where the whole form is meant.
    pub field: String,
    pub code: FieldFaultCode,
    /// The limit that was passed, where the code has one; of a sum of money in minor units.
    pub limit: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldFaultCode {
    /// Required and not given.
    Missing,
    /// Not a field of this form.
    Unknown,
    /// A number where a text was asked for, and the like.
    WrongType,
    NotAChoice,
    NotADate,
    TooShort,
    TooLong,
    TooSmall,
    TooLarge,
    /// A declaration that was not made.
    MustBeTrue,
    /// A text that does not look as it should: a document number, an address.
    WrongFormat,
    /// A number of the right shape whose check digit does not fit: one place of it was mistyped.
    WrongCheckDigit,
}

impl FieldFaultCode {
    pub const ALL: [FieldFaultCode; 12] = [
        FieldFaultCode::Missing,
        FieldFaultCode::Unknown,
        FieldFaultCode::WrongType,
        FieldFaultCode::NotAChoice,
        FieldFaultCode::NotADate,
        FieldFaultCode::TooShort,
        FieldFaultCode::TooLong,
        FieldFaultCode::TooSmall,
        FieldFaultCode::TooLarge,
        FieldFaultCode::MustBeTrue,
        FieldFaultCode::WrongFormat,
        FieldFaultCode::WrongCheckDigit,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            FieldFaultCode::Missing => "missing",
            FieldFaultCode::Unknown => "unknown",
            FieldFaultCode::WrongType => "wrong-type",
            FieldFaultCode::NotAChoice => "not-a-choice",
            FieldFaultCode::NotADate => "not-a-date",
            FieldFaultCode::TooShort => "too-short",
            FieldFaultCode::TooLong => "too-long",
            FieldFaultCode::TooSmall => "too-small",
            FieldFaultCode::TooLarge => "too-large",
            FieldFaultCode::MustBeTrue => "must-be-true",
            FieldFaultCode::WrongFormat => "wrong-format",
            FieldFaultCode::WrongCheckDigit => "wrong-check-digit",
        }
    }
}

impl Form {
    /// A submission with more faults than this is not a slip of the pen.
    pub const FAULTS_MAX: usize = 200;

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key.as_str() == key)
    }

    /// Everything wrong with a submitted object, in the order of the fields; empty where it is in order.
    pub fn check(&self, submitted: &Value) -> Vec<FieldFault> {
        let mut faults: Vec<FieldFault> = self
            .validator
            .iter_errors(submitted)
            .take(Self::FAULTS_MAX)
            .flat_map(|error| field_faults(&error))
            .collect();
        faults.sort_by_cached_key(|fault| (self.position(&fault.field), fault.clone()));
        faults.dedup();
        faults
    }

    /// The object that the schema speaks of, from the texts that a page posts: a number where a number is asked for,
    /// minor units of a sum, a number of an authority in its one form, true and false for a box, an array of all the
    /// boxes ticked, and nothing for a field left empty. What does not convert stays a text, and `check` says so.
    pub fn value_of<'a>(&self, posted: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
        let mut object = serde_json::Map::new();
        for (name, text) in posted {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let kind = self.field(name).map(|field| &field.kind);
            if let Some(FieldKind::Choices(_)) = kind {
                let chosen = object.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(chosen) = chosen {
                    chosen.push(text.into());
                }
                continue;
            }
            object.insert(name.to_owned(), kind.map_or_else(|| text.into(), |kind| typed_value(kind, text)));
        }
        Value::Object(object)
    }

    fn position(&self, field: &str) -> usize {
        self.fields.iter().position(|known| known.key.as_str() == field).unwrap_or(usize::MAX)
    }
}

fn typed_value(kind: &FieldKind, text: &str) -> Value {
    match kind {
        FieldKind::Number { .. } => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        FieldKind::Money(_) => money::minor_units(text).map_or_else(|| text.into(), Value::from),
        FieldKind::Identifier(identifier) => identifier.one_form(text).map_or_else(|_| text.into(), Value::from),
        FieldKind::Boolean => match text {
            "on" | "true" | "yes" => true.into(),
            "off" | "false" | "no" => false.into(),
            other => other.into(),
        },
        FieldKind::Text | FieldKind::LongText | FieldKind::Date | FieldKind::Choice(_) | FieldKind::Choices(_) => {
            text.into()
        }
    }
}

/// A number with one place mistyped does not fit its check digit; but only where the shape is right.
fn identifier_fault(format: &str, submitted: &Value) -> FieldFaultCode {
    let identifier = Identifier::ALL.into_iter().find(|identifier| identifier.as_str() == format);
    let text = submitted.as_str().unwrap_or_default();
    match identifier.map(|identifier| identifier.one_form(text)) {
        Some(Err(Wrong::CheckDigit)) => FieldFaultCode::WrongCheckDigit,
        Some(Err(Wrong::Shape) | Ok(_)) | None => FieldFaultCode::WrongFormat,
    }
}

/// The schema is flat but for arrays of choices, so an error's first path segment is its field.
fn field_faults(error: &jsonschema::ValidationError<'_>) -> Vec<FieldFault> {
    use FieldFaultCode as Code;
    let path = error.instance_path().to_string();
    let field = path.split('/').nth(1).unwrap_or_default().to_owned();
    let one = |code: Code, limit: Option<String>| vec![FieldFault { field: field.clone(), code, limit }];
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let field = property.as_str().unwrap_or_default().to_owned();
            vec![FieldFault { field, code: Code::Missing, limit: None }]
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .take(Form::FAULTS_MAX)
            .map(|field| FieldFault { field: field.clone(), code: Code::Unknown, limit: None })
            .collect(),
        ValidationErrorKind::Enum { .. } => one(Code::NotAChoice, None),
        // The only constant that a form's schema holds is the `true` of a declaration.
        ValidationErrorKind::Constant { .. } => one(Code::MustBeTrue, None),
        ValidationErrorKind::Type { .. } => one(Code::WrongType, None),
        ValidationErrorKind::Format { format } if format == "date" => one(Code::NotADate, None),
        ValidationErrorKind::Format { format } => one(identifier_fault(format, error.instance()), None),
        // Nothing ticked.
        ValidationErrorKind::MinItems { .. } => one(Code::Missing, None),
        ValidationErrorKind::MaxLength { limit } => one(Code::TooLong, Some(limit.to_string())),
        ValidationErrorKind::MinLength { limit } => one(Code::TooShort, Some(limit.to_string())),
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::ExclusiveMaximum { limit } => {
            one(Code::TooLarge, Some(limit.to_string()))
        }
        ValidationErrorKind::Minimum { limit } | ValidationErrorKind::ExclusiveMinimum { limit } => {
            one(Code::TooSmall, Some(limit.to_string()))
        }
        // Every other keyword (pattern, the remaining formats, multipleOf) says that the text does not look right.
        _ => one(Code::WrongFormat, None),
    }
}
