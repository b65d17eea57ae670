//! Numbers of travel documents, and of telephones: shapes without a check digit.
//!
//! Sources. Passports: ICAO Doc 9303 part 4 (nine places at most). The two permits have no check digit in the number
//! itself. Telephones: ITU-T E.164, at most fifteen digits after the plus sign.

use crate::Wrong;

/// `prefix` capital letters, then one of these numbers of digits, and no more.
fn is_letters_then_digits(text: &str, prefix: usize, digits: &[usize]) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = text.get(letters..).unwrap_or_default();
    letters == prefix && digits.contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
}

fn shaped(plain: String, is_shaped: bool) -> Result<String, Wrong> {
    if is_shaped { Ok(plain) } else { Err(Wrong::Shape) }
}

pub(crate) fn mainland_travel_permit(plain: String) -> Result<String, Wrong> {
    let fits = plain.starts_with(['H', 'M']) && is_letters_then_digits(&plain, 1, &[8, 10]);
    shaped(plain, fits)
}

pub(crate) fn exit_entry_permit(plain: String) -> Result<String, Wrong> {
    // After C99999999 the card's second place became a letter: CA0000001.
    let fits = (plain.starts_with(['C', 'W']) && is_letters_then_digits(&plain, 1, &[8]))
        || (plain.starts_with('C') && is_letters_then_digits(&plain, 2, &[7]));
    shaped(plain, fits)
}

pub(crate) fn passport(plain: String) -> Result<String, Wrong> {
    let fits = (6..=9).contains(&plain.len())
        && plain.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && plain.bytes().any(|byte| byte.is_ascii_digit());
    shaped(plain, fits)
}

/// A telephone number with its country code in its one form, `+85250000101`, however it was spaced.
///
/// # Errors
/// Where it is none.
pub fn phone_number(text: &str) -> Result<String, Wrong> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '(' | ')' | '-' | '.')).collect();
    let plain = plain.strip_prefix("00").map_or(plain.clone(), |rest| format!("+{rest}"));
    let digits = plain.strip_prefix('+').unwrap_or_default();
    let fits = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    shaped(plain, fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Identifier::{self, ExitEntryPermit, MainlandTravelPermit, Passport};

    fn check(kind: Identifier, text: &str, want: Option<&str>) {
        assert_eq!(kind.one_form(text).ok().as_deref(), want, "{text}");
    }

    #[test]
    fn permits_and_passports_are_known_by_their_shape() {
        check(MainlandTravelPermit, "H00000101", Some("H00000101"));
        check(MainlandTravelPermit, "m 0000010102", Some("M0000010102"));
        check(MainlandTravelPermit, "H000001010", None);
        check(ExitEntryPermit, "C00000101", Some("C00000101"));
        check(ExitEntryPermit, "ca0000101", Some("CA0000101"));
        check(ExitEntryPermit, "W00000101", Some("W00000101"));
        check(ExitEntryPermit, "WA0000101", None);
        check(Passport, "zz 0001012", Some("ZZ0001012"));
        for wrong in ["ZZ001", "ZZ00010123", "ABCDEFG", "ZZ000101Ö"] {
            check(Passport, wrong, None);
        }
    }

    #[test]
    fn a_telephone_number_has_its_country_code_and_at_most_fifteen_digits() {
        for (typed, want) in [
            ("+852 5000 0101", Some("+85250000101")),
            ("0086 199-0000-0101", Some("+8619900000101")),
            ("5000 0101", None),
            ("+0852 50000101", None),
            ("+852 5000 0101 0000 0000", None),
            ("+85250O00101", None),
        ] {
            assert_eq!(phone_number(typed).ok().as_deref(), want, "{typed}");
        }
    }
}
