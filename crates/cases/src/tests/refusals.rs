//! Every refusal is reached, and where two rules are broken at once the one that stands first in the list is named.

use super::links::{self, change};
use super::*;
use base::RosterId;
use profile::ChangeKind;

/// Where a refusal stands in the list. A new one does not compile until it is placed here, and then needs a row below.
fn place(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::ServiceMustBeKnown { .. } => 0,
        Refusal::CaseMustBeKnown { .. } => 1,
        Refusal::LegMustBeKnown { .. } => 2,
        Refusal::RosterMustBeKnown { .. } => 3,
        Refusal::SubjectMustBeKnown => 4,
        Refusal::PermitMustBeKnown { .. } => 5,
        Refusal::PersonMustAct => 6,
        Refusal::RuledOut(_) => 7,
        Refusal::ServiceMustMatchWhatItIsAbout => 8,
        Refusal::RequestedDayMustBeGiven => 9,
        Refusal::RequestedDayMustNotBePast => 10,
        Refusal::CaseMustBeTheOnlyOneOpen { .. } => 11,
        Refusal::CaseMustBeConfirming { .. } => 12,
        Refusal::CaseMustBeDeciding { .. } => 13,
        Refusal::CaseMustNotBeDecided { .. } => 14,
        Refusal::DocumentMustBeConfirmed => 15,
        Refusal::ConsentMustBeGiven { .. } => 16,
        Refusal::ChoiceMustBeGiven { .. } => 17,
        Refusal::DisclosureMustBeTheServices => 18,
        Refusal::LegMustBeUndecided { .. } => 19,
        Refusal::LegMustHaveBegun { .. } => 20,
        Refusal::LegMustBeOpen { .. } => 21,
        Refusal::LegMustBeAsked { .. } => 22,
        Refusal::LegMustBeLeftToTheRule { .. } => 23,
        Refusal::VerdictMustFitTheLeg { .. } => 24,
        // Each of its own has a row in `working`.
        Refusal::Work(_) => 25,
        Refusal::DocumentMustBeAsked { .. } => 26,
        Refusal::DocumentMustBeAttached { .. } => 27,
        Refusal::FileMustFitTheDocument { .. } => 28,
        Refusal::FilesMustNotBeTooMany { .. } => 29,
        Refusal::AttachmentMustBeKnown { .. } => 30,
        Refusal::SealMustBeTheSubjectsOwn => 31,
        Refusal::RosterMustBeUnchanged { .. } => 32,
        Refusal::PlatformMustAct => 33,
        Refusal::CaseMustHaveRoom { .. } => 34,
        Refusal::ViewsMustBeSomeAndFew { .. } => 35,
        Refusal::ChangeMustBeOffered { .. } => 36,
        Refusal::CaseMustBeDecided { .. } => 37,
        Refusal::CaseMustBeRefused { .. } => 38,
        Refusal::IssuedMustStand { .. } => 39,
        Refusal::ChangeMustNotBeEarly { .. } => 40,
        Refusal::ChangeMustBeInTime { .. } => 41,
        Refusal::ChangeMustBeAskedOnce { .. } => 42,
        Refusal::TransferMustGoToAnotherOrganisation => 43,
        Refusal::VersionMustBeNewer { .. } => 44,
        Refusal::ClosureMustBeKnown { .. } => 45,
        Refusal::ClosureMustNameOfficesOfItsBank => 46,
        Refusal::ClosureKindMustBeKnown { .. } => 47,
        Refusal::ClosureMustEndAfterItBegins => 48,
        Refusal::ClosureMustBeNear { .. } => 49,
        Refusal::ClosureMustBeInForce { .. } => 50,
        Refusal::ClocksMustBeThePlatforms => 51,
        Refusal::RosterMustFitTheDelegation { .. } => 52,
    }
}

/// C-1 is being decided, Hong Kong has approved, Shenzhen has asked. C-2 was refused by Shenzhen alone. C-3 and C-4 wait
/// for people without a document, and without consents. C-5 is about goods, and waits for an opinion.
fn cases() -> Cases {
    let mut cases = Cases::new();
    cases
        .check(CLERK, open("commuter-pass", 2), "opened")
        .check(SUBJECT, submit(1), "submitted")
        .check(SOUTH, approve(1, "hong-kong"), "leg_decided")
        .check(NORTH, ask(1, "shenzhen"), "asked")
        .check(CLERK, on_day("2026-11-24", open("visitor-pass", 2)), "opened")
        .check(SUBJECT, submit(2), "submitted")
        .check(NORTH, refuse(2, "shenzhen"), "leg_decided + decided")
        .check(CLERK, open("commuter-pass", 10), "opened")
        .check(CLERK, open("commuter-pass", 11), "opened")
        .check(CLERK, open_goods("c"), "opened + submitted")
        .check(CLERK, upload(), "roster_uploaded")
        .check(SUPERVISION, close("gale", &[], "2026-11-23", "2026-11-23"), "closure_declared")
        .check(SUPERVISION, void(1), "closure_voided");
    cases
}

fn upload() -> Command {
    Command::UploadRoster {
        service: key("commuter-pass"),
        organisation: OrganisationId(1),
        subject: base::Subject("roster".into()),
        file: "e3b0c442".into(),
        applied: 0,
        known: 0,
        faulty: 1,
        rows: None,
    }
}

/// One row for each refusal, as it is asked for.
fn rows() -> Vec<(&'static str, Command)> {
    let mend = |roster, mends| Command::MendRoster {
        roster: RosterId(roster),
        mends,
        applied: 0,
        known: 0,
        faulty: 0,
        rows: None,
    };
    vec![
        (CLERK, open("no-such-service", 2)),
        (SUBJECT, submit(99)),
        (SOUTH, approve(1, "macao")),
        (CLERK, mend(99, 0)),
        (CLERK, open("commuter-pass", 6)),
        (SOUTH, open_about("pass-revocation", None, About::Permit(PermitId(99)))),
        ("system", open("commuter-pass", 2)),
        (SOUTH, withdraw(1)),
        (CLERK, open_about("commuter-pass", Some(1), About::Permit(PermitId(1)))),
        (CLERK, open("visitor-pass", 8)),
        (CLERK, on_day("2026-11-22", open("visitor-pass", 8))),
        (CLERK, open("commuter-pass", 2)),
        (SUBJECT, submit(1)),
        (SOUTH, approve(2, "hong-kong")),
        (SUBJECT, withdraw(2)),
        ("person:P-10", submit(3)),
        ("person:P-11", submit(4)),
        (CLERK, open_about("in-order", Some(1), About::Organisation(OrganisationId(1)))),
        (CLERK, open_goods("e")),
        (SOUTH, approve(1, "hong-kong")),
        (SOUTH, approve(5, "hong-kong")),
        (NORTH, approve(1, "shenzhen")),
        (SUBJECT, answer(2, "hong-kong")),
        ("system", decide_by_rule(1, "shenzhen", false)),
        (DATA, approve(5, "opinion")),
        (NORTH, work(1, "shenzhen", Act::WaiveFee { reason: sealed(2) })),
        (CLERK, attachments::with(|file| file.document = key("passport"))),
        (CLERK, attachments::claim(Vec::new())),
        (CLERK, attachments::with(|file| file.bytes = 9 << 20)),
        (CLERK, attachments::with_one_too_many()),
        (SOUTH, Command::ReadAttachment { case: CaseId(1), file: "none".into() }),
        (NORTH, verdict(1, "shenzhen", LegVerdict::Approved, sealed(8))),
        (CLERK, mend(1, 1)),
        (SOUTH, Command::RecordViews { views: Vec::new() }),
        (SOUTH, record::remark(1, crate::Audience::Bank)),
        ("system", Command::RecordViews { views: Vec::new() }),
        (SUBJECT, change("transfer", 2, ChangeKind::Transfer, None)),
        (SUBJECT, change("appeal", 1, ChangeKind::Appeal, None)),
        (SUBJECT, change("appeal", 1, ChangeKind::Appeal, None)),
        (SUBJECT, change("surrender", 2, ChangeKind::Surrender, None)),
        (CLERK, change("renewal", 903, ChangeKind::Renew, Some(1))),
        (SUBJECT, change("appeal", 2, ChangeKind::Appeal, None)),
        (SUBJECT, change("reconsideration", 2, ChangeKind::Reconsider, None)),
        (CLERK, transferred(open_goods("c"))),
        ("operator", Command::Migrate { case: CaseId(1), to: 1, disclosed: Disclosed::default() }),
        (SUPERVISION, void(9)),
        (SUPERVISION, close("gale", &["sz-exit-entry"], "2026-11-23", "2026-11-23")),
        (SUPERVISION, close("snow", &[], "2026-11-23", "2026-11-23")),
        (SUPERVISION, close("gale", &[], "2026-11-23", "2026-11-22")),
        (SUPERVISION, close("gale", &[], "2026-11-23", "2027-11-23")),
        (SUPERVISION, void(1)),
        (SOUTH, Command::Remind { case: CaseId(1), leg: key("shenzhen") }),
        (super::delegations::DELEGATE, super::delegations::upload("commuter-pass", 2)),
    ]
}

#[test]
fn every_refusal_is_reached_in_the_order_of_the_list() {
    let cases = cases();
    for (row, (actor, command)) in rows().into_iter().enumerate() {
        let mut cases = cases.clone();
        // Two of them need the leg in another state than the others do.
        if matches!(row, 22 | 31) {
            cases.check(SUBJECT, answer(1, "shenzhen"), "answered");
        }
        prepare(row, &mut cases);
        let command = if row == 22 { answer(1, "shenzhen") } else { command };
        let refusal = cases.decide_by(actor, command, &*RULES).unwrap_err();
        assert_eq!(place(&refusal), row, "{refusal:?}");
        assert!(refusal.code().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", refusal.code());
    }
}

/// What a row needs besides.
fn prepare(row: usize, cases: &mut Cases) {
    match row {
        34 => record::flood(cases),
        38 => {
            cases.check(SUBJECT, withdraw(1), "withdrawn");
        }
        40 => links::issued(cases),
        41 => {
            cases.at("2027-03-01T09:00:00");
        }
        42 => {
            let again = change("reconsideration", 2, ChangeKind::Reconsider, None);
            cases.check(SUBJECT, again, "opened + submitted").check(
                NORTH,
                refuse(6, "shenzhen"),
                "leg_decided + decided",
            );
        }
        52 => super::delegations::one_application(cases),
        _ => {}
    }
}

fn transferred(mut command: Command) -> Command {
    if let Command::Open { disclosed, .. } = &mut command {
        disclosed.organisation = Some(OrganisationId(2));
    }
    command
}

#[test]
fn of_two_broken_rules_the_first_in_the_list_is_named() {
    let mut cases = cases();
    cases
        .check("system", open("no-such-service", 6), "refused: service-must-be-known")
        .check("system", approve(99, "macao"), "refused: case-must-be-known")
        .check("system", take(1, "macao"), "refused: leg-must-be-known")
        .check("system", open("commuter-pass", 6), "refused: subject-must-be-known")
        .check("system", take(1, "hong-kong"), "refused: person-must-act")
        .check("system", approve(1, "hong-kong"), "refused: person-must-act")
        .check("system", ask(1, "hong-kong"), "refused: person-must-act")
        .check("anonymous", answer(1, "hong-kong"), "refused: person-must-act")
        .check(NORTH, approve(1, "hong-kong"), "refused: leg-must-be-of-the-officers-bank")
        .check(SUBJECT, on_day("2026-11-22", open("visitor-pass", 8)), "refused: nothing permits it")
        .check("person:P-11", submit(3), "refused: nothing permits it")
        .check("person:P-10", submit(3), "refused: document-must-be-confirmed")
        .check(SOUTH, verdict(1, "hong-kong", LegVerdict::Approved, sealed(8)), "refused: leg-must-be-undecided")
        .check(NORTH, verdict(1, "shenzhen", LegVerdict::Approved, sealed(8)), "refused: leg-must-be-open")
        .check(CLERK, with_answers(sealed(8), open("commuter-pass", 2)), "refused: case-must-be-the-only-one-open");
}
