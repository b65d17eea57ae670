//! The pass itself: an SD-JWT VC that a phone shows as a QR code and a gate verifies in the time of one signature.
//!
//! # What it is for
//! Issuing (RFC 9901 SD-JWT, the SD-JWT VC draft, ES256), presenting with key binding, verifying at the gate, the
//! Token Status List that tells other verifiers of revocations, and the QR code. Pure functions over bytes, besides
//! fresh salts and signatures; time always comes in.
//!
//! # Nouns
//! A **pass** is `<issuer-signed JWT>~<disclosure>~…~`. A **presentation** is a pass with some of its disclosures left
//! out and a **key-binding JWT** at its end, signed by the **holder key** whose public half (`cnf.jwk`) the issuer
//! signed. A **form** says where that key lives and hence how long a presentation is good.
//!
//! # What the pass holds
//! Header `{"alg":"ES256","kid":…,"typ":"dc+sd-jwt"}`; claims `iss`, `iat`, `nbf`, `exp`, `vct`, `status.status_list`
//! (`idx`, `uri`), `cnf.jwk`, `_sd`, `_sd_alg` and our own `permit` (`T-1042`) and `kind`. Personal claims (name, photo
//! reference, employer) are disclosures, so that a gate sees only what it needs. Only top-level claims are disclosable:
//! a pass with `_sd` or `...` further down is refused.
//!
//! # What a browser signs
//! With the pass `P` as the portal handed it out, in any language:
//! 1. Split `P` at `~`: first the JWT, then the disclosures, last an empty text. Each disclosure is unpadded base64url
//!    of `["salt","name",value]`. Keep the JWT and those disclosures to be shown, in their order, and join: `H` is the
//!    JWT, `~`, then each kept disclosure followed by `~`. So `H` always ends in `~`.
//! 2. `sd_hash` is unpadded base64url of the SHA-256 of the ASCII bytes of `H`.
//! 3. The header is the bytes `{"alg":"ES256","typ":"kb+jwt"}`. The payload is the JSON object
//!    `{"iat":1795339200,"aud":"urn:hetao:gate","nonce":"…","sd_hash":"…"}` and nothing else: `iat` whole seconds since
//!    1970 UTC, `aud` the gate audience plus the form's ending (see [`Form`]), `nonce` 16 fresh random bytes in unpadded
//!    base64url (1 to 128 characters are accepted).
//! 4. The signing input `S` is base64url(header) + `.` + base64url(payload), unpadded. Sign its ASCII bytes by
//!    `crypto.subtle.sign({name: "ECDSA", hash: "SHA-256"}, privateKey, bytes)`: WebCrypto's 64 bytes `r‖s` are what JWS
//!    wants, no conversion. The key is made by `generateKey({name: "ECDSA", namedCurve: "P-256"}, false, ["sign"])`; its
//!    public half, `exportKey("jwk", publicKey)`, parses as [`Jwk`] with `ext` and `key_ops` left in.
//! 5. The presentation, and the text of the QR code, is `H` + `S` + `.` + base64url(signature).
//!
//! # Invariants
//! - The algorithm is ES256, never read from the token as a choice; `none` and HMAC cannot be selected.
//! - Whatever byte of a presentation is changed, it is refused.
//! - `Verified::digest` names the signed content and not the signature, so a second signature over the same content
//!   (ECDSA signatures are malleable) is still recognised as a replay.
//!
//! # What it must not know
//! Whether a pass is in force, where its holder may go, what was seen before: validity times, status and replay belong
//! to the rulebook and the desk, which get them in [`Verified`].

mod cache;
mod disclosure;
mod error;
mod issue;
mod jwk;
mod jws;
mod keys;
mod present;
mod qr;
pub mod status_list;
mod strict;
mod verifier;

#[cfg(test)]
mod tests;

pub use error::{CredentialError, VerificationFault};
pub use issue::{PassClaims, issue};
pub use jwk::Jwk;
pub use keys::{HolderKey, IssuerKey};
pub use present::{Form, present};
pub use qr::qr_svg;
pub use verifier::{Freshness, Verified, Verifier};

/// A presentation, or a pass, is never longer.
pub const PRESENTATION_BYTES_MAX: usize = 8 * 1024;
/// Nor has it more disclosures.
pub const DISCLOSURES_MAX: usize = 32;
