//! One row: from cells to a person who can be applied for, or to everything that is wrong with them.

use crate::{
    Cell, CellFault, Column, DocumentKind, FaultCode, FaultyRow, Limits, NO_EXPIRY, Row, characters, contacts, dates,
    names, nationality, vocabulary,
};
use base::{Date, Language};
use identifiers::birth_date_inside;

/// Under this age nobody works in the park.
const AGE_MIN: i16 = 16;
/// Above this age a date of birth is a typing mistake.
const AGE_MAX: i16 = 100;
/// How much of a cell a fault repeats.
const GIVEN_CHARS_MAX: usize = 80;
const STAFF_NUMBER_CHARS_MAX: usize = 32;

/// What a row is checked against besides itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances<'a> {
    pub today: Date,
    pub limits: &'a Limits,
    /// Of the header: for rows that say no language of their own.
    pub language: Language,
}

/// What must not occur in two rows of one roster, in comparable form.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    pub document: Option<(DocumentKind, String)>,
    pub staff_number: Option<String>,
    pub email: Option<String>,
}

/// A row after its check. Keys are there as far as the row could be read, also where it is faulty.
pub(crate) struct Checked {
    /// There unless some cell could not be read.
    row: Option<Row>,
    /// The same row with its faults, of which there may be none.
    faulty: FaultyRow,
    pub keys: Keys,
}

impl Checked {
    /// Adds faults that the row does not have by itself.
    pub fn with(mut self, faults: Vec<CellFault>) -> Self {
        self.faulty.faults.extend(faults);
        self
    }

    pub fn cells(&self) -> &[Cell] {
        &self.faulty.cells
    }

    pub fn result(mut self) -> Result<Row, FaultyRow> {
        match self.row {
            Some(row) if self.faulty.faults.is_empty() => Ok(row),
            Some(_) | None => {
                self.faulty.faults.sort_by_key(|fault| fault.column);
                Err(self.faulty)
            }
        }
    }
}

/// Checks a faulty row again with some cells changed. Faults that lie between two rows of the file stay as long as the
/// cell that they are about still says the same; a row that was cut or overlong stays faulty until something in it
/// changes. Columns that the file did not have may be added. Whether the row now claims what a row other than the one
/// named claims is for the caller to compare, who has the other rows.
pub fn mend(row: &FaultyRow, changes: &[(Column, String)], today: Date, limits: &Limits) -> Result<Row, FaultyRow> {
    let circumstances = Circumstances { today, limits, language: row.language };
    let mut cells = row.cells.clone();
    for (column, text) in changes {
        let text = cut(text, limits);
        match cells.iter_mut().find(|cell| cell.column == *column) {
            Some(cell) => cell.text = text,
            None => {
                let position = cells.iter().map(|cell| cell.position).max().unwrap_or(0).saturating_add(1);
                cells.push(Cell { column: *column, position, text });
            }
        }
    }
    let is_misshapen = |fault: &CellFault| matches!(fault.code, FaultCode::RowTooShort | FaultCode::RowTooLong);
    if cells == row.cells && row.faults.iter().any(is_misshapen) {
        return Err(row.clone());
    }
    let before = check(row.line, row.cells.clone(), circumstances).keys;
    let after = check(row.line, cells, circumstances);
    let unchanged = [
        (FaultCode::DocumentTwice, before.document == after.keys.document),
        (FaultCode::StaffNumberTwice, before.staff_number == after.keys.staff_number),
        (FaultCode::EmailTwice, before.email == after.keys.email),
    ];
    let staying = row.faults.iter().filter(|fault| unchanged.contains(&(fault.code, true))).cloned().collect();
    after.with(staying).result()
}

/// A cell's text as it is kept: one character above the limit shows that it was above.
pub(crate) fn cut(text: &str, limits: &Limits) -> String {
    text.chars().take(limits.cell_chars_max.saturating_add(1)).collect()
}

pub(crate) fn check(line: u32, cells: Vec<Cell>, circumstances: Circumstances<'_>) -> Checked {
    let mut checker = Checker { cells: &cells, faults: Vec::new(), circumstances };
    let staff_number = checker.staff_number();
    let names = checker.names();
    let latin_name = checker.latin_name(names.as_ref());
    let kind = checker.word(
        Column::DocumentKind,
        FaultCode::DocumentKindUnknown,
        Some(vocabulary::document_kinds),
        vocabulary::document_kind,
    );
    let document_number = kind.and_then(|kind| checker.document_number(kind));
    let document_expires = checker.document_expires(kind);
    let birth_date = checker.birth_date();
    checker.birth_date_in_number(kind, document_number.as_deref(), birth_date);
    let nationality = checker.word(Column::Nationality, FaultCode::NationalityUnknown, None, nationality::code);
    let email = checker.email();
    let mobile = checker.mobile();
    let job_title = checker.job_title();
    let home_bank = checker.word(Column::HomeBank, FaultCode::BankUnknown, Some(vocabulary::banks), vocabulary::bank);
    let language = checker.language();
    let keys = Keys {
        document: kind.zip(document_number.as_deref()).map(|(kind, number)| (kind, kind.identity(number).to_owned())),
        staff_number: staff_number.clone(),
        email: email.as_deref().map(str::to_ascii_lowercase),
    };
    let faults = checker.faults;
    let row = || {
        let (family_name, given_name) = names?;
        Some(Row {
            line,
            staff_number: staff_number?,
            family_name,
            given_name,
            latin_name: latin_name?,
            document_kind: kind?,
            document_number: document_number?,
            document_expires: document_expires?,
            birth_date: birth_date?,
            nationality: nationality?.to_owned(),
            email: email?,
            mobile: mobile?,
            job_title: job_title?,
            home_bank: home_bank?,
            language: language?,
        })
    };
    Checked { row: row(), faulty: FaultyRow { line, cells, faults, language: circumstances.language }, keys }
}

/// A fault of the cell in a column, with as much of its text as a fault repeats.
pub(crate) fn cell_fault(cells: &[Cell], column: Column, code: FaultCode, suggestion: Option<String>) -> CellFault {
    let cell = cells.iter().find(|cell| cell.column == column);
    CellFault {
        column: cell.map_or(0, |cell| cell.position),
        column_name: column,
        code,
        given: cell.map(|cell| given(&cell.text)).unwrap_or_default(),
        suggestion,
        other_line: None,
    }
}

/// A cell's text as a fault repeats it.
pub(crate) fn given(text: &str) -> String {
    characters::spelled_out(&characters::clipped(text.trim(), GIVEN_CHARS_MAX))
}

struct Checker<'a> {
    cells: &'a [Cell],
    faults: Vec<CellFault>,
    circumstances: Circumstances<'a>,
}

// Every method below answers `None` only after it has added a fault, or where an earlier one has.
impl Checker<'_> {
    fn fault(&mut self, column: Column, code: FaultCode, suggestion: Option<String>) {
        self.faults.push(cell_fault(self.cells, column, code, suggestion));
    }

    fn has(&self, column: Column) -> bool {
        self.cells.iter().any(|cell| cell.column == column)
    }

    /// The cell in its one form; empty where it may be empty.
    fn text(&mut self, column: Column) -> Option<String> {
        let raw = self.cells.iter().find(|cell| cell.column == column).map_or("", |cell| cell.text.as_str());
        let folded = characters::folded(raw);
        if let Some(code) = characters::fault(&folded) {
            let suggestion = (code == FaultCode::CharacterHidden).then(|| characters::without_hidden(raw));
            self.fault(column, code, suggestion.filter(|text| !text.is_empty()));
            None
        } else if raw.chars().count() > self.circumstances.limits.cell_chars_max {
            self.fault(column, FaultCode::CellTooLong, None);
            None
        } else if folded.is_empty() && !column.is_optional() {
            self.fault(column, FaultCode::CellMissing, None);
            None
        } else {
            Some(folded)
        }
    }

    /// A cell that holds one of a closed set of words; where it does not, `choices` are shown beside the fault.
    fn word<T>(
        &mut self,
        column: Column,
        unknown: FaultCode,
        choices: Option<fn(Language) -> String>,
        meaning: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(column)?;
        let found = meaning(&text);
        if found.is_none() {
            let language = self.circumstances.language;
            self.fault(column, unknown, choices.map(|choices| choices(language)));
        }
        found
    }

    fn staff_number(&mut self) -> Option<String> {
        let text = self.text(Column::StaffNumber)?;
        let is_well = text.chars().count() <= STAFF_NUMBER_CHARS_MAX
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ' ' | '#'));
        if text.starts_with(['=', '+', '-', '@']) {
            self.fault(Column::StaffNumber, FaultCode::FormulaLead, None);
            None
        } else if is_well {
            Some(text)
        } else {
            self.fault(Column::StaffNumber, FaultCode::StaffNumberShape, None);
            None
        }
    }

    fn name(&mut self, column: Column, fault: impl Fn(&str) -> Option<FaultCode>) -> Option<String> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Some(text);
        }
        let Some(code) = fault(&text) else { return Some(text) };
        // What is left of `=陳` is a name; what is left of `=HYPERLINK(…)` is not.
        let rest = text.trim_start_matches(['=', '+', '-', '@', ' ']);
        let suggestion = (code == FaultCode::FormulaLead && fault(rest).is_none()).then(|| rest.to_owned());
        self.fault(column, code, suggestion);
        None
    }

    fn names(&mut self) -> Option<(String, String)> {
        if self.has(Column::FamilyName) || !self.has(Column::FullName) {
            let family = self.name(Column::FamilyName, names::fault);
            let given = self.name(Column::GivenName, names::fault);
            return family.zip(given);
        }
        let full = self.name(Column::FullName, names::fault)?;
        match names::split(&full) {
            Ok(names) => Some(names),
            Err(suggestion) => {
                self.fault(Column::FullName, FaultCode::NameNotSplit, suggestion);
                None
            }
        }
    }

    fn latin_name(&mut self, names: Option<&(String, String)>) -> Option<String> {
        let text = self.name(Column::LatinName, names::latin_fault)?;
        match names {
            Some((family, given)) if text.is_empty() && names::is_latin(family) && names::is_latin(given) => {
                Some(if given.is_empty() {
                    family.to_uppercase()
                } else {
                    format!("{}, {given}", family.to_uppercase())
                })
            }
            Some(_) | None => Some(text),
        }
    }

    fn document_number(&mut self, kind: DocumentKind) -> Option<String> {
        let text = self.text(Column::DocumentNumber)?;
        if is_rounded(&text) {
            self.fault(Column::DocumentNumber, FaultCode::NumberRounded, None);
            return None;
        }
        match kind.number(&text) {
            Ok(number) => Some(number),
            Err(code) => {
                // Any six to nine characters could be a passport, so that is never proposed.
                let fits = |other: &DocumentKind| *other != DocumentKind::Passport && other.number(&text).is_ok();
                let language = self.circumstances.language;
                let suggestion = DocumentKind::ALL.into_iter().find(fits);
                let suggestion = suggestion.map(|kind| vocabulary::document_kind_label(kind, language));
                self.fault(Column::DocumentNumber, code, suggestion);
                None
            }
        }
    }

    fn date(&mut self, column: Column, text: &str) -> Option<Date> {
        match dates::date(text) {
            Ok(date) => Some(date),
            Err(fault) => {
                self.fault(column, fault.code, fault.suggestion);
                None
            }
        }
    }

    fn document_expires(&mut self, kind: Option<DocumentKind>) -> Option<Date> {
        let column = Column::DocumentExpires;
        let text = self.text(column)?;
        let kind_may_have_none = kind.is_none_or(DocumentKind::may_have_no_expiry);
        if text.is_empty() || dates::says_no_expiry(&text) {
            if !kind_may_have_none {
                self.fault(column, FaultCode::CellMissing, None);
            }
            return kind_may_have_none.then_some(NO_EXPIRY);
        }
        let date = self.date(column, &text)?;
        if date < self.circumstances.today {
            self.fault(column, FaultCode::DocumentExpired, None);
            return None;
        }
        Some(date)
    }

    fn birth_date(&mut self) -> Option<Date> {
        let column = Column::BirthDate;
        let text = self.text(column)?;
        let date = self.date(column, &text)?;
        let today = self.circumstances.today;
        // Whoever was born on 29 February comes of age on 1 March, in law as in this comparison.
        let comes_to = |years: i16| (date.year().saturating_add(years), date.month(), date.day());
        let now = (today.year(), today.month(), today.day());
        let code = if date > today {
            FaultCode::BirthDateInFuture
        } else if comes_to(AGE_MIN) > now {
            FaultCode::AgeUnderSixteen
        } else if comes_to(AGE_MAX) < now {
            FaultCode::BirthDateTooLongAgo
        } else {
            return Some(date);
        };
        self.fault(column, code, None);
        None
    }

    /// A resident identity card's number holds its bearer's date of birth: two witnesses that must agree.
    fn birth_date_in_number(&mut self, kind: Option<DocumentKind>, number: Option<&str>, birth_date: Option<Date>) {
        if kind == Some(DocumentKind::MainlandIdentityCard)
            && let Some(inside) = number.and_then(birth_date_inside)
            && birth_date.is_some_and(|birth_date| birth_date != inside)
        {
            self.fault(Column::BirthDate, FaultCode::MainlandIdentityCardBirthDate, Some(inside.to_string()));
        }
    }

    fn email(&mut self) -> Option<String> {
        let text = self.text(Column::Email)?;
        let email = contacts::email(&text);
        if email.is_none() {
            self.fault(Column::Email, FaultCode::EmailShape, contacts::email_suggestion(&text));
        }
        email
    }

    fn mobile(&mut self) -> Option<String> {
        let text = self.text(Column::Mobile)?;
        if text.is_empty() {
            return Some(text);
        }
        let mobile = contacts::mobile(&text);
        if mobile.is_none() {
            let code = if is_rounded(&text) { FaultCode::NumberRounded } else { FaultCode::MobileShape };
            self.fault(Column::Mobile, code, None);
        }
        mobile
    }

    fn job_title(&mut self) -> Option<String> {
        let text = self.text(Column::JobTitle)?;
        if text.starts_with(['=', '+', '-', '@']) {
            self.fault(Column::JobTitle, FaultCode::FormulaLead, None);
            return None;
        }
        Some(text)
    }

    fn language(&mut self) -> Option<Language> {
        let is_empty = self.cells.iter().all(|cell| cell.column != Column::Language || cell.text.trim().is_empty());
        if is_empty {
            return Some(self.circumstances.language);
        }
        self.word(Column::Language, FaultCode::LanguageUnknown, Some(vocabulary::languages), vocabulary::language)
    }
}

/// `4.40399E+17`, as a spreadsheet shows a long number after it has forgotten its last digits.
fn is_rounded(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.split_once(['E', 'e'])
        .is_some_and(|(mantissa, power)| digits(mantissa) && power.strip_prefix('+').is_some_and(digits))
}
