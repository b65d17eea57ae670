//! The figures of the dashboard: folds over the published zone, worked out once for a few seconds.
//!
//! Counts and tallies are kept by the rooms; only what depends on today's date (how pressing a leg is) and on every
//! permit is gone through here, and that is why the result is kept.

use super::ages::{self, AgeBand};
use crate::Portal;
use base::{Bank, Instant, Key};
use cases::{StageCounts, Urgency};
use desk::Zone;
use people::Tally;
use permits::Status;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The same figures are good for this long.
const KEPT: i64 = 2 * Instant::SECOND;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figures {
    pub at: Instant,
    /// By gate: 24 tallies, one for each hour of the gate's local day.
    pub by_hour: BTreeMap<Key, Vec<HourTally>>,
    pub on_north: u32,
    pub on_south: u32,
    pub on_bridges: BTreeMap<Key, usize>,
    pub cases: BTreeMap<Key, StageCounts>,
    /// Applications that are not decided, by how old they are; up to half a minute older than the rest.
    pub ages: Vec<AgeBand>,
    #[serde(skip)]
    pub(super) ages_at: Instant,
    pub offices: BTreeMap<Key, Clocks>,
    pub passes: Passes,
    pub open_items: usize,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct HourTally {
    pub passed: u32,
    pub referred: u32,
    pub refused: u32,
}

/// Undecided legs of an office by how pressing they are.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Clocks {
    pub stopped: u32,
    pub in_time: u32,
    pub warned: u32,
    pub pressing: u32,
    pub breached: u32,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Passes {
    pub valid: u32,
    pub suspended: u32,
    pub revoked: u32,
    pub expired: u32,
}

/// The last figures, for those who ask again soon.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<Option<Arc<Figures>>>);

impl Kept {
    pub fn get(&self, portal: &Portal) -> Arc<Figures> {
        let now = portal.park.now();
        let Ok(mut kept) = self.0.lock() else { return Arc::new(work_out(portal, now, None)) };
        if let Some(figures) = &*kept
            && (0..KEPT).contains(&now.since(figures.at))
        {
            return Arc::clone(figures);
        }
        let figures = Arc::new(work_out(portal, now, kept.as_deref()));
        *kept = Some(Arc::clone(&figures));
        figures
    }
}

fn work_out(portal: &Portal, now: Instant, before: Option<&Figures>) -> Figures {
    let zone = portal.park.zone();
    let before = before.filter(|before| (0..ages::KEPT).contains(&now.since(before.ages_at)));
    let (ages, ages_at) =
        before.map_or_else(|| (ages::work_out(&zone, now), now), |before| (before.ages.clone(), before.ages_at));
    let profile = &portal.park.profile;
    let (on_north, on_south) = people::presence_counts(&zone.people);
    let bridges = profile.bridges.keys();
    Figures {
        at: now,
        ages,
        ages_at,
        by_hour: profile.gates.keys().map(|gate| (gate.clone(), hours(portal, &zone, gate, now))).collect(),
        on_north,
        on_south,
        on_bridges: bridges
            .map(|bridge| (bridge.clone(), people::people_on_bridge(&zone.people, profile, bridge)))
            .collect(),
        cases: cases::case_counts(&zone.cases).map(|(service, counts)| (service.clone(), *counts)).collect(),
        offices: profile.offices.keys().filter_map(|office| clocks(portal, &zone, office, now)).collect(),
        passes: passes(&zone, now),
        open_items: people::open_items(&zone.people, profile, now).len(),
    }
}

fn hours(portal: &Portal, zone: &Zone, gate: &Key, now: Instant) -> Vec<HourTally> {
    let profile = &portal.park.profile;
    let bank = profile.gates.get(gate).map_or(Bank::South, |gate| gate.bank);
    let midnight = profile.start_of_day(bank, profile.local_date(bank, now)).0.div_euclid(Instant::HOUR);
    let mut hours = vec![HourTally::default(); 24];
    for (hour, of, _, tally) in people::tallies_between(&zone.people, midnight, midnight + 24) {
        let Tally { passed, referred, refused } = tally;
        let place = usize::try_from(hour - midnight).ok().and_then(|hour| hours.get_mut(hour));
        if let Some(place) = place.filter(|_| of == gate) {
            *place = HourTally { passed, referred, refused };
        }
    }
    hours
}

/// `None` for an office that has nothing to decide.
fn clocks(portal: &Portal, zone: &Zone, office: &Key, now: Instant) -> Option<(Key, Clocks)> {
    let mut clocks = Clocks::default();
    let groups = cases::groups(&zone.cases, &portal.park.profile, office.as_str(), now);
    for group in &groups {
        let counter = match group.urgency {
            Urgency::Stopped => &mut clocks.stopped,
            Urgency::InTime => &mut clocks.in_time,
            Urgency::Warned => &mut clocks.warned,
            Urgency::Pressing => &mut clocks.pressing,
            Urgency::Breached => &mut clocks.breached,
        };
        *counter = counter.saturating_add(u32::try_from(group.cases.len()).unwrap_or(u32::MAX));
    }
    (!groups.is_empty()).then(|| (office.clone(), clocks))
}

fn passes(zone: &Zone, now: Instant) -> Passes {
    let mut passes = Passes::default();
    for permit in zone.permits.permits.values() {
        let counter = match permit.status {
            Status::Revoked => &mut passes.revoked,
            _ if permit.issue.valid_until <= now => &mut passes.expired,
            Status::Suspended => &mut passes.suspended,
            Status::Valid => &mut passes.valid,
        };
        *counter = counter.saturating_add(1);
    }
    passes
}
