//! The papers of synthetic people as submissions: rosters, confirmations, decisions, keys. Each is what the page or the
//! API would have made of the same act. What becomes of it is for the desk to say.

use crate::cast::{Character, document_kind};
use crate::dice::Dice;
use crate::error::SimulationError;
use crate::phrases;
use crate::stage::Stage;
use base::{Actor, Bank, CaseId, Date, Instant, Key, OrganisationId, PermitId, PersonId, Sealed};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use cases::LegVerdict;
use desk::{Command, Enrolment, Event, Invitation, Receipt, Submission, context};
use permits::Form;

const INVITED_FOR: i64 = 14 * Instant::DAY;

/// Who applies for others.
#[derive(Debug, Clone)]
pub(crate) struct Employer {
    pub organisation: OrganisationId,
    pub bank: Bank,
    pub clerk: PersonId,
}

impl Employer {
    pub fn clerk(&self) -> Actor {
        Actor::Clerk { person: self.clerk, organisation: self.organisation }
    }
}

/// Who was applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applicant {
    pub person: PersonId,
    pub case: CaseId,
    /// The number of the character who plays them.
    pub number: u32,
    pub home: Bank,
}

/// One submission of one command.
pub(crate) fn one(actor: Actor, now: Instant, command: impl Into<Command>) -> Submission {
    Submission { actor, now, commands: vec![command.into()], key: None }
}

/// 32 bytes by chance in base64url: a digest of nothing that anybody knows.
pub(crate) fn chance_digest(dice: &mut Dice) -> Box<str> {
    let bytes: Vec<u8> = (0..4).flat_map(|_| dice.below(u64::MAX).to_be_bytes()).collect();
    BASE64_URL_SAFE_NO_PAD.encode(bytes).into()
}

/// What a clerk hands in: for employees a roster, for visitors the day they come.
pub(crate) struct Application<'a> {
    pub employer: &'a Employer,
    pub service: &'a Key,
    pub people: &'a [Character],
    pub requested_day: Option<Date>,
    pub now: Instant,
}

impl Application<'_> {
    /// All of them in one go. Visitors come without a roster, and are nobody's employees here.
    pub fn submission(&self, stage: &mut impl Stage, dice: &mut Dice) -> Result<Submission, SimulationError> {
        let Application { employer, service, people, requested_day, now } = self;
        let mut commands = Vec::with_capacity(people.len() + 1);
        if requested_day.is_none() {
            commands.push(self.roster(stage)?);
        }
        let subjects = stage.vault().create_subjects(people.len())?;
        for (character, subject) in people.iter().zip(subjects) {
            let details = stage.vault().seal_json(&subject, context::DETAILS, &character.details)?;
            let register = parties::Command::RegisterPerson {
                subject,
                details,
                home_bank: character.home,
                employer: requested_day.is_none().then_some(employer.organisation),
                host: requested_day.is_some().then_some(employer.organisation),
                language: character.language,
                synthetic: true,
            };
            let expires_at = now.plus(INVITED_FOR);
            let invitation = Invitation { secret_digest: chance_digest(dice), expires_at, secret: None };
            commands.push(Command::Enrol(Box::new(Enrolment {
                register,
                invitation: Some(invitation),
                service: (*service).clone(),
                organisation: Some(employer.organisation),
                answers: None,
                requested_day: *requested_day,
                disclosed: cases::Disclosed::default(),
                attachments: Vec::new(),
            })));
        }
        Ok(Submission { actor: employer.clerk(), now: *now, commands, key: None })
    }

    fn roster(&self, stage: &mut impl Stage) -> Result<Command, SimulationError> {
        let subject = stage.vault().create_subjects(1)?.pop().ok_or(SimulationError::Missing("key"))?;
        let file: String = self.people.iter().map(csv_line).collect();
        let sealed = stage.vault().seal(&subject, context::ROSTER_ROWS, file.as_bytes())?;
        let file = stage.keep(&sealed)?;
        let upload = cases::Command::UploadRoster {
            service: self.service.clone(),
            organisation: self.employer.organisation,
            subject,
            file: file.into(),
            applied: u32::try_from(self.people.len()).unwrap_or(u32::MAX),
            known: 0,
            faulty: 0,
            rows: None,
        };
        Ok(upload.into())
    }
}

fn csv_line(character: &Character) -> String {
    let details = &character.details;
    format!("{},{},{},{}\r\n", details.staff_number, details.family_name, details.given_name, details.latin_name)
}

/// The people and cases that a receipt made, in the order of the application.
pub(crate) fn applicants(receipt: &Receipt, people: &[(u32, Bank)]) -> Vec<Applicant> {
    let opened = receipt.events.iter().filter_map(|event| match event {
        Event::Cases(cases::Event::Opened { case, subject, .. }) => Some((*case, *subject)),
        _ => None,
    });
    opened
        .zip(people)
        .map(|((case, person), (number, home))| Applicant { person, case, number: *number, home: *home })
        .collect()
}

/// The person confirms the document, agrees to what the service asks for, and submits.
pub(crate) fn confirmation(
    stage: &impl Stage,
    applicant: &Applicant,
    service: &Key,
    number: &str,
    expires: Date,
    now: Instant,
) -> Result<Submission, SimulationError> {
    let Applicant { person, case, home, .. } = *applicant;
    let number = seal_for(stage, person, context::DOCUMENT_NUMBER, number)?;
    let kind = Key::new(document_kind(home)).unwrap_or_default();
    let service = stage.profile().service(service).ok_or(SimulationError::Missing("service of that name"))?;
    let confirm = parties::Command::ConfirmDocument { person, kind, number, expires };
    let mut commands: Vec<Command> = vec![confirm.into()];
    for consent in &service.consents {
        let give = parties::Command::GiveConsent { person, consent: consent.key.clone(), version: consent.version };
        commands.push(give.into());
    }
    commands.push(cases::Command::Submit { case }.into());
    Ok(Submission { actor: Actor::Person { person }, now, commands, key: None })
}

/// One leg of a case, and who decides it.
#[derive(Debug, Clone)]
pub(crate) struct LegOf {
    pub case: CaseId,
    pub subject: PersonId,
    pub leg: Key,
    pub office: Key,
    pub bank: Bank,
}

impl LegOf {
    pub fn decision(
        &self,
        stage: &impl Stage,
        officer: PersonId,
        verdict: LegVerdict,
        now: Instant,
    ) -> Result<Submission, SimulationError> {
        let text = phrases::reason(self.bank, verdict, u64::from(self.case.0));
        let reason = seal_for(stage, self.subject, context::REASON, text)?;
        let decide = cases::Command::Decide { case: self.case, leg: self.leg.clone(), verdict, reason };
        Ok(one(Actor::Officer { person: officer, office: self.office.clone() }, now, decide))
    }

    pub fn question(&self, stage: &impl Stage, officer: PersonId, now: Instant) -> Result<Submission, SimulationError> {
        let question = seal_for(stage, self.subject, context::QUESTION, phrases::question(self.bank))?;
        let ask = cases::Command::Ask { case: self.case, leg: self.leg.clone(), question };
        Ok(one(Actor::Officer { person: officer, office: self.office.clone() }, now, ask))
    }

    pub fn answer(&self, stage: &impl Stage, now: Instant) -> Result<Submission, SimulationError> {
        let answer = seal_for(stage, self.subject, context::ANSWER, phrases::answer(self.bank))?;
        let answer = cases::Command::Answer { case: self.case, leg: self.leg.clone(), answer };
        Ok(one(Actor::Person { person: self.subject }, now, answer))
    }
}

/// The undecided legs of a case.
pub(crate) fn open_legs(zone: &desk::Zone, case: CaseId) -> Vec<LegOf> {
    let Some(known) = cases::case(&zone.cases, case) else { return Vec::new() };
    let undecided = known.legs.iter().filter(|leg| leg.state.is_undecided());
    undecided
        .map(|leg| LegOf {
            case,
            subject: known.subject,
            leg: leg.key.clone(),
            office: leg.office.clone(),
            bank: leg.bank,
        })
        .collect()
}

/// The holder's phone made a key, and the pass is bound to it.
pub(crate) fn binding(person: PersonId, permit: PermitId, thumbprint: Box<str>, now: Instant) -> Submission {
    let bind = permits::Command::BindHolderKey { permit, thumbprint, form: Form::Phone };
    one(Actor::Person { person }, now, bind)
}

pub(crate) fn seal_for(
    stage: &impl Stage,
    person: PersonId,
    context: &str,
    text: &str,
) -> Result<Sealed, SimulationError> {
    let zone = stage.zone();
    let known = parties::person(&zone.parties, person).ok_or(SimulationError::Missing("person of that number"))?;
    Ok(stage.vault().seal(&known.subject, context, text.as_bytes())?)
}
