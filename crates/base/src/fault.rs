//! A fault in a file that somebody wrote: where it is, what is wrong, how to mend it.

use serde::Serialize;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Path as the reader of the message knows it, relative to the folder that was checked.
    pub file: String,
    /// One-based; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// One-based, in characters.
    pub column: Option<u32>,
    pub what: String,
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        write!(f, ": {} — {}", self.what, self.remedy)
    }
}
