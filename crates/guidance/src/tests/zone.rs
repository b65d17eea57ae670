//! The zone's guidance is whole, and what is shown of it is the reader's.

use super::{HETAO, PROFILE, RULEBOOK};
use crate::Kind;
use base::Language;
use std::collections::BTreeSet;

#[test]
fn every_section_of_the_outline_is_there_and_every_rule_rests_on_one() {
    let outline = &PROFILE.guidance.outline;
    // Paragraphs of each section of the outline, as its pages number them.
    let paragraphs = [
        ("2.1", 10),
        ("2.2", 7),
        ("3.1", 8),
        ("3.2", 7),
        ("4.1", 3),
        ("4.2", 5),
        ("4.3", 1),
        ("4.4", 4),
        ("4.5", 2),
        ("4.6", 2),
        ("4.7", 1),
        ("5.1", 5),
        ("5.2", 11),
        ("5.3", 6),
        ("6.1", 1),
        ("6.2", 3),
        ("6.3", 5),
        ("6.4", 6),
        ("6.5", 4),
        ("6.6", 1),
        ("6.7", 4),
        ("7.1", 4),
        ("7.2", 11),
        ("7.3", 1),
        ("7.4", 3),
        ("7.5", 4),
    ];
    for (section, count) in paragraphs {
        for paragraph in 1..=count {
            let number = format!("{section}.{paragraph}");
            let found = PROFILE.guidance.section(&number).unwrap_or_else(|| panic!("{number} is missing"));
            assert!(found.summary.is_some(), "{number} says nothing");
        }
        assert_eq!(PROFILE.guidance.within(&section.parse().unwrap()).count(), count, "{section}");
    }
    assert_eq!(PROFILE.guidance.chapters().count(), 9, "preface and eight chapters");
    for card in RULEBOOK.policies() {
        for number in card.section.split(", ").filter(|text| text.starts_with(|c: char| c.is_ascii_digit())) {
            assert!(outline.contains_key(&number.parse().unwrap()), "{}: {number}", card.id);
        }
    }
}

#[test]
fn there_are_more_than_thirty_articles_and_most_services_have_one_that_leads_to_them() {
    let articles = &PROFILE.guidance.articles;
    assert!(articles.len() > 30, "{}", articles.len());
    let led_to: BTreeSet<_> = articles.values().flat_map(|article| &article.services).collect();
    let without: Vec<_> = PROFILE.services.keys().filter(|service| !led_to.contains(service)).collect();
    assert!(without.is_empty(), "no article leads to {without:?}");
}

#[test]
fn a_hit_is_told_in_the_readers_language_with_what_was_asked_for_marked() {
    for (language, asked, marked) in [
        (Language::ZhHant, "人才公寓", "人才公寓"),
        (Language::ZhHans, "人才公寓", "人才公寓"),
        (Language::En, "人才公寓", "talent apartments"),
    ] {
        let found = HETAO.search(asked, language, Some(Kind::Service), 1).unwrap();
        let hit = &found.hits[0];
        assert_eq!(hit.entry.path(), "services/talent-apartment");
        let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(title, hit.entry.title.get(language));
        let marks: Vec<&str> = hit
            .title
            .iter()
            .chain(&hit.snippet)
            .filter(|piece| piece.marked)
            .map(|piece| piece.text.as_str())
            .collect();
        assert!(
            marks.iter().any(|mark| mark.eq_ignore_ascii_case(marked) || marked.starts_with(&mark.to_lowercase())),
            "{language}: {marks:?}"
        );
    }
}

#[test]
fn hidden_rules_are_not_in_the_index() {
    let hidden: Vec<_> = RULEBOOK.policies().filter(|card| card.hidden).map(|card| card.id.to_string()).collect();
    assert!(!hidden.is_empty());
    assert!(HETAO.entries().iter().all(|entry| entry.kind != Kind::Rule || !hidden.contains(&entry.key)));
}
