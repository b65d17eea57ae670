//! **The park, opened**: a zone folder and a data folder made into a running desk, and the work that pages, the API, the
//! command line and the demonstration have in common.
//!
//! What a person hands in is checked here, its personal fields are sealed, and it becomes commands for the desk; what
//! the desk holds is opened here for those who may see it. No rule is decided here: that is the rooms' and the
//! rulebook's. It must not know: HTTP, HTML.

mod access;
mod answers;
mod appointing;
mod blobs;
mod cases_work;
mod clock;
mod clocks;
mod composing;
mod counted;
mod crosses;
mod drafts;
mod enrolment;
mod erasing;
mod error;
mod feeds;
mod gates;
mod history;
mod identity;
mod invite;
mod legs_work;
mod letters;
mod mail;
mod migration;
mod names;
mod notices;
mod open;
mod outbox;
mod passes;
mod people_work;
mod press_room;
mod pushes;
mod reading;
mod repeats;
mod settling;
mod teams;
#[cfg(test)]
mod tests;
mod tickets;
mod uploads;
mod views;
mod watchlist;
mod writing;

pub use access::{Issued, session_digest};
pub use answers::EarlierAnswers;
pub use appointing::{Appointed, NewPerson, Who};
pub use attachments::AttachmentFault;
pub use cases_work::{CaseTexts, LegDecision};
pub use clock::Clock;
pub use crosses::{CaseAnswers, WithheldField};
pub use drafts::{
    AttachmentCard, DRAFT_DAYS, DRAFTS_FILE, Draft, DraftContent, DraftFile, Drafts, OpenedFile, SentFile,
    SubmittedDraft,
};
pub use enrolment::{Applied, PersonForm};
pub use erasing::{Erased, RosterErased};
pub use error::{OpenError, WorkError};
pub use feeds::{Calendar, Due, DueWhat};
pub use gates::{GateAnswer, Shown};
pub use history::{Author, HistoryItem, HistoryText};
pub use identity::{Document, InvitationLink, PASSKEY_INVITATION_DAYS};
pub use legs_work::{LegAct, SignedBy};
pub use migration::CaseMove;
pub use open::{Options, Park, log_keys};
pub use outbox::Mail;
pub use passes::HolderPass;
pub use pushes::PushCard;
pub use reading::PastDecision;
pub use repeats::Earlier;
pub use teams::{TEAM, team_field};
pub use uploads::{KnownRow, MendedRow, RosterReport, RosterRows};
pub use views::{Access, Accesses};
pub use webpush::{Hosts as PushHosts, Keys as PushKeys, Subscription as PushSubscription};
pub use writing::{Certified, Genuine, Standing, hex_digest};

/// The verifiable credential type of every pass.
pub const PASS_TYPE: &str = "urn:hetao:pass";
/// What presentations to gates are made for.
pub const GATE_AUDIENCE: &str = "urn:hetao:gate";
