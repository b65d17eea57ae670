//! Figures for whoever watches over the machine, in Prometheus' text format. Nothing in them is about a person: labels
//! are gates, outcomes, routes, states.

use axum::http::{Method, StatusCode};
use base::{Key, Outcome};
use park::Park;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Upper bounds in seconds: fine about the aim of 20 ms.
const LATENCY_SECONDS: [f64; 12] = [0.000_5, 0.001, 0.002, 0.003, 0.005, 0.007_5, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DecisionLabels {
    gate: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    /// As the route is declared, never as it was asked for: an address can name a person.
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct NameLabels {
    name: String,
}

/// Counted since the start of the process.
pub(crate) struct Metrics {
    registry: Registry,
    decisions: Family<DecisionLabels, Counter>,
    latency: Histogram,
    requests: Family<RequestLabels, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("hetao");
        let decisions = Family::default();
        let latency = Histogram::new(LATENCY_SECONDS);
        let requests = Family::default();
        registry.register("gate_decisions", "Presentations decided, by gate and outcome", decisions.clone());
        registry.register(
            "gate_decision_seconds",
            "From a presentation's arrival to its durable decision",
            latency.clone(),
        );
        registry.register("http_requests", "Requests answered, by route and status", requests.clone());
        Self { registry, decisions, latency, requests }
    }
}

impl Metrics {
    /// A presentation was decided.
    pub fn decided(&self, gate: &Key, outcome: Outcome, took: Duration) {
        let outcome = match outcome {
            Outcome::Permitted => "pass",
            Outcome::Referred => "refer",
            Outcome::Refused => "refuse",
        };
        self.decisions.get_or_create(&DecisionLabels { gate: gate.to_string(), outcome }).inc();
        self.latency.observe(took.as_secs_f64());
    }

    /// A request was answered; `route` as it was declared.
    pub fn answered(&self, method: &Method, route: &str, status: StatusCode) {
        let labels = RequestLabels { method: method.to_string(), route: route.to_owned(), status: status.as_u16() };
        self.requests.get_or_create(&labels).inc();
    }

    /// Everything, with what the park shows at this moment.
    pub fn text(&self, park: &Park) -> String {
        let mut text = String::new();
        let now = now(park);
        // Writing to a string cannot fail. Each of the two ends with a line that says so; one is enough.
        let written = encode(&mut text, &self.registry);
        if let Some(whole) = text.strip_suffix("# EOF\n") {
            text.truncate(whole.len());
        }
        let written = written.and_then(|()| encode(&mut text, &now));
        debug_assert!(written.is_ok());
        text
    }
}

/// What is not counted but is: registered afresh for each reading.
fn now(park: &Park) -> Registry {
    let mut registry = Registry::with_prefix("hetao");
    let (zone, stats) = (park.zone(), park.desk.stats());
    let mut counter = |name: &str, help: &str, value: u64| registry.register(name, help, ConstCounter::new(value));
    counter("commands_accepted", "Submissions accepted", stats.accepted.load(Relaxed));
    counter("commands_refused", "Submissions refused", stats.refused.load(Relaxed));
    counter("commands_busy", "Submissions turned away because the queue was full", stats.busy.load(Relaxed));
    counter("commits", "Durable commits", stats.commits.load(Relaxed));
    let mut gauge = |name: &str, help: &str, value: i64| {
        let gauge: Gauge = Gauge::default();
        gauge.set(value);
        registry.register(name, help, gauge);
    };
    gauge("log_size", "Entries in the log", i64::try_from(park.desk.log().size()).unwrap_or(i64::MAX));
    gauge("queue_length", "Submissions that wait", i64::try_from(park.desk.queue_length()).unwrap_or(i64::MAX));
    gauge("open_passages", "People on the bridges", i64::try_from(zone.people.passages.len()).unwrap_or(i64::MAX));
    gauge(
        "referrals",
        "Travellers whom an officer has to see",
        i64::try_from(zone.people.referrals.len()).unwrap_or(i64::MAX),
    );
    let presence: Family<NameLabels, Gauge> = Family::default();
    let (north, south) = people::presence_counts(&zone.people);
    for (name, count) in [("north", north), ("south", south)] {
        presence.get_or_create(&NameLabels { name: name.to_owned() }).set(i64::from(count));
    }
    registry.register("presence", "People on each bank, as crossings tell", presence);
    let cases: Family<NameLabels, Gauge> = Family::default();
    for (name, count) in cases_by_state(&zone) {
        cases.get_or_create(&NameLabels { name: name.to_owned() }).set(count);
    }
    registry.register("cases", "Cases by state", cases);
    registry
}

fn cases_by_state(zone: &desk::Zone) -> [(&'static str, i64); 5] {
    let mut states = [("confirming", 0), ("deciding", 0), ("approved", 0), ("refused", 0), ("withdrawn", 0)];
    for (_, counts) in cases::case_counts(&zone.cases) {
        let of_service = [counts.confirming, counts.deciding, counts.approved, counts.refused, counts.withdrawn];
        for ((_, total), count) in states.iter_mut().zip(of_service) {
            *total += i64::from(count);
        }
    }
    states
}
