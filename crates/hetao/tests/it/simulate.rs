//! `hetao simulate`; what a week comes to is tested in the simulation itself.

use crate::park_folder::{ParkFolder, reader};
use crate::program::{hetao, on};
use crate::server::Server;
use desk::{Envelope, Event};
use serde_json::Value;

const SMALL: [&str; 6] = ["simulate", "--commuters", "40", "--days", "1", "--json"];

#[test]
fn the_same_seed_gives_the_same_report_and_another_seed_another() {
    let report = |seed| hetao(SMALL.into_iter().chain(["--seed", seed])).ending_with(0).stdout;
    let first = report("7");
    assert_eq!(first, report("7"));
    assert_ne!(first, report("8"));
}

#[test]
fn what_is_played_into_a_data_folder_verifies_and_can_be_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let (data, chart) = (folder.path().join("data"), folder.path().join("queues.svg"));
    let arguments = [SMALL.as_slice(), &["--svg", chart.to_str().unwrap()]].concat();
    let json = on(&data, &arguments).ending_with(0).json();
    assert_eq!(json["plan"]["commuters"], 40);
    on(&data, &["verify"]).ending_with(0);
    assert!(std::fs::read_to_string(chart).unwrap().starts_with("<svg"));
}

#[test]
fn a_plan_beyond_the_limits_is_refused_with_the_limit() {
    let run = hetao(["simulate", "--commuters", "0"]).ending_with(2);
    assert!(run.stderr.contains("commuters"), "{}", run.stderr);
    hetao(["simulate", "--against", "http://127.0.0.1:1", "--data", "/nonexistent"]).ending_with(2);
}

/// Twelve holders, two days, over and back.
const LOAD: [&str; 6] = ["--commuters", "12", "--days", "2", "--seed", "7"];
const DECISIONS: u64 = 12 * 2 * 2;

fn decisions_recorded(data: &std::path::Path) -> u64 {
    let (log, mut count) = (reader(data), 0);
    log.scan(0, log.size(), &mut |_, bytes| {
        let event = Envelope::decode(bytes).unwrap().event;
        count += u64::from(matches!(event, Event::People(people::Event::PresentationDecided(_))));
        Ok(())
    })
    .unwrap();
    count
}

#[test]
fn a_demonstration_that_is_loaded_answers_every_presentation_and_its_log_verifies_afterwards() {
    let folder = ParkFolder::seeded();
    let before = decisions_recorded(&folder.path());
    let server = Server::start(&folder.path(), &["--demo"]);
    let address = format!("http://{}", server.address);
    let run = hetao(["simulate", "--against", &address, "--json"].into_iter().chain(LOAD)).ending_with(0);
    let json = run.json();
    let load = &json["load"];
    let figure = |name: &str| load[name].as_u64().unwrap();
    assert_eq!((figure("holders"), figure("decisions"), figure("errors")), (12, DECISIONS, 0), "{load}");
    assert_eq!(figure("passed") + figure("referred") + figure("refused"), DECISIONS);
    assert!(figure("passed") > DECISIONS / 2, "{load}");
    let times = ["p50_us", "p90_us", "p99_us", "max_us"].map(figure);
    assert!(times[0] > 0 && times.is_sorted(), "{times:?}");
    let told: u64 = json["refusals"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap()).sum();
    // Whoever is on a list is referred without a reason that a gate would show.
    let (refused, not_passed) = (figure("refused"), figure("referred") + figure("refused"));
    assert!((refused..=not_passed).contains(&told), "each refusal has its reason: {json}");
    assert_eq!(json["people"], Value::Null, "what was not seen is not told as nothing");

    let text = hetao(["simulate", "--against", &address, "--language", "zh-Hant"].into_iter().chain(LOAD));
    assert!(text.ending_with(0).stdout.contains("12"));
    assert_eq!(server.end(), Some(0));
    on(&folder.path(), &["verify"]).ending_with(0);
    assert!(decisions_recorded(&folder.path()) >= before + 2 * DECISIONS);
}

#[test]
fn a_park_at_work_gives_no_tokens_for_load_and_nothing_is_written_to_its_log() {
    let folder = ParkFolder::at_rest();
    let size = reader(&folder.path()).size();
    let server = Server::start(&folder.path(), &[]);
    let run = hetao(["simulate", "--against", &format!("http://{}", server.address)]).ending_with(3);
    assert!(run.stderr.contains("--demo"), "{}", run.stderr);
    assert_eq!(server.end(), Some(0));
    assert_eq!(reader(&folder.path()).size(), size);
}

#[test]
fn a_server_that_is_not_there_or_cannot_be_spoken_to_is_said_so() {
    let run = hetao(["simulate", "--against", "http://127.0.0.1:1"]).ending_with(3);
    assert!(run.stderr.contains("127.0.0.1:1") && run.stderr.contains("refused"), "{}", run.stderr);
    let run = hetao(["simulate", "--against", "https://park.example"]).ending_with(2);
    assert!(run.stderr.contains("http://"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_written_is_told_before_days_are_played() {
    for (option, place) in [("--svg", "/nonexistent/queues.svg"), ("--data", "/proc/data")] {
        let begun = std::time::Instant::now();
        let run = hetao(["simulate", option, place]).ending_with(3);
        assert!(run.stderr.contains(place), "{}", run.stderr);
        assert!(begun.elapsed().as_secs() < 20, "all days were played first");
    }
}
