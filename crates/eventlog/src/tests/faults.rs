//! The table of faults: at every step of a commit the store fails and keeps nothing, everything, or (as no store
//! should) a part. After opening again, what was acknowledged is there, and nothing is half-done.

use super::*;
use crate::memory::{Fault, Leaves, Step};

/// Appends, lets the next append fail, opens again; gives the log's size before and after the failure.
fn fail_and_reopen(fault: Fault) -> Result<(u64, u64), LogError> {
    let (memory, mut log, reader) = log_of(300, 300);
    memory.fail_next(fault);
    let failed = log.append(&entries(300, 500), 0);
    assert!(matches!(failed, Err(LogError::Storage { .. })), "{fault:?}");
    assert_eq!(reader.size(), 300, "{fault:?}: what is not acknowledged is not shown");
    assert_eq!(log.append(&entries(300, 1), 0), Err(LogError::Stopped), "{fault:?}");
    drop(log);

    let (mut log, reader) = Log::open(Box::new(memory), keys())?;
    let size = log.size();
    assert_eq!(check_log(&reader).unwrap().size, size, "{fault:?}");
    for (sequence, entry) in (0..).zip(entries(0, size)) {
        assert_eq!(reader.entry(sequence).unwrap(), Some(entry), "{fault:?}");
    }
    // And life goes on.
    let next = entries(size, 40);
    assert_eq!(log.append(&next, 0).unwrap().first, size);
    assert_eq!(check_log(&reader).unwrap().size, size + 40, "{fault:?}");
    Ok((300, size))
}

#[test]
fn a_commit_that_fails_and_leaves_nothing_never_was() {
    for step in Step::ALL {
        assert_eq!(fail_and_reopen(Fault { step, leaves: Leaves::Nothing }), Ok((300, 300)), "{step:?}");
    }
}

#[test]
fn a_commit_whose_answer_was_lost_is_whole_after_opening_again() {
    for step in Step::ALL {
        assert_eq!(fail_and_reopen(Fault { step, leaves: Leaves::Everything }), Ok((300, 800)), "{step:?}");
    }
}

#[test]
fn a_torn_commit_is_refused_rather_than_served() {
    for step in Step::ALL {
        let reopened = fail_and_reopen(Fault { step, leaves: Leaves::Torn });
        match step {
            Step::Begin | Step::Entries => assert_eq!(reopened, Ok((300, 300)), "{step:?}: nothing was written yet"),
            Step::Tiles | Step::Checkpoint => {
                assert!(matches!(reopened, Err(LogError::Corrupt { .. })), "{step:?}: {reopened:?}");
            }
            Step::ReadBack | Step::Commit => assert_eq!(reopened, Ok((300, 800)), "{step:?}: all was written"),
        }
    }
}

#[test]
fn a_first_opening_that_fails_can_be_tried_again() {
    for step in Step::ALL {
        for leaves in [Leaves::Nothing, Leaves::Everything] {
            let memory = Memory::new();
            memory.fail_next(Fault { step, leaves });
            assert!(Log::open(Box::new(memory.clone()), keys()).is_err());
            let (mut log, reader) = open(&memory);
            log.append(&entries(0, 3), 0).unwrap();
            assert_eq!(check_log(&reader).unwrap().size, 3);
        }
    }
}

#[test]
fn an_entry_that_is_too_large_is_refused_and_the_log_goes_on() {
    let (_, mut log, reader) = log_of(2, 2);
    let largest = vec![1; ENTRY_BYTES_MAX];
    let too_large = vec![1; ENTRY_BYTES_MAX + 1];
    let refused = log.append(&[largest.clone(), too_large], 0);
    assert_eq!(refused, Err(LogError::TooLarge { index: 1, length: 65_536 }));
    assert_eq!(reader.size(), 2, "nothing of the batch was appended");
    log.append(std::slice::from_ref(&largest), 0).unwrap();
    assert_eq!(reader.entry(2).unwrap(), Some(largest));
    assert_eq!(check_log(&reader).unwrap().size, 3);
}

#[test]
fn appending_nothing_commits_nothing() {
    let (_, mut log, reader) = log_of(2, 2);
    let before = reader.checkpoint();
    let commit = log.append(&[], 0).unwrap();
    assert_eq!((commit.first, commit.size, commit.checkpoint), (2, 2, before));
}

#[test]
fn a_log_is_not_opened_with_another_log_s_keys() {
    let (memory, log, _) = log_of(2, 2);
    drop(log);
    for (origin, ed25519, ml_dsa) in
        [("other.example/log", [7; 32], [9; 32]), (ORIGIN, [8; 32], [9; 32]), (ORIGIN, [7; 32], [8; 32])]
    {
        let keys = LogKeys::from_seeds(origin, ed25519, ml_dsa).unwrap();
        let opened = Log::open(Box::new(memory.clone()), keys);
        assert!(matches!(opened, Err(LogError::Keys { .. })), "{opened:?}");
    }
}

#[test]
fn two_writers_on_one_store_do_not_mix_their_entries() {
    let memory = Memory::new();
    let ((mut one, reader), (mut two, _)) = (open(&memory), open(&memory));
    one.append(&entries(0, 3), 0).unwrap();
    assert!(matches!(two.append(&entries(0, 1), 0), Err(LogError::Locked { .. })));
    assert_eq!(check_log(&reader).unwrap().size, 3);
}

#[test]
fn checkpoints_are_kept_sparsely_and_each_is_verified() {
    let (memory, log, reader) = log_of(20_000, 100);
    // The empty tree's, the first one past each of 4096, 8192, 12288 and 16384 entries, and the latest.
    assert_eq!(check_log(&reader).unwrap().checkpoints, 6);
    drop(log);
    let (mut log, reader) = open(&memory);
    log.append(&entries(20_000, 10), 0).unwrap();
    assert_eq!(check_log(&reader).unwrap().checkpoints, 6);
    memory.damage_checkpoint(8200, &reader.checkpoint());
    assert!(matches!(check_log(&reader), Err(LogError::Corrupt { sequence: None, .. })));
}

#[test]
fn readers_can_be_shared_between_threads_and_never_see_what_is_not_committed() {
    fn shareable<T: Clone + Send + Sync>(_: &T) {}
    let (mut log, reader) = open(&Memory::new());
    shareable(&reader);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                let reader = reader.clone();
                scope.spawn(move || {
                    let mut checks = 0;
                    while checks == 0 || reader.size() < 2_000 {
                        let checkpoint = public().verify(&reader.checkpoint()).unwrap();
                        let mut seen = 0;
                        reader
                            .scan(0, checkpoint.size, &mut |_, _| {
                                seen += 1;
                                Ok(())
                            })
                            .unwrap();
                        assert_eq!(seen, checkpoint.size);
                        assert_eq!(reader.root_at(checkpoint.size), Ok(checkpoint.root));
                        checks += 1;
                    }
                    checks
                })
            })
            .collect();
        while log.size() < 2_000 {
            log.append(&entries(log.size(), 7), 0).unwrap();
        }
        for reader in readers {
            assert!(reader.join().unwrap() > 0);
        }
    });
}
