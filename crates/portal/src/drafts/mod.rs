//! Drafts: a long application filled in part by part, kept on the server, looked through and then sent.
//!
//! Everything works with plain form posts. A draft is its writer's alone; whether they may apply was asked when it was
//! begun, and is asked again when it is sent.

mod begin;
mod earlier;
mod files;
mod part;
mod review;
mod tasks;

pub(crate) use begin::{before_begin, waiting};
pub(crate) use files::{accepted, download, hint as files_hint, in_words as fault_in_words, size};
pub(crate) use review::calculation;

use crate::{Access, Caller, Problem, Routes, clerk, person};
use base::Actor;
use frame::{Page, Visit, say};
use park::{Draft, WorkError};
use profile::{FieldFault, FormPart as Part, Service};
use serde_json::Value;

pub(crate) fn routes() -> Routes {
    let own = Access::SignedIn;
    Routes::new()
        .get("/{lang}/drafts/{draft}", own, tasks::show)
        .get("/{lang}/drafts/{draft}/parts/{part}", own, part::show)
        .post("/{lang}/drafts/{draft}/parts/{part}", own, part::save)
        .post("/{lang}/drafts/{draft}/parts/{part}/earlier", own, earlier::take_over)
        .get("/{lang}/drafts/{draft}/documents/{document}", own, files::show)
        .upload("/{lang}/drafts/{draft}/documents/{document}", own, files::add)
        .post("/{lang}/drafts/{draft}/documents/{document}/remove", own, files::remove)
        .get("/{lang}/drafts/{draft}/files/{file}", own, files::of_draft)
        .get("/{lang}/drafts/{draft}/review", own, review::show)
        .post("/{lang}/drafts/{draft}/review", own, review::send)
        .get("/{lang}/drafts/{draft}/discard", own, begin::ask_to_discard)
        .post("/{lang}/drafts/{draft}/discard", own, begin::discard)
}

/// A draft with everything that its pages look into.
pub(crate) struct Opened<'a> {
    pub caller: &'a Caller,
    pub actor: Actor,
    pub draft: Draft,
    pub service: &'a Service,
    pub value: Value,
    pub faults: Vec<FieldFault>,
}

impl<'a> Opened<'a> {
    /// The caller's own draft: as whoever they act now, or for themself.
    pub fn find(caller: &'a Caller, id: &str) -> Result<Self, Problem> {
        let park = &caller.portal.park;
        let (actor, draft) = match park.draft(&caller.actor, id) {
            Ok(draft) => (caller.actor.clone(), draft),
            Err(WorkError::NotFound) => {
                let actor = caller.as_person()?;
                let draft = park.draft(&actor, id)?;
                (actor, draft)
            }
            Err(error) => return Err(error.into()),
        };
        Self::of(caller, actor, draft)
    }

    pub fn of(caller: &'a Caller, actor: Actor, draft: Draft) -> Result<Self, Problem> {
        let service = caller.portal.park.profile.service(&draft.service).ok_or(Problem::NotFound)?;
        let value = draft.value(&service.form);
        let faults =
            caller.portal.park.check_form(&actor, &service.form, &value, |document, file| draft.holds(document, file));
        Ok(Self { caller, actor, draft, service, value, faults })
    }

    pub fn part(&self, key: &str) -> Result<&'a Part, Problem> {
        self.service.form.part(key).ok_or(Problem::NotFound)
    }

    pub fn is_saved(&self, part: &Part) -> bool {
        self.draft.content.saved.iter().any(|saved| saved == part.key.as_str())
    }

    pub fn faults_of<'b>(&'b self, part: &'b Part) -> impl Iterator<Item = &'b FieldFault> + 'b {
        let of = move |fault: &&FieldFault| self.service.form.part_of(fault).is_some_and(|of| of.key == part.key);
        self.faults.iter().filter(of)
    }

    /// Whether the part was saved and nothing in it is wrong.
    pub fn is_done(&self, part: &Part) -> bool {
        self.is_saved(part) && self.faults_of(part).next().is_none()
    }

    pub fn href(&self, rest: &str) -> String {
        self.caller.href(&path(&self.draft.id, rest))
    }

    /// A page of this draft, in the circle of whoever it is written for.
    pub fn page<'v>(&self, visit: &'v Visit, title: String) -> Page<'v> {
        let name = self.service.name.get(visit.language);
        let page = match self.actor {
            Actor::Clerk { .. } | Actor::Delegate { .. } => clerk::page(visit, title),
            _ => person::page(visit, title),
        };
        page.crumb(name, visit.href(&path(&self.draft.id, ""))).caption(name)
    }
}

/// After the language's segment.
fn path(draft: &str, rest: &str) -> String {
    if rest.is_empty() { format!("drafts/{draft}") } else { format!("drafts/{draft}/{rest}") }
}

/// What a part is called: by its title, by its one question, or as the whole form.
pub(super) fn title(opened: &Opened, part: &Part) -> String {
    let l = opened.caller.language;
    if let Some(title) = &part.title {
        return title.get(l).to_owned();
    }
    match part.fields.as_slice() {
        [only] => {
            let field = opened.service.form.field(only.as_str());
            field.map_or_else(|| only.to_string(), |field| field.label.get(l).to_owned())
        }
        _ => say!(l, "draft-whole-form"),
    }
}
