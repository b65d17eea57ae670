//! The first start of a demonstration: whole, or begun anew.

use crate::park_folder::{files_of, open_at};
use crate::program::on;
use crate::server::Server;
use profile::Profile;
use serde_json::json;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

const WRITING_MAX: Duration = Duration::from_secs(120);

/// Starts it, and waits until part of its past is written: the first rosters are in.
fn start_and_wait_for_half(data: &Path) -> Child {
    let mut child = Server::spawn(data, &["--demo"]);
    let begun = Instant::now();
    while !data.join("objects").is_dir() || files_of(&data.join("objects")).len() < 3 {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        assert!(begun.elapsed() < WRITING_MAX, "nothing was written");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

#[test]
fn a_first_start_that_was_killed_is_begun_anew_and_the_demonstration_is_whole() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let mut child = start_and_wait_for_half(&data);
    let beside = on(&data, &["serve", "--demo", "--listen", "127.0.0.1:0"]).ending_with(3);
    assert!(beside.stderr.contains("another process is preparing"), "{}", beside.stderr);
    child.kill().unwrap();
    child.wait().unwrap();
    let as_a_park = on(&data, &["serve", "--listen", "127.0.0.1:0"]).ending_with(3);
    assert!(as_a_park.stderr.contains("unfinished demonstration"), "{}", as_a_park.stderr);

    let server = Server::start(&data, &["--demo"]);
    let persona = json!({ "persona": "clerk-hong-kong" });
    assert_eq!(server.client().post("/api/demo/tokens", None, None, &persona).unwrap().0, 200);
    assert_eq!(server.end(), Some(0));
    on(&data, &["verify"]).ending_with(0);
    open_at(&data, |park, _| {
        let zone = park.zone();
        let profile = Profile::load(&crate::program::zone_folder()).unwrap();
        assert_eq!(zone.parties.organisations.len(), profile.demo_organisations.len());
        assert!(zone.people.tallies.values().map(|tally| tally.passed).sum::<u32>() > 1_000, "no days of crossings");
        let files = files_of(&data.join("objects")).len();
        let rosters = zone.cases.rosters.values();
        let named = rosters.map(|roster| 1 + usize::from(roster.rows.is_some())).sum::<usize>();
        let attached = zone.cases.attachments.values().flat_map(|files| files.iter());
        let attached = attached.map(|file| 1 + usize::from(file.thumbnail.is_some())).sum::<usize>();
        let letters = zone.letters.letters.len();
        assert_eq!(files, named + attached + letters, "files of the start that was killed are left");
    });
    // Whole, it is opened as it is: nobody makes it anew a second time.
    let size = crate::park_folder::reader(&data).size();
    assert_eq!(Server::start(&data, &["--demo"]).end(), Some(0));
    assert!(crate::park_folder::reader(&data).size() >= size);
}
