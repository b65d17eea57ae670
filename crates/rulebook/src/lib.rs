//! The rulebook: Cedar policies of the zone folder, read once, asked through `base::Rules`.
//!
//! Every yes or no that an authority could be asked about comes from here: may this officer decide this case, may this
//! person cross this bridge now. A policy is text that a rule maker writes: a condition, the section of the outline it
//! follows, a reason and a remedy in three languages. The folder is checked whole before any of it is in force, and
//! each fault is named with its file and line.
//!
//! How an answer comes about:
//! - Nothing is permitted unless a policy permits it (Cedar's default).
//! - A satisfied `forbid` outweighs every `permit`. The one of the lowest rank gives the outcome, refused or referred.
//! - For an action that needs both banks, a permit of each has to be satisfied (`rulebook.toml`).
//! - A policy that cannot be judged, because a fact is missing, closes the way; it never opens it.
//!
//! It must not know a room, a clock or the log: facts come with the question.

mod answers;
mod ask;
mod card;
mod check;
mod condition;
mod faults;
mod folder;
mod load;
mod rights;
mod split;

#[cfg(test)]
mod tests;

pub use card::PolicyCard;
pub use rights::rights_table;

use base::Key;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All policies of a zone, checked and ready to be asked. Immutable: a changed folder is another rulebook.
#[derive(Debug)]
pub struct Rulebook {
    version: Key,
    cards: BTreeMap<Key, Arc<PolicyCard>>,
    answers: BTreeMap<Key, Arc<PolicyCard>>,
    texts: BTreeMap<Key, String>,
    schema: cedar_policy::Schema,
    asking: ask::Asking,
}

impl Rulebook {
    /// The card that explains an answer without policies: nothing permits what was asked.
    pub const NOTHING_PERMITS: &'static str = "nothing-permits";

    /// The first policy of an answer that closed the way because a rule could not be judged on the facts given. The
    /// rules concerned follow it.
    pub const FACTS_INCOMPLETE: &'static str = "facts-incomplete";

    /// What stands behind a policy's id, or behind one of the two names above.
    pub fn explain(&self, policy: &Key) -> Option<&PolicyCard> {
        self.cards.get(policy).or_else(|| self.answers.get(policy)).map(AsRef::as_ref)
    }

    /// Every policy, in the order of ids.
    pub fn policies(&self) -> impl Iterator<Item = &PolicyCard> {
        self.cards.values().map(AsRef::as_ref)
    }

    /// The policy as its author wrote it.
    pub fn text_of(&self, policy: &Key) -> Option<&str> {
        self.texts.get(policy).map(String::as_str)
    }
}
