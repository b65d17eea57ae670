//! Given clocks that have run out, the platform tells of each once, whatever comes between.

use super::{Employers, good, open};
use crate::Clock;
use base::{Actor, CaseId, Date, Instant, Key};

/// A case whose clocks are late when the park is opened a fortnight after.
async fn submitted(employers: &Employers) -> CaseId {
    let applied = employers.upload_by(0, &good([1]), None).await.unwrap().applied;
    let (case, person) = (applied[0].case, applied[0].person);
    let park = &employers.park;
    let actor = Actor::Person { person };
    let kind = Key::new("passport").unwrap();
    let document = crate::Document { kind, number: "ZZ0000001", expires: Date::constant(2030, 1, 1) };
    park.confirm_document(&actor, person, &document, None).await.unwrap();
    let service = Key::new("commuter-pass").unwrap();
    for consent in &park.profile.service(&service).unwrap().consents {
        let give = parties::Command::GiveConsent { person, consent: consent.key.clone(), version: consent.version };
        park.desk.command(actor.clone(), park.now(), give).await.unwrap();
    }
    park.desk.command(actor, park.now(), cases::Command::Submit { case }).await.unwrap();
    case
}

#[tokio::test]
async fn a_breach_is_told_once_across_restarts() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let case = submitted(&employers).await;
    let Employers { park, writer, .. } = employers;
    assert_eq!(told(&park).await, 0, "nothing is late on the first day");
    drop(park);
    let (later, folder) = (Instant::of("2026-12-09T01:00:00Z".parse().unwrap()), data.path().to_owned());
    let reopen = move |writer: std::thread::JoinHandle<()>, folder: std::path::PathBuf| {
        tokio::task::spawn_blocking(move || {
            writer.join().unwrap();
            super::open_at(Some(&folder), Clock::showing(later))
        })
    };
    let (park, writer) = reopen(writer, folder.clone()).await.unwrap();
    assert_eq!(told(&park).await, 1, "both legs in one submission");
    let size = park.zone().size;
    assert_eq!(told(&park).await, 0, "the second look finds nothing");
    drop(park);
    let (park, _writer) = reopen(writer, folder).await.unwrap();
    assert_eq!(told(&park).await, 0, "nor does the next start");
    let zone = park.zone();
    assert_eq!(zone.size, size);
    let names: Vec<String> = zone
        .cases
        .books
        .iter()
        .filter(|(_, books)| !books.escalated.is_empty())
        .map(|(office, _)| office.to_string())
        .collect();
    assert_eq!(names, ["hk-immigration", "sz-exit-entry"], "each before the head of its own office");
    assert_eq!(cases::case(&zone.cases, case).unwrap().entries.len(), 2 + 4, "opened, submitted, and two events a leg");
}

async fn told(park: &crate::Park) -> usize {
    let park = park.clone();
    tokio::task::spawn_blocking(move || park.tell_clocks().unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_thread_looks_by_itself_and_lets_the_park_close() {
    let (park, writer) = tokio::task::spawn_blocking(|| open(None)).await.unwrap();
    park.keep_clocks().unwrap();
    drop(park);
    // It ends with the last clone: the thread holds none while it waits.
    tokio::task::spawn_blocking(move || writer.join().unwrap()).await.unwrap();
}
