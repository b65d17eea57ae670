//! What time brings about in a demonstration's past: offices are told of their clocks each morning, as the running park
//! would have done; and one office was closed for an afternoon.

use super::history::Past;
use crate::error::SimulationError;
use crate::paperwork::one;
use crate::play::traffic::Traffic;
use crate::stage::{OpenPark, Stage, all_accepted};
use base::{Actor, Bank, Instant, Key};
use profile::{HalfDay, Profile};

/// More notices than one morning of a small park can have.
const NOTICES_MAX: usize = 1_000;
/// The cause for which the office was closed, of its calendar.
const CAUSE: &str = "premises";

/// The platform tells each office what is to be told by this instant.
pub(crate) fn tell(stage: &mut OpenPark, profile: &Profile, at: Instant) -> Result<(), SimulationError> {
    let legs = cases::reminders(&stage.zone().cases, profile, at, NOTICES_MAX);
    let remind = |(case, leg)| one(Actor::System, at, cases::Command::Remind { case, leg });
    let performed = stage.perform(legs.into_iter().map(remind).collect())?;
    all_accepted("the morning's notices", performed).map(drop)
}

/// The immigration office of the south sends its people home at noon: its clocks lose half a day.
pub(crate) fn close_for_an_afternoon(
    traffic: &mut Traffic<OpenPark>,
    past: &Past,
    days_ago: usize,
) -> Result<(), SimulationError> {
    let profile = traffic.stage.park.profile.clone();
    let immigration = |one: &&profile::Office| one.bank == Bank::South && one.duty.as_str() == "immigration";
    let office = profile.offices.values().find(immigration).map(|office| office.key.clone());
    let (Some(office), Some(kind)) = (office, Key::new(CAUSE)) else { return Ok(()) };
    let supervisor = traffic.on_duty(Bank::South, "supervision", 0)?;
    let afternoon = HalfDay::afternoon(past.date(days_ago));
    let declare = cases::Command::DeclareClosure {
        kind,
        bank: Bank::South,
        offices: vec![office],
        from: afternoon,
        until: afternoon,
    };
    let at = past.at(&profile, days_ago, 15, 14);
    let performed = traffic.stage.perform(vec![one(supervisor, at, declare)])?;
    all_accepted("a closure", performed).map(drop)
}
