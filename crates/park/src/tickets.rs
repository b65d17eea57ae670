//! Following a case without signing in: its number, and one secret that belongs to it.
//!
//! The secret is reckoned from the case's number with a key of the vault, so that it is kept nowhere and is the same
//! whenever it is told: on the page after applying, and in the mail that says that the
//! application has arrived.

use crate::error::WorkError;
use crate::open::Park;
use base::CaseId;
use sha2::{Digest, Sha256};

const PURPOSE: &str = "case-status";
/// Crockford's: without letters that are taken for figures.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Sixty bits: nobody guesses it within the attempts that one address has.
const LENGTH: usize = 12;

impl Park {
    /// `7K2M-PQ4X-9TRB`.
    ///
    /// # Errors
    /// Where the vault gives no key.
    pub fn secret_of_case(&self, case: CaseId) -> Result<String, WorkError> {
        let tag = self.vault.tag(PURPOSE, &case.to_string())?;
        let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).map_or('0', |letter| char::from(*letter));
        let letters: Vec<char> = tag.iter().take(LENGTH).map(letter).collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Ok(groups.join("-"))
    }

    /// The case of this number, where the secret is its own; however it was spaced and cased.
    pub fn case_by_secret(&self, number: &str, secret: &str) -> Option<CaseId> {
        let case: CaseId = number.trim().to_uppercase().parse().ok()?;
        let right = self.secret_of_case(case).ok()?;
        // Digests are compared: how far a guess was right shows in no time that anybody can measure.
        let matches = digest(&right) == digest(secret);
        cases::case(&self.zone().cases, case).filter(|_| matches).map(|_| case)
    }
}

fn digest(secret: &str) -> [u8; 32] {
    let plain: String = secret
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(LENGTH + 1)
        .collect();
    Sha256::digest(plain.as_bytes()).into()
}
