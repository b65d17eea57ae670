//! What can go wrong in the vault. No text here ever holds plaintext, a key, or a value that was read.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the key of this subject was erased; nothing sealed for it can be opened again")]
    Erased,
    #[error("this vault never held a key for this subject; check that the key file belongs to this log")]
    UnknownSubject,
    #[error("a sealed field does not open: it was altered, or belongs to another subject or field")]
    Damaged,
    #[error("a sealed field opened, but what it holds has not the expected shape")]
    UnexpectedShape,
    #[error("a field for sealing could not be written as JSON")]
    Unwritable,
    #[error("{what} is {size}, the limit is {limit}")]
    TooLarge { what: &'static str, size: usize, limit: usize },
    #[error("{path} can be used by others (mode {mode:o}); run `chmod 600` on it and ask who has read it")]
    NotPrivate { path: PathBuf, mode: u32 },
    #[error("{path} is not a key file of this program")]
    NotAVault { path: PathBuf },
    #[error("{path} exists already; a backup never overwrites a file")]
    AlreadyThere { path: PathBuf },
    #[error("the keys are wrapped by a master key; name its file in HETAO_MASTER_KEY_FILE")]
    MasterKeyMissing,
    #[error("the master key is not the one that wrapped these keys")]
    MasterKeyWrong,
    #[error("{path} is no master key: 64 hexadecimal digits are expected, such as `openssl rand -hex 32` prints")]
    MasterKeyUnreadable { path: PathBuf },
    #[error(
        "the key is out of use, but the file is busy or could not be rewritten and may still hold its bytes: erase again"
    )]
    ErasureUnfinished,
    #[error("this vault is in memory only; there is no file to back up")]
    InMemory,
    #[error("nothing was made to be kept under that name")]
    NothingMade,
    #[error("the operating system gave no random bytes")]
    NoRandomness,
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("the key file failed: {0}")]
    Store(#[from] rusqlite::Error),
}
