//! Keys in memory: bounded, and never holding a key again once it was forgotten.
//!
//! Two generations instead of a full least-recently-used list: when the young one is full it becomes the old one, and
//! what is asked for again moves back. Reading a young key takes a shared lock only.

use crate::sealing::SealingKey;
use base::Subject;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Of each generation; two of them hold 131 072 keys in some 15 MB.
pub(crate) const GENERATION_KEYS_MAX: usize = 65_536;

/// The key is behind a pointer so that a growing table leaves no copies of it in freed memory.
type Generation = HashMap<Subject, Arc<SealingKey>>;

#[derive(Default)]
struct Generations {
    young: Generation,
    old: Generation,
    /// Counts forgettings. A key read from the file before one must not be remembered after it.
    epoch: u64,
}

#[derive(Default)]
pub(crate) struct KeyCache(RwLock<Generations>);

pub(crate) enum Cached {
    Key(Arc<SealingKey>),
    /// Not here; hand the epoch back with what the file says.
    Missing {
        epoch: u64,
    },
}

impl KeyCache {
    pub(crate) fn get(&self, subject: &Subject) -> Cached {
        let found_old = {
            let generations = self.read();
            if let Some(key) = generations.young.get(subject) {
                return Cached::Key(Arc::clone(key));
            }
            match generations.old.get(subject) {
                Some(key) => (Arc::clone(key), generations.epoch),
                None => return Cached::Missing { epoch: generations.epoch },
            }
        };
        let (key, epoch) = found_old;
        self.remember(subject, &key, epoch);
        Cached::Key(key)
    }

    /// Does nothing where anything was forgotten since `epoch`.
    pub(crate) fn remember(&self, subject: &Subject, key: &Arc<SealingKey>, epoch: u64) {
        let mut generations = self.write();
        if generations.epoch != epoch {
            return;
        }
        if generations.young.len() >= GENERATION_KEYS_MAX {
            generations.old = std::mem::take(&mut generations.young);
        }
        generations.young.insert(subject.clone(), Arc::clone(key));
    }

    pub(crate) fn forget(&self, subject: &Subject) {
        let mut generations = self.write();
        generations.young.remove(subject);
        generations.old.remove(subject);
        generations.epoch = generations.epoch.wrapping_add(1);
    }

    pub(crate) fn forget_all(&self) {
        let mut generations = self.write();
        generations.young.clear();
        generations.old.clear();
        generations.epoch = generations.epoch.wrapping_add(1);
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.read().epoch
    }

    // A thread that panicked while holding the lock left at worst a key uncached, so poisoning is no reason to stop.
    fn read(&self) -> RwLockReadGuard<'_, Generations> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Generations> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Arc<SealingKey> {
        Arc::new(SealingKey::from_slice(&[7; 32]).unwrap())
    }

    fn holds(cache: &KeyCache, subject: &Subject) -> bool {
        matches!(cache.get(subject), Cached::Key(_))
    }

    #[test]
    fn the_cache_is_bounded_and_keeps_what_is_asked_for() {
        let cache = KeyCache::default();
        let name = |n: usize| Subject(format!("subject-{n}").into());
        for n in 0..3 * GENERATION_KEYS_MAX {
            cache.remember(&name(n), &key(), 0);
            assert!(holds(&cache, &name(0)), "asked for after every insertion, yet lost after {n}");
        }
        let held = cache.read().young.len() + cache.read().old.len();
        assert!(held <= 2 * GENERATION_KEYS_MAX, "{held} keys are held");
        assert!(!holds(&cache, &name(1)));
    }

    #[test]
    fn a_key_read_before_an_erasure_is_not_remembered_after_it() {
        let cache = KeyCache::default();
        let subject = Subject("subject".into());
        let Cached::Missing { epoch } = cache.get(&subject) else { panic!("an empty cache held a key") };
        cache.forget(&subject);
        cache.remember(&subject, &key(), epoch);
        assert!(!holds(&cache, &subject));
    }
}
