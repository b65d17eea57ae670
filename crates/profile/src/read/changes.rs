//! A service's [[change]] tables: what may be asked of its decided cases later, and by which service.

use crate::model::{About, Change, ChangeKind, ChangeLegs};
use crate::reader::{Noun, Table};
use std::collections::BTreeSet;

const DAYS_MAX: i64 = 3_650;

/// `None` where one of them has a fault of its own.
pub(super) fn changes(file: &Table<'_>, about: Option<About>) -> Option<Vec<Change>> {
    let changes = file.tables("change", change);
    if about == Some(About::Case) && file.has("change") {
        let what = "a service that changes cases is not changed itself: its cases follow the first one's service";
        file.fault_at("change", what, "remove [[change]]");
    }
    let mut seen = BTreeSet::new();
    for twice in changes.iter().filter(|change| !seen.insert(change.kind)) {
        let what = format!("two of [[change]] are for `{}`", twice.kind.as_str());
        file.fault_at("change", what, "keep one");
    }
    (changes.len() == file.count("change")).then_some(changes)
}

fn change(table: &Table<'_>) -> Option<Change> {
    let kind = table.word("as", &ChangeKind::ALL.map(|kind| (kind.as_str(), kind)));
    let service = table.mentions("by", Noun::Service);
    let within_days = table.maybe("within_days", || table.whole::<u16>("within_days", 1..=DAYS_MAX));
    let legs = table.maybe("legs", || table.word("legs", &ChangeLegs::ALL.map(|legs| (legs.as_str(), legs))));
    let (kind, within_days) = (kind?, within_days?);
    let needs_days = kind.is_about_a_refusal() || kind == ChangeKind::Renew;
    if needs_days && within_days.is_none() {
        table.fault_at("as", "until when it can be asked is not said", "add `within_days = …`");
    }
    let legs = legs?.unwrap_or_default();
    if matches!(legs, ChangeLegs::Banks | ChangeLegs::Refused) && !kind.is_about_a_refusal() {
        table.fault_at("legs", "nobody has refused what this is asked of", "write legs = \"own\" or \"first\"");
    }
    Some(Change { kind, service: service?, within_days, legs })
}
