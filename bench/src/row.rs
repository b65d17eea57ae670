//! One measured figure beside its aim.

use std::fmt::Write;

pub struct Row {
    pub what: String,
    pub aim: String,
    pub figure: String,
    /// `None` for a figure that is given for its own sake.
    pub met: Option<bool>,
}

impl Row {
    pub fn new(what: &str, aim: &str, figure: String, met: bool) -> Self {
        Self { what: what.into(), aim: aim.into(), figure, met: Some(met) }
    }

    pub fn plain(what: &str, figure: String) -> Self {
        Self { what: what.into(), aim: String::new(), figure, met: None }
    }
}

/// A Markdown table, as it stands in the README.
pub fn table(rows: &[Row]) -> String {
    let mut text = String::from("| what | aim | measured | |\n|---|---|---|---|\n");
    for row in rows {
        let met = match row.met {
            Some(true) => "met",
            Some(false) => "**missed**",
            None => "",
        };
        let _ = writeln!(text, "| {} | {} | {} | {met} |", row.what, row.aim, row.figure);
    }
    text
}
