//! Documents go with a case, those that are required among them; who may add to them and who may read them is ruled.

use super::*;
use crate::Attachment;
use profile::FileFormat;

const SCIENCE: &str = "officer:P-12:hk-innovation";

pub(super) fn file(document: &str, address: &str) -> Attachment {
    Attachment {
        document: key(document),
        format: FileFormat::Pdf,
        bytes: 1_000,
        file: address.into(),
        thumbnail: None,
        name: sealed(1),
    }
}

fn required() -> Vec<Attachment> {
    ["accounts", "schedule", "project-record"].map(|document| file(document, document)).to_vec()
}

/// O-1 claims a deduction with these documents.
pub(super) fn claim(handed: Vec<Attachment>) -> Command {
    let mut command = open_about("research-deduction", Some(1), About::Organisation(OrganisationId(1)));
    if let Command::Open { attachments, .. } = &mut command {
        *attachments = handed;
    }
    command
}

fn attach(handed: Vec<Attachment>) -> Command {
    Command::Attach { case: CaseId(1), attachments: handed }
}

fn read(address: &str) -> Command {
    Command::ReadAttachment { case: CaseId(1), file: address.into() }
}

/// The required documents, with one of them otherwise.
pub(super) fn with(change: impl FnOnce(&mut Attachment)) -> Command {
    let mut handed = required();
    change(&mut handed[0]);
    claim(handed)
}

/// With three files where two may be.
pub(super) fn with_one_too_many() -> Command {
    let mut many = required();
    many.extend([file("accounts", "2"), file("accounts", "3")]);
    claim(many)
}

#[test]
fn an_application_without_a_required_document_is_refused_by_the_documents_name() {
    let mut cases = Cases::new();
    cases.check(CLERK, claim(Vec::new()), "refused: document-must-be-attached");
    let refused = cases.decide_by(CLERK, claim(required()[..2].to_vec()), &*RULES).unwrap_err();
    assert_eq!(refused.remarks(), [("document", "project-record".to_owned())]);
    cases.check(CLERK, claim(required()), "opened + submitted");
    assert_eq!(crate::attachments(&cases.state, CaseId(1)), required());
    // A service that takes none has none.
    let mut command = open("commuter-pass", 2);
    if let Command::Open { attachments, .. } = &mut command {
        attachments.push(file("accounts", "x"));
    }
    cases.check(CLERK, command, "refused: document-must-be-asked");
}

#[test]
fn what_is_handed_in_fits_its_document_and_is_sealed_for_the_one_whose_case_it_is() {
    let mut cases = Cases::new();
    cases
        .check(CLERK, with(|file| file.document = key("passport")), "refused: document-must-be-asked")
        .check(CLERK, with(|file| file.format = FileFormat::Png), "refused: file-must-fit-the-document")
        .check(CLERK, with(|file| file.bytes = 9 << 20), "refused: file-must-fit-the-document")
        .check(CLERK, with(|file| file.name = sealed(2)), "refused: seal-must-be-the-subjects-own");
    cases.check(CLERK, with_one_too_many(), "refused: files-must-not-be-too-many");
}

#[test]
fn those_concerned_hand_in_more_until_it_is_decided() {
    let mut cases = Cases::new();
    cases
        .check(CLERK, claim(required()), "opened + submitted")
        .check(CLERK, attach(vec![file("schedule", "more")]), "attached")
        .check(SUBJECT, attach(vec![file("schedule", "foreign")]), "refused: nothing permits it")
        .check(SCIENCE, attach(vec![file("schedule", "foreign")]), "refused: nothing permits it");
    assert_eq!(crate::attachments(&cases.state, CaseId(1)).len(), 4);
    for number in 0..28 {
        let two = [format!("a{number}"), format!("b{number}")].map(|address| file("schedule", &address));
        cases.check(CLERK, attach(two.to_vec()), "attached");
    }
    cases
        .check(CLERK, attach(vec![file("schedule", "one too many")]), "refused: files-must-not-be-too-many")
        .check(CLERK, withdraw(1), "withdrawn")
        .check(CLERK, attach(vec![file("schedule", "late")]), "refused: case-must-not-be-decided");
}

#[test]
fn an_office_of_the_case_reads_and_leaves_a_trace_and_others_do_not_read() {
    let mut cases = Cases::new();
    cases
        .check(CLERK, claim(required()), "opened + submitted")
        .check(SCIENCE, read("accounts"), "attachment_read")
        .check(SCIENCE, read("nothing"), "refused: attachment-must-be-known")
        .check(SOUTH, read("accounts"), "refused: nothing permits it")
        .check(NORTH, read("accounts"), "refused: nothing permits it")
        .check(SUBJECT, read("accounts"), "refused: nothing permits it")
        .check("clerk:P-2:O-2", read("accounts"), "refused: nothing permits it");
    assert_eq!(cases.case(1).entries.len(), 3, "opened, submitted, read");
}
