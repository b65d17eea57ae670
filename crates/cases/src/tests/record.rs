//! Remarks and views: who writes for whom, and what the platform records of who looked.

use super::*;
use crate::remarks::ENTRIES_MAX;
use crate::{Audience, Seen, VIEWS_MAX, View};

pub fn remark(case: u32, audience: Audience) -> Command {
    Command::Remark { case: CaseId(case), audience, text: sealed(2) }
}

/// Fills C-1 to the brim.
pub fn flood(cases: &mut Cases) {
    let event = Event::Remarked { case: CaseId(1), audience: Audience::Bank, text: sealed(2) };
    while cases.case(1).entries.len() < ENTRIES_MAX {
        cases.fold(SOUTH, std::slice::from_ref(&event));
    }
}

fn view(officer: u32, subject: u32, case: Option<u32>) -> View {
    View {
        subject: PersonId(subject),
        officer: PersonId(officer),
        office: key("hk-immigration"),
        case: case.map(CaseId),
        how: Seen::Opened,
        day: "2026-11-23".parse().unwrap(),
    }
}

#[test]
fn an_office_with_a_leg_remarks_for_any_audience_and_those_concerned_for_the_offices_alone() {
    let mut cases = Cases::submitted();
    for audience in Audience::ALL {
        cases.check(SOUTH, remark(1, audience), "remarked").check(NORTH, remark(1, audience), "remarked");
    }
    for concerned in [SUBJECT, CLERK] {
        cases.check(concerned, remark(1, Audience::Applicant), "remarked");
        for among_offices in [Audience::Bank, Audience::Banks] {
            cases.check(concerned, remark(1, among_offices), "refused: nothing permits it");
        }
    }
    for stranger in [SUPERVISION, DATA, VISITOR] {
        cases.check(stranger, remark(1, Audience::Applicant), "refused: nothing permits it");
    }
    cases.check("system", remark(1, Audience::Bank), "refused: person-must-act").check(
        "officer:P-2:hk-immigration",
        remark(1, Audience::Bank),
        "refused: officer-writes-no-remark-on-own-case",
    );
}

#[test]
fn a_remark_changes_nothing_of_the_case_but_its_record_and_may_follow_the_decision() {
    let mut cases = Cases::submitted();
    let before = cases.case(1).clone();
    cases.check(SOUTH, remark(1, Audience::Banks), "remarked");
    let mut after = cases.case(1).clone();
    assert_eq!(after.entries.pop(), Some(2));
    assert_eq!(after, before);
    cases.check(SUBJECT, withdraw(1), "withdrawn").check(SOUTH, remark(1, Audience::Bank), "remarked").check(
        SOUTH,
        Command::Remark { case: CaseId(1), audience: Audience::Bank, text: sealed(8) },
        "refused: seal-must-be-the-subjects-own",
    );
}

#[test]
fn views_are_recorded_together_and_found_by_the_person_who_was_looked_at() {
    let mut cases = Cases::submitted();
    let views = vec![view(3, 2, Some(1)), view(4, 2, Some(1)), view(3, 8, None)];
    cases
        .check(SOUTH, Command::RecordViews { views: views.clone() }, "refused: platform-must-act")
        .check(
            "system",
            Command::RecordViews { views: vec![view(3, 2, None); VIEWS_MAX + 1] },
            "refused: views-must-be-some-and-few",
        )
        .check("system", Command::RecordViews { views }, "viewed")
        .check("system", Command::RecordViews { views: vec![view(3, 2, Some(1))] }, "viewed");
    assert_eq!(crate::views_of(&cases.state, PersonId(2)), [2, 3], "one entry, however many looked");
    assert_eq!(crate::views_of(&cases.state, PersonId(8)), [2]);
    assert!(crate::views_of(&cases.state, PersonId(9)).is_empty());
    assert_eq!(cases.case(1).entries, [0, 1], "a view is no step of the case");
}
