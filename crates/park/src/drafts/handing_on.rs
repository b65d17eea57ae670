//! Files of a draft about somebody new: sealed under the key of its writer while it is being written, because nobody else has
//! one yet; and sealed anew, when it is sent, under the key of whoever it is about.

use super::{DraftFile, addresses};
use crate::error::WorkError;
use crate::open::Park;
use base::{Sealed, Subject};
use cases::{About, Attachment};
use desk::{Command, context};
use profile::Form;
use serde_json::Value;

impl Park {
    /// Puts the files into the command that opens the case, and their new addresses into its answers. What was kept is
    /// given back, for whoever submits the commands to take back where they are refused.
    pub(crate) async fn hand_on(
        &self,
        form: &Form,
        (answers, files): (&Value, &[DraftFile]),
        commands: &mut [Command],
    ) -> Result<Vec<Box<str>>, WorkError> {
        let Some(subject) = commands.iter().find_map(|command| self.key_owner(command)).filter(|_| !files.is_empty())
        else {
            return Ok(Vec::new());
        };
        let mut kept = Vec::new();
        let handed = self.sealed_anew(&subject, files, &mut kept).await;
        let put = handed.and_then(|handed| {
            let sealed = self.vault.seal_json(&subject, context::ANSWERS, &answers_with(form, answers, &handed))?;
            let attachments: Vec<Attachment> = handed
                .into_iter()
                .map(|file| {
                    Ok(file.attachment(self.vault.seal(&subject, context::ATTACHMENT_NAME, file.name.as_bytes())?))
                })
                .collect::<Result<_, WorkError>>()?;
            for command in commands {
                bring(command, &sealed, &attachments);
            }
            Ok(())
        });
        if let Err(error) = put {
            self.delete_files(kept.into_iter()).await;
            return Err(error);
        }
        Ok(kept)
    }

    /// Under whose key the case that a command opens is sealed.
    fn key_owner(&self, command: &Command) -> Option<Subject> {
        match command {
            Command::Enrol(enrolment) => match &enrolment.register {
                parties::Command::RegisterPerson { subject, .. } => Some(subject.clone()),
                _ => None,
            },
            Command::Cases(cases::Command::Open { about: About::Person(person), .. }) => {
                parties::person(&self.zone().parties, *person).map(|person| person.subject.clone())
            }
            _ => None,
        }
    }

    async fn sealed_anew(
        &self,
        subject: &Subject,
        files: &[DraftFile],
        kept: &mut Vec<Box<str>>,
    ) -> Result<Vec<DraftFile>, WorkError> {
        let mut handed = Vec::new();
        for file in files {
            let mut own = file.clone();
            own.file = self.one_anew(subject, context::ATTACHMENT, &file.file).await?;
            kept.push(own.file.clone());
            if let Some(thumbnail) = &file.thumbnail {
                own.thumbnail = Some(self.one_anew(subject, context::THUMBNAIL, thumbnail).await?);
            }
            kept.extend(addresses(&own).skip(1));
            handed.push(own);
        }
        Ok(handed)
    }

    async fn one_anew(&self, subject: &Subject, context: &'static str, address: &str) -> Result<Box<str>, WorkError> {
        let sealed = self.blobs.get(address).await?;
        let (vault, subject) = (self.vault.clone(), subject.clone());
        let sealing = tokio::task::spawn_blocking(move || {
            let opened = vault.open_sealed(&sealed, context)?;
            vault.seal(&subject, context, &opened)
        });
        let anew = sealing.await.map_err(|error| WorkError::Store(error.to_string()))??;
        self.blobs.put(&anew).await
    }
}

impl DraftFile {
    fn attachment(&self, name: Sealed) -> Attachment {
        let Self { document, format, bytes, file, thumbnail, .. } = self.clone();
        Attachment { document, format, bytes, file, thumbnail, name }
    }
}

/// The answers that are files name the new ones.
fn answers_with(form: &Form, answers: &Value, handed: &[DraftFile]) -> Value {
    let mut answers = answers.clone();
    for (field, document) in form.file_fields() {
        let files = handed.iter().filter(|file| file.document == document.key).map(|file| Value::from(&*file.file));
        let files: Vec<Value> = files.collect();
        if let Some(answer) = answers.get_mut(field.key.as_str()) {
            *answer = Value::Array(files);
        }
    }
    answers
}

fn bring(command: &mut Command, sealed: &Sealed, files: &[Attachment]) {
    match command {
        Command::Enrol(enrolment) => {
            enrolment.answers = Some(sealed.clone());
            enrolment.attachments = files.to_vec();
        }
        Command::Cases(cases::Command::Open { answers, attachments, .. }) => {
            *answers = Some(sealed.clone());
            *attachments = files.to_vec();
        }
        _ => {}
    }
}
