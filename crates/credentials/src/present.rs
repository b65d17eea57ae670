//! Presenting a pass: choosing what to show, and the key-binding JWT (RFC 9901, 4.3). A browser does the same.

use crate::jws::{self, Header};
use crate::{CredentialError, HolderKey, PRESENTATION_BYTES_MAX, disclosure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub(crate) const TYP: &str = "kb+jwt";
pub(crate) const NONCE_BYTES_MAX: usize = 128;

/// Where the holder's key lives, told by the ending of the key-binding JWT's `aud`, which is signed.
///
/// | form | `aud` | good for (by default) | shown once? |
/// |---|---|---|---|
/// | `Phone` | `urn:hetao:gate` | 60 seconds | yes: a second showing is a replay |
/// | `Portal` | `urn:hetao:gate#portal` | 5 minutes | yes |
/// | `Card` | `urn:hetao:gate#card` | 400 days | no: the same code every day; whoever copies the card has it |
///
/// The form is the holder's word. The desk must accept `Portal` and `Card` only for holder keys that the portal itself
/// keeps (compare `Verified::holder_thumbprint`), or a phone's owner could make a code that lives for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// In the browser, not exportable.
    Phone,
    /// At the portal, for a page without scripts.
    Portal,
    /// At the portal, used once to print a card.
    Card,
}

impl Form {
    pub const ALL: [Form; 3] = [Form::Phone, Form::Portal, Form::Card];

    fn ending(self) -> &'static str {
        match self {
            Form::Phone => "",
            Form::Portal => "#portal",
            Form::Card => "#card",
        }
    }

    /// The `aud` of a presentation of this form, for a gate audience such as `urn:hetao:gate`.
    pub fn audience(self, gate: &str) -> String {
        format!("{gate}{}", self.ending())
    }

    pub(crate) fn of(audience: &str, gate: &str) -> Option<Self> {
        let ending = audience.strip_prefix(gate)?;
        Form::ALL.into_iter().find(|form| form.ending() == ending)
    }
}

/// The payload of a key-binding JWT, and nothing else may be in it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Binding {
    pub(crate) iat: i64,
    pub(crate) aud: String,
    pub(crate) nonce: String,
    pub(crate) sd_hash: String,
}

/// The presentation that shows the claims named in `disclose` and no others; `audience` as [`Form::audience`] gives
/// it, `issued_at` in seconds. A name that the pass has no disclosure for is an error.
pub fn present(
    sd_jwt: &str,
    disclose: &[&str],
    key: &HolderKey,
    audience: &str,
    nonce: &str,
    issued_at: i64,
) -> Result<String, CredentialError> {
    let error = CredentialError::Presentation;
    if sd_jwt.len() > PRESENTATION_BYTES_MAX {
        return Err(error("the pass is too long"));
    }
    if nonce.is_empty() || nonce.len() > NONCE_BYTES_MAX {
        return Err(error("the nonce must have 1 to 128 bytes"));
    }
    let issued = sd_jwt.strip_suffix('~').ok_or(error("the pass does not end in `~`"))?;
    let mut parts = issued.split('~');
    let mut shown = format!("{}~", parts.next().unwrap_or_default());
    let mut wanted = disclose.to_vec();
    for encoded in parts {
        let name = disclosure::parse(encoded).map_err(|_| error("a disclosure is damaged"))?.name;
        if wanted.contains(&name.as_str()) {
            wanted.retain(|wanted| *wanted != name);
            shown.push_str(encoded);
            shown.push('~');
        }
    }
    if !wanted.is_empty() {
        return Err(error("the pass has no disclosure of a name that is to be shown"));
    }
    let sd_hash = jws::encode(Sha256::digest(shown.as_bytes()));
    let binding = Binding { iat: issued_at, aud: audience.to_owned(), nonce: nonce.to_owned(), sd_hash };
    shown.push_str(&jws::sign(&Header::new(TYP, None), &binding, |message| key.sign(message))?);
    if shown.len() > PRESENTATION_BYTES_MAX {
        return Err(error("it would be longer than 8 KiB"));
    }
    Ok(shown)
}
