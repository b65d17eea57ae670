//! `hetao roster check`, on every example file.

use crate::program::{hetao, root};
use serde_json::Value;
use std::fs;

/// The day that the example rosters were made for.
const TODAY: &str = "2026-11-20";

fn check(file: &str, language: &str, code: i32) -> Value {
    let path = root().join("examples/rosters").join(file);
    let arguments = ["roster", "check", path.to_str().unwrap(), "--today", TODAY, "--language", language, "--json"];
    hetao(arguments).ending_with(code).json()["files"][0].clone()
}

/// The lines and codes that the table in the examples' README promises.
fn promised(file: &str) -> Vec<(u64, String)> {
    let readme = fs::read_to_string(root().join("examples/rosters/README.md")).unwrap();
    let (_, section) = readme.split_once(&format!("### {file}\n")).unwrap();
    let section = section.split("\n#").next().unwrap();
    let rows = section.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((cells.next()?.parse().ok()?, cells.next()?.trim_matches('`').to_owned()))
    });
    rows.collect()
}

#[test]
fn each_example_roster_has_exactly_the_seventeen_faults_that_it_was_made_with() {
    for file in ["utf8.csv", "utf8-bom.csv", "big5-hkscs.csv", "gb18030.csv", "english.csv"] {
        let answer = check(file, "en", 1);
        assert_eq!(
            (&answer["rows"], &answer["good"], &answer["faulty"]),
            (&200.into(), &183.into(), &17.into()),
            "{file}"
        );
        let found: Vec<(u64, String)> = answer["faulty_rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["line"].as_u64().unwrap(), row["faults"][0]["code"].as_str().unwrap().to_owned()))
            .collect();
        let promised = promised(file);
        assert_eq!(promised.len(), 17, "{file}: the README's table");
        assert_eq!(found, promised, "{file}");
    }
}

#[test]
fn a_clerk_reads_in_their_own_language_what_is_wrong_and_how_to_mend_it() {
    for (language, wanted) in [
        ("zh-Hant", "第 106 行第 6 欄「證件有效期至」：證件已經過期。"),
        ("zh-Hans", "第106行第6列"),
        ("en", "line 106, column 6 (ID expiry date): The document has expired."),
    ] {
        let path = root().join("examples/rosters/big5-hkscs.csv");
        let arguments = ["roster", "check", path.to_str().unwrap(), "--today", TODAY, "--language", language];
        let text = hetao(arguments).ending_with(1).stdout;
        assert!(text.contains(wanted), "{language}: {wanted} is missing in:\n{text}");
    }
    let path = root().join("examples/rosters/utf8.csv");
    let mut by_environment = crate::program::command();
    by_environment.args(["roster", "check", path.to_str().unwrap()]).env("LANG", "zh_HK.UTF-8");
    let text = String::from_utf8(by_environment.output().unwrap().stdout).unwrap();
    assert!(text.contains("行須更正"), "{text}");
}

#[test]
fn a_file_that_cannot_be_read_is_refused_whole_and_says_why() {
    for (file, code) in [
        ("refused/empty.csv", "empty"),
        ("refused/binary.csv", "not-text"),
        ("refused/utf16.csv", "utf-16"),
        ("refused/no-header.csv", "header-missing"),
        ("refused/mixed-encoding.csv", "mixed-encodings"),
    ] {
        for language in ["zh-Hant", "zh-Hans", "en"] {
            let answer = check(file, language, 1);
            assert_eq!(answer["refused"]["code"], code, "{file}");
            assert_ne!(answer["refused"]["remedy"], "", "{file}");
        }
    }
}

#[test]
fn a_file_larger_than_any_roster_is_refused_without_being_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.csv");
    fs::File::create(&path).unwrap().set_len(8 << 30).unwrap();
    let run = hetao(["roster", "check", path.to_str().unwrap(), "--json"]).ending_with(1);
    assert_eq!(run.json()["files"][0]["refused"]["code"], "too-large");
}

#[test]
fn a_file_that_is_not_there_is_no_fault_of_the_roster() {
    let run = hetao(["roster", "check", "/nonexistent.csv"]).ending_with(3);
    assert!(run.stderr.contains("/nonexistent.csv"), "{}", run.stderr);
}
