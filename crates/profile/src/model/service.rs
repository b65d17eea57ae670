//! Services as data: who applies, with which form, which offices decide, what comes of it.

use super::calculation::Calculation;
use super::changes::Change;
use super::form::{Form, Layout};
use super::legs::{JointOutcome, LegPlan};
use super::money::Currency;
use base::{Direction, Key, Localised};
use serde::{Deserialize, Serialize};

/// The form field that holds the day asked for, in services whose permit is valid on that day alone.
pub const REQUESTED_DAY: &str = "requested-day";

/// The form field that says to which organisation something is transferred.
pub const NEW_ORGANISATION: &str = "new-organisation";

#[derive(Debug, Clone, Serialize)]
pub struct Service {
    pub key: Key,
    pub version: u32,
    pub name: Localised,
    pub summary: Localised,
    pub guidance: Localised,
    pub section: String,
    pub illustrative: bool,
    /// In the order they are offered; at least one.
    pub applicants: Vec<Applicant>,
    pub about: About,
    /// Where the catalogue shows it.
    pub group: Group,
    pub fees: Vec<Fee>,
    /// What to have at hand before applying.
    pub documents: Vec<DocumentAsked>,
    /// In words, what the rulebook asks of whoever applies.
    pub eligibility: Vec<Localised>,
    /// The person whom the case is about must sign in, confirm and consent before the offices start.
    pub confirmed_by_subject: bool,
    pub consents: Vec<Consent>,
    pub form: Form,
    /// What is reckoned from the answers and shown line by line.
    pub calculation: Option<Calculation>,
    pub legs: Vec<LegPlan>,
    /// What the legs come to together.
    pub outcome: JointOutcome,
    pub effect: Effect,
    /// What may be asked of its decided cases later.
    pub changes: Vec<Change>,
    /// Of a service that changes a case: the first case's form is asked again, in place of one of its own.
    pub asks_again: bool,
    /// Per cent of a leg's clock at which its office is warned, ascending.
    pub warn_at_percent: [u8; 2],
    /// Shown at self-service kiosks: what is used most.
    pub kiosk: bool,
}

impl Service {
    pub fn may_be_applied_for_by(&self, applicant: Applicant) -> bool {
        self.applicants.contains(&applicant)
    }

    /// Documents that are handed in with the application, or later.
    pub fn uploads(&self) -> impl Iterator<Item = &DocumentAsked> {
        self.documents.iter().filter(|document| document.uploaded)
    }

    /// Those that no field of the form asks for: they are asked for beside it.
    pub fn uploads_beside_form(&self) -> impl Iterator<Item = &DocumentAsked> {
        self.uploads().filter(|document| self.form.file_field(document.key.as_str()).is_none())
    }

    pub fn upload(&self, document: &str) -> Option<&DocumentAsked> {
        self.uploads().find(|known| known.key.as_str() == document)
    }

    /// Whether an application is kept as a draft until it is whole: its form has several pages, or documents go with it.
    pub fn is_applied_for_in_steps(&self) -> bool {
        self.form.layout != Layout::One || self.uploads().next().is_some()
    }
}

/// In which capacity somebody applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicant {
    /// For the organisation.
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
    /// The applying clerk's own.
    Organisation,
    /// A decided case, which it changes.
    Case,
}

/// What a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    People,
    Goods,
    Capital,
    Data,
    Flights,
    Estate,
    Science,
    Companies,
    Help,
}

impl Group {
    /// In the order of the catalogue.
    pub const ALL: [Group; 9] = [
        Group::People,
        Group::Goods,
        Group::Capital,
        Group::Data,
        Group::Flights,
        Group::Estate,
        Group::Science,
        Group::Companies,
        Group::Help,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Group::People => "people",
            Group::Goods => "goods",
            Group::Capital => "capital",
            Group::Data => "data",
            Group::Flights => "flights",
            Group::Estate => "estate",
            Group::Science => "science",
            Group::Companies => "companies",
            Group::Help => "help",
        }
    }
}

/// What an application costs; shown before applying and on the case.
#[derive(Debug, Clone, Serialize)]
pub struct Fee {
    pub name: Localised,
    /// In minor units of the currency.
    pub amount_minor: i64,
    pub currency: Currency,
}

/// A document to have at hand, or to hand in.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentAsked {
    pub key: Key,
    pub name: Localised,
    pub required: bool,
    /// Handed in as a file; the others are only to be had at hand.
    pub uploaded: bool,
    /// What kinds of file are taken; empty where none is.
    pub formats: Vec<FileFormat>,
    /// The largest file.
    pub bytes_max: u32,
    pub files_max: u8,
}

/// Kinds of file that documents are handed in as. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    Pdf,
    Png,
    Jpeg,
    Docx,
    Xlsx,
}

impl FileFormat {
    pub const ALL: [FileFormat; 5] =
        [FileFormat::Pdf, FileFormat::Png, FileFormat::Jpeg, FileFormat::Docx, FileFormat::Xlsx];

    pub fn as_str(self) -> &'static str {
        match self {
            FileFormat::Pdf => "pdf",
            FileFormat::Png => "png",
            FileFormat::Jpeg => "jpeg",
            FileFormat::Docx => "docx",
            FileFormat::Xlsx => "xlsx",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            FileFormat::Pdf => "application/pdf",
            FileFormat::Png => "image/png",
            FileFormat::Jpeg => "image/jpeg",
            FileFormat::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The endings of file names that promise this format.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            FileFormat::Pdf => &["pdf"],
            FileFormat::Png => &["png"],
            FileFormat::Jpeg => &["jpg", "jpeg"],
            FileFormat::Docx => &["docx"],
            FileFormat::Xlsx => &["xlsx"],
        }
    }
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

/// What follows from approval.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A pass to cross on.
    IssuePermit(PermitTemplate),
    /// An authorisation that is no pass.
    Grant(GrantTemplate),
    /// Nothing is issued: the reasoned decision is the result.
    Answer,
    RevokePermit,
    ErasePerson,
    /// What the first case's service and the kind of change say.
    Change,
}

#[derive(Debug, Clone, Serialize)]
pub struct GrantTemplate {
    pub kind: Key,
    pub name: Localised,
    /// Counted from the day of issue.
    pub valid_days: u16,
    /// The number or money field of the form that says how much there is to draw on.
    pub balance_field: Option<Key>,
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
