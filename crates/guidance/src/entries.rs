//! What can be found: everything that a zone tells its people, in one shape.

use base::Localised;
use profile::{Article, OutlineSection, Profile, Service};
use rulebook::{PolicyCard, Rulebook};
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Article,
    Service,
    Outline,
    Rule,
}

impl Kind {
    /// In the order in which kinds are shown.
    pub const ALL: [Kind; 4] = [Kind::Article, Kind::Service, Kind::Outline, Kind::Rule];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Service => "service",
            Kind::Outline => "outline",
            Kind::Rule => "rule",
        }
    }

    /// What tells how to do something comes before what it rests on.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Kind::Article => 1.3,
            Kind::Service => 1.25,
            Kind::Outline => 1.0,
            Kind::Rule => 0.7,
        }
    }
}

/// One thing that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub kind: Kind,
    /// Within its kind: a key, or a number of the outline.
    pub key: String,
    pub title: Localised,
    /// Paragraphs, one a line.
    pub text: Localised,
    /// Sections of the outline, or a law's name.
    pub section: String,
    pub illustrative: bool,
}

impl Entry {
    /// Its page, after the language's segment.
    pub fn path(&self) -> String {
        let folder = match self.kind {
            Kind::Article => "help",
            Kind::Service => "services",
            Kind::Outline => "outline",
            Kind::Rule => "rules",
        };
        format!("{folder}/{}", self.key)
    }
}

/// Everything that the public may read. A hidden rule is not among it: its very presence would tell.
pub(crate) fn all(profile: &Profile, rulebook: &Rulebook) -> Vec<Entry> {
    let articles = profile.guidance.articles.values().map(article);
    let services = profile.services.values().map(service);
    let outline = profile.guidance.outline.values().map(section);
    let rules = rulebook.policies().filter(|card| !card.hidden).map(rule);
    articles.chain(services).chain(outline).chain(rules).collect()
}

fn article(article: &Article) -> Entry {
    Entry {
        kind: Kind::Article,
        key: article.key.to_string(),
        title: article.title.clone(),
        text: article.text.clone(),
        section: article.section.clone(),
        illustrative: article.illustrative,
    }
}

fn service(service: &Service) -> Entry {
    let documents = service.documents.iter().map(|document| &document.name);
    let parts = [&service.summary, &service.guidance].into_iter().chain(&service.eligibility).chain(documents);
    Entry {
        kind: Kind::Service,
        key: service.key.to_string(),
        title: service.name.clone(),
        text: joined(parts),
        section: service.section.clone(),
        illustrative: service.illustrative,
    }
}

fn section(section: &OutlineSection) -> Entry {
    let nothing = Localised { zh_hant: String::new(), zh_hans: String::new(), en: String::new() };
    Entry {
        kind: Kind::Outline,
        key: section.number.to_string(),
        title: section.title.clone(),
        text: section.summary.clone().unwrap_or(nothing),
        section: section.number.to_string(),
        illustrative: false,
    }
}

fn rule(card: &PolicyCard) -> Entry {
    Entry {
        kind: Kind::Rule,
        key: card.id.to_string(),
        title: card.reason_for_public().clone(),
        text: card.remedy_for_public().clone(),
        section: card.section.clone(),
        illustrative: card.illustrative,
    }
}

fn joined<'a>(parts: impl Iterator<Item = &'a Localised> + Clone) -> Localised {
    let lines = |text: fn(&Localised) -> &str| parts.clone().map(text).collect::<Vec<_>>().join("\n");
    Localised { zh_hant: lines(|part| &part.zh_hant), zh_hans: lines(|part| &part.zh_hans), en: lines(|part| &part.en) }
}
