//! Where things are: banks, parks, bridges, gates, and the offices that answer for them.

use base::{Bank, Date, Direction, Key, Localised};
use jiff::tz::TimeZone;
use serde::Serialize;

/// One authority's side of the river.
#[derive(Debug, Clone, Serialize)]
pub struct BankProfile {
    pub bank: Bank,
    pub name: Localised,
    pub short_name: Localised,
    /// IANA name, `Asia/Hong_Kong`.
    pub time_zone: String,
    pub calendar: Key,
    /// ISO 4217.
    pub currency: String,
    pub section: String,
    /// What `time_zone` names, looked up once.
    #[serde(skip)]
    pub(crate) zone: TimeZone,
}

#[derive(Debug, Clone, Serialize)]
pub struct Park {
    pub key: Key,
    pub bank: Bank,
    pub name: Localised,
    pub hectares: u32,
    /// Who runs it.
    pub company: Localised,
    pub section: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Bridge {
    pub key: Key,
    pub name: Localised,
    pub length_metres: u16,
    /// From gate to gate, at an ordinary pace.
    pub walk_seconds: u16,
    /// The planned day of opening, where one is known.
    pub opens: Option<Date>,
    /// How far the real bridge has come, in words.
    pub status: Localised,
    pub section: String,
    pub illustrative: bool,
}

/// One end of a bridge. A northbound traveller presents at the south gate and arrives at the north one.
#[derive(Debug, Clone, Serialize)]
pub struct Gate {
    pub key: Key,
    pub bridge: Key,
    /// The bank it stands on.
    pub bank: Bank,
    pub name: Localised,
    pub lanes: u16,
    pub seconds_per_person: u16,
    pub hours: Hours,
    /// Minutes after which a passage begun here and not finished is an open item.
    pub overdue_minutes: u16,
    /// Minutes after which a traveller who was referred here is not let over any more without showing the pass again.
    pub referral_minutes: u16,
    pub owner_office: OwnerOffice,
    pub section: String,
    pub illustrative: bool,
}

impl Gate {
    /// The way somebody goes who leaves the bank at this gate.
    pub fn departing(&self) -> Direction {
        match self.bank {
            Bank::North => Direction::Southbound,
            Bank::South => Direction::Northbound,
        }
    }
}

/// The office that answers for a passage until it is finished: the immigration office of the side that is entered.
#[derive(Debug, Clone, Serialize)]
pub struct OwnerOffice {
    pub northbound: Key,
    pub southbound: Key,
}

impl OwnerOffice {
    pub fn of(&self, direction: Direction) -> &Key {
        match direction {
            Direction::Northbound => &self.northbound,
            Direction::Southbound => &self.southbound,
        }
    }
}

/// Opening hours on the clocks of the bank they belong to.
#[derive(Debug, Clone, Serialize)]
pub struct Hours {
    /// Minute of the day, 0 to 1439.
    pub from_minute: u16,
    /// Minute of the day, later than `from_minute`, at most 1440; the minute itself is closed.
    pub until_minute: u16,
    /// 1 for Monday to 7 for Sunday.
    pub weekdays: Vec<u8>,
}

impl Hours {
    pub fn contains(&self, weekday: u8, minute: u16) -> bool {
        self.weekdays.contains(&weekday) && (self.from_minute..self.until_minute).contains(&minute)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Office {
    pub key: Key,
    pub bank: Bank,
    pub name: Localised,
    /// `immigration`, `customs`, `supervision`, `operations`, `audit`, `data` or `steering`.
    pub duty: Key,
    pub calendar: Key,
    /// The office whose head is told when a clock of this one has run out: itself, or another of its bank.
    pub escalates_to: Key,
    pub section: String,
    /// True where the office is real but its duty here is this product's assumption, or the office itself is.
    pub illustrative: bool,
}
