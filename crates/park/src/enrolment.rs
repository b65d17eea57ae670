//! Rosters and visitors: rows become people, invitations and cases, in one submission.

use crate::error::WorkError;
use crate::identity::{InvitationLink, document_number};
use crate::open::Park;
use crate::outbox::Mail;
use base::{Actor, Bank, CaseId, Date, Key, Language, OrganisationId, PersonId, RosterId, Subject};
use desk::{Command, Details, Enrolment, Event, Receipt, Submission, context};
use profile::{Effect, Service};
use rosters::{Column, FaultyRow, Limits, Row};

/// One person to be applied for, whether from a roster's row or from a form.
#[derive(Debug, Clone)]
pub struct PersonForm {
    pub details: Details,
    pub home_bank: Bank,
    pub language: Language,
    /// The employer; `None` for a visitor, whom the organisation vouches for.
    pub employer: Option<OrganisationId>,
    pub requested_day: Option<Date>,
    /// The rest of the form, sealed with the case.
    pub answers: Option<serde_json::Value>,
}

/// What became of one person.
#[derive(Debug, Clone)]
pub struct Applied {
    pub person: PersonId,
    pub case: CaseId,
    /// They had been applied for before, under the same idempotency key.
    pub repeated: bool,
}

/// What became of a roster.
#[derive(Debug)]
pub struct RosterReport {
    pub roster: RosterId,
    pub encoding: rosters::Encoding,
    pub applied: Vec<Applied>,
    pub faulty: Vec<FaultyRow>,
    pub faulty_total: u32,
    pub rows_total: u32,
}

/// What became of a row that a clerk mended.
#[derive(Debug)]
pub enum MendedRow {
    Applied(Box<Applied>),
    StillFaulty(FaultyRow),
}

impl Park {
    /// Reads a roster, applies for its good rows in one go and keeps the faulty ones to be mended.
    pub async fn upload_roster(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Key,
        file: &[u8],
        key: Option<Box<str>>,
    ) -> Result<RosterReport, WorkError> {
        let now = self.now();
        let bank = parties::organisation(&self.zone().parties, organisation).ok_or(WorkError::NotFound)?.bank;
        let roster = rosters::read(file, self.profile.local_date(bank, now), &Limits::default())?;
        let forms: Vec<PersonForm> = roster.rows.iter().map(|row| form_of(row, organisation)).collect();
        let subject = self.one_subject()?;
        // The file goes to the object store, sealed, before the command that names it.
        let sealed_file = self.vault.seal(&subject, context::ROSTER_ROWS, file)?;
        let file = self.blobs.put(&sealed_file).await?;
        let faulty_rows = self.seal_rows(&subject, &roster.faulty)?;
        let (mut commands, links) = self.enrolments(&forms, organisation, service)?;
        let applied = u32::try_from(forms.len()).unwrap_or(u32::MAX);
        let upload = cases::Command::UploadRoster {
            service: service.clone(),
            organisation,
            subject,
            file: file.into(),
            applied,
            faulty: roster.faulty_total,
            faulty_rows,
        };
        commands.insert(0, upload.into());
        let submission = Submission { actor: actor.clone(), now, commands, key };
        let receipt = self.desk.submit(submission).await?;
        let id = receipt.events.iter().find_map(|event| match event {
            Event::Cases(cases::Event::RosterUploaded { roster, .. }) => Some(*roster),
            _ => None,
        });
        let applied = self.invite_all(&receipt, links, &forms).await;
        Ok(RosterReport {
            roster: id.ok_or(WorkError::NotFound)?,
            encoding: roster.encoding,
            applied,
            faulty: roster.faulty,
            faulty_total: roster.faulty_total,
            rows_total: roster.rows_total,
        })
    }

    /// The faulty rows that are left of a roster.
    pub fn faulty_rows(&self, id: RosterId) -> Result<Vec<FaultyRow>, WorkError> {
        let zone = self.zone();
        let roster = cases::roster(&zone.cases, id).ok_or(WorkError::NotFound)?;
        match &roster.faulty_rows {
            Some(sealed) => Ok(self.vault.open_json(sealed, context::ROSTER_ROWS)?),
            None => Ok(Vec::new()),
        }
    }

    /// Checks one faulty row again with the clerk's changes; if it is good now, applies for it.
    pub async fn mend_row(
        &self,
        actor: &Actor,
        id: RosterId,
        line: u32,
        changes: &[(Column, String)],
    ) -> Result<MendedRow, WorkError> {
        let zone = self.zone();
        let roster = cases::roster(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let mut rows = self.faulty_rows(id)?;
        let at = rows.iter().position(|row| row.line == line).ok_or(WorkError::NotFound)?;
        let faulty = rows.remove(at);
        let bank = parties::organisation(&zone.parties, roster.organisation).ok_or(WorkError::NotFound)?.bank;
        let today = self.profile.local_date(bank, self.now());
        let (mut commands, links, forms, still_faulty) =
            match rosters::mend(&faulty, changes, today, &Limits::default()) {
                Ok(row) => {
                    let forms = vec![form_of(&row, roster.organisation)];
                    let (commands, links) = self.enrolments(&forms, roster.organisation, &roster.service)?;
                    (commands, links, forms, None)
                }
                Err(row) => {
                    rows.insert(at, row.clone());
                    (Vec::new(), Vec::new(), Vec::new(), Some(row))
                }
            };
        let mend = cases::Command::MendRoster {
            roster: id,
            applied: u32::try_from(forms.len()).unwrap_or(u32::MAX),
            faulty: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            faulty_rows: self.seal_rows(&roster.subject, &rows)?,
        };
        commands.insert(0, mend.into());
        let submission = Submission { actor: actor.clone(), now: self.now(), commands, key: None };
        let receipt = self.desk.submit(submission).await?;
        match (still_faulty, self.invite_all(&receipt, links, &forms).await.pop()) {
            (Some(row), _) => Ok(MendedRow::StillFaulty(row)),
            (None, Some(applied)) => Ok(MendedRow::Applied(Box::new(applied))),
            (None, None) => Err(WorkError::NotFound),
        }
    }

    /// Applies for one person from a form, after checking the form against the service's schema.
    pub async fn apply_for(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Key,
        form: &serde_json::Value,
        key: Option<Box<str>>,
    ) -> Result<Applied, WorkError> {
        let known = self.profile.services.get(service).ok_or(WorkError::NotFound)?;
        let faults = known.form.check(form);
        if !faults.is_empty() {
            return Err(WorkError::Form(faults));
        }
        let mut person = person_form(known, organisation, form);
        let details = &mut person.details;
        details.document_number = document_number(&details.document_kind, &details.document_number)?;
        let forms = vec![person];
        let (commands, links) = self.enrolments(&forms, organisation, service)?;
        let submission = Submission { actor: actor.clone(), now: self.now(), commands, key };
        let receipt = self.desk.submit(submission).await?;
        self.invite_all(&receipt, links, &forms).await.pop().ok_or(WorkError::NotFound)
    }

    fn enrolments(
        &self,
        forms: &[PersonForm],
        organisation: OrganisationId,
        service: &Key,
    ) -> Result<(Vec<Command>, Vec<InvitationLink>), WorkError> {
        let subjects = self.vault.create_subjects(forms.len())?;
        let mut commands = Vec::with_capacity(forms.len() + 1);
        let mut links = Vec::with_capacity(forms.len());
        for (form, subject) in forms.iter().zip(subjects) {
            let link = self.new_link()?;
            let details = self.vault.seal_json(&subject, context::DETAILS, &form.details)?;
            let answers = form.answers.as_ref();
            let answers =
                answers.map(|answers| self.vault.seal_json(&subject, context::ANSWERS, answers)).transpose()?;
            let register = parties::Command::RegisterPerson {
                subject,
                details,
                home_bank: form.home_bank,
                employer: form.employer,
                host: form.employer.is_none().then_some(organisation),
                language: form.language,
                synthetic: self.is_demo(),
            };
            commands.push(Command::Enrol(Box::new(Enrolment {
                register,
                invitation: Some(link.invitation()),
                service: service.clone(),
                organisation: Some(organisation),
                answers,
                requested_day: form.requested_day,
            })));
            links.push(link);
        }
        Ok((commands, links))
    }

    /// Sends every registered person their link. A mail that fails is logged without its address; the clerk can invite
    /// again. Where the submission only repeats an earlier one, its links are nobody's: the people have theirs already.
    async fn invite_all(&self, receipt: &Receipt, links: Vec<InvitationLink>, forms: &[PersonForm]) -> Vec<Applied> {
        let Receipt { events, repeated, .. } = receipt;
        let people = events.iter().filter_map(|event| match event {
            Event::Parties(parties::Event::PersonRegistered { person, .. }) => Some(*person),
            _ => None,
        });
        let opened = events.iter().filter_map(|event| match event {
            Event::Cases(cases::Event::Opened { case, .. }) => Some(*case),
            _ => None,
        });
        let mut applied = Vec::with_capacity(links.len());
        for (((person, case), link), form) in people.zip(opened).zip(links).zip(forms) {
            if !repeated {
                let mail = Mail::invitation(&form.details.email, form.language, &self.origin, person, &link);
                self.outbox.send(mail).await;
            }
            applied.push(Applied { person, case, repeated: *repeated });
        }
        applied
    }

    fn seal_rows(&self, subject: &Subject, rows: &[FaultyRow]) -> Result<Option<base::Sealed>, WorkError> {
        if rows.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.vault.seal_json(subject, context::ROSTER_ROWS, rows)?))
    }

    pub(crate) fn one_subject(&self) -> Result<Subject, WorkError> {
        self.vault.create_subjects(1)?.pop().ok_or(WorkError::NotFound)
    }
}

fn form_of(row: &Row, employer: OrganisationId) -> PersonForm {
    PersonForm {
        details: Details {
            family_name: row.family_name.clone(),
            given_name: row.given_name.clone(),
            latin_name: row.latin_name.clone(),
            birth_date: Some(row.birth_date),
            nationality: row.nationality.clone(),
            email: row.email.clone(),
            mobile: row.mobile.clone(),
            job_title: row.job_title.clone(),
            staff_number: row.staff_number.clone(),
            document_kind: row.document_kind.code().to_owned(),
            document_number: row.document_number.clone(),
            document_expires: Some(row.document_expires),
        },
        home_bank: row.home_bank,
        language: row.language,
        employer: Some(employer),
        requested_day: None,
        answers: None,
    }
}

/// The form's fields by the names that every service's form uses for them.
fn person_form(service: &Service, organisation: OrganisationId, form: &serde_json::Value) -> PersonForm {
    let text = |key: &str| form.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let date = |key: &str| text(key).parse().ok();
    let vouched_for = matches!(&service.effect, Effect::IssuePermit(template) if template.days_from_request);
    PersonForm {
        details: Details {
            family_name: text("family-name"),
            given_name: text("given-name"),
            latin_name: text("latin-name"),
            birth_date: date("birth-date"),
            nationality: text("nationality"),
            email: text("email"),
            mobile: text("mobile"),
            job_title: text("job-title"),
            staff_number: text("staff-number"),
            document_kind: text("document-kind"),
            document_number: text("document-number"),
            document_expires: date("document-expires"),
        },
        home_bank: if text("home-bank") == "north" { Bank::North } else { Bank::South },
        language: text("language").parse().unwrap_or_default(),
        employer: (!vouched_for).then_some(organisation),
        requested_day: date(profile::REQUESTED_DAY),
        answers: Some(form.clone()),
    }
}
