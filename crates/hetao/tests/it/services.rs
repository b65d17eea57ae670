//! `hetao services`: which versions there are, and moving open cases to the newest.

use crate::park_folder::{ParkFolder, copy_folder};
use crate::program::{hetao, zone_folder};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SERVICE: &str = "services/commuter-pass.toml";

/// A zone in which the commuter pass has a second version: one question more, a leg with more days, the first kept beside.
fn zone_with_version_2(required: bool) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&zone_folder(), folder.path());
    let file = folder.path().join(SERVICE);
    let first = fs::read_to_string(&file).unwrap();
    fs::create_dir_all(folder.path().join("services/history")).unwrap();
    fs::write(folder.path().join("services/history/commuter-pass@1.toml"), &first).unwrap();
    let second = first
        .replacen("version = 1\n", "version = 2\n", 1)
        .replacen("working_days = 5\n", "working_days = 8\n", 1)
        .replacen(
            "[form]\n",
            &format!(
                "[form]\n\n[[form.field]]\nkey = \"laboratory\"\nlabel = {{ zh-Hant = \"實驗室\", zh-Hans = \"实验室\", en = \
                 \"Laboratory\" }}\nkind = \"text\"\nrequired = {required}\n"
            ),
            1,
        );
    fs::write(&file, second).unwrap();
    folder
}

fn on(zone: &Path, data: &Path, arguments: &[&str]) -> crate::program::Run {
    let (zone, data) = (zone.display().to_string(), data.display().to_string());
    hetao(arguments.iter().copied().chain(["--zone", &zone, "--data", &data, "--demo", "--json"]))
}

#[test]
fn open_cases_are_moved_to_a_new_version_after_it_was_shown_what_that_does() {
    let folder = ParkFolder::seeded();
    let zone = zone_with_version_2(false);
    let (zone, data) = (zone.path(), folder.path());
    let listed = on(zone, &data, &["services", "list"]).ending_with(0).json();
    let of_service = |listed: &serde_json::Value| {
        let services = listed["services"].as_array().unwrap();
        services.iter().find(|line| line["service"] == "commuter-pass").unwrap().clone()
    };
    let before = of_service(&listed);
    let open = before["open"]["1"].as_u64().unwrap();
    assert!(open > 0 && before["version"] == 2 && before["earlier"] == serde_json::json!([1]), "{before}");

    let would = on(zone, &data, &["services", "migrate", "commuter-pass", "--dry-run"]).ending_with(0).json();
    let cases = would["cases"].as_array().unwrap();
    assert_eq!((cases.len() as u64, &would["dry_run"]), (open, &true.into()));
    let clocks = |case: &serde_json::Value| {
        let kept = case["legs_kept"].as_array().unwrap();
        kept.iter().any(|leg| (&leg["working_days_before"], &leg["working_days"]) == (&5.into(), &8.into()))
    };
    assert!(cases.iter().any(clocks), "{would}");
    assert_eq!(of_service(&on(zone, &data, &["services", "list"]).ending_with(0).json()), before, "nothing was moved");

    let moved = on(zone, &data, &["services", "migrate", "commuter-pass"]).ending_with(0).json();
    assert_eq!(moved["cases"].as_array().unwrap().len() as u64, open);
    let after = of_service(&on(zone, &data, &["services", "list"]).ending_with(0).json());
    assert!(after["open"].get("1").is_none() && after["open"]["2"].as_u64() == Some(open), "{after}");
    on(zone, &data, &["services", "migrate", "commuter-pass"]).ending_with(0);
    let verified = hetao(["verify", "--zone", &zone.display().to_string(), "--data", &data.display().to_string()]);
    verified.ending_with(0);
}

#[test]
fn a_version_that_open_cases_are_on_and_that_is_not_held_is_said() {
    let folder = ParkFolder::seeded();
    let zone = zone_with_version_2(false);
    fs::remove_dir_all(zone.path().join("services/history")).unwrap();
    let listed = on(zone.path(), &folder.path(), &["services", "list"]).ending_with(1).json();
    let services = listed["services"].as_array().unwrap();
    let line = services.iter().find(|line| line["service"] == "commuter-pass").unwrap();
    assert_eq!(line["not_held"], serde_json::json!([1]), "{line}");
}

#[test]
fn a_service_that_is_none_is_said() {
    let folder = ParkFolder::seeded();
    let run = on(&zone_folder(), &folder.path(), &["services", "migrate", "no-such-service"]).ending_with(1);
    assert!(run.stderr.contains("no-such-service"), "{}", run.stderr);
}
