//! From a whole draft to an application.

use super::{Draft, DraftFile, addresses};
use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, CaseId};
use cases::{About, Attachment};
use desk::{Event, Receipt};

/// What a submitted draft became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubmittedDraft {
    pub case: CaseId,
    /// Whether the case is about somebody new, who confirms it before anybody decides.
    pub about_somebody_new: bool,
}

impl Park {
    /// Applies with what the draft holds, and takes the draft away. `version` is the one whose answers the writer
    /// looked through: a form that has changed since is looked through again.
    ///
    /// # Errors
    /// `Form` with its faults, `FormChanged`, or why the application is refused; the draft stays as it is.
    pub async fn submit_draft(
        &self,
        actor: &Actor,
        id: &str,
        version: u32,
        key: Option<Box<str>>,
    ) -> Result<SubmittedDraft, WorkError> {
        let _one_at_a_time = self.drafting.lock().await;
        if let Some(earlier) = self.earlier(key.as_deref())? {
            return submitted(&earlier.events, earlier.events.iter().any(is_new));
        }
        let mut draft = self.draft(actor, id)?;
        let service = self.profile.service(&draft.service).ok_or(WorkError::NotFound)?;
        if version != service.version {
            return Err(WorkError::FormChanged);
        }
        // The service may have asked for more when the draft was begun: what it asks for no longer is not handed in.
        let handed_in = |file: &DraftFile| service.upload(file.document.as_str()).is_some();
        let (files, left_out): (Vec<_>, Vec<_>) = draft.content.files.drain(..).partition(handed_in);
        draft.content.files = files;
        let value = draft.value(&service.form);
        let about = match (service.about, actor) {
            (
                profile::About::Organisation,
                Actor::Clerk { organisation, .. } | Actor::Delegate { organisation, .. },
            ) => About::Organisation(*organisation),
            (profile::About::Person, Actor::Person { person }) => About::Person(*person),
            (profile::About::Person, Actor::Clerk { organisation, .. } | Actor::Delegate { organisation, .. }) => {
                let brought = (&value, draft.content.files.as_slice());
                let applied = self.apply_for_with(actor, *organisation, &draft.service, brought, key).await?;
                self.drafts.remove(id)?;
                // The case has its own, under another key.
                self.delete_files(draft.content.files.iter().chain(&left_out).flat_map(addresses)).await;
                return Ok(SubmittedDraft { case: applied.case, about_somebody_new: true });
            }
            _ => return Err(WorkError::NotFound),
        };
        let attachments = self.attachments_for(actor, &draft)?;
        let receipt = self.open_with(actor, &draft.service, about, &value, attachments, key).await?;
        // Its files are the case's from now on: the draft goes, and what was left out.
        self.drafts.remove(id)?;
        self.delete_files(left_out.iter().flat_map(addresses)).await;
        submitted(&receipt.events, false)
    }

    fn attachments_for(&self, actor: &Actor, draft: &Draft) -> Result<Vec<Attachment>, WorkError> {
        let person = actor.person().ok_or(WorkError::NotFound)?;
        draft.content.files.iter().map(|file| self.attachment(person, file.clone())).collect()
    }

    /// Cases that somebody opened, as far as a receipt tells.
    pub fn opened_case(receipt: &Receipt) -> Option<CaseId> {
        receipt.events.iter().find_map(opened)
    }
}

fn submitted(events: &[Event], about_somebody_new: bool) -> Result<SubmittedDraft, WorkError> {
    let case = events.iter().find_map(opened).ok_or(WorkError::NotFound)?;
    Ok(SubmittedDraft { case, about_somebody_new })
}

fn opened(event: &Event) -> Option<CaseId> {
    match event {
        Event::Cases(cases::Event::Opened { case, .. }) => Some(*case),
        Event::Zone(_)
        | Event::Parties(_)
        | Event::Cases(_)
        | Event::Permits(_)
        | Event::People(_)
        | Event::Letters(_) => None,
    }
}

fn is_new(event: &Event) -> bool {
    matches!(event, Event::Parties(parties::Event::PersonRegistered { .. }))
}
