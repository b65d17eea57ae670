//! Letters as PDF: written after the commit, once, in the person's language, and taken to them by e-mail.

use super::*;
use ::letters::{Delivery, Kind, Undelivered};
use base::CaseId;
use std::fs;

/// Somebody with an application, which they withdraw: the shortest way to a decision.
async fn withdrawn(employers: &Employers, number: u32) -> CaseId {
    let applied = employers.upload(&good([number])).await.unwrap().applied[0];
    employers.park.send_letters().await.unwrap();
    let withdraw = cases::Command::Withdraw { case: applied.case };
    let park = &employers.park;
    park.desk.command(employers.clerks[0].1.clone(), park.now(), withdraw).await.unwrap();
    applied.case
}

fn letters_of(park: &Park, case: CaseId) -> Vec<(Kind, Language, Delivery)> {
    let zone = park.zone();
    let all = ::letters::of_case(&zone.letters, case);
    all.map(|(_, letter)| (letter.issue.kind, letter.issue.language, letter.delivery)).collect()
}

#[tokio::test]
async fn what_was_decided_is_written_once_and_sent_with_the_pdf_attached() {
    let employers = Employers::new(None).await;
    let case = withdrawn(&employers, 1).await;
    let park = &employers.park;
    assert_eq!(park.write_due_letters().await.unwrap(), 1);
    assert_eq!(park.write_due_letters().await.unwrap(), 0);
    let before = park.letters_in_memory().len();
    park.send_letters().await.unwrap();
    let mails = park.letters_in_memory();
    assert_eq!(mails.len(), before + 1);
    let attached = mails.last().unwrap().attached.as_ref().unwrap();
    assert_eq!(attached.pdf, park.letter_pdf(attached.letter).await.unwrap());
    assert!(attached.pdf.starts_with(b"%PDF"));
    let language = mails.last().unwrap().subject.clone();
    assert!(language.starts_with("Hetao") || language.starts_with("河套"), "{language}");
    let [(Kind::Decision, _, Delivery::Sent(_))] = letters_of(park, case)[..] else {
        panic!("{:?}", letters_of(park, case))
    };
    park.send_letters().await.unwrap();
    assert_eq!(park.letters_in_memory().len(), before + 1, "noting that it was sent sends nothing");
}

#[tokio::test]
async fn a_crash_before_the_letter_was_written_or_sent_loses_none_and_doubles_none() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let case = withdrawn(&employers, 1).await;
    let employers = employers.again(data.path()).await;
    assert_eq!(employers.park.write_due_letters().await.unwrap(), 1);
    let employers = employers.again(data.path()).await;
    assert_eq!(employers.park.write_due_letters().await.unwrap(), 0);
    employers.park.send_letters().await.unwrap();
    let pdfs = || {
        fs::read_dir(data.path().join("outbox"))
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "pdf"))
    };
    assert_eq!(pdfs().count(), 1);
    let employers = employers.again(data.path()).await;
    employers.park.send_letters().await.unwrap();
    assert_eq!((pdfs().count(), letters_of(&employers.park, case).len()), (1, 1));
    let letter = ::letters::of_case(&employers.park.zone().letters, case).next().unwrap().0;
    assert!(employers.park.letter_pdf(letter).await.unwrap().starts_with(b"%PDF"), "the sweep leaves it alone");
}

#[tokio::test]
async fn a_file_that_a_crash_left_behind_goes_and_takes_nobodys_key_with_it() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let case = withdrawn(&employers, 1).await;
    let person = cases::case(&employers.park.zone().cases, case).unwrap().subject;
    let subject = parties::person(&employers.park.zone().parties, person).unwrap().subject.clone();
    let sealed = employers.park.vault.seal(&subject, context::LETTER, b"%PDF cut short").unwrap();
    let address = employers.park.blobs.put(&sealed).await.unwrap();
    let employers = employers.again(data.path()).await;
    assert!(employers.park.blobs.get(&address).await.is_err(), "nothing names it");
    assert!(employers.park.details(person).is_some(), "the person's key is still there");
}

#[tokio::test]
async fn whoever_has_no_address_keeps_the_letter_on_their_page_and_the_office_sees_that() {
    let employers = Employers::new(None).await;
    let applied = employers.upload(&roster([1], |_, row| row.replace("person-1@example.com", ""))).await.unwrap();
    let Some(applied) = applied.applied.first() else { return };
    let withdraw = cases::Command::Withdraw { case: applied.case };
    let park = &employers.park;
    park.desk.command(employers.clerks[0].1.clone(), park.now(), withdraw).await.unwrap();
    park.write_due_letters().await.unwrap();
    park.send_letters().await.unwrap();
    let [(_, _, Delivery::Failed(Undelivered::NoAddress))] = letters_of(park, applied.case)[..] else {
        panic!("{:?}", letters_of(park, applied.case))
    };
}

#[tokio::test]
async fn after_an_erasure_the_letter_cannot_be_opened_and_is_known_to_have_been() {
    let employers = Employers::new(None).await;
    let case = withdrawn(&employers, 1).await;
    let park = &employers.park;
    park.write_due_letters().await.unwrap();
    let letter = ::letters::of_case(&park.zone().letters, case).next().unwrap().0;
    let person = cases::case(&park.zone().cases, case).unwrap().subject;
    let subject = parties::person(&park.zone().parties, person).unwrap().subject.clone();
    park.vault.erase(&subject).unwrap();
    assert!(matches!(park.letter_pdf(letter).await, Err(WorkError::Vault(_))));
    assert!(::letters::letter(&park.zone().letters, letter).is_some());
}
