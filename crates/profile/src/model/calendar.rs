//! Working days, as an office of one bank counts them.

use base::{Date, Key, Localised};
use jiff::ToSpan;
use serde::Serialize;
use std::collections::BTreeMap;

/// Holidays of one place, and the weekend days that are worked in exchange.
#[derive(Debug, Clone, Serialize)]
pub struct Calendar {
    pub key: Key,
    pub name: Localised,
    /// Who publishes it.
    pub source: String,
    pub holidays: BTreeMap<Date, Localised>,
    /// Days of the weekend that are worked, by the day they make up for.
    pub makeup_days: BTreeMap<Date, Localised>,
    /// Days of rest, 1 for Monday to 7 for Sunday.
    pub weekend: Vec<u8>,
    /// The last date for which holidays have been published. For later dates only what the law fixes is known.
    pub known_until: Date,
}

impl Calendar {
    pub fn is_working_day(&self, date: Date) -> bool {
        if self.makeup_days.contains_key(&date) {
            return true;
        }
        !self.weekend.contains(&weekday_of(date)) && !self.holidays.contains_key(&date)
    }

    /// The date of the `days`-th working day after `from`; `from` itself where `days` is nought.
    pub fn add_working_days(&self, from: Date, days: u16) -> Date {
        let mut date = from;
        let mut left = days;
        while left > 0 {
            // A zone's weekend never covers the whole week (validated), so this ends; so does the calendar.
            let Ok(next) = date.checked_add(1.day()) else { return date };
            date = next;
            if self.is_working_day(date) {
                left -= 1;
            }
        }
        date
    }

    /// How many working days lie after `from`, up to and including `to`; negative where `to` is earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        let (earlier, later, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let mut count = 0;
        let mut date = earlier;
        while date < later {
            let Ok(next) = date.checked_add(1.day()) else { break };
            date = next;
            count += i32::from(self.is_working_day(date));
        }
        count * sign
    }

    /// Holidays for this date have not been published yet: what is computed with it may move.
    pub fn is_provisional(&self, date: Date) -> bool {
        date > self.known_until
    }

    pub fn holiday(&self, date: Date) -> Option<&Localised> {
        self.holidays.get(&date)
    }
}

/// 1 for Monday to 7 for Sunday.
pub(crate) fn weekday_of(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_one_offset()).unwrap_or(1)
}
