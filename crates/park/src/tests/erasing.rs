//! Given keys that the log says are destroyed and that are there all the same, when the park is opened, then they go.

use super::*;
use base::Subject;
use vault::{Vault, VaultError};

fn key_is_there(park: &Park, subject: &Subject) -> bool {
    !matches!(park.vault.seal(subject, "test", b"x"), Err(VaultError::Erased))
}

#[tokio::test]
async fn an_older_copy_of_the_keys_opens_nobody_whom_the_log_says_is_erased() {
    let folder = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(folder.path())).await;
    let applied = employers.upload(&good([1, 2])).await.unwrap().applied;
    let (gone, stays) = (applied[0].person, applied[1].person);
    employers.park.send_letters().await.unwrap();
    let older = folder.path().join("older-keys");
    employers.park.vault.backup_to(&older).unwrap();

    // The event is written, as an operator's erasure does first, and then the older keys come back.
    let erase = parties::Command::Erase { person: gone, case_approved: true };
    employers.park.desk.command(Actor::Operator, employers.park.now(), erase).await.unwrap();
    let Employers { park, writer, clerks } = employers;
    let roster = park.zone().cases.rosters.values().next().unwrap().subject.clone();
    let subject = parties::person(&park.zone().parties, gone).unwrap().subject.clone();
    assert!(park.details(gone).is_some(), "the event alone destroys nothing");
    drop(park);
    let data = folder.path().to_owned();
    let opened = tokio::task::spawn_blocking(move || {
        writer.join().unwrap();
        for beside in ["keys.sqlite-wal", "keys.sqlite-shm"] {
            let _ = std::fs::remove_file(data.join(beside));
        }
        std::fs::rename(older, data.join("keys.sqlite")).unwrap();
        open(Some(&data))
    });
    let (park, writer) = opened.await.unwrap();
    assert_eq!(park.details(gone), None);
    assert!(!key_is_there(&park, &subject), "the person's key");
    assert!(!key_is_there(&park, &roster), "the roster that names them");
    assert!(park.details(stays).is_some(), "nobody else lost anything");
    let letters = std::fs::read_dir(folder.path().join("outbox")).unwrap();
    let left = letters
        .filter(|letter| std::fs::read_to_string(letter.as_ref().unwrap().path()).unwrap().contains("person-1@"));
    assert_eq!(left.count(), 0, "a letter to them");
    drop((park, clerks));
    tokio::task::spawn_blocking(move || writer.join().unwrap()).await.unwrap();
}

#[tokio::test]
async fn the_key_of_a_watch_that_was_taken_off_goes_at_the_next_opening_if_a_crash_came_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(folder.path())).await;
    let officer = system_officer(&employers.park).await;
    let watch = employers.park.list_watch(&officer, Bank::South, "passport", "K01234567").await.unwrap();
    let subject = employers.park.zone().people.watch[&watch].tag.of.clone();
    // The event without the erasure that follows it: as a crash leaves it.
    let unlist = people::Command::UnlistWatch { watch };
    employers.park.desk.command(officer, employers.park.now(), unlist).await.unwrap();
    assert!(key_is_there(&employers.park, &subject));
    let employers = employers.again(folder.path()).await;
    assert!(!key_is_there(&employers.park, &subject));
    assert!(Vault::open(&folder.path().join("keys.sqlite")).unwrap().holds(&subject).is_ok_and(|there| !there));
}

async fn system_officer(park: &Park) -> Actor {
    let office: Key = "hk-immigration".parse().unwrap();
    let new = crate::NewPerson {
        family_name: "Lee".to_owned(),
        given_name: "Siu Ming".to_owned(),
        latin_name: String::new(),
        email: "sm.lee@immd.example".to_owned(),
        language: Language::En,
        home_bank: Bank::South,
    };
    let post = desk::Post::Office(office.clone());
    let appointed = park.appoint(&Actor::Operator, &crate::Who::New(new), post, None).await.unwrap();
    assert!(appointed.link.is_some(), "whoever is new comes in by a link");
    Actor::Officer { person: appointed.person, office }
}
