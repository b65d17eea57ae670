//! An idempotency key as the zone remembers it: fixed in size, so that the nodes of the map, which are copied when they
//! change, are copied at once and not text by text.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::fmt;

const BYTES: usize = 64;

/// In the order of the texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptKey([u8; BYTES]);

impl KeptKey {
    /// A key that does not fit, or could not be told from another one, is kept as its digest.
    pub fn of(key: &str) -> Self {
        Self::fitting(key).unwrap_or_else(|| {
            let digest = format!("#{}", BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(key)));
            Self::padded(&digest)
        })
    }

    fn fitting(key: &str) -> Option<Self> {
        (key.len() <= BYTES && !key.contains('\0')).then(|| Self::padded(key))
    }

    fn padded(key: &str) -> Self {
        let mut bytes = [0; BYTES];
        bytes.iter_mut().zip(key.bytes()).for_each(|(slot, byte)| *slot = byte);
        Self(bytes)
    }

    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(BYTES);
        // Made of a text, whole.
        self.0.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl fmt::Debug for KeptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl Serialize for KeptKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for KeptKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = smol_str::SmolStr::deserialize(deserializer)?;
        Self::fitting(&text).ok_or_else(|| de::Error::custom("no idempotency key that was remembered"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kept_in_the_order_of_their_texts_and_told_apart() {
        let long = "k".repeat(BYTES + 1);
        let longer = "k".repeat(BYTES + 2);
        for key in ["", "a", "abc.def", &long[..BYTES], "鑰匙"] {
            assert_eq!(KeptKey::of(key).as_str(), key, "kept as it is");
        }
        for (one, other) in [("a", "ab"), ("ab", "b"), ("", "a"), ("a.z", "a.zz")] {
            assert!(KeptKey::of(one) < KeptKey::of(other), "{one} < {other}");
        }
        let kept = [&long, &longer, "a", "a\0", "\0"].map(KeptKey::of);
        for (at, one) in kept.iter().enumerate() {
            assert!(kept.iter().skip(at + 1).all(|other| one != other), "{one:?} is one key's alone");
            let read: KeptKey = serde_json::from_str(&serde_json::to_string(one).unwrap()).unwrap();
            assert_eq!(read, *one);
        }
    }
}
