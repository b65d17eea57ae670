//! What is to happen when, in order.

use base::{Actor, Bank, Instant, Key, PassageId};
use desk::Command;
use std::collections::BTreeMap;

/// The number of a traveller in the play.
pub(crate) type Who = usize;

/// How a pass is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Showing {
    Fresh,
    Forged,
    Stale,
    Unlinked,
    /// The code of somebody else, once more.
    Again(Box<str>),
    /// By somebody to whom it was lent, while the holder is on the other bank.
    Lent,
    /// By a holder who has been told that it is no longer good.
    Despite,
}

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Joins the line at a gate.
    Arrive { who: Who, gate: Key, homeward: bool },
    /// Shows a pass at the gate.
    Show { who: Who, gate: Key, homeward: bool, how: Showing },
    /// The far door notices an arrival.
    Arrived { who: Who, passage: PassageId, gate: Key, homeward: bool },
    /// The near door notices a return.
    Returned { who: Who, passage: PassageId, gate: Key, homeward: bool },
    /// An officer sees a referred traveller.
    Settle { who: Who, passage: PassageId, office: Key, homeward: bool },
    /// An officer settles where a traveller is whose arrival nobody noticed.
    Resolve { who: Who, passage: PassageId, office: Key, place: Bank },
    /// An act of somebody else.
    Act { actor: Actor, command: Box<Command> },
}

/// First come, first served; what is due at the same instant keeps its order.
#[derive(Default)]
pub(crate) struct Agenda {
    steps: BTreeMap<(Instant, u64), Step>,
    counted: u64,
}

impl Agenda {
    pub fn put(&mut self, at: Instant, step: Step) {
        self.counted += 1;
        self.steps.insert((at, self.counted), step);
    }

    pub fn next_at(&self) -> Option<Instant> {
        self.steps.first_key_value().map(|((at, _), _)| *at)
    }

    pub fn take_before(&mut self, end: Instant) -> Option<(Instant, Step)> {
        if self.next_at()? >= end {
            return None;
        }
        self.steps.pop_first().map(|((at, _), step)| (at, step))
    }
}
