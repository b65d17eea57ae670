//! **Cases**: one application, decided by offices of both banks side by side.
//!
//! Nouns: *service* (data of the zone: form, offices, clocks, what it issues), *case* (one application under one version of a
//! service), *leg* (one office's part of the decision, with its own clock on its own calendar; it decides, endorses, vets
//! or inspects, and binds, or is consulted, and binds nobody), *question* (to the applicant: it stops that leg's clock, and
//! only that leg's), *outcome* (joint: of all, of any, of a quorum, or of one leg that the other bank recognises),
//! *attachment* (a document handed in as a file), *disclosed* (the answers told in plain text because a leg or a balance depends on them), *roster* (an employer's file of
//! applications, its faulty rows kept to be mended).
//!
//! Invariants: nothing is issued but by the joint outcome of binding legs; a leg begins when all legs that come before it
//! have ended favourably, and not sooner; a decided leg is never decided again; the clock of a leg that waits or has asked
//! does not move; no officer decides for themself, for their employer or for the other bank; a case stays on the legs and
//! the outcome rule that it was submitted with.
//!
//! Events: `opened`, `submitted`, `leg_started`, `leg_taken`, `leg_decided`, `leg_left_to_officer`, `asked`, `answered`,
//! `decided`, `withdrawn`, `attached`, `attachment_read`, `roster_uploaded`, `roster_mended`.
//!
//! Law: outline 7.4.1 (one-stop window, faster approval), 7.2.2 (pre-registration), 7.1.3 (two jurisdictions).

mod attachments;
mod clock;
mod decide;
mod door;
mod evolve;
mod legs;
mod model;
mod opening;
mod outcome;
mod refusal;
mod rosters;
mod standing;
#[cfg(test)]
mod tests;

pub use attachments::{Attachment, CASE_FILES_MAX, attachments};
pub use clock::{Clock, Urgency};
pub use decide::decide;
pub use door::{case, case_counts, entity, for_office, of_organisation, of_subject, queue_length, roster, urgency};
pub use evolve::evolve;
pub use model::{
    About, Case, Command, Disclosed, Event, Leg, LegState, LegVerdict, Outcome, Roster, Stage, StageCounts, State,
    Waiting,
};
pub use opening::may_open;
pub use outcome::joint_outcome;
pub use refusal::Refusal;
