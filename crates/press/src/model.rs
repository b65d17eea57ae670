//! What a letter says. Plain data; names of offices and services come in the letter's language, all other words are the
//! templates'.

use base::{Date, Language};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    pub language: Language,
    pub mark: Mark,
    pub from: Sender,
    pub to: Recipient,
    pub date: Date,
    /// The service that was applied for, by its name.
    pub service: String,
    /// The case's number, as pages show it.
    pub case: String,
    pub applied_on: Option<Date>,
    pub body: Body,
}

/// How whoever holds the letter finds out whether it is genuine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    pub reference: String,
    pub code: String,
    /// What the QR code says.
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// The zone.
    pub zone: String,
    /// The offices that decided, or the one that writes.
    pub offices: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipient {
    pub name: String,
    pub organisation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Decision(Decision),
    Certificate(Certificate),
    Notice(Notice),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    pub outcome: Verdict,
    pub offices: Vec<OfficeDecision>,
    /// The permit or authorisation that it led to.
    pub issued: Option<String>,
    /// Where the reader finds how to ask for a decision to be looked at again.
    pub help: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approved,
    Refused,
    Withdrawn,
    /// Opinions, which bind nobody.
    Supported,
    Objected,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeDecision {
    pub office: String,
    pub verdict: Verdict,
    pub decided_on: Option<Date>,
    /// What the officer wrote to the applicant.
    pub reason: Option<String>,
    pub rules: Vec<Rule>,
}

/// A rule that determined a decision, in the letter's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    pub reason: String,
    pub section: String,
    pub remedy: Option<String>,
}

/// Of a permit or an authorisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    pub number: String,
    /// What kind it is, by its name.
    pub kind: String,
    pub valid_from: Date,
    /// The last day.
    pub valid_until: Date,
    /// How much there is to draw on: `HK$2,000,000`, `500 samples`.
    pub balance: Option<String>,
    /// Of a pass.
    pub scope: Option<Scope>,
}

/// Where and when a pass lets its holder cross.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scope {
    pub bridges: Vec<String>,
    /// `06:30`; both empty where it is all day.
    pub from: String,
    pub until: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub kind: NoticeKind,
    /// What the office wrote.
    pub text: Option<String>,
    /// By when something is to be done, or will be.
    pub due: Option<Date>,
    /// Where to go.
    pub address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The office asks the applicant something.
    Asked,
    /// What was due from the office is late.
    Late,
    /// A permit or an authorisation has been suspended.
    Suspended,
    /// It is in force again.
    Resumed,
    /// It is over before its time.
    Ended,
}
