//! The documents name only paths that exist, so that the map stays true when the house is rebuilt.

use crate::house::{Fault, House};

/// What the build or a person makes; it is named in documents and is not in the tree.
const MADE: [&str; 6] = ["target", "data", "node_modules", "web/dist", "web/node_modules", "tests/browser/artifacts"];

const ENDINGS: [&str; 11] =
    [".rs", ".toml", ".md", ".mjs", ".ftl", ".cedar", ".cedarschema", ".json", ".csv", ".css", ".geojson"];

/// Decision records and the changelog speak of what was, and are left alone.
pub fn check(house: &House, faults: &mut Vec<Fault>) {
    for (file, text) in house.ending(&[".md"]) {
        if file.starts_with("docs/decisions/") || file == "CHANGELOG.md" {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            for path in named_paths(house, line) {
                if !exists(house, &path) {
                    let what = format!("`{path}` does not exist; the documents name only what does");
                    faults.push(Fault::new("map", file, index + 1, what));
                }
            }
        }
    }
}

/// The words of a line that are paths: they begin with a folder at the root, or end as a file of ours does.
fn named_paths(house: &House, line: &str) -> Vec<String> {
    let separators =
        |character: char| character.is_whitespace() || "`\"'()[]<>|*（）「」，。、；：".contains(character);
    line.split(separators)
        .map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?', '/']))
        .map(|word| word.strip_prefix("./").unwrap_or(word))
        .filter(|word| !word.starts_with('/') && !word.contains("://") && !word.contains('$'))
        .map(|word| word.split('#').next().unwrap_or(word))
        .filter(|word| {
            let rooted = word.split_once('/').is_some_and(|(first, _)| house.has(first));
            rooted || ENDINGS.iter().any(|end| word.len() > end.len() && word.ends_with(end))
        })
        .flat_map(alternatives)
        .collect()
}

/// `crossings/{people,goods}` as its two paths.
fn alternatives(word: &str) -> Vec<String> {
    let parts = word.split_once('{').and_then(|(before, rest)| {
        let (within, after) = rest.split_once('}')?;
        Some((before, within, after))
    });
    match parts {
        Some((before, within, after)) => within.split(',').map(|part| format!("{before}{part}{after}")).collect(),
        None => vec![word.to_owned()],
    }
}

/// A bare file name, such as `decide.rs` where every room has one, exists when any folder has it.
fn exists(house: &House, path: &str) -> bool {
    let made =
        MADE.iter().any(|made| path == *made || path.strip_prefix(made).is_some_and(|rest| rest.starts_with('/')));
    let bare = || !path.contains('/') && house.paths().any(|known| known.rsplit('/').next() == Some(path));
    made || house.has(path) || bare()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::found;

    fn check_document(text: &str) -> Vec<String> {
        let files = [("ARCHITECTURE.md", text), ("crates/base/src/lib.rs", ""), ("crates/cases/src/lib.rs", "")];
        found(check, &files)
    }

    #[test]
    fn a_path_that_exists_may_be_named() {
        for text in [
            "`crates/base`, crates/base/src/lib.rs, and [the rooms](crates/cases/).",
            "crates/{base,cases}/src",
            "each room has a `lib.rs`",
            "the page `/log/checkpoint` and `application/json` and either/or",
            "made: `target/debug/hetao`, data/log",
        ] {
            assert!(check_document(text).is_empty(), "{text}: {:?}", check_document(text));
        }
    }

    #[test]
    fn a_path_that_is_gone_is_a_fault_with_its_line() {
        assert_eq!(
            check_document("line\n`crates/gone/src`"),
            ["ARCHITECTURE.md:2: `crates/gone/src` does not exist; the documents name only what does [map]"]
        );
        for text in ["crate/base/src/lib.rs", "`decide.rs`", "crates/{base,gone}", "[x](crates/gone.md#part)"] {
            assert_eq!(check_document(text).len(), 1, "{text}");
        }
    }
}
