//! The three languages, and texts that the zone folder gives in all three.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub enum Language {
    /// Traditional Chinese, as Hong Kong writes it.
    #[serde(rename = "zh-Hant")]
    #[default]
    ZhHant,
    /// Simplified Chinese, as the Mainland writes it.
    #[serde(rename = "zh-Hans")]
    ZhHans,
    #[serde(rename = "en")]
    En,
}

impl Language {
    pub const ALL: [Language; 3] = [Language::ZhHant, Language::ZhHans, Language::En];

    /// The BCP 47 tag, also the path segment of pages.
    pub fn tag(self) -> &'static str {
        match self {
            Language::ZhHant => "zh-Hant",
            Language::ZhHans => "zh-Hans",
            Language::En => "en",
        }
    }

    /// The closest of the three to a BCP 47 tag: zh-TW, zh-HK and zh-MO read Traditional, zh-CN and zh-SG Simplified.
    pub fn closest(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match parts.next()? {
            "en" => Some(Language::En),
            "zh" => {
                let rest: Vec<&str> = parts.collect();
                let traditional = rest.iter().any(|p| matches!(*p, "hant" | "tw" | "hk" | "mo"));
                let simplified = rest.contains(&"hans");
                Some(if traditional && !simplified { Language::ZhHant } else { Language::ZhHans })
            }
            "yue" => Some(Language::ZhHant),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = crate::IdParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Language::ALL
            .into_iter()
            .find(|language| language.tag() == text)
            .ok_or(crate::IdParseError { expected: "zh-Hant, zh-Hans or en" })
    }
}

/// A text in all three languages; in files `{ zh-Hant = "…", zh-Hans = "…", en = "…" }`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Localised {
    #[serde(rename = "zh-Hant")]
    pub zh_hant: String,
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    pub en: String,
}

impl Localised {
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::ZhHant => &self.zh_hant,
            Language::ZhHans => &self.zh_hans,
            Language::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_languages_map_to_the_script_their_readers_use() {
        for (tag, want) in [
            ("zh-HK", Some(Language::ZhHant)),
            ("zh-TW", Some(Language::ZhHant)),
            ("zh-Hant-HK", Some(Language::ZhHant)),
            ("zh-CN", Some(Language::ZhHans)),
            ("zh", Some(Language::ZhHans)),
            ("zh-Hans-HK", Some(Language::ZhHans)),
            ("en-GB", Some(Language::En)),
            ("fr", None),
        ] {
            assert_eq!(Language::closest(tag), want, "{tag}");
        }
    }
}
