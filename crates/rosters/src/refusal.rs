//! Why a whole file is refused: nothing in it can be trusted to mean what it seems to.

use crate::{Column, Encoding, Message, messages};
use base::Language;

/// A refusal of the file as a whole. `Display` is plain English; `message` has all three languages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Language::En).what)]
pub enum RosterFault {
    Empty,
    TooLarge {
        bytes: usize,
        bytes_max: usize,
    },
    /// A spreadsheet's own file (xlsx, xls, ods), perhaps renamed to `.csv`.
    Workbook,
    /// "Unicode text" as spreadsheets call it.
    Utf16,
    /// Bytes that no text has: a picture, a PDF, a damaged file.
    NotText {
        line: u32,
    },
    /// Neither UTF-8 nor clearly Big5 nor clearly GB18030. `line` is the first that is not UTF-8.
    EncodingUnknown {
        line: u32,
    },
    /// Most of the file is in one encoding and this line in another: pieces of two files were put together.
    MixedEncodings {
        line: u32,
        encoding: Encoding,
    },
    HeaderMissing,
    ColumnsMissing {
        line: u32,
        columns: Vec<Column>,
    },
    ColumnTwice {
        line: u32,
        column: Column,
    },
    TooManyColumns {
        line: u32,
        columns: usize,
        columns_max: usize,
    },
    TooManyRows {
        line: u32,
        rows_max: usize,
    },
    QuoteNotClosed {
        line: u32,
    },
    RowsMissing {
        line: u32,
    },
}

impl RosterFault {
    /// In kebab case; the message is `roster-refused-{code}`.
    pub fn code(&self) -> &'static str {
        match self {
            RosterFault::Empty => "empty",
            RosterFault::TooLarge { .. } => "too-large",
            RosterFault::Workbook => "workbook",
            RosterFault::Utf16 => "utf-16",
            RosterFault::NotText { .. } => "not-text",
            RosterFault::EncodingUnknown { .. } => "encoding-unknown",
            RosterFault::MixedEncodings { .. } => "mixed-encodings",
            RosterFault::HeaderMissing => "header-missing",
            RosterFault::ColumnsMissing { .. } => "columns-missing",
            RosterFault::ColumnTwice { .. } => "column-twice",
            RosterFault::TooManyColumns { .. } => "too-many-columns",
            RosterFault::TooManyRows { .. } => "too-many-rows",
            RosterFault::QuoteNotClosed { .. } => "quote-not-closed",
            RosterFault::RowsMissing { .. } => "rows-missing",
        }
    }

    /// One-based, where the fault is at one line.
    pub fn line(&self) -> Option<u32> {
        match self {
            RosterFault::NotText { line }
            | RosterFault::EncodingUnknown { line }
            | RosterFault::MixedEncodings { line, .. }
            | RosterFault::ColumnsMissing { line, .. }
            | RosterFault::ColumnTwice { line, .. }
            | RosterFault::TooManyColumns { line, .. }
            | RosterFault::TooManyRows { line, .. }
            | RosterFault::QuoteNotClosed { line }
            | RosterFault::RowsMissing { line } => Some(*line),
            RosterFault::Empty
            | RosterFault::TooLarge { .. }
            | RosterFault::Workbook
            | RosterFault::Utf16
            | RosterFault::HeaderMissing => None,
        }
    }

    /// The columns meant, where some are.
    pub fn columns(&self) -> &[Column] {
        match self {
            RosterFault::ColumnsMissing { columns, .. } => columns,
            RosterFault::ColumnTwice { column, .. } => std::slice::from_ref(column),
            RosterFault::Empty
            | RosterFault::TooLarge { .. }
            | RosterFault::Workbook
            | RosterFault::Utf16
            | RosterFault::NotText { .. }
            | RosterFault::EncodingUnknown { .. }
            | RosterFault::MixedEncodings { .. }
            | RosterFault::HeaderMissing
            | RosterFault::TooManyColumns { .. }
            | RosterFault::TooManyRows { .. }
            | RosterFault::QuoteNotClosed { .. }
            | RosterFault::RowsMissing { .. } => &[],
        }
    }

    /// What is wrong, and how to mend it.
    pub fn message(&self, language: Language) -> Message {
        messages::message(&format!("roster-refused-{}", self.code()), language)
    }
}
