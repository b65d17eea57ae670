//! What of a case crosses to one reader: every text and every answer is asked of the rulebook before it is opened, so that
//! no page, program, letter or file can show what no rule lets across.
//!
//! It must not know: pages. Why something was withheld is the policy that kept it back; whoever shows it tells its words.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Bank, CaseId, Key, Outcome, Question, Rules};
use cases::{Audience, Case, Event};
use desk::{Envelope, Zone, context};
use eventlog::LogError;
use profile::{Field, FieldKind};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// An answer that the reader does not see, and the policy that kept it back; none where nothing permitted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldField {
    pub field: Key,
    pub policy: Option<Key>,
}

/// The form's answers as one reader may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseAnswers {
    /// None where nothing was answered in a form, or its key was erased.
    pub answers: Option<Value>,
    pub withheld: Vec<WithheldField>,
}

/// Which kind of text something is, as the rulebook knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TextKind {
    Reason,
    Question,
    Answer,
    Remark(Audience),
}

impl TextKind {
    /// None where the event carries no text of anybody's.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            // What was noted with work on a leg is weighed like the reason for its end; `heard` keeps what is internal.
            Event::LegDecided { .. } | Event::Worked { .. } => Some(TextKind::Reason),
            Event::Asked { .. } => Some(TextKind::Question),
            Event::Answered { .. } => Some(TextKind::Answer),
            Event::Remarked { audience, .. } => Some(TextKind::Remark(*audience)),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            TextKind::Reason => "reason",
            TextKind::Question => "question",
            TextKind::Answer => "answer",
            TextKind::Remark(Audience::Bank) => "remark-bank",
            TextKind::Remark(Audience::Banks) => "remark-banks",
            TextKind::Remark(Audience::Applicant) => "remark-applicant",
        }
    }
}

/// Not across: the policy that kept it back, where one did.
pub(crate) type Kept = Option<Key>;

type Asked = BTreeMap<(TextKind, Option<Bank>), Result<(), Kept>>;

/// One reader before one case. Texts of one kind and bank are asked about once.
pub(crate) struct Border<'a> {
    park: &'a Park,
    zone: &'a Zone,
    reader: &'a Actor,
    id: CaseId,
    case: &'a Case,
    here: bool,
    asked: RefCell<Asked>,
}

impl<'a> Border<'a> {
    pub fn new(park: &'a Park, zone: &'a Zone, reader: &'a Actor, id: CaseId, case: &'a Case) -> Self {
        let here = cases::has_leg_here(case, reader);
        Self { park, zone, reader, id, case, here, asked: RefCell::default() }
    }

    /// Whether the reader reads texts of this kind that the bank's office wrote, or that were written to it.
    pub fn text(&self, kind: TextKind, bank: Option<Bank>) -> Result<(), Kept> {
        if let Some(known) = self.asked.borrow().get(&(kind, bank)) {
            return known.clone();
        }
        let question = self.question("read_text").with("text", kind.as_str()).with("bank", word(bank));
        let answer = self.ask(&question);
        self.asked.borrow_mut().insert((kind, bank), answer.clone());
        answer
    }

    fn field(&self, field: &Field) -> Result<(), Kept> {
        let question = self
            .question("view_field")
            .with("field", &field.key)
            .with("kind", kind_word(&field.kind).as_str())
            .with("personal", field.personal)
            .with("shared", field.shared.as_str());
        self.ask(&question)
    }

    /// The answers without those that are not for this reader. An answer to a question that the service's version does
    /// not know is nobody's to rule on: it stays where it is.
    pub fn answers(&self, all: Value) -> CaseAnswers {
        let Value::Object(all) = all else { return CaseAnswers { answers: Some(all), withheld: Vec::new() } };
        let profile = &self.park.profile;
        let service = profile.service_at(&self.case.service, self.case.service_version);
        let form =
            service.map(|service| &cases::form_service(&self.zone.cases, profile, service, self.case.about).form);
        let (mut shown, mut withheld) = (serde_json::Map::new(), Vec::new());
        for (name, value) in all {
            let ruled = match form.and_then(|form| form.field(&name)) {
                Some(field) => self.field(field),
                None => Err(None),
            };
            match ruled {
                Ok(()) => {
                    shown.insert(name, value);
                }
                Err(policy) => withheld.extend(Key::new(&name).map(|field| WithheldField { field, policy })),
            }
        }
        CaseAnswers { answers: Some(Value::Object(shown)), withheld }
    }

    fn question(&self, action: &'static str) -> Question {
        let principal = parties::principal(&self.zone.parties, &self.park.profile, self.reader, self.park.now());
        let resource = cases::entity(&self.zone.cases, self.id, self.case, None);
        Question::new(action, principal, resource).with("leg_here", self.here)
    }

    fn ask(&self, question: &Question) -> Result<(), Kept> {
        let answer = self.park.rulebook.ask(question);
        match answer.outcome {
            Outcome::Permitted => Ok(()),
            Outcome::Referred | Outcome::Refused => Err(answer.policies.into_iter().next()),
        }
    }
}

impl Park {
    /// What was answered in the service's form, as this reader may see it: for pages, programs and letters alike. Whether
    /// they may see the person at all is for the caller to ask.
    pub fn answers_for(&self, reader: &Actor, id: CaseId) -> Result<CaseAnswers, WorkError> {
        let zone = self.zone();
        let case = cases::case(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let Some(all) = self.answers_of(case)? else {
            return Ok(CaseAnswers { answers: None, withheld: Vec::new() });
        };
        Ok(Border::new(self, &zone, reader, id, case).answers(all))
    }

    /// All that was answered; for the park's own work, never for a reader.
    pub(crate) fn answers_of(&self, case: &Case) -> Result<Option<Value>, WorkError> {
        let Some(sequence) = case.entries.first() else { return Ok(None) };
        let Some(bytes) = self.desk.log().entry(*sequence)? else { return Ok(None) };
        let envelope = Envelope::decode(&bytes).map_err(|error| LogError::corrupt_at(*sequence, error.to_string()))?;
        match envelope.event {
            desk::Event::Cases(Event::Opened { answers: Some(answers), .. }) => {
                Ok(self.vault.open_json(&answers, context::ANSWERS).ok())
            }
            _ => Ok(None),
        }
    }
}

fn word(bank: Option<Bank>) -> &'static str {
    bank.map_or("none", Bank::as_str)
}

/// The word that the service's file writes for the kind.
fn kind_word(kind: &FieldKind) -> String {
    match serde_json::to_value(kind) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(object)) => object.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}
