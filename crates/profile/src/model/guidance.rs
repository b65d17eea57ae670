//! What people look up: the outline by section, articles of guidance, and the park's own words in three languages.

use super::Group;
use base::{Key, Language, Localised};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A number of the outline: `7`, `7.2`, `7.2.4`. Ordered as the outline is, so that 2.1.10 comes after 2.1.9.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionNumber(Vec<u16>);

/// The text is not a number of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotASection;

/// Parts of a number.
const PARTS_MAX: usize = 4;

impl SectionNumber {
    /// `7.2` of `7.2.4`; a chapter has none.
    pub fn parent(&self) -> Option<Self> {
        let (_, before) = self.0.split_last()?;
        (!before.is_empty()).then(|| Self(before.to_vec()))
    }

    /// 1 for a chapter.
    pub fn depth(&self) -> usize {
        self.0.len()
    }
}

impl FromStr for SectionNumber {
    type Err = NotASection;

    fn from_str(text: &str) -> Result<Self, NotASection> {
        let part = |part: &str| {
            let plain = !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
            if plain { part.parse().map_err(|_| NotASection) } else { Err(NotASection) }
        };
        let parts: Vec<u16> = text.split('.').take(PARTS_MAX + 1).map(part).collect::<Result<_, _>>()?;
        if parts.len() > PARTS_MAX { Err(NotASection) } else { Ok(Self(parts)) }
    }
}

impl fmt::Display for SectionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

impl Serialize for SectionNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One numbered section of the outline.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineSection {
    pub number: SectionNumber,
    /// The outline's own heading; a paragraph without one has that of the section it stands in.
    pub title: Localised,
    /// Our own words for what the section says; empty for a heading that only holds others.
    pub summary: Option<Localised>,
}

/// One article of guidance: how something is done here.
#[derive(Debug, Clone, Serialize)]
pub struct Article {
    pub key: Key,
    pub group: Group,
    pub title: Localised,
    /// Paragraphs, one a line; a line that begins with `- ` is a member of a list.
    pub text: Localised,
    /// Of the outline, or a law's name.
    pub section: String,
    pub services: Vec<Key>,
    /// Other articles.
    pub see: Vec<Key>,
    /// It says what the outline does not: ours, until an authority replaces it.
    pub illustrative: bool,
}

/// One notion of the park with the words that people have for it; the first of each language is the park's own.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    pub key: Key,
    pub zh_hant: Vec<String>,
    pub zh_hans: Vec<String>,
    pub en: Vec<String>,
}

impl Term {
    pub fn words(&self, language: Language) -> &[String] {
        match language {
            Language::ZhHant => &self.zh_hant,
            Language::ZhHans => &self.zh_hans,
            Language::En => &self.en,
        }
    }
}

/// The folder `guidance/`; a zone may have none.
#[derive(Debug, Clone, Default)]
pub struct Guidance {
    pub outline: BTreeMap<SectionNumber, OutlineSection>,
    pub articles: BTreeMap<Key, Article>,
    pub glossary: Vec<Term>,
}

impl Guidance {
    /// The section of a number as it is written in a source, `7.2.4`.
    pub fn section(&self, number: &str) -> Option<&OutlineSection> {
        self.outline.get(&number.parse().ok()?)
    }

    /// The sections right under another.
    pub fn within<'a>(&'a self, number: &'a SectionNumber) -> impl Iterator<Item = &'a OutlineSection> + 'a {
        self.outline.values().filter(move |section| section.number.parent().as_ref() == Some(number))
    }

    pub fn chapters(&self) -> impl Iterator<Item = &OutlineSection> {
        self.outline.values().filter(|section| section.number.depth() == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_as_the_outline_is_and_nothing_else_is_a_number() {
        let number = |text: &str| text.parse::<SectionNumber>();
        let known = |text: &str| number(text).unwrap();
        assert!(known("2.1.9") < known("2.1.10") && known("2.1.10") < known("2.2"));
        assert_eq!(number("7.2.4").map(|number| number.to_string()), Ok("7.2.4".to_owned()));
        assert_eq!(number("7.2.4").unwrap().parent(), number("7.2").ok());
        assert_eq!(number("7").unwrap().parent(), None);
        for wrong in ["", ".", "7.", "7.2.x", "7.2.2.2.2", "70000", "Cap. 486", "+7", " 7"] {
            assert_eq!(number(wrong), Err(NotASection), "{wrong:?}");
        }
    }
}
