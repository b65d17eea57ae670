//! Dates, times, numbers, durations and sizes as the readers of each language write them. Pure: the zone of a time
//! is given, never the machine's.

use crate::say;
use base::{Date, Instant, Language};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// `2026年11月22日`, `22 November 2026`.
pub fn date(language: Language, date: Date) -> String {
    match language {
        Language::ZhHant | Language::ZhHans => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Language::En => format!("{} {} {}", date.day(), month(date.month()), date.year()),
    }
}

/// For tables and charts: `11月22日`, `22 Nov`.
pub fn date_short(language: Language, date: Date) -> String {
    match language {
        Language::ZhHant | Language::ZhHans => format!("{}月{}日", date.month(), date.day()),
        Language::En => format!("{} {}", date.day(), month(date.month()).get(..3).unwrap_or_default()),
    }
}

/// `2026年11月22日 15:04`, `22 November 2026, 15:04`. An instant beyond the calendar is shown as `–`.
pub fn date_time(language: Language, instant: Instant, zone: &TimeZone) -> String {
    let Some(timestamp) = instant.timestamp() else { return "–".to_owned() };
    let zoned = timestamp.to_zoned(zone.clone());
    let day = date(language, zoned.date());
    let separator = if language == Language::En { ", " } else { " " };
    format!("{day}{separator}{:02}:{:02}", zoned.hour(), zoned.minute())
}

/// `15:04`, in all three languages.
pub fn time_of_day(instant: Instant, zone: &TimeZone) -> String {
    match instant.timestamp() {
        Some(timestamp) => {
            let zoned = timestamp.to_zoned(zone.clone());
            format!("{:02}:{:02}", zoned.hour(), zoned.minute())
        }
        None => "–".to_owned(),
    }
}

/// The civil date of an instant in a zone.
pub fn day_of(instant: Instant, zone: &TimeZone) -> Option<Date> {
    instant.timestamp().map(|timestamp| timestamp.to_zoned(zone.clone()).date())
}

/// A `<time>` that machines can read too.
pub fn time(language: Language, instant: Instant, zone: &TimeZone) -> Markup {
    html! { time datetime=(instant) { (date_time(language, instant, zone)) } }
}

/// Where a rule or a figure comes from: `依據：綱要第 7.1.3、7.2.2 段`, `Source: outline 7.1.3, 7.2.2`. Sections of the
/// outline are numbers; anything else is the name of a law.
pub fn source(language: Language, section: &str) -> String {
    if !section.starts_with(|first: char| first.is_ascii_digit()) {
        return say!(language, "source-named", name = section);
    }
    let listed = if language == Language::En { section.to_owned() } else { section.replace(", ", "、") };
    say!(language, "source-section", section = listed)
}

/// The same, with each section that has a page a link to it.
pub fn source_linked(language: Language, section: &str, page: impl Fn(&str) -> Option<String>) -> Markup {
    const PLACE: &str = "\u{2063}";
    if !section.starts_with(|first: char| first.is_ascii_digit()) {
        return html! { (source(language, section)) };
    }
    let sentence = say!(language, "source-section", section = PLACE);
    let (before, after) = sentence.split_once(PLACE).unwrap_or((&sentence, ""));
    html! {
        (before)
        @for (at, number) in section.split(", ").enumerate() {
            @if at > 0 { (list_gap(language)) }
            @match page(number) {
                Some(href) => a href=(href) { (number) },
                None => (number),
            }
        }
        (after)
    }
}

/// What stands between two sentences, or after a colon: full-width punctuation has its own room.
pub fn sentence_gap(language: Language) -> &'static str {
    if language == Language::En { " " } else { "" }
}

/// What stands between the members of a list.
pub fn list_gap(language: Language) -> &'static str {
    if language == Language::En { ", " } else { "、" }
}

/// `星期日`, `Sunday`.
pub fn weekday(language: Language, weekday: Weekday) -> &'static str {
    let (chinese, english) = match weekday {
        Weekday::Monday => ("星期一", "Monday"),
        Weekday::Tuesday => ("星期二", "Tuesday"),
        Weekday::Wednesday => ("星期三", "Wednesday"),
        Weekday::Thursday => ("星期四", "Thursday"),
        Weekday::Friday => ("星期五", "Friday"),
        Weekday::Saturday => ("星期六", "Saturday"),
        Weekday::Sunday => ("星期日", "Sunday"),
    };
    if language == Language::En { english } else { chinese }
}

/// Groups of three: `15,000`, in all three languages.
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with at most `places` digits after the point, and no needless zeros.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let rounded = format!("{:.places$}", value.abs());
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), number);
    let zero = whole == "0" && fraction.is_empty();
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A share of one as a percentage: `0.125` is `12.5%`.
pub fn percent(share: f64) -> String {
    format!("{}%", decimal(share * 100.0, 1))
}

/// The two largest units of a duration in milliseconds: `3 小時 20 分鐘`, `3小时20分钟`, `3 hours 20 minutes`; under
/// a second in milliseconds. The sign is left to the words around it.
pub fn duration(language: Language, milliseconds: i64) -> String {
    const UNITS: [(i64, [&str; 3]); 4] = [
        (Instant::DAY, ["日", "天", "day"]),
        (Instant::HOUR, ["小時", "小时", "hour"]),
        (Instant::MINUTE, ["分鐘", "分钟", "minute"]),
        (Instant::SECOND, ["秒", "秒", "second"]),
    ];
    let mut left = milliseconds.saturating_abs();
    if left < Instant::SECOND {
        return amount(language, left, ["毫秒", "毫秒", "ms"]);
    }
    let mut parts = Vec::new();
    for (size, names) in UNITS {
        let count = left / size;
        left %= size;
        if count > 0 {
            parts.push(amount(language, count, names));
        }
        // Two neighbouring units are enough: nobody needs the seconds of three days.
        if parts.len() == 2 || (count == 0 && !parts.is_empty()) {
            break;
        }
    }
    parts.join(if language == Language::ZhHans { "" } else { " " })
}

fn amount(language: Language, count: i64, names: [&str; 3]) -> String {
    let [zh_hant, zh_hans, en] = names;
    let count_text = number(count);
    match language {
        Language::ZhHant => format!("{count_text} {zh_hant}"),
        Language::ZhHans => format!("{count_text}{zh_hans}"),
        Language::En if count == 1 || en == "ms" => format!("{count_text} {en}"),
        Language::En => format!("{count_text} {en}s"),
    }
}

/// `812 bytes`, `1.4 MB` (decimal units, as file managers of today count).
pub fn file_size(language: Language, bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        let word = match language {
            Language::ZhHant => "位元組",
            Language::ZhHans => "字节",
            Language::En if bytes == 1 => "byte",
            Language::En => "bytes",
        };
        return format!("{bytes} {word}");
    }
    // A size of a file is far below 2^53, so the float is exact enough for one place.
    let mut size = bytes as f64 / 1_000.0;
    let mut unit = "kB";
    for next in UNITS.into_iter().skip(1) {
        if size < 999.95 {
            break;
        }
        size /= 1_000.0;
        unit = next;
    }
    format!("{} {unit}", decimal(size, 1))
}

fn month(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, ZhHans, ZhHant};
    use jiff::civil::date as civil;

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let day = civil(2026, 11, 22);
        assert_eq!(date(ZhHant, day), "2026年11月22日");
        assert_eq!(date(En, day), "22 November 2026");
        assert_eq!(date_short(ZhHans, day), "11月22日");
        assert_eq!(date_short(En, day), "22 Nov");
        assert_eq!(weekday(ZhHans, day.weekday()), "星期日");
        assert_eq!(weekday(En, day.weekday()), "Sunday");
    }

    #[test]
    fn times_are_shown_in_the_zone_that_was_asked_for() {
        let zone = TimeZone::get("Asia/Hong_Kong").unwrap();
        let instant = Instant::of("2026-11-22T18:04:59Z".parse().unwrap());
        assert_eq!(date_time(ZhHant, instant, &zone), "2026年11月23日 02:04");
        assert_eq!(date_time(En, instant, &TimeZone::UTC), "22 November 2026, 18:04");
        assert_eq!(time_of_day(instant, &zone), "02:04");
        assert_eq!(day_of(instant, &zone), Some(civil(2026, 11, 23)));
        assert_eq!(date_time(En, Instant(i64::MAX), &zone), "–");
        assert!(time(En, instant, &zone).into_string().contains(r#"datetime="2026-11-22T18:04:59.000Z""#));
    }

    #[test]
    fn numbers_are_grouped_and_never_show_minus_nought() {
        for (value, want) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-15_000, "−15,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(number(value), want);
        }
        for (value, want) in [(1234.5, "1,234.5"), (-0.04, "0"), (2.0, "2"), (0.26, "0.3"), (f64::NAN, "–")] {
            assert_eq!(decimal(value, 1), want);
        }
        assert_eq!(percent(0.125), "12.5%");
        assert_eq!(number(i64::MIN), "−9,223,372,036,854,775,808");
    }

    #[test]
    fn durations_name_their_two_largest_units() {
        for (milliseconds, hant, hans, en) in [
            (8, "8 毫秒", "8毫秒", "8 ms"),
            (1_000, "1 秒", "1秒", "1 second"),
            (12_000_000, "3 小時 20 分鐘", "3小时20分钟", "3 hours 20 minutes"),
            (-90_061_000, "1 日 1 小時", "1天1小时", "1 day 1 hour"),
            (Instant::DAY + 5_000, "1 日", "1天", "1 day"),
        ] {
            assert_eq!(duration(ZhHant, milliseconds), hant);
            assert_eq!(duration(ZhHans, milliseconds), hans);
            assert_eq!(duration(En, milliseconds), en);
        }
    }

    #[test]
    fn sections_of_the_outline_are_told_from_names_of_laws() {
        assert_eq!(source(ZhHant, "7.1.3, 7.2.2"), "依據：綱要第 7.1.3、7.2.2 段");
        assert_eq!(source(ZhHans, "7.2.2"), "依据：纲要第7.2.2段");
        assert_eq!(source(En, "Audit Ordinance (Cap. 122)"), "Source: Audit Ordinance (Cap. 122)");
        let page = |number: &str| (number == "7.2.2").then(|| format!("/en/outline/{number}"));
        let linked = source_linked(ZhHant, "7.1.3, 7.2.2", page).into_string();
        assert_eq!(linked, "依據：綱要第 7.1.3、<a href=\"/en/outline/7.2.2\">7.2.2</a> 段");
    }

    #[test]
    fn sizes_of_files_move_to_the_next_unit_in_time() {
        for (bytes, want) in
            [(1, "1 byte"), (812, "812 bytes"), (1_449_000, "1.4 MB"), (999_999, "1 MB"), (2_000_000_000, "2 GB")]
        {
            assert_eq!(file_size(En, bytes), want);
        }
        assert_eq!(file_size(ZhHant, 5), "5 位元組");
        assert_eq!(file_size(ZhHans, 5), "5 字节");
    }
}
