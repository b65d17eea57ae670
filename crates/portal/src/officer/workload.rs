//! What waits for the office: how pressing it is, how long it has been open, of which services, and with whom.

use super::filter::{URGENCIES, urgency_word};
use super::{Part, desk_tabs, office, page};
use crate::{Caller, Problem};
use base::{Key, PersonId};
use cases::Urgency;
use desk::Zone;
use frame::charts::{About, Series, bars, columns, groups};
use frame::maud::{Markup, html};
use frame::parts::{empty, panel, wide_cards};
use frame::{Language, say};
use profile::Office;
use std::collections::BTreeMap;

/// Looked at from the nearest deadline on: a backlog beyond it looks the same.
const LOOKED_AT_MAX: usize = 20_000;

/// Upper ends of the ages that are told apart, in calendar days open; the last has none.
const AGES: [i32; 5] = [2, 7, 14, 30, 90];

#[derive(Debug, Default)]
struct Workload {
    by_urgency: [u32; URGENCIES.len()],
    by_age: [u32; AGES.len() + 1],
    /// Of each service: what is late, and what is not.
    by_service: BTreeMap<Key, (u32, u32)>,
    by_officer: BTreeMap<Option<PersonId>, u32>,
}

fn workload(caller: &Caller, zone: &Zone, office: &Office) -> Workload {
    let park = &caller.portal.park;
    let now = park.now();
    let today = park.profile.local_date(office.bank, now);
    let mut workload = Workload::default();
    for (_, case) in cases::for_office(&zone.cases, &park.profile, office.key.as_str(), now).take(LOOKED_AT_MAX) {
        let Some(leg) = case.legs.iter().find(|leg| leg.office == office.key && leg.state.is_undecided()) else {
            continue;
        };
        let urgency = cases::urgency(&zone.cases, &park.profile, case, leg, now).unwrap_or(Urgency::InTime);
        add(workload.by_urgency.iter_mut().zip(URGENCIES).find(|(_, known)| *known == urgency).map(|(count, _)| count));
        let opened = park.profile.local_date(office.bank, case.opened_at);
        let days = opened.until(today).map_or(0, |span| span.get_days());
        let band = AGES.iter().position(|end| days <= *end).unwrap_or(AGES.len());
        add(workload.by_age.get_mut(band));
        let (late, other) = workload.by_service.entry(case.service.clone()).or_default();
        add(Some(if urgency == Urgency::Breached { late } else { other }));
        add(Some(workload.by_officer.entry(leg.officer).or_default()));
    }
    workload
}

fn add(count: Option<&mut u32>) {
    if let Some(count) = count {
        *count = count.saturating_add(1);
    }
}

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let office = office(&caller)?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let workload = workload(&caller, &zone, office);
    let nothing = workload.by_officer.is_empty();
    Ok(page(&visit, office, say!(l, "workload-title")).lead(say!(l, "workload-lead")).body(html! {
        (desk_tabs(&caller, &visit, &zone, office, Part::Workload))
        @if nothing { (empty(&say!(l, "queue-empty"), &say!(l, "workload-empty"), None)) }
        @else { (charts(&caller, &workload)) }
    }))
}

fn charts(caller: &Caller, workload: &Workload) -> Markup {
    let l = caller.language;
    let urgencies = URGENCIES.iter().zip(workload.by_urgency);
    let urgencies: Vec<(String, f64)> =
        urgencies.map(|(key, count)| (urgency_word(l, *key), f64::from(count))).collect();
    let ages = Series::new(say!(l, "workload-cases"), workload.by_age.map(f64::from));
    let services: Vec<String> = workload.by_service.keys().map(|key| service_name(caller, key)).collect();
    let late = Series::new(say!(l, "urgency-breached"), workload.by_service.values().map(|(late, _)| f64::from(*late)));
    let other =
        Series::new(say!(l, "workload-not-late"), workload.by_service.values().map(|(_, other)| f64::from(*other)));
    let officers: Vec<(String, f64)> = workload
        .by_officer
        .iter()
        .map(|(officer, count)| {
            let name = officer.map_or_else(|| say!(l, "queue-taken-nobody"), |officer| caller.name_of(officer));
            (name, f64::from(*count))
        })
        .collect();
    html! {
        (wide_cards(html! {
            (panel(bars(&about(l, say!(l, "workload-urgency"), say!(l, "queue-urgency")), &urgencies)))
            (panel(columns(&about(l, say!(l, "workload-age"), say!(l, "workload-days")), &age_names(l), &[ages])))
            (panel(groups(&about(l, say!(l, "workload-service"), say!(l, "queue-service")), &services, &[late, other])))
            (panel(bars(&about(l, say!(l, "workload-officer"), say!(l, "queue-taken")), &officers)))
        }))
    }
}

fn about(language: Language, title: String, across: String) -> About {
    About { language, title, description: String::new(), unit: say!(language, "workload-cases"), across }
}

/// `0–2`, `3–7` … `over 90`.
fn age_names(l: Language) -> Vec<String> {
    let mut from = 0;
    let mut names: Vec<String> = AGES
        .iter()
        .map(|end| {
            let name = format!("{from}–{end}");
            from = end + 1;
            name
        })
        .collect();
    names.push(say!(l, "workload-over", days = AGES.last().copied().unwrap_or_default()));
    names
}

fn service_name(caller: &Caller, key: &Key) -> String {
    let service = caller.portal.park.profile.service(key);
    service.map_or_else(|| key.to_string(), |service| service.name.get(caller.language).to_owned())
}
