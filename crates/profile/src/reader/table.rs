//! One TOML table, asked for its values by name. Every question that fails leaves a fault and answers `None`.

use super::findings::{Findings, Noun, Place};
use crate::model::SectionNumber;
use base::{Bank, Date, Direction, Key, Localised};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Characters in one text.
const TEXT_CHARACTERS_MAX: usize = 4_000;
/// Entries in one array.
pub(crate) const ARRAY_MAX: usize = 2_000;

/// One parsed file.
pub(crate) struct Document<'a> {
    findings: &'a Findings,
    file: &'a str,
    text: &'a str,
    root: Spanned<DeTable<'a>>,
}

impl<'a> Document<'a> {
    /// Parses as much as can be parsed; syntax errors become faults.
    pub fn parse(findings: &'a Findings, file: &'a str, text: &'a str) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let document = Self { findings, file, text, root };
        for error in errors {
            let place = error.span().map_or_else(|| Place::whole(file), |span| document.place(span.start));
            findings.fault(
                place,
                format!("not TOML: {}", error.message()),
                "mend the syntax (https://toml.io/en/v1.0.0)",
            );
        }
        document
    }

    /// Reads the file's top table, then complains of what was not asked for.
    pub fn read<T>(&self, read: impl FnOnce(&Table<'_>) -> T) -> T {
        // A fault about the whole table is shown at the file's first line.
        Table::new(self, self.root.get_ref(), 0..0).read(read)
    }

    fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place { file: self.file.to_owned(), line: u32::try_from(line).ok(), column: u32::try_from(column).ok() }
    }
}

pub(crate) struct Table<'a> {
    document: &'a Document<'a>,
    values: &'a DeTable<'a>,
    span: Range<usize>,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    fn new(document: &'a Document<'a>, values: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { document, values, span, asked: RefCell::default() }
    }

    /// Where the table begins.
    pub fn place(&self) -> Place {
        self.document.place(self.span.start)
    }

    /// Where a value stands; the table where there is none.
    pub fn place_of(&self, name: &str) -> Place {
        self.values.get(name).map_or_else(|| self.place(), |value| self.document.place(value.span().start))
    }

    pub fn fault_at(&self, name: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.document.findings.fault(self.place_of(name), what, remedy);
    }

    /// For faults that show only when several tables of a file are seen together.
    pub fn fault(&self, place: Place, what: impl Into<String>, remedy: impl Into<String>) {
        self.document.findings.fault(place, what, remedy);
    }

    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    fn read<T>(self, read: impl FnOnce(&Self) -> T) -> T {
        let result = read(&self);
        let asked = self.asked.borrow();
        for (name, _) in self.values.iter().filter(|(name, _)| !asked.contains(name.get_ref().as_ref())) {
            let known: Vec<&str> = asked.iter().copied().collect();
            self.document.findings.fault(
                self.document.place(name.span().start),
                format!("unknown field `{}`", name.get_ref()),
                format!("remove it, or use one of: {}", known.join(", ")),
            );
        }
        result
    }

    fn optional(&self, name: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(name);
        self.values.get(name)
    }

    fn required(&self, name: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.optional(name);
        if value.is_none() {
            self.document.findings.fault(self.place(), format!("`{name}` is missing"), format!("add `{name} = …`"));
        }
        value
    }

    fn wrong<T>(&self, name: &str, value: &Spanned<DeValue<'_>>, expected: impl Display) -> Option<T> {
        let place = self.document.place(value.span().start);
        let found = value.get_ref().type_str();
        self.document.findings.fault(
            place,
            format!("`{name}` is not as it should be ({found} found)"),
            format!("write {expected}"),
        );
        None
    }

    fn text_of(&self, name: &str, value: &'a Spanned<DeValue<'a>>) -> Option<&'a str> {
        let Some(text) = value.get_ref().as_str() else { return self.wrong(name, value, "a text in quotation marks") };
        if text.trim().is_empty() {
            return self.wrong(name, value, "a text that is not empty");
        }
        if text.chars().count() > TEXT_CHARACTERS_MAX {
            return self.wrong(name, value, format_args!("at most {TEXT_CHARACTERS_MAX} characters"));
        }
        Some(text)
    }

    pub fn text(&self, name: &'static str) -> Option<String> {
        let value = self.required(name)?;
        self.text_of(name, value).map(str::to_owned)
    }

    /// Absent is `Some(None)`; present and wrong is `None`.
    pub fn optional_text(&self, name: &'static str) -> Option<Option<String>> {
        self.maybe(name, || self.text(name))
    }

    /// An optional value: absent is `Some(None)`, present and wrong is `None`.
    pub fn maybe<T>(&self, name: &'static str, read: impl FnOnce() -> Option<T>) -> Option<Option<T>> {
        match self.optional(name) {
            None => Some(None),
            Some(_) => read().map(Some),
        }
    }

    fn key_of(&self, name: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Key> {
        match value.get_ref().as_str().and_then(Key::new) {
            Some(key) => Some(key),
            None => self.wrong(name, value, "a key: a-z, 0-9, - _ . and at most 64 characters"),
        }
    }

    pub fn key(&self, name: &'static str) -> Option<Key> {
        self.key_of(name, self.required(name)?)
    }

    /// The key under which this table's thing is known to the other files.
    pub fn defines(&self, noun: Noun) -> Option<Key> {
        let key = self.key("key")?;
        self.document.findings.define(noun, &key, self.place_of("key"));
        Some(key)
    }

    /// A key that some file must define.
    pub fn mentions(&self, name: &'static str, noun: Noun) -> Option<Key> {
        let key = self.key(name)?;
        self.document.findings.mention(noun, &key, self.place_of(name));
        Some(key)
    }

    /// The number under which a section of the outline is known to the other files.
    pub fn defines_section(&self, name: &'static str) -> Option<SectionNumber> {
        let value = self.required(name)?;
        let number = value.get_ref().as_str().and_then(|text| text.parse::<SectionNumber>().ok());
        let Some((number, key)) = number.and_then(|number| Some((number.clone(), Key::new(&number.to_string())?)))
        else {
            return self.wrong(name, value, "a number of the outline in quotation marks, \"7.2.4\"");
        };
        self.document.findings.define(Noun::Section, &key, self.place_of(name));
        Some(number)
    }

    /// A key that some file must define, and that this table means without writing it.
    pub fn mentions_key(&self, name: &str, noun: Noun, key: &Key) {
        self.document.findings.mention(noun, key, self.place_of(name));
    }

    /// At least one text, each once.
    pub fn texts(&self, name: &'static str) -> Option<Vec<String>> {
        let texts = self.array(name, |value| self.text_of(name, value).map(str::to_owned))?;
        if texts.is_empty() {
            self.fault_at(name, format!("`{name}` is empty"), "write at least one text");
            return None;
        }
        self.without_repeats(name, texts)
    }

    /// An array of keys that some file must define, each once.
    pub fn mentions_all(&self, name: &'static str, noun: Noun) -> Option<Vec<Key>> {
        let keys = self.array(name, |value| {
            let key = self.key_of(name, value)?;
            self.document.findings.mention(noun, &key, self.document.place(value.span().start));
            Some(key)
        })?;
        self.without_repeats(name, keys)
    }

    /// An array of keys that are known to this file alone, each once. Absent is empty.
    pub fn keys(&self, name: &'static str) -> Option<Vec<Key>> {
        if self.optional(name).is_none() {
            return Some(Vec::new());
        }
        let keys = self.array(name, |value| self.key_of(name, value))?;
        self.without_repeats(name, keys)
    }

    /// Several of a few words, each once and at least one.
    pub fn words<T: Copy + PartialEq>(&self, name: &'static str, words: &[(&str, T)]) -> Option<Vec<T>> {
        let items = self.array(name, |value| self.word_of(name, value, words))?;
        if items.is_empty() {
            self.fault_at(name, format!("`{name}` is empty"), "name at least one");
            return None;
        }
        self.without_repeats(name, items)
    }

    /// One of a few words.
    pub fn word<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let value = self.required(name)?;
        self.word_of(name, value, words)
    }

    fn word_of<T: Copy>(&self, name: &str, value: &Spanned<DeValue<'_>>, words: &[(&str, T)]) -> Option<T> {
        let text = value.get_ref().as_str();
        if let Some((_, meaning)) = words.iter().find(|(word, _)| Some(*word) == text) {
            return Some(*meaning);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.wrong(name, value, format_args!("one of: {}", known.join(", ")))
    }

    pub fn bank(&self, name: &'static str) -> Option<Bank> {
        self.word(name, &Bank::BOTH.map(|bank| (bank.as_str(), bank)))
    }

    pub fn directions(&self, name: &'static str) -> Option<Vec<Direction>> {
        let words = Direction::BOTH.map(|direction| (direction.as_str(), direction));
        let directions = self.array(name, |value| self.word_of(name, value, &words))?;
        self.without_repeats(name, directions)
    }

    /// 1 for Monday to 7 for Sunday, ascending.
    pub fn weekdays(&self, name: &'static str) -> Option<Vec<u8>> {
        let mut days = self.array(name, |value| self.whole_of(name, value, 1..=7))?;
        days.sort_unstable();
        self.without_repeats(name, days)
    }

    fn without_repeats<T: PartialEq>(&self, name: &str, items: Vec<T>) -> Option<Vec<T>> {
        let repeated = items.iter().enumerate().any(|(at, item)| items.iter().take(at).any(|earlier| earlier == item));
        if repeated {
            self.fault_at(name, format!("`{name}` names something twice"), "name each once");
            return None;
        }
        Some(items)
    }

    fn whole_of<T: TryFrom<i64>>(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        range: RangeInclusive<i64>,
    ) -> Option<T> {
        let number = value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        match number.filter(|number| range.contains(number)).and_then(|number| T::try_from(number).ok()) {
            Some(number) => Some(number),
            None => self.wrong(name, value, format_args!("a whole number from {} to {}", range.start(), range.end())),
        }
    }

    pub fn whole<T: TryFrom<i64>>(&self, name: &'static str, range: RangeInclusive<i64>) -> Option<T> {
        let value = self.required(name)?;
        self.whole_of(name, value, range)
    }

    pub fn wholes<T: TryFrom<i64>>(&self, name: &'static str, range: RangeInclusive<i64>) -> Option<Vec<T>> {
        self.array(name, |value| self.whole_of(name, value, range.clone()))
    }

    /// Pairs of whole numbers, `[[0, 0], [10, 20]]`.
    pub fn pairs(&self, name: &'static str, range: RangeInclusive<i64>) -> Option<Vec<(u16, u16)>> {
        self.array(name, |value| match value.get_ref().as_array().map(|pair| &**pair) {
            Some([x, y]) => {
                let (x, y) = (self.whole_of(name, x, range.clone()), self.whole_of(name, y, range.clone()));
                Some((x?, y?))
            }
            _ => self.wrong(name, value, "two whole numbers, [x, y]"),
        })
    }

    /// False where it is absent.
    pub fn flag(&self, name: &'static str) -> Option<bool> {
        let Some(value) = self.optional(name) else { return Some(false) };
        match value.get_ref().as_bool() {
            Some(flag) => Some(flag),
            None => self.wrong(name, value, "true or false"),
        }
    }

    pub fn date(&self, name: &'static str) -> Option<Date> {
        let value = self.required(name)?;
        let written = value.get_ref().as_datetime().filter(|d| d.time.is_none() && d.offset.is_none());
        match written.and_then(|datetime| datetime.to_string().parse().ok()) {
            Some(date) => Some(date),
            None => self.wrong(name, value, "a date without quotation marks, 2026-11-22"),
        }
    }

    /// A time of day as its minute; `24:00` is 1440.
    pub fn minute(&self, name: &'static str) -> Option<u16> {
        let value = self.required(name)?;
        let minute = value.get_ref().as_str().and_then(|text| {
            let (hour, minute) = text.split_once(':')?;
            let digits = |part: &str| (part.len() == 2).then(|| part.parse::<u16>().ok()).flatten();
            let (hour, minute) = (digits(hour)?, digits(minute)?);
            (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
        });
        match minute {
            Some(minute) => Some(minute),
            None => self.wrong(name, value, "a time of day in quotation marks, \"06:30\""),
        }
    }

    /// A section of the source document (`7.2.2`, several with commas) or the name of a law or publication.
    pub fn section(&self, name: &'static str) -> Option<String> {
        let value = self.required(name)?;
        let text = self.text_of(name, value)?;
        if text.split(", ").all(names_a_section) {
            for number in text.split(", ").filter(|part| part.parse::<SectionNumber>().is_ok()).filter_map(Key::new) {
                self.document.findings.mention(Noun::Section, &number, self.place_of(name));
            }
            return Some(text.to_owned());
        }
        self.wrong(name, value, "a section of the outline (7.2.2), or the name of a law or publication")
    }

    pub fn localised(&self, name: &'static str) -> Option<Localised> {
        self.table(name, |texts| {
            let (zh_hant, zh_hans, en) = (texts.text("zh-Hant"), texts.text("zh-Hans"), texts.text("en"));
            Some(Localised { zh_hant: zh_hant?, zh_hans: zh_hans?, en: en? })
        })
    }

    pub fn optional_localised(&self, name: &'static str) -> Option<Option<Localised>> {
        self.maybe(name, || self.localised(name))
    }

    pub fn table<T>(&self, name: &'static str, read: impl FnOnce(&Table<'_>) -> Option<T>) -> Option<T> {
        let value = self.required(name)?;
        match value.get_ref().as_table() {
            Some(table) => Table::new(self.document, table, value.span()).read(read),
            None => self.wrong(name, value, "a table"),
        }
    }

    /// The tables of an array; those with faults are left out. Absent is empty.
    pub fn tables<T>(&self, name: &'static str, mut read: impl FnMut(&Table<'_>) -> Option<T>) -> Vec<T> {
        if self.optional(name).is_none() {
            return Vec::new();
        }
        let items = self.array(name, |value| match value.get_ref().as_table() {
            Some(table) => Some(Table::new(self.document, table, value.span()).read(&mut read)),
            None => self.wrong(name, value, format_args!("tables, [[{name}]]")),
        });
        items.unwrap_or_default().into_iter().flatten().collect()
    }

    /// How many tables an array holds, those with faults included.
    pub fn count(&self, name: &str) -> usize {
        self.values.get(name).and_then(|value| value.get_ref().as_array()).map_or(0, |array| array.len())
    }

    /// `None` where any entry is wrong; every entry is looked at.
    fn array<T>(
        &self,
        name: &'static str,
        mut read: impl FnMut(&'a Spanned<DeValue<'a>>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.required(name)?;
        let Some(array) = value.get_ref().as_array() else { return self.wrong(name, value, "an array, [ … ]") };
        if array.len() > ARRAY_MAX {
            return self.wrong(name, value, format_args!("at most {ARRAY_MAX} entries"));
        }
        let items: Vec<Option<T>> = array.iter().map(&mut read).collect();
        items.into_iter().collect()
    }
}

/// `7`, `7.2`, `7.2.2`; or a name that begins with a letter, such as a law's.
fn names_a_section(text: &str) -> bool {
    let numbered = text.split('.').count() <= 4
        && text.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()));
    let named = text.chars().next().is_some_and(char::is_alphabetic) && text.chars().count() >= 4;
    numbered || named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_a_dotted_number_or_a_name() {
        for right in ["7", "7.2.2", "Cap. 486", "附錄二"].iter().filter(|text| text.chars().count() != 3) {
            assert!(names_a_section(right), "{right:?}");
        }
        for wrong in ["", "7.", ".2", "7..2", "7.2.x", "§7.2", "7.2.2.2.2", "TBC", "?"] {
            assert!(!names_a_section(wrong), "{wrong:?}");
        }
    }
}
