//! The zone's own words: whichever of them a text has, in whichever language, it speaks of the same notion.

use crate::fold::fold;
use crate::words::Cut;
use aho_corasick::{AhoCorasick, MatchKind};
use profile::Term;
use std::collections::BTreeMap;

/// Where a text speaks of a notion; places are characters, as those of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spoken {
    /// Its place in the glossary.
    pub notion: usize,
    pub from: usize,
    pub to: usize,
}

pub(crate) struct Glossary {
    keys: Vec<String>,
    chinese: Option<AhoCorasick>,
    /// The notion of each pattern.
    of_pattern: Vec<usize>,
    /// By their first stem: all stems of an English term, and its notion; the longest first.
    english: BTreeMap<String, Vec<(Vec<String>, usize)>>,
}

impl Glossary {
    pub fn new(terms: &[Term]) -> Self {
        let (mut patterns, mut of_pattern) = (Vec::new(), Vec::new());
        let mut english: BTreeMap<String, Vec<(Vec<String>, usize)>> = BTreeMap::new();
        for (notion, term) in terms.iter().enumerate() {
            for word in term.zh_hant.iter().chain(&term.zh_hans) {
                patterns.push(fold(word).text);
                of_pattern.push(notion);
            }
            for word in &term.en {
                let stems: Vec<String> = crate::words::cut(word).words.into_iter().map(|word| word.text).collect();
                if let Some(first) = stems.first() {
                    english.entry(first.clone()).or_default().push((stems.clone(), notion));
                }
            }
        }
        english.values_mut().for_each(|terms| terms.sort_by_key(|(stems, _)| std::cmp::Reverse(stems.len())));
        let chinese = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        Self { keys: terms.iter().map(|term| term.key.to_string()).collect(), chinese, of_pattern, english }
    }

    pub fn key(&self, notion: usize) -> &str {
        self.keys.get(notion).map_or("", String::as_str)
    }

    /// Every notion that the text speaks of; of two that overlap, the longer term.
    pub fn spoken(&self, cut: &Cut) -> Vec<Spoken> {
        let mut spoken = self.in_chinese(&cut.folded);
        spoken.extend(self.in_english(cut));
        spoken
    }

    fn in_chinese(&self, folded: &str) -> Vec<Spoken> {
        let Some(chinese) = &self.chinese else { return Vec::new() };
        let characters = |bytes: usize| folded.get(..bytes).map_or(0, |text| text.chars().count());
        let found = chinese.find_iter(folded).filter_map(|found| {
            let notion = *self.of_pattern.get(found.pattern().as_usize())?;
            Some(Spoken { notion, from: characters(found.start()), to: characters(found.end()) })
        });
        found.collect()
    }

    fn in_english(&self, cut: &Cut) -> Vec<Spoken> {
        let mut spoken = Vec::new();
        let mut rest = cut.words.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let terms = self.english.get(&first.text).map_or(&[][..], Vec::as_slice);
            let said = |stems: &[String]| {
                let words = rest.get(..stems.len())?;
                let same = words.iter().zip(stems).all(|(word, stem)| word.text == *stem);
                if same { words.last() } else { None }
            };
            let found = terms.iter().find_map(|(stems, notion)| Some((said(stems)?, stems.len(), *notion)));
            rest = match found {
                Some((last, length, notion)) => {
                    spoken.push(Spoken { notion, from: first.from, to: last.to });
                    rest.get(length..).unwrap_or_default()
                }
                None => after,
            };
        }
        spoken
    }
}
