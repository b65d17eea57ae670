//! Remarks on a case: for the own bank, for both banks, or for the applicant as well. Three different things, so whoever
//! writes says which; who may write and read which is the rulebook's to say.
//!
//! It must not know: what is written. That is sealed under the subject's key, and goes with it.

use crate::decide::Room;
use crate::door::{entity, has_leg_here};
use crate::model::Event;
use crate::refusal::Refusal;
use base::{CaseId, Sealed};
use serde::{Deserialize, Serialize};

/// A case that has grown beyond this is being flooded: no honest one comes near.
pub(crate) const ENTRIES_MAX: usize = 2_000;

/// For whom a remark is. The words stand in the log: none is ever renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The offices of the writer's own bank that have a leg of the case.
    Bank,
    /// The offices of both banks.
    Banks,
    /// Both banks' offices and those whom the case concerns.
    Applicant,
}

impl Audience {
    pub const ALL: [Audience; 3] = [Audience::Bank, Audience::Banks, Audience::Applicant];

    pub fn as_str(self) -> &'static str {
        match self {
            Audience::Bank => "bank",
            Audience::Banks => "banks",
            Audience::Applicant => "applicant",
        }
    }
}

pub(crate) fn remark(room: &Room, id: CaseId, audience: Audience, text: Sealed) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    room.acting_person()?;
    let question = room
        .question("write_remark", entity(room.state, id, case, None))
        .with("audience", audience.as_str())
        .with("leg_here", has_leg_here(case, room.ctx.actor));
    room.ctx.ask(&question).map_err(Refusal::RuledOut)?;
    if case.entries.len() >= ENTRIES_MAX {
        return Err(Refusal::CaseMustHaveRoom { case: id });
    }
    room.own_seal(case.subject, &text)?;
    Ok(vec![Event::Remarked { case: id, audience, text }])
}
