//! Drafts: an application that is being filled in, kept for its writer until it is whole.
//!
//! What was typed is kept as it was typed, right or wrong, sealed under the writer's own key. A draft is its writer's
//! alone, in the one capacity in which it was begun: nobody else has it, not even a colleague. It is nothing that
//! happened, so it is not in the log.

mod files;
mod handing_on;
mod store;
mod submitting;

pub use files::{AttachmentCard, OpenedFile, SentFile};
pub use store::{DRAFTS_FILE, Drafts};
pub use submitting::SubmittedDraft;

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Instant, Key, OrganisationId, PersonId};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use desk::context;
use profile::{DocumentAsked, FileFormat, Form, FormPart as Part, PART_MARK, Service};
use serde::{Deserialize, Serialize};
use serde_json::Value;
pub(crate) use store::Stored;

/// How long a draft is kept after it was last changed.
pub const DRAFT_DAYS: i64 = 30;
/// Nobody has more by honest means.
pub(crate) const DRAFTS_OF_ONE_MAX: u32 = 20;
/// All that was typed into one draft.
const TYPED_BYTES_MAX: usize = 512 << 10;
const ID_BYTES: usize = 16;

/// A draft, opened for its writer.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: String,
    pub service: Key,
    /// None where the writer applies for themself.
    pub organisation: Option<OrganisationId>,
    pub begun_at: Instant,
    pub changed_at: Instant,
    pub kept_until: Instant,
    pub content: DraftContent,
}

/// What was typed, and what goes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftContent {
    /// The version of the service whose form was filled in.
    pub version: u32,
    /// Names and texts, as a page posts them.
    pub typed: Vec<(String, String)>,
    /// The parts that were saved, right or wrong.
    pub saved: Vec<String>,
    pub files: Vec<DraftFile>,
}

/// A file that goes with a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftFile {
    pub document: Key,
    pub name: String,
    pub format: FileFormat,
    pub bytes: u32,
    /// Content address in the object store.
    pub file: Box<str>,
    pub thumbnail: Option<Box<str>>,
}

impl Draft {
    /// The object that the form's schema speaks of, as far as it is filled in.
    pub fn value(&self, form: &Form) -> Value {
        let mut value = form.value_of(self.content.typed.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        // What is handed in answers for itself, whatever was typed beside it.
        if let Some(answers) = value.as_object_mut() {
            for (field, document) in form.file_fields() {
                let files: Vec<Value> =
                    self.files_of(document.key.as_str()).map(|file| Value::from(&*file.file)).collect();
                answers.remove(field.key.as_str());
                if !files.is_empty() {
                    answers.insert(field.key.to_string(), Value::Array(files));
                }
            }
        }
        value
    }

    pub fn files_of<'a>(&'a self, document: &'a str) -> impl Iterator<Item = &'a DraftFile> + 'a {
        self.content.files.iter().filter(move |file| file.document.as_str() == document)
    }

    /// Whether the file at this address was handed in as this document.
    pub fn holds(&self, document: &DocumentAsked, address: &str) -> bool {
        self.files_of(document.key.as_str()).any(|file| *file.file == *address)
    }

    /// Required documents that are not there yet, but for those that a field of the form asks for: they are its answer.
    pub fn missing_documents<'a>(&'a self, service: &'a Service) -> impl Iterator<Item = &'a DocumentAsked> + 'a {
        service
            .uploads_beside_form()
            .filter(|asked| asked.required && self.files_of(asked.key.as_str()).next().is_none())
    }
}

/// Who writes, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Writer {
    person: PersonId,
    organisation: Option<OrganisationId>,
}

fn writer(actor: &Actor) -> Result<Writer, WorkError> {
    match actor {
        Actor::Person { person } => Ok(Writer { person: *person, organisation: None }),
        Actor::Clerk { person, organisation } | Actor::Delegate { person, organisation, .. } => {
            Ok(Writer { person: *person, organisation: Some(*organisation) })
        }
        Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } | Actor::Officer { .. } => {
            Err(WorkError::NotFound)
        }
    }
}

impl Park {
    /// Begins a draft, where the actor may open such a case at all.
    ///
    /// # Errors
    /// Why not, or that there are too many drafts already.
    pub async fn begin_draft(
        &self,
        actor: &Actor,
        service: &Key,
        about: Option<cases::About>,
    ) -> Result<Draft, WorkError> {
        let writer = writer(actor)?;
        self.forget_old_drafts().await?;
        let known = self.profile.service(service).ok_or(WorkError::NotFound)?;
        self.check_opening(actor, service, about)?;
        let mut id = [0; ID_BYTES];
        getrandom::fill(&mut id).map_err(|error| WorkError::Store(error.to_string()))?;
        let now = self.now();
        let content = DraftContent { version: known.version, ..DraftContent::default() };
        let draft = Draft {
            id: BASE64_URL_SAFE_NO_PAD.encode(id),
            service: service.clone(),
            organisation: writer.organisation,
            begun_at: now,
            changed_at: now,
            kept_until: now.plus(DRAFT_DAYS * Instant::DAY),
            content,
        };
        let stored = Stored {
            id: draft.id.clone(),
            person: writer.person,
            organisation: writer.organisation,
            service: service.clone(),
            begun_at: now,
            changed_at: now,
            kept_until: draft.kept_until,
            sealed: self.seal_content(writer.person, &draft.content)?,
            files: Vec::new(),
        };
        self.drafts.insert(&stored)?;
        Ok(draft)
    }

    /// The actor's own draft.
    ///
    /// # Errors
    /// `NotFound` where it is not there, is over, or is somebody else's or begun in another capacity.
    pub fn draft(&self, actor: &Actor, id: &str) -> Result<Draft, WorkError> {
        let stored = self.drafts.get(id)?.ok_or(WorkError::NotFound)?;
        self.opened(actor, stored)
    }

    /// All that the actor has begun in this capacity, last changed first.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn drafts_of(&self, actor: &Actor) -> Result<Vec<Draft>, WorkError> {
        let Ok(writer) = writer(actor) else { return Ok(Vec::new()) };
        let stored = self.drafts.of_person(writer.person)?;
        Ok(stored.into_iter().filter_map(|stored| self.opened(actor, stored).ok()).collect())
    }

    /// Keeps what was typed into one part; what the other parts hold stays.
    ///
    /// # Errors
    /// `NotFound` as above; `TooLarge` where more was typed than any form asks for.
    pub fn save_part(
        &self,
        actor: &Actor,
        id: &str,
        part: &Part,
        typed: Vec<(String, String)>,
    ) -> Result<Draft, WorkError> {
        self.change_draft(actor, id, |content, version| {
            content.version = version;
            content.typed.retain(|(name, _)| !belongs_to(part, name));
            content.typed.extend(typed.into_iter().filter(|(_, text)| !text.is_empty()));
            if !content.saved.iter().any(|saved| saved == part.key.as_str()) {
                content.saved.push(part.key.to_string());
            }
            Ok(())
        })
    }

    /// Fills in answers as a program gives them, or as they were given before; what was typed elsewhere stays.
    ///
    /// # Errors
    /// As `save_part`.
    pub fn fill_in(&self, actor: &Actor, id: &str, answers: &Value) -> Result<Draft, WorkError> {
        let draft = self.draft(actor, id)?;
        let service = self.profile.service(&draft.service).ok_or(WorkError::NotFound)?;
        let typed = service.form.typed_of(answers);
        let given: Vec<&str> =
            answers.as_object().into_iter().flat_map(|answers| answers.keys()).map(String::as_str).collect();
        self.change_draft(actor, id, |content, _| {
            let root = |name: &str| name.split(PART_MARK).next().unwrap_or_default().to_owned();
            content.typed.retain(|(name, _)| !given.contains(&root(name).as_str()));
            content.typed.extend(typed);
            Ok(())
        })
    }

    fn change_draft(
        &self,
        actor: &Actor,
        id: &str,
        change: impl FnOnce(&mut DraftContent, u32) -> Result<(), WorkError>,
    ) -> Result<Draft, WorkError> {
        let person = writer(actor)?.person;
        let now = self.now();
        self.drafts.change(id, |stored| {
            let mut draft = self.opened(actor, stored.clone())?;
            let version = self.profile.service(&draft.service).ok_or(WorkError::NotFound)?.version;
            change(&mut draft.content, version)?;
            let typed: usize = draft.content.typed.iter().map(|(name, text)| name.len() + text.len()).sum();
            if typed > TYPED_BYTES_MAX {
                return Err(WorkError::DraftTooLarge);
            }
            stored.sealed = self.seal_content(person, &draft.content)?;
            stored.files = draft.content.files.iter().flat_map(addresses).collect();
            stored.changed_at = now;
            stored.kept_until = now.plus(DRAFT_DAYS * Instant::DAY);
            (draft.changed_at, draft.kept_until) = (stored.changed_at, stored.kept_until);
            Ok(draft)
        })
    }

    /// Throws a draft away, with its files.
    ///
    /// # Errors
    /// `NotFound` as above.
    pub async fn discard_draft(&self, actor: &Actor, id: &str) -> Result<(), WorkError> {
        let _one_at_a_time = self.drafting.lock().await;
        let draft = self.draft(actor, id)?;
        self.drafts.remove(id)?;
        self.delete_files(draft.content.files.iter().flat_map(addresses)).await;
        Ok(())
    }

    /// What nobody came back to goes, with its files.
    ///
    /// # Errors
    /// Where drafts cannot be read.
    pub async fn forget_old_drafts(&self) -> Result<usize, WorkError> {
        let expired = self.drafts.take_expired(self.now())?;
        let count = expired.len();
        self.delete_files(expired.into_iter().flat_map(|stored| stored.files)).await;
        Ok(count)
    }

    async fn delete_files(&self, files: impl Iterator<Item = Box<str>>) {
        for file in files {
            self.blobs.delete(Some(&file)).await;
        }
    }

    fn opened(&self, actor: &Actor, stored: Stored) -> Result<Draft, WorkError> {
        let writer = writer(actor)?;
        let theirs = stored.person == writer.person && stored.organisation == writer.organisation;
        if !theirs || stored.kept_until <= self.now() {
            return Err(WorkError::NotFound);
        }
        Ok(Draft {
            content: self.vault.open_json(&stored.sealed, context::DRAFT)?,
            id: stored.id,
            service: stored.service,
            organisation: stored.organisation,
            begun_at: stored.begun_at,
            changed_at: stored.changed_at,
            kept_until: stored.kept_until,
        })
    }

    fn seal_content(&self, person: PersonId, content: &DraftContent) -> Result<base::Sealed, WorkError> {
        let zone = self.zone();
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        Ok(self.vault.seal_json(subject, context::DRAFT, content)?)
    }
}

/// Whether a name is of a field of this part, or of a piece of one.
fn belongs_to(part: &Part, name: &str) -> bool {
    let root = name.split(PART_MARK).next().unwrap_or_default();
    part.fields.iter().any(|field| field.as_str() == root)
}

fn addresses(file: &DraftFile) -> impl Iterator<Item = Box<str>> + '_ {
    std::iter::once(file.file.clone()).chain(file.thumbnail.clone())
}
