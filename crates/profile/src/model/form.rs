//! A service's form: fields with labels in three languages, their parts, and the JSON Schema made of them.

use super::faults::{self, FieldFault, FieldFaultCode};
use super::field::{Field, FieldKind, PART_MARK};
use super::service::DocumentAsked;
use super::values;
use base::{Key, Localised};
use jsonschema::Validator;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Debug, Clone, Serialize)]
pub struct Form {
    /// JSON Schema 2020-12 of the submitted object.
    pub schema: Value,
    pub layout: Layout,
    /// In the order they are asked; at least one.
    pub parts: Vec<Part>,
    /// In the order they are asked.
    pub fields: Vec<Field>,
    pub shares: Vec<Share>,
    /// How many people may be applied for in one go; none where each is applied for alone.
    pub team_most: Option<u16>,
    /// The schema, compiled when the zone was loaded.
    #[serde(skip)]
    pub(crate) validator: Arc<Validator>,
}

/// How a form is walked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// All on one page, sent at once.
    #[default]
    One,
    /// One part after the other, kept in a draft.
    Pages,
    /// A list of parts, done in any order and kept in a draft.
    Tasks,
}

/// Fields that are asked on one page.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    pub key: Key,
    /// None where the page is the form itself, or a single question.
    pub title: Option<Localised>,
    pub hint: Option<Localised>,
    pub fields: Vec<Key>,
}

/// One answer that may be no more than a share of another: a grant that matches what the applicant puts in.
#[derive(Debug, Clone, Serialize)]
pub struct Share {
    pub field: Key,
    /// The number or sum of which it is a share.
    pub of: Key,
    /// `[1, 2]`: one for every two.
    pub ratio: [u32; 2],
}

impl Share {
    /// The most that the field may be beside these answers; none where the other is not answered yet.
    pub fn most(&self, answers: &Value) -> Option<i64> {
        let whole = answers.get(self.of.as_str())?.as_i64()?;
        let [part, of] = self.ratio.map(i128::from);
        i64::try_from(i128::from(whole).checked_mul(part)?.checked_div(of)?).ok()
    }
}

impl Form {
    /// A submission with more faults than this is not a slip of the pen.
    pub const FAULTS_MAX: usize = 200;

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key.as_str() == key)
    }

    /// The field that asks for a document.
    pub fn file_field(&self, document: &str) -> Option<&Field> {
        self.file_fields().find(|(_, asked)| asked.key.as_str() == document).map(|(field, _)| field)
    }

    /// Each field that asks for files, with the document as which they are handed in.
    pub fn file_fields(&self) -> impl Iterator<Item = (&Field, &DocumentAsked)> {
        self.fields.iter().filter_map(|field| match &field.kind {
            FieldKind::File(document) => Some((field, &**document)),
            _ => None,
        })
    }

    pub fn part(&self, key: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.key.as_str() == key)
    }

    pub fn fields_of<'a>(&'a self, part: &'a Part) -> impl Iterator<Item = &'a Field> + 'a {
        self.fields.iter().filter(|field| part.fields.contains(&field.key))
    }

    /// The part on whose page a fault is mended.
    pub fn part_of(&self, fault: &FieldFault) -> Option<&Part> {
        let field = root_of(&fault.field);
        self.parts.iter().find(|part| part.fields.iter().any(|key| key.as_str() == field))
    }

    /// Everything wrong with a submitted object, in the order of the fields; empty where it is in order.
    pub fn check(&self, submitted: &Value) -> Vec<FieldFault> {
        let mut faults: Vec<FieldFault> = self
            .validator
            .iter_errors(submitted)
            .take(Self::FAULTS_MAX)
            .flat_map(|error| faults::of(self, &error))
            .collect();
        faults.extend(self.shares.iter().filter_map(|share| {
            let (most, given) = (share.most(submitted)?, submitted.get(share.field.as_str())?.as_i64()?);
            let limit = Some(most.to_string());
            let fault = || FieldFault { field: share.field.to_string(), code: FieldFaultCode::AboveShare, limit };
            (given > most).then(fault)
        }));
        faults.sort_by_cached_key(|fault| (self.position(&fault.field), fault.clone()));
        faults.dedup();
        faults
    }

    /// The object that the schema speaks of, from the texts that a page posts: a number where a number is asked for,
    /// minor units of a sum, a number of an authority in its one form, true and false for a box, an array of all the
    /// boxes ticked, an object of an address's parts, an array of a group's rows, and nothing for a field left empty.
    /// What does not convert stays a text, and `check` says so.
    pub fn value_of<'a>(&self, posted: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
        let given: Vec<(&str, &str)> =
            posted.into_iter().map(|(name, text)| (name, text.trim())).filter(|(_, text)| !text.is_empty()).collect();
        Value::Object(values::object(&self.fields, "", &given))
    }

    /// The texts that a page would post for these answers; of fields that the form has not, none.
    pub fn typed_of(&self, answers: &Value) -> Vec<(String, String)> {
        let given = self.fields.iter().filter_map(|field| Some((field, answers.get(field.key.as_str())?)));
        given.flat_map(|(field, value)| values::texts(field, field.key.as_str(), value)).collect()
    }

    /// The name under which a page shows what the schema found at this place.
    pub(super) fn shown_name(&self, name: &str) -> String {
        self.field(root_of(name)).map_or_else(|| name.to_owned(), |field| field.shown_name(name))
    }

    fn position(&self, field: &str) -> usize {
        let root = root_of(field);
        self.fields.iter().position(|known| known.key.as_str() == root).unwrap_or(usize::MAX)
    }
}

fn root_of(name: &str) -> &str {
    name.split(PART_MARK).next().unwrap_or_default()
}
