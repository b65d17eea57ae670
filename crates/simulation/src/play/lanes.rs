//! One gate's lanes: whoever comes waits in one line for the first lane that is free. Pure arithmetic.

use base::Instant;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

pub(crate) struct Lanes {
    /// When each lane is free again.
    free_at: BinaryHeap<Reverse<Instant>>,
    /// When those who wait will be served, in order.
    waiting: VecDeque<Instant>,
    service_ms: i64,
}

/// What somebody found who joined the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Joined {
    pub served_at: Instant,
    /// How many stood in front and were not served yet.
    pub ahead: u32,
}

impl Lanes {
    pub fn new(lanes: u16, seconds_per_person: u16) -> Self {
        let free_at = (0..lanes.max(1)).map(|_| Reverse(Instant::default())).collect();
        Self { free_at, waiting: VecDeque::new(), service_ms: i64::from(seconds_per_person) * Instant::SECOND }
    }

    /// `pace_percent` of the gate's usual seconds is what this person takes.
    pub fn join(&mut self, at: Instant, pace_percent: i64) -> Joined {
        while self.waiting.front().is_some_and(|served_at| *served_at <= at) {
            self.waiting.pop_front();
        }
        let ahead = u32::try_from(self.waiting.len()).unwrap_or(u32::MAX);
        let Reverse(free) = self.free_at.pop().unwrap_or(Reverse(at));
        let served_at = free.max(at);
        self.free_at.push(Reverse(served_at.plus(self.service_ms * pace_percent / 100)));
        if served_at > at {
            self.waiting.push_back(served_at);
        }
        Joined { served_at, ahead }
    }

    /// The line goes home: the gate was closed.
    pub fn clear(&mut self, at: Instant) {
        self.waiting.clear();
        let lanes = self.free_at.len();
        self.free_at = (0..lanes).map(|_| Reverse(at)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_person_at_two_lanes_waits_for_the_first_that_is_free() {
        let mut lanes = Lanes::new(2, 5);
        let at = |ms| Instant(ms);
        assert_eq!(lanes.join(at(0), 100), Joined { served_at: at(0), ahead: 0 });
        assert_eq!(lanes.join(at(1_000), 100), Joined { served_at: at(1_000), ahead: 0 });
        assert_eq!(lanes.join(at(2_000), 100), Joined { served_at: at(5_000), ahead: 0 });
        assert_eq!(lanes.join(at(3_000), 100), Joined { served_at: at(6_000), ahead: 1 });
        assert_eq!(lanes.join(at(60_000), 100), Joined { served_at: at(60_000), ahead: 0 });
    }

    /// Of 2 250 people in a quarter of an hour, 15 % of 15 000, how many in a hundred wait under half a minute.
    fn short_waits_percent(count: u16) -> i64 {
        let mut lanes = Lanes::new(count, 5);
        let people = 2_250;
        let short = (0..people).filter(|number| {
            let at = Instant(number * 15 * Instant::MINUTE / people);
            lanes.join(at, 100).served_at.since(at) < 30 * Instant::SECOND
        });
        i64::try_from(short.count()).unwrap() * 100 / people
    }

    #[test]
    fn thirteen_lanes_take_the_peak_of_fifteen_thousand_commuters_and_eleven_do_not() {
        assert!(short_waits_percent(13) >= 95, "{}", short_waits_percent(13));
        assert!(short_waits_percent(11) < 50, "{}", short_waits_percent(11));
    }
}
