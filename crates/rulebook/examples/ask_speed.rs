//! How long one `cross` question takes: `cargo run --release -p rulebook --example ask_speed`.
//!
//! Asks with the full set of facts, as a gate does, and prints microseconds for each answer.

use base::{Actor, Entity, Key, Question, Rules, Value};
use rulebook::Rulebook;
use std::path::Path;
use std::time::Instant;

const QUESTIONS: u32 = 20_000;
const ROUNDS: usize = 9;

fn main() -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao/rules");
    let rulebook = Rulebook::load(&folder)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let about = rulebook.policies().filter(|card| card.actions.iter().any(|action| action == "cross")).count();
    let admitted = crossing("valid");
    let refused = crossing("revoked");
    println!("{} policies, {about} about crossing, {} facts", rulebook.policies().count(), admitted.context.len());
    for (name, question) in [("admitted", &admitted), ("refused", &refused)] {
        let answer = rulebook.ask(question);
        let policies: Vec<&str> = answer.policies.iter().map(Key::as_str).collect();
        let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| microseconds(&rulebook, question)).collect();
        rounds.sort_by(f64::total_cmp);
        let (best, median) = (rounds.first().copied().unwrap_or(0.0), rounds.get(ROUNDS / 2).copied().unwrap_or(0.0));
        println!("{name}: {median:.1} µs (best {best:.1}), {:?} by {}", answer.outcome, policies.join(", "));
    }
    Ok(())
}

fn microseconds(rulebook: &Rulebook, question: &Question) -> f64 {
    let begun = Instant::now();
    for _ in 0..QUESTIONS {
        std::hint::black_box(rulebook.ask(std::hint::black_box(question)));
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(QUESTIONS)
}

fn crossing(pass_status: &str) -> Question {
    let gate = Actor::Gate { gate: Key::new("west-north").unwrap_or_default() };
    let principal = Entity::new("Actor", &gate)
        .with("role", gate.role())
        .with("person", "")
        .with("organisation", "")
        .with("employer", "")
        .with("office", "")
        .with("bank", "none")
        .with("duty", "none")
        .with("head", false)
        .with("gate", "west-north")
        .with("delegation", "")
        .with("delegation_standing", "none")
        .with("delegated_all", false)
        .with("delegated_services", Value::Texts(Vec::new()))
        .with("delegated_acts", Value::Texts(Vec::new()))
        .with("acts_for", Value::Texts(Vec::new()));
    let resource =
        Entity::new("Gate", "west-north").with("gate", "west-north").with("bridge", "west").with("bank", "north");
    let texts = |texts: &[&str]| Value::Texts(texts.iter().map(|&text| text.into()).collect());
    Question::new("cross", principal, resource)
        .with("now", 1_795_330_800_000)
        .with("direction", "southbound")
        .with("bridge", "west")
        .with("gate_open", true)
        .with("local_minute", 480)
        .with("weekday", 1)
        .with("verification", "verified")
        .with("pass_known", true)
        .with("pass_status", pass_status)
        .with("pass_kind", "commuter")
        .with("pass_from", 1_793_462_400_000)
        .with("pass_until", 1_824_998_400_000)
        .with("pass_bridges", texts(&["west", "east"]))
        .with("pass_directions", texts(&["northbound", "southbound"]))
        .with("pass_minute_from", 360)
        .with("pass_minute_until", 1_380)
        .with("pass_weekdays", texts(&["1", "2", "3", "4", "5", "6"]))
        .with("document_known", true)
        .with("document_expires", 1_900_000_000_000)
        .with("replayed", false)
        .with("presentation_age_seconds", 4)
        .with("form", "phone")
        .with("presence", "north")
        .with("watchlisted_north", false)
        .with("watchlisted_south", false)
        .with("holder_erased", false)
}
