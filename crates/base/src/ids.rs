//! Identifiers: one type for each kind of thing, so that no function can be handed the wrong one.
//!
//! A numbered id is a small integer given out in order by the room that owns it; outside (pages, JSON, log) it is
//! written with its letter, `P-1042`. A `Key` is a short name that the zone folder defines, `hk-immigration`.

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;
use std::fmt;
use std::str::FromStr;

/// Said when a text is not an id of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdParseError {
    pub expected: &'static str,
}

impl fmt::Display for IdParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an identifier like {}", self.expected)
    }
}

impl std::error::Error for IdParseError {}

macro_rules! numbered_id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub u32);

        impl $name {
            pub const EXAMPLE: &'static str = concat!($letter, "-1042");

            /// The id after this one; rooms give ids out in order.
            #[must_use]
            pub fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "-{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdParseError;
            fn from_str(text: &str) -> Result<Self, IdParseError> {
                let wrong = IdParseError { expected: Self::EXAMPLE };
                let digits = text.strip_prefix(concat!($letter, "-")).ok_or(wrong.clone())?;
                let canonical = !digits.is_empty()
                    && digits.bytes().all(|b| b.is_ascii_digit())
                    && (digits == "0" || !digits.starts_with('0'));
                if !canonical {
                    return Err(wrong);
                }
                digits.parse().map(Self).map_err(|_| wrong)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    serializer.serialize_u32(self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("an identifier like ", $letter, "-1042"))
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                if deserializer.is_human_readable() {
                    deserializer.deserialize_str(Text)
                } else {
                    u32::deserialize(deserializer).map($name)
                }
            }
        }
    };
}

numbered_id!(/// A natural person known to the park.
    PersonId, "P");
numbered_id!(/// An organisation: employer, tenant, host.
    OrganisationId, "O");
numbered_id!(/// One application and all that was decided on it.
    CaseId, "C");
numbered_id!(/// What a case issued: a pass to cross on.
    PermitId, "T");
numbered_id!(/// An authorisation that a case granted and that is no pass.
    GrantId, "G");
numbered_id!(/// One walk from one bank to the other, from the gate's decision until arrival or return.
    PassageId, "X");
numbered_id!(/// A roster that an employer uploaded.
    RosterId, "R");
numbered_id!(/// One entry of a watchlist.
    WatchId, "W");
numbered_id!(/// A token that a program signs in with.
    TokenId, "K");
numbered_id!(/// One letter, in one language.
    LetterId, "L");
numbered_id!(/// Days on which offices were closed without notice.
    ClosureId, "D");
numbered_id!(/// That a person may act for an organisation for a while, and for what.
    DelegationId, "M");

/// A short name given by the zone folder (an office, a gate, a service, a policy): lower-case letters, digits, `-`
/// and `_`, at most 64 bytes. Up to 23 bytes it costs no allocation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Key(SmolStr);

impl Key {
    pub const BYTES_MAX: usize = 64;

    /// `None` where the text is empty, too long, or has a character that a key cannot have.
    pub fn new(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= Self::BYTES_MAX
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'));
        fits.then(|| Self(SmolStr::new(text)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Key {
    type Err = IdParseError;
    fn from_str(text: &str) -> Result<Self, IdParseError> {
        Self::new(text).ok_or(IdParseError { expected: "west-bridge (a-z, 0-9, - _ .)" })
    }
}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = SmolStr::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| de::Error::custom("not a key (a-z, 0-9, - _ . and at most 64 bytes)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_as_it_was_written_and_nothing_else_is() {
        assert_eq!("P-1042".parse(), Ok(PersonId(1042)));
        assert_eq!(PersonId(7).to_string(), "P-7");
        for wrong in ["", "P-", "P-01", "P-+1", "p-1", "C-1", "P-4294967296", "P-1 "] {
            assert!(wrong.parse::<PersonId>().is_err(), "{wrong:?} must be refused");
        }
    }

    #[test]
    fn a_key_refuses_what_could_be_mistaken_for_something_else() {
        assert!(Key::new("hk-immigration").is_some());
        for wrong in ["", "HK", "a b", "a/b", "河套", &"x".repeat(65)] {
            assert!(Key::new(wrong).is_none(), "{wrong:?} must be refused");
        }
    }
}
