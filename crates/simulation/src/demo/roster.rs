//! A roster on its way: each clerk among the personas uploaded one this morning and has mended some of its faulty rows,
//! through the same doors as their pages. The rest waits for whoever signs in.

use super::history::Past;
use crate::cast::{Character, character};
use crate::error::SimulationError;
use crate::founding::Founded;
use crate::services::commuter_service;
use crate::stage::OpenPark;
use base::{Actor, Bank, Language, PersonId};
use park::MendedRow;
use rosters::Column;

const ROWS: u32 = 14;
/// Characters are numbered from here; each clerk's from the next hundred.
const NUMBERS: u32 = 15_000;
/// Below the header, counted from the first person: what the personnel office got wrong, and where.
const FAULTS: [(u32, Column, &str); 6] = [
    (2, Column::Email, "person synthetic.example"),
    (4, Column::DocumentExpires, "2024-06-30"),
    (6, Column::BirthDate, "04/03/1991"),
    (8, Column::DocumentNumber, "C0001500"),
    (10, Column::Mobile, "12345"),
    (12, Column::StaffNumber, "S-00001"),
];
/// So many of them, the first, have been mended.
const MENDED: usize = 2;
/// Of the two rows with this staff number the second is the faulty one.
const STAFF_NUMBER_TWICE: (u32, &str) = (0, "S-00001");

/// What a column's words are in a personnel office's language.
struct Office {
    language: Language,
    document_kind: &'static str,
    home: &'static str,
    nationality: &'static str,
}

const HONG_KONG: Office =
    Office {
        language: Language::ZhHant, document_kind: "往來港澳通行證", home: "深圳園區", nationality: "中國"
    };
const SHENZHEN: Office = Office {
    language: Language::ZhHans,
    document_kind: "港澳居民来往内地通行证",
    home: "香港园区",
    nationality: "中国",
};

/// After all the rest of the past: the park's own clock gives the time.
pub(super) fn upload(stage: &OpenPark, founded: &Founded, past: &Past) -> Result<(), SimulationError> {
    let profile = stage.park.profile.clone();
    let service = commuter_service(&profile)?;
    let clerks = profile.personas.iter().filter(|persona| persona.role == profile::Role::Clerk);
    for (index, persona) in (0_u32..).zip(clerks) {
        let Some(person) = founded.personas.get(&persona.key).copied() else { continue };
        let Some(actor) = clerk(stage, person) else { continue };
        let Actor::Clerk { organisation, .. } = actor else { continue };
        let people: Vec<Character> =
            (1..=ROWS).map(|row| character(NUMBERS + index * 100 + row, persona.bank.other(), past.expires)).collect();
        let file = csv(persona.bank, &people);
        let upload = stage.park.upload_roster(&actor, organisation, &service, file.as_bytes(), None);
        let report = stage.runtime.block_on(upload)?;
        let faulty = report.rows.faulty.iter().zip(FAULTS).take(MENDED);
        for (row, (at, column, _)) in faulty {
            let Some(right) = people.get(at as usize).map(|one| cell(persona.bank, one, column)) else { continue };
            let changes = [(column, right)];
            let mend = stage.park.mend_row(&actor, report.roster, row.line, &changes, None);
            if let MendedRow::StillFaulty(_) = stage.runtime.block_on(mend)? {
                tracing::warn!(line = row.line, "a row of the demonstration's roster could not be mended");
            }
        }
    }
    Ok(())
}

fn clerk(stage: &OpenPark, person: PersonId) -> Option<Actor> {
    let zone = stage.park.zone();
    let organisation = parties::person(&zone.parties, person)?.clerk_of?;
    Some(Actor::Clerk { person, organisation })
}

/// As a spreadsheet of the bank's offices saves it, in UTF-8.
fn csv(bank: Bank, people: &[Character]) -> String {
    let columns: Vec<Column> = Column::ALL.into_iter().filter(|column| *column != Column::FullName).collect();
    let header: Vec<String> = columns.iter().map(|column| column.label(office(bank).language)).collect();
    let mut text = format!("{}\r\n", header.join(","));
    for (row, person) in (0_u32..).zip(people) {
        let cells: Vec<String> = columns.iter().map(|column| quoted(&as_typed(bank, row, person, *column))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn as_typed(bank: Bank, row: u32, person: &Character, column: Column) -> String {
    if (row, column) == (STAFF_NUMBER_TWICE.0, Column::StaffNumber) {
        return STAFF_NUMBER_TWICE.1.to_owned();
    }
    let fault = FAULTS.iter().find(|(at, spoilt, _)| (*at, *spoilt) == (row, column));
    fault.map_or_else(|| cell(bank, person, column), |(_, _, typed)| (*typed).to_owned())
}

fn cell(bank: Bank, person: &Character, column: Column) -> String {
    let (office, details) = (office(bank), &person.details);
    match column {
        Column::StaffNumber => details.staff_number.clone(),
        Column::FullName => details.name(),
        Column::FamilyName => details.family_name.clone(),
        // A roster takes no brackets in names: these say in another way that nobody is meant.
        Column::GivenName => {
            details.given_name.replace('（', "·").replace('）', "").replace(" (synthetic)", " Synthetic")
        }
        Column::LatinName => details.latin_name.replace(" (synthetic)", " Synthetic"),
        Column::DocumentKind => office.document_kind.to_owned(),
        Column::DocumentNumber => details.document_number.clone(),
        Column::DocumentExpires => details.document_expires.map(|date| date.to_string()).unwrap_or_default(),
        Column::BirthDate => details.birth_date.map(|date| date.to_string()).unwrap_or_default(),
        Column::Nationality => office.nationality.to_owned(),
        Column::Email => details.email.clone(),
        Column::Mobile => details.mobile.clone(),
        Column::JobTitle => details.job_title.clone(),
        Column::HomeBank => office.home.to_owned(),
        Column::Language => person.language.tag().to_owned(),
    }
}

fn office(bank: Bank) -> &'static Office {
    match bank {
        Bank::South => &HONG_KONG,
        Bank::North => &SHENZHEN,
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(',') { format!("\"{cell}\"") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Date;
    use rosters::{Limits, read};

    #[test]
    fn each_clerk_s_roster_has_the_faults_that_it_is_to_have_and_no_others() {
        for bank in Bank::BOTH {
            let expires = Date::constant(2030, 6, 30);
            let people: Vec<Character> =
                (1..=ROWS).map(|row| character(NUMBERS + row, bank.other(), expires)).collect();
            let roster = read(csv(bank, &people).as_bytes(), Date::constant(2026, 11, 20), &Limits::default()).unwrap();
            let found: Vec<(u32, Vec<Column>)> = roster
                .faulty
                .iter()
                .map(|row| (row.line - 2, row.faults.iter().map(|fault| fault.column_name).collect()))
                .collect();
            let wanted: Vec<(u32, Vec<Column>)> = FAULTS.iter().map(|(row, column, _)| (*row, vec![*column])).collect();
            assert_eq!(found, wanted, "{bank}");
            let synthetic = ["·虛構", "·虚构", " Synthetic"];
            assert!(roster.rows.iter().all(|row| synthetic.iter().any(|mark| row.given_name.ends_with(mark))));
        }
    }
}
