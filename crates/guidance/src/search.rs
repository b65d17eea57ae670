//! A question put to the index.

use crate::entries::{Entry, Kind};
use crate::index::{Guidance, GuidanceError};
use crate::nearest::nearest;
use crate::snippet::{self, Marked, Piece};
use crate::words;
use base::Language;
use std::collections::BTreeSet;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{TantivyDocument, Term};

/// What is typed beyond this is not looked at.
pub const QUERY_CHARACTERS_MAX: usize = 200;
/// The most hits of one answer.
pub const HITS_MAX: usize = 50;
/// Words of a question; a long sentence has enough in these.
const WORDS_MAX: usize = 24;
/// What is found is worth showing down to this part of the best.
const WORTH: f32 = 0.16;

/// How much it counts where a word or a notion is found.
const IN_TITLE: f32 = 3.0;
const IN_TEXT: f32 = 1.0;
const NOTION_IN_TITLE: f32 = 4.0;
const NOTION_IN_TEXT: f32 = 1.5;

/// How much more the section counts whose number was typed.
const NAMED: f32 = 5.0;

/// One answer, in the reader's language.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    pub entry: &'a Entry,
    pub title: Vec<Piece>,
    pub snippet: Vec<Piece>,
    pub score: f32,
}

/// All answers, the best first.
#[derive(Debug, Clone, Default)]
pub struct Found<'a> {
    pub hits: Vec<Hit<'a>>,
    /// Words that were taken for others: as typed, and as known.
    pub corrected: Vec<(String, String)>,
}

/// What a question comes to.
#[derive(Default)]
struct Asked {
    words: Vec<String>,
    notions: BTreeSet<usize>,
    corrected: Vec<(String, String)>,
}

impl Guidance {
    /// The best hits for a question in any of the three languages, told in the reader's.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn search(
        &self,
        question: &str,
        language: Language,
        kind: Option<Kind>,
        limit: usize,
    ) -> Result<Found<'_>, GuidanceError> {
        let asked = self.understand(question);
        let Some(query) = self.query(&asked) else { return Ok(Found::default()) };
        let searcher = self.reader.searcher();
        // Kinds are weighed and picked afterwards: there are some hundreds of entries, and all that match are looked at.
        let all = self.entries.len().max(1);
        let scored = searcher.search(&query, &TopDocs::with_limit(all).order_by_score())?;
        let mut ranked: Vec<(f32, &Entry)> = Vec::with_capacity(scored.len());
        for (score, address) in scored {
            let document: TantivyDocument = searcher.doc(address)?;
            let at = document.get_first(self.fields.entry).and_then(|value| value.as_u64());
            let entry = at.and_then(|at| self.entries.get(usize::try_from(at).ok()?));
            ranked.extend(entry.map(|entry| (score * entry.kind.weight() * named(entry, question), entry)));
        }
        ranked.retain(|(_, entry)| kind.is_none_or(|kind| entry.kind == kind));
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        let best = ranked.first().map_or(0.0, |(score, _)| *score);
        let marked = Marked { words: &asked.words, notions: &asked.notions, glossary: &self.glossary };
        let worth = ranked.into_iter().filter(|(score, _)| *score >= best * WORTH).take(limit.min(HITS_MAX));
        let hits = worth.map(|(score, entry)| Hit {
            entry,
            title: snippet::whole(entry.title.get(language), &marked),
            snippet: snippet::best(entry.text.get(language), &marked),
            score,
        });
        Ok(Found { hits: hits.collect(), corrected: asked.corrected })
    }

    fn understand(&self, question: &str) -> Asked {
        let bounded: String = question.chars().take(QUERY_CHARACTERS_MAX).collect();
        let cut = words::cut(&bounded);
        let notions = self.glossary.spoken(&cut).into_iter().map(|spoken| spoken.notion).collect();
        let mut asked = Asked { notions, ..Asked::default() };
        for word in words::asked(&cut, WORDS_MAX) {
            if self.vocabulary.contains(&word.text) {
                asked.words.push(word.text.clone());
            } else if let Some(known) = nearest(&word.text, &self.vocabulary) {
                asked.corrected.push((cut.typed(word), known.to_owned()));
                asked.words.push(known.to_owned());
            }
        }
        if !asked.corrected.is_empty() {
            // A term of the glossary may have come out by mending its words.
            let mended = words::cut(&asked.words.join(" "));
            asked.notions.extend(self.glossary.spoken(&mended).into_iter().map(|spoken| spoken.notion));
        }
        asked
    }

    /// `None` where nothing that was typed is known here.
    fn query(&self, asked: &Asked) -> Option<BooleanQuery> {
        let fields = &self.fields;
        let word =
            |word: &String| either(&[(fields.title, word.as_str(), IN_TITLE), (fields.text, word.as_str(), IN_TEXT)]);
        let notion = |notion: &usize| {
            let key = self.glossary.key(*notion);
            either(&[(fields.title_notions, key, NOTION_IN_TITLE), (fields.notions, key, NOTION_IN_TEXT)])
        };
        let parts: Vec<(Occur, Box<dyn Query>)> = asked
            .words
            .iter()
            .map(word)
            .chain(asked.notions.iter().map(notion))
            .map(|part| (Occur::Should, part))
            .collect();
        // Of a long question an answer has to know some part, not one word of it.
        let least = parts.len().div_ceil(4).max(1);
        (!parts.is_empty()).then(|| BooleanQuery::with_minimum_required_clauses(parts, least))
    }
}

/// Whoever types a section's number means that section, not what rests on it.
fn named(entry: &Entry, question: &str) -> f32 {
    if entry.kind == Kind::Outline && entry.key == question.trim() { NAMED } else { 1.0 }
}

/// The same thing in a title or in a text.
fn either(places: &[(Field, &str, f32)]) -> Box<dyn Query> {
    let place = |(field, text, weight): &(Field, &str, f32)| -> Box<dyn Query> {
        let term = TermQuery::new(Term::from_field_text(*field, text), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(term), *weight))
    };
    Box::new(BooleanQuery::union(places.iter().map(place).collect()))
}
