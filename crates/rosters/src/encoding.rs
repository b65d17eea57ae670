//! Which encoding a file is in, decided from its bytes alone and refused where the bytes do not decide.
//!
//! A byte-order mark means UTF-8; so does text that is valid UTF-8. Otherwise the file is Big5 or GB18030, and nearly
//! every byte sequence of the one also decodes as the other, as different characters. Two things tell them apart: the
//! header's words make sense in one only; and each of the two standards lists frequent characters apart from rare ones,
//! so that text read in the wrong encoding is full of rare ones. Lines that contradict the rest are refused by number.

use crate::{RosterFault, table};
use encoding_rs::{BIG5, GB18030};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    Utf8,
    Utf8Bom,
    /// With the Hong Kong Supplementary Character Set.
    Big5,
    Gb18030,
}

impl Encoding {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Bom => "UTF-8 with BOM",
            Encoding::Big5 => "Big5-HKSCS",
            Encoding::Gb18030 => "GB18030",
        }
    }

    /// `None` where a byte does not belong to the encoding.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Encoding::Utf8 | Encoding::Utf8Bom => std::str::from_utf8(bytes).ok().map(str::to_owned),
            Encoding::Big5 => {
                BIG5.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
            }
            Encoding::Gb18030 => {
                GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
            }
        }
    }
}

/// Share of frequent characters below which a reading is not believed without a header that speaks for it.
const FREQUENT_PER_CENT_MIN: u32 = 60;
/// By how much one reading must be better than the other.
const FREQUENT_PER_CENT_LEAD: u32 = 10;
/// A single line is called foreign only in a file whose characters are otherwise as frequent as this, …
const ORDINARY_PER_CENT_MIN: u32 = 75;
/// … if it has at least so many characters …
const FOREIGN_CHARACTERS_MIN: u32 = 4;
/// … and so many more of them are frequent in the other encoding.
const FOREIGN_PER_CENT_LEAD: u32 = 40;
/// How many lines from the top are searched for the header.
const HEADER_LINES_MAX: usize = 20;

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// The file's text, without its byte-order mark, and the encoding it was in.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Encoding, String), RosterFault> {
    refuse_other_formats(bytes)?;
    let (encoding, bytes) = match bytes.strip_prefix(UTF8_BOM) {
        Some(rest) => (Encoding::Utf8Bom, rest),
        None => (Encoding::Utf8, bytes),
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((encoding, text.to_owned())),
        Err(error) if encoding == Encoding::Utf8Bom => {
            Err(RosterFault::MixedEncodings { line: line_of(bytes, error.valid_up_to()), encoding })
        }
        Err(error) => decode_without_mark(bytes, line_of(bytes, error.valid_up_to())),
    }
}

fn refuse_other_formats(bytes: &[u8]) -> Result<(), RosterFault> {
    const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];
    if bytes.iter().all(|byte| byte.is_ascii_whitespace()) || bytes == UTF8_BOM {
        return Err(RosterFault::Empty);
    }
    if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
        return Err(RosterFault::Workbook);
    }
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    // Without a mark, UTF-16 shows by every comma, digit and line end having a zero byte at its side.
    let zeros_on_one_side = [0, 1].into_iter().any(|side| {
        let here = bytes.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
        here == zeros && zeros.saturating_mul(8) > bytes.len()
    });
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || (zeros > 0 && zeros_on_one_side) {
        return Err(RosterFault::Utf16);
    }
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(*byte, b'\t' | b'\n' | b'\r');
    let controls = bytes.iter().filter(|byte| is_control(byte)).count();
    if zeros > 0 || bytes.starts_with(b"%PDF") || controls.saturating_mul(20) > bytes.len() {
        let first = bytes.iter().position(|byte| *byte == 0).or_else(|| bytes.iter().position(is_control));
        return Err(RosterFault::NotText { line: line_of(bytes, first.unwrap_or(0)) });
    }
    Ok(())
}

/// One-based number of the line in which the byte at `offset` stands.
fn line_of(bytes: &[u8], offset: usize) -> u32 {
    let ends = bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
    u32::try_from(ends).unwrap_or(u32::MAX).saturating_add(1)
}

fn decode_without_mark(bytes: &[u8], first_not_utf8: u32) -> Result<(Encoding, String), RosterFault> {
    let encoding =
        by_header(bytes).or_else(|| by_body(bytes)).ok_or(RosterFault::EncodingUnknown { line: first_not_utf8 })?;
    let is_ordinary = frequency(encoding, bytes).per_cent() >= ORDINARY_PER_CENT_MIN;
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        if !line.is_ascii() && (contradicts(encoding, line) || is_ordinary && is_foreign(encoding, line)) {
            return Err(RosterFault::MixedEncodings { line: number, encoding });
        }
    }
    match encoding.decode(bytes) {
        Some(text) => Ok((encoding, text)),
        None => Err(RosterFault::EncodingUnknown { line: first_not_utf8 }),
    }
}

/// The encoding in which the header has known words that are not ASCII.
fn by_header(bytes: &[u8]) -> Option<Encoding> {
    let words = |encoding: Encoding| {
        let lines = bytes.split(|byte| *byte == b'\n').take(HEADER_LINES_MAX).filter(|line| !line.is_ascii());
        lines.filter_map(|line| encoding.decode(line)).map(|line| table::chinese_headings(&line)).max().unwrap_or(0)
    };
    let mut found: Vec<(usize, Encoding)> =
        [Encoding::Utf8, Encoding::Big5, Encoding::Gb18030].map(|encoding| (words(encoding), encoding)).to_vec();
    found.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
    match found.as_slice() {
        [(most, encoding), (next, _), ..] if *most >= 2 && most > next => Some(*encoding),
        _ => None,
    }
}

/// The encoding that most lines are in, by how frequent their characters are.
fn by_body(bytes: &[u8]) -> Option<Encoding> {
    let mut lines_utf8 = 0_u32;
    let mut lines_other = 0_u32;
    let mut big5 = Frequency::default();
    let mut gb18030 = Frequency::default();
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        if looks_utf8(line) {
            lines_utf8 = lines_utf8.saturating_add(1);
        } else {
            lines_other = lines_other.saturating_add(1);
            big5.add(frequency(Encoding::Big5, line));
            gb18030.add(frequency(Encoding::Gb18030, line));
        }
    }
    if lines_utf8 > lines_other {
        return Some(Encoding::Utf8);
    }
    let (big5, gb18030) = (big5.per_cent(), gb18030.per_cent());
    if big5 >= FREQUENT_PER_CENT_MIN && big5 >= gb18030.saturating_add(FREQUENT_PER_CENT_LEAD) {
        Some(Encoding::Big5)
    } else if gb18030 >= FREQUENT_PER_CENT_MIN && gb18030 >= big5.saturating_add(FREQUENT_PER_CENT_LEAD) {
        Some(Encoding::Gb18030)
    } else {
        None
    }
}

/// Whether a line cannot be in the encoding that the rest of the file is in.
fn contradicts(encoding: Encoding, line: &[u8]) -> bool {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => std::str::from_utf8(line).is_err(),
        Encoding::Big5 | Encoding::Gb18030 => encoding.decode(line).is_none() || looks_utf8(line),
    }
}

/// Whether a line can be read in the file's encoding but makes far better sense in the other.
fn is_foreign(encoding: Encoding, line: &[u8]) -> bool {
    let other = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => return false,
        Encoding::Big5 => Encoding::Gb18030,
        Encoding::Gb18030 => Encoding::Big5,
    };
    let here = frequency(encoding, line);
    let there = frequency(other, line);
    there.all >= FOREIGN_CHARACTERS_MIN
        && there.per_cent() >= here.per_cent().saturating_add(FOREIGN_PER_CENT_LEAD)
        && other.decode(line).is_some()
}

/// Valid UTF-8 with at least two Chinese characters. Shorter runs of Big5 or GB18030 can be valid UTF-8 by chance.
fn looks_utf8(line: &[u8]) -> bool {
    std::str::from_utf8(line)
        .is_ok_and(|text| text.chars().filter(|c| crate::characters::is_ideograph(*c)).count() >= 2)
}

/// How many characters of a text are in its encoding's table of frequent characters.
#[derive(Debug, Clone, Copy, Default)]
struct Frequency {
    all: u32,
    frequent: u32,
}

impl Frequency {
    fn add(&mut self, other: Frequency) {
        self.all = self.all.saturating_add(other.all);
        self.frequent = self.frequent.saturating_add(other.frequent);
    }

    fn per_cent(self) -> u32 {
        self.frequent.saturating_mul(100).checked_div(self.all).unwrap_or(0)
    }
}

/// Counts by code position: Big5 level 1 (A440–C67E, 5401 characters by use) and GB 2312 level 1 (B0A1–D7F9, 3755).
/// Punctuation counts neither way.
fn frequency(encoding: Encoding, line: &[u8]) -> Frequency {
    let mut frequency = Frequency::default();
    let mut bytes = line.iter().copied();
    while let Some(lead) = bytes.next() {
        if lead < 0x80 {
            continue;
        }
        let Some(trail) = bytes.next() else { break };
        let four_bytes = encoding == Encoding::Gb18030 && trail.is_ascii_digit();
        if four_bytes {
            bytes.next();
            bytes.next();
        }
        let (punctuation, frequent) = match encoding {
            Encoding::Big5 => ((0xa1..=0xa3).contains(&lead), (0xa4..=0xc6).contains(&lead)),
            Encoding::Gb18030 => {
                let in_gb2312 = trail >= 0xa1;
                (in_gb2312 && (0xa1..=0xa9).contains(&lead), in_gb2312 && (0xb0..=0xd7).contains(&lead))
            }
            Encoding::Utf8 | Encoding::Utf8Bom => return frequency,
        };
        if !punctuation {
            frequency.all = frequency.all.saturating_add(1);
            frequency.frequent = frequency.frequent.saturating_add(u32::from(frequent && !four_bytes));
        }
    }
    frequency
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "員工編號,姓名,證件類別\n";
    const NAMES: &str = "A1,陳大文,高級工程師\nA2,李小明,研究員\nA3,黃志強,項目經理\n";
    const NAMES_SIMPLIFIED: &str = "A1,陈大文,高级工程师\nA2,李小明,研究员\nA3,黄志强,项目经理\n";

    fn big5(text: &str) -> Vec<u8> {
        BIG5.encode(text).0.into_owned()
    }

    fn gb18030(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn check(bytes: &[u8], want: Result<(Encoding, &str), RosterFault>) {
        assert_eq!(decode(bytes), want.map(|(encoding, text)| (encoding, text.to_owned())));
    }

    #[test]
    fn each_encoding_is_told_by_its_header() {
        let text = format!("{HEADER}{NAMES}");
        check(text.as_bytes(), Ok((Encoding::Utf8, &text)));
        check(format!("\u{feff}{text}").as_bytes(), Ok((Encoding::Utf8Bom, &text)));
        check(&big5(&text), Ok((Encoding::Big5, &text)));
        check(&gb18030(&text), Ok((Encoding::Gb18030, &text)));
    }

    #[test]
    fn without_a_chinese_header_frequent_characters_tell() {
        let english = format!("staff no,name,position\n{NAMES}");
        check(&big5(&english), Ok((Encoding::Big5, &english)));
        let english = format!("staff no,name,position\n{NAMES_SIMPLIFIED}");
        check(&gb18030(&english), Ok((Encoding::Gb18030, &english)));
    }

    #[test]
    fn western_letters_in_another_encoding_are_not_taken_for_chinese() {
        let latin1 = b"staff no,name\n1,Ren\xe9e\n2,Jos\xe9\n3,Zo\xeb";
        check(latin1, Err(RosterFault::EncodingUnknown { line: 2 }));
    }

    #[test]
    fn a_line_in_another_encoding_is_named() {
        let mixed = |start: Vec<u8>, line: Vec<u8>| [start, b"A4,".to_vec(), line].concat();
        let big5_start = big5(&format!("{HEADER}{NAMES}"));
        let gb_start = gb18030(&format!("员工编号,姓名,证件类型\n{NAMES_SIMPLIFIED}"));
        let big5_mixed = RosterFault::MixedEncodings { line: 5, encoding: Encoding::Big5 };
        let gb_mixed = RosterFault::MixedEncodings { line: 5, encoding: Encoding::Gb18030 };
        check(&mixed(big5_start.clone(), "何婉君,研究員".as_bytes().to_vec()), Err(big5_mixed.clone()));
        check(&mixed(big5_start, gb18030("张婷,项目助理,深圳")), Err(big5_mixed));
        check(&mixed(gb_start.clone(), "何婉君,研究員".as_bytes().to_vec()), Err(gb_mixed.clone()));
        check(&mixed(gb_start, big5("張婷婷,項目經理,香港")), Err(gb_mixed));
        let utf8_start = format!("{HEADER}{NAMES}").into_bytes();
        check(
            &mixed(utf8_start.clone(), big5("張婷婷")),
            Err(RosterFault::MixedEncodings { line: 5, encoding: Encoding::Utf8 }),
        );
        let marked = [UTF8_BOM, &utf8_start].concat();
        check(
            &mixed(marked, big5("張婷婷")),
            Err(RosterFault::MixedEncodings { line: 5, encoding: Encoding::Utf8Bom }),
        );
    }

    #[test]
    fn what_is_no_text_is_refused_for_what_it_is() {
        check(b"", Err(RosterFault::Empty));
        check(b"\xef\xbb\xbf", Err(RosterFault::Empty));
        check(b" \r\n\r\n", Err(RosterFault::Empty));
        check(b"PK\x03\x04....", Err(RosterFault::Workbook));
        check(b"\xff\xfea\0,\0b\0", Err(RosterFault::Utf16));
        check(b"a\0,\0b\0\n\0", Err(RosterFault::Utf16));
        check(b"a,b\n\x89PNG\0\0\x01\x02", Err(RosterFault::NotText { line: 2 }));
    }
}
