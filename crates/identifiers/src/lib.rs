//! Numbers that authorities give to people, businesses and goods, and those of telephones: their shape, their check digit, their one form.
//!
//! Sources. Hong Kong identity card: weights 9 to 2 over two places of prefix (a missing letter counts 36, A is 10) and
//! six digits, modulo 11. Resident identity card: GB 11643-1999 with ISO 7064 MOD 11-2. Unified social credit code:
//! GB 32100-2015, weights of powers of 3, modulo 31. Hong Kong business registration: eight digits, of which none
//! checks the others. Harmonised System: six digits by the convention, eight (Hong Kong) or ten (Mainland).
//! Travel documents and telephones: see `travel`.
//!
//! It must not know: forms, rosters, pages. Whether a number was ever given out is for the authorities; nothing here
//! asks anybody.

#[cfg(test)]
mod tests;
mod travel;

pub use travel::phone_number;

use base::Date;
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifier {
    /// 香港身份證, `A123456(3)`.
    HongKongIdentityCard,
    /// 居民身份证, eighteen places.
    MainlandIdentityCard,
    /// 统一社会信用代码, eighteen places.
    UnifiedSocialCreditCode,
    /// 商業登記號碼, eight digits.
    BusinessRegistration,
    /// 協調制度編號／商品编码.
    HsCode,
    /// 港澳居民來往內地通行證 (回鄉證).
    MainlandTravelPermit,
    /// 往來港澳通行證.
    ExitEntryPermit,
    /// 護照.
    Passport,
}

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Shape,
    /// It has the right shape, so one place of it was mistyped.
    CheckDigit,
}

impl Identifier {
    /// What a person is identified by.
    pub const DOCUMENTS: [Identifier; 5] = [
        Identifier::HongKongIdentityCard,
        Identifier::MainlandIdentityCard,
        Identifier::MainlandTravelPermit,
        Identifier::ExitEntryPermit,
        Identifier::Passport,
    ];

    pub const ALL: [Identifier; 8] = [
        Identifier::HongKongIdentityCard,
        Identifier::MainlandIdentityCard,
        Identifier::UnifiedSocialCreditCode,
        Identifier::BusinessRegistration,
        Identifier::HsCode,
        Identifier::MainlandTravelPermit,
        Identifier::ExitEntryPermit,
        Identifier::Passport,
    ];

    /// In snake case: the `kind` of a form's field.
    pub fn as_str(self) -> &'static str {
        match self {
            Identifier::HongKongIdentityCard => "hong_kong_identity_card",
            Identifier::MainlandIdentityCard => "mainland_identity_card",
            Identifier::UnifiedSocialCreditCode => "unified_social_credit_code",
            Identifier::BusinessRegistration => "business_registration",
            Identifier::HsCode => "hs_code",
            Identifier::MainlandTravelPermit => "mainland_travel_permit",
            Identifier::ExitEntryPermit => "exit_entry_permit",
            Identifier::Passport => "passport",
        }
    }

    /// The word of an identity document's kind in kebab case, as every service's form and every roster writes it.
    pub fn document_code(self) -> Option<&'static str> {
        match self {
            Identifier::HongKongIdentityCard => Some("hong-kong-identity-card"),
            Identifier::MainlandIdentityCard => Some("mainland-identity-card"),
            Identifier::MainlandTravelPermit => Some("mainland-travel-permit"),
            Identifier::ExitEntryPermit => Some("exit-entry-permit"),
            Identifier::Passport => Some("passport"),
            Identifier::UnifiedSocialCreditCode | Identifier::BusinessRegistration | Identifier::HsCode => None,
        }
    }

    /// The identity document whose kind has this code.
    pub fn of_document_code(code: &str) -> Option<Self> {
        Self::DOCUMENTS.into_iter().find(|document| document.document_code() == Some(code))
    }

    /// Whether such a document may have no date of expiry: the two identity cards.
    pub fn may_have_no_expiry(self) -> bool {
        matches!(self, Identifier::HongKongIdentityCard | Identifier::MainlandIdentityCard)
    }

    /// The number in its one form, however it was spaced, bracketed and cased.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn one_form(self, text: &str) -> Result<String, Wrong> {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '(' | ')' | '-' | '.'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        match self {
            Identifier::HongKongIdentityCard => hong_kong_identity_card(&plain),
            Identifier::MainlandIdentityCard => mainland_identity_card(plain),
            Identifier::UnifiedSocialCreditCode => unified_social_credit_code(plain),
            Identifier::BusinessRegistration => digits_only(plain, &[8]),
            Identifier::HsCode => hs_code(plain),
            Identifier::MainlandTravelPermit => travel::mainland_travel_permit(plain),
            Identifier::ExitEntryPermit => travel::exit_entry_permit(plain),
            Identifier::Passport => travel::passport(plain),
        }
    }

    /// What is wrong with a number that should be in its one form already.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(self, text: &str) -> Result<(), Wrong> {
        if self.one_form(text)? == text { Ok(()) } else { Err(Wrong::Shape) }
    }
}

fn hong_kong_identity_card(plain: &str) -> Result<String, Wrong> {
    let (body, check) = plain.split_at_checked(plain.len().saturating_sub(1)).ok_or(Wrong::Shape)?;
    let letters = body.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = body.get(letters..).unwrap_or_default();
    let shaped = (1..=2).contains(&letters) && digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let check_value = match check.as_bytes() {
        [b'A'] => 10,
        [digit @ b'0'..=b'9'] => u32::from(digit.saturating_sub(b'0')),
        _ => return Err(Wrong::Shape),
    };
    if !shaped {
        return Err(Wrong::Shape);
    }
    // A blank place before a single letter has the value 36 and, like every first place, the weight 9.
    let blank = if letters == 1 { Some(36) } else { None };
    let values = blank.into_iter().chain(body.chars().filter_map(|c| c.to_digit(36)));
    let sum: u32 = values.zip((2..=9).rev()).map(|(value, weight)| value.saturating_mul(weight)).sum();
    if sum.saturating_add(check_value).is_multiple_of(11) {
        Ok(format!("{body}({check})"))
    } else {
        Err(Wrong::CheckDigit)
    }
}

fn mainland_identity_card(plain: String) -> Result<String, Wrong> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    if plain.len() != 18 || !plain.is_ascii() {
        return Err(Wrong::Shape);
    }
    let (body, check) = plain.split_at_checked(17).ok_or(Wrong::Shape)?;
    let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
    let check_is_shaped = check.chars().all(|c| c.is_ascii_digit() || c == 'X');
    if digits.len() != 17 || !check_is_shaped || !is_province(body) || birth_date_inside(&plain).is_none() {
        return Err(Wrong::Shape);
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit.saturating_mul(weight)).sum();
    let expected = CHECKS.into_iter().nth(usize::try_from(sum % 11).unwrap_or(usize::MAX));
    if check.chars().next() == expected { Ok(plain) } else { Err(Wrong::CheckDigit) }
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
pub fn birth_date_inside(number: &str) -> Option<Date> {
    let year = number.get(6..10)?.parse().ok()?;
    let month = number.get(10..12)?.parse().ok()?;
    let day = number.get(12..14)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

fn unified_social_credit_code(plain: String) -> Result<String, Wrong> {
    /// In order of value; I, O, S, V and Z are left out because they look like digits.
    const PLACES: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Vec<usize> = plain.chars().filter_map(|c| PLACES.find(c)).collect();
    let divisions = plain.get(2..8).unwrap_or_default();
    if plain.len() != 18 || values.len() != 18 || !divisions.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong::Shape);
    }
    let mut weight = 1;
    let mut sum = 0;
    for value in values.iter().take(17) {
        sum = (sum + value * weight) % 31;
        weight = weight * 3 % 31;
    }
    if values.last() == Some(&((31 - sum) % 31)) { Ok(plain) } else { Err(Wrong::CheckDigit) }
}

fn hs_code(plain: String) -> Result<String, Wrong> {
    let chapter = plain.get(..2).and_then(|two| two.parse::<u32>().ok());
    // Chapter 77 is kept for later by the convention; 98 and 99 are countries' own.
    if !chapter.is_some_and(|chapter| matches!(chapter, 1..=76 | 78..=99)) {
        return Err(Wrong::Shape);
    }
    digits_only(plain, &[6, 8, 10])
}

fn digits_only(plain: String, lengths: &[usize]) -> Result<String, Wrong> {
    let shaped = lengths.contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_digit());
    if shaped { Ok(plain) } else { Err(Wrong::Shape) }
}
