//! The vault's one handle: sealing, opening, erasing, secrets. Cheap to clone, safe to share between threads.

use crate::VaultError;
use crate::cache::{Cached, GENERATION_KEYS_MAX, KeyCache};
use crate::entropy::Entropy;
use crate::master::MasterKey;
use crate::sealing::{KEY_BYTES, NONCE_BYTES, SealingKey, TAG_BYTES, associated};
use crate::sqlite::SqliteStore;
use crate::store::{KeyStore, Lookup, MemoryStore};
use base::{Sealed, Subject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;
use zeroize::Zeroizing;

/// How long another process's erasure may go unnoticed here.
pub const RECHECK_MILLISECONDS: u64 = 100;

const SUBJECTS_MAX: usize = 100_000;
/// A roster's file has 4 MiB at most, and its faulty rows, cut as they are, come to less than 12.
const PLAINTEXT_BYTES_MAX: usize = 16 << 20;
const BLOB_BYTES_MAX: usize = 1 << 16;
const NAME_BYTES_MAX: usize = 128;

#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    store: Box<dyn KeyStore>,
    keys: KeyCache,
    secrets: RwLock<HashMap<String, Zeroizing<[u8; KEY_BYTES]>>>,
    entropy: Entropy,
    opened: Instant,
    /// Milliseconds after `opened` at which the file was last asked whether another process wrote to it.
    checked: AtomicU64,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// Opens the key file, making it where there is none, under the master key that the environment names, if any.
    pub fn open(path: &Path) -> Result<Self, VaultError> {
        Self::open_with(path, MasterKey::from_environment()?)
    }

    /// As `open`, with the master key given. A vault that was not wrapped so far is wrapped now.
    pub fn open_with(path: &Path, master: Option<MasterKey>) -> Result<Self, VaultError> {
        let vault = Self::over(Box::new(SqliteStore::open(path, master)?), Entropy::System);
        let epoch = vault.0.keys.epoch();
        for (subject, key) in vault.0.store.some_keys(GENERATION_KEYS_MAX)? {
            vault.0.keys.remember(&subject, &key, epoch);
        }
        Ok(vault)
    }

    /// In memory only: for tests.
    pub fn memory() -> Self {
        Self::over(Box::new(MemoryStore::default()), Entropy::System)
    }

    /// In memory, and the same at every run for the same seed: for the simulation. Its keys can be computed by anybody
    /// who knows the seed, so no real person's field belongs in it.
    pub fn seeded(seed: u64) -> Self {
        Self::over(Box::new(MemoryStore::default()), Entropy::seeded(seed))
    }

    fn over(store: Box<dyn KeyStore>, entropy: Entropy) -> Self {
        Self(Arc::new(Inner {
            store,
            keys: KeyCache::default(),
            secrets: RwLock::default(),
            entropy,
            opened: Instant::now(),
            checked: AtomicU64::new(0),
        }))
    }

    /// Fresh subjects, each with its key, in one durable commit.
    pub fn create_subjects(&self, count: usize) -> Result<Vec<Subject>, VaultError> {
        within("the number of new subjects", count, SUBJECTS_MAX)?;
        let mut created = Vec::with_capacity(count);
        for _ in 0..count {
            let mut name = [0; 16];
            let mut key = Zeroizing::new([0; KEY_BYTES]);
            self.0.entropy.fill(&mut name)?;
            self.0.entropy.fill(key.as_mut_slice())?;
            let subject = Subject(URL_SAFE_NO_PAD.encode(name).into());
            created.push((subject, Arc::new(SealingKey::new(key))));
        }
        let epoch = self.0.keys.epoch();
        self.0.store.insert(&created)?;
        for (subject, key) in &created {
            self.0.keys.remember(subject, key, epoch);
        }
        Ok(created.into_iter().map(|(subject, _)| subject).collect())
    }

    /// Seals one field. `context` says which field of what it is (`person/document-number`); it is not secret, must not
    /// be personal, and the same one is needed for opening.
    pub fn seal(&self, subject: &Subject, context: &str, plaintext: &[u8]) -> Result<Sealed, VaultError> {
        within("a field for sealing", plaintext.len(), PLAINTEXT_BYTES_MAX)?;
        let key = self.key(subject)?;
        let associated = field(subject, context);
        let nonce = self.0.entropy.nonce(&associated, plaintext)?;
        let sealed = key.seal(nonce, &associated, plaintext)?;
        Ok(Sealed { of: subject.clone(), ciphertext: URL_SAFE_NO_PAD.encode(sealed).into() })
    }

    /// `Erased` where the key is gone, `Damaged` where it does not open.
    pub fn open_sealed(&self, sealed: &Sealed, context: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let bytes_max = NONCE_BYTES + PLAINTEXT_BYTES_MAX + TAG_BYTES;
        within("a sealed field", sealed.ciphertext.len(), bytes_max.div_ceil(3) * 4)?;
        let key = self.key(&sealed.of)?;
        let bytes = URL_SAFE_NO_PAD.decode(sealed.ciphertext.as_bytes()).map_err(|_| VaultError::Damaged)?;
        key.open(&field(&sealed.of, context), &bytes)
    }

    pub fn seal_json<T: Serialize + ?Sized>(
        &self,
        subject: &Subject,
        context: &str,
        value: &T,
    ) -> Result<Sealed, VaultError> {
        let text = serde_json::to_vec(value).map(Zeroizing::new).map_err(|_| VaultError::Unwritable)?;
        self.seal(subject, context, &text)
    }

    pub fn open_json<T: DeserializeOwned>(&self, sealed: &Sealed, context: &str) -> Result<T, VaultError> {
        let text = self.open_sealed(sealed, context)?;
        // serde_json's own message quotes the value, which is personal: it is dropped here.
        serde_json::from_slice(&text).map_err(|_| VaultError::UnexpectedShape)
    }

    /// Erases the subject's key for good; `false` where that was done before. On `ErasureUnfinished` the key is out of
    /// use but its bytes may linger in the file: call again.
    pub fn erase(&self, subject: &Subject) -> Result<bool, VaultError> {
        let erased = self.0.store.erase(subject);
        self.0.keys.forget(subject);
        erased
    }

    /// Whether the subject's key is there: asked of the file, not of what was remembered of it.
    pub fn holds(&self, subject: &Subject) -> Result<bool, VaultError> {
        Ok(matches!(self.0.store.lookup(subject)?, Lookup::Key(_)))
    }

    /// How often keys were forgotten here: after an erasure it is another number, also after another process's, once that
    /// is noticed. For whoever keeps what was opened, and has to forget it then.
    pub fn forgettings(&self) -> Result<u64, VaultError> {
        self.notice_other_processes()?;
        Ok(self.0.keys.epoch())
    }

    /// Removes the keys of subjects for whom nothing was kept after all: what they were made for was refused. There is
    /// nothing to forget, so no tombstone is left and the file is not written anew.
    pub fn discard(&self, subjects: &[Subject]) -> Result<(), VaultError> {
        let discarded = self.0.store.discard(subjects);
        subjects.iter().for_each(|subject| self.0.keys.forget(subject));
        discarded
    }

    /// A secret of the server itself (cookie key, seed of the log's signing key): made at random at the first call.
    pub fn secret(&self, name: &str) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
        self.named_secret("secret", name)
    }

    /// As `secret`, for keys with a shape of their own; `make` is called only where nothing is kept by that name yet,
    /// and an empty answer from it is an error.
    pub fn blob(&self, name: &str, make: impl FnOnce() -> Vec<u8>) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        within("a secret's name", name.len(), NAME_BYTES_MAX)?;
        let name = format!("blob:{name}");
        if let Some(kept) = self.0.store.value(&name)? {
            return Ok(kept);
        }
        let made = Zeroizing::new(make());
        within("a secret", made.len(), BLOB_BYTES_MAX)?;
        // A maker that failed and gave nothing must not be remembered for ever.
        if made.is_empty() {
            return Err(VaultError::NothingMade);
        }
        // Where another process was faster, its value is the one that counts.
        self.0.store.keep_value(&name, &made)
    }

    /// HMAC-SHA-256 under a secret of that purpose: equal texts can be matched without being kept. Normalise the text
    /// before; whoever holds the vault can still try candidates one by one.
    pub fn tag(&self, purpose: &str, text: &str) -> Result<[u8; 32], VaultError> {
        let key = self.named_secret("tag", purpose)?;
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).map_err(|_| VaultError::Damaged)?;
        mac.update(text.as_bytes());
        Ok(mac.finalize().into_bytes().into())
    }

    /// Writes a consistent copy of the key file to a new file of mode 0600, while the vault is in use. The copy holds
    /// the keys: an erasure has to be repeated on it, or it has to be destroyed.
    pub fn backup_to(&self, path: &Path) -> Result<(), VaultError> {
        self.0.store.backup_to(path)
    }

    fn key(&self, subject: &Subject) -> Result<Arc<SealingKey>, VaultError> {
        self.notice_other_processes()?;
        match self.0.keys.get(subject) {
            Cached::Key(key) => Ok(key),
            Cached::Missing { epoch } => match self.0.store.lookup(subject)? {
                Lookup::Key(key) => {
                    self.0.keys.remember(subject, &key, epoch);
                    Ok(key)
                }
                Lookup::Erased => Err(VaultError::Erased),
                Lookup::Unknown => Err(VaultError::UnknownSubject),
            },
        }
    }

    /// Drops the cached keys when another process wrote to the file: it may have erased one of them.
    fn notice_other_processes(&self) -> Result<(), VaultError> {
        let now = u64::try_from(self.0.opened.elapsed().as_millis()).unwrap_or(u64::MAX);
        let checked = self.0.checked.load(Ordering::Acquire);
        let due = now.saturating_sub(checked) >= RECHECK_MILLISECONDS;
        // Only one of several threads goes and asks.
        if due
            && self.0.checked.compare_exchange(checked, now, Ordering::AcqRel, Ordering::Acquire).is_ok()
            && self.0.store.changed_elsewhere()?
        {
            self.0.keys.forget_all();
        }
        Ok(())
    }

    fn named_secret(&self, kind: &str, name: &str) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
        within("a secret's name", name.len(), NAME_BYTES_MAX)?;
        let name = format!("{kind}:{name}");
        if let Some(secret) = self.0.secrets.read().unwrap_or_else(PoisonError::into_inner).get(&name) {
            return Ok(secret.clone());
        }
        let kept = match self.0.store.value(&name)? {
            Some(kept) => kept,
            None => {
                let mut made = Zeroizing::new([0; KEY_BYTES]);
                self.0.entropy.fill_named(&name, made.as_mut_slice())?;
                self.0.store.keep_value(&name, made.as_slice())?
            }
        };
        let secret = SealingKey::from_slice(&kept).ok_or(VaultError::Damaged)?;
        let secret = Zeroizing::new(*secret.bytes());
        self.0.secrets.write().unwrap_or_else(PoisonError::into_inner).insert(name, secret.clone());
        Ok(secret)
    }
}

fn field(subject: &Subject, context: &str) -> Vec<u8> {
    associated("hetao sealed 1", &subject.0, context)
}

fn within(what: &'static str, size: usize, limit: usize) -> Result<(), VaultError> {
    if size > limit { Err(VaultError::TooLarge { what, size, limit }) } else { Ok(()) }
}
