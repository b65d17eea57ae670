//! A service's [effect]: what follows from approval, and whether it fits what the service is about.

use super::{name, places};
use crate::model::{About, Effect, FieldKind, Form, GrantTemplate, PermitTemplate, REQUESTED_DAY};
use crate::reader::{Noun, Table};

/// The word in `effect.kind`; a template comes in a table of its own.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Issue,
    Grant,
    Answer,
    Revoke,
    Erase,
    Change,
}

const KINDS: [(&str, Kind); 6] = [
    ("issue_permit", Kind::Issue),
    ("grant", Kind::Grant),
    ("answer", Kind::Answer),
    ("revoke_permit", Kind::Revoke),
    ("erase_person", Kind::Erase),
    ("change", Kind::Change),
];

pub(super) fn effect(table: &Table<'_>, about: Option<About>, form: Option<&Form>) -> Option<Effect> {
    let kind = table.word("kind", &KINDS);
    let permit = table.maybe("permit", || table.table("permit", permit_template));
    let grant = table.maybe("grant", || table.table("grant", |grant| grant_template(grant, form)));
    let kind = kind?;
    if about.is_some_and(|about| !fits(kind, about)) {
        table.fault_at("kind", "the effect does not fit what the service is about", "change `about` or `effect.kind`");
    }
    let (permit, grant) = (permit?, grant?);
    for (name, unused) in
        [("permit", permit.is_some() && kind != Kind::Issue), ("grant", grant.is_some() && kind != Kind::Grant)]
    {
        if unused {
            table.fault_at(name, "this effect issues no such thing", format!("remove [effect.{name}]"));
        }
    }
    match (kind, permit, grant) {
        (Kind::Issue, Some(template), _) => Some(Effect::IssuePermit(template)),
        (Kind::Grant, _, Some(template)) => Some(Effect::Grant(template)),
        (Kind::Answer, ..) => Some(Effect::Answer),
        (Kind::Revoke, ..) => Some(Effect::RevokePermit),
        (Kind::Erase, ..) => Some(Effect::ErasePerson),
        (Kind::Change, ..) => Some(Effect::Change),
        (Kind::Issue, None, _) => {
            table.fault_at("kind", "what is issued is not described", "add [effect.permit]");
            None
        }
        (Kind::Grant, _, None) => {
            table.fault_at("kind", "what is granted is not described", "add [effect.grant]");
            None
        }
    }
}

fn fits(kind: Kind, about: About) -> bool {
    match kind {
        Kind::Issue | Kind::Erase => about == About::Person,
        Kind::Revoke => about == About::Permit,
        Kind::Grant => matches!(about, About::Person | About::Organisation),
        Kind::Change => about == About::Case,
        Kind::Answer => true,
    }
}

fn permit_template(table: &Table<'_>) -> Option<PermitTemplate> {
    let (kind, name, valid_days) = (table.key("kind"), name(table), table.whole("valid_days", 1..=3_660));
    let (bridges, directions) = (table.mentions_all("bridges", Noun::Bridge), table.directions("directions"));
    for (list, empty) in [
        ("bridges", bridges.as_ref().is_some_and(Vec::is_empty)),
        ("directions", directions.as_ref().is_some_and(Vec::is_empty)),
    ] {
        if empty {
            table.fault_at(list, format!("`{list}` is empty: the permit would allow nothing"), "name at least one");
        }
    }
    let (hours, days_from_request) = (places::hours(table), table.flag("days_from_request"));
    let hours = hours?;
    Some(PermitTemplate {
        kind: kind?,
        name: name?,
        valid_days: valid_days?,
        bridges: bridges?,
        directions: directions?,
        minute_from: hours.from_minute,
        minute_until: hours.until_minute,
        weekdays: hours.weekdays,
        days_from_request: days_from_request?,
    })
}

/// The balance is told in plain text, in a unit: it is drawn on later.
fn grant_template(table: &Table<'_>, form: Option<&Form>) -> Option<GrantTemplate> {
    let (kind, name, valid_days) = (table.key("kind"), name(table), table.whole("valid_days", 1..=36_600));
    let balance_field = table.maybe("balance_field", || table.key("balance_field"));
    if let (Some(Some(key)), Some(form)) = (&balance_field, form) {
        let at = |what: String, remedy: &str| table.fault_at("balance_field", what, remedy);
        match form.field(key.as_str()) {
            None => at(format!("the form has no field `{key}`"), "name a number or money field of this form"),
            Some(field) if field.personal => {
                at(format!("`{key}` is personal and stays sealed"), "name a field that is not personal");
            }
            Some(field) if !field.required => {
                at(format!("`{key}` may be left empty"), "add `required = true` to the field");
            }
            Some(field) => match &field.kind {
                FieldKind::Money(_) | FieldKind::Number { unit: Some(_) } => {}
                FieldKind::Number { unit: None } => {
                    at(format!("`{key}` has no unit to draw in"), "add `unit = { … }` to the field");
                }
                _ => at(format!("`{key}` is neither a number nor money"), "name a number or money field of this form"),
            },
        }
    }
    Some(GrantTemplate { kind: kind?, name: name?, valid_days: valid_days?, balance_field: balance_field? })
}

/// A permit that is valid on the day asked for needs a form that asks for it.
pub(super) fn requested_day(file: &Table<'_>, form: &Form, effect: &Effect) {
    let Effect::IssuePermit(PermitTemplate { days_from_request: true, .. }) = effect else { return };
    let asked = form.field(REQUESTED_DAY).is_some_and(|field| field.required && matches!(field.kind, FieldKind::Date));
    if !asked {
        let remedy = format!("add a required field `{REQUESTED_DAY}` of kind date, or drop `days_from_request`");
        file.fault_at("form", "the form does not ask for the day of the permit", remedy);
    }
}
