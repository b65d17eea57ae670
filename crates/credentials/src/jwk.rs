//! A public P-256 key as JSON Web Key (RFC 7517), checked to be a point of the curve, and its thumbprint (RFC 7638).

use crate::CredentialError;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, de};
use sha2::{Digest, Sha256};
use std::fmt;

const COORDINATE_BYTES: usize = 32;
/// The first byte of an uncompressed point.
const UNCOMPRESSED: u8 = 4;
pub(crate) const POINT_BYTES: usize = 1 + 2 * COORDINATE_BYTES;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Jwk {
    /// Uncompressed: 4, x, y.
    point: [u8; POINT_BYTES],
}

/// The members in the order that RFC 7638 hashes them in.
#[derive(Serialize)]
struct Written {
    crv: &'static str,
    kty: &'static str,
    x: String,
    y: String,
}

/// As WebCrypto exports a public key, and nothing more: `d`, the private part, is an unknown field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    kty: String,
    crv: String,
    x: String,
    y: String,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    #[serde(rename = "kid")]
    _kid: Option<de::IgnoredAny>,
    #[serde(rename = "key_ops")]
    _key_ops: Option<de::IgnoredAny>,
    #[serde(rename = "ext")]
    _ext: Option<de::IgnoredAny>,
}

impl Jwk {
    pub(crate) fn from_point(point: &[u8]) -> Result<Self, CredentialError> {
        let point = point.try_into().map_err(|_| CredentialError::PublicKey("it is not an uncompressed point"))?;
        let key = Self { point };
        key.parsed()?;
        Ok(key)
    }

    /// Of the JSON text of a JWK.
    pub fn parse(text: &str) -> Result<Self, CredentialError> {
        serde_json::from_str(text).map_err(|_| CredentialError::PublicKey("it is no JSON Web Key of an EC public key"))
    }

    /// SHA-256 over the required members, RFC 7638.
    pub fn thumbprint(&self) -> [u8; 32] {
        // These four members are ASCII without anything to escape: the text is the JSON that the RFC asks for.
        let written = self.written();
        let text =
            format!(r#"{{"crv":"{}","kty":"{}","x":"{}","y":"{}"}}"#, written.crv, written.kty, written.x, written.y);
        Sha256::digest(text.as_bytes()).into()
    }

    pub(crate) fn parsed(&self) -> Result<ParsedPublicKey, CredentialError> {
        ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.point)
            .map_err(|_| CredentialError::PublicKey("it is not a point of the curve"))
    }

    fn written(&self) -> Written {
        let coordinate =
            |at: usize| URL_SAFE_NO_PAD.encode(self.point.get(at..at + COORDINATE_BYTES).unwrap_or_default());
        Written { crv: "P-256", kty: "EC", x: coordinate(1), y: coordinate(1 + COORDINATE_BYTES) }
    }
}

impl fmt::Debug for Jwk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Jwk({})", URL_SAFE_NO_PAD.encode(self.thumbprint()))
    }
}

impl Serialize for Jwk {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Jwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Read::deserialize(deserializer)?;
        Self::try_from(read).map_err(de::Error::custom)
    }
}

impl TryFrom<Read> for Jwk {
    type Error = CredentialError;
    fn try_from(read: Read) -> Result<Self, CredentialError> {
        if read.kty != "EC" || read.crv != "P-256" {
            return Err(CredentialError::PublicKey("it is for another curve"));
        }
        if read.alg.is_some_and(|alg| alg != "ES256") || read.usage.is_some_and(|usage| usage != "sig") {
            return Err(CredentialError::PublicKey("it is for another use"));
        }
        let mut point = vec![UNCOMPRESSED];
        for coordinate in [read.x, read.y] {
            let bytes = URL_SAFE_NO_PAD.decode(coordinate).unwrap_or_default();
            if bytes.len() != COORDINATE_BYTES {
                return Err(CredentialError::PublicKey("a coordinate is not 32 bytes in base64url"));
            }
            point.extend_from_slice(&bytes);
        }
        Self::from_point(&point)
    }
}
