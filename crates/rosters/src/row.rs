//! What a roster says once it has been read.

use crate::{Delimiter, DocumentKind, Encoding, FaultyRow};
use base::{Bank, Date, Language};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A whole file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    /// Of the header.
    pub language: Language,
    /// Rows that may be applied for, in the file's order.
    pub rows: Vec<Row>,
    /// Rows that may not, in the file's order; at most `Limits::faults_max` of them.
    pub faulty: Vec<FaultyRow>,
    /// All faulty rows, also those above the limit.
    pub faulty_total: u32,
    /// All rows below the header that are not blank.
    pub rows_total: u32,
    /// Columns of the file that mean nothing here (department, salary band); their cells were not looked at.
    pub ignored: Vec<String>,
}

/// One person, as an application can use them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// One-based, as a text editor counts.
    pub line: u32,
    pub staff_number: String,
    pub family_name: String,
    /// Empty for people who have one name only; it then stands in `family_name`.
    pub given_name: String,
    /// `CHAN, Tai Man`; empty where neither given nor to be had from a name in Latin letters.
    pub latin_name: String,
    pub document_kind: DocumentKind,
    /// In one form per kind: `U000101(8)`, `440399199001010012`, `H00000101`, `C00000101`, `ZZ000101`.
    pub document_number: String,
    /// [`crate::NO_EXPIRY`] for cards that have none.
    pub document_expires: Date,
    pub birth_date: Date,
    /// ISO 3166-1 alpha-3, as in machine-readable travel documents; residents of Hong Kong, Macao and Taiwan who are
    /// Chinese nationals are `CHN`.
    pub nationality: String,
    pub email: String,
    /// `+852` and eight digits or `+86` and eleven; may be empty.
    pub mobile: String,
    /// May be empty.
    pub job_title: String,
    pub home_bank: Bank,
    pub language: Language,
}

impl fmt::Debug for Row {
    /// Personal data must not end up in logs by way of `{:?}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row(line {})", self.line)
    }
}
