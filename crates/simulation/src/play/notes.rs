//! What is written down while a play is given, for the report. Counts and instants only.

use base::{Instant, Key};
use std::collections::BTreeMap;

pub(crate) const QUARTER: i64 = 15 * Instant::MINUTE;

/// The two times of day at which most people cross; and whichever of them a closed gate made unlike the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HalfDay {
    Morning,
    Evening,
    Disturbed,
}

/// One gate in one quarter of an hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct QuarterNote {
    pub arrivals: u32,
    /// The longest line that somebody found who came.
    pub queue_max: u32,
    pub waited_ms: i64,
    /// In the half-day in which a gate was closed.
    pub disturbed: bool,
}

/// Everybody's waiting at one gate in the halves of all days.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waits {
    pub each_ms: Vec<u32>,
    pub queue_max: u32,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    pub passed: u32,
    pub referred: u32,
    pub refused: u32,
    /// By the policy that weighed most; referrals as well as refusals.
    pub by_policy: BTreeMap<Key, u32>,
    pub completed: u32,
    pub turned_back: u32,
    pub resolved: u32,
    pub let_pass: u32,
    pub diverted: u32,
    pub suspended: u32,
    pub resumed: u32,
    pub revoked: u32,
    pub closures: u32,
    /// Acts of officers and gates that the desk refused.
    pub acts_refused: u32,
    /// By gate and the beginning of the quarter.
    pub quarters: BTreeMap<(Key, Instant), QuarterNote>,
    pub waits: BTreeMap<(Key, HalfDay), Waits>,
}

impl Notes {
    pub fn joined(&mut self, gate: &Key, half: HalfDay, at: Instant, ahead: u32, waited_ms: i64) {
        let quarter = Instant(at.0.div_euclid(QUARTER) * QUARTER);
        let note = self.quarters.entry((gate.clone(), quarter)).or_default();
        note.arrivals += 1;
        let queue = if waited_ms > 0 { ahead + 1 } else { ahead };
        note.queue_max = note.queue_max.max(queue);
        note.waited_ms = note.waited_ms.saturating_add(waited_ms);
        note.disturbed = half == HalfDay::Disturbed;
        let waits = self.waits.entry((gate.clone(), half)).or_default();
        waits.each_ms.push(u32::try_from(waited_ms.max(0)).unwrap_or(u32::MAX));
        waits.queue_max = waits.queue_max.max(queue);
    }

    pub fn policy(&mut self, policies: &[Key]) {
        if let Some(weightiest) = policies.first() {
            *self.by_policy.entry(weightiest.clone()).or_default() += 1;
        }
    }
}
