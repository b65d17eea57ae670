//! The rosters in `examples/rosters/`: checked in as they are made, and read as they are meant.

#[path = "../../examples/make_examples/files.rs"]
mod files;
#[path = "../../examples/make_examples/people.rs"]
mod people;
#[path = "../../examples/make_examples/readme.rs"]
mod readme;

use crate::TODAY;
use rosters::{DocumentKind, FaultCode, Limits, Roster, read};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rosters")
}

fn example(name: &str) -> Roster {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    read(&bytes, TODAY, &Limits::default()).unwrap_or_else(|fault| panic!("{name} is refused: {fault:?}"))
}

#[test]
fn the_files_checked_in_are_the_ones_that_the_generator_makes() {
    for example in files::examples() {
        let made = example.bytes().unwrap();
        assert!(std::fs::read(folder().join(example.name)).unwrap() == made, "{} differs", example.name);
    }
    let refused = files::refused().unwrap();
    for file in &refused {
        assert!(
            std::fs::read(folder().join("refused").join(file.name)).unwrap() == file.bytes,
            "{} differs",
            file.name
        );
    }
    let readme = readme::readme(&files::examples(), &refused);
    assert_eq!(std::fs::read_to_string(folder().join("README.md")).unwrap(), readme);
}

#[test]
fn each_roster_has_two_hundred_rows_of_which_seventeen_are_faulty_each_in_another_way() {
    for plan in files::examples() {
        let roster = example(plan.name);
        assert_eq!(roster.encoding, plan.encoding, "{}", plan.name);
        assert_eq!((roster.rows_total, roster.faulty_total, roster.rows.len()), (200, 17, 183), "{}", plan.name);
        let found: Vec<(u32, Vec<FaultCode>)> =
            roster.faulty.iter().map(|row| (row.line, row.faults.iter().map(|fault| fault.code).collect())).collect();
        let wanted: Vec<(u32, Vec<FaultCode>)> =
            plan.plan().into_iter().map(|(line, code)| (line, vec![code])).collect();
        assert_eq!(found, wanted, "{}", plan.name);
        let codes: BTreeSet<FaultCode> = plan.plan().into_iter().map(|(_, code)| code).collect();
        assert_eq!(codes.len(), 17, "{}", plan.name);
    }
}

#[test]
fn every_fault_that_there_is_has_an_example() {
    let shown: BTreeSet<FaultCode> =
        files::examples().iter().flat_map(|example| example.plan()).map(|(_, code)| code).collect();
    let missing: Vec<&FaultCode> = FaultCode::ALL.iter().filter(|code| !shown.contains(code)).collect();
    assert_eq!(missing, Vec::<&FaultCode>::new());
}

#[test]
fn every_kind_of_document_and_both_parks_are_among_the_good_rows() {
    for plan in files::examples() {
        let roster = example(plan.name);
        let kinds: BTreeSet<DocumentKind> = roster.rows.iter().map(|row| row.document_kind).collect();
        assert!(kinds.len() >= 4, "{}: {kinds:?}", plan.name);
        let banks: BTreeSet<base::Bank> = roster.rows.iter().map(|row| row.home_bank).collect();
        assert_eq!(banks.len(), 2, "{}", plan.name);
        assert!(roster.rows.iter().all(|row| row.language == roster.language), "{}", plan.name);
        assert_eq!(roster.ignored.len(), 1, "the employer's column alone means nothing: {}", plan.name);
    }
}

#[test]
fn characters_that_only_one_encoding_has_arrive_as_they_were_written() {
    let hong_kong = example("big5-hkscs.csv");
    let names: String = hong_kong.rows.iter().map(|row| row.given_name.as_str()).collect();
    let titles: String = hong_kong.rows.iter().map(|row| row.job_title.as_str()).collect();
    for c in ['峯', '栢', '喆', '鰂'] {
        assert!(names.contains(c), "{c}");
    }
    assert!(titles.contains('𨋢') && titles.contains('啲'));
    let mainland = example("gb18030.csv");
    let names: String = mainland.rows.iter().map(|row| row.given_name.as_str()).collect();
    assert!(names.contains('𬱖') && names.contains('㛃'));
}

#[test]
fn compound_family_names_are_kept_whole() {
    let roster = example("big5-hkscs.csv");
    assert!(roster.rows.iter().any(|row| row.family_name == "歐陽" && !row.given_name.is_empty()));
    assert!(roster.rows.iter().any(|row| row.family_name == "司徒"));
}

#[test]
fn files_that_are_no_rosters_are_refused_for_their_own_reason() {
    for file in files::refused().unwrap() {
        let bytes = std::fs::read(folder().join("refused").join(file.name)).unwrap();
        let fault = read(&bytes, TODAY, &Limits::default()).expect_err(file.name);
        assert_eq!((fault.code(), fault.line()), (file.code, file.line), "{}", file.name);
    }
}

#[test]
fn the_example_people_do_not_expire_before_anybody_reads_this() {
    for plan in files::examples() {
        let bytes = plan.bytes().unwrap();
        let later = read(&bytes, base::Date::constant(2033, 12, 31), &Limits::default()).unwrap();
        assert_eq!(later.faulty_total, 17, "{}", plan.name);
    }
}
