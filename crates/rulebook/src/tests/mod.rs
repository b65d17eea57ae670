//! The park's own rules, asked as the rooms ask them. Each test module reads as the rules of one file.

mod answers;
mod cases;
mod clocks;
mod crossing;
mod delegations;
mod eligibility;
mod folder;
mod legs;
mod people;
mod permits;
mod record;

use crate::Rulebook;
use base::{Answer, Entity, Key, Outcome, Question, Rules, Value};
use std::path::PathBuf;
use std::sync::LazyLock;

pub(super) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao/rules")
}

pub(super) static RULES: LazyLock<Rulebook> = LazyLock::new(|| match Rulebook::load(&folder()) {
    Ok(rulebook) => rulebook,
    Err(faults) => panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
});

/// `permitted by a, b`, `refused by a`, `referred by a, b`, or `refused by default`. The question has to fit the schema.
pub(super) fn says(question: &Question) -> String {
    RULES.check(question).unwrap_or_else(|what| panic!("{} does not fit the schema: {what}", question.action));
    in_words(&RULES.ask(question))
}

pub(super) fn in_words(answer: &Answer) -> String {
    let outcome = match answer.outcome {
        Outcome::Permitted => "permitted",
        Outcome::Referred => "referred",
        Outcome::Refused => "refused",
    };
    let policies: Vec<&str> = answer.policies.iter().map(Key::as_str).collect();
    if policies.is_empty() { format!("{outcome} by default") } else { format!("{outcome} by {}", policies.join(", ")) }
}

pub(super) fn actor(role: &'static str) -> Entity {
    capacity(role, "", "", "", ("", "none", "none"), "")
}

fn capacity(
    role: &'static str,
    person: &str,
    organisation: &str,
    employer: &str,
    (office, bank, duty): (&str, &str, &str),
    gate: &str,
) -> Entity {
    Entity::new("Actor", role)
        .with("role", role)
        .with("person", person)
        .with("organisation", organisation)
        .with("employer", employer)
        .with("office", office)
        .with("bank", bank)
        .with("duty", duty)
        .with("head", false)
        .with("gate", gate)
        .with("delegation", "")
        .with("delegation_standing", "none")
        .with("delegated_all", false)
        .with("delegated_services", Value::Texts(Vec::new()))
        .with("delegated_acts", Value::Texts(Vec::new()))
        .with("acts_for", Value::Texts(Vec::new()))
}

/// Somebody for themselves, employed by O-1.
pub(super) fn person(id: &str) -> Entity {
    capacity("person", id, "", "O-1", ("", "none", "none"), "")
}

/// P-20 for an organisation, which employs them.
pub(super) fn clerk_of(organisation: &str) -> Entity {
    capacity("clerk", "P-20", organisation, organisation, ("", "none", "none"), "")
}

/// P-30 for an office, employed by nobody in the park.
pub(super) fn officer(office: &str, bank: &str, duty: &str) -> Entity {
    capacity("officer", "P-30", "", "", (office, bank, duty), "")
}

pub(super) fn gate(key: &str) -> Entity {
    capacity("gate", "", "", "", ("", "none", "none"), key)
}

/// R-1 of an organisation, uploaded under the delegation, where one is named.
pub(super) fn roster(organisation: &str, service: &str, delegation: &str) -> Entity {
    Entity::new("Roster", "R-1")
        .with("roster", "R-1")
        .with("organisation", organisation)
        .with("service", service)
        .with("delegation", delegation)
}

/// The same entity or question with one fact changed.
pub(super) fn but(mut entity: Entity, name: &str, value: impl Into<base::Value>) -> Entity {
    let slot = entity.facts.iter_mut().find(|(known, _)| known == name).expect("a fact that the entity has");
    slot.1 = value.into();
    entity
}

pub(super) fn with_fact(mut question: Question, name: &str, value: impl Into<base::Value>) -> Question {
    let slot = question.context.iter_mut().find(|(known, _)| known == name).expect("a fact that the question has");
    slot.1 = value.into();
    question
}

/// Asks one question for each row, and shows every row that is answered otherwise than it says.
#[track_caller]
pub(super) fn check_table(rows: &[(&str, Question, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(who, question, want)| (who, says(question), want))
        .filter(|(_, got, want)| got != *want)
        .map(|(who, got, want)| format!("{who}: {got}, not {want}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

pub(super) const DEFAULT: &str = "refused by default";
