//! **The park, opened**: a zone folder and a data folder made into a running desk, and the work that pages, the API, the
//! command line and the demonstration have in common.
//!
//! What a person hands in is checked here, its personal fields are sealed, and it becomes commands for the desk; what
//! the desk holds is opened here for those who may see it. No rule is decided here: that is the rooms' and the
//! rulebook's. It must not know: HTTP, HTML.

mod answers;
mod blobs;
mod cases_work;
mod clock;
mod drafts;
mod enrolment;
mod error;
mod gates;
mod history;
mod identity;
mod invite;
mod letters;
mod open;
mod outbox;
mod passes;
mod people_work;
mod reading;
mod repeats;
mod settling;
mod teams;
#[cfg(test)]
mod tests;
mod tickets;
mod uploads;
mod watchlist;

pub use answers::EarlierAnswers;
pub use attachments::AttachmentFault;
pub use cases_work::{CaseTexts, LegDecision};
pub use clock::Clock;
pub use drafts::{
    AttachmentCard, DRAFT_DAYS, DRAFTS_FILE, Draft, DraftContent, DraftFile, Drafts, OpenedFile, SentFile,
    SubmittedDraft,
};
pub use enrolment::{Applied, PersonForm};
pub use error::{OpenError, WorkError};
pub use gates::{GateAnswer, Shown};
pub use history::{Author, HistoryItem, HistoryText};
pub use identity::{Document, InvitationLink, PASSKEY_INVITATION_DAYS};
pub use open::{Options, Park, log_keys};
pub use outbox::Mail;
pub use passes::HolderPass;
pub use reading::PastDecision;
pub use repeats::Earlier;
pub use teams::{TEAM, team_field};
pub use uploads::{KnownRow, MendedRow, RosterReport, RosterRows};

/// The verifiable credential type of every pass.
pub const PASS_TYPE: &str = "urn:hetao:pass";
/// What presentations to gates are made for.
pub const GATE_AUDIENCE: &str = "urn:hetao:gate";
