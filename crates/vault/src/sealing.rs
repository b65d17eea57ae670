//! The cipher: XChaCha20-Poly1305 with a random 24-byte nonce in front of the ciphertext. Knows no store and no names.

use crate::VaultError;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use std::fmt;
use zeroize::Zeroizing;

pub(crate) const KEY_BYTES: usize = 32;
pub(crate) const NONCE_BYTES: usize = 24;
pub(crate) const TAG_BYTES: usize = 16;

/// One subject's key, or the master key. Wiped when dropped, never printed.
#[derive(Clone)]
pub(crate) struct SealingKey(Zeroizing<[u8; KEY_BYTES]>);

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey")
    }
}

impl SealingKey {
    pub(crate) fn new(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        Self(bytes)
    }

    /// `None` where there are not exactly 32 bytes.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes: [u8; KEY_BYTES]| Self(Zeroizing::new(bytes)))
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// Nonce, ciphertext and tag in one.
    pub(crate) fn seal(
        &self,
        nonce: [u8; NONCE_BYTES],
        associated: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        let boxed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: associated })
            .map_err(|_| VaultError::Damaged)?;
        let mut out = Vec::with_capacity(NONCE_BYTES + boxed.len());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&boxed);
        Ok(out)
    }

    pub(crate) fn open(&self, associated: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, boxed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Damaged)?;
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        cipher
            .decrypt(nonce.into(), Payload { msg: boxed, aad: associated })
            .map(Zeroizing::new)
            .map_err(|_| VaultError::Damaged)
    }
}

/// What is authenticated beside the ciphertext. Lengths come first, so that no two pairs give the same bytes.
pub(crate) fn associated(domain: &str, owner: &str, context: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(domain.len() + owner.len() + context.len() + 24);
    for part in [domain, owner, context] {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part.as_bytes());
    }
    out
}
