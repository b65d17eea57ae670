//! Personal fields as the log holds them: ciphertext under a key that belongs to one subject and lives apart.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;

/// Whose key seals a field: a person, a roster not yet turned into people, a watchlist entry. It is a random name
/// (22 characters of base64url) given when the key is made. Erasing the key erases every field sealed under it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(pub SmolStr);

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Ciphertext (unpadded base64url of nonce and XChaCha20-Poly1305 output) and the subject whose key opens it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub of: Subject,
    #[serde(rename = "box")]
    pub ciphertext: Box<str>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed(of {}, {} bytes)", self.of, self.ciphertext.len())
    }
}
