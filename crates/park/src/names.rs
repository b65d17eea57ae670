//! Names that were opened, for the pages that show the same ones over and over: bounded, in memory alone, and all of them
//! forgotten whenever a key is.
//!
//! A name is known by what it was sealed as: its nonce, which no other sealed field has. So a name that was corrected is
//! another one, and nothing has to be told about events.

use base::Sealed;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use vault::Zeroizing;

/// Of each generation; both together hold 65 536 names in some 8 MB.
const GENERATION_MAX: usize = 32_768;
/// Characters of the ciphertext that hold the nonce: 24 bytes in base64url.
const NONCE_CHARS: usize = 32;

type Nonce = [u8; NONCE_CHARS];
/// Wiped when it is forgotten.
type Name = Arc<Zeroizing<Box<str>>>;

#[derive(Default)]
struct Generations {
    young: HashMap<Nonce, Name>,
    old: HashMap<Nonce, Name>,
    /// How often the vault had forgotten keys when these were opened.
    forgettings: u64,
}

#[derive(Default)]
pub(crate) struct Names(RwLock<Generations>);

impl Names {
    /// The name, if it was opened since the vault last forgot a key.
    pub fn get(&self, sealed: &Sealed, forgettings: u64) -> Option<String> {
        let nonce = nonce_of(sealed)?;
        let old = {
            // Whole names are kept or none: a panic elsewhere leaves no half one.
            let generations = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if generations.forgettings != forgettings {
                drop(generations);
                self.forget_before(forgettings);
                return None;
            }
            if let Some(name) = generations.young.get(&nonce) {
                return Some(name.to_string());
            }
            Arc::clone(generations.old.get(&nonce)?)
        };
        self.keep_as(nonce, &old, forgettings);
        Some(old.to_string())
    }

    /// Keeps a name that was opened after the vault had forgotten keys so often.
    pub fn keep(&self, sealed: &Sealed, name: &str, forgettings: u64) {
        if let Some(nonce) = nonce_of(sealed) {
            self.keep_as(nonce, &Arc::new(Zeroizing::new(name.into())), forgettings);
        }
    }

    fn keep_as(&self, nonce: Nonce, name: &Name, forgettings: u64) {
        self.forget_before(forgettings);
        let mut generations = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // A name opened before a key was forgotten may be that key's.
        if generations.forgettings != forgettings {
            return;
        }
        if generations.young.len() >= GENERATION_MAX {
            generations.old = std::mem::take(&mut generations.young);
        }
        generations.young.insert(nonce, Arc::clone(name));
    }

    fn forget_before(&self, forgettings: u64) {
        let is_behind = |generations: &Generations| generations.forgettings < forgettings;
        if is_behind(&self.0.read().unwrap_or_else(PoisonError::into_inner)) {
            let mut generations = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if is_behind(&generations) {
                *generations = Generations { forgettings, ..Generations::default() };
            }
        }
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        let generations = self.0.read().unwrap();
        generations.young.len() + generations.old.len()
    }
}

fn nonce_of(sealed: &Sealed) -> Option<Nonce> {
    sealed.ciphertext.as_bytes().first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Subject;

    fn sealed(number: usize) -> Sealed {
        Sealed { of: Subject("subject".into()), ciphertext: format!("{number:032}…").into() }
    }

    #[test]
    fn names_are_forgotten_when_a_key_is_and_never_kept_again_from_before() {
        let names = Names::default();
        names.keep(&sealed(1), "甲", 0);
        names.keep(&sealed(2), "乙", 0);
        assert_eq!(names.get(&sealed(1), 0).as_deref(), Some("甲"));
        assert_eq!(names.get(&sealed(1), 1), None, "a key was forgotten: whose, nobody asks");
        names.keep(&sealed(3), "丙", 1);
        assert_eq!((names.get(&sealed(2), 1), names.len()), (None, 1));
        names.keep(&sealed(2), "乙", 0);
        assert_eq!(names.get(&sealed(2), 1), None, "opened before the key was forgotten");
    }

    #[test]
    fn a_name_that_was_sealed_anew_is_another_one_and_the_names_are_bounded() {
        let names = Names::default();
        for number in 1..=3 * GENERATION_MAX {
            names.keep(&sealed(number), "甲", 0);
            names.keep(&sealed(0), "乙", 0);
            assert!(names.get(&sealed(0), 0).is_some());
        }
        assert!(names.len() <= 2 * GENERATION_MAX);
        assert_eq!(names.get(&sealed(4 * GENERATION_MAX), 0), None);
    }
}
