//! From text to cells: which character separates them, where the header is, which line a record starts at.
//!
//! Knows nothing of what a cell means besides the words of headers.

use crate::columns::Column;
use crate::{Limits, RosterFault, characters};
use base::Language;
use serde::{Deserialize, Serialize};

/// The character between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delimiter {
    Comma,
    Semicolon,
    Tab,
}

impl Delimiter {
    const ALL: [Delimiter; 3] = [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab];

    pub fn character(self) -> char {
        match self {
            Delimiter::Comma => ',',
            Delimiter::Semicolon => ';',
            Delimiter::Tab => '\t',
        }
    }

    fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }
}

/// A title, a date of export and a few blank lines may stand above the header.
const HEADER_LINES_MAX: usize = 20;
/// So many known headings make a line the header.
const HEADINGS_MIN: usize = 3;
/// A header with quoted line breaks may be longer than a line, but not longer than this.
const HEADER_BYTES_MAX: usize = 16 * 1024;

/// How many cells of a line are looked at to tell its encoding.
const CELLS_PROBED_MAX: usize = 64;

/// How many cells of a line are Chinese words that head a column, whichever the delimiter.
pub(crate) fn chinese_headings(line: &str) -> usize {
    let cells = line.split([',', ';', '\t']).take(CELLS_PROBED_MAX).map(|cell| cell.trim_matches(['"', ' ', '\r']));
    cells.filter(|cell| !cell.is_ascii() && Column::headed(cell).is_some()).count()
}

#[derive(Debug)]
pub(crate) struct Header {
    pub delimiter: Delimiter,
    pub line: u32,
    pub language: Language,
    /// In the order of the file; `None` for a column that means nothing here.
    pub columns: Vec<Option<Column>>,
    pub ignored: Vec<String>,
    /// Byte offset of its first character.
    start: usize,
}

impl Header {
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }
}

/// The first line that has several words known to head columns.
pub(crate) fn find_header(text: &str, limits: &Limits) -> Result<Header, RosterFault> {
    let mut start = 0;
    for (line, number) in text.split_inclusive('\n').take(HEADER_LINES_MAX).zip(1..) {
        // The parser would pass over a blank line and take the next one for this.
        let is_blank = line.trim().is_empty();
        let best = Delimiter::ALL
            .into_iter()
            .map(|delimiter| (delimiter, first_record(text, start, delimiter)))
            .max_by_key(|(delimiter, cells)| (headings(cells, limits), std::cmp::Reverse(delimiter.byte())));
        if let Some((delimiter, cells)) = best
            && !is_blank
            && headings(&cells, limits) >= HEADINGS_MIN
        {
            return header(delimiter, number, start, &cells, limits);
        }
        start = start.saturating_add(line.len());
    }
    Err(RosterFault::HeaderMissing)
}

fn first_record(text: &str, start: usize, delimiter: Delimiter) -> Vec<String> {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = rest.len().min(HEADER_BYTES_MAX);
    while !rest.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    let mut reader = reader(rest.get(..end).unwrap_or_default(), delimiter);
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}

fn headings(cells: &[String], limits: &Limits) -> usize {
    cells.iter().take(limits.columns_max).filter(|cell| Column::headed(cell).is_some()).count()
}

fn header(
    delimiter: Delimiter,
    line: u32,
    start: usize,
    cells: &[String],
    limits: &Limits,
) -> Result<Header, RosterFault> {
    let cells = cells.get(..filled(cells.iter().map(String::as_str))).unwrap_or_default();
    if cells.len() > limits.columns_max {
        return Err(RosterFault::TooManyColumns { line, columns: cells.len(), columns_max: limits.columns_max });
    }
    let mut header =
        Header { delimiter, line, language: Language::default(), columns: Vec::new(), ignored: Vec::new(), start };
    let mut votes = [0_u32; Language::ALL.len()];
    for cell in cells {
        let known = Column::headed(cell);
        match &known {
            Some((column, _)) if header.has(*column) => return Err(RosterFault::ColumnTwice { line, column: *column }),
            Some((_, languages)) => {
                for (vote, language) in votes.iter_mut().zip(Language::ALL) {
                    *vote = vote.saturating_add(u32::from(languages.contains(&language)));
                }
            }
            None if cell.trim().is_empty() => {}
            None => header.ignored.push(characters::clipped(&characters::spelled_out(cell), limits.cell_chars_max)),
        }
        header.columns.push(known.map(|(column, _)| column));
    }
    // On a draw (all words are the same in both scripts) the first language of the three, which is the default.
    let most = votes.iter().max().copied().unwrap_or(0);
    if let Some((_, language)) = votes.iter().zip(Language::ALL).find(|(vote, _)| **vote == most) {
        header.language = language;
    }
    let mut missing: Vec<Column> = Column::REQUIRED.into_iter().filter(|column| !header.has(*column)).collect();
    if !header.has(Column::FullName) && !header.has(Column::FamilyName) {
        missing.push(Column::FamilyName);
    }
    if missing.is_empty() { Ok(header) } else { Err(RosterFault::ColumnsMissing { line, columns: missing }) }
}

/// How many cells there are up to the last that is not blank.
pub(crate) fn filled<'c>(cells: impl Iterator<Item = &'c str>) -> usize {
    cells.zip(1..).filter(|(cell, _)| !cell.trim().is_empty()).last().map_or(0, |(_, count)| count)
}

fn reader(text: &str, delimiter: Delimiter) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter.byte()).from_reader(text.as_bytes())
}

/// Calls `each` with the line and the cells of every record below the header that is not blank.
pub(crate) fn for_each_record(
    text: &str,
    header: &Header,
    mut each: impl FnMut(u32, &csv::StringRecord) -> Result<(), RosterFault>,
) -> Result<(), RosterFault> {
    let body = text.get(header.start..).unwrap_or_default();
    let mut reader = reader(body, header.delimiter);
    let mut record = csv::StringRecord::new();
    let mut lines = LineCounter { line: header.line, at: 0 };
    let mut is_header = true;
    let mut last = (0, header.line);
    // Reading from memory cannot fail, and a record of valid UTF-8 is valid UTF-8: an error ends the file.
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        // The reader's position is before the line ends that it skips, so the line is counted here.
        last = lines.skip_to_record(body, start);
        if !std::mem::take(&mut is_header) && record.iter().any(|cell| !cell.trim().is_empty()) {
            each(last.1, &record)?;
        }
    }
    let (start, line) = last;
    let tail = body.get(start..).unwrap_or_default().trim_end();
    if tail.contains(['\n', '\r']) && tail.matches('"').count() % 2 == 1 {
        return Err(RosterFault::QuoteNotClosed { line });
    }
    Ok(())
}

/// Counts line ends (LF, CRLF or CR) from where it last stood.
struct LineCounter {
    line: u32,
    at: usize,
}

impl LineCounter {
    /// Byte offset and line of the record's first character: `start`, or the first after it that ends no line.
    fn skip_to_record(&mut self, body: &str, start: usize) -> (usize, u32) {
        let bytes = body.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            let next = bytes.get(self.at.saturating_add(1));
            match byte {
                b'\n' => self.line = self.line.saturating_add(1),
                b'\r' if next != Some(&b'\n') => self.line = self.line.saturating_add(1),
                b'\r' => {}
                _ if self.at >= start => break,
                _ => {}
            }
            self.at = self.at.saturating_add(1);
        }
        (self.at, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Staff no,Surname,ID type,ID number,Valid until,Date of birth,Nationality,E-mail,Park";

    fn records(text: &str) -> Result<Vec<(u32, usize)>, RosterFault> {
        let header = find_header(text, &Limits::default())?;
        let mut found = Vec::new();
        for_each_record(text, &header, |line, record| {
            found.push((line, record.len()));
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [HEADER, "1,a", "", ",,", "\"2", "2\",b", "", "3,c", "", ""].join(end);
            let title = format!("Staff list{}{text}", if end == "\r" { "\n" } else { end });
            assert_eq!(records(&text), Ok(vec![(2, 2), (5, 2), (8, 2)]), "{end:?}");
            assert_eq!(records(&title), Ok(vec![(3, 2), (6, 2), (9, 2)]), "{end:?}");
        }
    }

    #[test]
    fn each_delimiter_is_found_and_a_title_above_the_header_is_passed_over() {
        for delimiter in Delimiter::ALL {
            let header = HEADER.replace(',', &delimiter.character().to_string());
            let found = find_header(
                &format!("sep={}\nStaff, all; 2026\n\n{header}\n", delimiter.character()),
                &Limits::default(),
            );
            let found = found.unwrap();
            assert_eq!((found.delimiter, found.line), (delimiter, 4));
            assert_eq!(found.language, Language::En);
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_named_by_its_line() {
        assert_eq!(records(&format!("{HEADER}\n1,a\n2,\"b\n3,c\n")), Err(RosterFault::QuoteNotClosed { line: 3 }));
        assert_eq!(records(&format!("{HEADER}\n1,a\n2,\"b\"\n")), Ok(vec![(2, 2), (3, 2)]));
    }

    #[test]
    fn headers_that_cannot_be_used_are_refused_with_the_reason() {
        let refused = |text: &str| find_header(text, &Limits::default()).map(|header| header.line);
        assert_eq!(refused("1,2,3\n4,5,6\n"), Err(RosterFault::HeaderMissing));
        assert_eq!(
            refused(&format!("\n{}", HEADER.replace(",E-mail", ",Colour"))),
            Err(RosterFault::ColumnsMissing { line: 2, columns: vec![Column::Email] })
        );
        assert_eq!(
            refused(&format!("{HEADER},DOB")),
            Err(RosterFault::ColumnTwice { line: 1, column: Column::BirthDate })
        );
        assert_eq!(
            refused(&format!("{HEADER}{},end", ",x".repeat(60))),
            Err(RosterFault::TooManyColumns { line: 1, columns: 70, columns_max: 64 })
        );
    }
}
