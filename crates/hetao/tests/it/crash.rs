//! The server is killed at random under load, fifty times, and started again: nothing acknowledged is ever missing.

use crate::load::{Commuter, Pass, commuters, everything_acknowledged_is_there, nothing_was_lost_or_doubled};
use crate::park_folder::ParkFolder;
use crate::program::on;
use crate::server::Server;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

const KILLS: u64 = 50;
const COMMUTERS: usize = 4;
/// Replaying the log out of process takes its time; in between, every acknowledged entry is looked up.
const KILLS_BETWEEN_VERIFYING: u64 = 10;

#[test]
fn crash_fifty_times_under_load_and_nothing_acknowledged_is_lost_or_doubled() {
    let folder = ParkFolder::seeded();
    let mut walkers = commuters(&folder, COMMUTERS);
    let mut answered = 0;
    for kill in 1..=KILLS {
        // Some are killed while they are still starting: recovering must itself survive that.
        if kill % 5 == 0 {
            let mut child = Server::spawn(&folder.path(), &["--demo"]);
            std::thread::sleep(random_milliseconds(1, 1_500));
            child.kill().unwrap();
            child.wait().unwrap();
        } else {
            walk_until_killed(&folder.path(), &mut walkers, random_milliseconds(20, 900));
        }
        everything_acknowledged_is_there(&folder.path(), &walkers);
        if kill % KILLS_BETWEEN_VERIFYING == 0 {
            on(&folder.path(), &["verify"]).ending_with(0);
        }
        answered = walkers.iter().map(|walker| walker.answered.len()).sum();
    }
    assert!(answered > 200, "only {answered} requests were answered in {KILLS} rounds: that is no load");
    settle(&folder.path(), &mut walkers);
    everything_acknowledged_is_there(&folder.path(), &walkers);
    nothing_was_lost_or_doubled(&folder.path(), &walkers);
    on(&folder.path(), &["verify"]).ending_with(0);
}

fn walk_until_killed(data: &Path, walkers: &mut [Commuter], after: Duration) {
    let server = Server::start(data, &["--demo"]);
    let pass = Pass::of(&server);
    let never = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for walker in walkers {
            let (mut client, pass, never) = (server.client(), &pass, &never);
            scope.spawn(move || walker.walk(&mut client, pass, never));
        }
        std::thread::sleep(after);
        server.kill();
    });
}

/// One last server, until everybody has an answer to what they last asked.
fn settle(data: &Path, walkers: &mut [Commuter]) {
    let server = Server::start(data, &["--demo"]);
    let pass = Pass::of(&server);
    for walker in walkers {
        let mut client = server.client();
        // An answer may make the next request: an arrival after a decision. One of each is the most there can be.
        for _ in 0..3 {
            if walker.waits_for_an_answer() {
                walker.walk_one(&mut client, &pass);
            }
        }
        assert!(!walker.waits_for_an_answer());
    }
    assert_eq!(server.end(), Some(0));
}

/// Another one each time: a schedule that never changes would test one moment for ever.
fn random_milliseconds(least: u64, most: u64) -> Duration {
    Duration::from_millis(least + RandomState::new().hash_one(0) % (most - least))
}
