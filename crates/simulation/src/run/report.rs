//! What a play came to. Plain figures, the same for the same plan; words and drawings are made elsewhere.

use super::checks::Check;
use super::plan::Plan;
use super::{Dates, Heard};
use crate::against::LoadFigures;
use crate::play::notes::{HalfDay, Notes, Waits};
use crate::stage::Stage;
use base::{Bank, Date, Instant, Key, Localised, PassageId};
use cases::StageCounts;
use desk::{Zone, digest};
use jiff::tz::TimeZone;
use permits::Status;
use profile::Profile;
use rulebook::Rulebook;
use serde::Serialize;
use std::collections::BTreeMap;

/// Waiting less than this is what the zone's lanes are reckoned for.
const SHORT_WAIT_MS: u32 = 30_000;
/// Unfinished passages listed one by one; all are counted.
const UNFINISHED_MAX: usize = 100;
/// What of a report there is where the place was a server.
const KNOWN_OF_A_SERVER: [&str; 6] = ["plan", "zone", "zone_name", "time_zone", "refusals", "load"];

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub plan: Plan,
    pub zone: Key,
    pub zone_name: Localised,
    /// IANA name of the clocks by which days and quarters are told.
    pub time_zone: String,
    pub days: Vec<Date>,
    pub organisations: u64,
    pub people: u64,
    pub cases: CaseFigures,
    pub permits: PermitFigures,
    pub crossings: CrossingFigures,
    /// The most frequent first.
    pub refusals: Vec<RefusalCount>,
    pub gates: Vec<GateReport>,
    /// By gate and time; quarters in which nobody came are left out.
    pub quarters: Vec<QuarterReport>,
    pub outage: Option<Outage>,
    pub presence: PresenceFigures,
    pub unfinished_total: u64,
    pub unfinished: Vec<Unfinished>,
    pub log: LogFigures,
    pub checks: Vec<Check>,
    /// Where the place was a server: then nothing but this and the refusals is known.
    pub load: Option<LoadFigures>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CaseFigures {
    pub confirming: u64,
    pub deciding: u64,
    pub approved: u64,
    pub refused: u64,
    pub withdrawn: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PermitFigures {
    pub issued: u64,
    pub valid: u64,
    pub suspended: u64,
    pub revoked: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CrossingFigures {
    pub passed: u64,
    pub referred: u64,
    pub refused: u64,
    pub completed: u64,
    pub turned_back: u64,
    /// Settled by an officer, because no door had noticed the arrival.
    pub resolved: u64,
    /// Referred travellers whom an officer let over.
    pub let_pass: u64,
    pub diverted: u64,
    /// Acts of officers, holders and gates that the desk refused.
    pub acts_refused: u64,
}

/// Travellers who were not let pass at once, by the rule that weighed most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalCount {
    pub policy: Key,
    pub reason: Localised,
    pub referred: bool,
    pub count: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GateReport {
    pub gate: Key,
    pub name: Localised,
    pub lanes: u16,
    pub seconds_per_person: u16,
    pub morning: PeakReport,
    pub evening: PeakReport,
    /// The half-day in which a gate was closed, which is left out of the other two.
    pub disturbed: PeakReport,
}

/// Waiting at one gate in one half of the days, over all days. Milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct PeakReport {
    pub people: u64,
    pub wait_p50_ms: u32,
    pub wait_p90_ms: u32,
    pub wait_p95_ms: u32,
    pub wait_p99_ms: u32,
    pub wait_max_ms: u32,
    /// The longest line that anybody found.
    pub queue_max: u32,
    /// Of one: how many waited less than thirty seconds.
    pub under_30_seconds: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterReport {
    pub gate: Key,
    pub from: Instant,
    pub arrivals: u32,
    pub queue_max: u32,
    pub wait_mean_ms: i64,
    /// In the half-day in which a gate was closed.
    pub disturbed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outage {
    pub gate: Key,
    pub from: Instant,
    pub until: Instant,
    /// Who went to the other bridge.
    pub diverted: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PresenceFigures {
    pub north: u64,
    pub south: u64,
    pub on_bridges: u64,
}

/// A passage that has not ended, or a traveller whom an officer still has to see, and the office that answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unfinished {
    pub passage: PassageId,
    pub office: Key,
    pub office_name: Localised,
    pub since: Instant,
    pub referred: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LogFigures {
    /// Entries in all, and those of this play.
    pub entries: u64,
    pub written: u64,
    /// SHA-256 of the zone that the log folds to, in base64url.
    pub zone_digest: String,
}

/// What a report is made of.
pub(crate) struct Material<'a> {
    pub plan: &'a Plan,
    pub dates: &'a Dates,
    pub notes: &'a Notes,
    pub outage: Option<Outage>,
    pub checks: Vec<Check>,
    pub size_before: u64,
}

impl Material<'_> {
    pub fn report<S: Stage>(self, stage: &S, heard: &Heard) -> Report {
        let zone = stage.zone();
        let profile = stage.profile();
        let unfinished = unfinished(stage, &zone);
        Report {
            plan: self.plan.clone(),
            zone: profile.key.clone(),
            zone_name: profile.name.clone(),
            time_zone: profile.bank(Bank::South).map(|bank| bank.time_zone.clone()).unwrap_or_default(),
            days: self.dates.crossings.clone(),
            organisations: zone.parties.organisations.len() as u64,
            people: zone.parties.persons.len() as u64,
            cases: case_figures(&zone),
            permits: permit_figures(&zone),
            crossings: self.crossings(),
            refusals: refusals(&self.notes.by_policy, heard.rulebook),
            gates: profile.gates.values().map(|gate| self.gate(gate)).collect(),
            quarters: self.quarters(),
            presence: PresenceFigures {
                north: u64::from(zone.people.on_north),
                south: u64::from(zone.people.on_south),
                on_bridges: zone.people.passages.len() as u64,
            },
            unfinished_total: unfinished.len() as u64,
            unfinished: unfinished.into_iter().take(UNFINISHED_MAX).collect(),
            log: LogFigures {
                entries: zone.size,
                written: zone.size.saturating_sub(self.size_before),
                zone_digest: digest(&zone).unwrap_or_default(),
            },
            outage: self.outage,
            checks: self.checks,
            load: None,
        }
    }

    fn crossings(&self) -> CrossingFigures {
        let notes = self.notes;
        CrossingFigures {
            passed: u64::from(notes.passed),
            referred: u64::from(notes.referred),
            refused: u64::from(notes.refused),
            completed: u64::from(notes.completed),
            turned_back: u64::from(notes.turned_back),
            resolved: u64::from(notes.resolved),
            let_pass: u64::from(notes.let_pass),
            diverted: u64::from(notes.diverted),
            acts_refused: u64::from(notes.acts_refused),
        }
    }

    fn gate(&self, gate: &profile::Gate) -> GateReport {
        let peak = |half| {
            let waits = self.notes.waits.get(&(gate.key.clone(), half));
            waits.map_or_else(PeakReport::default, PeakReport::of)
        };
        GateReport {
            gate: gate.key.clone(),
            name: gate.name.clone(),
            lanes: gate.lanes,
            seconds_per_person: gate.seconds_per_person,
            morning: peak(HalfDay::Morning),
            evening: peak(HalfDay::Evening),
            disturbed: peak(HalfDay::Disturbed),
        }
    }

    fn quarters(&self) -> Vec<QuarterReport> {
        let quarter = |((gate, from), note): (&(Key, Instant), &crate::play::notes::QuarterNote)| QuarterReport {
            gate: gate.clone(),
            from: *from,
            arrivals: note.arrivals,
            queue_max: note.queue_max,
            wait_mean_ms: note.waited_ms / i64::from(note.arrivals.max(1)),
            disturbed: note.disturbed,
        };
        self.notes.quarters.iter().map(quarter).collect()
    }
}

/// By the words of the rulebook, the most frequent first.
fn refusals(by_policy: &BTreeMap<Key, u32>, rulebook: &Rulebook) -> Vec<RefusalCount> {
    let counted = by_policy.iter().map(|(policy, count)| {
        let card = rulebook.explain(policy);
        RefusalCount {
            policy: policy.clone(),
            reason: card.map(|card| card.reason.clone()).unwrap_or_default(),
            referred: card.is_some_and(|card| card.outcome == base::Outcome::Referred),
            count: u64::from(*count),
        }
    });
    let mut counts: Vec<RefusalCount> = counted.collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.policy.cmp(&b.policy)));
    counts
}

impl PeakReport {
    fn of(waits: &Waits) -> Self {
        let mut sorted = waits.each_ms.clone();
        sorted.sort_unstable();
        // The smallest wait that so many in a thousand do not exceed.
        let at = |per_mille: usize| {
            let rank = (sorted.len() * per_mille).div_ceil(1_000).saturating_sub(1);
            sorted.get(rank).copied().unwrap_or(0)
        };
        let short = sorted.partition_point(|wait| *wait < SHORT_WAIT_MS);
        Self {
            people: sorted.len() as u64,
            wait_p50_ms: at(500),
            wait_p90_ms: at(900),
            wait_p95_ms: at(950),
            wait_p99_ms: at(990),
            wait_max_ms: sorted.last().copied().unwrap_or(0),
            queue_max: waits.queue_max,
            under_30_seconds: short as f64 / sorted.len().max(1) as f64,
        }
    }
}

impl Report {
    /// What is known of a server that was played against.
    pub(crate) fn of_load(
        plan: &Plan,
        profile: &Profile,
        rulebook: &Rulebook,
        load: LoadFigures,
        by_policy: &BTreeMap<Key, u32>,
    ) -> Self {
        Self {
            plan: plan.clone(),
            zone: profile.key.clone(),
            zone_name: profile.name.clone(),
            time_zone: profile.bank(Bank::South).map(|bank| bank.time_zone.clone()).unwrap_or_default(),
            refusals: refusals(by_policy, rulebook),
            load: Some(load),
            ..Self::default()
        }
    }

    /// Whether everything that was checked holds.
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.holds)
    }

    pub(crate) fn clocks(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    pub fn json(&self) -> serde_json::Value {
        // Nothing in a report fails to serialise: no map has keys that are not texts.
        let mut json = serde_json::to_value(self).unwrap_or_default();
        if let (Some(_), Some(fields)) = (&self.load, json.as_object_mut()) {
            // What a load cannot know is left out: a nought would be a figure.
            fields.retain(|name, _| KNOWN_OF_A_SERVER.contains(&name.as_str()));
        }
        json
    }
}

fn case_figures(zone: &Zone) -> CaseFigures {
    let mut figures = CaseFigures::default();
    for (_, StageCounts { confirming, deciding, approved, refused, withdrawn }) in cases::case_counts(&zone.cases) {
        figures.confirming += u64::from(*confirming);
        figures.deciding += u64::from(*deciding);
        figures.approved += u64::from(*approved);
        figures.refused += u64::from(*refused);
        figures.withdrawn += u64::from(*withdrawn);
    }
    figures
}

fn permit_figures(zone: &Zone) -> PermitFigures {
    let mut figures = PermitFigures::default();
    for (_, status) in permits::statuses(&zone.permits) {
        figures.issued += 1;
        match status {
            Status::Valid => figures.valid += 1,
            Status::Suspended => figures.suspended += 1,
            Status::Revoked => figures.revoked += 1,
        }
    }
    figures
}

fn unfinished<S: Stage>(stage: &S, zone: &Zone) -> Vec<Unfinished> {
    let name = |office: &Key| stage.profile().office(office).map(|office| office.name.clone()).unwrap_or_default();
    let item = |passage: &PassageId, office: &Key, since: Instant, referred: bool| Unfinished {
        passage: *passage,
        office: office.clone(),
        office_name: name(office),
        since,
        referred,
    };
    let passages = zone.people.passages.iter().map(|(id, open)| item(id, &open.office, open.began_at, false));
    let referrals = zone.people.referrals.iter().map(|(id, open)| item(id, &open.office, open.at, true));
    let mut items: Vec<Unfinished> = passages.chain(referrals).collect();
    items.sort_by_key(|item| item.passage);
    items
}
