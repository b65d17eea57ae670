//! Invented people for the example rosters. Person number `n` is the same in every run.
//!
//! Names are combined from common family and given names. Document numbers pass their checks but are plainly made up:
//! Hong Kong identity cards have the prefix `U` or `UZ`, which no published list of issued prefixes has; resident
//! identity cards have the region 440399, a district that Shenzhen does not have; permits and passports count up from
//! zero. Addresses end in `.example`, which can never be registered (RFC 2606).

/// How a roster writes its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Traditional,
    Simplified,
    English,
}

/// One row's cells, before anything is spoilt.
#[derive(Debug, Clone)]
pub struct Person {
    pub staff_number: String,
    pub family: String,
    pub given: String,
    pub latin: String,
    pub kind: Kind,
    pub kind_word: String,
    pub number: String,
    pub expires: String,
    pub birth: String,
    pub nationality: String,
    pub email: String,
    pub mobile: String,
    pub job_title: String,
    pub park: String,
    pub language: String,
    /// Stands in place of the row's end where a fault is about its shape.
    pub end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Whole,
    CutAfter(usize),
    OneMore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    HongKong,
    Mainland,
    TravelPermit,
    ExitEntry,
    Passport,
}

/// Traditional, Simplified, as Hong Kong romanises it, in pinyin.
const FAMILIES: [[&str; 4]; 16] = [
    ["陳", "陈", "CHAN", "CHEN"],
    ["李", "李", "LEE", "LI"],
    ["黃", "黄", "WONG", "HUANG"],
    ["張", "张", "CHEUNG", "ZHANG"],
    ["林", "林", "LAM", "LIN"],
    ["歐陽", "欧阳", "AU YEUNG", "OUYANG"],
    ["何", "何", "HO", "HE"],
    ["吳", "吴", "NG", "WU"],
    ["司徒", "司徒", "SZETO", "SITU"],
    ["鄭", "郑", "CHENG", "ZHENG"],
    ["梁", "梁", "LEUNG", "LIANG"],
    ["劉", "刘", "LAU", "LIU"],
    ["蔡", "蔡", "CHOI", "CAI"],
    ["周", "周", "CHOW", "ZHOU"],
    ["馮", "冯", "FUNG", "FENG"],
    ["葉", "叶", "YIP", "YE"],
];

const GIVENS: [[&str; 4]; 17] = [
    ["志強", "志强", "Chi Keung", "Zhiqiang"],
    ["婉君", "婉君", "Yuen Kwan", "Wanjun"],
    ["國華", "国华", "Kwok Wah", "Guohua"],
    ["美玲", "美玲", "Mei Ling", "Meiling"],
    ["俊傑", "俊杰", "Chun Kit", "Junjie"],
    ["詠詩", "咏诗", "Wing Sze", "Yongshi"],
    ["家豪", "家豪", "Ka Ho", "Jiahao"],
    ["嘉欣", "嘉欣", "Ka Yan", "Jiaxin"],
    ["明", "明", "Ming", "Ming"],
    ["麗華", "丽华", "Lai Wah", "Lihua"],
    ["偉文", "伟文", "Wai Man", "Weiwen"],
    ["淑儀", "淑仪", "Shuk Yee", "Shuyi"],
    ["子軒", "子轩", "Tsz Hin", "Zixuan"],
    ["曉彤", "晓彤", "Hiu Tung", "Xiaotong"],
    ["建國", "建国", "Kin Kwok", "Jianguo"],
    ["雪芬", "雪芬", "Suet Fan", "Xuefen"],
    ["永康", "永康", "Wing Hong", "Yongkang"],
];

const ABROAD: [[&str; 3]; 10] = [
    ["Smith", "Peter John", "British"],
    ["Müller", "Anna", "German"],
    ["Tanaka", "Haruto", "Japan"],
    ["O'Brien", "Siobhán", "IRL"],
    ["Nguyen", "Thi Mai", "Vietnam"],
    ["Patel", "Rohan", "Indian"],
    ["Dubois", "Claire", "France"],
    ["Kim", "Min-jun", "KOR"],
    ["Tan", "Wei Ling", "Singapore"],
    ["Hansen", "Lars", "DK"],
];

const JOBS: [[&str; 3]; 8] = [
    ["研究員", "研究员", "Researcher"],
    ["高級工程師", "高级工程师", "Senior engineer"],
    ["實驗室技術員", "实验室技术员", "Laboratory technician"],
    ["數據分析師", "数据分析师", "Data analyst"],
    ["項目經理", "项目经理", "Project manager"],
    ["臨床試驗統籌", "临床试验协调员", "Clinical trial co-ordinator"],
    ["品質保證主任", "质量保证主管", "Quality assurance officer"],
    ["軟件工程師", "软件工程师", "Software engineer"],
];

/// What `people` have in common.
#[derive(Debug, Clone, Copy)]
pub struct Employer {
    pub manner: Manner,
    /// Starts staff numbers and addresses, so that two rosters never have the same person.
    pub letter: char,
    /// Added to every number of a document.
    pub series: usize,
    pub domain: &'static str,
}

fn pick<T: Copy>(table: &[T], index: usize) -> Option<T> {
    table.get(index.checked_rem(table.len())?).copied()
}

fn column<const N: usize>(row: [&'static str; N], index: usize) -> &'static str {
    row.into_iter().nth(index).unwrap_or_default()
}

impl Employer {
    pub fn person(&self, n: usize) -> Option<Person> {
        let family = pick(&FAMILIES, n)?;
        let given = pick(&GIVENS, n.saturating_mul(5).saturating_add(n / 16))?;
        let abroad = (self.manner == Manner::English && n % 4 == 3).then(|| pick(&ABROAD, n / 4)).flatten();
        let kind = match (abroad, n % 5) {
            (Some(_), _) => Kind::Passport,
            (None, 0 | 3) => {
                if self.manner == Manner::Simplified {
                    Kind::Mainland
                } else {
                    Kind::HongKong
                }
            }
            (None, 1) => Kind::ExitEntry,
            (None, 2) => Kind::TravelPermit,
            (None, _) => Kind::Passport,
        };
        let (year, month, day) = (1968 + (n * 7) % 34, 1 + (n * 5) % 12, 1 + (n * 11) % 28);
        let serial = self.series + n;
        let (words, roman) = match self.manner {
            Manner::Traditional => (0, 2),
            Manner::Simplified => (1, 3),
            Manner::English => (2, 2),
        };
        let (family_word, given_word, latin) = match abroad {
            Some([family, given, _]) => (family, given, String::new()),
            None => {
                let latin = format!("{}, {}", column(family, roman), column(given, roman));
                (column(family, words), column(given, words), if words == 2 { String::new() } else { latin })
            }
        };
        let south =
            matches!(kind, Kind::HongKong | Kind::TravelPermit) || kind == Kind::Passport && n.is_multiple_of(2);
        Some(Person {
            staff_number: format!("{}{:04}", self.letter, n + 1),
            family: family_word.to_owned(),
            given: given_word.to_owned(),
            latin,
            kind,
            kind_word: self.kind_word(kind, n).to_owned(),
            number: number(kind, serial, (year, month, day)),
            expires: match kind {
                Kind::HongKong => String::new(),
                Kind::Mainland if year < 1980 => "长期".to_owned(),
                _ => self.date((2034 + n % 5, 1 + n % 12, 13 + n % 15), n),
            },
            birth: self.date((year, month, day), n + 1),
            nationality: abroad
                .map_or(["中國", "中国", "Chinese"].into_iter().nth(words)?, |row| column(row, 2))
                .to_owned(),
            email: format!("{}{:04}@{}", self.letter.to_ascii_lowercase(), n + 1, self.domain),
            mobile: match (south, n % 7) {
                (_, 6) => String::new(),
                (true, even) if even % 2 == 0 => format!("5{:03} {:04}", self.series % 1000, n),
                (true, _) => format!("+852 5{:03}{:04}", self.series % 1000, n),
                (false, even) if even % 2 == 0 => format!("199{:04}{:04}", self.series % 10_000, n),
                (false, _) => format!("+86 199 {:04} {:04}", self.series % 10_000, n),
            },
            job_title: column(pick(&JOBS, n.saturating_mul(3))?, words).to_owned(),
            park: column(
                [["深圳園區", "香港園區"], ["深圳园区", "香港园区"], ["Shenzhen", "Hong Kong"]]
                    .into_iter()
                    .nth(words)?,
                usize::from(south),
            )
            .to_owned(),
            language: ["繁體中文", "简体中文", "English"].into_iter().nth(words)?.to_owned(),
            end: End::Whole,
        })
    }

    pub fn kind_word(&self, kind: Kind, n: usize) -> &'static str {
        let [traditional, simplified, english, english_too] = match kind {
            Kind::HongKong => ["香港身份證", "香港身份证", "Hong Kong identity card", "HKID"],
            Kind::Mainland => ["居民身份證", "居民身份证", "Mainland identity card", "PRC ID card"],
            Kind::TravelPermit => ["回鄉證", "港澳居民来往内地通行证", "Mainland Travel Permit", "Home Return Permit"],
            Kind::ExitEntry => ["往來港澳通行證", "往来港澳通行证", "Exit-entry Permit", "EEP"],
            Kind::Passport => ["護照", "护照", "Passport", "PASSPORT"],
        };
        match self.manner {
            Manner::Traditional => traditional,
            Manner::Simplified => simplified,
            Manner::English if n.is_multiple_of(2) => english,
            Manner::English => english_too,
        }
    }

    /// A date, in one of the ways in which such an office writes dates.
    pub fn date(&self, (year, month, day): (usize, usize, usize), n: usize) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month_name = MONTHS.into_iter().nth(month.saturating_sub(1)).unwrap_or_default();
        match (self.manner, n % 3) {
            (Manner::Traditional, 0) => format!("{year}年{month}月{day}日"),
            (Manner::Traditional, 1) => format!("{year}/{month}/{day}"),
            (Manner::Simplified, 0) => format!("{year}年{month:02}月{day:02}日"),
            (Manner::Simplified, 1) => format!("{year}{month:02}{day:02}"),
            (Manner::English, 0) => format!("{day} {month_name} {year}"),
            (Manner::English, 1) => format!("{day:02}-{month_name}-{year}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    }
}

/// A number that passes its kind's check.
pub fn number(kind: Kind, serial: usize, (year, month, day): (usize, usize, usize)) -> String {
    match kind {
        Kind::HongKong if serial.is_multiple_of(3) => hong_kong(format!("UZ{serial:06}")),
        Kind::HongKong => hong_kong(format!("U{serial:06}")),
        Kind::Mainland => mainland(format!("440399{year:04}{month:02}{day:02}{:03}", serial % 1000)),
        Kind::TravelPermit => format!("H{serial:08}"),
        Kind::ExitEntry => format!("C{serial:08}"),
        Kind::Passport => format!("ZZ{serial:07}"),
    }
}

/// Adds the check digit. Written apart from the reader's own, by trying all eleven, so that one can contradict the other.
fn hong_kong(body: String) -> String {
    let padded = format!("{body:>8}");
    let sum = |check: usize| -> usize {
        let values = padded.chars().map(|c| if c == ' ' { 36 } else { c.to_digit(36).map_or(0, |v| v as usize) });
        values.chain([check]).zip((1..=9).rev()).map(|(value, weight)| value * weight).sum()
    };
    let check = (0..=10).find(|check| sum(*check).is_multiple_of(11)).unwrap_or_default();
    format!("{body}({})", if check == 10 { "A".to_owned() } else { check.to_string() })
}

/// Adds the check digit by ISO 7064's recursive method, where the reader uses the table of weights.
fn mainland(body: String) -> String {
    let product = body.chars().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| (sum + digit) * 2 % 11);
    let check = (12 - product) % 11;
    format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}
