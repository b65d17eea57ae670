//! What can be seen of the words without parsing them: a file in every language, and full-width punctuation in
//! Chinese. Keys, variables and use are `frame`'s to check (see `tests/words.rs`).

use crate::house::{Fault, House};
use std::collections::BTreeSet;

const LANGUAGES: [&str; 3] = ["zh-Hant", "zh-Hans", "en"];

pub fn check(house: &House, faults: &mut Vec<Fault>) {
    let mut missing = BTreeSet::new();
    for (file, text) in house.ending(&[".ftl"]) {
        let Some((folder, language, name)) = parts(file) else {
            faults.push(Fault::new("words", file, 1, "lies outside text/{zh-Hant,zh-Hans,en}/"));
            continue;
        };
        missing
            .extend(LANGUAGES.iter().map(|other| format!("{folder}/{other}/{name}")).filter(|path| !house.has(path)));
        if language != "en" {
            check_punctuation(file, text, faults);
        }
    }
    for path in missing {
        faults.push(Fault::new("words", &path, 1, "is missing: words come in all three languages"));
    }
}

/// `crates/cases/text`, `en`, `cases.ftl`.
fn parts(file: &str) -> Option<(&str, &str, &str)> {
    let (rest, name) = file.rsplit_once('/')?;
    let (folder, language) = rest.rsplit_once('/')?;
    (folder.ends_with("/text") && LANGUAGES.contains(&language)).then_some((folder, language, name))
}

fn check_punctuation(file: &str, text: &str, faults: &mut Vec<Fault>) {
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut characters = line.chars().peekable();
        while let Some(character) = characters.next() {
            let half = characters.peek().copied().filter(|next| ",;:?!".contains(*next));
            if let (true, Some(half)) = (is_han(character), half) {
                let what = format!("half-width `{half}` after {character}: Chinese punctuation is full-width");
                faults.push(Fault::new("punctuation", file, index + 1, what));
                break;
            }
        }
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::found;

    const HANT: (&str, &str) = ("crates/a/text/zh-Hant/a.ftl", "a = 通行證，有效\n");
    const HANS: (&str, &str) = ("crates/a/text/zh-Hans/a.ftl", "a = 通行证,有效\n");
    const EN: (&str, &str) = ("crates/a/text/en/a.ftl", "a = Pass, valid\n");

    #[test]
    fn a_language_without_its_file_is_a_fault() {
        assert_eq!(
            found(check, &[HANT, EN]),
            ["crates/a/text/zh-Hans/a.ftl:1: is missing: words come in all three languages [words]"]
        );
    }

    #[test]
    fn half_width_punctuation_after_a_chinese_character_is_a_fault() {
        assert_eq!(
            found(check, &[HANT, HANS, EN]),
            ["crates/a/text/zh-Hans/a.ftl:1: half-width `,` after 证: Chinese punctuation is full-width [punctuation]"]
        );
    }

    #[test]
    fn a_file_of_words_in_another_place_is_a_fault() {
        assert_eq!(found(check, &[("crates/a/en.ftl", "")]).len(), 1);
    }
}
