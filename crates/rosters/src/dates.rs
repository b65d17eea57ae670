//! Dates as people write them in rosters. A date that can be read two ways is refused with both readings.

use crate::FaultCode;
use base::Date;

/// What is wrong with a date, and what it may have meant.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DateFault {
    pub code: FaultCode,
    pub suggestion: Option<String>,
}

impl From<FaultCode> for DateFault {
    fn from(code: FaultCode) -> Self {
        Self { code, suggestion: None }
    }
}

/// Reads `2026-03-01`, `2026/3/1`, `2026.3.1`, `20260301`, `2026年3月1日`, `13/3/2026`, `1 Mar 2026`, each also with a
/// time of midnight behind it, as spreadsheets add.
pub(crate) fn date(text: &str) -> Result<Date, DateFault> {
    let text = without_midnight(text);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(number);
        return day(part(0..4), part(4..6), part(6..8));
    }
    if text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(serial_number(text));
    }
    let plain = text.replace(['年', '月'], "-").replace('日', "");
    let parts: Vec<&str> = plain.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return Err(FaultCode::DateUnreadable.into()) };
    if first.len() == 4 && !first.starts_with(|c: char| c.is_alphabetic()) {
        return day(number(first), number(second), number(third));
    }
    if third.len() != 4 {
        // `1/3/26` has three readings or more; nobody should guess a century in a date of birth.
        return Err(FaultCode::DateUnreadable.into());
    }
    match (month_name(first), month_name(second)) {
        (None, Some(month)) => day(number(third), Some(month), number(first)),
        (Some(month), None) => day(number(third), Some(month), number(second)),
        (None, None) => day_and_month(number(first), number(second), number(third)),
        (Some(_), Some(_)) => Err(FaultCode::DateUnreadable.into()),
    }
}

fn without_midnight(text: &str) -> &str {
    ["T00:00:00", " 00:00:00", " 0:00:00", " 00:00", " 0:00"]
        .into_iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text)
}

fn number(text: &str) -> Option<i16> {
    // `parse` alone would take `+3` too.
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn month_name(text: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_ascii_lowercase();
    if text.len() < 3 {
        return None;
    }
    MONTHS
        .into_iter()
        .zip(1..)
        .find(|(month, _)| month.starts_with(&text) || text == "sept" && *month == "september")
        .map(|(_, number)| number)
}

fn day(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Result<Date, DateFault> {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Err(FaultCode::DateUnreadable.into()) };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return Err(FaultCode::DateImpossible.into());
    };
    Date::new(year, month, day).map_err(|_| FaultCode::DateImpossible.into())
}

/// A date with its year last, of which either number may be the month.
fn day_and_month(first: Option<i16>, second: Option<i16>, year: Option<i16>) -> Result<Date, DateFault> {
    match (day(year, second, first), day(year, first, second)) {
        (Ok(one), Ok(other)) if one == other => Ok(one),
        (Ok(one), Ok(other)) => Err(DateFault {
            code: FaultCode::DateAmbiguous,
            suggestion: Some(format!("{} / {}", one.min(other), one.max(other))),
        }),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one),
        (Err(fault), Err(_)) => Err(fault),
    }
}

/// Days since 1899-12-30, as spreadsheets count from March 1900 on.
fn serial_number(text: &str) -> DateFault {
    let epoch = Date::constant(1899, 12, 30);
    let seconds = text.parse::<u64>().unwrap_or(0).saturating_mul(86_400);
    let date = epoch.checked_add(std::time::Duration::from_secs(seconds)).ok();
    DateFault { code: FaultCode::DateSerialNumber, suggestion: date.map(|date| date.to_string()) }
}

/// Words that stand for "has no date of expiry".
pub(crate) fn says_no_expiry(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "長期",
        "长期",
        "長期有效",
        "长期有效",
        "永久",
        "永久有效",
        "無",
        "无",
        "不適用",
        "不适用",
        "n/a",
        "none",
        "permanent",
    ];
    WORDS.contains(&text.to_lowercase().as_str()) || text.chars().all(|c| matches!(c, '-' | '—' | '–'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Result<&str, (FaultCode, Option<&str>)>) {
        let found = date(text).map(|date| date.to_string()).map_err(|fault| (fault.code, fault.suggestion));
        let want = want.map(str::to_owned).map_err(|(code, suggestion)| (code, suggestion.map(str::to_owned)));
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn dates_are_read_in_every_form_that_has_one_meaning() {
        for text in [
            "2026-03-01",
            "2026/3/1",
            "2026.3.1",
            "20260301",
            "2026年3月1日",
            "2026年03月01日",
            "1 Mar 2026",
            "1-March-2026",
            "Mar 1, 2026",
            "2026-03-01 00:00:00",
            "2026-03-01T00:00:00",
        ] {
            check(text, Ok("2026-03-01"));
        }
        check("13/3/2026", Ok("2026-03-13"));
        check("3/13/2026", Ok("2026-03-13"));
        check("3/3/2026", Ok("2026-03-03"));
        check("29/2/2028", Ok("2028-02-29"));
    }

    #[test]
    fn a_date_with_two_readings_is_refused_with_both() {
        check("1/3/2026", Err((FaultCode::DateAmbiguous, Some("2026-01-03 / 2026-03-01"))));
    }

    #[test]
    fn what_is_no_date_is_refused_for_what_it_is() {
        check("2026-02-30", Err((FaultCode::DateImpossible, None)));
        check("31/9/2026", Err((FaultCode::DateImpossible, None)));
        check("2026-13-01", Err((FaultCode::DateImpossible, None)));
        check("46082", Err((FaultCode::DateSerialNumber, Some("2026-03-01"))));
        for text in [
            "1/3/26",
            "soon",
            "2026-03",
            "二〇二六年三月一日",
            "2026-3-+1",
            "2026-03-01 09:30",
            "Mar Mar 2026",
            "",
            "年月日",
        ] {
            check(text, Err((FaultCode::DateUnreadable, None)));
        }
    }
}
