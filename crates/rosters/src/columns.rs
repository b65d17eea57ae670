//! The columns a roster may have, and the words that personnel offices head them with.

use crate::messages;
use base::Language;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a column holds. The label for people is the message `roster-column-{name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    StaffNumber,
    /// Family and given name in one cell; read only where a file has no column of family names.
    FullName,
    FamilyName,
    GivenName,
    LatinName,
    DocumentKind,
    DocumentNumber,
    DocumentExpires,
    BirthDate,
    Nationality,
    Email,
    Mobile,
    JobTitle,
    HomeBank,
    Language,
}

impl Column {
    pub const ALL: [Column; 15] = [
        Column::StaffNumber,
        Column::FullName,
        Column::FamilyName,
        Column::GivenName,
        Column::LatinName,
        Column::DocumentKind,
        Column::DocumentNumber,
        Column::DocumentExpires,
        Column::BirthDate,
        Column::Nationality,
        Column::Email,
        Column::Mobile,
        Column::JobTitle,
        Column::HomeBank,
        Column::Language,
    ];

    /// Columns without which a file cannot be read, besides one of names.
    pub(crate) const REQUIRED: [Column; 8] = [
        Column::StaffNumber,
        Column::DocumentKind,
        Column::DocumentNumber,
        Column::DocumentExpires,
        Column::BirthDate,
        Column::Nationality,
        Column::Email,
        Column::HomeBank,
    ];

    /// In kebab case, for forms and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Column::StaffNumber => "staff-number",
            Column::FullName => "full-name",
            Column::FamilyName => "family-name",
            Column::GivenName => "given-name",
            Column::LatinName => "latin-name",
            Column::DocumentKind => "document-kind",
            Column::DocumentNumber => "document-number",
            Column::DocumentExpires => "document-expires",
            Column::BirthDate => "birth-date",
            Column::Nationality => "nationality",
            Column::Email => "email",
            Column::Mobile => "mobile",
            Column::JobTitle => "job-title",
            Column::HomeBank => "home-bank",
            Column::Language => "language",
        }
    }

    /// What people call the column.
    pub fn label(self, language: Language) -> String {
        messages::message(&format!("roster-column-{}", self.name()), language).what
    }

    /// Whether its cell may be empty in a good row.
    pub(crate) fn is_optional(self) -> bool {
        matches!(
            self,
            Column::GivenName
                | Column::LatinName
                | Column::DocumentExpires
                | Column::Mobile
                | Column::JobTitle
                | Column::Language
        )
    }

    /// The words for this column in a language, in the form that [`simplified`] gives. The label is among them.
    fn words(self, language: Language) -> &'static [&'static str] {
        match language {
            Language::ZhHant => self.words_traditional(),
            Language::ZhHans => self.words_simplified(),
            Language::En => self.words_english(),
        }
    }

    fn words_traditional(self) -> &'static [&'static str] {
        match self {
            Column::StaffNumber => &["員工編號", "職員編號", "僱員編號", "工號", "員工號碼", "編號", "職員號碼"],
            Column::FullName => &["姓名", "中文姓名", "員工姓名", "僱員姓名", "職員姓名", "姓名中文"],
            Column::FamilyName => &["姓氏", "姓", "中文姓氏"],
            Column::GivenName => &["名字", "名", "中文名字"],
            Column::LatinName => &["英文姓名", "拼音姓名", "姓名英文", "英文名", "外文姓名"],
            Column::DocumentKind => &["證件類別", "證件種類", "證件類型", "身份證明文件類別", "身分證明文件類別"],
            Column::DocumentNumber => &["證件號碼", "證件編號", "身份證明文件號碼", "身份證號碼", "證件號"],
            Column::DocumentExpires => {
                &["證件有效期至", "證件有效期", "有效期至", "證件屆滿日期", "證件到期日", "有效期"]
            }
            Column::BirthDate => &["出生日期", "生日", "出生年月日"],
            Column::Nationality => &["國籍", "國籍地區"],
            Column::Email => &["電郵地址", "電郵", "電子郵件", "電子郵箱", "電子郵件地址"],
            Column::Mobile => &["流動電話", "手提電話", "手機", "手機號碼", "電話", "聯絡電話", "流動電話號碼"],
            Column::JobTitle => &["職位", "職銜", "職稱", "職務"],
            Column::HomeBank => &["所屬園區", "園區", "工作園區", "常駐園區"],
            Column::Language => &["語言", "通訊語言", "聯絡語言", "首選語言"],
        }
    }

    fn words_simplified(self) -> &'static [&'static str] {
        match self {
            Column::StaffNumber => &["员工编号", "工号", "员工号", "职工编号", "人员编号", "编号"],
            Column::FullName => &["姓名", "中文姓名", "员工姓名", "职工姓名", "姓名中文"],
            Column::FamilyName => &["姓氏", "姓", "中文姓氏"],
            Column::GivenName => &["名字", "名", "中文名字"],
            Column::LatinName => &["英文姓名", "拼音姓名", "姓名拼音", "姓名英文", "英文名", "外文姓名"],
            Column::DocumentKind => &["证件类型", "证件类别", "证件种类", "身份证件类型"],
            Column::DocumentNumber => &["证件号码", "证件编号", "身份证号码", "身份证号", "身份证件号码", "证件号"],
            Column::DocumentExpires => {
                &["证件有效期至", "证件有效期", "有效期至", "证件到期日", "证件到期日期", "有效期"]
            }
            Column::BirthDate => &["出生日期", "生日", "出生年月日"],
            Column::Nationality => &["国籍", "国籍地区"],
            Column::Email => &["电子邮箱", "邮箱", "电子邮件", "邮箱地址", "电子邮件地址"],
            Column::Mobile => &["手机号码", "手机", "手机号", "移动电话", "电话", "联系电话"],
            Column::JobTitle => &["职位", "岗位", "职务", "职称", "岗位名称"],
            Column::HomeBank => &["所属园区", "园区", "工作园区", "常驻园区"],
            Column::Language => &["语言", "联系语言", "首选语言", "通知语言"],
        }
    }

    fn words_english(self) -> &'static [&'static str] {
        match self {
            Column::StaffNumber => {
                &["staffnumber", "staffno", "staffid", "employeenumber", "employeeno", "employeeid", "staffcode"]
            }
            Column::FullName => &["fullname", "name", "employeename", "staffname", "chinesename", "nameinchinese"],
            Column::FamilyName => &["familyname", "surname", "lastname"],
            Column::GivenName => &["givenname", "givennames", "firstname", "forename", "forenames"],
            Column::LatinName => {
                &["latinname", "englishname", "nameinenglish", "romanisedname", "romanizedname", "pinyin"]
            }
            Column::DocumentKind => {
                &["idtype", "documenttype", "documentkind", "iddocumenttype", "typeofdocument", "identitydocument"]
            }
            Column::DocumentNumber => &["idnumber", "idno", "documentnumber", "documentno", "iddocumentnumber"],
            Column::DocumentExpires => &[
                "idexpirydate",
                "idexpiry",
                "expirydate",
                "documentexpiry",
                "documentexpirydate",
                "validuntil",
                "expires",
            ],
            Column::BirthDate => &["dateofbirth", "birthdate", "dob", "birthday"],
            Column::Nationality => &["nationality", "citizenship"],
            Column::Email => &["email", "emailaddress", "workemail", "mail"],
            Column::Mobile => {
                &["mobile", "mobilenumber", "mobilephone", "mobileno", "phone", "phonenumber", "telephone"]
            }
            Column::JobTitle => &["jobtitle", "position", "post", "title", "role"],
            Column::HomeBank => &["homepark", "park", "homebank", "bank", "campus"],
            Column::Language => &["language", "preferredlanguage", "languageofcorrespondence"],
        }
    }

    /// The column that a header cell means, and the languages in which it is a word for it.
    pub(crate) fn headed(cell: &str) -> Option<(Column, Vec<Language>)> {
        let whole = simplified(cell);
        Column::of_word(&whole).or_else(|| {
            // `出生日期(YYYY-MM-DD)`, `Email (work)`: what stands in brackets explains, it does not name.
            let before_bracket = cell.split(['(', '（', '[', '【', '\n']).next().unwrap_or_default();
            Column::of_word(&simplified(before_bracket))
        })
    }

    fn of_word(word: &str) -> Option<(Column, Vec<Language>)> {
        let column = Column::ALL
            .into_iter()
            .find(|column| Language::ALL.into_iter().any(|language| column.words(language).contains(&word)))?;
        let languages = Language::ALL.into_iter().filter(|language| column.words(*language).contains(&word)).collect();
        Some((column, languages))
    }
}

/// Letters and digits only, in lower case: `ID type *` is `idtype`.
pub(crate) fn simplified(text: &str) -> String {
    crate::characters::folded(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Column {
    type Err = base::IdParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Column::ALL
            .into_iter()
            .find(|column| column.name() == text)
            .ok_or(base::IdParseError { expected: "staff-number, family-name, document-kind …" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_heads_two_columns() {
        for language in Language::ALL {
            for column in Column::ALL {
                for word in column.words(language) {
                    assert_eq!(Column::headed(word).map(|(found, _)| found), Some(column), "{word}");
                    assert_eq!(&simplified(word), word, "words must be listed in simplified form");
                }
            }
        }
    }

    #[test]
    fn a_header_is_known_with_its_ornaments() {
        for (cell, want) in [
            (" ID type * ", Column::DocumentKind),
            ("出生日期(YYYY-MM-DD)", Column::BirthDate),
            ("Ｅ－ｍａｉｌ：", Column::Email),
            ("证件类型（必填）", Column::DocumentKind),
        ] {
            assert_eq!(Column::headed(cell).map(|(column, _)| column), Some(want), "{cell}");
        }
        assert_eq!(Column::headed("部門"), None);
    }

    #[test]
    fn a_column_is_read_back_as_it_is_named() {
        for column in Column::ALL {
            assert_eq!(column.name().parse(), Ok(column));
            assert_eq!(serde_json::to_string(&column).unwrap(), format!("\"{column}\""));
        }
    }
}
