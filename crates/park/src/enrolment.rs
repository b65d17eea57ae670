//! People applied for, by a roster's rows or a form: who is new is registered, invited and applied for; whoever the
//! organisation registered before is known by their identity document, and is not registered or written to again.

use crate::drafts::DraftFile;
use crate::error::WorkError;
use crate::identity::{document_number, invite};
use crate::open::Park;
use base::{Actor, Bank, CaseId, Date, Instant, Key, Language, OrganisationId, PersonId, Subject};
use cases::{About, Disclosed, Outcome, Stage};
use desk::{Command, Details, Enrolment, Event, Refusal, Submission, Zone, context, document_tag};
use parties::Person;
use profile::{Effect, Service};
use rosters::Row;

/// A pass that holds for longer than this need not be applied for again.
const RENEWAL_WITHIN: i64 = 30 * Instant::DAY;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    pub person: PersonId,
    pub case: CaseId,
    /// They had been applied for before, under the same idempotency key.
    pub repeated: bool,
}

/// Who applies for what.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub organisation: OrganisationId,
    pub service: &'a Key,
    /// On a roster, whoever has a pass that holds for a while is there because they work there; a form asks for a new one.
    pub on_roster: bool,
}

/// The commands for some people, and the keys that were made for those of them who are new.
#[derive(Default)]
pub(crate) struct Plan {
    pub commands: Vec<Command>,
    pub subjects: Vec<Subject>,
    /// Those for whom nothing is opened, by their place among the forms: the application that there is already.
    pub before: Vec<(usize, PersonId, CaseId)>,
}

impl Park {
    /// Applies for one person from a form, after checking the form against the service's schema.
    pub async fn apply_for(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Key,
        form: &serde_json::Value,
        key: Option<Box<str>>,
    ) -> Result<Applied, WorkError> {
        self.apply_for_with(actor, organisation, service, (form, &[]), key).await
    }

    /// The same, with the files of a draft: they are sealed anew for whoever is applied for.
    pub(crate) async fn apply_for_with(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Key,
        (form, files): (&serde_json::Value, &[DraftFile]),
        key: Option<Box<str>>,
    ) -> Result<Applied, WorkError> {
        let known = self.profile.services.get(service).ok_or(WorkError::NotFound)?;
        let faults = self.check_form(actor, &known.form, form, |document, address| {
            files.iter().any(|file| file.document == document.key && *file.file == *address)
        });
        if !faults.is_empty() {
            return Err(WorkError::Form(faults));
        }
        let mut person = person_form(known, organisation, form);
        let details = &mut person.details;
        details.document_number = document_number(&details.document_kind, &details.document_number)?;
        let forms = [person];
        let _one_at_a_time = self.enrolling.lock().await;
        if let Some(earlier) = self.earlier(key.as_deref())? {
            let corrected = || corrected(&self.zone(), &earlier.events);
            return applied(&earlier.events, true).next().or_else(corrected).ok_or(WorkError::NotFound);
        }
        let wanted = Wanted { organisation, service, on_roster: false };
        let Plan { mut commands, subjects, before } = self.plan(&forms, wanted)?;
        if commands.is_empty() {
            let (_, _, case) = before.first().copied().ok_or(WorkError::NotFound)?;
            return Err(Refusal::Cases(cases::Refusal::CaseMustBeTheOnlyOneOpen { case }).into());
        }
        let kept = match self.hand_on(&known.form, (form, files), &mut commands).await {
            Ok(kept) => kept,
            Err(error) => {
                self.vault.discard(&subjects)?;
                return Err(error);
            }
        };
        let submission = Submission { actor: actor.clone(), now: self.now(), commands, key };
        match self.desk.submit(submission).await {
            Ok(receipt) => {
                let corrected = || corrected(&self.zone(), &receipt.events);
                applied(&receipt.events, false).next().or_else(corrected).ok_or(WorkError::NotFound)
            }
            Err(error) => {
                self.take_back(&error, &subjects, &kept).await;
                Err(error.into())
            }
        }
    }

    /// What is to be done for the people of these forms. Whoever submits it holds `enrolling` from before this until
    /// then: nobody may be registered twice because two looked at the same time.
    pub(crate) fn plan(&self, forms: &[PersonForm], wanted: Wanted) -> Result<Plan, WorkError> {
        let zone = self.zone();
        let known: Vec<Option<PersonId>> =
            forms.iter().map(|form| self.known(&zone, form, wanted)).collect::<Result<_, _>>()?;
        let new = known.iter().filter(|known| known.is_none()).count();
        let mut plan = Plan { subjects: self.vault.create_subjects(new)?, ..Plan::default() };
        let made = self.commands(&zone, forms, &known, wanted, &mut plan);
        if made.is_err() {
            self.vault.discard(&plan.subjects)?;
        }
        made.map(|()| plan)
    }

    fn commands(
        &self,
        zone: &Zone,
        forms: &[PersonForm],
        known: &[Option<PersonId>],
        wanted: Wanted,
        plan: &mut Plan,
    ) -> Result<(), WorkError> {
        let mut subjects = plan.subjects.iter();
        for (place, (form, known)) in forms.iter().zip(known).enumerate() {
            let Some(id) = *known else {
                let subject = subjects.next().ok_or(WorkError::NotFound)?;
                plan.commands.push(self.enrol(form, subject, wanted)?);
                continue;
            };
            let person = parties::person(&zone.parties, id).ok_or(WorkError::NotFound)?;
            let before = applied_before(zone, id, form, wanted, self.now());
            plan.commands.extend(self.written_to_again(id, person, form, before.is_some())?);
            match before {
                Some(case) => plan.before.push((place, id, case)),
                None => plan.commands.push(self.open_again(id, person, form, wanted)?),
            }
        }
        Ok(())
    }

    /// Whom the organisation registered with this document before, as one of its own or as its visitor.
    fn known(&self, zone: &Zone, form: &PersonForm, wanted: Wanted) -> Result<Option<PersonId>, WorkError> {
        let Details { document_kind, document_number, .. } = &form.details;
        let Some(tag) = document_tag(&self.vault, document_kind, document_number) else { return Ok(None) };
        let bearers = self.desk.outside().bearers(zone, &tag)?;
        let is_theirs = |id: &PersonId| {
            parties::person(&zone.parties, *id).is_some_and(|person| {
                person.employer == form.employer && person.employer.or(person.host) == Some(wanted.organisation)
            })
        };
        Ok(bearers.into_iter().find(is_theirs))
    }

    fn enrol(&self, form: &PersonForm, subject: &Subject, wanted: Wanted) -> Result<Command, WorkError> {
        let register = parties::Command::RegisterPerson {
            subject: subject.clone(),
            details: self.vault.seal_json(subject, context::DETAILS, &form.details)?,
            home_bank: form.home_bank,
            employer: form.employer,
            host: form.employer.is_none().then_some(wanted.organisation),
            language: form.language,
            synthetic: self.is_demo(),
        };
        Ok(Command::Enrol(Box::new(Enrolment {
            register,
            invitation: Some(self.new_link()?.by_letter(&self.vault, subject)?),
            service: wanted.service.clone(),
            organisation: Some(wanted.organisation),
            answers: self.answers(form, subject)?,
            requested_day: form.requested_day,
            disclosed: self.disclosed(form, wanted)?,
            attachments: Vec::new(),
        })))
    }

    fn open_again(
        &self,
        id: PersonId,
        person: &Person,
        form: &PersonForm,
        wanted: Wanted,
    ) -> Result<Command, WorkError> {
        let open = cases::Command::Open {
            service: wanted.service.clone(),
            organisation: Some(wanted.organisation),
            about: About::Person(id),
            answers: self.answers(form, &person.subject)?,
            requested_day: form.requested_day,
            disclosed: self.disclosed(form, wanted)?,
            attachments: Vec::new(),
        };
        Ok(open.into())
    }

    /// For somebody known who has not come in yet: what the organisation says now counts, because their letter may have
    /// gone to a wrong address. A link that went there stops working, and a new one is sent.
    fn written_to_again(
        &self,
        id: PersonId,
        person: &Person,
        form: &PersonForm,
        applied_before: bool,
    ) -> Result<Vec<Command>, WorkError> {
        if !person.passkeys.is_empty() {
            return Ok(Vec::new());
        }
        let mut commands = Vec::new();
        let corrected = self.details(id).as_ref() != Some(&form.details);
        if corrected {
            let details = self.vault.seal_json(&person.subject, context::DETAILS, &form.details)?;
            commands.push(parties::Command::MendDetails { person: id, details }.into());
        }
        let invited = person.invitation.as_ref().is_some_and(|invitation| invitation.expires_at >= self.now());
        if corrected || !(applied_before || invited) {
            let invitation = self.new_link()?.by_letter(&self.vault, &person.subject)?;
            commands.push(invite(id, invitation).into());
        }
        Ok(commands)
    }

    fn answers(&self, form: &PersonForm, subject: &Subject) -> Result<Option<base::Sealed>, WorkError> {
        let seal = |answers| self.vault.seal_json(subject, context::ANSWERS, answers);
        Ok(form.answers.as_ref().map(seal).transpose()?)
    }

    fn disclosed(&self, form: &PersonForm, wanted: Wanted) -> Result<Disclosed, WorkError> {
        let service = self.profile.services.get(wanted.service).ok_or(WorkError::NotFound)?;
        Ok(form.answers.as_ref().map(|answers| Disclosed::of(service, answers)).unwrap_or_default())
    }

    pub(crate) fn one_subject(&self) -> Result<Subject, WorkError> {
        self.vault.create_subjects(1)?.pop().ok_or(WorkError::NotFound)
    }
}

/// The applications that events opened.
pub(crate) fn applied(events: &[Event], repeated: bool) -> impl Iterator<Item = Applied> + '_ {
    events.iter().filter_map(move |event| match event {
        Event::Cases(cases::Event::Opened { case, subject, .. }) => {
            Some(Applied { person: *subject, case: *case, repeated })
        }
        _ => None,
    })
}

/// Somebody who was applied for before, and was only written to again.
fn corrected(zone: &Zone, events: &[Event]) -> Option<Applied> {
    let person = events.iter().find_map(|event| match event {
        Event::Parties(parties::Event::DetailsMended { person, .. }) => Some(*person),
        _ => None,
    })?;
    let (case, _) = cases::of_subject(&zone.cases, person).next()?;
    Some(Applied { person, case, repeated: true })
}

/// The person's application for the same that is under way, or that led to a pass which holds for a while yet.
fn applied_before(zone: &Zone, person: PersonId, form: &PersonForm, wanted: Wanted, now: Instant) -> Option<CaseId> {
    let mut same = cases::of_subject(&zone.cases, person)
        .filter(|(_, case)| case.service == *wanted.service && case.requested_day == form.requested_day);
    let counts = |(id, case): &(CaseId, &cases::Case)| match case.stage {
        Stage::Confirming | Stage::Deciding => true,
        Stage::Decided(Outcome::Approved) => permits::of_case(&zone.permits, *id)
            .and_then(|permit| permits::permit(&zone.permits, permit))
            .is_some_and(|permit| {
                let holds = permit.issue.valid_until > now.plus(RENEWAL_WITHIN);
                wanted.on_roster && holds && permit.status != permits::Status::Revoked
            }),
        Stage::Decided(Outcome::Refused | Outcome::Withdrawn) => false,
    };
    same.find(counts).map(|(case, _)| case)
}

pub(crate) fn form_of(row: &Row, employer: OrganisationId) -> PersonForm {
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
pub(crate) fn person_form(service: &Service, organisation: OrganisationId, form: &serde_json::Value) -> PersonForm {
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
