//! Who saw whose personal fields, in which office, on which day and over which case: recorded by the platform for many
//! views at once, told to the person and to whoever audits.
//!
//! The zone keeps only where in the log a person's views are: who they were is read back when somebody asks.

use crate::decide::Room;
use crate::model::{Event, State};
use crate::refusal::Refusal;
use base::{Actor, CaseId, Date, Key, PersonId, Recorded};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// By person: the entries of the log that tell who looked at them.
pub type Views = OrdMap<PersonId, Arc<[u64]>>;

/// As many as fit into one entry of the log with room to spare.
pub const VIEWS_MAX: usize = 200;

/// One officer saw one person's fields, on one day of the office's bank; however often that day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    pub subject: PersonId,
    pub officer: PersonId,
    pub office: Key,
    /// The case over which the office has to do with them; none where it was the bank's own right to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    pub how: Seen,
    pub day: Date,
}

/// How much was seen. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The name, in a list or beside something else.
    Listed,
    /// The case, the pass or the person was opened.
    Opened,
}

impl Seen {
    pub fn as_str(self) -> &'static str {
        match self {
            Seen::Listed => "listed",
            Seen::Opened => "opened",
        }
    }
}

/// Only the platform knows what it showed.
pub(crate) fn record(room: &Room, views: Vec<View>) -> Result<Vec<Event>, Refusal> {
    if *room.ctx.actor != Actor::System {
        return Err(Refusal::PlatformMustAct);
    }
    if views.is_empty() || views.len() > VIEWS_MAX {
        return Err(Refusal::ViewsMustBeSomeAndFew { views_max: VIEWS_MAX });
    }
    Ok(vec![Event::Viewed { views }])
}

pub(crate) fn evolve(views: &mut Views, seen: &[View], recorded: &Recorded) {
    for view in seen {
        let entries = views.entry(view.subject).or_insert_with(|| Arc::from(Vec::new()));
        if entries.last() != Some(&recorded.sequence) {
            *entries = entries.iter().copied().chain([recorded.sequence]).collect();
        }
    }
}

/// The entries of the log that tell who looked at the person, oldest first.
pub fn views_of(state: &State, person: PersonId) -> &[u64] {
    state.views.get(&person).map_or(&[], |entries| entries)
}
