//! services/*.toml: one service a file.

use super::{form, name, places};
use crate::model::{
    About, Applicant, Consent, Decider, Effect, FieldKind, Form, LegPlan, PermitTemplate, REQUESTED_DAY, Service,
};
use crate::reader::{Noun, Table};
use base::Key;

const APPLICANTS: [(&str, Applicant); 3] =
    [("clerk", Applicant::Clerk), ("person", Applicant::Person), ("officer", Applicant::Officer)];
const ABOUT: [(&str, About); 2] = [("person", About::Person), ("permit", About::Permit)];
const DECIDERS: [(&str, Decider); 2] = [("officer", Decider::Officer), ("rule", Decider::Rule)];

/// The word in `effect.kind`; the permit's template comes in a table of its own.
#[derive(Clone, Copy, PartialEq)]
enum EffectKind {
    Issue,
    Revoke,
    Erase,
}

const EFFECTS: [(&str, EffectKind); 3] =
    [("issue_permit", EffectKind::Issue), ("revoke_permit", EffectKind::Revoke), ("erase_person", EffectKind::Erase)];

pub(super) fn service(file: &Table<'_>, key: Option<Key>) -> Option<Service> {
    let version = file.whole("version", 1..=1_000_000);
    let (name, summary, guidance) = (name(file), file.localised("summary"), file.localised("guidance"));
    let (section, illustrative) = (file.section("section"), file.flag("illustrative"));
    let (applicant, about) = (file.word("applicant", &APPLICANTS), file.word("about", &ABOUT));
    let confirmed_by_subject = file.flag("confirmed_by_subject");
    let consents = file.tables("consent", consent);
    unique(file, "consent", consents.iter().map(|consent| &consent.key));
    let form = file.table("form", form::form);
    let legs = file.tables("leg", leg);
    unique(file, "leg", legs.iter().map(|leg| &leg.key));
    if !file.has("leg") {
        file.fault_at("leg", "nobody decides", "add at least one [[leg]]");
    }
    let effect = file.table("effect", |table| effect(table, about));
    if let (Some(form), Some(effect)) = (&form, &effect) {
        requested_day(file, form, effect);
    }
    let warn_at_percent = file.wholes::<u8>("warn_at_percent", 1..=99).and_then(|percents| match percents.as_slice() {
        [first, second] if first < second => Some([*first, *second]),
        _ => {
            file.fault_at("warn_at_percent", "are not two ascending percentages", "write [50, 75]");
            None
        }
    });
    Some(Service {
        key: key?,
        version: version?,
        name: name?,
        summary: summary?,
        guidance: guidance?,
        section: section?,
        illustrative: illustrative?,
        applicant: applicant?,
        about: about?,
        confirmed_by_subject: confirmed_by_subject?,
        consents,
        form: form?,
        legs,
        effect: effect?,
        warn_at_percent: warn_at_percent?,
    })
}

fn unique<'a>(file: &Table<'_>, name: &str, keys: impl Iterator<Item = &'a Key>) {
    let mut seen = std::collections::BTreeSet::new();
    for key in keys.filter(|key| !seen.insert(*key)) {
        file.fault_at(name, format!("two of [[{name}]] have the key `{key}`"), "rename one");
    }
}

fn consent(table: &Table<'_>) -> Option<Consent> {
    let (key, version) = (table.key("key"), table.whole("version", 1..=1_000_000));
    let authority = table.mentions("authority", Noun::Office);
    let (purpose, text) = (table.localised("purpose"), table.localised("text"));
    Some(Consent { key: key?, version: version?, authority: authority?, purpose: purpose?, text: text? })
}

fn leg(table: &Table<'_>) -> Option<LegPlan> {
    let (key, office, name) = (table.key("key"), table.mentions("office", Noun::Office), name(table));
    let (working_days, by) = (table.whole("working_days", 0..=250), table.word("by", &DECIDERS));
    Some(LegPlan { key: key?, office: office?, name: name?, working_days: working_days?, by: by? })
}

fn effect(table: &Table<'_>, about: Option<About>) -> Option<Effect> {
    let kind = table.word("kind", &EFFECTS);
    let permit = table.maybe("permit", || table.table("permit", permit_template));
    let kind = kind?;
    let fits = match kind {
        EffectKind::Issue | EffectKind::Erase => About::Person,
        EffectKind::Revoke => About::Permit,
    };
    if about.is_some_and(|about| about != fits) {
        table.fault_at("kind", "the effect does not fit what the service is about", "change `about` or `effect.kind`");
    }
    match (kind, permit?) {
        (EffectKind::Issue, Some(template)) => Some(Effect::IssuePermit(template)),
        (EffectKind::Revoke, None) => Some(Effect::RevokePermit),
        (EffectKind::Erase, None) => Some(Effect::ErasePerson),
        (EffectKind::Issue, None) => {
            table.fault_at("kind", "what is issued is not described", "add [effect.permit]");
            None
        }
        (EffectKind::Revoke | EffectKind::Erase, Some(_)) => {
            table.fault_at("permit", "nothing is issued by this effect", "remove [effect.permit]");
            None
        }
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

/// A permit that is valid on the day asked for needs a form that asks for it.
fn requested_day(file: &Table<'_>, form: &Form, effect: &Effect) {
    let Effect::IssuePermit(PermitTemplate { days_from_request: true, .. }) = effect else { return };
    let asked = form.field(REQUESTED_DAY).is_some_and(|field| field.required && matches!(field.kind, FieldKind::Date));
    if !asked {
        let remedy = format!("add a required field `{REQUESTED_DAY}` of kind date, or drop `days_from_request`");
        file.fault_at("form", "the form does not ask for the day of the permit", remedy);
    }
}
