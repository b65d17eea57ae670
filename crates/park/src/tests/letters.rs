//! Letters: after the commit, once, and to the address that the organisation gave last.

use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[tokio::test]
async fn a_crash_between_the_commit_and_the_letters_loses_none_and_sends_none_twice() {
    let data = tempfile::tempdir().unwrap();
    let outbox = data.path().join("outbox");
    let employers = Employers::new(Some(data.path())).await;
    let applied = employers.upload(&good(1..=3)).await.unwrap().applied;
    assert_eq!(fs::read_dir(&outbox).unwrap().count(), 0, "the answer waits for no letter");
    let employers = employers.again(data.path()).await;
    assert_eq!(employers.park.send_letters().await.unwrap(), 3);
    let mut letters: Vec<_> = fs::read_dir(&outbox).unwrap().map(|entry| entry.unwrap().path()).collect();
    letters.sort();
    for (letter, applied) in letters.iter().zip(&applied) {
        let text = fs::read_to_string(letter).unwrap();
        let (_, secret) = text.split_once(&format!("/enrol/{}/", applied.person)).unwrap();
        assert!(employers.park.invitation_is_good(applied.person, secret.trim()), "{text}");
        assert_eq!(fs::metadata(letter).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::metadata(&outbox).unwrap().permissions().mode() & 0o777, 0o700);
    // Whoever empties the outbox has read it: its letters do not come back.
    letters.iter().for_each(|letter| fs::remove_file(letter).unwrap());
    let employers = employers.again(data.path()).await;
    assert_eq!(employers.park.send_letters().await.unwrap(), 0);
    employers.upload(&good([4])).await.unwrap();
    assert_eq!(employers.park.send_letters().await.unwrap(), 1);
}

#[tokio::test]
async fn a_letter_that_was_written_before_the_count_was_is_not_written_over() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let before = fs::read(data.path().join("letters-sent")).unwrap();
    employers.upload(&good([1])).await.unwrap();
    employers.park.send_letters().await.unwrap();
    let outbox = data.path().join("outbox");
    let letter = fs::read_dir(&outbox).unwrap().next().unwrap().unwrap().path();
    fs::write(&letter, "erased\n").unwrap();
    fs::write(data.path().join("letters-sent"), before).unwrap();
    let employers = employers.again(data.path()).await;
    employers.park.send_letters().await.unwrap();
    assert_eq!(fs::read_to_string(&letter).unwrap(), "erased\n");
    assert_eq!(fs::read_dir(&outbox).unwrap().count(), 1);
}

#[tokio::test]
async fn an_address_that_the_employer_corrects_gets_a_new_link_and_the_old_one_stops_working() {
    let employers = Employers::new(None).await;
    let applied = employers.upload(&good([1])).await.unwrap().applied[0];
    employers.park.send_letters().await.unwrap();
    let corrected = roster([1], |_, row| row.replace("person-1@", "somebody@"));
    let again = employers.upload(&corrected).await.unwrap();
    assert_eq!((again.applied.len(), again.rows.known.len()), (0, 1));
    assert_eq!(employers.park.send_letters().await.unwrap(), 1);
    let letters = employers.park.letters_in_memory();
    let secret = |index: usize| letters[index].body.rsplit('/').next().unwrap().to_owned();
    assert_eq!((letters.len(), letters[1].to.as_str()), (2, "somebody@example.com"));
    assert!(employers.park.invitation_is_good(applied.person, &secret(1)));
    assert!(!employers.park.invitation_is_good(applied.person, &secret(0)));
}

#[tokio::test]
async fn whoever_came_in_before_is_told_of_a_new_application_and_keeps_their_own_address() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let first = employers.upload(&good([1])).await.unwrap().applied[0];
    park.send_letters().await.unwrap();
    let secret = park.letters_in_memory()[0].body.rsplit('/').next().unwrap().to_owned();
    park.add_passkey(first.person, b"phone", &serde_json::json!({}), Some(&secret)).await.unwrap();
    let withdraw = cases::Command::Withdraw { case: first.case };
    park.desk.command(employers.clerks[0].1.clone(), park.now(), withdraw).await.unwrap();
    let other_address = roster([1], |_, row| row.replace("person-1@", "thief@"));
    assert_eq!(employers.upload(&other_address).await.unwrap().applied.len(), 1);
    assert_eq!(park.send_letters().await.unwrap(), 1);
    let letter = park.letters_in_memory().pop().unwrap();
    assert_eq!(letter.to, "person-1@example.com");
    assert!(letter.body.ends_with("/me"), "{}", letter.body);
}

#[tokio::test]
async fn a_link_that_is_asked_for_twice_under_one_key_is_the_same_and_sent_once() {
    let employers = Employers::new(None).await;
    let applied = employers.upload(&good([1])).await.unwrap().applied[0];
    employers.park.send_letters().await.unwrap();
    let clerk = &employers.clerks[0].1;
    let invite = || employers.park.invite_again(clerk, applied.person, Some("once".into()));
    let (first, second) = (invite().await.unwrap(), invite().await.unwrap());
    assert_eq!(first.secret, second.secret);
    assert!(employers.park.invitation_is_good(applied.person, &first.secret));
    assert_eq!(employers.park.send_letters().await.unwrap(), 1);
}
