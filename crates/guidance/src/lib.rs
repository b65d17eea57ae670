//! **Guidance**: searching what a zone tells its people, in three languages at once.
//!
//! Nouns: entry (an article, a service, a rule, a section of the outline), word, notion (a term of the zone's glossary),
//! hit. Invariants: Traditional and Simplified are one (everything is folded to Simplified before it is cut into words,
//! and the glossary is looked at first); a question of any length is answered in bounded time; a hit has its title and a
//! snippet in the reader's language, its kind, its source and its path. Hidden rules are not in the index at all.
//! The index is in memory, made from the profile and the rulebook that are in force, and never written anywhere.
//! It must not know: HTTP, HTML, rooms, the log, who asks.

mod entries;
mod fold;
mod glossary;
mod index;
mod nearest;
mod search;
mod snippet;
#[cfg(test)]
mod tests;
mod words;

pub use entries::{Entry, Kind};
pub use index::{Guidance, GuidanceError};
pub use search::{Found, HITS_MAX, Hit, QUERY_CHARACTERS_MAX};
pub use snippet::Piece;
