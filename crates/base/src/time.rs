//! Instants, and the circumstances under which a command is decided.
//!
//! The domain never reads a clock: `Ctx` carries the instant, the actor and the rulebook in.

use crate::{Actor, Answer, Outcome, Question, Rules};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    pub const SECOND: i64 = 1_000;
    pub const MINUTE: i64 = 60 * Self::SECOND;
    pub const HOUR: i64 = 60 * Self::MINUTE;
    pub const DAY: i64 = 24 * Self::HOUR;

    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this instant; negative where `earlier` is later.
    pub fn since(self, earlier: Instant) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// `None` beyond the years that a timestamp can have.
    pub fn timestamp(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.0).ok()
    }

    pub fn of(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(timestamp) => write!(f, "{timestamp:.3}"),
            None => write!(f, "{}ms", self.0),
        }
    }
}

/// What a decision may know besides the state: when, who, and the rules in force.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    pub now: Instant,
    pub actor: &'a Actor,
    pub rules: &'a dyn Rules,
}

impl Ctx<'_> {
    /// Puts a question to the rulebook: `Ok` only where it permits, otherwise what it said instead.
    pub fn ask(&self, question: &Question) -> Result<Answer, Answer> {
        let answer = self.rules.ask(question);
        match answer.outcome {
            Outcome::Permitted => Ok(answer),
            Outcome::Referred | Outcome::Refused => Err(answer),
        }
    }
}

/// What an event carries besides itself when it is folded: its place in the log, when, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'a> {
    /// The sequence number, which is the leaf index.
    pub sequence: u64,
    pub at: Instant,
    pub actor: &'a Actor,
}
