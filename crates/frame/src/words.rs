//! The words of a room in the three languages: Fluent files built into the binary, one loader for each language.
//! A message that does not exist, or lacks a variable, is a compile error (`fl!`). Which language a reader wants is
//! decided elsewhere; texts of the zone folder are `base::Localised`, not these.

use base::{Language, Remark};
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{I18nAssets, LanguageLoader};
use std::borrow::Cow;
use std::collections::HashMap;

/// The words of one room. Made by [`room_words!`](crate::room_words), used through [`say!`](crate::say).
pub struct Words {
    zh_hant: FluentLanguageLoader,
    zh_hans: FluentLanguageLoader,
    en: FluentLanguageLoader,
}

impl Words {
    /// `texts` in the order of `Language::ALL`.
    pub fn new(domain: &'static str, texts: [&'static str; 3]) -> Self {
        let [zh_hant, zh_hans, en] = texts;
        Self {
            zh_hant: loader(domain, Language::ZhHant, zh_hant),
            zh_hans: loader(domain, Language::ZhHans, zh_hans),
            en: loader(domain, Language::En, en),
        }
    }

    /// What `fl!` wants as its first argument.
    pub fn of(&self, language: Language) -> &FluentLanguageLoader {
        match language {
            Language::ZhHant => &self.zh_hant,
            Language::ZhHans => &self.zh_hans,
            Language::En => &self.en,
        }
    }

    /// The message of a key that is only known at run time, as a refusal's code is. `None` where there is none.
    pub fn find(&self, language: Language, key: &str, values: &[Remark]) -> Option<String> {
        let loader = self.of(language);
        loader.has(key).then(|| loader.get_args(key, arguments(values)))
    }

    /// The attribute of a message, `refusal-x.remedy`, at run time.
    pub fn find_attribute(&self, language: Language, key: &str, attribute: &str, values: &[Remark]) -> Option<String> {
        let loader = self.of(language);
        let found = loader.has_attr(key, attribute);
        found.then(|| loader.get_attr_args(key, attribute, arguments(values)))
    }

    /// The text of a refusal of this room and how to mend what was refused, in the reader's language. `None` where
    /// the room has no message `refusal-{code}`.
    pub fn refusal(&self, language: Language, refusal: &dyn base::Refuse) -> Option<Refused> {
        let key = format!("refusal-{}", refusal.code());
        let remarks = refusal.remarks();
        let text = self.find(language, &key, &remarks)?;
        let remedy = self.find_attribute(language, &key, "remedy", &remarks).unwrap_or_default();
        Some(Refused { text, remedy })
    }
}

/// A refusal in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub text: String,
    pub remedy: String,
}

fn arguments(values: &[Remark]) -> HashMap<&str, &str> {
    values.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// A loader with its one text. Bidirectional isolation marks are left out: all three languages run left to right,
/// and the marks end up in copied text and file names.
fn loader(domain: &'static str, language: Language, text: &'static str) -> FluentLanguageLoader {
    let language: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let loader = FluentLanguageLoader::new(domain, language.clone());
    let asset = OneText { path: format!("{language}/{domain}.ftl"), text };
    // A text that does not parse is reported by `check_words`; here its messages would be shown by their keys.
    let _ = loader.load_languages(&asset, &[language]);
    loader.set_use_isolating(false);
    loader
}

/// One Fluent file as the loader wants to be handed it.
struct OneText {
    path: String,
    text: &'static str,
}

impl I18nAssets for OneText {
    fn get_files(&self, file_path: &str) -> Vec<Cow<'_, [u8]>> {
        if file_path == self.path { vec![Cow::Borrowed(self.text.as_bytes())] } else { Vec::new() }
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(std::iter::once(self.path.clone()))
    }
}

/// Declares `WORDS` for the crate that calls it, from `text/{zh-Hant,zh-Hans,en}/{crate name}.ftl`. Called once, in
/// the crate's `lib.rs`. The crate also needs an `i18n.toml` (as `frame`'s own).
#[macro_export]
macro_rules! room_words {
    () => {
        pub(crate) static WORDS: ::std::sync::LazyLock<$crate::Words> = ::std::sync::LazyLock::new(|| {
            $crate::Words::new(
                env!("CARGO_PKG_NAME"),
                [
                    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/text/zh-Hant/", env!("CARGO_PKG_NAME"), ".ftl")),
                    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/text/zh-Hans/", env!("CARGO_PKG_NAME"), ".ftl")),
                    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/text/en/", env!("CARGO_PKG_NAME"), ".ftl")),
                ],
            )
        });
    };
}

/// A message of the calling crate as a `String`: `say!(language, "cases-title", count = 3_u32)`, or its attribute:
/// `say!(language, "cases-title", "hint")`. Values are texts (`&str`, `String`) or numbers.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "WORDS is the calling crate's, made there by room_words!")]
macro_rules! say {
    ($language:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::fl!(crate::WORDS.of($language), $key $(, $name = ($value))*)
    };
    ($language:expr, $key:literal, $attribute:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::fl!(crate::WORDS.of($language), $key, $attribute $(, $name = ($value))*)
    };
}
