//! Conversations with the whole portal.

mod carried;
mod clerks;
mod clocks;
mod consents;
mod corrections;
mod delegates;
mod delegations;
mod drafts;
mod enrolment;
mod feeds;
mod file_fields;
mod following;
mod gates;
mod ground;
mod help;
mod kiosk;
pub(crate) mod legs;
mod letters;
mod me;
mod offices;
mod operations;
mod passes;
mod proxies;
mod pushes;
mod refusals;
mod sessions;
mod strangers;
mod teams;
pub(crate) mod town;
mod window;

use crate::WORDS;
use std::path::Path;

#[test]
fn every_word_is_there_in_three_languages() {
    assert_eq!(frame::check_words(Path::new(env!("CARGO_MANIFEST_DIR"))), vec![]);
    assert!(WORDS.find(base::Language::En, "home-heading", &[]).is_some());
}
