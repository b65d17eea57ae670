//! Sums of money, in minor units: how they are typed, and how they are read back.

use serde::{Deserialize, Serialize};

/// Both banks' currencies have a hundred minor units. The codes stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Hkd,
    Cny,
}

impl Currency {
    pub const ALL: [Currency; 2] = [Currency::Hkd, Currency::Cny];

    /// ISO 4217.
    pub fn code(self) -> &'static str {
        match self {
            Currency::Hkd => "HKD",
            Currency::Cny => "CNY",
        }
    }
}

/// `1,234.50`, as a person types it.
pub fn typed(minor_units: i64) -> String {
    let sign = if minor_units < 0 { "-" } else { "" };
    let (major, minor) = (minor_units.unsigned_abs() / 100, minor_units.unsigned_abs() % 100);
    let digits = major.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{minor:02}")
}

/// The minor units of `1,234.50`, `1234.5` or `1234`; nothing where it is not clear what is meant.
pub fn minor_units(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let (sign, typed) = typed.strip_prefix('-').map_or((1, typed), |rest| (-1, rest));
    let (major, minor) = typed.split_once('.').unwrap_or((typed, "00"));
    let minor: i64 = match minor.len() {
        1 => digits(minor)?.checked_mul(10)?,
        2 => digits(minor)?,
        _ => return None,
    };
    let major = grouped_digits(major)?;
    major.checked_mul(100)?.checked_add(minor)?.checked_mul(sign)
}

/// With commas at every third place, or with none: `12,34` is somebody's decimal comma.
fn grouped_digits(text: &str) -> Option<i64> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    if !rest.is_empty() && (first.len() > 3 || rest.iter().any(|group| group.len() != 3)) {
        return None;
    }
    digits(&format!("{first}{}", rest.concat()))
}

fn digits(text: &str) -> Option<i64> {
    let only_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_typed_with_or_without_commas_and_minor_units() {
        for (text, want) in [
            ("1,234.50", Some(123_450)),
            ("1234.5", Some(123_450)),
            (" 1234 ", Some(123_400)),
            ("0.05", Some(5)),
            ("-1,000,000.00", Some(-100_000_000)),
            ("12,34", None),
            ("1234,567", None),
            ("1.234", None),
            ("1.", None),
            (".5", None),
            ("", None),
            ("HK$5", None),
            ("1e3", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(minor_units(text), want, "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_out_reads_back_as_it_was() {
        for minor in [0, 5, 99, 100, 123_450, 100_000_000, -7, i64::MAX / 100] {
            assert_eq!(minor_units(&typed(minor)), Some(minor), "{}", typed(minor));
        }
        assert_eq!(typed(123_450), "1,234.50");
    }
}
