//! `hetao simulate`; what a week comes to is tested in the simulation itself.

use crate::program::{hetao, on};

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
