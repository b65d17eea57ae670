//! A family or a team in one go: one form, and an application of their own for each person of it.
//!
//! All are opened in one commit or none is; from then on each is confirmed and decided by itself.

use crate::enrolment::{Applied, PersonForm, Wanted, applied, person_form};
use crate::error::WorkError;
use crate::identity::document_number;
use crate::open::Park;
use base::{Actor, Key, OrganisationId};
use desk::{Refusal, Submission};
use profile::{FieldFault, FieldFaultCode, PART_MARK, Service};
use rosters::FaultCode;
use serde_json::Value;

/// What stands before a person's place in the names of a team's fields: `people/0/family-name`.
pub const TEAM: &str = "people";
const NUMBER: &str = "document-number";

/// The name of a person's field in a team.
pub fn team_field(place: usize, field: &str) -> String {
    format!("{TEAM}{PART_MARK}{place}{PART_MARK}{field}")
}

impl Park {
    /// Applies for several people who are new to the park or known to the organisation, each by a whole form of their own.
    ///
    /// # Errors
    /// `Form` with the faults of all, each named by the person's place; nothing is opened then.
    pub async fn apply_for_team(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Key,
        forms: &[Value],
        key: Option<Box<str>>,
    ) -> Result<Vec<Applied>, WorkError> {
        let known = self.profile.services.get(service).ok_or(WorkError::NotFound)?;
        let most = known.form.team_most.ok_or(WorkError::NotFound)?;
        let people = self.team(actor, organisation, known, forms, most)?;
        let _one_at_a_time = self.enrolling.lock().await;
        if let Some(earlier) = self.earlier(key.as_deref())? {
            return Ok(applied(&earlier.events, true).collect());
        }
        let plan = self.plan(&people, Wanted { organisation, service, on_roster: false })?;
        if let Some((_, _, case)) = plan.before.first() {
            self.vault.discard(&plan.subjects)?;
            return Err(Refusal::Cases(cases::Refusal::CaseMustBeTheOnlyOneOpen { case: *case }).into());
        }
        let submission = Submission { actor: actor.clone(), now: self.now(), commands: plan.commands, key };
        match self.desk.submit(submission).await {
            Ok(receipt) => Ok(applied(&receipt.events, false).collect()),
            Err(error) => {
                self.take_back(&error, &plan.subjects, &[]).await;
                Err(error.into())
            }
        }
    }

    fn team(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Service,
        forms: &[Value],
        most: u16,
    ) -> Result<Vec<PersonForm>, WorkError> {
        let whole =
            |code, limit: usize| vec![FieldFault { field: TEAM.to_owned(), code, limit: Some(limit.to_string()) }];
        if forms.is_empty() {
            return Err(WorkError::Form(whole(FieldFaultCode::TooFew, 1)));
        }
        if forms.len() > usize::from(most) {
            return Err(WorkError::Form(whole(FieldFaultCode::TooMany, usize::from(most))));
        }
        let mut faults = Vec::new();
        let mut people: Vec<PersonForm> = Vec::with_capacity(forms.len());
        for (place, form) in forms.iter().enumerate() {
            let own = self.check_form(actor, &service.form, form, Self::no_files);
            let mut person = person_form(service, organisation, form);
            let details = &mut person.details;
            match document_number(&details.document_kind, &details.document_number) {
                Ok(number) => details.document_number = number,
                // Said once: what the schema found wrong with the number is not said again.
                Err(code) if own.is_empty() => faults.push(of_number(place, code)),
                Err(_) => {}
            }
            let same = |other: &PersonForm| {
                let (one, other) = (&person.details, &other.details);
                !one.document_number.is_empty()
                    && (&one.document_kind, &one.document_number) == (&other.document_kind, &other.document_number)
            };
            if people.iter().any(same) {
                faults.push(FieldFault { field: team_field(place, NUMBER), code: FieldFaultCode::Twice, limit: None });
            }
            faults.extend(own.into_iter().map(|fault| FieldFault { field: team_field(place, &fault.field), ..fault }));
            people.push(person);
        }
        if faults.is_empty() { Ok(people) } else { Err(WorkError::Form(faults)) }
    }
}

fn of_number(place: usize, code: FaultCode) -> FieldFault {
    let check_digit =
        matches!(code, FaultCode::HongKongIdentityCardCheckDigit | FaultCode::MainlandIdentityCardCheckDigit);
    let code = if check_digit { FieldFaultCode::WrongCheckDigit } else { FieldFaultCode::WrongFormat };
    FieldFault { field: team_field(place, NUMBER), code, limit: None }
}
