//! Working time, as an office of one bank counts it: in half days, so that an office which closes at noon is counted for
//! what it is and nothing has to be rounded on the way.
//!
//! It must not know: who closed when (that is declared, and stands in the log), nor what a clock is.

use base::{Date, Key, Localised};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Half days in a working day.
pub const HALVES_PER_DAY: u16 = 2;

/// Some of the two halves of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Halves(u8);

impl Halves {
    pub const NONE: Halves = Halves(0);
    pub const MORNING: Halves = Halves(1);
    pub const AFTERNOON: Halves = Halves(2);
    pub const BOTH: Halves = Halves(3);

    pub fn count(self) -> u16 {
        u16::from(self.0 & 1) + u16::from(self.0 >> 1 & 1)
    }

    #[must_use]
    pub fn without(self, other: Halves) -> Self {
        Halves(self.0 & !other.0)
    }

    #[must_use]
    pub fn and(self, other: Halves) -> Self {
        Halves(self.0 | other.0)
    }
}

/// One half of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Morning,
    Afternoon,
}

/// A half day of the civil calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfDay {
    pub date: Date,
    pub part: Part,
}

impl HalfDay {
    pub fn morning(date: Date) -> Self {
        Self { date, part: Part::Morning }
    }

    pub fn afternoon(date: Date) -> Self {
        Self { date, part: Part::Afternoon }
    }
}

/// Half days that are worked: by a calendar as it was published, or by one office as it was open.
pub trait WorkingTime {
    /// The halves of this date that are worked.
    fn halves(&self, date: Date) -> Halves;

    fn is_worked(&self, date: Date) -> bool {
        self.halves(date) != Halves::NONE
    }

    /// The date on which so many half days after `since` have been worked; `since` itself where it is none. Days count
    /// whole towards their end: what would be reached at noon is reached with that day.
    fn end(&self, since: Date, halves: u32) -> Date {
        let (mut date, mut left) = (since, halves);
        while left > 0 {
            // A zone's weekend never covers the whole week (validated), so this ends; so does the civil calendar.
            let Ok(next) = date.checked_add(1.day()) else { return date };
            date = next;
            left = left.saturating_sub(u32::from(self.halves(date).count()));
        }
        date
    }

    /// How many half days are worked after `from`, up to the end of `to`; negative where `to` is earlier.
    fn between(&self, from: Date, to: Date) -> i32 {
        let (earlier, later, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let mut count = 0;
        let mut date = earlier;
        while date < later {
            let Ok(next) = date.checked_add(1.day()) else { break };
            date = next;
            count += i32::from(self.halves(date).count());
        }
        count * sign
    }
}

/// Holidays of one place, the weekend days that are worked in exchange, and the days on which work ends at noon.
#[derive(Debug, Clone, Serialize)]
pub struct Calendar {
    pub key: Key,
    pub name: Localised,
    /// Who publishes it.
    pub source: String,
    /// The office that has to enter the next years' holidays here.
    pub kept_by: Key,
    pub holidays: BTreeMap<Date, Localised>,
    /// Days of the weekend that are worked, by the day they make up for.
    pub makeup_days: BTreeMap<Date, Localised>,
    /// Working days whose afternoon is not worked: each counts as one half day.
    pub half_days: BTreeMap<Date, Localised>,
    /// Days of rest, 1 for Monday to 7 for Sunday.
    pub weekend: Vec<u8>,
    /// The last date for which holidays have been published. For later dates only what the law fixes is known.
    pub known_until: Date,
    /// For what an office may be declared closed on the day.
    pub closures: Vec<ClosureKind>,
}

/// A cause for which offices close without notice.
#[derive(Debug, Clone, Serialize)]
pub struct ClosureKind {
    pub key: Key,
    pub name: Localised,
    pub section: String,
    pub illustrative: bool,
    /// A day for part of which it lasts is closed as a whole.
    pub whole_days: bool,
}

impl WorkingTime for Calendar {
    fn halves(&self, date: Date) -> Halves {
        if !self.is_working_day(date) {
            Halves::NONE
        } else if self.half_days.contains_key(&date) {
            Halves::MORNING
        } else {
            Halves::BOTH
        }
    }
}

impl Calendar {
    pub fn is_working_day(&self, date: Date) -> bool {
        if self.makeup_days.contains_key(&date) {
            return true;
        }
        !self.weekend.contains(&weekday_of(date)) && !self.holidays.contains_key(&date)
    }

    /// Holidays for this date have not been published yet: what is computed with it may move.
    pub fn is_provisional(&self, date: Date) -> bool {
        date > self.known_until
    }

    pub fn holiday(&self, date: Date) -> Option<&Localised> {
        self.holidays.get(&date)
    }

    pub fn closure_kind(&self, key: &Key) -> Option<&ClosureKind> {
        self.closures.iter().find(|kind| kind.key == *key)
    }
}

/// 1 for Monday to 7 for Sunday.
pub(crate) fn weekday_of(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_one_offset()).unwrap_or(1)
}
