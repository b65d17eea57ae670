//! The personal fields of a person, as they are sealed.

use base::Date;
use serde::{Deserialize, Serialize};

/// What a field is sealed as; a field sealed as one does not open as another.
pub mod context {
    pub const DETAILS: &str = "person/details";
    pub const DOCUMENT_NUMBER: &str = "person/document-number";
    pub const PASSKEY: &str = "person/passkey";
    pub const INVITATION: &str = "person/invitation";
    pub const ANSWERS: &str = "case/answers";
    pub const REASON: &str = "case/reason";
    pub const QUESTION: &str = "case/question";
    pub const ANSWER: &str = "case/answer";
    pub const SIGNATURE: &str = "person/signature";
    pub const LEG_NOTE: &str = "case/leg-note";
    pub const REMARK: &str = "case/remark";
    pub const PERMIT_NOTE: &str = "permit/note";
    pub const PASSAGE_NOTE: &str = "passage/note";
    pub const ROSTER_ROWS: &str = "roster/rows";
    pub const FEED: &str = "person/feed";
    pub const PUSH: &str = "person/push";
    pub const LETTER: &str = "letter/pdf";
    pub const ATTACHMENT: &str = "case/attachment";
    pub const ATTACHMENT_NAME: &str = "case/attachment-name";
    pub const THUMBNAIL: &str = "case/thumbnail";
    pub const DRAFT: &str = "draft/answers";
    pub const WATCH_TAG: &str = "watch/tag";
}

/// Everything about a person that the log must be able to forget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Details {
    pub family_name: String,
    pub given_name: String,
    pub latin_name: String,
    pub birth_date: Option<Date>,
    pub nationality: String,
    pub email: String,
    pub mobile: String,
    pub job_title: String,
    pub staff_number: String,
    /// As the employer or host gave it; what the person confirmed themself is in `parties::Document`.
    pub document_kind: String,
    pub document_number: String,
    pub document_expires: Option<Date>,
}

impl Details {
    /// The name as its bearer writes it, else in Latin letters.
    pub fn name(&self) -> String {
        let written = match (self.family_name.is_ascii(), self.family_name.as_str(), self.given_name.as_str()) {
            (true, family, given) => format!("{given} {family}"),
            (false, family, given) => format!("{family}{given}"),
        };
        let written = written.trim();
        if written.is_empty() { self.latin_name.clone() } else { written.to_owned() }
    }
}
