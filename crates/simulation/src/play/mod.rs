//! The play: people, bridges and officers over a day, given on whichever stage there is.

pub(crate) mod agenda;
pub(crate) mod day;
pub(crate) mod habits;
pub(crate) mod lanes;
pub(crate) mod notes;
pub(crate) mod traffic;
