//! Rosters: what an employer uploaded, what was applied for, and what is left to be mended.

use crate::decide::Room;
use crate::model::{Command, Event};
use crate::refusal::Refusal;
use base::{Entity, OrganisationId};

pub(crate) fn decide(room: &Room, command: Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::UploadRoster { service, organisation, subject, file, applied, known, faulty, rows } => {
            room.service(&service)?;
            let uploaded_by = room.acting_person()?;
            may_upload(room, organisation)?;
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
            may_upload(room, before.organisation)?;
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

fn may_upload(room: &Room, organisation: OrganisationId) -> Result<(), Refusal> {
    let resource = Entity::new("Organisation", organisation).with("organisation", organisation.to_string().as_str());
    room.ctx.ask(&room.question("upload_roster", resource)).map(drop).map_err(Refusal::RuledOut)
}
