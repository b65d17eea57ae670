//! Setting a letter: the data and the templates go in, a PDF comes out.

use crate::model::Letter;
use crate::qr;
use crate::stock::{Stock, words_file};
use serde_json::Value;
use thiserror::Error;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// What the PDF says it was made with.
const CREATOR: &str = "hetao";
/// Results of the typesetter that no letter needed for so many letters are forgotten.
const MEMORY_LETTERS: usize = 2;

/// No letter came of it. Says nothing of what the letter says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PressError {
    #[error("the typefaces or templates of letters cannot be read: the program was not built whole")]
    Stock,
    #[error("the address for checking the letter does not fit a QR code")]
    Address,
    #[error("the letter cannot be set: {0}")]
    Template(String),
}

/// Sets the letter. Takes some tens of milliseconds: call it from a thread that may wait.
pub fn print(letter: &Letter) -> Result<Vec<u8>, PressError> {
    let desk = Desk::of(letter, Stock::get()?)?;
    let set = typst::compile::<PagedDocument>(&desk);
    let document = set.output.map_err(|faults| fault(&faults))?;
    let options = PdfOptions {
        ident: Smart::Custom(letter.mark.reference.clone()),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        standards: PdfStandards::new(&[PdfStandard::A_2a])
            .map_err(|fault| PressError::Template(fault.message().to_string()))?,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|faults| fault(&faults));
    comemo::evict(MEMORY_LETTERS);
    pdf
}

fn fault(faults: &[SourceDiagnostic]) -> PressError {
    PressError::Template(faults.first().map(|fault| fault.message.to_string()).unwrap_or_default())
}

/// The typesetter's desk: all that one letter may look at. There are no other files, no packages and no clock.
struct Desk {
    stock: &'static Stock,
    said: Bytes,
    qr: Bytes,
}

impl Desk {
    fn of(letter: &Letter, stock: &'static Stock) -> Result<Self, PressError> {
        let mut said = serde_json::to_value(letter).map_err(|error| PressError::Template(error.to_string()))?;
        make_settable(stock, &mut said);
        if let Some(said) = said.as_object_mut() {
            said.insert("words".to_owned(), words_file(letter.language).into());
        }
        let qr = qr::svg(&letter.mark.address)?;
        Ok(Self { stock, said: Bytes::from_string(said.to_string()), qr: Bytes::from_string(qr) })
    }
}

fn make_settable(stock: &Stock, value: &mut Value) {
    match value {
        Value::String(text) => *text = stock.settable(text),
        Value::Array(items) => items.iter_mut().for_each(|item| make_settable(stock, item)),
        Value::Object(fields) => fields.values_mut().for_each(|field| make_settable(stock, field)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.stock.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.stock.book
    }

    fn main(&self) -> FileId {
        self.stock.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.stock.template(id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.stock.said {
            Ok(self.said.clone())
        } else if id == self.stock.qr {
            Ok(self.qr.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.stock.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
