//! Identity documents as rosters name them. What their numbers look like is `identifiers`' to check.
//!
//! Whether a document exists or belongs to its bearer is for the authorities; nothing here asks anybody.

use crate::FaultCode;
use base::Date;
use identifiers::{Identifier, Wrong};
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

    /// The kind of this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether an empty cell may stand for "no date of expiry".
    pub(crate) fn may_have_no_expiry(self) -> bool {
        self.identifier().may_have_no_expiry()
    }

    /// The number in the kind's one form, however it was spaced, bracketed and cased.
    ///
    /// # Errors
    /// What is wrong with its shape or its check digit; the words for it say nothing of rosters.
    pub fn number(self, text: &str) -> Result<String, FaultCode> {
        self.identifier().one_form(text).map_err(|wrong| match (self, wrong) {
            (DocumentKind::HongKongIdentityCard, Wrong::Shape) => FaultCode::HongKongIdentityCardShape,
            (DocumentKind::HongKongIdentityCard, Wrong::CheckDigit) => FaultCode::HongKongIdentityCardCheckDigit,
            (DocumentKind::MainlandIdentityCard, Wrong::Shape) => FaultCode::MainlandIdentityCardShape,
            (DocumentKind::MainlandIdentityCard, Wrong::CheckDigit) => FaultCode::MainlandIdentityCardCheckDigit,
            (DocumentKind::MainlandTravelPermit, _) => FaultCode::MainlandTravelPermitShape,
            (DocumentKind::ExitEntryPermit, _) => FaultCode::ExitEntryPermitShape,
            (DocumentKind::Passport, _) => FaultCode::PassportShape,
        })
    }

    fn identifier(self) -> Identifier {
        match self {
            DocumentKind::HongKongIdentityCard => Identifier::HongKongIdentityCard,
            DocumentKind::MainlandIdentityCard => Identifier::MainlandIdentityCard,
            DocumentKind::MainlandTravelPermit => Identifier::MainlandTravelPermit,
            DocumentKind::ExitEntryPermit => Identifier::ExitEntryPermit,
            DocumentKind::Passport => Identifier::Passport,
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

#[cfg(test)]
mod tests {
    use super::*;
    use DocumentKind::*;

    fn check(kind: DocumentKind, text: &str, want: Result<&str, FaultCode>) {
        assert_eq!(kind.number(text), want.map(str::to_owned), "{text}");
    }

    #[test]
    fn identity_cards_are_checked_by_shape_and_by_their_check_digit() {
        check(HongKongIdentityCard, "g123456 a", Ok("G123456(A)"));
        check(HongKongIdentityCard, "A123456(4)", Err(FaultCode::HongKongIdentityCardCheckDigit));
        // The published specimen card, made so that it can never be anybody's.
        check(HongKongIdentityCard, "C668668(E)", Err(FaultCode::HongKongIdentityCardShape));
        check(MainlandIdentityCard, "11010519491231002x", Ok("11010519491231002X"));
        check(MainlandIdentityCard, "110105194912310021", Err(FaultCode::MainlandIdentityCardCheckDigit));
        check(MainlandIdentityCard, "11010519491331002X", Err(FaultCode::MainlandIdentityCardShape));
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
