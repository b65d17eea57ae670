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
}
