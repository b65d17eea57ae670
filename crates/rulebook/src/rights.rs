//! Who may do what, as a table that people can read: every action asked for a representative of every capacity, once
//! about what is their own and once about what is not.
//!
//! The table is a reading aid and a tripwire: it is checked in, and a test holds it against the policies.

use crate::{PolicyCard, Rulebook};
use base::{Entity, Outcome, Question, Rules, Value};
use smol_str::SmolStr;
use std::fmt::Write;

/// A capacity, and the facts in which its representative differs from nobody.
struct Column {
    heading: &'static str,
    role: &'static str,
    duty: &'static str,
}

const COLUMNS: [Column; 13] = [
    column("anonymous", "anonymous", "none"),
    column("person", "person", "none"),
    column("clerk", "clerk", "none"),
    column("delegate", "delegate", "none"),
    column("immigration", "officer", "immigration"),
    column("supervision", "officer", "supervision"),
    column("operations", "officer", "operations"),
    column("audit", "officer", "audit"),
    column("data", "officer", "data"),
    column("science", "officer", "science"),
    column("gate", "gate", "none"),
    column("operator", "operator", "none"),
    column("system", "system", "none"),
];

const fn column(heading: &'static str, role: &'static str, duty: &'static str) -> Column {
    Column { heading, role, duty }
}

/// Whose affair is asked about, seen from the asker.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// Of the same organisation, office, bank or gate; for a person, the person.
    Own,
    /// The asker in person, and nothing else in common.
    Self_,
    Others,
}

/// The table in Markdown, with the rules that nobody can step over below it.
pub fn rights_table(rulebook: &Rulebook) -> String {
    let mut text = String::from(HEAD);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\n| action | about |{}", COLUMNS.map(|c| format!(" {} |", c.heading)).concat());
    let _ = writeln!(text, "|---|---|{}", "---|".repeat(COLUMNS.len()));
    let mut actions: Vec<(&str, &str)> = rulebook.asking.actions().collect();
    actions.sort_by_key(|(action, kind)| (*kind, *action));
    for (action, kind) in actions {
        let cells = COLUMNS.map(|column| format!(" {} |", cell(rulebook, action, kind, &column)));
        let _ = writeln!(text, "| {action} | {kind} |{}", cells.concat());
    }
    text.push_str(LIMITS);
    let mut limits: Vec<&PolicyCard> = rulebook.policies().filter(|card| card.outcome != Outcome::Permitted).collect();
    limits.sort_by_key(|card| (&card.file, card.line));
    for card in limits {
        let outcome = if card.outcome == Outcome::Referred { "refer" } else { "refuse" };
        let (actions, reason) = (card.actions.join(", "), &card.reason_for_public().en);
        let _ = writeln!(text, "| {} | {outcome} | {actions} | {reason} | {} |", card.id, card.section);
    }
    text
}

const HEAD: &str = "\
# Who may do what

Generated from the policies beside this file, by asking them: do not edit. A changed right shows as a changed line
(`UPDATE_RIGHTS=1 cargo test -p rulebook` writes it anew).

- **yes**: about anybody and anything of the kind.
- **own**: only about themselves, their own organisation, office, bank or gate; or, for the operator and the
  anonymous, only with an approved case or an invitation behind it.
- Columns from *immigration* to *science* are officers, by the duty of their office; *science* stands for every duty
  that no policy names.
";

const LIMITS: &str = "
## What stands above every right

| rule | outcome | actions | reason | section |
|---|---|---|---|---|
";

fn cell(rulebook: &Rulebook, action: &str, kind: &str, column: &Column) -> &'static str {
    let may = |whose| rulebook.ask(&question(action, kind, column, whose)).outcome == Outcome::Permitted;
    match (may(Whose::Own) || may(Whose::Self_), may(Whose::Others)) {
        (true, true) => "yes",
        (true, false) => "own",
        (false, false) => "–",
        // Would be a rule against one's own; the table says so rather than hide it.
        (false, true) => "others",
    }
}

/// The most favourable question there is about one's own, oneself, or somebody else's. It carries the facts of every
/// kind of resource and context: policies read those that they know.
fn question(action: &str, kind: &str, column: &Column, whose: Whose) -> Question {
    let own = whose == Whose::Own;
    let or = |mine: &'static str, theirs: &'static str| if own { mine } else { theirs };
    let officer = column.role == "officer";
    let delegate = column.role == "delegate";
    let person = match whose {
        Whose::Own if column.role == "person" => "P-1",
        Whose::Own | Whose::Others => "P-9",
        Whose::Self_ => "P-1",
    };
    let principal = Entity::new("Actor", column.heading)
        .with("role", column.role)
        .with("person", if ["person", "clerk", "delegate", "officer"].contains(&column.role) { "P-1" } else { "" })
        .with("organisation", if ["clerk", "delegate"].contains(&column.role) { "O-1" } else { "" })
        .with("employer", if column.role == "clerk" || column.role == "person" { "O-1" } else { "" })
        .with("office", if officer { "south-office" } else { "" })
        .with("bank", if officer { "south" } else { "none" })
        .with("duty", column.duty)
        .with("head", false)
        .with("gate", if column.role == "gate" { "west-south" } else { "" });
    let principal = with_delegation(principal, column);
    let bank = or("south", "north");
    let resource = Entity { kind: SmolStr::new(kind), id: SmolStr::new_static("asked"), facts: Vec::new() }
        .with("organisation", or("O-1", "O-8"))
        .with("person", person)
        .with("host", or("O-1", "O-8"))
        .with("erased", false)
        .with("service", "visitor-pass")
        .with("of_organisation", own)
        // A delegate's own roster or token is one of the delegation; an application of a delegation is nobody else's.
        .with(
            "delegation",
            if ["Roster", "Token"].contains(&kind) && whose != Whose::Others && delegate { "M-1" } else { "" },
        )
        .with("roster", "R-1")
        .with("delegate", person)
        .with("subject", person)
        .with("applicant", person)
        .with("stage", "deciding")
        .with("leg_office", or("south-office", "north-office"))
        .with("leg_bank", bank)
        .with("changes_as", "")
        .with("decided_before", Value::Texts(Vec::new()))
        .with("kind", "commuter")
        .with("holder", person)
        .with("status", "valid")
        .with("gate", or("west-south", "west-north"))
        .with("bridge", "west")
        .with("bank", bank)
        .with("token", "K-1")
        .with("bearer_role", if delegate || column.role == "clerk" { "delegate" } else { "gate" })
        .with("offices", Value::Texts(vec![SmolStr::new(or("south-office", "north-office"))]));
    let resource = with_leg(resource, own);
    let question = Question { action: SmolStr::new(action), principal, resource, context: Vec::new() };
    with_passable_crossing(with_circumstances(question, column, own))
}

/// The widest delegation that there is, for whom it is a delegate's.
fn with_delegation(principal: Entity, column: &Column) -> Entity {
    let delegate = column.role == "delegate";
    let acts = ["apply", "answer", "withdraw", "see", "sign"].into_iter().filter(|_| delegate).map(SmolStr::new_static);
    principal
        .with("delegation", if delegate { "M-1" } else { "" })
        .with("delegation_standing", if delegate { "in-force" } else { "none" })
        .with("delegated_all", delegate)
        .with("delegated_services", Value::Texts(Vec::new()))
        .with("delegated_acts", Value::Texts(acts.collect()))
        .with("acts_for", Value::Texts(Vec::new()))
}

/// The context of every action, as favourable as it can be.
fn with_circumstances(question: Question, column: &Column, own: bool) -> Question {
    let or = |mine: &'static str, theirs: &'static str| if own { mine } else { theirs };
    let bank = or("south", "north");
    question
        .with("consents_given", true)
        .with("invited", own)
        .with("case_approved", own)
        .with("bank", bank)
        .with("case_closed_days", -1)
        .with("current", true)
        .with("applicant_role", if column.role == "delegate" { "clerk" } else { column.role })
        .with("same_organisation", own)
        .with("applications_left", -1)
        .with("organisation_bank", "south")
        .with("home_bank", "north")
        .with("employer_bank", "south")
        .with("grants_held", Value::Texts(Vec::new()))
        .with("leg_here", own)
        .with("service_says", true)
        .with("late", true)
        .with("away", false)
        .with("holder_away", false)
        .with("deputises", false)
        .with("own", own)
        .with("audience", "applicant")
        .with("text", "remark-applicant")
        .with("field", "purpose")
        .with("personal", true)
        .with("shared", "both")
        .with("office", or("south-office", "north-office"))
        .with("named", column.role == "officer")
        .with("of_organisation", ["clerk", "delegate"].contains(&column.role))
        .with("foreign", !own)
        .with("owner_bank", bank)
        .with("far_gate", or("west-south", "west-north"))
        .with("visits_last_30_days", 0)
        .with("host_in_good_standing", true)
        .with("document_confirmed", true)
        .with("watchlisted", false)
}

/// The facts of a leg that its office, its members and its signatories may act on.
fn with_leg(resource: Entity, own: bool) -> Entity {
    let or = |mine: &'static str, theirs: &'static str| if own { mine } else { theirs };
    resource
        .with("leg_kind", "decide")
        .with("leg_eyes", 2)
        .with("taken_by", or("P-1", "P-8"))
        .with("proposed_by", "P-8")
        .with("panel", Value::Texts(vec![SmolStr::new_static(or("south-office", "north-office"))]))
        .with("excluded", Value::Texts(Vec::new()))
        .with("signs", or("applicant", "subject"))
        .with("signatory", "")
        .with("office", or("south-office", "north-office"))
}

/// The facts of a crossing to which no rule objects.
fn with_passable_crossing(question: Question) -> Question {
    let texts = |texts: &[&str]| Value::Texts(texts.iter().map(|&text| SmolStr::new(text)).collect());
    question
        .with("now", 1)
        .with("direction", "northbound")
        .with("bridge", "west")
        .with("gate_open", true)
        .with("local_minute", 480)
        .with("weekday", 1)
        .with("verification", "verified")
        .with("form", "phone")
        .with("presentation_age_seconds", 1)
        .with("replayed", false)
        .with("pass_known", true)
        .with("pass_status", "valid")
        .with("pass_kind", "commuter")
        .with("pass_from", 0)
        .with("pass_until", 2)
        .with("pass_bridges", texts(&["west"]))
        .with("pass_directions", texts(&["northbound"]))
        .with("pass_minute_from", 0)
        .with("pass_minute_until", 1_440)
        .with("pass_weekdays", texts(&["1"]))
        .with("document_known", true)
        .with("document_expires", 2)
        .with("presence", "south")
        .with("watchlisted_north", false)
        .with("watchlisted_south", false)
        .with("holder_erased", false)
}
