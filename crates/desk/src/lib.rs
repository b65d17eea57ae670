//! **The desk**: the one way in. Authorise → decide → commit → fold → publish.
//!
//! Every page, API call, command line and simulation makes `Command`s and submits them here. A worker decides them first
//! against the published zone, asking the rulebook; the one writer decides them again against the zone as it then
//! stands, asking only what the worker did not (a question that came out the same has the same answer), appends what was
//! decided in one durable commit with everything else that queued up, folds it, publishes the zone, and answers.
//!
//! Nouns: *zone* (the whole state: all rooms), *submission* (commands of one actor that stand or fall together), *receipt*
//! (where its events are in the log), *reaction* (this event leads to that command, in the same commit), *snapshot* (the
//! zone saved; discardable).
//!
//! Invariants: nothing is published or acknowledged that is not durable; replaying the log gives the published zone; the
//! queue is bounded. If a commit fails the desk stops for good: restart and replay is the only way back.
//!
//! It must not know: HTTP, HTML, files other than its snapshots.

mod answers;
mod appointing;
mod bearers;
mod changes;
mod details;
mod envelope;
mod handle;
mod kept_key;
mod kernel;
mod model;
mod outside;
mod reactions;
mod replay;
mod snapshot;
#[cfg(test)]
mod tests;
mod watches;
mod zone;

pub use details::{Details, context};
pub use envelope::{Envelope, EnvelopeError};
pub use handle::{Desk, Settings, Stats};
pub use kept_key::KeptKey;
pub use kernel::{Kernel, Salts};
pub use model::{
    Appointing, Command, Enrolment, Event, Failure, Invitation, Post, Receipt, Refusal, Submission, SubmitError,
    ZoneCommand, ZoneEvent,
};
pub use outside::{Outside, Tag, document_tag};
pub use replay::{Replayed, catch_up, replay};
pub use snapshot::{FORMAT, Snapshots, digest};
pub use zone::{Rooms, Zone};
