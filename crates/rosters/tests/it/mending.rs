//! A clerk mends a faulty row, cell by cell.

use crate::{GOOD, HEADER, TODAY};
use rosters::{Column, FaultCode, FaultyRow, Limits, Row, mend, read};

fn faulty(rows: &[&str]) -> FaultyRow {
    let file = format!("{HEADER}\n{}\n", rows.join("\n"));
    let mut roster = read(file.as_bytes(), TODAY, &Limits::default()).unwrap();
    assert_eq!(roster.faulty.len(), 1, "{:?}", roster.faulty);
    roster.faulty.remove(0)
}

fn mended(row: &FaultyRow, column: Column, text: &str) -> Result<Row, FaultyRow> {
    mend(row, &[(column, text.to_owned())], TODAY, &Limits::default())
}

fn codes(row: &FaultyRow) -> Vec<(u32, FaultCode)> {
    row.faults.iter().map(|fault| (fault.column, fault.code)).collect()
}

#[test]
fn a_row_is_good_once_its_last_fault_is_mended() {
    let row = faulty(&[&GOOD.replace("1990-05-20", "3/4/1990").replace("x.example", "x,example")]);
    // The comma in the address made the row too long: nothing else is known about it yet.
    assert_eq!(codes(&row), vec![(11, FaultCode::RowTooLong)]);
    let row = faulty(&[&GOOD.replace("1990-05-20", "3/4/1990").replace("@x.example", "@x")]);
    assert_eq!(codes(&row), vec![(6, FaultCode::DateAmbiguous), (8, FaultCode::EmailShape)]);
    assert_eq!(row.faults[0].suggestion.as_deref(), Some("1990-03-04 / 1990-04-03"));
    let row = mended(&row, Column::BirthDate, "1990-04-03").unwrap_err();
    assert_eq!(codes(&row), vec![(8, FaultCode::EmailShape)]);
    let row = mended(&row, Column::Email, "a1@x.example").unwrap();
    assert_eq!((row.line, row.birth_date.to_string().as_str(), row.email.as_str()), (2, "1990-04-03", "a1@x.example"));
    assert_eq!(
        (row.family_name.as_str(), row.given_name.as_str(), row.latin_name.as_str()),
        ("Chan", "Tai Man", "CHAN, Tai Man")
    );
}

#[test]
fn a_document_that_another_row_has_stays_faulty_until_its_number_changes() {
    let second = GOOD.replace("A1", "A2").replace("a1@", "a2@");
    let row = faulty(&[GOOD, &second]);
    assert_eq!(codes(&row), vec![(4, FaultCode::DocumentTwice)]);
    assert_eq!((row.line, row.faults[0].other_line), (3, Some(2)));
    let same = mended(&row, Column::DocumentNumber, "zz 0000001").unwrap_err();
    assert_eq!(codes(&same), vec![(4, FaultCode::DocumentTwice)], "the same number in other words");
    let still = mended(&row, Column::JobTitle, "Researcher").unwrap_err();
    assert_eq!(still.faults[0].other_line, Some(2));
    assert_eq!(mended(&row, Column::DocumentNumber, "ZZ0000002").unwrap().document_number, "ZZ0000002");
}

#[test]
fn a_proposed_split_of_a_name_can_be_taken_as_it_is() {
    let row = faulty(&[&GOOD.replace("\"Chan, Tai Man\"", "陳方安生")]);
    assert_eq!(codes(&row), vec![(2, FaultCode::NameNotSplit)]);
    let proposal = row.faults[0].suggestion.clone().unwrap();
    let row = mended(&row, Column::FullName, &proposal).unwrap();
    assert_eq!((row.family_name.as_str(), row.given_name.as_str()), ("陳方", "安生"));
}

#[test]
fn family_and_given_name_may_be_added_where_the_file_had_one_column() {
    let row = faulty(&[&GOOD.replace("\"Chan, Tai Man\"", "Peter Smith")]);
    let changes = [(Column::FamilyName, "Smith".to_owned()), (Column::GivenName, "Peter".to_owned())];
    let row = mend(&row, &changes, TODAY, &Limits::default()).unwrap();
    assert_eq!(row.latin_name, "SMITH, Peter");
}

#[test]
fn a_cut_row_can_be_filled_in() {
    let row = faulty(&["A1,\"Chan, Tai Man\",passport,ZZ0000001,2030-01-31,1990-05-20"]);
    assert_eq!(codes(&row), vec![(7, FaultCode::RowTooShort)]);
    let changes = [(Column::Nationality, "中國"), (Column::Email, "a1@x.example"), (Column::HomeBank, "香港園區")];
    let changes = changes.map(|(column, text)| (column, text.to_owned()));
    assert_eq!(mend(&row, &changes, TODAY, &Limits::default()).unwrap().nationality, "CHN");
}

#[test]
fn hidden_characters_are_named_and_their_absence_is_proposed() {
    let row = faulty(&[&GOOD.replace("Tai Man", "Tai\u{202e} Man")]);
    assert_eq!(codes(&row), vec![(2, FaultCode::CharacterHidden)]);
    assert_eq!(row.faults[0].given, "Chan, Tai‹U+202E RIGHT-TO-LEFT OVERRIDE› Man");
    assert_eq!(row.faults[0].suggestion.as_deref(), Some("Chan, Tai Man"));
}

#[test]
fn a_formula_is_text_and_is_refused_in_a_name() {
    let row = faulty(&[&GOOD.replace("\"Chan, Tai Man\"", "\"=HYPERLINK(\"\"http://x.example\"\",\"\"Chan\"\")\"")]);
    assert_eq!(codes(&row), vec![(2, FaultCode::FormulaLead)]);
    assert_eq!(row.faults[0].suggestion, None);
    let row = faulty(&[&GOOD.replace("\"Chan, Tai Man\"", "\"@Chan, Tai Man\"")]);
    assert_eq!(row.faults[0].suggestion.as_deref(), Some("Chan, Tai Man"));
}

#[test]
fn a_number_that_fits_another_kind_of_document_says_which() {
    let row = faulty(&[&GOOD.replace("passport,ZZ0000001", "HKID,H00000101")]);
    assert_eq!(codes(&row), vec![(4, FaultCode::HongKongIdentityCardShape)]);
    assert_eq!(row.faults[0].suggestion.as_deref(), Some("Mainland Travel Permit"));
}

#[test]
fn the_day_of_the_sixteenth_birthday_and_the_last_day_of_a_document_are_good() {
    let on_the_day = GOOD.replace("1990-05-20", "2010-11-22").replace("2030-01-31", "2026-11-22");
    let file = format!("{HEADER}\n{on_the_day}\n");
    assert_eq!(read(file.as_bytes(), TODAY, &Limits::default()).unwrap().faulty, vec![]);
    let row = faulty(&[&on_the_day.replace("2010-11-22", "2010-11-23").replace("2026-11-22", "2026-11-21")]);
    assert_eq!(codes(&row), vec![(5, FaultCode::DocumentExpired), (6, FaultCode::AgeUnderSixteen)]);
}

#[test]
fn rows_and_faulty_rows_are_read_back_from_json_as_they_were_written() {
    let row = faulty(&[&GOOD.replace("1990-05-20", "3/4/1990")]);
    let text = serde_json::to_string(&row).unwrap();
    assert!(
        text.contains(r#""column":"full-name","position":2"#) && text.contains(r#""code":"date-ambiguous""#),
        "{text}"
    );
    assert_eq!(serde_json::from_str::<FaultyRow>(&text).unwrap(), row);
    let good = mended(&row, Column::BirthDate, "1990-04-03").unwrap();
    let text = serde_json::to_string(&good).unwrap();
    assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), good);
}

#[test]
fn nothing_personal_is_printed_for_logs() {
    let row = faulty(&[&GOOD.replace("1990-05-20", "3/4/1990")]);
    let good = mended(&row, Column::BirthDate, "1990-04-03").unwrap();
    let printed = format!("{row:?} {:?} {good:?}", row.cells);
    for personal in ["Chan", "Tai Man", "ZZ0000001", "1990", "example", "50000001"] {
        assert!(!printed.contains(personal), "{printed}");
    }
    assert!(printed.contains("date-ambiguous in column 6 (birth-date)"), "{printed}");
}
