//! What an employer uploads, and mends.

use super::*;
use base::{RosterId, Subject};

fn of_roster(name: &str) -> Sealed {
    Sealed { of: Subject(name.into()), ciphertext: "AAAA".into() }
}

fn upload(service: &str, organisation: u32, faulty_rows: Option<Sealed>) -> Command {
    Command::UploadRoster {
        service: key(service),
        organisation: OrganisationId(organisation),
        subject: Subject("roster".into()),
        file: "e3b0c442".into(),
        applied: 10,
        faulty: 3,
        faulty_rows,
    }
}

fn mend(roster: u32, faulty_rows: Option<Sealed>) -> Command {
    let faulty = u32::from(faulty_rows.is_some());
    Command::MendRoster { roster: RosterId(roster), applied: 2, faulty, faulty_rows }
}

#[test]
fn a_clerk_uploads_a_roster_and_mends_what_was_faulty() {
    let mut cases = Cases::new();
    cases.check(CLERK, upload("commuter-pass", 1, Some(of_roster("roster"))), "roster_uploaded").check(
        CLERK,
        mend(1, Some(of_roster("roster"))),
        "roster_mended",
    );
    let roster = crate::roster(&cases.state, RosterId(1)).unwrap();
    assert_eq!((roster.applied, roster.faulty), (12, 1));
    cases.check(CLERK, mend(1, None), "roster_mended");
    let roster = crate::roster(&cases.state, RosterId(1)).unwrap();
    assert_eq!((roster.applied, roster.faulty, &roster.faulty_rows), (14, 0, &None));
    cases.check(CLERK, upload("commuter-pass", 1, None), "roster_uploaded");
    assert!(crate::roster(&cases.state, RosterId(2)).is_some());
}

#[test]
fn nobody_else_uploads_or_mends_it() {
    let mut cases = Cases::new();
    cases.check(CLERK, upload("commuter-pass", 1, None), "roster_uploaded");
    for actor in [SUBJECT, SOUTH, "clerk:P-1:O-2", "anonymous"] {
        let want = if actor == "anonymous" { "refused: person-must-act" } else { "refused: nothing permits it" };
        cases.check(actor, upload("commuter-pass", 1, None), want);
    }
    cases.check(SUBJECT, mend(1, None), "refused: nothing permits it");
}

#[test]
fn a_roster_is_for_a_service_known_and_its_rows_are_sealed_under_its_own_key() {
    let mut cases = Cases::new();
    cases
        .check(CLERK, upload("no-such-service", 1, None), "refused: service-must-be-known")
        .check(CLERK, upload("commuter-pass", 1, Some(sealed(2))), "refused: seal-must-be-the-subjects-own")
        .check(CLERK, mend(1, None), "refused: roster-must-be-known")
        .check(CLERK, upload("commuter-pass", 1, None), "roster_uploaded")
        .check(CLERK, mend(1, Some(of_roster("another"))), "refused: seal-must-be-the-subjects-own");
}
