//! One-time codes: shown on the phone of somebody who is signed in there, typed or scanned at a kiosk.
//!
//! In memory and short-lived: whoever restarts the server asks for a new one. Only hashes are kept.

use base::{Instant, PersonId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A code is good for so long.
pub(crate) const GOOD_FOR: i64 = 2 * Instant::MINUTE;
/// Figures of a code: with attempts counted by address, guessing one of a hundred million in two minutes is hopeless.
pub(crate) const FIGURES: usize = 8;
/// Codes that wait at once, and passes remembered as shown.
const WAITING_MAX: usize = 10_000;
/// A pass that was shown at a kiosk signs in once; longer than this no presentation from a phone is good.
const SHOWN_FOR: i64 = 10 * Instant::MINUTE;

type Hash = [u8; 32];

#[derive(Default)]
pub(crate) struct Codes(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    waiting: BTreeMap<Hash, (PersonId, Instant)>,
    shown: BTreeMap<Box<str>, Instant>,
}

impl Codes {
    /// A new code for somebody; their earlier one is good for nothing from now on. `None` where there is no chance to be
    /// had, or too many codes wait.
    pub fn make(&self, person: PersonId, now: Instant) -> Option<String> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).ok()?;
        let code = format!("{:0width$}", u64::from_le_bytes(random) % 10_u64.pow(FIGURES as u32), width = FIGURES);
        let mut kept = self.0.lock().ok()?;
        kept.waiting.retain(|_, (other, until)| *other != person && *until > now);
        if kept.waiting.len() >= WAITING_MAX {
            return None;
        }
        kept.waiting.insert(hash(&code), (person, now.plus(GOOD_FOR)));
        Some(code)
    }

    /// Whose code it is; it is good once.
    pub fn take(&self, code: &str, now: Instant) -> Option<PersonId> {
        let figures: String = code.chars().filter(|character| !character.is_whitespace()).collect();
        let (person, until) = self.0.lock().ok()?.waiting.remove(&hash(&figures))?;
        (until > now).then_some(person)
    }

    /// Whether a presentation is shown here for the first time.
    pub fn first_shown(&self, digest: &str, now: Instant) -> bool {
        let Ok(mut kept) = self.0.lock() else { return false };
        kept.shown.retain(|_, until| *until > now);
        if kept.shown.len() >= WAITING_MAX {
            return false;
        }
        kept.shown.insert(digest.into(), now.plus(SHOWN_FOR)).is_none()
    }
}

fn hash(code: &str) -> Hash {
    Sha256::digest(code.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_once_for_two_minutes_and_until_the_next_one() {
        let (codes, now) = (Codes::default(), Instant(0));
        let first = codes.make(PersonId(1), now).unwrap();
        assert_eq!(first.len(), FIGURES);
        let second = codes.make(PersonId(1), now).unwrap();
        assert_eq!(codes.take(&first, now), None, "a newer one was made");
        let spaced = format!(" {} {}\n", &second[..4], &second[4..]);
        assert_eq!(codes.take(&spaced, now.plus(GOOD_FOR - 1)), Some(PersonId(1)));
        assert_eq!(codes.take(&second, now), None, "it was used");
        let late = codes.make(PersonId(1), now).unwrap();
        assert_eq!(codes.take(&late, now.plus(GOOD_FOR)), None);
        assert_eq!(codes.take("", now), None);
    }

    #[test]
    fn a_pass_signs_in_once() {
        let codes = Codes::default();
        assert!(codes.first_shown("digest", Instant(0)));
        assert!(!codes.first_shown("digest", Instant(1)));
    }
}
