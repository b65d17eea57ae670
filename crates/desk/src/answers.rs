//! The rulebook's answers, remembered from the worker's decision to the writer's.
//!
//! A question that comes out the same gets the same answer: asking is pure. One that comes out differently, because
//! the zone moved in between, is asked anew.

use base::{Answer, Bank, Key, Outcome, Question, Rules};
use std::sync::Mutex;

/// Asks through, and writes down what was asked.
pub(crate) struct Recording<'a> {
    rules: &'a dyn Rules,
    asked: Mutex<Vec<(Question, Answer)>>,
}

impl<'a> Recording<'a> {
    pub fn new(rules: &'a dyn Rules) -> Self {
        Self { rules, asked: Mutex::default() }
    }

    pub fn into_answers(self) -> Answers {
        Answers(self.asked.into_inner().unwrap_or_default())
    }
}

impl Rules for Recording<'_> {
    fn ask(&self, question: &Question) -> Answer {
        let answer = self.rules.ask(question);
        if let Ok(mut asked) = self.asked.lock() {
            asked.push((question.clone(), answer.clone()));
        }
        answer
    }

    fn version(&self) -> &Key {
        self.rules.version()
    }

    fn outcome_of(&self, answer: &Answer, bank: Bank) -> Outcome {
        self.rules.outcome_of(answer, bank)
    }

    fn beyond_officers(&self, answer: &Answer) -> Option<Answer> {
        self.rules.beyond_officers(answer)
    }

    fn referred_by(&self, answer: &Answer) -> Vec<Bank> {
        self.rules.referred_by(answer)
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Answers(Vec<(Question, Answer)>);

/// Looks among the remembered answers before it asks.
pub(crate) struct Remembering<'a> {
    pub rules: &'a dyn Rules,
    pub answers: &'a Answers,
}

impl Rules for Remembering<'_> {
    fn ask(&self, question: &Question) -> Answer {
        let remembered =
            self.answers.0.iter().find(|(asked, answer)| answer.version == *self.rules.version() && asked == question);
        match remembered {
            Some((_, answer)) => answer.clone(),
            None => self.rules.ask(question),
        }
    }

    fn version(&self) -> &Key {
        self.rules.version()
    }

    fn outcome_of(&self, answer: &Answer, bank: Bank) -> Outcome {
        self.rules.outcome_of(answer, bank)
    }

    fn beyond_officers(&self, answer: &Answer) -> Option<Answer> {
        self.rules.beyond_officers(answer)
    }

    fn referred_by(&self, answer: &Answer) -> Vec<Bank> {
        self.rules.referred_by(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Entity;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Permits everything, and counts how often it was asked.
    struct Counting {
        asked: AtomicU32,
        version: Key,
    }

    impl Rules for Counting {
        fn ask(&self, _: &Question) -> Answer {
            self.asked.fetch_add(1, Ordering::Relaxed);
            Answer { outcome: Outcome::Permitted, policies: Vec::new(), version: self.version.clone() }
        }

        fn version(&self) -> &Key {
            &self.version
        }
    }

    #[test]
    fn the_same_question_is_asked_once_and_any_other_anew() {
        let version = |text| Key::new(text).expect("a key");
        let rules = Counting { asked: AtomicU32::new(0), version: version("r1") };
        let asked = || rules.asked.load(Ordering::Relaxed);
        let question = |day: i64| {
            Question::new("cross", Entity::new("Actor", "gate:a"), Entity::new("Gate", "a")).with("weekday", day)
        };
        let recording = Recording::new(&rules);
        recording.ask(&question(1));
        let mut answers = recording.into_answers();
        assert_eq!(asked(), 1);
        Remembering { rules: &rules, answers: &answers }.ask(&question(1));
        assert_eq!(asked(), 1, "remembered");
        Remembering { rules: &rules, answers: &answers }.ask(&question(2));
        assert_eq!(asked(), 2, "another fact, another question");
        for (_, answer) in &mut answers.0 {
            answer.version = version("r0");
        }
        Remembering { rules: &rules, answers: &answers }.ask(&question(1));
        assert_eq!(asked(), 3, "an answer of an earlier rulebook is no answer");
    }
}
