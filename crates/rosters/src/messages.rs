//! The words of this crate, looked up in its own Fluent files, so that the command line needs no Fluent and no text
//! is written twice. Only plain messages are used: one line each, no placeables, at most a `.remedy`.

use base::Language;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub what: String,
    pub remedy: String,
}

/// The three Fluent files, for whoever shows these messages in pages.
pub const TEXTS: [(Language, &str); 3] = [
    (Language::ZhHant, include_str!("../text/zh-Hant/rosters.ftl")),
    (Language::ZhHans, include_str!("../text/zh-Hans/rosters.ftl")),
    (Language::En, include_str!("../text/en/rosters.ftl")),
];

/// What is wrong and the remedy, by language and message.
type Messages = BTreeMap<(Language, &'static str), (&'static str, &'static str)>;

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| {
    let mut messages = BTreeMap::new();
    for (language, text) in TEXTS {
        let mut last = None;
        for line in text.lines() {
            if let Some(remedy) = line.strip_prefix("    .remedy = ") {
                // An attribute belongs to the message above it.
                if let Some((_, with_remedy)) = last.and_then(|id| messages.get_mut(&(language, id))) {
                    *with_remedy = remedy;
                }
            } else if let Some((id, what)) = line.split_once(" = ") {
                messages.insert((language, id), (what, ""));
                last = Some(id);
            }
        }
    }
    messages
});

/// A message that is missing shows its id; a test keeps that from happening.
pub(crate) fn message(id: &str, language: Language) -> Message {
    find(id, language).unwrap_or_else(|| Message { what: id.to_owned(), remedy: String::new() })
}

fn find(id: &str, language: Language) -> Option<Message> {
    let (what, remedy) = MESSAGES.get(&(language, id))?;
    Some(Message { what: (*what).to_owned(), remedy: (*remedy).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, DocumentKind, FaultCode, RosterFault};
    use std::collections::BTreeSet;

    const REFUSALS: [&str; 14] = [
        "empty",
        "too-large",
        "workbook",
        "utf-16",
        "not-text",
        "encoding-unknown",
        "mixed-encodings",
        "header-missing",
        "columns-missing",
        "column-twice",
        "too-many-columns",
        "too-many-rows",
        "quote-not-closed",
        "rows-missing",
    ];

    #[test]
    fn no_code_lacks_a_text_or_a_remedy_in_any_language() {
        let faults = FaultCode::ALL.iter().map(|code| ("roster-fault-", code.code()));
        for (prefix, code) in faults.chain(REFUSALS.map(|code| ("roster-refused-", code))) {
            let mut texts = BTreeSet::new();
            for language in Language::ALL {
                let message = find(&format!("{prefix}{code}"), language)
                    .unwrap_or_else(|| panic!("{prefix}{code} in {language}"));
                assert!(!message.what.is_empty() && !message.remedy.is_empty(), "{prefix}{code} in {language}");
                texts.insert(message.what);
            }
            assert!(texts.len() >= 2, "{prefix}{code} says the same in Chinese and English");
        }
    }

    #[test]
    fn every_message_is_used_and_stands_once() {
        let codes = |prefix: &'static str, codes: Vec<&'static str>| {
            codes.into_iter().map(move |code| format!("{prefix}{code}")).collect::<Vec<_>>()
        };
        let wanted: BTreeSet<String> = [
            codes("roster-fault-", FaultCode::ALL.iter().map(|code| code.code()).collect()),
            codes("roster-refused-", REFUSALS.to_vec()),
            codes("roster-column-", Column::ALL.map(Column::name).to_vec()),
            codes("roster-document-", DocumentKind::ALL.map(DocumentKind::code).to_vec()),
            codes("roster-bank-", base::Bank::BOTH.map(base::Bank::as_str).to_vec()),
            codes("roster-language-", Language::ALL.map(Language::tag).to_vec()),
        ]
        .concat()
        .into_iter()
        .collect();
        for (language, text) in TEXTS {
            let ids = text.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id.to_owned());
            let ids: Vec<String> = ids.filter(|id| id.starts_with("roster-")).collect();
            assert_eq!(ids.len(), wanted.len(), "{language}");
            assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), wanted, "{language}");
        }
    }

    #[test]
    fn codes_are_written_in_json_as_their_messages_are_named() {
        for code in FaultCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.code()));
        }
    }

    #[test]
    fn a_refusal_says_what_is_wrong_in_plain_english() {
        assert_eq!(RosterFault::Empty.to_string(), "The file is empty.");
        assert_eq!(RosterFault::Empty.message(Language::ZhHans).what, "文件是空的。");
    }
}
