//! The facts that the rulebook would decide on, as it would be asked now: so that an officer sees what a rule sees, and a
//! wrong fact is noticed before it counts.

use super::case::View;
use crate::WORDS;
use base::{Language, Question, Value};
use cases::Leg;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, details};
use frame::say;

pub(super) fn show(view: &View, leg: &Leg, action: &'static str) -> Markup {
    let l = view.visit.language;
    let (portal, actor) = (&view.caller.portal, &view.caller.actor);
    let resource = cases::entity(&view.zone.cases, view.id, view.case, Some(leg));
    let question = Question::new(action, portal.principal(view.zone, actor), resource);
    let columns = [
        Column::text(say!(l, "facts-about")),
        Column::text(say!(l, "facts-fact")),
        Column::text(say!(l, "facts-value")),
    ];
    let parts = [
        (say!(l, "facts-officer"), &question.principal.facts),
        (say!(l, "facts-case"), &question.resource.facts),
        (say!(l, "facts-circumstances"), &question.context),
    ];
    let rows = parts.iter().flat_map(|(about, facts)| {
        facts
            .iter()
            // Who of the other bank's officers decided before is that bank's to know.
            .filter(|(name, value)| name != "decided_before" && !is_blank(value))
            .map(move |(name, value)| [html! { (about) }, html! { (label(l, name)) }, html! { (shown(l, value)) }])
    });
    let rows: Vec<_> = rows.collect();
    details(
        say!(l, "facts-title"),
        html! {
            p { (say!(l, "facts-lead")) " " code { (action) } }
            (Table::new(say!(l, "facts-title"), columns).hide_caption().rows(rows))
        },
    )
}

/// A fact that is not there says nothing.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty() || text == "none",
        Value::Texts(texts) => texts.is_empty(),
        Value::Bool(_) | Value::Long(_) => false,
    }
}

/// In the reader's words where there are some; a rule maker's new fact by its own name until then.
fn label(l: Language, name: &str) -> String {
    let key = format!("fact-{}", name.replace('_', "-"));
    WORDS.find(l, &key, &[]).unwrap_or_else(|| name.to_owned())
}

fn shown(l: Language, value: &Value) -> String {
    match value {
        Value::Bool(true) => say!(l, "form-yes"),
        Value::Bool(false) => say!(l, "form-no"),
        Value::Long(number) => frame::format::number(*number),
        Value::Text(text) => text.to_string(),
        Value::Texts(texts) => texts.join(", "),
    }
}
