//! Names kept in memory: shown again without being opened again, and never after their key is gone.

use super::*;
use std::time::Duration;
use vault::Vault;

#[tokio::test]
async fn a_name_that_was_shown_is_gone_at_once_when_its_key_is_erased() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let (gone, stays) = (0, 1);
    let applied = employers.upload(&good([1, 2])).await.unwrap().applied;
    let people = [applied[gone].person, applied[stays].person];
    let names = people.map(|person| park.name_of(person));
    assert_eq!(people.map(|person| park.name_of(person)), names, "the same name again");
    assert!(park.names.len() >= 2, "kept");
    let subject = parties::person(&park.zone().parties, people[gone]).unwrap().subject.clone();
    park.vault.erase(&subject).unwrap();
    assert_eq!(park.name_of(people[gone]), people[gone].to_string(), "a number, and no name");
    assert_eq!(park.names.len(), 0, "none that was kept before is kept now");
    assert_eq!(park.name_of(people[stays]), names[stays]);
}

#[tokio::test]
async fn a_name_that_was_shown_is_gone_when_another_process_erases_its_key() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let park = &employers.park;
    let person = employers.upload(&good([1])).await.unwrap().applied[0].person;
    assert_ne!(park.name_of(person), person.to_string());
    let subject = parties::person(&park.zone().parties, person).unwrap().subject.clone();
    // As `hetao erase` does it beside a server.
    Vault::open(&data.path().join("keys.sqlite")).unwrap().erase(&subject).unwrap();
    tokio::time::sleep(Duration::from_millis(2 * vault::RECHECK_MILLISECONDS)).await;
    assert_eq!(park.name_of(person), person.to_string());
}

#[tokio::test]
async fn a_name_that_was_corrected_is_shown_as_it_is_now() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let person = employers.upload(&good([1])).await.unwrap().applied[0].person;
    park.name_of(person);
    let known = parties::person(&park.zone().parties, person).unwrap().subject.clone();
    let details = Details { family_name: "虛構".into(), given_name: "甲".into(), ..Details::default() };
    let details = park.vault.seal_json(&known, context::DETAILS, &details).unwrap();
    system(park, parties::Command::MendDetails { person, details }).await;
    assert_eq!(park.name_of(person), "虛構甲");
}
