//! The checker finds each fault it promises to find, and frame's own words have none.

use super::*;

/// A crate in a folder of its own, with these words and this source.
fn faults(name: &str, texts: [&str; 3], source: &str) -> Vec<String> {
    let folder = std::env::temp_dir().join(format!("frame-words-{name}-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("Cargo.toml"), "[package]\nname = \"room\"\n").unwrap();
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    for (language, text) in Language::ALL.into_iter().zip(texts) {
        std::fs::create_dir_all(folder.join(format!("text/{language}"))).unwrap();
        std::fs::write(folder.join(format!("text/{language}/room.ftl")), text).unwrap();
    }
    let found = check_words(&folder).iter().map(ToString::to_string).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    found
}

fn check(name: &str, texts: [&str; 3], source: &str, expected: &[&str]) {
    let found = faults(name, texts, source);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found} should start with {expected}");
    }
}

#[test]
fn words_that_agree_have_no_fault() {
    check(
        "agree",
        ["a = 甲 { $n }\n    .b = 乙\n", "a = 甲 { $n }\n    .b = 乙\n", "a = A { $n }\n    .b = B\n"],
        r#"say!(l, "a", n = 1)"#,
        &[],
    );
}

#[test]
fn a_key_that_one_language_lacks_is_found() {
    check(
        "lacks",
        ["a = 甲\n", "a = 甲\n", "a = A\nb = B\n"],
        r#""a" "b""#,
        &[
            "text/zh-Hant/room.ftl: lacks b, which text/en/room.ftl has",
            "text/zh-Hans/room.ftl: lacks b, which text/en/room.ftl has",
        ],
    );
}

#[test]
fn a_variable_that_one_language_drops_is_found_with_its_line() {
    check(
        "variable",
        ["# head\na = 甲 { $n }\n", "a = 甲\n", "a = A { $n }\n"],
        r#""a""#,
        &[
            "text/zh-Hans/room.ftl:1: a lacks $n, which text/zh-Hant/room.ftl has",
            "text/zh-Hans/room.ftl:1: a lacks $n, which text/en/room.ftl has",
        ],
    );
}

#[test]
fn the_other_script_is_found_in_both_directions() {
    check(
        "script",
        ["a = 签發\n", "a = 簽发\n", "a = issue\n"],
        r#""a""#,
        &[
            "text/zh-Hant/room.ftl:1: a has 签, which zh-Hant does not write",
            "text/zh-Hans/room.ftl:1: a has 簽, which zh-Hans does not write",
        ],
    );
}

#[test]
fn an_empty_text_and_an_unused_key_are_found() {
    check(
        "empty",
        ["a = { \"\" }\n", "a = 甲\n", "a = A\n"],
        "",
        &["text/zh-Hant/room.ftl:1: a is empty", "text/zh-Hant/room.ftl:1: a is not used"],
    );
}

#[test]
fn keys_made_at_run_time_count_as_used() {
    let text = "state-open = 1\nrefusal-too-late = 2\n    .remedy = 3\n";
    check("made", [text; 3], r#"format!("state-{}", s); "too-late""#, &[]);
}

#[test]
fn a_file_that_is_not_fluent_is_a_fault_and_not_a_panic() {
    let found = faults("broken", ["a = 甲 {\n", "a = 甲\n", "a = A\n"], r#""a""#);
    assert!(found.iter().any(|fault| fault.starts_with("text/zh-Hant/room.ftl:") && fault.contains("is not Fluent")));
}

#[test]
fn the_words_of_the_frame_itself_agree() {
    let found = check_words(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(found.is_empty(), "{}", found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}
