//! `hetao roster check`: what the portal would say about a roster, without uploading it.

use crate::cli::Common;
use crate::data_folder::read_up_to;
use crate::ending::{Ending, Failure};
use crate::output::Output;
use crate::words::{self, word, words};
use base::{Bank, Date, Instant, Language};
use profile::Profile;
use rosters::{CellFault, Limits, Roster, RosterFault};
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Answer {
    ok: bool,
    today: Date,
    files: Vec<FileAnswer>,
}

#[derive(Serialize, Default)]
struct FileAnswer {
    file: String,
    ok: bool,
    /// Why the file as a whole cannot be read.
    refused: Option<Refused>,
    encoding: Option<&'static str>,
    rows: u32,
    good: u32,
    faulty: u32,
    /// At most as many as the limits keep; `faulty` counts all.
    faulty_rows: Vec<RowAnswer>,
    ignored_columns: Vec<String>,
}

#[derive(Serialize)]
struct Refused {
    code: &'static str,
    line: Option<u32>,
    what: String,
    remedy: String,
}

#[derive(Serialize)]
struct RowAnswer {
    line: u32,
    faults: Vec<FaultAnswer>,
}

#[derive(Serialize)]
struct FaultAnswer {
    column: u32,
    column_name: String,
    code: &'static str,
    what: String,
    remedy: String,
    given: String,
    suggestion: Option<String>,
    other_line: Option<u32>,
}

pub fn check(files: &[PathBuf], today: Option<Date>, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let today = today.unwrap_or_else(|| today_in(&common.zone));
    let limits = Limits::default();
    let bar = output.progress("reading rosters", files.len() as u64);
    let mut answers = Vec::with_capacity(files.len());
    for file in files {
        // One byte more than the limit is enough for the reader to refuse the file in the clerk's language.
        let bytes = read_up_to(file, limits.bytes_max as u64 + 1)?;
        answers.push(answer(file, rosters::read(&bytes, today, &limits), output.language));
        bar.inc(1);
    }
    bar.finish_and_clear();
    let answer = Answer { ok: answers.iter().all(|answer| answer.ok), today, files: answers };
    output.result(&answer, |out| answer.files.iter().try_for_each(|file| print(out, file, output.language)))?;
    Ok(Ending::of(answer.ok))
}

/// The north bank's date; both banks of every zone so far keep the same. Universal time where there is no sound zone
/// folder at hand: a roster can be checked without one.
fn today_in(zone: &Path) -> Date {
    let now = jiff::Timestamp::now();
    match Profile::load(zone) {
        Ok(profile) => profile.local_date(Bank::North, Instant::of(now)),
        Err(_) => now.to_zoned(jiff::tz::TimeZone::UTC).date(),
    }
}

fn answer(file: &Path, read: Result<Roster, RosterFault>, language: Language) -> FileAnswer {
    let name = file.display().to_string();
    let roster = match read {
        Ok(roster) => roster,
        Err(fault) => return FileAnswer { file: name, refused: Some(refused(&fault, language)), ..Default::default() },
    };
    let faulty_rows = roster.faulty.iter().map(|row| RowAnswer {
        line: row.line,
        faults: row.faults.iter().map(|fault| fault_answer(fault, language)).collect(),
    });
    FileAnswer {
        file: name,
        ok: roster.faulty_total == 0,
        refused: None,
        encoding: Some(roster.encoding.name()),
        rows: roster.rows_total,
        good: u32::try_from(roster.rows.len()).unwrap_or(u32::MAX),
        faulty: roster.faulty_total,
        faulty_rows: faulty_rows.collect(),
        ignored_columns: roster.ignored.iter().map(|name| visible(name)).collect(),
    }
}

fn refused(fault: &RosterFault, language: Language) -> Refused {
    let message = fault.message(language);
    let columns: Vec<String> = fault.columns().iter().map(|column| column.label(language)).collect();
    let columns = columns.join(word(words::LIST_COMMA, language));
    let what =
        if columns.is_empty() { message.what } else { format!("{}{columns}", with_space(message.what, language)) };
    Refused { code: fault.code(), line: fault.line(), what, remedy: message.remedy }
}

fn with_space(text: String, language: Language) -> String {
    if language == Language::En { text + " " } else { text }
}

fn fault_answer(fault: &CellFault, language: Language) -> FaultAnswer {
    let message = fault.code.message(language);
    FaultAnswer {
        column: fault.column,
        column_name: fault.column_name.label(language),
        code: fault.code.code(),
        what: message.what,
        remedy: message.remedy,
        given: fault.given.clone(),
        suggestion: fault.suggestion.clone(),
        other_line: fault.other_line,
    }
}

/// Characters that would steer the terminal are shown by their number; cells with faults come so already.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { format!("‹U+{:04X}›", u32::from(c)) } else { c.to_string() }).collect()
}

fn print(out: &mut dyn Write, answer: &FileAnswer, language: Language) -> io::Result<()> {
    if let Some(refused) = &answer.refused {
        let line = refused.line.map(|line| line.to_string()).unwrap_or_default();
        let text = if line.is_empty() { words::ROSTER_REFUSED } else { words::ROSTER_REFUSED_AT };
        let values = [answer.file.as_str(), &refused.what, &refused.remedy, &line];
        return writeln!(out, "{}", words(text, language, &values));
    }
    let [rows, good, faulty] = [answer.rows, answer.good, answer.faulty].map(|count| count.to_string());
    let encoding = answer.encoding.unwrap_or_default();
    let values = [answer.file.as_str(), encoding, &rows, &good, &faulty];
    writeln!(out, "{}", words(words::ROSTER_SUMMARY, language, &values))?;
    for row in &answer.faulty_rows {
        for fault in &row.faults {
            print_fault(out, row.line, fault, language)?;
        }
    }
    let listed = u32::try_from(answer.faulty_rows.len()).unwrap_or(u32::MAX);
    let more = answer.faulty.saturating_sub(listed);
    if more > 0 {
        writeln!(out, "{}", words(words::ROSTER_MORE, language, &[&more.to_string()]))?;
    }
    if !answer.ignored_columns.is_empty() {
        let names = answer.ignored_columns.join(word(words::LIST_COMMA, language));
        writeln!(out, "{}", words(words::ROSTER_IGNORED, language, &[&names]))?;
    }
    Ok(())
}

fn print_fault(out: &mut dyn Write, line: u32, fault: &FaultAnswer, language: Language) -> io::Result<()> {
    let part = |text, value: Option<&str>| value.map(|value| words(text, language, &[value])).unwrap_or_default();
    let given = Some(fault.given.as_str()).filter(|given| !given.is_empty());
    let other_line = fault.other_line.map(|line| line.to_string());
    let remarks = [
        part(words::ROSTER_GIVEN, given),
        part(words::ROSTER_SUGGESTION, fault.suggestion.as_deref()),
        part(words::ROSTER_OTHER_LINE, other_line.as_deref()),
    ];
    let (line, column, remarks) = (line.to_string(), fault.column.to_string(), remarks.concat());
    let values = [line.as_str(), &column, &fault.column_name, &fault.what, &fault.remedy, &remarks];
    writeln!(out, "{}", words(words::ROSTER_FAULT, language, &values))
}
