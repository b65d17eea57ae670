//! Where keys, names and nonces come from: the operating system, or a seed when a day is simulated.
//!
//! Under a seed a nonce depends on what is sealed, not on the order of calls, so that a simulation that seals on
//! several threads still writes the same log. Equal fields then get equal ciphertext: fit for synthetic people only.

use crate::VaultError;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) enum Entropy {
    System,
    Seeded { seed: [u8; 32], drawn: AtomicU64 },
}

impl Entropy {
    pub(crate) fn seeded(seed: u64) -> Self {
        let mut bytes = [0; 32];
        for (slot, byte) in bytes.iter_mut().zip(seed.to_be_bytes()) {
            *slot = byte;
        }
        Entropy::Seeded { seed: bytes, drawn: AtomicU64::new(0) }
    }

    /// Fresh bytes, never the same twice.
    pub(crate) fn fill(&self, out: &mut [u8]) -> Result<(), VaultError> {
        match self {
            Entropy::System => getrandom::fill(out).map_err(|_| VaultError::NoRandomness),
            Entropy::Seeded { seed, drawn } => {
                let number = drawn.fetch_add(1, Ordering::Relaxed);
                expand(seed, &[b"draw", &number.to_be_bytes()], out)
            }
        }
    }

    /// Bytes for the secret of that name: under a seed the same in every run, whatever was drawn before.
    pub(crate) fn fill_named(&self, name: &str, out: &mut [u8]) -> Result<(), VaultError> {
        match self {
            Entropy::System => self.fill(out),
            Entropy::Seeded { seed, .. } => expand(seed, &[b"named", name.as_bytes()], out),
        }
    }

    /// A nonce for sealing `plaintext`.
    pub(crate) fn nonce(&self, associated: &[u8], plaintext: &[u8]) -> Result<[u8; 24], VaultError> {
        let mut nonce = [0; 24];
        match self {
            Entropy::System => self.fill(&mut nonce)?,
            Entropy::Seeded { seed, .. } => expand(seed, &[b"nonce", associated, plaintext], &mut nonce)?,
        }
        Ok(nonce)
    }
}

/// HMAC-SHA-256 of the length-prefixed parts and a block number, as many blocks as `out` needs.
fn expand(seed: &[u8; 32], parts: &[&[u8]], out: &mut [u8]) -> Result<(), VaultError> {
    for (block, chunk) in (0_u64..).zip(out.chunks_mut(32)) {
        let mut mac = Hmac::<Sha256>::new_from_slice(seed).map_err(|_| VaultError::NoRandomness)?;
        mac.update(&block.to_be_bytes());
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        for (slot, byte) in chunk.iter_mut().zip(mac.finalize().into_bytes()) {
            *slot = byte;
        }
    }
    Ok(())
}
