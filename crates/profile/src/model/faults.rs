//! What is wrong with a submitted form, at its fields.

use super::field::PART_MARK;
use super::form::Form;
use identifiers::{Identifier, Wrong};
use jsonschema::error::ValidationErrorKind;
use serde::Serialize;
use serde_json::Value;

/// What is wrong with one field of a submitted form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FieldFault {
    /// The field's key, with the part of it that is meant (`address/district`, `members/0/name`); empty where the whole
    /// form is meant.
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
    /// More places behind the point than are asked for.
    TooFine,
    /// Fewer rows than there must be.
    TooFew,
    /// More rows than there may be.
    TooMany,
    /// More than another answer of the same form allows.
    AboveShare,
    /// The same identity document as that of somebody else in the same application.
    Twice,
    /// No person or organisation of that number whom whoever asks may name.
    NotKnown,
    /// A file that was not handed in as the field's document.
    NotHandedIn,
}

impl FieldFaultCode {
    pub const ALL: [FieldFaultCode; 19] = [
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
        FieldFaultCode::TooFine,
        FieldFaultCode::TooFew,
        FieldFaultCode::TooMany,
        FieldFaultCode::AboveShare,
        FieldFaultCode::Twice,
        FieldFaultCode::NotKnown,
        FieldFaultCode::NotHandedIn,
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
            FieldFaultCode::TooFine => "too-fine",
            FieldFaultCode::TooFew => "too-few",
            FieldFaultCode::TooMany => "too-many",
            FieldFaultCode::AboveShare => "above-share",
            FieldFaultCode::Twice => "twice",
            FieldFaultCode::NotKnown => "not-known",
            FieldFaultCode::NotHandedIn => "not-handed-in",
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

/// One error of the schema, at the names that the form's pages use.
pub(super) fn of(form: &Form, error: &jsonschema::ValidationError<'_>) -> Vec<FieldFault> {
    use FieldFaultCode as Code;
    let path = error.instance_path().to_string();
    let path = path.trim_start_matches(PART_MARK);
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}{PART_MARK}{name}") };
    let at = |name: &str, code: Code, limit: Option<String>| FieldFault { field: form.shown_name(name), code, limit };
    let one = |code: Code, limit: Option<String>| vec![at(path, code, limit)];
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            vec![at(&inside(property.as_str().unwrap_or_default()), Code::Missing, None)]
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .take(Form::FAULTS_MAX)
            .map(|name| FieldFault { field: inside(name), code: Code::Unknown, limit: None })
            .collect(),
        ValidationErrorKind::Enum { .. } => one(Code::NotAChoice, None),
        // The only constant that a form's schema holds is the `true` of a declaration.
        ValidationErrorKind::Constant { .. } => one(Code::MustBeTrue, None),
        ValidationErrorKind::Type { .. } => one(Code::WrongType, None),
        ValidationErrorKind::Format { format } if format == "date" => one(Code::NotADate, None),
        ValidationErrorKind::Format { format } => one(identifier_fault(format, error.instance()), None),
        // Nothing ticked.
        ValidationErrorKind::MinItems { limit: 1 } => one(Code::Missing, None),
        ValidationErrorKind::MinItems { limit } => one(Code::TooFew, Some(limit.to_string())),
        ValidationErrorKind::MaxItems { limit } => one(Code::TooMany, Some(limit.to_string())),
        ValidationErrorKind::MultipleOf { .. } => one(Code::TooFine, None),
        ValidationErrorKind::MaxLength { limit } => one(Code::TooLong, Some(limit.to_string())),
        ValidationErrorKind::MinLength { limit } => one(Code::TooShort, Some(limit.to_string())),
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::ExclusiveMaximum { limit } => {
            one(Code::TooLarge, Some(limit.to_string()))
        }
        ValidationErrorKind::Minimum { limit } | ValidationErrorKind::ExclusiveMinimum { limit } => {
            one(Code::TooSmall, Some(limit.to_string()))
        }
        // Every other keyword (pattern, the remaining formats) says that the text does not look right.
        _ => one(Code::WrongFormat, None),
    }
}
