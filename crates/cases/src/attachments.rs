//! Documents handed in with a case: what is kept of them, that those which a service requires are there, and who read
//! them. The files themselves are in the object store, sealed under the key of the person whose case it is.

use crate::decide::Room;
use crate::door::entity;
use crate::model::{Case, Event, Stage, State};
use crate::refusal::Refusal;
use base::{Actor, CaseId, Key, PersonId, Sealed};
use profile::{FileFormat, Service};
use serde::{Deserialize, Serialize};

/// All that is ever handed in for one case.
pub const CASE_FILES_MAX: usize = 60;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Which of the service's documents it is.
    pub document: Key,
    pub format: FileFormat,
    pub bytes: u32,
    /// Content address (hex SHA-256) of the sealed file in the object store.
    pub file: Box<str>,
    /// Likewise of its small picture, where it is one.
    pub thumbnail: Option<Box<str>>,
    /// A name that a person gave says who they are, as often as not.
    pub name: Sealed,
}

pub fn attachments(state: &State, case: CaseId) -> &[Attachment] {
    state.attachments.get(&case).map_or(&[], |files| files)
}

/// What is handed in fits the service; `opening` says whether everything that it requires has to be there.
pub(crate) fn fit(
    room: &Room,
    service: &Service,
    subject: PersonId,
    handed: &[Attachment],
    opening: bool,
) -> Result<(), Refusal> {
    for attachment in handed {
        let document = || attachment.document.clone();
        let asked = service.upload(attachment.document.as_str());
        let asked = asked.ok_or_else(|| Refusal::DocumentMustBeAsked { document: document() })?;
        if !asked.formats.contains(&attachment.format) || attachment.bytes > asked.bytes_max {
            return Err(Refusal::FileMustFitTheDocument { document: document() });
        }
        if handed.iter().filter(|other| other.document == attachment.document).count() > usize::from(asked.files_max) {
            return Err(Refusal::FilesMustNotBeTooMany { document: document() });
        }
        room.own_seal(subject, &attachment.name)?;
    }
    let handed_in = |document: &Key| handed.iter().any(|attachment| attachment.document == *document);
    let missing = service.uploads().find(|asked| opening && asked.required && !handed_in(&asked.key));
    missing.map_or(Ok(()), |missing| Err(Refusal::DocumentMustBeAttached { document: missing.key.clone() }))
}

/// More documents for a case that is not decided yet: on request, or because something was forgotten.
pub(crate) fn attach(room: &Room, id: CaseId, handed: Vec<Attachment>) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    room.acting_person()?;
    room.may("attach_document", id, case, None)?;
    if matches!(case.stage, Stage::Decided(_)) {
        return Err(Refusal::CaseMustNotBeDecided { case: id });
    }
    let service = room.service(&case.service)?;
    fit(room, service, case.subject, &handed, false)?;
    if attachments(room.state, id).len().saturating_add(handed.len()) > CASE_FILES_MAX {
        let document = handed.first().map_or_else(|| case.service.clone(), |file| file.document.clone());
        return Err(Refusal::FilesMustNotBeTooMany { document });
    }
    if handed.is_empty() { Ok(Vec::new()) } else { Ok(vec![Event::Attached { case: id, attachments: handed }]) }
}

/// Whoever opens a file leaves a trace.
pub(crate) fn read(room: &Room, id: CaseId, file: &str) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    room.acting_person()?;
    let question = room
        .question("read_attachment", entity(room.state, id, case, None))
        .with("leg_here", leg_here(room.ctx.actor, case));
    room.ctx.ask(&question).map(drop).map_err(Refusal::RuledOut)?;
    let known = attachments(room.state, id).iter().find(|attachment| *attachment.file == *file);
    let attachment = known.ok_or(Refusal::AttachmentMustBeKnown { case: id })?;
    Ok(vec![Event::AttachmentRead { case: id, document: attachment.document.clone(), file: file.into() }])
}

/// Whether the actor's office has a leg of the case.
fn leg_here(actor: &Actor, case: &Case) -> bool {
    match actor {
        Actor::Officer { office, .. } => case.legs.iter().any(|leg| leg.office == *office),
        Actor::Anonymous
        | Actor::System
        | Actor::Operator
        | Actor::Gate { .. }
        | Actor::Person { .. }
        | Actor::Clerk { .. }
        | Actor::Delegate { .. } => false,
    }
}
