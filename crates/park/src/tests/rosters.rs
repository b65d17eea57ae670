//! Rosters: large ones, the same one twice, and rows mended by several clerks.

use super::*;
use crate::{MendedRow, RosterRows};
use ::rosters::{Column, Limits};
use base::RosterId;

const FIRST: RosterId = RosterId(1);

async fn mend(employers: &Employers, line: u32, birth_date: &str, key: Option<&str>) -> Result<MendedRow, WorkError> {
    let changes = [(Column::BirthDate, birth_date.to_owned())];
    employers.park.mend_row(&employers.clerks[0].1, FIRST, line, &changes, key.map(Into::into)).await
}

async fn rows(employers: &Employers) -> RosterRows {
    employers.park.roster_rows(FIRST).await.unwrap()
}

fn counts(employers: &Employers) -> (u32, u32, u32) {
    let zone = employers.park.zone();
    let roster = cases::roster(&zone.cases, FIRST).unwrap();
    (roster.applied, roster.known, roster.faulty)
}

#[tokio::test]
async fn as_many_faulty_rows_as_are_kept_fit_however_much_they_say_and_those_not_kept_stay_counted() {
    let employers = Employers::new(None).await;
    let cell = "職".repeat(Limits::default().cell_chars_max);
    let file = roster(1..=600, |_, row| row.replace("1990-01-31", "2990-01-31").replace("Researcher", &cell));
    employers.upload(&file).await.unwrap();
    assert_eq!((counts(&employers), rows(&employers).await.faulty.len()), ((0, 0, 600), 500));
    let mended = mend(&employers, 2, "1990-01-31", None).await.unwrap();
    assert!(matches!(mended, MendedRow::Applied(_)), "{mended:?}");
    assert_eq!((counts(&employers), rows(&employers).await.faulty.len()), ((1, 0, 599), 499));
}

#[tokio::test]
async fn a_file_of_the_largest_size_is_taken() {
    let employers = Employers::new(None).await;
    let limits = Limits::default();
    // Columns that mean nothing here make it large without making it long.
    let (people, columns) = (330, 45);
    let notes = |text: &str| format!(",{text}").repeat(columns);
    let file = good(1..=people);
    let (header, people_rows) = file.split_once("\r\n").unwrap();
    let remark = "x".repeat(limits.cell_chars_max);
    let long: Vec<String> = people_rows.lines().map(|row| format!("{row}{}", notes(&remark))).collect();
    let names: String = (0..columns).map(|column| format!(",Note {column}")).collect();
    let mut file = format!("{header}{names}\r\n{}\r\n", long.join("\r\n"));
    assert!(file.len() <= limits.bytes_max && file.len() > limits.bytes_max / 2, "{}", file.len());
    file.push_str(&"\r\n".repeat((limits.bytes_max - file.len()) / 2));
    let report = employers.upload(&file).await.unwrap();
    assert_eq!((report.applied.len(), counts(&employers)), (330, (330, 0, 0)));
}

#[tokio::test]
async fn a_roster_that_comes_again_with_more_people_applies_for_the_new_ones_alone_and_says_who_was_known() {
    let employers = Employers::new(None).await;
    let first = employers.upload(&good(1..=3)).await.unwrap();
    assert_eq!(employers.park.send_letters().await.unwrap(), 3);
    let people = employers.people();
    let again = employers.upload(&good(2..=4)).await.unwrap();
    assert_eq!((employers.people(), again.applied.len()), (people + 1, 1));
    let lines: Vec<(u32, PersonId)> = again.rows.known.iter().map(|row| (row.line, row.person)).collect();
    assert_eq!(lines, [(2, first.applied[1].person), (3, first.applied[2].person)]);
    assert_eq!(employers.park.send_letters().await.unwrap(), 1, "nobody is written to twice");
    let zone = employers.park.zone();
    let roster = cases::roster(&zone.cases, again.roster).unwrap();
    assert_eq!((roster.applied, roster.known, roster.faulty), (1, 2, 0));
}

#[tokio::test]
async fn whoever_was_refused_is_applied_for_again_as_the_same_person() {
    let employers = Employers::new(None).await;
    let first = employers.upload(&good([1])).await.unwrap().applied[0];
    let withdraw = cases::Command::Withdraw { case: first.case };
    employers.park.desk.command(employers.clerks[0].1.clone(), employers.park.now(), withdraw).await.unwrap();
    let again = employers.upload(&good([1])).await.unwrap().applied[0];
    assert_eq!(again.person, first.person);
    assert_ne!(again.case, first.case);
}

#[tokio::test]
async fn the_same_request_twice_under_one_key_gives_the_same_roster() {
    let employers = Employers::new(None).await;
    let first = employers.upload_by(0, &good([1, 2]), Some("once")).await.unwrap();
    let size = employers.park.desk.log().size();
    let second = employers.upload_by(0, &good([1, 2]), Some("once")).await.unwrap();
    assert_eq!((first.repeated, second.repeated, first.roster), (false, true, second.roster));
    let cases = |report: &RosterReport| report.applied.iter().map(|applied| applied.case).collect::<Vec<_>>();
    assert_eq!((cases(&first), employers.park.desk.log().size()), (cases(&second), size));
}

#[tokio::test]
async fn two_clerks_who_mend_two_lines_at_once_both_do() {
    let employers = Employers::new(None).await;
    employers.upload(&faulty(1..=5)).await.unwrap();
    let (one, other) = tokio::join!(mend(&employers, 2, "1990-01-31", None), mend(&employers, 4, "1991-01-31", None));
    assert!(matches!((&one, &other), (Ok(MendedRow::Applied(_)), Ok(MendedRow::Applied(_)))), "{one:?} {other:?}");
    let left: Vec<u32> = rows(&employers).await.faulty.iter().map(|row| row.line).collect();
    assert_eq!((left, counts(&employers)), (vec![3, 5, 6], (2, 0, 3)));
    let gone = mend(&employers, 2, "1990-01-31", None).await;
    assert!(matches!(gone, Err(WorkError::NotFound)), "{gone:?}");
}

#[tokio::test]
async fn a_mend_sent_twice_under_one_key_applies_once_and_answers_the_same() {
    let employers = Employers::new(None).await;
    employers.upload(&faulty([1])).await.unwrap();
    let case = |mended| match mended {
        Ok(MendedRow::Applied(applied)) => applied.case,
        other => panic!("{other:?}"),
    };
    let first = case(mend(&employers, 2, "1990-01-31", Some("once")).await);
    assert_eq!(case(mend(&employers, 2, "1990-01-31", Some("once")).await), first);
}

#[tokio::test]
async fn a_mended_row_about_somebody_known_opens_nothing() {
    let employers = Employers::new(None).await;
    employers.upload(&faulty([1])).await.unwrap();
    employers.upload(&good([1])).await.unwrap();
    let mended = mend(&employers, 2, "1990-01-31", None).await.unwrap();
    assert!(matches!(mended, MendedRow::AppliedBefore(_)), "{mended:?}");
    assert_eq!((counts(&employers), rows(&employers).await.known.len()), ((0, 1, 0), 1));
}

#[tokio::test]
async fn what_was_refused_leaves_no_file_and_what_a_crash_left_goes_at_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let objects = || std::fs::read_dir(data.path().join("objects")).unwrap().count();
    let somebody_else = &employers.clerks[1].1;
    let service = Key::new("commuter-pass").unwrap();
    let file = faulty([1]);
    let refused =
        employers.park.upload_roster(somebody_else, employers.clerks[0].0, &service, file.as_bytes(), None).await;
    assert!(matches!(refused, Err(WorkError::Refused(_))), "{refused:?}");
    // The rulebook lets the clerk upload; the service is none that a clerk may apply for.
    let erasure = Key::new("personal-data-erasure").unwrap();
    let (organisation, clerk) = &employers.clerks[0];
    let refused = employers.park.upload_roster(clerk, *organisation, &erasure, good([1]).as_bytes(), None).await;
    assert!(matches!(refused, Err(WorkError::Refused(_))), "{refused:?}");
    assert_eq!(objects(), 0);

    employers.upload(&faulty([1, 2])).await.unwrap();
    mend(&employers, 2, "1990-01-31", None).await.unwrap();
    assert_eq!(objects(), 2, "the file and the rows that are left");
    let subject = employers.park.one_subject().unwrap();
    let orphan = employers.park.vault.seal(&subject, context::ROSTER_ROWS, b"cut short").unwrap();
    employers.park.blobs.put(&orphan).await.unwrap();
    let employers = employers.again(data.path()).await;
    assert_eq!((objects(), rows(&employers).await.faulty.len()), (2, 1));
    assert!(employers.park.vault.open_sealed(&orphan, context::ROSTER_ROWS).is_err(), "its key is gone");
    drop(employers.park);
    drop(employers.writer);
}
