//! services/*.toml: one service a file.

use super::{effect, form, legs, name};
use crate::model::{About, Applicant, Consent, Currency, DocumentAsked, Fee, Group, Service};
use crate::reader::{Noun, Table};
use base::{Key, Localised};

const APPLICANTS: [(&str, Applicant); 3] =
    [("clerk", Applicant::Clerk), ("person", Applicant::Person), ("officer", Applicant::Officer)];
const ABOUT: [(&str, About); 3] =
    [("person", About::Person), ("permit", About::Permit), ("organisation", About::Organisation)];
/// In minor units.
const FEE_MAX: i64 = 10_000_000_000;

pub(super) fn service(file: &Table<'_>, key: Option<Key>) -> Option<Service> {
    let version = file.whole("version", 1..=1_000_000);
    let (name, summary, guidance) = (name(file), file.localised("summary"), file.localised("guidance"));
    let (section, illustrative) = (file.section("section"), file.flag("illustrative"));
    let (applicants, about) = (file.words("applicants", &APPLICANTS), file.word("about", &ABOUT));
    let group = file.word("group", &Group::ALL.map(|group| (group.as_str(), group)));
    let confirmed_by_subject = file.flag("confirmed_by_subject");
    who_applies(file, about, applicants.as_deref(), confirmed_by_subject);
    let (fees, documents) = (file.tables("fee", fee), file.tables("document", document));
    unique(file, "document", documents.iter().map(|document| &document.key));
    let eligibility = file.tables("eligibility", eligibility);
    let consents = file.tables("consent", consent);
    unique(file, "consent", consents.iter().map(|consent| &consent.key));
    let form = file.table("form", form::form);
    let legs = legs::legs(file, form.as_ref(), &fees);
    let outcome = legs::outcome(file, legs.as_deref(), form.as_ref());
    let effect = file.table("effect", |table| effect::effect(table, about, form.as_ref()));
    if let (Some(form), Some(effect)) = (&form, &effect) {
        effect::requested_day(file, form, effect);
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
        applicants: applicants?,
        about: about?,
        group: group?,
        fees,
        documents,
        eligibility,
        confirmed_by_subject: confirmed_by_subject?,
        consents,
        form: form?,
        legs: legs?,
        outcome: outcome?,
        effect: effect?,
        warn_at_percent: warn_at_percent?,
    })
}

/// Whoever applies has to be somebody who can: an organisation has clerks, and only a person confirms.
fn who_applies(file: &Table<'_>, about: Option<About>, applicants: Option<&[Applicant]>, confirmed: Option<bool>) {
    if about == Some(About::Organisation)
        && applicants.is_some_and(|applicants| applicants.iter().any(|applicant| *applicant != Applicant::Clerk))
    {
        file.fault_at("applicants", "only a clerk acts for an organisation", "write applicants = [\"clerk\"]");
    }
    if confirmed == Some(true) && about.is_some_and(|about| about != About::Person) {
        let what = "the service is about nobody who could confirm";
        file.fault_at("confirmed_by_subject", what, "write `confirmed_by_subject = false`, or about = \"person\"");
    }
}

pub(super) fn unique<'a>(file: &Table<'_>, name: &str, keys: impl Iterator<Item = &'a Key>) {
    let mut seen = std::collections::BTreeSet::new();
    for key in keys.filter(|key| !seen.insert(*key)) {
        file.fault_at(name, format!("two of [[{name}]] have the key `{key}`"), "rename one");
    }
}

fn fee(table: &Table<'_>) -> Option<Fee> {
    let (name, amount_minor) = (name(table), table.whole("amount_minor", 0..=FEE_MAX));
    let currency = table.word("currency", &Currency::ALL.map(|currency| (currency.code(), currency)));
    Some(Fee { name: name?, amount_minor: amount_minor?, currency: currency? })
}

fn document(table: &Table<'_>) -> Option<DocumentAsked> {
    let (key, name, required) = (table.key("key"), name(table), table.flag("required"));
    Some(DocumentAsked { key: key?, name: name?, required: required? })
}

fn eligibility(table: &Table<'_>) -> Option<Localised> {
    table.localised("text")
}

fn consent(table: &Table<'_>) -> Option<Consent> {
    let (key, version) = (table.key("key"), table.whole("version", 1..=1_000_000));
    let authority = table.mentions("authority", Noun::Office);
    let (purpose, text) = (table.localised("purpose"), table.localised("text"));
    Some(Consent { key: key?, version: version?, authority: authority?, purpose: purpose?, text: text? })
}
