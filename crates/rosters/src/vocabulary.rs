//! The closed words of a roster: kinds of document, banks and languages, as three languages write them.

use crate::columns::simplified;
use crate::{DocumentKind, messages};
use base::{Bank, Language};

/// Words in the form that `simplified` gives. The labels that suggestions and templates use are among them.
const KINDS: [(DocumentKind, &[&str]); 5] = [
    (
        DocumentKind::HongKongIdentityCard,
        &[
            "香港身份證",
            "香港身分證",
            "香港居民身份證",
            "香港永久性居民身份證",
            "香港身份证",
            "香港居民身份证",
            "香港永久性居民身份证",
            "hongkongidentitycard",
            "hongkongidcard",
            "hongkongid",
            "hkidentitycard",
            "hkidcard",
            "hkid",
            "hkic",
        ],
    ),
    (
        DocumentKind::MainlandIdentityCard,
        &[
            "居民身份證",
            "內地居民身份證",
            "內地身份證",
            "中國居民身份證",
            "二代身份證",
            "居民身份证",
            "内地居民身份证",
            "内地身份证",
            "中国居民身份证",
            "中华人民共和国居民身份证",
            "二代身份证",
            "residentidentitycard",
            "mainlandidentitycard",
            "mainlandidcard",
            "prcid",
            "prcidcard",
            "chineseidcard",
            "prcresidentidentitycard",
        ],
    ),
    (
        DocumentKind::MainlandTravelPermit,
        &[
            "回鄉證",
            "港澳居民來往內地通行證",
            "回鄉卡",
            "來往內地通行證",
            "回乡证",
            "港澳居民来往内地通行证",
            "来往内地通行证",
            "mainlandtravelpermit",
            "homereturnpermit",
            "mtp",
            "mainlandtravelpermitforhongkongandmacaoresidents",
            "mainlandtravelpermitforhongkongandmacauresidents",
        ],
    ),
    (
        DocumentKind::ExitEntryPermit,
        &[
            "往來港澳通行證",
            "港澳通行證",
            "雙程證",
            "往来港澳通行证",
            "港澳通行证",
            "双程证",
            "exitentrypermit",
            "exitentrypermitfortravellingtoandfromhongkongandmacao",
            "exitentrypermitfortravellingtoandfromhongkongandmacau",
            "eep",
            "twowaypermit",
        ],
    ),
    (
        DocumentKind::Passport,
        &["護照", "护照", "passport", "外國護照", "外国护照", "特區護照", "特区护照", "香港特別行政區護照"],
    ),
];

const BANKS: [(Bank, &[&str]); 2] = [
    (
        Bank::North,
        &[
            "深圳園區",
            "深圳园区",
            "深圳",
            "北岸",
            "shenzhenpark",
            "shenzhen",
            "north",
            "northbank",
            "sz",
            "河套深圳園區",
            "河套深圳园区",
        ],
    ),
    (
        Bank::South,
        &[
            "香港園區",
            "香港园区",
            "香港",
            "南岸",
            "hongkongpark",
            "hongkong",
            "south",
            "southbank",
            "hk",
            "河套香港園區",
            "河套香港园区",
        ],
    ),
];

const LANGUAGES: [(Language, &[&str]); 3] = [
    (
        Language::ZhHant,
        &[
            "繁體中文",
            "繁体中文",
            "繁體",
            "繁体",
            "繁中",
            "zhhant",
            "zhhk",
            "zhtw",
            "traditionalchinese",
            "chinesetraditional",
        ],
    ),
    (
        Language::ZhHans,
        &["简体中文", "簡體中文", "简体", "簡體", "简中", "zhhans", "zhcn", "simplifiedchinese", "chinesesimplified"],
    ),
    (Language::En, &["英文", "英語", "英语", "en", "eng", "engb", "enhk", "english"]),
];

fn find<T: Copy>(table: &[(T, &[&str])], text: &str) -> Option<T> {
    let word = simplified(text);
    table.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(meaning, _)| *meaning)
}

pub(crate) fn document_kind(text: &str) -> Option<DocumentKind> {
    find(&KINDS, text)
}

pub(crate) fn bank(text: &str) -> Option<Bank> {
    find(&BANKS, text)
}

pub(crate) fn language(text: &str) -> Option<Language> {
    find(&LANGUAGES, text)
}

/// All that may stand in such a cell, as one line to show beside a fault.
pub(crate) fn document_kinds(language: Language) -> String {
    DocumentKind::ALL.map(|kind| document_kind_label(kind, language)).join(" / ")
}

pub(crate) fn banks(language: Language) -> String {
    Bank::BOTH.map(|bank| bank_label(bank, language)).join(" / ")
}

pub(crate) fn languages(language: Language) -> String {
    Language::ALL.map(|of| language_label(of, language)).join(" / ")
}

pub(crate) fn document_kind_label(kind: DocumentKind, language: Language) -> String {
    messages::message(&format!("roster-document-{}", kind.code()), language).what
}

pub(crate) fn bank_label(bank: Bank, language: Language) -> String {
    messages::message(&format!("roster-bank-{}", bank.as_str()), language).what
}

pub(crate) fn language_label(of: Language, language: Language) -> String {
    messages::message(&format!("roster-language-{}", of.tag()), language).what
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_is_shown_is_also_read() {
        for shown in Language::ALL {
            for kind in DocumentKind::ALL {
                assert_eq!(document_kind(&document_kind_label(kind, shown)), Some(kind));
                assert_eq!(document_kind(kind.code()), Some(kind));
            }
            for side in Bank::BOTH {
                assert_eq!(bank(&bank_label(side, shown)), Some(side));
            }
            for of in Language::ALL {
                assert_eq!(language(&language_label(of, shown)), Some(of));
                assert_eq!(language(of.tag()), Some(of));
            }
        }
    }

    #[test]
    fn every_word_is_listed_in_the_form_it_is_compared_in() {
        let words =
            KINDS.iter().flat_map(|(_, words)| words.iter()).chain(BANKS.iter().flat_map(|(_, words)| words.iter()));
        for word in words.chain(LANGUAGES.iter().flat_map(|(_, words)| words.iter())) {
            assert_eq!(&simplified(word), word);
        }
        assert_eq!(document_kind("HK-ID card"), Some(DocumentKind::HongKongIdentityCard));
        assert_eq!(document_kind("駕駛執照"), None);
    }
}
