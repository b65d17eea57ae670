//! An answer remembered for a moment: a worker asks against a snapshot, and the writer need not ask again what has
//! not changed since.

use base::{Answer, Bank, Key, Outcome, Question, Rules};

/// Answers from memory when asked the remembered question; asks the rulebook itself about anything else.
pub struct Memo<'a> {
    rules: &'a dyn Rules,
    question: Question,
    answer: Answer,
}

impl<'a> Memo<'a> {
    pub fn new(rules: &'a dyn Rules, question: Question, answer: Answer) -> Self {
        Self { rules, question, answer }
    }
}

impl Rules for Memo<'_> {
    fn ask(&self, question: &Question) -> Answer {
        // An answer of another version is no answer: the rulebook may have changed between worker and writer.
        if self.answer.version == *self.rules.version() && self.question == *question {
            self.answer.clone()
        } else {
            self.rules.ask(question)
        }
    }

    fn version(&self) -> &Key {
        self.rules.version()
    }

    fn outcome_of(&self, answer: &Answer, bank: Bank) -> Outcome {
        self.rules.outcome_of(answer, bank)
    }
}
