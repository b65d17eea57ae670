//! **Cases**: one application, decided by offices of both banks side by side.
//!
//! Nouns: *service* (data of the zone: form, offices, clocks, what it issues), *case* (one application under one version of a
//! service), *leg* (one office's part of the decision, with its own clock on its own calendar; it decides, endorses, vets
//! or inspects, and binds, or is consulted, and binds nobody), *question* (to the applicant: it stops that leg's clock, and
//! only that leg's), *outcome* (joint: of all, of any, of a quorum, or of one leg that the other bank recognises),
//! *disclosed* (the answers told in plain text because a leg or a balance depends on them), *roster* (an employer's file of
//! applications, its faulty rows kept to be mended).
//!
//! Invariants: nothing is issued but by the joint outcome of binding legs; a leg begins when all legs that come before it
//! have ended favourably, and not sooner; a decided leg is never decided again; the clock of a leg that waits or has asked
//! does not move; no officer decides for themself, for their employer or for the other bank; a case stays on the legs and
//! the outcome rule that it was submitted with.
//!
//! Events: `opened`, `submitted`, `leg_started`, `leg_taken`, `leg_decided`, `leg_left_to_officer`, `asked`, `answered`,
//! `decided`, `withdrawn`, `roster_uploaded`, `roster_mended`.
//!
//! Law: outline 7.4.1 (one-stop window, faster approval), 7.2.2 (pre-registration), 7.1.3 (two jurisdictions).

mod clock;
mod closures;
mod decide;
mod door;
mod evolve;
mod forecast;
mod legs;
mod model;
mod notices;
mod opening;
mod outcome;
mod queues;
mod refusal;
mod rosters;
mod standing;
#[cfg(test)]
mod tests;

pub use clock::{Clock, Urgency};
pub use closures::{Closure, OfficeTime, entity as closure_entity};
pub use decide::decide;
pub use door::{case, case_counts, due, entity, left, of_organisation, of_subject, roster, urgency};
pub use evolve::evolve;
pub use forecast::{Expected, Forecast, ForecastDay, Pace, expected, forecast, moved_by, owed_by};
pub use model::{
    About, Case, Command, Disclosed, Event, Leg, LegState, LegVerdict, Outcome, Roster, Stage, StageCounts, State,
};
pub use notices::{Notice, reminders};
pub use opening::may_open;
pub use outcome::joint_outcome;
pub use queues::{Books, Group, Waiting, for_office, for_office_after, groups, queue_length};
pub use refusal::Refusal;
