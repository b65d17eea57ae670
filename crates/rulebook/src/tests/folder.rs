//! A rules folder that is wrong says everything that is wrong with it, and where.

use crate::Rulebook;
use base::{Fault, Rules};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SCHEMA: &str = "entity Actor = { role: String };\nentity Log;\n\
    action read, write appliesTo { principal: Actor, resource: Log, context: { count: Long } };\n";

const SETTINGS: &str = r#"
[hidden]
words = ["secret list"]

[answers.nothing-permits]
section = "1.1"
since = "2026-01-01"
reason = { zh-Hant = "一", zh-Hans = "一", en = "one" }
remedy = { zh-Hant = "一", zh-Hans = "一", en = "one" }

[answers.facts-incomplete]
section = "1.1"
since = "2026-01-01"
reason = { zh-Hant = "一", zh-Hans = "一", en = "one" }
remedy = { zh-Hant = "一", zh-Hans = "一", en = "one" }
"#;

/// A forbid that is in order: line 1 is its id, line 12 its condition.
const FORBID: &str = r#"@id("count-must-be-small")
@authority("both")
@outcome("refuse")
@rank("10")
@section("1.1")
@since("2026-01-01")
@reason_zh_hant("太多")
@reason_zh_hans("太多")
@reason_en("Too many.")
@remedy_zh_hant("少些") @remedy_zh_hans("少些") @remedy_en("Take fewer.")
forbid (principal is Actor, action == Action::"read", resource is Log)
when { context.count > 3 };
"#;

const PERMIT: &str = r#"@id("everybody-reads")
@authority("both")
@section("1.1")
@since("2026-01-01")
@reason_zh_hant("可") @reason_zh_hans("可") @reason_en("Yes.")
permit (principal is Actor, action == Action::"read", resource is Log);
"#;

fn rules(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("schema.cedarschema", SCHEMA), ("rulebook.toml", SETTINGS)].iter().chain(files) {
        fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    folder
}

fn faults(files: &[(&str, &str)]) -> Vec<Fault> {
    Rulebook::load(rules(files).path()).err().unwrap_or_default()
}

/// Exactly one fault, at `place`, whose text has `what`.
#[track_caller]
fn check(files: &[(&str, &str)], place: &str, what: &str) {
    let faults = faults(files);
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 1, "{shown:#?}");
    assert!(shown[0].starts_with(place) && shown[0].contains(what), "{}", shown[0]);
    assert!(!faults[0].remedy.is_empty());
}

#[track_caller]
fn check_policy(text: &str, place: &str, what: &str) {
    check(&[("a.cedar", text)], place, what);
}

#[test]
fn a_folder_in_order_loads_and_its_version_follows_its_content() {
    let version = |text: &str| {
        let loaded = Rulebook::load(rules(&[("a.cedar", text)]).path());
        loaded.unwrap_or_else(|faults| panic!("{faults:?}")).version().to_string()
    };
    let first = version(PERMIT);
    assert_eq!(first.len(), 17);
    assert!(first.starts_with('r'));
    assert_eq!(first, version(PERMIT));
    assert_ne!(first, version(&format!("{PERMIT}// a remark\n")));
}

#[test]
fn what_is_not_a_rule_does_not_change_the_version() {
    let folder = rules(&[("a.cedar", PERMIT)]);
    let version = || Rulebook::load(folder.path()).map(|r| r.version().clone()).map_err(|faults| faults.len());
    let before = version();
    fs::write(folder.path().join("rights.md"), "anything").expect("a file can be written");
    assert!(before.is_ok());
    assert_eq!(before, version());
}

#[test]
fn each_fault_of_an_annotation_is_told_with_its_line() {
    let with = |from: &str, to: &str| FORBID.replace(from, to);
    check_policy(&with("@rank(\"10\")\n", ""), "a.cedar:1: ", "@rank is missing");
    check_policy(&with("\"10\"", "\"ten\""), "a.cedar:4:1: ", "@rank(\"ten\")");
    check_policy(&with("\"refuse\"", "\"perhaps\""), "a.cedar:3:1: ", "@outcome(\"perhaps\")");
    check_policy(&with("\"both\"", "\"west\""), "a.cedar:2:1: ", "@authority(\"west\")");
    check_policy(&with("\"1.1\"", "\"chapter one\""), "a.cedar:5:1: ", "@section");
    check_policy(&with("2026-01-01", "2026-02-30"), "a.cedar:6:1: ", "@since");
    check_policy(&with("count-must-be-small", "Count Small"), "a.cedar:1:1: ", "@id");
    check_policy(&with("@reason_zh_hant(\"太多\")\n", ""), "a.cedar:1: ", "@reason_zh_hant");
    check_policy(&with("\"Take fewer.\"", "\" \""), "a.cedar:10:", "@remedy_en");
    check_policy(&with("@since", "@severity(\"high\")\n@since"), "a.cedar:6:1: ", "@severity");
    check_policy(&with("@since", "@public_reason_en(\"x\")\n@since"), "a.cedar:6:1: ", "never shown");
    check_policy(&with("Too many.", "On a Secret List."), "a.cedar:1: ", "hidden word");
    check_policy(&PERMIT.replace("@since", "@outcome(\"refer\")\n@since"), "a.cedar:4:1: ", "a permit has the outcome");
}

#[test]
fn each_fault_of_a_condition_is_told_with_its_line_and_column() {
    let with = |from: &str, to: &str| FORBID.replace(from, to);
    check_policy(&with("context.count > 3", "context.cuont > 3"), "a.cedar:12:8: ", "cuont");
    check_policy(&with("context.count > 3", "context.count > \"3\""), "a.cedar:12:", "expected");
    check_policy(&with("Action::\"read\"", "Action::\"raed\""), "a.cedar:11:", "raed");
    check_policy(&with("context.count > 3", "context.count >> 3"), "a.cedar:12:", "unexpected token");
    check_policy(&with("action == Action::\"read\"", "action"), "a.cedar:1: ", "does not say which actions");
    check_policy(&with("when { context.count > 3 };", ""), "a.cedar:1: ", "does not end");
    check_policy(&with("context.count > 3", "false"), "a.cedar:1:1: ", "impossible");
}

#[test]
fn policies_that_contradict_each_other_are_told() {
    check_policy(&format!("{PERMIT}{PERMIT}"), "a.cedar:7:1: ", "already in a.cedar:1");
    check(&[("a.cedar", PERMIT), ("b.cedar", PERMIT)], "b.cedar:1:1: ", "already in a.cedar:1");
    let same_rank = format!("{FORBID}{}", FORBID.replace("small", "tiny"));
    check_policy(&same_rank, "a.cedar:16:1: ", "count-must-be-small has rank 10 for read too");
    let each_bank = format!("{SETTINGS}\n[actions.read]\nauthorities = [\"north\", \"south\"]\n");
    check(&[("a.cedar", PERMIT), ("rulebook.toml", &each_bank)], "a.cedar:2:1: ", "each bank has to permit on its own");
}

#[test]
fn faults_of_the_other_files_are_told() {
    check(&[("schema.cedarschema", "entity Log\n\nentity entity;")], "schema.cedarschema:3:", "unexpected token");
    let two_kinds = SCHEMA.replace("resource: Log", "resource: [Log, Actor]").replace("read, write", "read");
    check(&[("schema.cedarschema", &two_kinds)], "schema.cedarschema:3:8: ", "exactly one");
    check(&[("rulebook.toml", "x = 1")], "rulebook.toml:1:", "unknown field");
    let settings = SETTINGS.replace("en = \"one\"", "en = \"\"");
    assert_eq!(faults(&[("rulebook.toml", &settings)]).len(), 2);
    let unknown = format!("{SETTINGS}\n[actions.fly]\n");
    check(&[("rulebook.toml", &unknown)], "rulebook.toml:", "no action fly");
    let needless = SETTINGS.replace("[answers.facts-incomplete]", "[answers.facts-lost]");
    let told: Vec<String> = faults(&[("rulebook.toml", &needless)]).iter().map(|f| f.what.clone()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let folder = rules(&[]);
    fs::write(folder.path().join("a.cedar"), b"// ok\n\xff\xfe").expect("a file can be written");
    fs::write(folder.path().join("b.cedar"), "x".repeat((1 << 20) + 1)).expect("a file can be written");
    fs::remove_file(folder.path().join("rulebook.toml")).expect("a file can be removed");
    let shown: Vec<String> =
        Rulebook::load(folder.path()).expect_err("faults").iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(shown[0].starts_with("a.cedar:2: not UTF-8"), "{shown:?}");
    assert!(shown[1].starts_with("b.cedar: larger than"), "{shown:?}");
    assert!(shown[2].starts_with("rulebook.toml: the file is missing"), "{shown:?}");
    let nowhere = Rulebook::load(Path::new("/nowhere/at/all")).expect_err("faults");
    assert_eq!(nowhere.len(), 1);
}

#[test]
fn ten_faults_in_a_folder_are_ten_faults_told() {
    let policy =
        |id: &str, rank: u16| FORBID.replace("count-must-be-small", id).replace("\"10\"", &format!("\"{rank}\""));
    let file = [
        policy("one", 1).replace("\"refuse\"", "\"maybe\""),
        policy("two", 2).replace("@section(\"1.1\")\n", ""),
        policy("three", 3).replace("context.count", "context.cuont"),
        policy("four", 4).replace("\"Too many.\"", "\"\""),
        policy("five", 5).replace("action == Action::\"read\"", "action == Action::\"raed\""),
        policy("six", 6).replace("> 3", "> > 3"),
        policy("seven", 7).replace("2026-01-01", "yesterday"),
        policy("eight", 8).replace("\"8\"", "\"high\""),
        PERMIT.to_owned(),
        PERMIT.to_owned(),
        "forbid (principal, action".to_owned(),
    ]
    .concat();
    let found = faults(&[("a.cedar", &file)]);
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 10, "{shown:#?}");
    let lines: Vec<u32> = found.iter().filter_map(|fault| fault.line).collect();
    assert_eq!(lines, [3, 13, 35, 44, 58, 71, 77, 87, 102, 108], "{shown:#?}");
}

#[test]
fn any_text_instead_of_a_policy_file_is_a_fault_and_never_a_panic() {
    for text in [";", "\"", "permit", "@", "permit(principal,action,resource)", "河套;", "//", "}{;;;", "@id(\"a\\\");"]
    {
        let files = [("a.cedar", text)];
        assert_eq!(faults(&files).is_empty(), text == "//", "{text}");
    }
}
