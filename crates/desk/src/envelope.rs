//! An entry of the log: an event with when, by whom, and 16 random bytes, so that its hash tells nothing about it.
//!
//! `{"salt":"…","at":1790000000000,"by":"officer:P-3:hk-immigration","key":null,"event":{"cases":{"withdrawn":{…}}}}`

use crate::model::Event;
use base::{Actor, Instant};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most entries are smaller: crossings have some 1,300 bytes.
const BYTES_USUAL: usize = 1_536;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// 16 bytes in base64url.
    pub salt: Box<str>,
    pub at: Instant,
    pub by: Actor,
    /// On the first event of a submission that had an idempotency key: the key's digest and how many events it made.
    pub key: Option<(Box<str>, u32)>,
    pub event: Event,
}

/// The entry is not an event of any shape ever shipped.
#[derive(Debug)]
pub struct EnvelopeError(serde_json::Error);

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The position only: the text of the entry stays out of every message.
        write!(f, "not a known event (column {})", self.0.column())
    }
}

impl std::error::Error for EnvelopeError {}

/// An envelope that is only written, of parts that stay where they are.
#[derive(Serialize)]
pub(crate) struct Written<'a> {
    pub salt: &'a str,
    pub at: Instant,
    pub by: &'a Actor,
    pub key: Option<(&'a str, u32)>,
    pub event: &'a Event,
}

impl Written<'_> {
    /// The exact bytes that are stored and hashed.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BYTES_USUAL);
        // Every part serialises without failing: no map with keys that are not texts, no writer that can be full.
        let written = serde_json::to_writer(&mut bytes, self);
        debug_assert!(written.is_ok());
        bytes
    }
}

impl Envelope {
    /// The exact bytes that are stored and hashed.
    pub fn encode(&self) -> Vec<u8> {
        let Self { salt, at, by, key, event } = self;
        let key = key.as_ref().map(|(key, count)| (&**key, *count));
        Written { salt, at: *at, by, key, event }.encode()
    }

    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        // Looked at once as a whole, and not again for each text in it.
        let text = std::str::from_utf8(bytes).map_err(|error| EnvelopeError(serde::de::Error::custom(error)))?;
        serde_json::from_str(text).map_err(EnvelopeError)
    }
}
