//! The example rosters: which file has which form, and which row is spoilt in which way.

use super::people::{Employer, End, Kind, Manner, Person, number};
use rosters::FaultCode::*;
use rosters::{Encoding, FaultCode};
use std::collections::BTreeMap;

pub const ROWS: usize = 200;

/// One roster that can be read, and what a reader must find in it.
#[derive(Debug)]
pub struct Example {
    pub name: &'static str,
    pub about: &'static str,
    pub encoding: Encoding,
    employer: Employer,
    employer_name: &'static str,
    header: &'static str,
    /// Stands above the header.
    title: Option<&'static str>,
    separator: char,
    line_end: &'static str,
    full_name_column: bool,
    faults: [FaultCode; 17],
}

/// One file that is refused as a whole.
#[derive(Debug)]
pub struct Refused {
    pub name: &'static str,
    pub about: &'static str,
    pub code: &'static str,
    pub line: Option<u32>,
    pub bytes: Vec<u8>,
}

const TRADITIONAL_FAULTS: [FaultCode; 17] = [
    CellMissing,
    FormulaLead,
    NameNotLetters,
    NameNotSplit,
    LatinNameNotLatin,
    DocumentKindUnknown,
    HongKongIdentityCardShape,
    HongKongIdentityCardCheckDigit,
    MainlandTravelPermitShape,
    DocumentExpired,
    DocumentTwice,
    DateAmbiguous,
    DateImpossible,
    AgeUnderSixteen,
    NationalityUnknown,
    EmailShape,
    MobileShape,
];

const SIMPLIFIED_FAULTS: [FaultCode; 17] = [
    NumberRounded,
    MainlandIdentityCardShape,
    MainlandIdentityCardCheckDigit,
    MainlandIdentityCardBirthDate,
    ExitEntryPermitShape,
    CharacterLost,
    RowTooLong,
    RowTooShort,
    StaffNumberTwice,
    EmailTwice,
    DateSerialNumber,
    DateUnreadable,
    BirthDateInFuture,
    BankUnknown,
    LanguageUnknown,
    DocumentKindUnknown,
    MobileShape,
];

const ENGLISH_FAULTS: [FaultCode; 17] = [
    CharacterHidden,
    CharacterPrivate,
    CellTooLong,
    FormulaLead,
    NameNotLetters,
    PassportShape,
    DocumentTwice,
    StaffNumberShape,
    BirthDateTooLongAgo,
    AgeUnderSixteen,
    NationalityUnknown,
    DateAmbiguous,
    DocumentExpired,
    HongKongIdentityCardCheckDigit,
    EmailShape,
    CellMissing,
    MobileShape,
];

pub fn examples() -> [Example; 5] {
    let employer = |manner, letter, series, domain| Employer { manner, letter, series, domain };
    [
        Example {
            name: "big5-hkscs.csv",
            about: "Traditional Chinese in Big5 with Hong Kong's supplementary characters (峯 鰂 栢 喆 𨋢 啲), names in one cell",
            encoding: Encoding::Big5,
            employer: employer(Manner::Traditional, 'H', 1_000, "riverbank-biotech.example"),
            employer_name: "河畔生物科技有限公司(虛構)",
            header: "員工編號,姓名,英文姓名,證件類別,證件號碼,證件有效期至,出生日期,國籍,電郵地址,流動電話,職位,所屬園區,語言,僱主",
            title: None,
            separator: ',',
            line_end: "\r\n",
            full_name_column: true,
            faults: TRADITIONAL_FAULTS,
        },
        Example {
            name: "gb18030.csv",
            about: "Simplified Chinese in GB18030 with characters of four bytes (𬱖 㛃), a title above the header",
            encoding: Encoding::Gb18030,
            employer: employer(Manner::Simplified, 'S', 2_000, "hepan-zhizao.example"),
            employer_name: "深圳河畔智造有限公司(虚构)",
            header: "员工编号,姓名,姓名拼音,证件类型,证件号码,证件有效期至,出生日期,国籍,电子邮箱,手机号码,岗位,所属园区,语言,单位",
            title: Some("深圳河畔智造有限公司(虚构)员工名册"),
            separator: ',',
            line_end: "\r\n",
            full_name_column: true,
            faults: SIMPLIFIED_FAULTS,
        },
        Example {
            name: "english.csv",
            about: "English in UTF-8, passports from abroad among the documents",
            encoding: Encoding::Utf8,
            employer: employer(Manner::English, 'E', 3_000, "loop-materials.example"),
            employer_name: "Loop Materials Limited (synthetic)",
            header: "Staff no.,Surname,Given names,English name,ID type,ID number,ID expiry date,Date of birth,Nationality,E-mail,Mobile,Job title,Park,Language,Employer",
            title: None,
            separator: ',',
            line_end: "\n",
            full_name_column: false,
            faults: ENGLISH_FAULTS,
        },
        Example {
            name: "utf8.csv",
            about: "Traditional Chinese in UTF-8, family and given names apart, cells separated by semicolons",
            encoding: Encoding::Utf8,
            employer: employer(Manner::Traditional, 'U', 4_000, "sanyat-robotics.example"),
            employer_name: "新日機械人研究所有限公司(虛構)",
            header: "職員編號;姓氏;名字;英文姓名;證件類別;證件號碼;有效期至;出生日期;國籍;電郵;手提電話;職位;園區;通訊語言;僱主",
            title: None,
            separator: ';',
            line_end: "\n",
            full_name_column: false,
            faults: TRADITIONAL_FAULTS,
        },
        Example {
            name: "utf8-bom.csv",
            about: "Simplified Chinese in UTF-8 with a byte-order mark, cells separated by tabs",
            encoding: Encoding::Utf8Bom,
            employer: employer(Manner::Simplified, 'B', 5_000, "liangan-yunsuan.example"),
            employer_name: "两岸云算科技有限公司(虚构)",
            header: "工号\t姓\t名\t英文姓名\t证件类别\t证件号码\t有效期至\t出生日期\t国籍\t邮箱\t手机\t职务\t园区\t首选语言\t单位",
            title: None,
            separator: '\t',
            line_end: "\r\n",
            full_name_column: false,
            faults: SIMPLIFIED_FAULTS,
        },
    ]
}

impl Example {
    /// Line and fault, in the file's order.
    pub fn plan(&self) -> Vec<(u32, FaultCode)> {
        let first = if self.title.is_some() { 3 } else { 2 };
        self.spoilt().into_iter().zip(0_u32..).filter_map(|(code, n)| Some((first + n, code?))).collect()
    }

    /// For each row the way in which it is spoilt: every eleventh row from the sixth on.
    fn spoilt(&self) -> Vec<Option<FaultCode>> {
        let spoilt = |n: usize| n.checked_sub(5).filter(|after| after.is_multiple_of(11)).map(|after| after / 11);
        let fault = |n: usize| {
            let code = self.faults.into_iter().nth(spoilt(n)?)?;
            // A family name in a column of its own cannot be split wrongly.
            Some(if code == NameNotSplit && !self.full_name_column { CharacterHidden } else { code })
        };
        (0..ROWS).map(fault).collect()
    }

    pub fn bytes(&self) -> Option<Vec<u8>> {
        let mut text = self.title.map(|title| format!("{title}{}", self.line_end)).unwrap_or_default();
        text.push_str(self.header);
        text.push_str(self.line_end);
        for (code, n) in self.spoilt().into_iter().zip(0..) {
            let mut person = self.employer.person(n)?;
            self.add_rare_characters(n, &mut person);
            if let Some(code) = code {
                self.spoil(code, n, &mut person)?;
            }
            text.push_str(&self.line(&person));
            text.push_str(self.line_end);
        }
        encoded(self.encoding, &text)
    }

    /// Characters that only Hong Kong's supplement or GB18030's four-byte codes have.
    fn add_rare_characters(&self, n: usize, person: &mut Person) {
        let replaced = match (self.employer.manner, n) {
            (Manner::Traditional, 12) => Some(("峯", "Fung")),
            (Manner::Traditional, 37) => Some(("栢喆", "Pak Chit")),
            (Manner::Traditional, 62) => Some(("小鰂", "Siu Chak")),
            (Manner::Simplified, 12) => Some(("𬱖", "Yi")),
            (Manner::Simplified, 37) => Some(("㛃", "Jie")),
            _ => None,
        };
        if let Some((given, latin)) = replaced {
            given.clone_into(&mut person.given);
            let family = person.latin.split(',').next().unwrap_or_default();
            person.latin = format!("{family}, {latin}");
        }
        match (self.employer.manner, n) {
            (Manner::Traditional, 24) => "𨋢維修技術員".clone_into(&mut person.job_title),
            (Manner::Traditional, 48) => "「快啲」支援組主任".clone_into(&mut person.job_title),
            _ => {}
        }
    }

    fn line(&self, person: &Person) -> String {
        let mut cells = vec![person.staff_number.clone()];
        if self.full_name_column {
            cells.push(format!("{}{}", person.family, person.given));
        } else {
            cells.extend([person.family.clone(), person.given.clone()]);
        }
        let rest = [
            &person.latin,
            &person.kind_word,
            &person.number,
            &person.expires,
            &person.birth,
            &person.nationality,
            &person.email,
            &person.mobile,
            &person.job_title,
            &person.park,
            &person.language,
        ];
        cells.extend(rest.into_iter().cloned());
        cells.push(self.employer_name.to_owned());
        match person.end {
            End::Whole => {}
            End::CutAfter(count) => cells.truncate(count),
            End::OneMore => cells.push("兼职".to_owned()),
        }
        let quoted = |cell: String| {
            if cell.contains([self.separator, '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
        };
        cells.into_iter().map(quoted).collect::<Vec<_>>().join(&self.separator.to_string())
    }

    /// Makes a good row faulty in one way.
    fn spoil(&self, code: FaultCode, n: usize, person: &mut Person) -> Option<()> {
        let before = self.employer.person(n.checked_sub(3)?)?;
        let set = |cell: &mut String, text: &str| text.clone_into(cell);
        match code {
            RowTooShort => person.end = End::CutAfter(7),
            RowTooLong => person.end = End::OneMore,
            CellMissing => person.email.clear(),
            CellTooLong => person.job_title = "Senior ".repeat(40),
            CharacterHidden => person.given.push_str("\u{202e}\u{200b}X"),
            CharacterLost => set(&mut person.given, "小?"),
            CharacterPrivate => person.given.push('\u{e4b5}'),
            FormulaLead => person.family.insert(0, '='),
            NameNotLetters => person.given.push('2'),
            NameNotSplit => (person.family, person.given) = ("陳方".to_owned(), "安生".to_owned()),
            LatinNameNotLatin => set(&mut person.latin, "陳大文"),
            StaffNumberShape => person.staff_number.push_str("<b>"),
            StaffNumberTwice => person.staff_number = before.staff_number,
            EmailTwice => person.email = before.email.to_uppercase(),
            EmailShape => person.email = person.email.replace(".example", ",example"),
            MobileShape => set(&mut person.mobile, "+852 1234 56"),
            BankUnknown => set(&mut person.park, "广州"),
            LanguageUnknown => set(&mut person.language, "葡萄牙语"),
            NationalityUnknown => set(&mut person.nationality, "Atlantis"),
            _ => return self.spoil_document(code, n, person),
        }
        Some(())
    }

    fn spoil_document(&self, code: FaultCode, n: usize, person: &mut Person) -> Option<()> {
        let birth = (1990, 6, 15);
        let serial = self.employer.series + 500 + n;
        let mut become_bearer = |kind: Kind| {
            person.kind = kind;
            person.kind_word = self.employer.kind_word(kind, n).to_owned();
            person.number = number(kind, serial, birth);
            person.birth = self.employer.date(birth, 2);
            person.expires = if kind == Kind::HongKong { String::new() } else { self.employer.date((2036, 6, 30), 2) };
        };
        match code {
            DocumentKindUnknown => become_bearer(Kind::Passport),
            HongKongIdentityCardShape | HongKongIdentityCardCheckDigit => become_bearer(Kind::HongKong),
            NumberRounded
            | MainlandIdentityCardShape
            | MainlandIdentityCardCheckDigit
            | MainlandIdentityCardBirthDate => become_bearer(Kind::Mainland),
            MainlandTravelPermitShape => become_bearer(Kind::TravelPermit),
            ExitEntryPermitShape => become_bearer(Kind::ExitEntry),
            _ => become_bearer(Kind::Passport),
        }
        match code {
            DocumentKindUnknown => {
                person.kind_word =
                    if self.employer.manner == Manner::Simplified { "驾驶证" } else { "駕駛執照" }.to_owned()
            }
            HongKongIdentityCardShape => person.number = format!("U{serial}"),
            HongKongIdentityCardCheckDigit => person.number = other_check_digit(&person.number),
            NumberRounded => person.number = "4.40399E+17".to_owned(),
            MainlandIdentityCardShape => person.number = person.number.chars().take(15).collect(),
            MainlandIdentityCardCheckDigit => person.number = other_last_digit(&person.number),
            MainlandIdentityCardBirthDate => person.birth = self.employer.date((1991, 6, 15), 2),
            MainlandTravelPermitShape => person.number.push('7'),
            ExitEntryPermitShape => person.number = person.number.replacen('C', "D", 1),
            PassportShape => person.number.push_str("12345"),
            DocumentExpired => person.expires = self.employer.date((2024, 6, 30), 2),
            DocumentTwice => {
                let before = self.employer.person(n.checked_sub(3)?)?;
                (person.kind_word, person.number) = (before.kind_word, before.number);
                (person.expires, person.birth) = (before.expires, before.birth);
            }
            DateAmbiguous => person.birth = "3/4/1990".to_owned(),
            DateImpossible => person.birth = "1990-02-30".to_owned(),
            DateSerialNumber => person.expires = "49856".to_owned(),
            DateUnreadable => person.birth = "九〇年六月".to_owned(),
            BirthDateInFuture => person.birth = self.employer.date((2090, 6, 15), 2),
            BirthDateTooLongAgo => person.birth = self.employer.date((1899, 6, 15), 2),
            AgeUnderSixteen => person.birth = self.employer.date((2020, 6, 15), 2),
            _ => return None,
        }
        Some(())
    }
}

fn other_check_digit(number: &str) -> String {
    let (body, check) = number.split_at(number.len().saturating_sub(2));
    format!("{body}{}", if check.starts_with('7') { "8)" } else { "7)" })
}

fn other_last_digit(number: &str) -> String {
    let (body, last) = number.split_at(number.len().saturating_sub(1));
    format!("{body}{}", if last == "7" { '8' } else { '7' })
}

/// `None` where the encoding has no code for a character.
pub fn encoded(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf8Bom => Some([b"\xef\xbb\xbf", text.as_bytes()].concat()),
        Encoding::Gb18030 => {
            let (bytes, _, is_lossy) = encoding_rs::GB18030.encode(text);
            (!is_lossy).then(|| bytes.into_owned())
        }
        Encoding::Big5 => {
            let codes = big5_codes();
            let mut bytes = Vec::new();
            let mut utf8 = [0; 4];
            for c in text.chars() {
                let (standard, _, is_lossy) = encoding_rs::BIG5.encode(c.encode_utf8(&mut utf8));
                if is_lossy {
                    bytes.extend(codes.get(&c)?);
                } else {
                    bytes.extend_from_slice(&standard);
                }
            }
            Some(bytes)
        }
    }
}

/// Every character of Big5 with a code of its own. The library decodes Hong Kong's supplement but, as the web's standard
/// has it, does not encode most of it, so the table is made by decoding every code.
fn big5_codes() -> BTreeMap<char, [u8; 2]> {
    let mut codes = BTreeMap::new();
    for lead in 0x81..=0xfe_u8 {
        for trail in (0x40..=0x7e_u8).chain(0xa1..=0xfe) {
            let text =
                encoding_rs::BIG5.decode_without_bom_handling_and_without_replacement(&[lead, trail]).map(String::from);
            let mut characters = text.iter().flat_map(|text| text.chars());
            if let (Some(only), None) = (characters.next(), characters.next()) {
                codes.insert(only, [lead, trail]);
            }
        }
    }
    codes
}

pub fn refused() -> Option<Vec<Refused>> {
    let [big5, gb18030, ..] = examples();
    let first_lines = |bytes: Vec<u8>, from: usize, to: usize| -> Vec<u8> {
        bytes.split_inclusive(|byte| *byte == b'\n').take(to).skip(from).flatten().copied().collect()
    };
    let traditional = first_lines(big5.bytes()?, 0, 8);
    let simplified = first_lines(gb18030.bytes()?, 2, 6);
    let english = examples().into_iter().find(|example| example.name == "english.csv")?;
    let english = String::from_utf8(first_lines(english.bytes()?, 0, 6)).ok()?;
    let utf16 = [0xfeff].into_iter().chain(english.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let without_header = english.split_inclusive('\n').skip(1).collect::<String>().into_bytes();
    let refused = |name, about, code, line, bytes| Refused { name, about, code, line, bytes };
    Some(vec![
        refused(
            "mixed-encoding.csv",
            "seven rows in Big5 and then four in GB18030, as happens when two offices' files are joined",
            "mixed-encodings",
            Some(9),
            [traditional, simplified].concat(),
        ),
        refused("utf16.csv", "\"Unicode text\" as a spreadsheet saves it", "utf-16", None, utf16),
        refused("no-header.csv", "rows without headings", "header-missing", None, without_header),
        refused("empty.csv", "nothing at all", "empty", None, Vec::new()),
        refused(
            "binary.csv",
            "the start of a picture, renamed",
            "not-text",
            Some(3),
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f".to_vec(),
        ),
    ])
}
