//! Why texts are folded and cut as they are: the same phrases, asked of the same texts, under four ways of cutting.
//!
//! The texts are the outline's abstracts as the Mainland writes them; the phrases come from the abstracts as Hong Kong
//! writes them, so what is sought was never typed in the script it is found in.

use super::{HETAO, PROFILE};
use crate::fold::fold;
use crate::words;
use crate::{Entry, Guidance, Kind};
use base::{Language, Localised};
use jieba_rs::Jieba;
use profile::{OutlineSection, Profile};
use std::collections::BTreeSet;
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer};

/// Chinese characters of a phrase.
const PHRASE: std::ops::RangeInclusive<usize> = 4..=8;

fn abstracts(profile: &Profile) -> impl Iterator<Item = (&OutlineSection, &Localised)> {
    profile.guidance.outline.values().filter_map(|section| Some((section, section.summary.as_ref()?)))
}

/// From every abstract as Hong Kong writes it the first run of whole words, past its beginning, that the Mainland's says too:
/// people type words, not pieces of them.
fn phrases() -> Vec<(String, String)> {
    let jieba = Jieba::new();
    let mut phrases = Vec::new();
    for (section, text) in abstracts(&PROFILE) {
        let mainland = fold(&text.zh_hans).text;
        let folded = fold(&text.zh_hant);
        assert!(folded.aligned, "{}", section.number);
        let written: Vec<char> = text.zh_hant.chars().collect();
        let tokens = jieba.tokenize(&folded.text, jieba_rs::TokenizeMode::Default, false);
        let runs = tokens.windows(2).chain(tokens.windows(3)).filter(|run| run[0].start > 8);
        let mut runs = runs.map(|run| written[run[0].start..run[run.len() - 1].end].iter().collect::<String>());
        let phrase = runs.find(|phrase| {
            PHRASE.contains(&phrase.chars().count())
                && phrase.chars().all(|c| u32::from(c) >= 0x4E00 && c.is_alphabetic())
                && fold(phrase).text != *phrase
                && mainland.contains(&fold(phrase).text)
        });
        phrases.extend(phrase.map(|phrase| (section.number.to_string(), phrase)));
    }
    phrases
}

/// How many phrases have all their words in the text that they come from.
fn recall(cut: &mut dyn FnMut(&str) -> Vec<String>) -> f64 {
    let phrases = phrases();
    let mut found = 0_u32;
    for (number, phrase) in &phrases {
        let text = PROFILE.guidance.section(number).unwrap().summary.as_ref().unwrap();
        let known: BTreeSet<String> = cut(&text.zh_hans).into_iter().collect();
        let asked = cut(phrase);
        found += u32::from(!asked.is_empty() && asked.iter().all(|word| known.contains(word)));
    }
    f64::from(found) / f64::from(u32::try_from(phrases.len()).unwrap())
}

/// How many phrases lead to the section that they come from, among all sections, by searching.
fn searched() -> f64 {
    let phrases = phrases();
    let leads = |(number, phrase): &&(String, String)| {
        let found = HETAO.search(phrase, Language::ZhHans, Some(Kind::Outline), 10).unwrap();
        found.hits.iter().any(|hit| hit.entry.key == *number)
    };
    let found = phrases.iter().filter(leads).count();
    f64::from(u32::try_from(found).unwrap()) / f64::from(u32::try_from(phrases.len()).unwrap())
}

#[test]
fn a_phrase_in_traditional_finds_the_simplified_text_only_when_it_is_folded_and_cut_by_dictionary() {
    let mut plain = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .build();
    let default = recall(&mut |text| {
        let mut words = Vec::new();
        plain.token_stream(text).process(&mut |token| words.push(token.text.clone()));
        words
    });
    let jieba = Jieba::new();
    let dictionary =
        recall(&mut |text| jieba.cut_for_search(text, false).into_iter().map(|token| token.word.to_owned()).collect());
    let ours = recall(&mut |text| words::cut(text).words.into_iter().map(|word| word.text).collect());
    eprintln!(
        "phrases: {}; recall with the default tokenizer {default:.3}, with jieba alone {dictionary:.3}, folded first {ours:.3}",
        phrases().len()
    );
    assert!(phrases().len() >= 80);
    let searched = searched();
    eprintln!("the section that a phrase comes from is among the first ten of its kind: {searched:.3}");
    // Some phrases are said all over the outline; ten answers do not hold all of their sections.
    assert!(searched > 0.75, "{searched}");
    assert!(default < 0.05, "{default}");
    assert!(dictionary < 0.7, "{dictionary}");
    assert!(ours > 0.95, "{ours}");
}

/// The zone as readers of one language alone would have it: titles and texts in that language only.
fn only(language: Language) -> Guidance {
    let of = |text: &Localised| {
        let told = text.get(language).to_owned();
        Localised { zh_hant: told.clone(), zh_hans: told.clone(), en: told }
    };
    let entries = PROFILE.guidance.articles.values().map(|article| Entry {
        kind: Kind::Article,
        key: article.key.to_string(),
        title: of(&article.title),
        text: of(&article.text),
        section: article.section.clone(),
        illustrative: article.illustrative,
    });
    Guidance::of(entries.collect(), &PROFILE.guidance.glossary).unwrap()
}

fn first(guidance: &Guidance, question: &str) -> Option<String> {
    let found = guidance.search(question, Language::En, None, 1).unwrap();
    found.hits.first().map(|hit| hit.entry.key.clone())
}

#[test]
fn each_script_finds_what_was_written_in_the_other() {
    let (simplified, traditional) = (only(Language::ZhHans), only(Language::ZhHant));
    for (hant, hans, answer) in [
        ("員工名冊", "员工名册", "upload-a-roster"),
        ("算力", "算力", "computing"),
        ("生物樣本", "生物样本", "move-samples"),
        ("聯合實驗室", "联合实验室", "joint-laboratories"),
        ("無人機", "无人机", "low-altitude-flights"),
    ] {
        assert_eq!(first(&simplified, hant).as_deref(), Some(answer), "{hant} in Simplified texts");
        assert_eq!(first(&traditional, hans).as_deref(), Some(answer), "{hans} in Traditional texts");
    }
}

#[test]
fn an_english_word_finds_a_page_that_has_none_of_it_by_the_glossary() {
    let (simplified, english) = (only(Language::ZhHans), only(Language::En));
    for (asked, answer) in [
        ("talent apartment", "housing"),
        ("drone", "low-altitude-flights"),
        ("supercomputing", "computing"),
        ("typhoon", "closures"),
        ("roster", "upload-a-roster"),
    ] {
        assert_eq!(first(&simplified, asked).as_deref(), Some(answer), "{asked}");
    }
    assert_eq!(first(&english, "人才公寓").as_deref(), Some("housing"), "and the other way round");
    let without = Guidance::of(simplified.entries().to_vec(), &[]).unwrap();
    assert_eq!(first(&without, "talent apartment"), None, "without the glossary there is nothing");
}
