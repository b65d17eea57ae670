//! `rulebook.toml`: what is said where no policy speaks, which actions need both banks, which words stay hidden.
//!
//! Knows the file's shape; whether its actions exist is for the loader to check.

use crate::Rulebook;
use crate::card::PolicyCard;
use crate::faults::Source;
use base::{Bank, Date, Fault, Key, Localised, Outcome};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// By action: what a permission of it takes.
    #[serde(default)]
    pub actions: BTreeMap<String, ActionSettings>,
    #[serde(default)]
    pub hidden: Hidden,
    #[serde(default)]
    answers: BTreeMap<String, AnswerText>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActionSettings {
    /// Each of these banks has to permit on its own.
    #[serde(default)]
    pub authorities: Vec<Bank>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hidden {
    /// Words that give a hidden reason away: no text for the public may have one.
    #[serde(default)]
    pub words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerText {
    section: String,
    #[serde(default)]
    illustrative: bool,
    since: Date,
    reason: Localised,
    remedy: Localised,
}

pub(crate) const FILE: &str = "rulebook.toml";

pub(crate) fn read(text: &str) -> Result<Settings, Vec<Fault>> {
    let source = Source::whole(FILE, text);
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let what = error.message().lines().collect::<Vec<_>>().join("; ");
        vec![source.fault_at(offset, what, "see the comments in rulebook.toml for its shape")]
    })
}

impl Settings {
    /// The two answers that no policy gives, as cards like any other.
    pub fn cards(&self, text: &str) -> Result<BTreeMap<Key, Arc<PolicyCard>>, Vec<Fault>> {
        const NAMES: [&str; 2] = [Rulebook::NOTHING_PERMITS, Rulebook::FACTS_INCOMPLETE];
        let source = Source::whole(FILE, text);
        let mut faults = Vec::new();
        let mut cards = BTreeMap::new();
        for name in NAMES {
            let heading = format!("[answers.{name}]");
            let at = text.find(&heading).unwrap_or(0);
            let remedy = format!("write it under {heading} with section, since, reason and remedy in three languages");
            let Some(answer) = self.answers.get(name) else {
                faults.push(source.fault(format!("the answer {name} is missing"), remedy));
                continue;
            };
            let texts = [&answer.reason, &answer.remedy];
            if base::Language::ALL.iter().any(|&l| texts.iter().any(|text| text.get(l).trim().is_empty())) {
                faults.push(source.fault_at(at, format!("the answer {name} has an empty text"), remedy));
            }
            let line = source.fault_at(at, "", "").line.unwrap_or(1);
            if let Some(id) = Key::new(name) {
                cards.insert(id.clone(), Arc::new(answer.card(id, line)));
            }
        }
        for name in self.answers.keys().filter(|name| !NAMES.contains(&name.as_str())) {
            let at = text.find(&format!("[answers.{name}]")).unwrap_or(0);
            faults.push(source.fault_at(at, format!("the answer {name} is never given"), "leave it out"));
        }
        if faults.is_empty() { Ok(cards) } else { Err(faults) }
    }
}

impl AnswerText {
    fn card(&self, id: Key, line: u32) -> PolicyCard {
        PolicyCard {
            id,
            authority: None,
            outcome: Outcome::Refused,
            rank: 0,
            section: self.section.clone(),
            illustrative: self.illustrative,
            reason: self.reason.clone(),
            remedy: self.remedy.clone(),
            hidden: false,
            public_reason: None,
            public_remedy: None,
            since: self.since,
            actions: Vec::new(),
            file: FILE.to_owned(),
            line,
        }
    }
}
