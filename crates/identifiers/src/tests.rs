//! Right numbers from the standards themselves, and the same with one place mistyped.

use super::Identifier::*;
use super::*;

#[track_caller]
fn check(identifier: Identifier, text: &str, want: Result<&str, Wrong>) {
    let got = identifier.one_form(text);
    assert_eq!(got, want.map(str::to_owned), "{text}");
    if let Ok(form) = got {
        assert_eq!(identifier.check(&form), Ok(()), "{form} is its own one form");
    }
}

#[test]
fn hong_kong_identity_cards_are_checked_with_one_letter_and_with_two() {
    check(HongKongIdentityCard, "G123456(A)", Ok("G123456(A)"));
    check(HongKongIdentityCard, "g123456 a", Ok("G123456(A)"));
    check(HongKongIdentityCard, "A123456(3)", Ok("A123456(3)"));
    check(HongKongIdentityCard, "A123456(4)", Err(Wrong::CheckDigit));
    check(HongKongIdentityCard, "AB987654(3)", Ok("AB987654(3)"));
    check(HongKongIdentityCard, "AB987654(2)", Err(Wrong::CheckDigit));
    for text in ["", "A", "(", "A12345(3)", "1234567(3)", "ABC123456(3)", "證123456(3)", "A123456(證)", "C668668(E)"]
    {
        check(HongKongIdentityCard, text, Err(Wrong::Shape));
    }
}

#[test]
fn resident_identity_cards_are_checked_with_their_date_of_birth() {
    // The example of GB 11643-1999.
    check(MainlandIdentityCard, "11010519491231002x", Ok("11010519491231002X"));
    check(MainlandIdentityCard, "110105194912310021", Err(Wrong::CheckDigit));
    for text in ["110105491231002", "11010519491331002X", "99010519491231002X", "1101051949123100XX", "身份證身份證"]
    {
        check(MainlandIdentityCard, text, Err(Wrong::Shape));
    }
    assert_eq!(birth_date_inside("11010519491231002X"), Some(Date::constant(1949, 12, 31)));
}

#[test]
fn unified_social_credit_codes_are_checked_modulo_31() {
    // The example of GB 32100-2015.
    check(UnifiedSocialCreditCode, "91350100M000100Y43", Ok("91350100M000100Y43"));
    check(UnifiedSocialCreditCode, "91 110000 600037341l", Ok("91110000600037341L"));
    check(UnifiedSocialCreditCode, "91350100M000100Y34", Err(Wrong::CheckDigit));
    check(UnifiedSocialCreditCode, "91110000600037342L", Err(Wrong::CheckDigit));
    for text in ["", "91350100M000100Y4", "91350100M000100Y433", "9135O100M000100Y43", "91350100M00010IY43", "信用代码"]
    {
        check(UnifiedSocialCreditCode, text, Err(Wrong::Shape));
    }
}

#[test]
fn business_registrations_and_commodity_codes_have_a_shape_alone() {
    check(BusinessRegistration, "12345678", Ok("12345678"));
    check(BusinessRegistration, "1234567", Err(Wrong::Shape));
    check(BusinessRegistration, "1234567A", Err(Wrong::Shape));
    check(HsCode, "9018.90", Ok("901890"));
    check(HsCode, "90189099", Ok("90189099"));
    check(HsCode, "9018.9099.19", Ok("9018909919"));
    for text in ["", "9018", "9018909", "779018", "009018", "901B90", "９０１８９０"] {
        check(HsCode, text, Err(Wrong::Shape));
    }
}

#[test]
fn a_number_with_any_one_place_mistyped_is_found_out() {
    for (identifier, right, letters) in [
        (HongKongIdentityCard, "A123456(3)", "0123456789"),
        (MainlandIdentityCard, "11010519491231002X", "0123456789"),
        (UnifiedSocialCreditCode, "91350100M000100Y43", "0123456789ABCDEFGHJKLMNPQRTUWXY"),
    ] {
        for at in right.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).map(|(at, _)| at) {
            for letter in letters.chars().filter(|letter| !right[at..].starts_with(*letter)) {
                let mut wrong = right.to_owned();
                wrong.replace_range(at..=at, &letter.to_string());
                assert!(identifier.one_form(&wrong).is_err(), "{wrong}");
            }
        }
    }
}

#[test]
fn only_the_one_form_is_in_order_where_it_is_asked_for() {
    for (identifier, text) in
        [(HongKongIdentityCard, "A1234563"), (HsCode, "9018.90"), (HongKongIdentityCard, "a123456(3)")]
    {
        assert!(identifier.one_form(text).is_ok());
        assert_eq!(identifier.check(text), Err(Wrong::Shape), "{text}");
    }
}
