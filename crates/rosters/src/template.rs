//! A roster to start from: the header in the reader's language and one example row.

use crate::vocabulary::{bank_label, document_kind_label, language_label};
use crate::{Column, DocumentKind};
use base::{Bank, Language};

/// CSV in UTF-8 with a byte-order mark, without which spreadsheets open Chinese as something else. The person of the
/// example row is invented; the row reads without a fault.
pub fn template(language: Language) -> String {
    let columns = Column::ALL.into_iter().filter(|column| *column != Column::FullName);
    let (header, example): (Vec<String>, Vec<String>) =
        columns.map(|column| (quoted(&column.label(language)), quoted(&example(column, language)))).unzip();
    format!("\u{feff}{}\r\n{}\r\n", header.join(","), example.join(","))
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn example(column: Column, language: Language) -> String {
    let in_three = |traditional: &str, simplified: &str, english: &str| match language {
        Language::ZhHant => traditional.to_owned(),
        Language::ZhHans => simplified.to_owned(),
        Language::En => english.to_owned(),
    };
    match column {
        Column::StaffNumber => "E-0001".to_owned(),
        Column::FullName => in_three("陳大文", "陈大文", "Chan, Tai Man"),
        Column::FamilyName => in_three("陳", "陈", "Chan"),
        Column::GivenName => in_three("大文", "大文", "Tai Man"),
        Column::LatinName => "CHAN, Tai Man".to_owned(),
        Column::DocumentKind => document_kind_label(DocumentKind::Passport, language),
        Column::DocumentNumber => "ZZ0000001".to_owned(),
        Column::DocumentExpires => "2099-12-31".to_owned(),
        Column::BirthDate => "1990-01-31".to_owned(),
        Column::Nationality => in_three("中國", "中国", "Chinese"),
        Column::Email => "tai.man.chan@example.com".to_owned(),
        Column::Mobile => "+852 5000 0001".to_owned(),
        Column::JobTitle => in_three("研究員", "研究员", "Researcher"),
        Column::HomeBank => bank_label(Bank::South, language),
        Column::Language => language_label(language, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Delimiter, Encoding, Limits, read};
    use base::Date;

    #[test]
    fn the_template_is_itself_a_roster_without_a_fault_in_every_language() {
        for language in Language::ALL {
            let roster = read(template(language).as_bytes(), Date::constant(2026, 11, 22), &Limits::default()).unwrap();
            assert_eq!((roster.encoding, roster.delimiter), (Encoding::Utf8Bom, Delimiter::Comma));
            assert_eq!((roster.rows.len(), roster.faulty), (1, vec![]), "{language}");
            assert_eq!((roster.language, roster.rows[0].language), (language, language));
            assert_eq!(roster.ignored, Vec::<String>::new());
        }
    }
}
