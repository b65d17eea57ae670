//! guidance/*.toml: sections of the outline, articles, and the glossary; any file may hold any of them.

use crate::model::{Article, Group, Guidance, OutlineSection, SectionNumber, Term};
use crate::reader::{Noun, Table};
use base::{Key, Localised};
use std::collections::BTreeMap;

/// One section as it is written: its title may stand one level up.
pub(super) struct Written {
    number: SectionNumber,
    title: Option<Localised>,
    summary: Option<Localised>,
}

/// What one file holds.
#[derive(Default)]
pub(super) struct Part {
    sections: Vec<Written>,
    articles: Vec<Article>,
    terms: Vec<Term>,
}

pub(super) fn part(file: &Table<'_>) -> Option<Part> {
    Some(Part {
        sections: file.tables("section", section),
        articles: file.tables("article", article),
        terms: file.tables("term", term),
    })
}

pub(super) fn whole(parts: impl IntoIterator<Item = Part>) -> Guidance {
    let mut guidance = Guidance::default();
    let mut written: BTreeMap<SectionNumber, Written> = BTreeMap::new();
    for part in parts {
        written.extend(part.sections.into_iter().map(|section| (section.number.clone(), section)));
        guidance.articles.extend(part.articles.into_iter().map(|article| (article.key.clone(), article)));
        guidance.glossary.extend(part.terms);
    }
    // In the outline's order a section comes after the one it stands in, so that its title is known by then.
    for (number, section) in written {
        let above = number.parent().and_then(|parent| guidance.outline.get(&parent));
        let Some(title) = section.title.or_else(|| above.map(|above| above.title.clone())) else { continue };
        guidance.outline.insert(number.clone(), OutlineSection { number, title, summary: section.summary });
    }
    guidance
}

fn section(table: &Table<'_>) -> Option<Written> {
    let number = table.defines_section("number");
    let (title, summary) = (table.optional_localised("title"), table.optional_localised("summary"));
    let (number, title, summary) = (number?, title?, summary?);
    if let Some(parent) = number.parent().filter(|_| title.is_none())
        && let Some(parent) = Key::new(&parent.to_string())
    {
        table.mentions_key("number", Noun::Section, &parent);
    }
    if title.is_none() && (number.parent().is_none() || summary.is_none()) {
        let what = "the section has neither a heading nor a text of its own";
        table.fault_at("number", what, "add `title` as the outline has it, or `summary`");
        return None;
    }
    Some(Written { number, title, summary })
}

fn article(table: &Table<'_>) -> Option<Article> {
    let key = table.defines(Noun::Article);
    let group = table.word("group", &Group::ALL.map(|group| (group.as_str(), group)));
    let (title, text) = (table.localised("title"), table.localised("text"));
    let (section, illustrative) = (table.section("section"), table.flag("illustrative"));
    let services = table.maybe("services", || table.mentions_all("services", Noun::Service));
    let see = table.maybe("see", || table.mentions_all("see", Noun::Article));
    Some(Article {
        key: key?,
        group: group?,
        title: title?,
        text: text?,
        section: section?,
        services: services?.unwrap_or_default(),
        see: see?.unwrap_or_default(),
        illustrative: illustrative?,
    })
}

fn term(table: &Table<'_>) -> Option<Term> {
    let key = table.defines(Noun::Term);
    let (zh_hant, zh_hans, en) = (table.texts("zh-Hant"), table.texts("zh-Hans"), table.texts("en"));
    Some(Term { key: key?, zh_hant: zh_hant?, zh_hans: zh_hans?, en: en? })
}
