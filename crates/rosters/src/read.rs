//! A whole file: decode, find the header, check row by row, compare rows with each other.

use crate::check::{Checked, Circumstances, Keys, cell_fault, check, cut, given};
use crate::table::{self, Header};
use crate::{Cell, CellFault, Column, DocumentKind, FaultCode, FaultyRow, Limits, Roster, RosterFault, Row, encoding};
use base::Date;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Reads a roster file as uploaded. `today` decides which documents have expired and who is of age.
///
/// Of two rows that claim the same document, staff number or e-mail address the first is taken and the second is
/// faulty, naming the first's line: the clerk sees both and may withdraw either.
pub fn read(bytes: &[u8], today: Date, limits: &Limits) -> Result<Roster, RosterFault> {
    if bytes.len() > limits.bytes_max {
        return Err(RosterFault::TooLarge { bytes: bytes.len(), bytes_max: limits.bytes_max });
    }
    let (encoding, text) = encoding::decode(bytes)?;
    let header = table::find_header(&text, limits)?;
    let mut reading = Reading {
        circumstances: Circumstances { today, limits, language: header.language },
        header: &header,
        seen: Seen::default(),
        rows: Vec::new(),
        faulty: Vec::new(),
        faulty_total: 0,
        rows_total: 0,
    };
    table::for_each_record(&text, &header, |line, record| reading.record(line, record))?;
    if reading.rows_total == 0 {
        return Err(RosterFault::RowsMissing { line: header.line });
    }
    Ok(Roster {
        encoding,
        delimiter: header.delimiter,
        language: header.language,
        rows: reading.rows,
        faulty: reading.faulty,
        faulty_total: reading.faulty_total,
        rows_total: reading.rows_total,
        ignored: header.ignored,
    })
}

struct Reading<'a> {
    circumstances: Circumstances<'a>,
    header: &'a Header,
    seen: Seen,
    rows: Vec<Row>,
    faulty: Vec<FaultyRow>,
    faulty_total: u32,
    rows_total: u32,
}

impl Reading<'_> {
    fn record(&mut self, line: u32, record: &csv::StringRecord) -> Result<(), RosterFault> {
        let rows_max = self.circumstances.limits.rows_max;
        if usize::try_from(self.rows_total).unwrap_or(usize::MAX) >= rows_max {
            return Err(RosterFault::TooManyRows { line, rows_max });
        }
        self.rows_total = self.rows_total.saturating_add(1);
        let cells = self.cells(record);
        let result = match self.shape_fault(record, &cells) {
            Some(fault) => Err(FaultyRow { line, cells, faults: vec![fault], language: self.header.language }),
            None => {
                let mut checked = check(line, cells, self.circumstances);
                let twice = self.seen.compare(line, &mut checked);
                checked.with(twice).result()
            }
        };
        match result {
            Ok(row) => self.rows.push(row),
            Err(faulty) => {
                self.faulty_total = self.faulty_total.saturating_add(1);
                if self.faulty.len() < self.circumstances.limits.faults_max {
                    self.faulty.push(faulty);
                }
            }
        }
        Ok(())
    }

    /// The record's cells of known columns; a cell that is not there is an empty one that can be filled.
    fn cells(&self, record: &csv::StringRecord) -> Vec<Cell> {
        let columns = self.header.columns.iter().zip(0_usize..).zip(1_u32..);
        let known = columns.filter_map(|((column, index), position)| column.map(|column| (column, index, position)));
        known
            .map(|(column, index, position)| {
                let text = cut(record.get(index).unwrap_or_default(), self.circumstances.limits);
                Cell { column, position, text }
            })
            .collect()
    }

    /// A row with too many or too few cells is not looked at further: its cells may stand in the wrong columns, and
    /// twelve faults that follow from one comma help nobody.
    fn shape_fault(&self, record: &csv::StringRecord, cells: &[Cell]) -> Option<CellFault> {
        let columns = self.header.columns.len();
        let position = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        if table::filled(record.iter()) > columns {
            let last = cells.last()?;
            let surplus: Vec<&str> = record.iter().skip(columns).collect();
            let fault = cell_fault(cells, last.column, FaultCode::RowTooLong, None);
            let given = given(&surplus.join(" "));
            return Some(CellFault { column: position(columns).saturating_add(1), given, ..fault });
        }
        let is_cut = |cell: &&Cell| cell.position > position(record.len()) && !cell.column.is_optional();
        let first_missing = cells.iter().find(is_cut)?;
        Some(cell_fault(cells, first_missing.column, FaultCode::RowTooShort, None))
    }
}

/// Which line first claimed a document, a staff number, an address.
#[derive(Default)]
struct Seen {
    documents: BTreeMap<(DocumentKind, String), u32>,
    staff_numbers: BTreeMap<String, u32>,
    emails: BTreeMap<String, u32>,
}

impl Seen {
    /// The faults that a row has only because of the rows before it.
    fn compare(&mut self, line: u32, checked: &mut Checked) -> Vec<CellFault> {
        let Keys { document, staff_number, email } = std::mem::take(&mut checked.keys);
        let found = [
            (first(&mut self.documents, document, line), Column::DocumentNumber, FaultCode::DocumentTwice),
            (first(&mut self.staff_numbers, staff_number, line), Column::StaffNumber, FaultCode::StaffNumberTwice),
            (first(&mut self.emails, email, line), Column::Email, FaultCode::EmailTwice),
        ];
        let twice = found.into_iter().filter_map(|(other, column, code)| other.map(|other| (other, column, code)));
        twice
            .map(|(other, column, code)| {
                let fault = cell_fault(checked.cells(), column, code, None);
                CellFault { other_line: Some(other), ..fault }
            })
            .collect()
    }
}

/// The line that claimed `key` before `line` did.
fn first<K: Ord>(seen: &mut BTreeMap<K, u32>, key: Option<K>, line: u32) -> Option<u32> {
    match seen.entry(key?) {
        Entry::Occupied(taken) => Some(*taken.get()),
        Entry::Vacant(free) => {
            free.insert(line);
            None
        }
    }
}
