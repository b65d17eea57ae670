//! Reading TOML so that every fault is found, not only the first, and each has its line.
//!
//! `serde` stops at the first wrong field; a person who mends a zone folder wants the whole list. So a file is parsed
//! into spanned values, and each value is asked for by name. What is wrong is written down and reading goes on.
//! It must not know: what a park or a service is.

mod findings;
mod table;

pub(crate) use findings::{Findings, Noun, Place};
pub(crate) use table::{Document, Table};
