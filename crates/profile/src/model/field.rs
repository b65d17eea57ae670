//! The fields of a form: what each asks for, and in what shape it is answered.

use super::code_list::CodeList;
use super::money::Currency;
use super::service::DocumentAsked;
use base::{Key, Localised};
use identifiers::Identifier;
use serde::Serialize;
use std::sync::Arc;

/// What stands between a field's key and the key of a part of it, in the names that pages post and faults carry:
/// `address/district`, `members/0/name`. No key holds it.
pub const PART_MARK: char = '/';
/// No group has more rows than this, whatever the zone folder says.
pub const ROWS_MAX: usize = 100;

#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub key: Key,
    pub label: Localised,
    pub hint: Option<Localised>,
    pub kind: FieldKind,
    pub required: bool,
    /// Sealed under the person's key before it reaches the log.
    pub personal: bool,
    /// Section of the outline or the law that asks for it.
    pub section: Option<String>,
    /// Under which name an answer is offered again in other services; the field's own key where nothing is said.
    pub meaning: Key,
    /// Asked once where a whole team is applied for; the others are asked of each person.
    pub common: bool,
    /// Which bank's offices it is asked for; the other's do not see the answer.
    pub shared: Shared,
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
    /// One of a few, all in view.
    Choice(Vec<ChoiceOption>),
    /// One of some, in a drop-down list.
    Select(Vec<ChoiceOption>),
    /// Several of them; stored as an array.
    Choices(Vec<ChoiceOption>),
    /// One of a long list, found by typing a part of its name.
    Search(Arc<CodeList>),
    Number {
        /// Shown beside the box.
        unit: Option<Localised>,
    },
    /// With so many places behind the point; stored as a JSON number.
    Decimal {
        unit: Option<Localised>,
        places: u8,
    },
    /// Stored in minor units; typed as `1,234.50`.
    Money(Currency),
    Boolean,
    Email,
    /// With its country code, `+85250000101`.
    Phone,
    /// A number with a shape, and mostly a check digit, of its own.
    Identifier(Identifier),
    /// Of Hong Kong, of the Mainland, or of elsewhere: an object of the parts that such an address has.
    Address(Arc<AddressLists>),
    /// Kind, number and last day of an identity document: an object.
    Document(Vec<Identifier>),
    /// The same few fields several times: an array of objects.
    Group(Group),
    /// An organisation that the park knows, by its number.
    Organisation,
    /// A person whom the park knows, by their number.
    Person,
    /// One of the places on the zone's plan.
    Place(Vec<ChoiceOption>),
    /// Files, handed in as this document of the service; the answer is the array of their content addresses.
    File(Arc<DocumentAsked>),
}

impl FieldKind {
    /// The options of a field of which one is chosen.
    pub fn options(&self) -> Option<&[ChoiceOption]> {
        match self {
            FieldKind::Choice(options) | FieldKind::Select(options) | FieldKind::Place(options) => Some(options),
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Date
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
            | FieldKind::File(_) => None,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct ChoiceOption {
    pub key: Key,
    pub label: Localised,
}

/// Fields that are asked several times over.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    pub fields: Vec<Field>,
    /// How many rows there must be at least, and may be at most.
    pub least: u16,
    pub most: u16,
}

/// What parts of an address are chosen from.
#[derive(Debug, Clone, Serialize)]
pub struct AddressLists {
    pub districts: Arc<CodeList>,
    pub provinces: Arc<CodeList>,
    pub countries: Arc<CodeList>,
}

/// Where an address is: it decides what parts it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    HongKong,
    Mainland,
    Elsewhere,
}

impl Region {
    pub const ALL: [Region; 3] = [Region::HongKong, Region::Mainland, Region::Elsewhere];

    pub fn as_str(self) -> &'static str {
        match self {
            Region::HongKong => "hong-kong",
            Region::Mainland => "mainland",
            Region::Elsewhere => "elsewhere",
        }
    }

    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.as_str() == word)
    }

    /// The parts in the order in which they are asked; no part belongs to two regions.
    pub fn parts(self) -> &'static [&'static str] {
        match self {
            Region::HongKong => &["flat", "floor", "block", "building", "street", "district"],
            Region::Mainland => &["province", "city", "county", "detail", "postcode"],
            Region::Elsewhere => &["lines", "country"],
        }
    }

    /// Those without which nothing can be delivered.
    pub fn required(self) -> &'static [&'static str] {
        match self {
            Region::HongKong => &["street", "district"],
            Region::Mainland => &["province", "city", "detail"],
            Region::Elsewhere => &["lines", "country"],
        }
    }
}

/// The parts of an identity document.
pub const DOCUMENT_PARTS: [&str; 3] = ["kind", "number", "expires"];

impl Field {
    /// The field that a name such as `members/0/name` means, in this field or a part of it; its name is cut where the
    /// rest names nothing that is shown by itself.
    pub(crate) fn shown_name(&self, name: &str) -> String {
        let mut parts = name.split(PART_MARK);
        let own = parts.next().unwrap_or_default();
        match &self.kind {
            FieldKind::Address(_) | FieldKind::Document(_) => {
                parts.next().map_or_else(|| own.to_owned(), |part| format!("{own}{PART_MARK}{part}"))
            }
            FieldKind::Group(group) => {
                let (Some(row), Some(inner)) = (parts.next(), parts.next()) else { return own.to_owned() };
                let rest: Vec<&str> = std::iter::once(inner).chain(parts).collect();
                let rest = rest.join("/");
                let field = group.fields.iter().find(|field| field.key.as_str() == inner);
                let rest = field.map_or(rest.clone(), |field| field.shown_name(&rest));
                format!("{own}{PART_MARK}{row}{PART_MARK}{rest}")
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
            | FieldKind::File(_) => own.to_owned(),
        }
    }
}
