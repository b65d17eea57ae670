//! The question a room puts to the rulebook, and the answer it gets. The engine behind it is not known here.

use crate::{Bank, Key};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One fact. Quantities are whole numbers, times are milliseconds since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    Bool(bool),
    Long(i64),
    Text(SmolStr),
    Texts(Vec<SmolStr>),
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Long(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Text(SmolStr::new(value))
    }
}

impl From<&Key> for Value {
    fn from(value: &Key) -> Self {
        Value::Text(SmolStr::new(value.as_str()))
    }
}

/// Who asks, or what is asked about: a type of the rulebook's schema, an id, and its facts in the schema's names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entity {
    pub kind: SmolStr,
    pub id: SmolStr,
    pub facts: Vec<(SmolStr, Value)>,
}

impl Entity {
    pub fn new(kind: &'static str, id: impl std::fmt::Display) -> Self {
        Self { kind: SmolStr::new_static(kind), id: smol_str::format_smolstr!("{id}"), facts: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push((SmolStr::new_static(name), value.into()));
        self
    }
}

/// May `principal` do `action` on `resource`, given `context`?
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Question {
    pub action: SmolStr,
    pub principal: Entity,
    pub resource: Entity,
    pub context: Vec<(SmolStr, Value)>,
}

impl Question {
    pub fn new(action: &'static str, principal: Entity, resource: Entity) -> Self {
        Self { action: SmolStr::new_static(action), principal, resource, context: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.context.push((SmolStr::new_static(name), value.into()));
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Permitted,
    /// Not permitted by rule alone: an officer has to look.
    Referred,
    Refused,
}

/// What the rulebook said, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub outcome: Outcome,
    /// The policies that determined the outcome, the weightiest first. Empty where nothing permits: the default.
    pub policies: Vec<Key>,
    /// The rulebook version that answered.
    pub version: Key,
}

/// A rulebook. Asking is pure: the same question gets the same answer from the same version.
pub trait Rules: Send + Sync {
    fn ask(&self, question: &Question) -> Answer;

    /// The version in force.
    fn version(&self) -> &Key;

    /// What one bank's own policies made of it: where both have to permit, one may while the other does not.
    fn outcome_of(&self, answer: &Answer, _bank: Bank) -> Outcome {
        answer.outcome
    }

    /// The part of an answer that no officer decides otherwise: what refuses. `None` where nothing stood in the way but
    /// policies that leave the matter to an officer.
    fn beyond_officers(&self, answer: &Answer) -> Option<Answer> {
        (answer.outcome == Outcome::Refused).then(|| answer.clone())
    }

    /// The banks that leave the matter to an officer by policies of their own.
    fn referred_by(&self, _answer: &Answer) -> Vec<Bank> {
        Vec::new()
    }
}
