//! `hetao zone check`.

use crate::park_folder::copy_folder;
use crate::program::{hetao, on, zone_folder};
use std::fs;
use std::path::Path;

fn change(zone: &Path, file: &str, from: &str, to: &str) {
    let path = zone.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from:?} to spoil");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_zone_of_the_loop_has_nothing_wrong_and_says_what_is_in_it() {
    let run = hetao(["zone", "check"]).ending_with(0);
    for wanted in ["nothing wrong", "2 parks, 2 bridges, 4 gates", "commuter-pass"] {
        assert!(run.stdout.contains(wanted), "{wanted} is missing in:\n{}", run.stdout);
    }
    let json = hetao(["zone", "check", "--json"]).ending_with(0).json();
    assert_eq!((&json["ok"], json["faults"].as_array().unwrap().len()), (&true.into(), 0));
    assert!(json["summary"]["rules"].as_u64().unwrap() > 50);
}

/// Ten faults of ten kinds, each in a file of its own or far from the others.
fn spoil(zone: &Path) {
    change(zone, "zone.toml", "key = ", "kee = ");
    change(zone, "parks.toml", "bank = \"north\"", "bank = \"middle\"");
    change(zone, "bridges.toml", "[[bridge]]", "[[bridge]");
    change(zone, "offices.toml", "en = ", "fr = ");
    change(zone, "figures.toml", "section = ", "sektion = ");
    change(zone, "personas.toml", "role = \"", "role = \"former-");
    change(zone, "services/commuter-pass.toml", "kind = \"issue_permit\"", "kind = \"issue_nothing\"");
    change(zone, "services/visitor-pass.toml", "office = \"", "office = \"no-such-");
    change(zone, "rules/people.cedar", "@section(", "@sektion(");
    change(zone, "rules/crossing.cedar", "permit (", "permitt (");
}

#[test]
fn a_folder_with_ten_faults_lists_all_ten_files_with_line_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&zone_folder(), folder.path());
    spoil(folder.path());
    let run = hetao([Path::new("zone"), Path::new("check"), folder.path()]).ending_with(1);
    for file in [
        "zone.toml",
        "parks.toml",
        "bridges.toml",
        "offices.toml",
        "figures.toml",
        "personas.toml",
        "services/commuter-pass.toml",
        "services/visitor-pass.toml",
        "rules/people.cedar",
        "rules/crossing.cedar",
    ] {
        let place = format!("{}/{file}:", folder.path().display());
        let line = run.stdout.lines().find(|line| line.starts_with(&place));
        let line = line.unwrap_or_else(|| panic!("no fault of {file} in:\n{}", run.stdout));
        assert!(line[place.len()..].starts_with(|c: char| c.is_ascii_digit()), "no line number: {line}");
        assert!(line.contains(" — "), "no remedy: {line}");
    }
    let json = on(folder.path(), &["zone", "check", "--json", "--zone", folder.path().to_str().unwrap()]);
    let json = json.ending_with(1).json();
    assert!(json["faults"].as_array().unwrap().len() >= 10);
    assert_eq!(json["summary"], serde_json::Value::Null);
}

#[test]
fn a_faulty_zone_folder_is_never_served() {
    let folder = tempfile::tempdir().unwrap();
    let (zone, data) = (folder.path().join("zone"), folder.path().join("data"));
    copy_folder(&zone_folder(), &zone);
    change(&zone, "gates.toml", "key = ", "kee = ");
    let run = on(&data, &["serve", "--listen", "127.0.0.1:0", "--zone", zone.to_str().unwrap()]).ending_with(1);
    assert!(run.stderr.contains("gates.toml:"), "{}", run.stderr);
    assert!(!data.exists(), "a data folder was made for a zone that cannot be served");
}

#[test]
fn a_zone_folder_that_is_not_there_is_one_message_and_not_a_list_of_missing_files() {
    let place = tempfile::tempdir().unwrap();
    let nowhere = place.path().join("zone");
    for command in [["serve"].as_slice(), &["simulate"], &["verify"], &["backup", "b"], &["restore", "b"]] {
        let zone = ["--zone", nowhere.to_str().unwrap()];
        let run = on(&place.path().join("data"), &[command, &zone].concat()).ending_with(3);
        assert!(run.stderr.contains("name the zone folder with --zone"), "{command:?}: {}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "something was made");
}
