//! Rosters: what an employer uploaded, what was applied for, and what is left to be mended.

use crate::decide::Room;
use crate::model::{Command, Event, Refusal};
use base::{Entity, OrganisationId};

pub(crate) fn decide(room: &Room, command: Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::UploadRoster { service, organisation, subject, file, applied, faulty, faulty_rows } => {
            room.service(&service)?;
            let uploaded_by = room.acting_person()?;
            may_upload(room, organisation)?;
            if faulty_rows.as_ref().is_some_and(|rows| rows.of != subject) {
                return Err(Refusal::SealMustBeTheSubjectsOwn);
            }
            let roster = room.state.last_roster.next();
            Ok(vec![Event::RosterUploaded {
                roster,
                service,
                organisation,
                uploaded_by,
                subject,
                file,
                applied,
                faulty,
                faulty_rows,
            }])
        }
        Command::MendRoster { roster, applied, faulty, faulty_rows } => {
            let known = crate::roster(room.state, roster).ok_or(Refusal::RosterMustBeKnown { roster })?;
            may_upload(room, known.organisation)?;
            if faulty_rows.as_ref().is_some_and(|rows| rows.of != known.subject) {
                return Err(Refusal::SealMustBeTheSubjectsOwn);
            }
            Ok(vec![Event::RosterMended { roster, applied, faulty, faulty_rows }])
        }
        Command::Open { .. }
        | Command::Submit { .. }
        | Command::Withdraw { .. }
        | Command::Take { .. }
        | Command::Decide { .. }
        | Command::DecideByRule { .. }
        | Command::Ask { .. }
        | Command::Answer { .. } => Ok(Vec::new()),
    }
}

fn may_upload(room: &Room, organisation: OrganisationId) -> Result<(), Refusal> {
    let resource = Entity::new("Organisation", organisation).with("organisation", organisation.to_string().as_str());
    room.ctx.ask(&room.question("upload_roster", resource)).map(drop).map_err(Refusal::RuledOut)
}
