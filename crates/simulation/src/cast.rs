//! Synthetic people. Their given names are the sixty pairs of the Chinese calendar (甲子, 乙丑 …), as texts of law use
//! stems for parties, and every name says that it is synthetic. Document numbers are of no series that is issued.

use base::{Bank, Date, Language};
use desk::Details;

/// Traditional, simplified, as Hong Kong romanises it, in pinyin.
type Written = (&'static str, &'static str, &'static str, &'static str);

const FAMILIES: [Written; 20] = [
    ("陳", "陈", "Chan", "Chen"),
    ("李", "李", "Lee", "Li"),
    ("王", "王", "Wong", "Wang"),
    ("張", "张", "Cheung", "Zhang"),
    ("黃", "黄", "Wong", "Huang"),
    ("林", "林", "Lam", "Lin"),
    ("吳", "吴", "Ng", "Wu"),
    ("劉", "刘", "Lau", "Liu"),
    ("楊", "杨", "Yeung", "Yang"),
    ("周", "周", "Chow", "Zhou"),
    ("徐", "徐", "Tsui", "Xu"),
    ("孫", "孙", "Suen", "Sun"),
    ("馬", "马", "Ma", "Ma"),
    ("朱", "朱", "Chu", "Zhu"),
    ("胡", "胡", "Wu", "Hu"),
    ("郭", "郭", "Kwok", "Guo"),
    ("何", "何", "Ho", "He"),
    ("高", "高", "Ko", "Gao"),
    ("羅", "罗", "Lo", "Luo"),
    ("鄭", "郑", "Cheng", "Zheng"),
];

const STEMS: [Written; 10] = [
    ("甲", "甲", "Kap", "Jia"),
    ("乙", "乙", "Yuet", "Yi"),
    ("丙", "丙", "Ping", "Bing"),
    ("丁", "丁", "Ting", "Ding"),
    ("戊", "戊", "Mo", "Wu"),
    ("己", "己", "Kei", "Ji"),
    ("庚", "庚", "Kang", "Geng"),
    ("辛", "辛", "San", "Xin"),
    ("壬", "壬", "Yam", "Ren"),
    ("癸", "癸", "Kwai", "Gui"),
];

const BRANCHES: [Written; 12] = [
    ("子", "子", "Tsz", "Zi"),
    ("丑", "丑", "Chau", "Chou"),
    ("寅", "寅", "Yan", "Yin"),
    ("卯", "卯", "Mau", "Mao"),
    ("辰", "辰", "San", "Chen"),
    ("巳", "巳", "Chi", "Si"),
    ("午", "午", "Ng", "Wu"),
    ("未", "未", "Mei", "Wei"),
    ("申", "申", "Shan", "Shen"),
    ("酉", "酉", "Yau", "You"),
    ("戌", "戌", "Sut", "Xu"),
    ("亥", "亥", "Hoi", "Hai"),
];

const JOBS: [(&str, &str, &str); 6] = [
    ("研究員", "研究员", "Researcher"),
    ("工程師", "工程师", "Engineer"),
    ("實驗室技術員", "实验室技术员", "Laboratory technician"),
    ("數據分析員", "数据分析师", "Data analyst"),
    ("產品經理", "产品经理", "Product manager"),
    ("品質主任", "质量主管", "Quality officer"),
];

/// Somebody who does not exist.
#[derive(Debug, Clone)]
pub(crate) struct Character {
    pub details: Details,
    pub home: Bank,
    pub language: Language,
}

fn nth<T: Copy>(list: &[T], number: u32) -> Option<T> {
    list.get(number as usize % list.len().max(1)).copied()
}

/// The `number`-th synthetic person, who lives on `home`. A few of the south write English.
pub(crate) fn character(number: u32, home: Bank, document_expires: Date) -> Character {
    let unwritten = ("", "", "", "");
    let family = nth(&FAMILIES, number).unwrap_or(unwritten);
    // Twenty-three steps of the sixty for each round of families: twelve hundred names before one comes again.
    let pair = number / 20 * 3 + number;
    let (stem, branch) = (nth(&STEMS, pair).unwrap_or(unwritten), nth(&BRANCHES, pair).unwrap_or(unwritten));
    let job = nth(&JOBS, number / 3).unwrap_or_default();
    let language = match home {
        Bank::North => Language::ZhHans,
        Bank::South if number % 11 == 10 => Language::En,
        Bank::South => Language::ZhHant,
    };
    let (family_name, given_name, job_title) = match language {
        Language::ZhHant => (family.0.to_owned(), format!("{}{}（虛構）", stem.0, branch.0), job.0),
        Language::ZhHans => (family.1.to_owned(), format!("{}{}（虚构）", stem.1, branch.1), job.1),
        Language::En => (family.2.to_owned(), format!("{} {} (synthetic)", stem.2, branch.2), job.2),
    };
    let latin_name = match home {
        Bank::South => format!("{}, {} {} (synthetic)", family.2.to_uppercase(), stem.2, branch.2),
        Bank::North => format!("{}, {}{} (synthetic)", family.3.to_uppercase(), stem.3, branch.3.to_lowercase()),
    };
    let details = Details {
        family_name,
        given_name,
        latin_name,
        birth_date: birth_date(number),
        nationality: "CHN".to_owned(),
        email: format!("person-{number}@synthetic.example"),
        mobile: String::new(),
        job_title: job_title.to_owned(),
        staff_number: format!("S-{number:05}"),
        document_kind: document_kind(home).to_owned(),
        document_number: document_number(number, home),
        document_expires: Some(document_expires),
    };
    Character { details, home, language }
}

/// The document that a resident of a bank crosses with.
pub(crate) fn document_kind(home: Bank) -> &'static str {
    match home {
        Bank::North => "exit-entry-permit",
        Bank::South => "mainland-travel-permit",
    }
}

pub(crate) fn document_number(number: u32, home: Bank) -> String {
    let letter = match home {
        Bank::North => 'C',
        Bank::South => 'H',
    };
    format!("{letter}{:08}", number % 100_000_000)
}

fn birth_date(number: u32) -> Option<Date> {
    let part = |value: u32| i8::try_from(value).unwrap_or(1);
    let year = i16::try_from(1966 + number % 35).unwrap_or(1990);
    Date::new(year, part(1 + number % 12), part(1 + number % 28)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_says_that_it_is_synthetic_and_hundreds_of_them_differ() {
        let expires = Date::constant(2030, 1, 1);
        let mut names = BTreeSet::new();
        for number in 0..600 {
            let home = if number % 2 == 0 { Bank::North } else { Bank::South };
            let details = character(number, home, expires).details;
            let name = details.name();
            assert!(name.contains("虛構") || name.contains("虚构") || name.contains("synthetic"), "{name}");
            assert!(details.latin_name.contains("synthetic"), "{}", details.latin_name);
            assert!(details.birth_date.is_some());
            names.insert(name);
        }
        assert!(names.len() > 500, "{} different names", names.len());
    }
}
