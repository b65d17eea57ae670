//! The index: made once from the entries, in memory, and only read afterwards.

use crate::entries::{self, Entry};
use crate::glossary::Glossary;
use crate::words::{self, Cut};
use base::{Language, Localised};
use profile::{Profile, Term};
use rulebook::Rulebook;
use std::collections::BTreeSet;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

/// tantivy takes no less for a writer.
const WRITER_BYTES: usize = 15_000_000;

/// Why there is no index, or no answer from it.
#[derive(Debug, thiserror::Error)]
#[error("the index of the guidance: {0}")]
pub struct GuidanceError(#[from] tantivy::TantivyError);

pub(crate) struct Fields {
    /// Which entry a document is.
    pub entry: Field,
    pub title: Field,
    pub text: Field,
    /// Notions of the glossary, by key.
    pub title_notions: Field,
    pub notions: Field,
}

/// Everything that can be found, ready to be asked.
pub struct Guidance {
    pub(crate) entries: Vec<Entry>,
    pub(crate) glossary: Glossary,
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    /// Every word that is indexed: whoever mistypes one is led back to it.
    pub(crate) vocabulary: BTreeSet<String>,
}

impl std::fmt::Debug for Guidance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Guidance({} entries)", self.entries.len())
    }
}

impl Guidance {
    /// # Errors
    /// Where the index cannot be made: for want of memory.
    pub fn new(profile: &Profile, rulebook: &Rulebook) -> Result<Self, GuidanceError> {
        Self::of(entries::all(profile, rulebook), &profile.guidance.glossary)
    }

    pub(crate) fn of(entries: Vec<Entry>, glossary: &[Term]) -> Result<Self, GuidanceError> {
        let glossary = Glossary::new(glossary);
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let mut vocabulary = BTreeSet::new();
        for (at, entry) in entries.iter().enumerate() {
            writer.add_document(document(&fields, &glossary, &mut vocabulary, at, entry))?;
        }
        writer.commit()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { entries, glossary, fields, reader, vocabulary })
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let words = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        entry: schema.add_u64_field("entry", STORED),
        title: schema.add_text_field("title", words.clone()),
        text: schema.add_text_field("text", words.clone()),
        title_notions: schema.add_text_field("title_notions", words.clone()),
        notions: schema.add_text_field("notions", words),
    };
    (schema.build(), fields)
}

fn document(
    fields: &Fields,
    glossary: &Glossary,
    vocabulary: &mut BTreeSet<String>,
    at: usize,
    entry: &Entry,
) -> TantivyDocument {
    let (titles, texts) = (each(&entry.title), each(&entry.text));
    for word in titles.iter().chain(&texts).flat_map(|cut| &cut.words) {
        vocabulary.insert(word.text.clone());
    }
    // Whoever knows a section by its number finds it, and what rests on it.
    let numbers = entry.section.split(", ").map(str::to_owned);
    let numbers = numbers.filter(|number| number.starts_with(|first: char| first.is_ascii_digit()));
    let numbers: Vec<String> = numbers.collect();
    vocabulary.extend(numbers.iter().cloned());
    let of = |cuts: &[Cut]| cuts.iter().flat_map(|cut| &cut.words).map(|word| word.text.clone()).collect::<Vec<_>>();
    let notions = |cuts: &[Cut]| {
        let spoken = cuts.iter().flat_map(|cut| glossary.spoken(cut));
        spoken.map(|spoken| glossary.key(spoken.notion).to_owned()).collect::<Vec<_>>()
    };
    let mut document = TantivyDocument::default();
    document.add_u64(fields.entry, u64::try_from(at).unwrap_or(u64::MAX));
    document.add_pre_tokenized_text(fields.title, tokens(of(&titles).into_iter().chain(numbers)));
    document.add_pre_tokenized_text(fields.text, tokens(of(&texts)));
    document.add_pre_tokenized_text(fields.title_notions, tokens(notions(&titles)));
    document.add_pre_tokenized_text(fields.notions, tokens(notions(&texts)));
    document
}

fn each(text: &Localised) -> Vec<Cut> {
    Language::ALL.into_iter().map(|language| words::cut(text.get(language))).collect()
}

/// Positions do not matter: no phrase is asked for.
fn tokens(words: impl IntoIterator<Item = String>) -> PreTokenizedString {
    let tokens = words.into_iter().enumerate();
    let tokens = tokens.map(|(position, text)| Token { position, text, position_length: 1, ..Token::default() });
    PreTokenizedString { text: String::new(), tokens: tokens.collect() }
}
