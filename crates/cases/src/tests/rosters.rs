//! What an employer uploads, and mends.

use super::*;
use base::{RosterId, Subject};

fn upload(service: &str, organisation: u32, rows: Option<&str>) -> Command {
    Command::UploadRoster {
        service: key(service),
        organisation: OrganisationId(organisation),
        subject: Subject("roster".into()),
        file: "e3b0c442".into(),
        applied: 10,
        known: 1,
        faulty: 3,
        rows: rows.map(Into::into),
    }
}

/// By somebody who saw the roster as it was after so many mends.
fn mend(roster: u32, mends: u32, rows: Option<&str>) -> Command {
    let faulty = u32::from(rows.is_some());
    Command::MendRoster { roster: RosterId(roster), mends, applied: 2, known: 1, faulty, rows: rows.map(Into::into) }
}

#[test]
fn a_clerk_uploads_a_roster_and_mends_what_was_faulty() {
    let mut cases = Cases::new();
    cases.check(CLERK, upload("commuter-pass", 1, Some("aa")), "roster_uploaded").check(
        CLERK,
        mend(1, 0, Some("bb")),
        "roster_mended",
    );
    let roster = crate::roster(&cases.state, RosterId(1)).unwrap();
    assert_eq!((roster.applied, roster.known, roster.faulty, roster.rows.as_deref()), (12, 2, 1, Some("bb")));
    cases.check(CLERK, mend(1, 1, None), "roster_mended");
    let roster = crate::roster(&cases.state, RosterId(1)).unwrap();
    assert_eq!((roster.applied, roster.faulty, &roster.rows), (14, 0, &None));
    cases.check(CLERK, upload("commuter-pass", 1, None), "roster_uploaded");
    assert!(crate::roster(&cases.state, RosterId(2)).is_some());
}

#[test]
fn of_two_who_mend_the_same_roster_at_once_the_second_has_to_look_again() {
    let mut cases = Cases::new();
    cases
        .check(CLERK, upload("commuter-pass", 1, Some("aa")), "roster_uploaded")
        .check(CLERK, mend(1, 0, Some("bb")), "roster_mended")
        .check(CLERK, mend(1, 0, Some("cc")), "refused: roster-must-be-unchanged")
        .check(CLERK, mend(1, 1, Some("cc")), "roster_mended");
}

#[test]
fn nobody_else_uploads_or_mends_it() {
    let mut cases = Cases::new();
    cases.check(CLERK, upload("commuter-pass", 1, None), "roster_uploaded");
    for actor in [SUBJECT, SOUTH, "clerk:P-1:O-2", "anonymous"] {
        let want = if actor == "anonymous" { "refused: person-must-act" } else { "refused: nothing permits it" };
        cases.check(actor, upload("commuter-pass", 1, None), want);
    }
    cases.check(SUBJECT, mend(1, 0, None), "refused: nothing permits it");
}

#[test]
fn a_roster_is_for_a_service_that_is_known() {
    let mut cases = Cases::new();
    cases.check(CLERK, upload("no-such-service", 1, None), "refused: service-must-be-known").check(
        CLERK,
        mend(1, 0, None),
        "refused: roster-must-be-known",
    );
}
