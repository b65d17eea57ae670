//! The vault: keys that seal personal fields, one for each subject, and the server's own secrets. Apart from the log.
//!
//! # What it is for
//! The log is append-only and its tree must verify for ever, yet the privacy law of both banks lets a person be
//! forgotten. So a personal field enters the log only as ciphertext under its subject's key; the key lives here, in
//! `keys.sqlite`, and erasing the key erases the field everywhere at once: log, snapshots, backups of the log.
//!
//! # Nouns
//! A **subject** is a random name that owns one key (`base::Subject`). A **sealed** field (`base::Sealed`) is the
//! subject and XChaCha20-Poly1305 output; subject and **context** (which field of what: `person/document-number`) are
//! authenticated with it, so ciphertext moved to another person or another field does not open. A **tombstone** is a
//! subject whose key was erased. A **secret** or **blob** is something the server made once and keeps.
//!
//! # Invariants
//! - A subject returned by `create_subjects` is durable before the call returns, so no event can name a key that a
//!   power cut then loses.
//! - After `erase` returns, no byte of the key is in `keys.sqlite`, its `-wal` or its `-shm`; another process that has
//!   the same file open stops opening that subject's fields within [`RECHECK_MILLISECONDS`].
//! - An erased subject is never given a key again.
//! - No plaintext and no key is ever part of an error's text or of any `Debug` output.
//!
//! # What protects the keys, honestly
//! - By default **file mode alone**: `keys.sqlite` is created 0600 and refused when group or others can read or write
//!   it. Whoever can read the server's files as the server's user, or has its disk, has the keys.
//! - With `HETAO_MASTER_KEY_FILE` set to a file (mode 0600) that holds 64 hexadecimal digits, such as
//!   `openssl rand -hex 32` prints, all that is stored is wrapped under that key; put the file on another medium (a
//!   secret mount, a token's file system) and a stolen disk or backup of `keys.sqlite` alone opens nothing. Setting it
//!   on an existing vault wraps what is there; from then on the vault does not open without it. Changing the master
//!   key is not built yet.
//! - Keys in use are in the process's memory, wiped when dropped, but neither locked against swapping nor kept out of
//!   core dumps. `erase` rewrites the file; it cannot reach blocks that a file system or flash disk has remapped, nor
//!   earlier **backups of the key file**: these must be destroyed, or the erasure repeated after restoring one.
//!
//! # What it must not know
//! Persons, cases, the log, the web. It reads no configuration besides `HETAO_MASTER_KEY_FILE`.

mod cache;
mod entropy;
mod error;
mod master;
mod sealing;
mod sqlite;
mod store;
mod vault;

#[cfg(test)]
mod tests;

pub use error::VaultError;
pub use master::{MASTER_KEY_VARIABLE, MasterKey};
pub use vault::{RECHECK_MILLISECONDS, Vault};
pub use zeroize::Zeroizing;
