//! Identity documents: the shape of their numbers, and the check digits of those that have one.
//!
//! Sources. Hong Kong identity card: weights 9 to 2 over two places of prefix (a missing letter counts 36, A is 10) and
//! six digits, modulo 11. Resident identity card: GB 11643-1999 with ISO 7064 MOD 11-2. Passports: ICAO Doc 9303 part 4
//! (nine places at most). The two permits have no check digit in the number itself.
//!
//! Whether a document exists or belongs to its bearer is for the authorities; nothing here asks anybody.

use crate::FaultCode;
use base::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a document without an end carries as its last day.
pub const NO_EXPIRY: Date = Date::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// 香港身份證. Adults' cards have no date of expiry.
    HongKongIdentityCard,
    /// 居民身份证. Cards issued from the age of 46 have no date of expiry.
    MainlandIdentityCard,
    /// 港澳居民來往內地通行證 (回鄉證).
    MainlandTravelPermit,
    /// 往來港澳通行證.
    ExitEntryPermit,
    Passport,
}

impl DocumentKind {
    pub const ALL: [DocumentKind; 5] = [
        DocumentKind::HongKongIdentityCard,
        DocumentKind::MainlandIdentityCard,
        DocumentKind::MainlandTravelPermit,
        DocumentKind::ExitEntryPermit,
        DocumentKind::Passport,
    ];

    /// In kebab case; the label is the message `roster-document-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            DocumentKind::HongKongIdentityCard => "hong-kong-identity-card",
            DocumentKind::MainlandIdentityCard => "mainland-identity-card",
            DocumentKind::MainlandTravelPermit => "mainland-travel-permit",
            DocumentKind::ExitEntryPermit => "exit-entry-permit",
            DocumentKind::Passport => "passport",
        }
    }

    /// Whether an empty cell may stand for "no date of expiry".
    pub(crate) fn may_have_no_expiry(self) -> bool {
        matches!(self, DocumentKind::HongKongIdentityCard | DocumentKind::MainlandIdentityCard)
    }

    /// The number in the kind's one form, or what is wrong with it.
    pub(crate) fn number(self, text: &str) -> Result<String, FaultCode> {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '(' | ')' | '-' | '.'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        match self {
            DocumentKind::HongKongIdentityCard => hong_kong_identity_card(&plain),
            DocumentKind::MainlandIdentityCard => mainland_identity_card(&plain),
            DocumentKind::MainlandTravelPermit => mainland_travel_permit(plain),
            DocumentKind::ExitEntryPermit => exit_entry_permit(plain),
            DocumentKind::Passport => passport(plain),
        }
    }

    /// What makes two numbers the same document: the last two digits of a travel permit only count its renewals.
    pub(crate) fn identity(self, number: &str) -> &str {
        match self {
            DocumentKind::MainlandTravelPermit => number.get(..9).unwrap_or(number),
            DocumentKind::HongKongIdentityCard
            | DocumentKind::MainlandIdentityCard
            | DocumentKind::ExitEntryPermit
            | DocumentKind::Passport => number,
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// `prefix` capital letters, then one of these numbers of digits, and no more.
fn is_letters_then_digits(text: &str, prefix: usize, digits: &[usize]) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = text.get(letters..).unwrap_or_default();
    letters == prefix && digits.contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
}

fn hong_kong_identity_card(plain: &str) -> Result<String, FaultCode> {
    let wrong = FaultCode::HongKongIdentityCardShape;
    let (body, check) = plain.split_at_checked(plain.len().saturating_sub(1)).ok_or(wrong)?;
    let shaped = is_letters_then_digits(body, 1, &[6]) || is_letters_then_digits(body, 2, &[6]);
    let check_value = match check.as_bytes() {
        [b'A'] => 10,
        [digit @ b'0'..=b'9'] => u32::from(digit.saturating_sub(b'0')),
        _ => return Err(wrong),
    };
    if !shaped {
        return Err(wrong);
    }
    // A blank place before a single letter has the value 36 and, like every first place, the weight 9.
    let blank = if body.len() == 7 { Some(36) } else { None };
    let values = blank.into_iter().chain(body.chars().filter_map(|c| c.to_digit(36)));
    let sum: u32 = values.zip((2..=9).rev()).map(|(value, weight)| value.saturating_mul(weight)).sum();
    if sum.saturating_add(check_value).is_multiple_of(11) {
        Ok(format!("{body}({check})"))
    } else {
        Err(FaultCode::HongKongIdentityCardCheckDigit)
    }
}

fn mainland_identity_card(plain: &str) -> Result<String, FaultCode> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let wrong = FaultCode::MainlandIdentityCardShape;
    if plain.len() != 18 || !plain.is_ascii() {
        return Err(wrong);
    }
    let (body, check) = plain.split_at_checked(17).ok_or(wrong)?;
    let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
    let check_is_shaped = check.chars().all(|c| c.is_ascii_digit() || c == 'X');
    if digits.len() != 17 || !check_is_shaped || !is_province(body) || birth_date_inside(plain).is_none() {
        return Err(wrong);
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit.saturating_mul(weight)).sum();
    let expected = CHECKS.into_iter().nth(usize::try_from(sum % 11).unwrap_or(usize::MAX));
    if check.chars().next() == expected { Ok(plain.to_owned()) } else { Err(FaultCode::MainlandIdentityCardCheckDigit) }
}

/// Provinces, autonomous regions and municipalities of GB/T 2260, with 81 to 83 for residence permits of people from
/// Hong Kong, Macao and Taiwan, and 91 for permanent residents from abroad.
fn is_province(body: &str) -> bool {
    let province = body.get(..2).and_then(|two| two.parse::<u32>().ok());
    province.is_some_and(
        |code| matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91),
    )
}

/// The date of birth that a resident identity card's number holds.
pub(crate) fn birth_date_inside(number: &str) -> Option<Date> {
    let year = number.get(6..10)?.parse().ok()?;
    let month = number.get(10..12)?.parse().ok()?;
    let day = number.get(12..14)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

fn mainland_travel_permit(plain: String) -> Result<String, FaultCode> {
    let shaped = plain.starts_with(['H', 'M']) && is_letters_then_digits(&plain, 1, &[8, 10]);
    if shaped { Ok(plain) } else { Err(FaultCode::MainlandTravelPermitShape) }
}

fn exit_entry_permit(plain: String) -> Result<String, FaultCode> {
    // After C99999999 the card's second place became a letter: CA0000001.
    let shaped = (plain.starts_with(['C', 'W']) && is_letters_then_digits(&plain, 1, &[8]))
        || (plain.starts_with('C') && is_letters_then_digits(&plain, 2, &[7]));
    if shaped { Ok(plain) } else { Err(FaultCode::ExitEntryPermitShape) }
}

fn passport(plain: String) -> Result<String, FaultCode> {
    let shaped = (6..=9).contains(&plain.len())
        && plain.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && plain.bytes().any(|byte| byte.is_ascii_digit());
    if shaped { Ok(plain) } else { Err(FaultCode::PassportShape) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DocumentKind::*;

    fn check(kind: DocumentKind, text: &str, want: Result<&str, FaultCode>) {
        assert_eq!(kind.number(text), want.map(str::to_owned), "{text}");
    }

    #[test]
    fn hong_kong_identity_cards_are_checked_with_one_letter_and_with_two() {
        check(HongKongIdentityCard, "G123456(A)", Ok("G123456(A)"));
        check(HongKongIdentityCard, "g123456 a", Ok("G123456(A)"));
        // The published specimen card, made so that it can never be anybody's.
        check(HongKongIdentityCard, "C668668(E)", Err(FaultCode::HongKongIdentityCardShape));
        check(HongKongIdentityCard, "A123456(3)", Ok("A123456(3)"));
        check(HongKongIdentityCard, "A123456(4)", Err(FaultCode::HongKongIdentityCardCheckDigit));
        check(HongKongIdentityCard, "AB987654(3)", Ok("AB987654(3)"));
        check(HongKongIdentityCard, "AB987654(2)", Err(FaultCode::HongKongIdentityCardCheckDigit));
        for text in ["", "A", "(", "A12345(3)", "1234567(3)", "ABC123456(3)", "證123456(3)", "A123456(證)"] {
            check(HongKongIdentityCard, text, Err(FaultCode::HongKongIdentityCardShape));
        }
    }

    #[test]
    fn resident_identity_cards_are_checked_with_their_date_of_birth() {
        // The example of GB 11643-1999.
        check(MainlandIdentityCard, "11010519491231002X", Ok("11010519491231002X"));
        check(MainlandIdentityCard, "11010519491231002x", Ok("11010519491231002X"));
        check(MainlandIdentityCard, "110105194912310021", Err(FaultCode::MainlandIdentityCardCheckDigit));
        for text in
            ["110105491231002", "11010519491331002X", "99010519491231002X", "1101051949123100XX", "身份證身份證"]
        {
            check(MainlandIdentityCard, text, Err(FaultCode::MainlandIdentityCardShape));
        }
        assert_eq!(birth_date_inside("11010519491231002X"), Some(Date::constant(1949, 12, 31)));
    }

    #[test]
    fn permits_and_passports_are_checked_by_their_shape() {
        check(MainlandTravelPermit, "H00000101", Ok("H00000101"));
        check(MainlandTravelPermit, "m 0000010102", Ok("M0000010102"));
        check(MainlandTravelPermit, "H000001010", Err(FaultCode::MainlandTravelPermitShape));
        check(ExitEntryPermit, "C00000101", Ok("C00000101"));
        check(ExitEntryPermit, "CA0000101", Ok("CA0000101"));
        check(ExitEntryPermit, "W00000101", Ok("W00000101"));
        check(ExitEntryPermit, "WA0000101", Err(FaultCode::ExitEntryPermitShape));
        check(Passport, "zz 0001012", Ok("ZZ0001012"));
        check(Passport, "ZZ00010", Ok("ZZ00010"));
        for text in ["ZZ001", "ZZ00010123", "ABCDEFG", "ZZ000101Ö"] {
            check(Passport, text, Err(FaultCode::PassportShape));
        }
    }

    #[test]
    fn a_renewed_travel_permit_is_the_same_document() {
        assert_eq!(MainlandTravelPermit.identity("H0000010102"), MainlandTravelPermit.identity("H00000101"));
    }
}
