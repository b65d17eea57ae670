//! A text cut into the words that are indexed and asked for: Chinese by dictionary, English by its stems.

use crate::fold::fold;
use jieba_rs::{Jieba, TokenizeMode};
use std::sync::LazyLock;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// Its dictionary is read when the first text is cut.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Words that say how something is asked, not what is asked for.
const SAID_IN_PASSING: [&str; 126] = [
    "a",
    "about",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "for",
    "from",
    "get",
    "had",
    "has",
    "have",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "me",
    "my",
    "no",
    "not",
    "of",
    "on",
    "or",
    "our",
    "should",
    "so",
    "that",
    "the",
    "their",
    "them",
    "there",
    "they",
    "this",
    "to",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your",
    "的",
    "了",
    "在",
    "是",
    "我",
    "你",
    "您",
    "他",
    "她",
    "它",
    "们",
    "和",
    "与",
    "及",
    "或",
    "也",
    "都",
    "就",
    "不",
    "有",
    "要",
    "会",
    "能",
    "可",
    "可以",
    "怎",
    "怎么",
    "怎么办",
    "怎样",
    "怎样才能",
    "如何",
    "什么",
    "甚么",
    "哪些",
    "哪里",
    "哪",
    "几",
    "多少",
    "吗",
    "呢",
    "吧",
    "把",
    "被",
    "对",
    "从",
    "到",
    "为",
    "以",
    "于",
    "等",
    "其",
    "之",
    "这",
    "那",
    "个",
    "里",
    "上",
    "下",
    "中",
    "请问",
    "想",
    "需要",
];

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: String,
    /// In characters of the folded text.
    pub from: usize,
    pub to: usize,
}

/// A text and its words; where the folding moved nothing, their places are places in the text itself.
pub(crate) struct Cut {
    pub folded: String,
    pub aligned: bool,
    pub words: Vec<Word>,
}

pub(crate) fn cut(text: &str) -> Cut {
    let folded = fold(text);
    let words = words(&folded.text);
    Cut { folded: folded.text, aligned: folded.aligned, words }
}

/// What is asked for: without the words that are said in passing, each once, at most so many.
pub(crate) fn asked(cut: &Cut, words_max: usize) -> Vec<&Word> {
    let mut asked: Vec<&Word> = Vec::new();
    for word in &cut.words {
        let new = asked.iter().all(|earlier| earlier.text != word.text);
        if asked.len() < words_max && new && !said_in_passing(&word.text) {
            asked.push(word);
        }
    }
    asked
}

impl Cut {
    /// A word as it was typed, not its stem.
    pub fn typed(&self, word: &Word) -> String {
        self.folded.chars().skip(word.from).take(word.to.saturating_sub(word.from)).collect()
    }
}

fn said_in_passing(word: &str) -> bool {
    SAID_IN_PASSING.contains(&word)
}

fn words(folded: &str) -> Vec<Word> {
    let mut stems = stems();
    let mut words = Vec::new();
    let mut characters = folded.chars().enumerate().peekable();
    while let Some((from, first)) = characters.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let latin = is_latin(first);
        let mut run = String::from(first);
        // Points inside a number or a name (7.2.4, c-12) belong to it only where a letter or figure follows: they are
        // taken along here and cut off at the end.
        while let Some((_, next)) = characters.next_if(|(_, next)| {
            next.is_alphanumeric() && is_latin(*next) == latin || latin && matches!(next, '.' | '-' | '&' | '+')
        }) {
            run.push(next);
        }
        if latin { push_latin(&mut words, &mut stems, &run, from) } else { push_chinese(&mut words, &run, from) }
    }
    words
}

fn push_latin(words: &mut Vec<Word>, stems: &mut TextAnalyzer, run: &str, from: usize) {
    let whole = run.trim_end_matches(['.', '-', '&', '+']);
    let length = whole.chars().count();
    let numbered = whole.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if numbered || whole.contains(['&', '+']) {
        words.push(Word { text: whole.to_owned(), from, to: from + length });
        return;
    }
    let mut at = from;
    for part in whole.split(['.', '-']) {
        let to = at + part.chars().count();
        if !part.is_empty() {
            words.push(Word { text: stem(stems, part), from: at, to });
        }
        at = to + 1;
    }
}

fn push_chinese(words: &mut Vec<Word>, run: &str, from: usize) {
    let cut = DICTIONARY.tokenize(run, TokenizeMode::Search, false);
    let found = cut.into_iter().map(|token| Word {
        text: token.word.to_owned(),
        from: from + token.start,
        to: from + token.end,
    });
    words.extend(found);
}

fn is_latin(character: char) -> bool {
    // Everything below the scripts of East Asia.
    u32::from(character) < 0x2E80
}

fn stems() -> TextAnalyzer {
    TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build()
}

fn stem(stems: &mut TextAnalyzer, word: &str) -> String {
    let mut stream = stems.token_stream(word);
    if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        cut(text).words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn chinese_is_cut_by_dictionary_whichever_way_it_is_written() {
        assert_eq!(texts("臨床試驗數據"), texts("临床试验数据"));
        assert!(texts("臨床試驗").contains(&"试验".to_owned()), "{:?}", texts("臨床試驗"));
    }

    #[test]
    fn english_is_known_by_its_stems_and_numbers_of_sections_stay_whole() {
        assert_eq!(texts("Passes, passing"), ["pass", "pass"]);
        assert_eq!(texts("outline 7.2.4."), ["outlin", "7.2.4"]);
        assert_eq!(texts("R&D white-list"), ["r&d", "white", "list"]);
    }

    #[test]
    fn the_place_of_a_word_is_counted_in_characters_of_the_text() {
        let cut = cut("用 GPU 的實驗");
        let gpu = cut.words.iter().find(|word| word.text == "gpu").unwrap();
        assert_eq!((gpu.from, gpu.to), (2, 5));
        assert!(cut.aligned);
    }

    #[test]
    fn what_is_said_in_passing_is_not_asked_for() {
        let of = |text: &str| asked(&cut(text), 8).into_iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        assert_eq!(of("How do I apply for a pass?"), ["appli", "pass"]);
        assert_eq!(of("請問怎樣申請？"), ["申请"]);
    }
}
