//! Deciding, asking and answering, with what is written sealed under the key of the person it is about.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, CaseId, Key, PermitId, PersonId};
use cases::{About, Attachment, Audience, Disclosed, LegVerdict};
use desk::{Receipt, Submission, context};
use permits::Reason;
use profile::REQUESTED_DAY;

/// The longest reason, question or answer, in characters.
const TEXT_CHARS_MAX: usize = 4_000;

/// An officer's decision of one leg.
#[derive(Debug, Clone)]
pub struct LegDecision {
    pub case: CaseId,
    pub leg: Key,
    pub verdict: LegVerdict,
    pub reason: String,
}

/// What is written on a case.
#[derive(Debug, Clone)]
pub enum CaseTexts {
    Question(String),
    Answer(String),
}

impl Park {
    pub async fn decide_leg(&self, actor: &Actor, decision: LegDecision) -> Result<Receipt, WorkError> {
        let LegDecision { case, leg, verdict, reason } = decision;
        let reason = self.seal_text(self.subject_of(case)?, context::REASON, &clip(&reason))?;
        let command = cases::Command::Decide { case, leg, verdict, reason };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }

    /// Asks the applicant, or answers the office.
    pub async fn write(&self, actor: &Actor, case: CaseId, leg: Key, text: CaseTexts) -> Result<Receipt, WorkError> {
        let subject = self.subject_of(case)?;
        let command = match text {
            CaseTexts::Question(text) => {
                let question = self.seal_text(subject, context::QUESTION, &clip(&text))?;
                cases::Command::Ask { case, leg, question }
            }
            CaseTexts::Answer(text) => {
                let answer = self.seal_text(subject, context::ANSWER, &clip(&text))?;
                cases::Command::Answer { case, leg, answer }
            }
        };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }

    /// Writes a remark on the case, for those whom `audience` names.
    pub async fn remark(
        &self,
        actor: &Actor,
        case: CaseId,
        audience: Audience,
        text: &str,
        key: Option<Box<str>>,
    ) -> Result<Receipt, WorkError> {
        let text = self.seal_text(self.subject_of(case)?, context::REMARK, &clip(text))?;
        let remark = cases::Command::Remark { case, audience, text };
        let submission = Submission { actor: actor.clone(), now: self.now(), commands: vec![remark.into()], key };
        Ok(self.desk.submit(submission).await?)
    }

    /// The pre-check before any typing: whether the actor may open such a case, asked of the rooms and the rulebook. Without
    /// `about`, the form will name somebody who is new to the park.
    ///
    /// # Errors
    /// Why not: with the rule, its reason and its remedy where it is the rulebook's.
    pub fn check_opening(&self, actor: &Actor, service: &Key, about: Option<About>) -> Result<(), desk::Refusal> {
        self.desk.may_open(actor, self.now(), service, about)
    }

    /// Opens a case that is not about somebody new: a revocation about a permit, an erasure about oneself, an application
    /// of an organisation.
    pub async fn open_case(
        &self,
        actor: &Actor,
        service: &Key,
        about: About,
        form: &serde_json::Value,
        key: Option<Box<str>>,
    ) -> Result<Receipt, WorkError> {
        self.open_with(actor, service, about, form, Vec::new(), key).await
    }

    /// The same, with the documents that are handed in.
    pub(crate) async fn open_with(
        &self,
        actor: &Actor,
        service: &Key,
        about: About,
        form: &serde_json::Value,
        attachments: Vec<Attachment>,
        key: Option<Box<str>>,
    ) -> Result<Receipt, WorkError> {
        let zone = self.zone();
        let known = self.profile.services.get(service).ok_or(WorkError::NotFound)?;
        let known = cases::form_service(&zone.cases, &self.profile, known, about);
        let mut faults = self.check_form(actor, &known.form, form);
        // What changes a case is asked with the first one's files.
        let handed = match about {
            About::Change(link) => cases::attachments(&zone.cases, link.case),
            About::Person(_) | About::Permit(_) | About::Organisation(_) => attachments.as_slice(),
        };
        let handed = handed.iter().map(|file| (&file.document, &*file.file));
        faults.extend(Self::strange_files(&known.form, form, handed));
        if !faults.is_empty() {
            return Err(WorkError::Form(faults));
        }
        let person = match about {
            About::Person(person) => person,
            About::Permit(permit) => permits::permit(&zone.permits, permit).ok_or(WorkError::NotFound)?.issue.holder,
            About::Organisation(_) => actor.person().ok_or(WorkError::NotFound)?,
            About::Change(link) => cases::case(&zone.cases, link.case).ok_or(WorkError::NotFound)?.subject,
        };
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        let answers = Some(self.vault.seal_json(subject, context::ANSWERS, form)?);
        let organisation = actor.organisation();
        let requested_day = form.get(REQUESTED_DAY).and_then(serde_json::Value::as_str);
        let open = cases::Command::Open {
            service: service.clone(),
            organisation,
            about,
            answers,
            requested_day: requested_day.and_then(|day| day.parse().ok()),
            disclosed: Disclosed::of(known, form),
            attachments,
        };
        let submission = Submission { actor: actor.clone(), now: self.now(), commands: vec![open.into()], key };
        Ok(self.desk.submit(submission).await?)
    }

    pub async fn suspend_permit(
        &self,
        actor: &Actor,
        permit: PermitId,
        reason: Reason,
        note: &str,
    ) -> Result<Receipt, WorkError> {
        let note = self.permit_note(permit, note)?;
        let command = permits::Command::Suspend { permit, reason, note };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }

    pub async fn resume_permit(&self, actor: &Actor, permit: PermitId, note: &str) -> Result<Receipt, WorkError> {
        let note = self.permit_note(permit, note)?;
        let command = permits::Command::Resume { permit, note };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }

    pub async fn revoke_permit(
        &self,
        actor: &Actor,
        permit: PermitId,
        reason: Reason,
        note: &str,
    ) -> Result<Receipt, WorkError> {
        let note = self.permit_note(permit, note)?;
        let command = permits::Command::Revoke { permit, reason, note };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }

    fn permit_note(&self, permit: PermitId, note: &str) -> Result<Option<base::Sealed>, WorkError> {
        let zone = self.zone();
        let holder = permits::permit(&zone.permits, permit).ok_or(WorkError::NotFound)?.issue.holder;
        if note.trim().is_empty() {
            return Ok(None);
        }
        self.seal_text(holder, context::PERMIT_NOTE, &clip(note)).map(Some)
    }

    fn subject_of(&self, case: CaseId) -> Result<PersonId, WorkError> {
        Ok(cases::case(&self.zone().cases, case).ok_or(WorkError::NotFound)?.subject)
    }
}

/// Pages limit what can be typed; whatever comes another way is cut at the same place.
fn clip(text: &str) -> String {
    text.trim().chars().take(TEXT_CHARS_MAX).collect()
}
