//! Appointing people: to an office, or to act for an organisation. Whoever is new is registered and invited with it.

use crate::error::WorkError;
use crate::identity::{InvitationLink, invite};
use crate::open::Park;
use base::{Actor, Bank, Language, PersonId};
use desk::{Appointing, Command, Details, Event, Post, Submission, context};
use profile::{FieldFault, FieldFaultCode};

const NAME_CHARS_MAX: usize = 100;
const EMAIL_CHARS_MAX: usize = 254;

/// What is asked of somebody who is appointed: who they are is for the authority that names them, not for this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    pub family_name: String,
    pub given_name: String,
    pub latin_name: String,
    /// Where the one-time link goes.
    pub email: String,
    pub language: Language,
    pub home_bank: Bank,
}

/// Whom to appoint.
#[derive(Debug, Clone)]
pub enum Who {
    New(NewPerson),
    Known(PersonId),
}

/// What came of it.
#[derive(Debug)]
pub struct Appointed {
    pub person: PersonId,
    /// None for somebody who has a passkey already.
    pub link: Option<InvitationLink>,
    pub first: u64,
    pub entries: usize,
}

impl NewPerson {
    /// What is missing or too long, by the field's name; nothing where it can be used.
    pub fn faults(&self) -> Vec<FieldFault> {
        let fault = |field: &str, code, limit: Option<usize>| FieldFault {
            field: field.to_owned(),
            code,
            limit: limit.map(|limit| limit.to_string()),
        };
        let mut faults = Vec::new();
        if self.family_name.trim().is_empty() && self.latin_name.trim().is_empty() {
            faults.push(fault("family-name", FieldFaultCode::Missing, None));
        }
        let names =
            [("family-name", &self.family_name), ("given-name", &self.given_name), ("latin-name", &self.latin_name)];
        for (field, name) in names {
            if name.chars().count() > NAME_CHARS_MAX {
                faults.push(fault(field, FieldFaultCode::TooLong, Some(NAME_CHARS_MAX)));
            }
        }
        let email = self.email.trim();
        if email.is_empty() {
            faults.push(fault("email", FieldFaultCode::Missing, None));
        } else if email.chars().count() > EMAIL_CHARS_MAX {
            faults.push(fault("email", FieldFaultCode::TooLong, Some(EMAIL_CHARS_MAX)));
        } else if !looks_like_an_address(email) {
            faults.push(fault("email", FieldFaultCode::WrongFormat, None));
        }
        faults
    }

    fn details(&self) -> Details {
        let plain = |text: &str| text.trim().to_owned();
        Details {
            family_name: plain(&self.family_name),
            given_name: plain(&self.given_name),
            latin_name: plain(&self.latin_name),
            email: plain(&self.email),
            ..Details::default()
        }
    }
}

/// Enough to catch what was typed wrong; whether it is somebody's, the letter will tell.
fn looks_like_an_address(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"@,;<>\"".contains(c));
    text.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host) && host.trim_matches('.').contains('.'))
}

impl Park {
    /// Appoints somebody. A letter takes the one-time link to them; whoever appoints is told it too, and told the same
    /// one again under the same key.
    pub async fn appoint(
        &self,
        actor: &Actor,
        who: &Who,
        post: Post,
        key: Option<Box<str>>,
    ) -> Result<Appointed, WorkError> {
        if let Some(earlier) = self.earlier(key.as_deref())? {
            return self.appointed(who, earlier.first, &earlier.events);
        }
        let (commands, made) = match who {
            Who::Known(person) => (self.appoint_known(*person, post)?, None),
            Who::New(new) => {
                let faults = new.faults();
                if !faults.is_empty() {
                    return Err(WorkError::Form(faults));
                }
                let subject = self.one_subject()?;
                let appointing = self.appointing(new, &subject, post);
                if appointing.is_err() {
                    self.vault.discard(std::slice::from_ref(&subject))?;
                }
                (vec![Command::Appoint(Box::new(appointing?))], Some(subject))
            }
        };
        let submission = Submission { actor: actor.clone(), now: self.now(), commands, key };
        match self.desk.submit(submission).await {
            Ok(receipt) => self.appointed(who, receipt.first, &receipt.events),
            Err(error) => {
                self.take_back(&error, made.as_slice(), &[]).await;
                Err(error.into())
            }
        }
    }

    fn appointing(&self, new: &NewPerson, subject: &base::Subject, post: Post) -> Result<Appointing, WorkError> {
        let employer = match &post {
            Post::Organisation(organisation) => Some(*organisation),
            Post::Office(_) => None,
        };
        let register = parties::Command::RegisterPerson {
            subject: subject.clone(),
            details: self.vault.seal_json(subject, context::DETAILS, &new.details())?,
            home_bank: new.home_bank,
            employer,
            host: None,
            language: new.language,
            synthetic: self.is_demo(),
        };
        Ok(Appointing { register, post, invitation: self.new_link()?.by_letter(&self.vault, subject)? })
    }

    fn appoint_known(&self, person: PersonId, post: Post) -> Result<Vec<Command>, WorkError> {
        let mut commands = vec![post.appoint(person).into()];
        let zone = self.zone();
        // Whoever is not known is refused by the room, with its own words.
        if let Some(known) = parties::person(&zone.parties, person)
            && !known.erased
            && known.passkeys.is_empty()
        {
            commands.push(invite(person, self.new_link()?.by_letter(&self.vault, &known.subject)?).into());
        }
        Ok(commands)
    }

    fn appointed(&self, who: &Who, first: u64, events: &[Event]) -> Result<Appointed, WorkError> {
        let registered = events.iter().find_map(|event| match event {
            Event::Parties(parties::Event::PersonRegistered { person, .. }) => Some(*person),
            Event::Zone(_)
            | Event::Parties(_)
            | Event::Cases(_)
            | Event::Permits(_)
            | Event::People(_)
            | Event::Letters(_) => None,
        });
        let person = match who {
            Who::Known(person) => *person,
            Who::New(_) => registered.ok_or(WorkError::NotFound)?,
        };
        Ok(Appointed { person, link: self.link_in(events)?, first, entries: events.len() })
    }
}
