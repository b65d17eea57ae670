//! Passes already verified, by the digest of what was shown; bounded.
//!
//! Two generations: when the young one is full it becomes the old one, and what is asked for again moves back.

use crate::verifier::Trusted;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Of each generation; both together hold 32 768 passes of about a kilobyte.
pub(crate) const GENERATION_MAX: usize = 16_384;

type Generation = HashMap<[u8; 32], Arc<Trusted>>;

#[derive(Default)]
struct Generations {
    young: Generation,
    old: Generation,
}

#[derive(Default)]
pub(crate) struct Seen(RwLock<Generations>);

impl Seen {
    pub(crate) fn get(&self, digest: &[u8; 32]) -> Option<Arc<Trusted>> {
        let found_old = {
            // A panic elsewhere cannot leave a half-made entry: entries are inserted whole.
            let generations = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(trusted) = generations.young.get(digest) {
                return Some(Arc::clone(trusted));
            }
            Arc::clone(generations.old.get(digest)?)
        };
        self.insert(*digest, &found_old);
        Some(found_old)
    }

    pub(crate) fn insert(&self, digest: [u8; 32], trusted: &Arc<Trusted>) {
        let mut generations = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if generations.young.len() >= GENERATION_MAX {
            generations.old = std::mem::take(&mut generations.young);
        }
        generations.young.insert(digest, Arc::clone(trusted));
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        let generations = self.0.read().unwrap();
        generations.young.len() + generations.old.len()
    }
}
