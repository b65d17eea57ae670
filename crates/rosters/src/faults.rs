//! What can be wrong with a cell or a row. The words for each code are in `text/*/rosters.ftl`.

use crate::{Column, Message, messages};
use base::Language;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! fault_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Why a cell or a row cannot be applied for. Closed: every code has a text and a remedy in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum FaultCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl FaultCode {
            pub const ALL: &[FaultCode] = &[$(FaultCode::$name,)*];

            /// In kebab case; the message is `roster-fault-{code}`.
            pub fn code(self) -> &'static str {
                match self {
                    $(FaultCode::$name => $code,)*
                }
            }
        }
    };
}

fault_codes! {
    /// Cells at the row's end that must be filled are not there at all.
    RowTooShort = "row-too-short",
    /// More cells than the header has columns, so nobody can say which belongs where.
    RowTooLong = "row-too-long",
    CellMissing = "cell-missing",
    CellTooLong = "cell-too-long",
    /// Control, zero-width and bidirectional override characters: what is stored would not be what is seen.
    CharacterHidden = "character-hidden",
    /// `?`, `□` or U+FFFD where a character was lost in an earlier conversion.
    CharacterLost = "character-lost",
    /// A private-use code point, that is a character which only one machine's font knows.
    CharacterPrivate = "character-private",
    /// Starts with `=`, `+`, `-` or `@`: a spreadsheet would calculate it.
    FormulaLead = "formula-lead",
    NameNotLetters = "name-not-letters",
    NameNotSplit = "name-not-split",
    LatinNameNotLatin = "latin-name-not-latin",
    StaffNumberShape = "staff-number-shape",
    StaffNumberTwice = "staff-number-twice",
    DocumentKindUnknown = "document-kind-unknown",
    /// A spreadsheet showed a long number as `4.40399E+17`; its last digits are gone.
    NumberRounded = "number-rounded",
    HongKongIdentityCardShape = "hong-kong-identity-card-shape",
    HongKongIdentityCardCheckDigit = "hong-kong-identity-card-check-digit",
    MainlandIdentityCardShape = "mainland-identity-card-shape",
    MainlandIdentityCardCheckDigit = "mainland-identity-card-check-digit",
    /// The date of birth inside the number is another one than the row's.
    MainlandIdentityCardBirthDate = "mainland-identity-card-birth-date",
    MainlandTravelPermitShape = "mainland-travel-permit-shape",
    ExitEntryPermitShape = "exit-entry-permit-shape",
    PassportShape = "passport-shape",
    DocumentExpired = "document-expired",
    DocumentTwice = "document-twice",
    DateUnreadable = "date-unreadable",
    /// Written well, but there is no such day.
    DateImpossible = "date-impossible",
    /// Day and month may be either way round.
    DateAmbiguous = "date-ambiguous",
    /// A spreadsheet's count of days since 1900.
    DateSerialNumber = "date-serial-number",
    BirthDateInFuture = "birth-date-in-future",
    BirthDateTooLongAgo = "birth-date-too-long-ago",
    AgeUnderSixteen = "age-under-sixteen",
    NationalityUnknown = "nationality-unknown",
    EmailShape = "email-shape",
    EmailTwice = "email-twice",
    MobileShape = "mobile-shape",
    BankUnknown = "bank-unknown",
    LanguageUnknown = "language-unknown",
}

impl FaultCode {
    /// What is wrong, and how to mend it.
    pub fn message(self, language: Language) -> Message {
        messages::message(&format!("roster-fault-{}", self.code()), language)
    }
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One cell as the file had it, cut to one character above the limit so that a cell too long stays too long.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub column: Column,
    /// Which column of the file it stood in, one-based.
    pub position: u32,
    pub text: String,
}

/// What is wrong with one cell; a row may have several.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFault {
    /// Which column of the file, one-based.
    pub column: u32,
    pub column_name: Column,
    pub code: FaultCode,
    /// The cell's text, cut short where it is long.
    pub given: String,
    /// What may have been meant, for the clerk to judge; for an ambiguous date both readings. Never a corrected
    /// document number: a suggested check digit would turn a typing mistake into somebody else's document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// The other row, where two rows contradict each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_line: Option<u32>,
}

/// A row that cannot be applied for as it stands, kept so that a clerk can mend it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultyRow {
    /// One-based, as a text editor counts; where a quoted cell spans lines, the row's first.
    pub line: u32,
    pub cells: Vec<Cell>,
    /// In the order of the file's columns; never empty.
    pub faults: Vec<CellFault>,
    /// For rows whose language cell is empty: the language of the file's header.
    pub language: Language,
}

impl FaultyRow {
    pub fn text(&self, column: Column) -> Option<&str> {
        self.cells.iter().find(|cell| cell.column == column).map(|cell| cell.text.as_str())
    }
}

// Rows hold personal data, and `{:?}` ends up in server logs: only places and codes are printed.

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cell({}, {} bytes)", self.column, self.text.len())
    }
}

impl fmt::Debug for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in column {} ({})", self.code, self.column, self.column_name)
    }
}

impl fmt::Debug for FaultyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaultyRow(line {}, {:?})", self.line, self.faults)
    }
}
