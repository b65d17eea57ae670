//! Answers of the rulebook that reading was given, for the very same question asked again: the officer who turns a page
//! of the queue forth and back asks about the same names, with the same facts.
//!
//! No permission is kept here: a question carries all that its answer may depend on, so a fact that moved makes another
//! question, and a rulebook never changes while it is open. What is decided and recorded does not come this way.
//!
//! Two generations, as in the vault: when the young one is full it becomes the old one, and what is asked for again moves
//! back.

use base::{Answer, Question, Rules};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Of each generation; a question has about a kilobyte.
const GENERATION_MAX: usize = 8_192;

#[derive(Default)]
struct Generations {
    young: HashMap<Question, Answer>,
    old: HashMap<Question, Answer>,
}

impl Generations {
    fn get(&mut self, question: &Question) -> Option<Answer> {
        if let Some(answer) = self.young.get(question) {
            return Some(answer.clone());
        }
        let (question, answer) = self.old.remove_entry(question)?;
        self.keep(question, answer.clone());
        Some(answer)
    }

    fn keep(&mut self, question: Question, answer: Answer) {
        if self.young.len() >= GENERATION_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(question, answer);
    }
}

/// Of one rulebook.
#[derive(Default)]
pub(crate) struct Asked(Mutex<Generations>);

impl Asked {
    /// What the rulebook says, or said to the same question.
    pub fn ask(&self, rules: &dyn Rules, question: &Question) -> Answer {
        // Whole entries are kept or none: a panic elsewhere leaves no half answer.
        let generations = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = generations().get(question).filter(|answer| answer.version == *rules.version());
        known.unwrap_or_else(|| {
            let answer = rules.ask(question);
            generations().keep(question.clone(), answer.clone());
            answer
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Entity, Key, Outcome};
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Permits whoever has the fact, and counts how often it was asked.
    struct Counting {
        version: Key,
        asked: AtomicUsize,
    }

    impl Rules for Counting {
        fn ask(&self, question: &Question) -> Answer {
            self.asked.fetch_add(1, Ordering::Relaxed);
            let has_it = question.context.iter().any(|(_, value)| *value == base::Value::Bool(true));
            let outcome = if has_it { Outcome::Permitted } else { Outcome::Refused };
            Answer { outcome, policies: Vec::new(), version: self.version.clone() }
        }

        fn version(&self) -> &Key {
            &self.version
        }
    }

    fn rules(version: &str) -> Counting {
        Counting { version: Key::new(version).unwrap(), asked: AtomicUsize::new(0) }
    }

    fn question(number: usize, fact: bool) -> Question {
        Question::new("view", Entity::new("Actor", "officer"), Entity::new("Person", number)).with("current", fact)
    }

    #[test]
    fn a_fact_that_moved_is_another_question() {
        let (asked, rules) = (Asked::default(), rules("r1"));
        for _ in 0..3 {
            assert_eq!(asked.ask(&rules, &question(1, true)).outcome, Outcome::Permitted);
            assert_eq!(asked.ask(&rules, &question(1, false)).outcome, Outcome::Refused);
        }
        assert_eq!(rules.asked.load(Ordering::Relaxed), 2, "each of the two once");
    }

    #[test]
    fn another_rulebook_is_asked_for_itself() {
        let (asked, one, other) = (Asked::default(), rules("r1"), rules("r2"));
        asked.ask(&one, &question(1, true));
        assert_eq!(asked.ask(&other, &question(1, true)).version, other.version);
        assert_eq!(other.asked.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn what_is_kept_is_bounded_and_what_is_asked_for_stays() {
        let (asked, rules) = (Asked::default(), rules("r1"));
        for number in 1..=3 * GENERATION_MAX {
            asked.ask(&rules, &question(number, true));
            asked.ask(&rules, &question(0, true));
        }
        assert_eq!(rules.asked.load(Ordering::Relaxed), 3 * GENERATION_MAX + 1);
        let kept = asked.0.lock().unwrap();
        assert!(kept.young.len() + kept.old.len() <= 2 * GENERATION_MAX);
    }
}
