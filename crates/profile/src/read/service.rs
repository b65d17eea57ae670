//! services/*.toml: one service a file.

use super::field::Known;
use super::{calculation, changes, effect, form, legs, name};
use crate::model::{About, Applicant, Consent, Currency, DocumentAsked, Fee, FileFormat, Form, Group, Layout, Service};
use crate::reader::{Noun, Table};
use base::{Key, Localised};

const APPLICANTS: [(&str, Applicant); 3] =
    [("clerk", Applicant::Clerk), ("person", Applicant::Person), ("officer", Applicant::Officer)];
const ABOUT: [(&str, About); 4] = [
    ("person", About::Person),
    ("permit", About::Permit),
    ("organisation", About::Organisation),
    ("case", About::Case),
];
/// What the object store takes sealed, and a phone sends in a while.
const MEGABYTES_MAX: i64 = 8;
const MEGABYTES_DEFAULT: u32 = 4;
const FILES_MAX: i64 = 10;
/// In minor units.
const FEE_MAX: i64 = 10_000_000_000;

pub(super) fn service(file: &Table<'_>, key: Option<Key>, known: &Known<'_>) -> Option<Service> {
    let version = file.whole("version", 1..=1_000_000);
    let (name, summary, guidance) = (name(file), file.localised("summary"), file.localised("guidance"));
    let (section, illustrative) = (file.section("section"), file.flag("illustrative"));
    let (applicants, about) = (file.words("applicants", &APPLICANTS), file.word("about", &ABOUT));
    let group = file.word("group", &Group::ALL.map(|group| (group.as_str(), group)));
    let confirmed_by_subject = file.flag("confirmed_by_subject");
    let kiosk = file.flag("kiosk");
    who_applies(file, about, applicants.as_deref(), confirmed_by_subject);
    let (fees, documents) = (file.tables("fee", fee), file.tables("document", document));
    unique(file, "document", documents.iter().map(|document| &document.key));
    who_hands_in(file, about, applicants.as_deref(), &documents);
    let eligibility = file.tables("eligibility", eligibility);
    let consents = file.tables("consent", consent);
    unique(file, "consent", consents.iter().map(|consent| &consent.key));
    let (asks_again, changes) = (file.flag("asks_again"), changes::changes(file, about));
    let known = &Known { documents: &documents, ..*known };
    let form = form_of(file, about, asks_again, known);
    let calculation = file.maybe("calculation", || {
        file.table("calculation", |table| calculation::calculation(table, form.as_ref(), known))
    });
    // What changes a case may leave deciding to those who decided the first.
    let legs = if about == Some(About::Case) && !file.has("leg") {
        Some(Vec::new())
    } else {
        legs::legs(file, form.as_ref(), &fees)
    };
    let outcome = legs::outcome(file, legs.as_deref(), form.as_ref());
    let effect = file.table("effect", |table| effect::effect(table, about, form.as_ref()));
    if let Some(form) = form.as_ref().filter(|form| form.team_most.is_some()) {
        team(file, form, about, applicants.as_deref(), &documents);
    }
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
        calculation: calculation?,
        legs: legs?,
        outcome: outcome?,
        effect: effect?,
        changes: changes?,
        asks_again: asks_again?,
        warn_at_percent: warn_at_percent?,
        kiosk: kiosk?,
    })
}

/// A form of its own, or none where the first case's is asked again.
fn form_of(file: &Table<'_>, about: Option<About>, asks_again: Option<bool>, known: &Known<'_>) -> Option<Form> {
    if asks_again != Some(true) {
        return file.table("form", |table| form::form(table, known));
    }
    if file.has("form") {
        file.fault_at("form", "the first case's form is asked again", "remove [form], or `asks_again`");
    }
    if about.is_some_and(|about| about != About::Case) {
        file.fault_at("asks_again", "there is no first case whose form could be asked", "remove `asks_again`");
    }
    form::nothing()
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

/// A file is sealed under the key of whoever hands it in with a draft. It becomes that of whom the case is about where a
/// clerk applies for one person; officers have no drafts, and what changes a case is not written in one.
fn who_hands_in(file: &Table<'_>, about: Option<About>, applicants: Option<&[Applicant]>, documents: &[DocumentAsked]) {
    let by_officer = applicants.is_some_and(|applicants| applicants.contains(&Applicant::Officer));
    let about_others = match about {
        Some(About::Person) => by_officer,
        Some(About::Permit | About::Case) => true,
        Some(About::Organisation) | None => false,
    };
    if about_others && documents.iter().any(|document| document.uploaded) {
        let remedy = "drop `formats`: the document is only to be had at hand";
        file.fault_at("document", "nobody hands in files for somebody else", remedy);
    }
}

/// A team is people whom a clerk applies for, each with a case of their own; no file says whose it is.
fn team(
    file: &Table<'_>,
    form: &Form,
    about: Option<About>,
    applicants: Option<&[Applicant]>,
    documents: &[DocumentAsked],
) {
    let by_clerk = applicants.is_some_and(|applicants| applicants.contains(&Applicant::Clerk));
    if about != Some(About::Person) || !by_clerk || form.layout != Layout::One {
        let remedy = "drop `team_most`: a clerk applies for people, on one page";
        file.fault_at("form", "nobody applies for a team here", remedy);
    }
    if documents.iter().any(|document| document.uploaded) {
        let remedy = "drop `formats`, or `team_most`: who hands files in is applied for alone";
        file.fault_at("document", "nobody hands in files for a team", remedy);
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
    let formats =
        table.maybe("formats", || table.words("formats", &FileFormat::ALL.map(|format| (format.as_str(), format))));
    let megabytes = table.maybe("megabytes_max", || table.whole::<u32>("megabytes_max", 1..=MEGABYTES_MAX));
    let files_max = table.maybe("files_max", || table.whole::<u8>("files_max", 1..=FILES_MAX));
    let (formats, megabytes, files_max) = (formats?, megabytes?, files_max?);
    if formats.is_none() && (megabytes.is_some() || files_max.is_some()) {
        table.fault_at("key", "a document that is not handed in has no limits", "add `formats = [\"pdf\"]`");
    }
    Some(DocumentAsked {
        key: key?,
        name: name?,
        required: required?,
        uploaded: formats.is_some(),
        formats: formats.unwrap_or_default(),
        bytes_max: megabytes.unwrap_or(MEGABYTES_DEFAULT).saturating_mul(1 << 20),
        files_max: files_max.unwrap_or(1),
    })
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
