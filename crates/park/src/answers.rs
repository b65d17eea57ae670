//! Answers that were given before, and numbers that a form names: what a schema cannot know.

use crate::error::WorkError;
use crate::history::HistoryText;
use crate::open::Park;
use base::{Actor, CaseId, Instant, Key, OrganisationId, PersonId, Question};
use profile::{DocumentAsked, Field, FieldFault, FieldFaultCode, FieldKind, Form, PART_MARK};
use serde_json::Value;

/// Applications that are looked through for answers: the newest.
const EARLIER_CASES_MAX: usize = 10;

/// What somebody answered in an application of their own.
#[derive(Debug, Clone)]
pub struct EarlierAnswers {
    pub case: CaseId,
    pub service: Key,
    pub at: Instant,
    pub answers: Value,
}

impl Park {
    /// The actor's own earlier answers, newest first: given by this person, in this capacity, for the same organisation
    /// or for themself. Nobody else's, whoever they work with.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn earlier_answers(&self, actor: &Actor) -> Result<Vec<EarlierAnswers>, WorkError> {
        let (person, organisation) = match actor {
            Actor::Person { person } => (*person, None),
            Actor::Clerk { person, organisation } | Actor::Delegate { person, organisation, .. } => {
                (*person, Some(*organisation))
            }
            Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } | Actor::Officer { .. } => {
                return Ok(Vec::new());
            }
        };
        let zone = self.zone();
        let own = cases::of_subject(&zone.cases, person)
            .filter(|(_, case)| case.applicant == person && case.organisation == organisation);
        let mut found = Vec::new();
        for (id, case) in own.take(EARLIER_CASES_MAX) {
            let opened = self.history(actor, id)?.into_iter().find_map(|item| match (item.event, item.text) {
                (cases::Event::Opened { .. }, HistoryText::Written(text)) => serde_json::from_str(&text).ok(),
                _ => None,
            });
            found.extend(opened.map(|answers| EarlierAnswers {
                case: id,
                service: case.service.clone(),
                at: case.opened_at,
                answers,
            }));
        }
        Ok(found)
    }

    /// Everything wrong with a submitted form, the numbers of people and organisations in it among them.
    pub fn check_form(&self, actor: &Actor, form: &Form, submitted: &Value) -> Vec<FieldFault> {
        let mut faults = form.check(submitted);
        self.unknown(actor, &form.fields, "", submitted, &mut faults);
        faults
    }

    /// Fields for files whose answer names one that was not handed in as the field's document.
    pub(crate) fn strange_files<'a>(
        form: &Form,
        submitted: &Value,
        handed: impl Iterator<Item = (&'a Key, &'a str)>,
    ) -> Vec<FieldFault> {
        let handed: Vec<(&Key, &str)> = handed.collect();
        let strange = |(field, document): (&Field, &DocumentAsked)| {
            let mut named = submitted.get(field.key.as_str())?.as_array()?.iter().filter_map(Value::as_str);
            let is_there = |file: &str| handed.contains(&(&document.key, file));
            let code = FieldFaultCode::NotHandedIn;
            (!named.all(is_there)).then(|| FieldFault { field: field.key.to_string(), code, limit: None })
        };
        form.file_fields().filter_map(strange).collect()
    }

    fn unknown(&self, actor: &Actor, fields: &[Field], prefix: &str, given: &Value, faults: &mut Vec<FieldFault>) {
        for field in fields {
            let Some(value) = given.get(field.key.as_str()) else { continue };
            let name = format!("{prefix}{}", field.key);
            let number = value.as_str().unwrap_or_default();
            let known = match &field.kind {
                FieldKind::Organisation => number.parse().ok().map(|id| self.knows_organisation(id)),
                FieldKind::Person => number.parse().ok().map(|id| self.may_name(actor, id)),
                FieldKind::Group(group) => {
                    for (row, value) in value.as_array().into_iter().flatten().enumerate() {
                        let inside = format!("{name}{PART_MARK}{row}{PART_MARK}");
                        self.unknown(actor, &group.fields, &inside, value, faults);
                    }
                    None
                }
                FieldKind::Text
                | FieldKind::LongText
                | FieldKind::Date
                | FieldKind::Choice(_)
                | FieldKind::Select(_)
                | FieldKind::Choices(_)
                | FieldKind::Search(_)
                | FieldKind::Number { .. }
                | FieldKind::Decimal { .. }
                | FieldKind::Money(_)
                | FieldKind::Boolean
                | FieldKind::Email
                | FieldKind::Phone
                | FieldKind::Identifier(_)
                | FieldKind::Address(_)
                | FieldKind::Document(_)
                | FieldKind::Place(_)
                | FieldKind::File(_) => None,
            };
            if known == Some(false) {
                faults.push(FieldFault { field: name, code: FieldFaultCode::NotKnown, limit: None });
            }
        }
    }

    fn knows_organisation(&self, id: OrganisationId) -> bool {
        parties::organisation(&self.zone().parties, id).is_some()
    }

    /// Whoever may see a person's fields may name them in a form; to everybody else there is no such number.
    pub fn may_name(&self, actor: &Actor, id: PersonId) -> bool {
        let zone = self.zone();
        let Some(person) = parties::person(&zone.parties, id).filter(|person| !person.erased) else { return false };
        let principal = parties::principal(&zone.parties, &self.profile, actor, self.now());
        let question = Question::new(
            "view_person",
            principal,
            parties::person_entity(id, person.employer, person.host, person.erased),
        )
        .with("bank", person.home_bank.as_str())
        .with("case_closed_days", -1)
        .with("current", false);
        base::Rules::ask(&*self.rulebook, &question).outcome == base::Outcome::Permitted
    }
}
