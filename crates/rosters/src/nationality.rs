//! Nationalities: any usual way to write one, to the three-letter code of travel documents.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/nationalities.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(' '));
    pairs.flat_map(|(code, words)| words.split(' ').map(move |word| (word, code))).collect()
});

/// `中國`, `中国籍`, `Chinese`, `CN` and `CHN` are all `CHN`.
pub(crate) fn code(text: &str) -> Option<&'static str> {
    let word = crate::columns::simplified(text);
    CODES.get(word.as_str()).or_else(|| CODES.get(word.strip_suffix('籍')?)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nationality_is_known_in_three_languages_and_by_code() {
        for (text, want) in [
            ("中國", "CHN"),
            ("中国籍", "CHN"),
            ("Chinese", "CHN"),
            ("Hong Kong", "CHN"),
            ("中國香港", "CHN"),
            ("cn", "CHN"),
            ("British", "GBR"),
            ("BN(O)", "GBN"),
            ("法國籍", "FRA"),
            ("新西蘭", "NZL"),
            ("Côte d’Ivoire", "CIV"),
            ("USA", "USA"),
            ("D", "DEU"),
        ] {
            assert_eq!(code(text), Some(want), "{text}");
        }
        for text in ["", "籍", "ZZ", "Atlantis", "火星"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn every_country_of_iso_3166_is_known_by_both_its_codes() {
        let known = |letters: usize| {
            CODES
                .keys()
                .filter(|word| word.len() == letters && word.bytes().all(|byte| byte.is_ascii_lowercase()))
                .count()
        };
        assert!(known(2) >= 249 && known(3) >= 249, "{} and {}", known(2), known(3));
        assert!(CODES.values().all(|code| code.len() == 3));
    }
}
