//! Who plays in the demonstration, and what the source document says in numbers.

use base::{Bank, Key, Localised};
use serde::Serialize;

/// Somebody whom one can sign in as where the demonstration runs. Not a real person.
#[derive(Debug, Clone, Serialize)]
pub struct Persona {
    pub key: Key,
    pub name: Localised,
    pub role: Role,
    /// The organisation a clerk acts for, or the employer of a person.
    pub organisation: Option<Key>,
    /// The office an officer or auditor belongs to.
    pub office: Option<Key>,
    /// Whether an officer is the head of that office.
    pub head: bool,
    pub bank: Bank,
    /// What one will see by signing in as this persona.
    pub story: Localised,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Person,
    Clerk,
    Officer,
    Auditor,
    Steering,
}

/// A synthetic organisation.
#[derive(Debug, Clone, Serialize)]
pub struct DemoOrganisation {
    pub key: Key,
    pub name: Localised,
    pub bank: Bank,
    pub park: Key,
    /// `laboratory`, `start-up`, `manufacturer`, `university`, `services`.
    pub kind: Key,
}

/// A number that the source states, never written in code.
#[derive(Debug, Clone, Serialize)]
pub struct FigureCard {
    pub key: Key,
    pub label: Localised,
    pub value: i64,
    pub unit: Localised,
    /// The figure that this one is a part of: the parts of a whole add up to it.
    pub part_of: Option<Key>,
    /// Section of the outline, or the name of a law or publication.
    pub section: String,
    /// The publication, where it is not the outline.
    pub source: Option<String>,
    pub illustrative: bool,
}

/// A stage the source sets for a year.
#[derive(Debug, Clone, Serialize)]
pub struct Milestone {
    pub key: Key,
    pub year: i16,
    pub text: Localised,
    pub section: String,
}

/// How far organisations may let others act for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationLimits {
    /// From its first day to its last, and from today to its first.
    pub days_max: u32,
    /// How many of one organisation may be on offer or accepted at a time.
    pub open_max: u32,
    pub section: String,
    pub illustrative: bool,
}
