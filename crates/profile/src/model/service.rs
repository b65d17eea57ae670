//! Services as data: who applies, with which form, which offices decide, what comes of it.

use super::form::Form;
use base::{Direction, Key, Localised};
use serde::Serialize;

/// The form field that holds the day asked for, in services whose permit is valid on that day alone.
pub const REQUESTED_DAY: &str = "requested-day";

#[derive(Debug, Clone, Serialize)]
pub struct Service {
    pub key: Key,
    pub version: u32,
    pub name: Localised,
    pub summary: Localised,
    pub guidance: Localised,
    pub section: String,
    pub illustrative: bool,
    pub applicant: Applicant,
    pub about: About,
    /// The person whom the case is about must sign in, confirm and consent before the offices start.
    pub confirmed_by_subject: bool,
    pub consents: Vec<Consent>,
    pub form: Form,
    /// Decided in parallel.
    pub legs: Vec<LegPlan>,
    pub effect: Effect,
    /// Per cent of a leg's clock at which its office is warned, ascending.
    pub warn_at_percent: [u8; 2],
}

/// In which capacity somebody applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicant {
    Clerk,
    Person,
    Officer,
}

/// What a case of the service is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    Person,
    Permit,
}

/// One purpose that the person agrees to, for one authority; agreement names the version.
#[derive(Debug, Clone, Serialize)]
pub struct Consent {
    pub key: Key,
    pub version: u32,
    /// The office that will use the data.
    pub authority: Key,
    pub purpose: Localised,
    pub text: Localised,
}

/// One office's part of the decision.
#[derive(Debug, Clone, Serialize)]
pub struct LegPlan {
    pub key: Key,
    pub office: Key,
    pub name: Localised,
    /// On the calendar of the office.
    pub working_days: u16,
    pub by: Decider,
}

/// Who decides a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decider {
    Officer,
    /// The rulebook alone (action `decide_by_rule`); an officer of the leg's office where it does not permit.
    Rule,
}

/// What follows when every leg is approved.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    IssuePermit(PermitTemplate),
    RevokePermit,
    ErasePerson,
}

#[derive(Debug, Clone, Serialize)]
pub struct PermitTemplate {
    pub kind: Key,
    pub name: Localised,
    /// Counted from the day of issue, or from the requested day.
    pub valid_days: u16,
    pub bridges: Vec<Key>,
    pub directions: Vec<Direction>,
    /// Minute of the day from which a passage may begin.
    pub minute_from: u16,
    /// Minute of the day until which a passage may begin; itself excluded.
    pub minute_until: u16,
    /// 1 for Monday to 7 for Sunday.
    pub weekdays: Vec<u8>,
    /// Valid from the day in the form's `requested-day` field instead of the day of issue.
    pub days_from_request: bool,
}
