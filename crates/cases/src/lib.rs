//! **Cases**: one application, decided by offices of both banks side by side.
//!
//! Nouns: *service* (data of the zone: form, offices, clocks, what it issues), *case* (one application under one version of a
//! service), *leg* (one office's part of the decision, with its own clock on its own calendar; it decides, endorses, vets,
//! inspects or chairs a panel's vote, and judges; or receives a fee, has an undertaking signed, sees the applicant, which are
//! conditions; or is consulted, and binds nobody), *question* (to the applicant: it stops that leg's clock, and
//! only that leg's), *outcome* (joint: of all, of any, of a quorum, or of one leg that the other bank recognises),
//! *task* (what a leg asks for besides an officer's word: a fee, a signature, an appointment, a panel's votes), *proposal*
//! (what one of two officers decided, until the other confirms it), *deputy* (who stands in for an officer who is away),
//! *attachment* (a document handed in as a file), *disclosed* (the answers told in plain text because a leg or a balance
//! depends on them), *roster* (an employer's file of applications, its faulty rows kept to be mended), *remark* (for the own
//! bank, for both, or for the applicant too), *change* (a case that renews, amends, transfers, surrenders, appeals,
//! reconsiders or corrects a decided one), *view* (whose fields an officer saw, and over which case),
//! *closure* (half days on which offices are closed without notice), *working time* (an office's calendar less its
//! closures: what clocks count), *notice* (what was told of a clock), *books* (what is kept for an office: its queue).
//!
//! Invariants: nothing is issued but by the joint outcome of binding legs; a leg begins when all legs that come before it
//! have ended favourably, and not sooner; a decided leg is never decided again; the clock of a leg that waits or has asked
//! does not move; a condition has to be met for every approval, whatever the outcome's rule; where two officers have to
//! agree, they are two; no time has more cases than places; no officer decides for themself, for their employer or for the
//! other bank; a case stays on the legs and the outcome rule that it was submitted with.
//!
//! Events: `opened`, `submitted`, `leg_started`, `leg_taken`, `leg_decided`, `leg_left_to_officer`, `asked`, `answered`,
//! `worked` (see `work`), `office` (see `offices`), `decided`, `withdrawn`, `remarked`, `viewed`, `migrated`, `attached`,
//! `attachment_read`, `closure_declared`, `closure_corrected`, `closure_voided`, `clock_warned`, `clock_breached`,
//! `escalated`, `leg_deemed`, `roster_uploaded`, `roster_mended`.
//!
//! Law: outline 7.4.1 (one-stop window, faster approval), 7.2.2 (pre-registration), 7.1.3 (two jurisdictions).

mod absences;
mod appointments;
mod attachments;
mod clock;
mod closures;
mod decide;
mod door;
mod events;
mod evolve;
mod forecast;
mod handing;
mod legs;
mod links;
mod migration;
mod model;
mod notices;
mod offices;
mod opening;
mod outcome;
mod payments;
mod queues;
mod refusal;
mod remarks;
mod rosters;
mod second_eye;
mod signing;
mod standing;
mod tasks;
#[cfg(test)]
mod tests;
mod views;
mod votes;
mod work;
mod work_refusal;

pub use absences::{Absence, absences, away, stands_in, with_presence};
pub use appointments::{Slot, slots};
pub use attachments::{Attachment, CASE_FILES_MAX, attachments};
pub use clock::{Clock, Urgency};
pub use closures::{Closure, OfficeTime, entity as closure_entity};
pub use decide::decide;
pub use decide::plan_migration;
pub use door::{
    case, case_counts, due, entity, has_leg_here, is_of_organisation, left, of_delegation, of_organisation, of_subject,
    own, roster, to_sign, urgency,
};
pub use evolve::evolve;
pub use forecast::{Expected, Forecast, ForecastDay, Pace, expected, forecast, moved_by, owed_by};
pub use links::{Issued, Link, Links, Offer, changes_of, form_service, issued, offers, root};
pub use migration::Migration;
pub use model::{
    About, Case, Command, Disclosed, Event, Leg, LegState, LegVerdict, Outcome, Roster, Stage, StageCounts, State,
};
pub use notices::{Notice, reminders};
pub use offices::{OfficeCommand, OfficeEvent, entity as office_entity};
pub use opening::may_open;
pub use outcome::joint_outcome;
pub use payments::{RECEIPT_CHARS_MAX, case_of_receipt, payment_reference};
pub use queues::{Books, Group, Waiting, for_office, for_office_after, groups, queue_length};
pub use refusal::{Refusal, WorkRefusal};
pub use remarks::Audience;
pub use rosters::{applications_left, new_roster_entity, roster_entity};
pub use signing::undertaking;
pub use tasks::{
    Amount, Attendance, Ballot, Confirmation, Criterion, LegWork, Panel, Payment, Proposal, Refund, Seat, Settled,
    Signed, Signing, Tally, Task,
};
pub use views::{Seen, VIEWS_MAX, View, Views, views_of};
pub use work::{Act, Work};
