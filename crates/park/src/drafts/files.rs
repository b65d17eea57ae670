//! Files that are handed in, with a draft or with a case: looked at, scanned, sealed, and kept under their address.

use super::{Draft, DraftFile, addresses};
use crate::error::WorkError;
use crate::open::Park;
use attachments::{Asked, AttachmentFault, Inspected, inspect, plain_name};
use base::{Actor, CaseId, Key, PersonId};
use cases::Attachment;
use desk::{Receipt, Submission, context};
use profile::{DocumentAsked, FileFormat};

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct SentFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file of a case, opened for somebody who may read it.
#[derive(Debug, Clone)]
pub struct OpenedFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// A file of a case as it is listed.
#[derive(Debug, Clone)]
pub struct AttachmentCard {
    pub document: Key,
    /// None where its key was erased.
    pub name: Option<String>,
    pub format: FileFormat,
    pub bytes: u32,
    pub file: Box<str>,
    pub has_thumbnail: bool,
}

impl Park {
    /// Keeps a file with a draft.
    ///
    /// # Errors
    /// `Attachment` with what is wrong with the file.
    pub async fn attach_to_draft(
        &self,
        actor: &Actor,
        id: &str,
        document: &Key,
        sent: SentFile,
    ) -> Result<Draft, WorkError> {
        let draft = self.draft(actor, id)?;
        let service = self.profile.service(&draft.service).ok_or(WorkError::NotFound)?;
        let asked = service.upload(document.as_str()).ok_or(WorkError::NotFound)?;
        if draft.files_of(document.as_str()).count() >= usize::from(asked.files_max) {
            return Err(AttachmentFault::TooManyFiles { files_max: asked.files_max }.into());
        }
        let person = actor.person().ok_or(WorkError::NotFound)?;
        let file = self.keep_file(person, asked, sent).await?;
        let kept: Vec<Box<str>> = addresses(&file).collect();
        let files_max = usize::from(asked.files_max);
        let added = self.change_draft(actor, id, |content, _| {
            // Two that were sent at once are counted here, one after the other.
            if content.files.iter().filter(|other| other.document == file.document).count() >= files_max {
                return Err(AttachmentFault::TooManyFiles { files_max: asked.files_max }.into());
            }
            content.files.push(file);
            Ok(())
        });
        if added.is_err() {
            self.delete_files(kept.into_iter()).await;
        }
        added
    }

    /// Takes a file out of a draft.
    ///
    /// # Errors
    /// `NotFound` where it is not there.
    pub async fn detach_from_draft(&self, actor: &Actor, id: &str, file: &str) -> Result<Draft, WorkError> {
        let _one_at_a_time = self.drafting.lock().await;
        let mut removed = None;
        let draft = self.change_draft(actor, id, |content, _| {
            let place = content.files.iter().position(|known| *known.file == *file).ok_or(WorkError::NotFound)?;
            removed = Some(content.files.remove(place));
            Ok(())
        })?;
        self.delete_files(removed.iter().flat_map(addresses)).await;
        Ok(draft)
    }

    /// A draft's own file, for its writer.
    ///
    /// # Errors
    /// `NotFound` where it is not there.
    pub async fn file_of_draft(
        &self,
        actor: &Actor,
        id: &str,
        file: &str,
        small: bool,
    ) -> Result<OpenedFile, WorkError> {
        let draft = self.draft(actor, id)?;
        let known = draft.content.files.iter().find(|known| *known.file == *file).ok_or(WorkError::NotFound)?;
        self.open_file((&known.file, known.thumbnail.as_deref()), known.format, known.name.clone(), small).await
    }

    /// Keeps a file that is handed in together with a case which is opened elsewhere than on a page.
    ///
    /// # Errors
    /// `Attachment` with what is wrong with the file.
    pub async fn keep_attachment(
        &self,
        person: PersonId,
        asked: &DocumentAsked,
        sent: SentFile,
    ) -> Result<Attachment, WorkError> {
        let file = self.keep_file(person, asked, sent).await?;
        self.attachment(person, file)
    }

    /// Hands in more documents for a case.
    ///
    /// # Errors
    /// `Attachment` with what is wrong with the file, or why the case takes no more.
    pub async fn attach_to_case(
        &self,
        actor: &Actor,
        case: CaseId,
        document: &Key,
        sent: SentFile,
        key: Option<Box<str>>,
    ) -> Result<Receipt, WorkError> {
        let zone = self.zone();
        let known = cases::case(&zone.cases, case).ok_or(WorkError::NotFound)?;
        let service = self.profile.service(&known.service).ok_or(WorkError::NotFound)?;
        let asked = service.upload(document.as_str()).ok_or(WorkError::NotFound)?;
        // Asked before anything is kept: whoever may not hand in leaves nothing behind.
        self.desk.consider(actor, self.now(), cases::Command::Attach { case, attachments: Vec::new() })?;
        let file = self.keep_file(known.subject, asked, sent).await?;
        let kept: Vec<Box<str>> = addresses(&file).collect();
        let attachment = self.attachment(known.subject, file)?;
        let command = cases::Command::Attach { case, attachments: vec![attachment] };
        let submission = Submission { actor: actor.clone(), now: self.now(), commands: vec![command.into()], key };
        match self.desk.submit(submission).await {
            Ok(receipt) => Ok(receipt),
            Err(error) => {
                self.take_back(&error, &[], &kept).await;
                Err(error.into())
            }
        }
    }

    /// What was handed in with a case. Whether the one who asks may see it is for the caller to ask the rulebook.
    pub fn attachments_of(&self, case: CaseId) -> Vec<AttachmentCard> {
        let zone = self.zone();
        let card = |attachment: &Attachment| AttachmentCard {
            document: attachment.document.clone(),
            name: self.name_of_file(attachment),
            format: attachment.format,
            bytes: attachment.bytes,
            file: attachment.file.clone(),
            has_thumbnail: attachment.thumbnail.is_some(),
        };
        cases::attachments(&zone.cases, case).iter().map(card).collect()
    }

    /// A file of a case. An officer's reading is in the log before the file is opened; a small picture of it, on a page
    /// that the officer may see anyway, is not.
    ///
    /// # Errors
    /// Why it may not be read.
    pub async fn read_attachment(
        &self,
        actor: &Actor,
        case: CaseId,
        file: &str,
        small: bool,
    ) -> Result<OpenedFile, WorkError> {
        let command = cases::Command::ReadAttachment { case, file: file.into() };
        if matches!(actor, Actor::Officer { .. }) && !small {
            self.desk.command(actor.clone(), self.now(), command).await?;
        } else {
            self.desk.consider(actor, self.now(), command)?;
        }
        let zone = self.zone();
        let known = cases::attachments(&zone.cases, case).iter().find(|known| *known.file == *file);
        let known = known.ok_or(WorkError::NotFound)?;
        let name = self.name_of_file(known).unwrap_or_default();
        self.open_file((&known.file, known.thumbnail.as_deref()), known.format, name, small).await
    }

    fn name_of_file(&self, attachment: &Attachment) -> Option<String> {
        let opened = self.vault.open_sealed(&attachment.name, context::ATTACHMENT_NAME).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }

    async fn open_file(
        &self,
        (file, thumbnail): (&str, Option<&str>),
        format: FileFormat,
        name: String,
        small: bool,
    ) -> Result<OpenedFile, WorkError> {
        let (address, context, media_type) = if small {
            (thumbnail.ok_or(WorkError::NotFound)?, context::THUMBNAIL, FileFormat::Png.media_type())
        } else {
            (file, context::ATTACHMENT, format.media_type())
        };
        let sealed = self.blobs.get(address).await?;
        let vault = self.vault.clone();
        let opened = tokio::task::spawn_blocking(move || vault.open_sealed(&sealed, context)).await;
        let opened = opened.map_err(|error| WorkError::Store(error.to_string()))??;
        Ok(OpenedFile { name, media_type, bytes: opened.to_vec() })
    }

    /// Looks at a file, has it scanned, seals it under the person's key and keeps it.
    async fn keep_file(&self, person: PersonId, asked: &DocumentAsked, sent: SentFile) -> Result<DraftFile, WorkError> {
        let name = plain_name(&sent.name);
        let (formats, bytes_max) = (asked.formats.clone(), usize::try_from(asked.bytes_max).unwrap_or(usize::MAX));
        let looking = tokio::task::spawn_blocking(move || {
            let inspected = inspect(&sent.name, &sent.bytes, Asked { formats: &formats, bytes_max });
            (inspected, sent.bytes)
        });
        let (inspected, content) = looking.await.map_err(|error| WorkError::Store(error.to_string()))?;
        let Inspected { format, thumbnail } = inspected?;
        self.scanner.scan(&content).await?;
        let subject = {
            let zone = self.zone();
            parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject.clone()
        };
        let bytes = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let vault = self.vault.clone();
        let sealing = tokio::task::spawn_blocking(move || {
            let file = vault.seal(&subject, context::ATTACHMENT, &content)?;
            let small = thumbnail.map(|small| vault.seal(&subject, context::THUMBNAIL, &small)).transpose()?;
            Ok::<_, vault::VaultError>((file, small))
        });
        let (file, small) = sealing.await.map_err(|error| WorkError::Store(error.to_string()))??;
        let file = self.blobs.put(&file).await?;
        let thumbnail = match small {
            Some(small) => Some(self.blobs.put(&small).await?),
            None => None,
        };
        Ok(DraftFile { document: asked.key.clone(), name, format, bytes, file, thumbnail })
    }

    /// As the log names it.
    pub(super) fn attachment(&self, person: PersonId, file: DraftFile) -> Result<Attachment, WorkError> {
        let DraftFile { document, name, format, bytes, file, thumbnail } = file;
        let name = self.seal_text(person, context::ATTACHMENT_NAME, &name)?;
        Ok(Attachment { document, format, bytes, file, thumbnail, name })
    }
}
