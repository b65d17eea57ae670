//! **Letters**: what was written to people, so that whoever holds a letter can find out whether it is genuine.
//!
//! Nouns: *letter* (a decision, a certificate or a notice, as PDF), *reference* (its number, `L-1042`), *code* (a secret
//! printed on it; only its digest is known here), *cause* (the entry of the log that it tells of), *delivery* (whether the
//! mail server took it), *feed* (a calendar of what is due, at an address with a secret in it), *push* (a browser that a
//! person lets notices be pushed to).
//!
//! Invariants: a letter is issued once for what it tells of, its kind and its language, and is never changed; its PDF is
//! known by its SHA-256 alone and kept sealed elsewhere; nothing of a letter is told for its reference without its code;
//! a browser is written to for one person at a time, the last who subscribed there.
//!
//! Events: `issued`, `sent`, `not_delivered`, `feed_opened`, `feed_closed`, `push_subscribed`,
//! `push_ended`.
//!
//! Law: outline 7.4.1 (faster approval, one window). It must not know: what a letter looks like, mail, HTTP.

mod decide;
mod door;
mod feeds;
mod model;
mod pushes;
#[cfg(test)]
mod tests;

pub use decide::{decide, evolve};
pub use door::{code_digest, genuine, letter, next, of_case, written_already};
pub use feeds::{feed, feeds_of};
pub use model::{Command, Delivery, Event, Feed, Issue, Kind, Letter, Push, PushEnd, Refusal, State, Undelivered};
pub use pushes::{PUSHES_MAX, push, pushes_of};
