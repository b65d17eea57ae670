//! Rosters: what an employer uploaded, what was applied for, and what is left to be mended.

use crate::decide::Room;
use crate::model::{Command, Event, Roster, State};
use crate::refusal::Refusal;
use base::{DelegationId, Entity, Key, OrganisationId, RosterId};

pub(crate) fn decide(room: &Room, command: Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::UploadRoster { service, organisation, subject, file, applied, known, faulty, rows } => {
            room.service(&service)?;
            let uploaded_by = room.acting_person()?;
            let new = entity(None, organisation, &service, room.ctx.actor.delegation());
            may(room, "upload_roster", new)?;
            fits_the_delegation(room, applied)?;
            let roster = room.state.last_roster.next();
            Ok(vec![Event::RosterUploaded {
                roster,
                service,
                organisation,
                uploaded_by,
                subject,
                file,
                applied,
                known,
                faulty,
                faulty_rows: None,
                rows,
            }])
        }
        Command::MendRoster { roster, mends, applied, known, faulty, rows } => {
            let before = crate::roster(room.state, roster).ok_or(Refusal::RosterMustBeKnown { roster })?;
            may(room, "mend_roster", roster_entity(roster, before))?;
            if before.mends != mends {
                return Err(Refusal::RosterMustBeUnchanged { roster });
            }
            Ok(vec![Event::RosterMended { roster, applied, known, faulty, faulty_rows: None, rows }])
        }
        Command::Open { .. }
        | Command::Attach { .. }
        | Command::ReadAttachment { .. }
        | Command::Submit { .. }
        | Command::Withdraw { .. }
        | Command::Take { .. }
        | Command::Decide { .. }
        | Command::DecideByRule { .. }
        | Command::Ask { .. }
        | Command::Answer { .. }
        | Command::DeclareClosure { .. }
        | Command::CorrectClosure { .. }
        | Command::VoidClosure { .. }
        | Command::Remind { .. }
        | Command::Work { .. }
        | Command::Office { .. }
        | Command::Remark { .. }
        | Command::Migrate { .. }
        | Command::RecordViews { .. } => Ok(Vec::new()),
    }
}

fn may(room: &Room, action: &'static str, resource: Entity) -> Result<(), Refusal> {
    room.ctx.ask(&room.question(action, resource)).map(drop).map_err(Refusal::RuledOut)
}

/// All of a roster's good rows are applied for or none. Each application is asked about besides, with how many are left
/// then; here the delegate is told in advance by how much there are too many.
fn fits_the_delegation(room: &Room, applied: u32) -> Result<(), Refusal> {
    match room.ctx.actor.delegation().and_then(|delegation| applications_left(room.state, room.people, delegation)) {
        Some(left) if applied > left => Err(Refusal::RosterMustFitTheDelegation { applied, left }),
        Some(_) | None => Ok(()),
    }
}

/// How many more applications a delegation allows; `None` where it sets no limit.
pub fn applications_left(state: &State, people: &parties::State, delegation: DelegationId) -> Option<u32> {
    let limit = parties::delegation(people, delegation).and_then(|known| known.scope.applications_max)?;
    let opened = u32::try_from(crate::of_delegation(state, delegation).count()).unwrap_or(u32::MAX);
    Some(limit.saturating_sub(opened))
}

/// A roster as the rulebook sees it.
pub fn roster_entity(id: RosterId, roster: &Roster) -> Entity {
    entity(Some(id), roster.organisation, &roster.service, roster.delegation)
}

/// One that is yet to be uploaded.
pub fn new_roster_entity(organisation: OrganisationId, service: &Key, delegation: Option<DelegationId>) -> Entity {
    entity(None, organisation, service, delegation)
}

fn entity(
    id: Option<RosterId>,
    organisation: OrganisationId,
    service: &Key,
    delegation: Option<DelegationId>,
) -> Entity {
    let number = id.map(|id| id.to_string()).unwrap_or_default();
    Entity::new("Roster", if number.is_empty() { "new" } else { number.as_str() })
        .with("roster", number.as_str())
        .with("organisation", organisation.to_string().as_str())
        .with("service", service)
        .with("delegation", delegation.map(|id| id.to_string()).unwrap_or_default().as_str())
}
