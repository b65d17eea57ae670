//! What other rooms may ask of letters.

use crate::model::{Kind, Letter, State};
use base::{CaseId, Language, LetterId};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use subtle::ConstantTimeEq;

pub fn letter(state: &State, id: LetterId) -> Option<&Letter> {
    state.letters.get(&id).map(|letter| &**letter)
}

/// The number that the next letter has.
pub fn next(state: &State) -> LetterId {
    state.letters.get_max().map_or(LetterId(1), |(last, _)| last.next())
}

/// Oldest first.
pub fn of_case(state: &State, case: CaseId) -> impl DoubleEndedIterator<Item = (LetterId, &Letter)> + '_ {
    let ids = state.by_case.get(&case).into_iter().flatten();
    ids.filter_map(|id| Some((*id, letter(state, *id)?)))
}

/// The letter that tells of this already, in this language.
pub fn written_already(state: &State, case: CaseId, cause: u64, kind: Kind, language: Language) -> Option<LetterId> {
    let same = |letter: &Letter| {
        let issue = &letter.issue;
        issue.cause == cause && issue.kind == kind && issue.language == language
    };
    of_case(state, case).find(|(_, letter)| same(letter)).map(|(id, _)| id)
}

/// The letter, for somebody who knows the code that is printed on it; nothing for anybody else, whether there is such a
/// letter or not.
pub fn genuine<'a>(state: &'a State, id: LetterId, code: &str) -> Option<&'a Letter> {
    let digest = code_digest(code);
    let known = letter(state, id)?;
    bool::from(known.issue.code.as_bytes().ct_eq(digest.as_bytes())).then_some(known)
}

/// SHA-256 of a code in hex, however it was typed: without what stands between its groups, in capitals, and with the
/// figures for which people read letters.
pub fn code_digest(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(plain).collect();
    Sha256::digest(plain.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Codes are written in Crockford's thirty-two characters.
fn plain(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}
