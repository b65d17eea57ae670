//! The piece of a text that answers best, with what was asked for marked in it.

use crate::glossary::Glossary;
use crate::words;
use serde::Serialize;
use std::collections::BTreeSet;

/// About two lines on a phone; Chinese says more in a character.
const CHINESE_CHARACTERS: usize = 90;
const ENGLISH_CHARACTERS: usize = 200;

/// Some text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// What to mark.
pub(crate) struct Marked<'a> {
    pub words: &'a [String],
    pub notions: &'a BTreeSet<usize>,
    pub glossary: &'a Glossary,
}

/// The whole text, marked.
pub(crate) fn whole(text: &str, marked: &Marked<'_>) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let marks = marks_of(&places_in(text, marked), characters.len());
    pieces(&characters, &marks)
}

/// The sentences with the most of what was asked for, beginning where a sentence begins.
pub(crate) fn best(text: &str, marked: &Marked<'_>) -> Vec<Piece> {
    let text = text.trim();
    let characters: Vec<char> = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    let places = places_in(text, marked);
    let marks = marks_of(&places, characters.len());
    let chinese = characters.iter().filter(|c| u32::from(**c) >= 0x2E80).count() * 3 > characters.len();
    let length = if chinese { CHINESE_CHARACTERS } else { ENGLISH_CHARACTERS };
    let said = |start: usize| {
        let within = places.iter().filter(|place| place.from >= start && place.to <= start + length);
        within.map(|place| place.what.as_str()).collect::<BTreeSet<_>>().len()
    };
    // Of equals the earliest: a text begins with what matters.
    let start = starts(text).into_iter().max_by_key(|start| (said(*start), std::cmp::Reverse(*start))).unwrap_or(0);
    let end = end(&characters, start, length);
    let (shown, shown_marks) =
        (characters.get(start..end).unwrap_or_default(), marks.get(start..end).unwrap_or_default());
    let mut pieces = pieces(shown, shown_marks);
    if start > 0 {
        pieces.insert(0, Piece { text: "…".into(), marked: false });
    }
    if end < characters.len() {
        pieces.push(Piece { text: "…".into(), marked: false });
    }
    pieces
}

/// Where sentences begin, in characters.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut before: [char; 2] = [' ', ' '];
    for (at, character) in text.chars().enumerate() {
        let [last, previous] = before;
        let after_chinese = matches!(last, '。' | '；' | '！' | '？' | '\n');
        let is_gap = character == '\n';
        let after_english = last == ' ' && matches!(previous, '.' | ';' | '!' | '?');
        if at > 0 && (after_chinese || after_english) && !is_gap && !matches!(character, '」' | '”' | '）') {
            starts.push(at);
        }
        before = [character, last];
    }
    starts
}

/// Not in the middle of an English word.
fn end(characters: &[char], start: usize, length: usize) -> usize {
    let most = (start + length).min(characters.len());
    if most == characters.len() {
        return most;
    }
    let breaks = |at: &usize| characters.get(*at).is_some_and(|c| *c == ' ' || u32::from(*c) >= 0x2E80);
    (start + length / 2..=most).rev().find(breaks).unwrap_or(most)
}

/// Where something that was asked for is said, in characters; and what it is.
struct Place {
    from: usize,
    to: usize,
    what: String,
}

/// None where the folding moved the text.
fn places_in(text: &str, marked: &Marked<'_>) -> Vec<Place> {
    let cut = words::cut(text);
    if !cut.aligned {
        return Vec::new();
    }
    let spoken = marked.glossary.spoken(&cut);
    let spoken = spoken.into_iter().filter(|spoken| marked.notions.contains(&spoken.notion));
    let spoken = spoken.map(|spoken| Place {
        from: spoken.from,
        to: spoken.to,
        what: marked.glossary.key(spoken.notion).to_owned(),
    });
    let words = cut.words.iter().filter(|word| marked.words.contains(&word.text));
    let words = words.map(|word| Place { from: word.from, to: word.to, what: word.text.clone() });
    words.chain(spoken).collect()
}

/// For every character whether it is marked.
fn marks_of(places: &[Place], length: usize) -> Vec<bool> {
    let mut marks = vec![false; length];
    for place in places {
        marks.iter_mut().take(place.to).skip(place.from).for_each(|mark| *mark = true);
    }
    marks
}

fn pieces(characters: &[char], marks: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (character, marked) in characters.iter().zip(marks) {
        match pieces.last_mut() {
            Some(piece) if piece.marked == *marked => piece.text.push(*character),
            _ => pieces.push(Piece { text: character.to_string(), marked: *marked }),
        }
    }
    pieces
}
