//! personas.toml, organisations.toml, figures.toml.

use super::name;
use crate::model::{DelegationLimits, DemoOrganisation, FigureCard, Milestone, Persona, Role};
use crate::reader::{Noun, Table};

const ROLES: [(&str, Role); 5] = [
    ("person", Role::Person),
    ("clerk", Role::Clerk),
    ("officer", Role::Officer),
    ("auditor", Role::Auditor),
    ("steering", Role::Steering),
];

pub(super) fn persona(table: &Table<'_>) -> Option<Persona> {
    let (key, name, role) = (table.defines(Noun::Persona), name(table), table.word("role", &ROLES));
    let organisation = table.maybe("organisation", || table.mentions("organisation", Noun::Organisation));
    let office = table.maybe("office", || table.mentions("office", Noun::Office));
    let (bank, story, head) = (table.bank("bank"), table.localised("story"), table.flag("head"));
    match (role, &organisation, &office) {
        (Some(Role::Clerk), Some(None), _) => {
            table.fault_at("role", "a clerk acts for an organisation", "add `organisation = …`");
        }
        (Some(Role::Officer | Role::Auditor), _, Some(None)) => {
            table.fault_at("role", "an officer or auditor belongs to an office", "add `office = …`");
        }
        _ => {}
    }
    if head == Some(true) && role != Some(Role::Officer) {
        table.fault_at(
            "head",
            "only an officer is the head of an office",
            "write role = \"officer\", or remove `head`",
        );
    }
    Some(Persona {
        key: key?,
        name: name?,
        role: role?,
        organisation: organisation?,
        office: office?,
        head: head?,
        bank: bank?,
        story: story?,
    })
}

pub(super) fn organisation(table: &Table<'_>) -> Option<DemoOrganisation> {
    let (key, name, bank) = (table.defines(Noun::Organisation), name(table), table.bank("bank"));
    let (park, kind) = (table.mentions("park", Noun::Park), table.key("kind"));
    Some(DemoOrganisation { key: key?, name: name?, bank: bank?, park: park?, kind: kind? })
}

pub(super) fn figure(table: &Table<'_>) -> Option<FigureCard> {
    let (key, label, unit) = (table.defines(Noun::Figure), table.localised("label"), table.localised("unit"));
    let value = table.whole("value", i64::MIN..=i64::MAX);
    let part_of = table.maybe("part_of", || table.mentions("part_of", Noun::Figure));
    let (section, source) = (table.section("section"), table.optional_text("source"));
    let illustrative = table.flag("illustrative");
    Some(FigureCard {
        key: key?,
        label: label?,
        value: value?,
        unit: unit?,
        part_of: part_of?,
        section: section?,
        source: source?,
        illustrative: illustrative?,
    })
}

pub(super) fn milestone(table: &Table<'_>) -> Option<Milestone> {
    let (key, year) = (table.defines(Noun::Milestone), table.whole("year", 1900..=2200));
    let (text, section) = (table.localised("text"), table.section("section"));
    Some(Milestone { key: key?, year: year?, text: text?, section: section? })
}

pub(super) fn delegations(table: &Table<'_>) -> Option<DelegationLimits> {
    let (days_max, open_max) = (table.whole("days_max", 1..=3_650), table.whole("open_max", 1..=10_000));
    let (section, illustrative) = (table.section("section"), table.flag("illustrative"));
    Some(DelegationLimits { days_max: days_max?, open_max: open_max?, section: section?, illustrative: illustrative? })
}
