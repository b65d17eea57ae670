//! **Web push**, as bytes: what a browser's push service takes, and what the browser opens.
//!
//! Nouns: *subscription* (where a browser is written to, and its keys), *endpoint* (its address at a push service),
//! *hosts* (which endpoints may be written to), *VAPID key* (what a push service knows the park by).
//!
//! Formats: RFC 8291 (a message sealed for one browser, `aes128gcm` of RFC 8188), RFC 8292 (VAPID). The cryptography is
//! that of aws-lc-rs; the crates that do this whole (`web-push-native`, `web-push`) bring an older generation of every
//! primitive or OpenSSL with them.
//!
//! Invariants: a message has one record and fits in what every push service has to take; every message has a salt and a
//! key of its own; an endpoint that is no public host's is refused as text and, by `is_public`, as address.
//!
//! It must not know: people, notices, HTTP clients, a clock.

mod endpoint;
mod message;
mod subscription;
#[cfg(test)]
mod tests;
mod vapid;

pub use endpoint::{Endpoint, Hosts, is_public};
pub use message::{BODY_BYTES_MAX, PLAINTEXT_BYTES_MAX, open, seal};
pub use subscription::{Keys, Subscription};
pub use vapid::{VALID_SECONDS_MAX, VapidKey, verify};

use std::fmt;

/// Why a subscription or a message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushError {
    /// No address, or longer than any push service gives.
    Endpoint,
    /// An address that is not reached over an encrypted connection, or is no public host's.
    EndpointNotPublic,
    /// No point of P-256, or no secret of sixteen bytes.
    Keys,
    TooLong,
    /// Not sealed for this key, or changed on the way.
    NotOpened,
    /// The library gave no key, or no chance.
    Cryptography,
    /// A signature that does not fit, or for another service, or out of its time.
    NotVouchedFor,
}

impl fmt::Display for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PushError::Endpoint => "this is no address of a push service",
            PushError::EndpointNotPublic => "the address is not that of a public host over an encrypted connection",
            PushError::Keys => "these are no keys of a subscription",
            PushError::TooLong => "the message is longer than a push service takes",
            PushError::NotOpened => "the message does not open",
            PushError::Cryptography => "no key could be made",
            PushError::NotVouchedFor => "the sender is not vouched for",
        })
    }
}

impl std::error::Error for PushError {}

fn encode(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Some browsers' libraries pad it.
fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
