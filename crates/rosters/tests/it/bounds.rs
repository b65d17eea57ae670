//! Whatever the bytes are, the answer is bounded, quick and never a panic.

use crate::{GOOD, HEADER, TODAY};
use base::Language;
use proptest::prelude::*;
use rosters::{Column, FaultCode, Limits, RosterFault, mend, read};
use std::time::{Duration, Instant};

/// Bytes that look enough like a roster to reach every part of the reader.
fn nearly_a_roster() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b",".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\r\n".to_vec()),
        Just("陳大文".as_bytes().to_vec()),
        Just(b"\xb3\xaf\xa4j\xa4\xe5".to_vec()),
        Just(b"\xb3\xc2\xb4\xf3\xce\xc4".to_vec()),
        Just(b"\x81\x30\x81\x30".to_vec()),
        Just(b"A123456(3)".to_vec()),
        Just(b"11010519491231002X".to_vec()),
        Just(b"1/2/2026".to_vec()),
        Just(b"2026-02-30".to_vec()),
        Just(b"99999".to_vec()),
        Just(b"passport".to_vec()),
        "[ -~]{0,12}".prop_map(String::into_bytes),
        "\\PC{0,6}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    let start = prop_oneof![Just(String::new()), Just(format!("{HEADER}\n")), Just("\u{feff}sep=;\r\n".to_owned())];
    (start, prop::collection::vec(piece, 0..80))
        .prop_map(|(start, pieces)| [start.into_bytes(), pieces.concat()].concat())
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer_whose_rows_add_up(bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..400), nearly_a_roster()]) {
        let limits = Limits::default();
        match read(&bytes, TODAY, &limits) {
            Err(fault) => prop_assert!(!fault.message(Language::En).remedy.is_empty()),
            Ok(roster) => {
                prop_assert_eq!(roster.rows_total as usize, roster.rows.len() + roster.faulty_total as usize);
                for faulty in &roster.faulty {
                    prop_assert!(!faulty.faults.is_empty());
                    prop_assert_eq!(mend(faulty, &[], TODAY, &limits), Err(faulty.clone()));
                }
            }
        }
    }

    #[test]
    fn mending_with_any_text_never_panics(text in "\\PC{0,40}", column in 0_usize..Column::ALL.len()) {
        let bad = format!("{HEADER}\n{}\n", GOOD.replace("Chinese", "Atlantis"));
        let faulty = read(bad.as_bytes(), TODAY, &Limits::default()).unwrap().faulty.remove(0);
        let column = Column::ALL[column];
        if let Ok(row) = mend(&faulty, &[(column, text)], TODAY, &Limits::default()) {
            prop_assert_eq!((column, row.line), (Column::Nationality, 2));
        }
    }
}

#[test]
fn ten_thousand_bad_rows_get_a_bounded_answer_quickly() {
    let mut file = format!("{HEADER}\n");
    for n in 0..10_000 {
        file.push_str(&format!("=A{n},陳方安生,driving licence,{n}E+17,1/2/2026,soon,Mars,nobody,911,Atlantis\n"));
    }
    let started = Instant::now();
    let roster = read(file.as_bytes(), TODAY, &Limits::default()).unwrap();
    let taken = started.elapsed();
    assert_eq!((roster.rows_total, roster.faulty_total, roster.faulty.len()), (10_000, 10_000, 500));
    assert_eq!(roster.faulty[0].faults.len(), 9);
    // Generous, because tests run unoptimised and beside each other.
    assert!(taken < Duration::from_secs(20), "{taken:?}");
}

#[test]
fn every_limit_is_kept() {
    let good = |n: usize| {
        GOOD.replace("A1", &format!("A{n}"))
            .replace("ZZ0000001", &format!("ZZ{n:07}"))
            .replace("a1@", &format!("a{n}@"))
    };
    let file = format!("{HEADER}\n{}\n{}\n{}\n", good(1), good(2), good(3));
    let check = |limits: Limits| read(file.as_bytes(), TODAY, &limits).map(|roster| roster.rows_total);
    assert_eq!(check(Limits::default()), Ok(3));
    assert_eq!(
        check(Limits { bytes_max: 100, ..Limits::default() }),
        Err(RosterFault::TooLarge { bytes: file.len(), bytes_max: 100 })
    );
    assert_eq!(
        check(Limits { rows_max: 2, ..Limits::default() }),
        Err(RosterFault::TooManyRows { line: 4, rows_max: 2 })
    );
    assert_eq!(
        check(Limits { columns_max: 9, ..Limits::default() }),
        Err(RosterFault::TooManyColumns { line: 1, columns: 10, columns_max: 9 })
    );
    let narrow = read(file.as_bytes(), TODAY, &Limits { cell_chars_max: 11, ..Limits::default() }).unwrap();
    assert_eq!(narrow.faulty_total, 3, "addresses and names have more than eleven characters");
    for faulty in &narrow.faulty {
        assert!(faulty.faults.iter().all(|fault| fault.code == FaultCode::CellTooLong));
        assert!(faulty.cells.iter().all(|cell| cell.text.chars().count() <= 12));
    }
}
