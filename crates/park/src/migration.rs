//! Moving open cases to a newer version of their service: first what it would do to each, then the move, an event a case.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, CaseId, Key};
use cases::{Case, Disclosed, Migration, Stage};
use desk::{Receipt, Submission, SubmitError};
use profile::{FieldFault, Service};
use serde_json::Value;

/// What moving one case would do.
#[derive(Debug, Clone)]
pub struct CaseMove {
    pub case: CaseId,
    pub from: u32,
    pub to: u32,
    /// Questions of the new form that were never answered.
    pub unanswered: Vec<Key>,
    /// Answers to questions that are asked no more; they stay in the log.
    pub no_longer_asked: Vec<Key>,
    /// What the new form says of the answers: what is missing, what is not valid any more.
    pub faults: Vec<FieldFault>,
    pub legs: Result<Migration, cases::Refusal>,
    /// What of the answers would be told in plain text.
    disclosed: Disclosed,
}

impl CaseMove {
    /// Whether it can be moved as it is: nothing is missing, and no rule is in the way.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.legs.is_ok()
    }
}

impl Park {
    /// Open cases of the service that are on an earlier version, oldest first.
    pub fn cases_on_earlier_versions(&self, service: &Service) -> Vec<CaseId> {
        let zone = self.zone();
        let is_meant = |case: &Case| {
            case.service == service.key
                && case.service_version < service.version
                && !matches!(case.stage, Stage::Decided(_))
        };
        zone.cases.cases.iter().filter(|(_, case)| is_meant(case)).map(|(id, _)| *id).collect()
    }

    /// What moving the case would do. Nothing is moved.
    pub fn consider_move(&self, actor: &Actor, id: CaseId, to: &Service) -> Result<CaseMove, WorkError> {
        let zone = self.zone();
        let case = cases::case(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let answers = self.answers_of(case)?;
        let form_service = cases::form_service(&zone.cases, &self.profile, to, case.about);
        let form = &form_service.form;
        let told = answers.as_ref().and_then(Value::as_object);
        let asked = |key: &str| form.field(key).is_some();
        let no_longer_asked =
            told.into_iter().flat_map(|told| told.keys()).filter(|key| !asked(key)).filter_map(|key| Key::new(key));
        let no_longer_asked: Vec<Key> = no_longer_asked.collect();
        let still: Option<Value> = told.map(|told| {
            Value::Object(told.iter().filter(|(key, _)| asked(key)).map(|(k, v)| (k.clone(), v.clone())).collect())
        });
        let fields = form.fields.iter().map(|field| &field.key);
        let unanswered = match told {
            Some(told) => fields.filter(|key| !told.contains_key(key.as_str())).cloned().collect(),
            // A roster's rows became people, and no form was filled in.
            None => Vec::new(),
        };
        let faults = still.as_ref().map(|still| form.check(still)).unwrap_or_default();
        let disclosed = match &still {
            Some(still) => Disclosed::of(form_service, still),
            None => case.disclosed.clone(),
        };
        let legs = self.desk.plan_migration(actor, self.now(), id, to.version, &disclosed);
        let (from, to) = (case.service_version, to.version);
        Ok(CaseMove { case: id, from, to, unanswered, no_longer_asked, faults, legs, disclosed })
    }

    /// Moves the case as was considered. Must not be called from within an asynchronous runtime.
    pub fn carry_out_move(&self, actor: &Actor, considered: &CaseMove) -> Result<Receipt, SubmitError> {
        let CaseMove { case, to, disclosed, .. } = considered;
        let command = cases::Command::Migrate { case: *case, to: *to, disclosed: disclosed.clone() };
        let commands = vec![command.into()];
        self.desk.submit_blocking(Submission { actor: actor.clone(), now: self.now(), commands, key: None })
    }
}
