//! A slip of the fingers: the known word that is one letter away, or two in a long one.

use std::collections::BTreeSet;

/// Shorter words have too many neighbours.
const LETTERS_MIN: usize = 4;
/// From here on two slips are forgiven.
const LETTERS_FOR_TWO: usize = 8;
/// Nobody types longer words by mistake.
const LETTERS_MAX: usize = 40;

/// The nearest known word; of equals the first in the alphabet.
pub(crate) fn nearest<'a>(word: &str, known: &'a BTreeSet<String>) -> Option<&'a str> {
    let letters = word.len();
    if !(LETTERS_MIN..=LETTERS_MAX).contains(&letters) || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let most = if letters >= LETTERS_FOR_TWO { 2 } else { 1 };
    let near = known.iter().filter(|other| other.is_ascii() && other.len().abs_diff(letters) <= most);
    let measured = near.map(|other| (distance(word.as_bytes(), other.as_bytes()), other.as_str()));
    measured.filter(|(distance, _)| *distance <= most).min().map(|(_, other)| other)
}

/// Letters to add, drop, change, or swap with the next one.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&above, column) + usize::from(letter != against);
            let mut least = changed.min(at(&above, column + 1) + 1).min(at(&here, column) + 1);
            let swapped =
                row > 0 && column > 0 && one.get(row - 1) == Some(against) && other.get(column - 1) == Some(letter);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            here.push(least);
        }
        before = std::mem::replace(&mut above, here);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_in_a_short_word_and_two_in_a_long_one() {
        let known: BTreeSet<String> = ["pass", "visitor", "laboratori", "apart"].map(str::to_owned).into();
        for (typed, want) in [
            ("vistor", Some("visitor")),
            ("visitro", Some("visitor")),
            ("labratroi", Some("laboratori")),
            ("pas", None),
            ("xyzzyx", None),
            ("通行证号", None),
        ] {
            assert_eq!(nearest(typed, &known), want, "{typed}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), &known), None, "long input costs nothing");
    }
}
