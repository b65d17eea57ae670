//! How much of a file is read. A roster comes from outside, so everything about it has a bound.

/// Bounds on one roster file. The defaults fit an employer of twenty thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Of the whole file, as uploaded.
    pub bytes_max: usize,
    /// Rows below the header that are not blank.
    pub rows_max: usize,
    pub columns_max: usize,
    /// Of one cell, in Unicode characters.
    pub cell_chars_max: usize,
    /// Faulty rows that are kept and shown; further ones are only counted.
    pub faults_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes_max: 4 * 1024 * 1024, rows_max: 20_000, columns_max: 64, cell_chars_max: 200, faults_max: 500 }
    }
}
