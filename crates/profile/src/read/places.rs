//! zone.toml's banks, parks.toml, bridges.toml, gates.toml, offices.toml.

use super::name;
use crate::model::{BankProfile, Bridge, Gate, Hours, Office, OwnerOffice, Park};
use crate::reader::{Noun, Table};
use base::Key;
use jiff::tz::TimeZone;

/// What an office is for; the rulebook's policies name these words.
const DUTIES: [&str; 14] = [
    "audit",
    "aviation",
    "commerce",
    "customs",
    "data",
    "finance",
    "health",
    "immigration",
    "insurance",
    "operations",
    "science",
    "steering",
    "supervision",
    "tax",
];

pub(super) fn bank(table: &Table<'_>) -> Option<BankProfile> {
    let bank = table.bank("bank");
    let (name, short_name) = (name(table), table.localised("short_name"));
    let time_zone = table.text("time_zone");
    let zone = time_zone.as_deref().and_then(|iana| {
        let zone = TimeZone::get(iana).ok();
        if zone.is_none() {
            table.fault_at(
                "time_zone",
                format!("there is no time zone `{iana}`"),
                "write an IANA name, Asia/Hong_Kong",
            );
        }
        zone
    });
    let calendar = table.mentions("calendar", Noun::Calendar);
    let currency = table.text("currency").filter(|currency| {
        let fits = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        if !fits {
            table.fault_at("currency", format!("`{currency}` is not a currency"), "write an ISO 4217 code, HKD");
        }
        fits
    });
    let section = table.section("section");
    Some(BankProfile {
        bank: bank?,
        name: name?,
        short_name: short_name?,
        time_zone: time_zone?,
        calendar: calendar?,
        currency: currency?,
        section: section?,
        zone: zone?,
    })
}

pub(super) fn park(table: &Table<'_>, key: Option<Key>) -> Option<Park> {
    let (bank, name, company) = (table.bank("bank"), name(table), table.localised("company"));
    let (hectares, section) = (table.whole("hectares", 1..=1_000_000), table.section("section"));
    Some(Park { key: key?, bank: bank?, name: name?, hectares: hectares?, company: company?, section: section? })
}

pub(super) fn bridge(table: &Table<'_>, key: Option<Key>) -> Option<Bridge> {
    let (name, status) = (name(table), table.localised("status"));
    let (length_metres, walk_seconds) =
        (table.whole("length_metres", 1..=20_000), table.whole("walk_seconds", 1..=7_200));
    let opens = table.maybe("opens", || table.date("opens"));
    let (section, illustrative) = (table.section("section"), table.flag("illustrative"));
    Some(Bridge {
        key: key?,
        name: name?,
        length_metres: length_metres?,
        walk_seconds: walk_seconds?,
        opens: opens?,
        status: status?,
        section: section?,
        illustrative: illustrative?,
    })
}

pub(super) fn gate(table: &Table<'_>, key: Option<Key>) -> Option<Gate> {
    let (bridge, bank, name) = (table.mentions("bridge", Noun::Bridge), table.bank("bank"), name(table));
    let (lanes, seconds_per_person) = (table.whole("lanes", 1..=1_000), table.whole("seconds_per_person", 1..=3_600));
    let hours = table.table("hours", hours);
    let overdue_minutes = table.whole("overdue_minutes", 1..=1_440);
    let referral_minutes = table.whole("referral_minutes", 1..=1_440);
    let owner_office = table.table("owner_office", |owner| {
        let (northbound, southbound) =
            (owner.mentions("northbound", Noun::Office), owner.mentions("southbound", Noun::Office));
        Some(OwnerOffice { northbound: northbound?, southbound: southbound? })
    });
    let (section, illustrative) = (table.section("section"), table.flag("illustrative"));
    Some(Gate {
        key: key?,
        bridge: bridge?,
        bank: bank?,
        name: name?,
        lanes: lanes?,
        seconds_per_person: seconds_per_person?,
        hours: hours?,
        overdue_minutes: overdue_minutes?,
        referral_minutes: referral_minutes?,
        owner_office: owner_office?,
        section: section?,
        illustrative: illustrative?,
    })
}

/// `from`, `until` and `weekdays`, which gates and permits share.
pub(super) fn hours(table: &Table<'_>) -> Option<Hours> {
    let (from, until, weekdays) = (table.minute("from"), table.minute("until"), table.weekdays("weekdays"));
    let (from_minute, until_minute, weekdays) = (from?, until?, weekdays?);
    if from_minute >= until_minute {
        table.fault_at(
            "until",
            "`until` is not later than `from`",
            "write the later time in `until`; hours end by 24:00",
        );
        return None;
    }
    if weekdays.is_empty() {
        table.fault_at("weekdays", "there is no weekday", "name at least one, 1 for Monday to 7 for Sunday");
        return None;
    }
    Some(Hours { from_minute, until_minute, weekdays })
}

pub(super) fn office(table: &Table<'_>, key: Option<Key>) -> Option<Office> {
    let (bank, name, calendar) = (table.bank("bank"), name(table), table.mentions("calendar", Noun::Calendar));
    let duty = table.word("duty", &DUTIES.map(|duty| (duty, duty))).and_then(Key::new);
    let escalates_to = table.maybe("escalates_to", || table.mentions("escalates_to", Noun::Office));
    let escalates_to = escalates_to.and_then(|named| named.or_else(|| key.clone()));
    let (section, illustrative) = (table.section("section"), table.flag("illustrative"));
    Some(Office {
        key: key?,
        bank: bank?,
        name: name?,
        duty: duty?,
        calendar: calendar?,
        escalates_to: escalates_to?,
        section: section?,
        illustrative: illustrative?,
    })
}
