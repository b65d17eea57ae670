//! What a browser gives when it subscribes: as `PushSubscription.toJSON()` writes it.

use crate::endpoint::{Endpoint, Hosts};
use crate::{PushError, decode};
use aws_lc_rs::agreement::{ECDH_P256, ParsedPublicKey, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

pub(crate) const POINT_BYTES: usize = 65;
pub(crate) const SECRET_BYTES: usize = 16;
/// As text, with what some pad it with.
const KEY_CHARS_MAX: usize = 128;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    pub endpoint: String,
    pub keys: Keys,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The browser's point of P-256, base64url.
    pub p256dh: String,
    /// Sixteen bytes that only the browser and whoever writes to it know, base64url.
    pub auth: String,
}

impl Subscription {
    /// Whether it can be written to at all.
    pub fn check(&self, hosts: Hosts) -> Result<Endpoint, PushError> {
        let endpoint = Endpoint::parse(&self.endpoint, hosts)?;
        self.point()?;
        self.secret()?;
        Ok(endpoint)
    }

    pub(crate) fn point(&self) -> Result<Vec<u8>, PushError> {
        let point = key(&self.keys.p256dh, POINT_BYTES)?;
        ParsedPublicKey::try_from(UnparsedPublicKey::new(&ECDH_P256, &point)).map_err(|_| PushError::Keys)?;
        Ok(point)
    }

    pub(crate) fn secret(&self) -> Result<Vec<u8>, PushError> {
        key(&self.keys.auth, SECRET_BYTES)
    }
}

fn key(text: &str, bytes: usize) -> Result<Vec<u8>, PushError> {
    if text.len() > KEY_CHARS_MAX {
        return Err(PushError::Keys);
    }
    decode(text).filter(|key| key.len() == bytes).ok_or(PushError::Keys)
}
