//! The optional master key: wraps everything that the key file holds, so that the file alone opens nothing.

use crate::VaultError;
use crate::sealing::{SealingKey, associated};
use crate::sqlite::refuse_unless_private;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The environment variable that names the master key's file.
pub const MASTER_KEY_VARIABLE: &str = "HETAO_MASTER_KEY_FILE";

const DIGITS: usize = 64;
/// Digits, and a line end or two.
const FILE_BYTES_MAX: u64 = 128;

pub struct MasterKey(SealingKey);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey")
    }
}

impl MasterKey {
    /// The key in the file that `HETAO_MASTER_KEY_FILE` names; `None` where the variable is unset or empty.
    pub fn from_environment() -> Result<Option<Self>, VaultError> {
        match std::env::var_os(MASTER_KEY_VARIABLE) {
            Some(path) if !path.is_empty() => Self::from_file(&PathBuf::from(path)).map(Some),
            Some(_) | None => Ok(None),
        }
    }

    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        refuse_unless_private(path)?;
        let file_error = |source| VaultError::File { path: path.to_owned(), source };
        let unreadable = || VaultError::MasterKeyUnreadable { path: path.to_owned() };
        if std::fs::metadata(path).map_err(file_error)?.len() > FILE_BYTES_MAX {
            return Err(unreadable());
        }
        let text = Zeroizing::new(std::fs::read(path).map_err(file_error)?);
        let digits = text.trim_ascii();
        if digits.len() != DIGITS {
            return Err(unreadable());
        }
        let mut key = Zeroizing::new([0_u8; 32]);
        for (slot, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()));
            *slot = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or_else(unreadable)?;
        }
        Ok(Self(SealingKey::new(key)))
    }

    /// Tells this master key from another without telling anything about it.
    pub(crate) fn fingerprint(&self) -> Result<[u8; 32], VaultError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.bytes()).map_err(|_| VaultError::MasterKeyWrong)?;
        mac.update(b"hetao vault master key fingerprint");
        Ok(mac.finalize().into_bytes().into())
    }

    /// `table` and `name` are authenticated, so that wrapped keys cannot be swapped between rows.
    pub(crate) fn wrap(&self, table: &str, name: &str, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).map_err(|_| VaultError::NoRandomness)?;
        self.0.seal(nonce, &associated("hetao wrapped 1", table, name), bytes)
    }

    pub(crate) fn unwrap(&self, table: &str, name: &str, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.0.open(&associated("hetao wrapped 1", table, name), wrapped)
    }
}
