//! What every letter is set with: the typefaces, the typesetter's library, the templates. Made once, at the first letter.

use crate::set::PressError;
use base::Language;
use std::io::Read;
use std::sync::OnceLock;
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

static TYPEFACES: [&[u8]; 2] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/traditional.ttf.br")),
    include_bytes!(concat!(env!("OUT_DIR"), "/simplified.ttf.br")),
];
/// A typeface is ten million bytes; twice that is no typeface of ours.
const TYPEFACE_BYTES_MAX: u64 = 32 << 20;

/// Set where a character is in no typeface, as printers did.
const GETA: char = '〓';

pub(crate) struct Stock {
    pub library: LazyHash<Library>,
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
    pub main: FileId,
    pub said: FileId,
    pub qr: FileId,
    templates: Vec<Source>,
}

impl Stock {
    pub fn get() -> Result<&'static Self, PressError> {
        static STOCK: OnceLock<Option<Stock>> = OnceLock::new();
        STOCK.get_or_init(Self::make).as_ref().ok_or(PressError::Stock)
    }

    fn make() -> Option<Self> {
        let fonts: Vec<Font> = TYPEFACES.into_iter().map(typeface).collect::<Option<_>>()?;
        let templates = vec![
            Source::new(file("letter.typ")?, include_str!("../templates/letter.typ").into()),
            Source::new(file("words-zh-Hant.typ")?, include_str!("../templates/words-zh-Hant.typ").into()),
            Source::new(file("words-zh-Hans.typ")?, include_str!("../templates/words-zh-Hans.typ").into()),
            Source::new(file("words-en.typ")?, include_str!("../templates/words-en.typ").into()),
        ];
        Some(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: templates.first()?.id(),
            said: file("said.json")?,
            qr: file("qr.svg")?,
            templates,
        })
    }

    pub fn template(&self, id: FileId) -> Option<&Source> {
        self.templates.iter().find(|source| source.id() == id)
    }

    /// The text as it can be set: without what steers terminals and turns lines around, and with a mark for every
    /// character that no typeface has.
    pub fn settable(&self, text: &str) -> String {
        text.chars().filter(|c| !is_hidden(*c)).map(|c| if self.has(c) { c } else { GETA }).collect()
    }

    fn has(&self, character: char) -> bool {
        character == '\n' || self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }
}

/// Controls, and the marks that change the order in which a line is read.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The language in which `words-….typ` is written.
pub(crate) fn words_file(language: Language) -> String {
    format!("words-{}.typ", language.tag())
}

fn file(name: &str) -> Option<FileId> {
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?)))
}

fn typeface(compressed: &'static [u8]) -> Option<Font> {
    let mut content = Vec::new();
    brotli::Decompressor::new(compressed, 4096).take(TYPEFACE_BYTES_MAX).read_to_end(&mut content).ok()?;
    Font::new(Bytes::new(content), 0)
}
