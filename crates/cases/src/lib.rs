//! **Cases**: one application, decided by offices of both banks side by side.
//!
//! Nouns: *service* (data of the zone: form, offices, clocks, what it issues), *case* (one application under one version of a
//! service), *leg* (one office's part of the decision, with its own clock on its own calendar), *question* (to the
//! applicant: it stops that leg's clock, and only that leg's), *outcome* (joint: approved when every leg is, refused when one
//! is), *roster* (an employer's file of applications, its faulty rows kept to be mended).
//!
//! Invariants: no permit without every leg approved; a decided leg is never decided again; a paused clock does not move; no
//! officer decides for themself, for their employer or for the other bank; a case stays on the version of its service.
//!
//! Events: `opened`, `submitted`, `leg_taken`, `leg_decided`, `leg_left_to_officer`, `asked`, `answered`, `decided`, `withdrawn`,
//! `roster_uploaded`, `roster_mended`.
//!
//! Law: outline 7.4.1 (one-stop window, faster approval), 7.2.2 (pre-registration), 7.1.3 (two jurisdictions).

mod clock;
mod decide;
mod door;
mod evolve;
mod model;
mod rosters;
#[cfg(test)]
mod tests;

pub use clock::{Clock, Urgency};
pub use decide::decide;
pub use door::{case, case_counts, entity, for_office, of_organisation, of_subject, roster, urgency};
pub use evolve::evolve;
pub use model::{
    About, Case, Command, Event, Leg, LegState, LegVerdict, Outcome, Refusal, Roster, Stage, StageCounts, State,
};
