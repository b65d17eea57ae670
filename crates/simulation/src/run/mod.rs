//! The simulator: a plan, a place to play it, a report.

mod chart;
mod checks;
mod plan;
mod report;
mod text;
mod week;

#[cfg(test)]
mod tests;

pub use checks::Check;
pub use plan::{Part, Plan, Progress, Where};
pub use report::{
    CaseFigures, CrossingFigures, GateReport, LogFigures, Outage, PeakReport, PermitFigures, PresenceFigures,
    QuarterReport, RefusalCount, Report, Unfinished,
};

use crate::days;
use crate::error::SimulationError;
use crate::founding::{Founded, Size, found, recall};
use crate::paperwork::one;
use crate::stage::{OpenPark, OwnKernel, Stage, all_accepted};
use base::{Actor, Date, Instant, Rules};
use desk::{Kernel, Outside, Salts, Settings, Zone, ZoneCommand};
use eventlog::{Log, LogError, LogKeys, LogPublicKeys, LogReader};
use park::{Clock, OpenError, Options, Park};
use profile::Profile;
use rulebook::Rulebook;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use vault::Vault;
use week::Week;

const OFFICERS_EACH: u32 = 2;
/// Working days before the first crossings on which the paperwork begins.
pub(crate) const ENROLMENT_DAYS: usize = 5;

/// Plays the plan. What is reported depends on the plan and the zone folder alone, except where a data folder had
/// something in it already or the place is a server.
pub fn run(
    plan: &Plan,
    zone_folder: &Path,
    place: Where,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, SimulationError> {
    plan.check()?;
    match place {
        Where::Memory => in_memory(plan, zone_folder, progress).map(|(report, _)| report),
        Where::Data(data) => into_folder(plan, zone_folder, &data, progress),
        Where::Against(address) => against_server(plan, zone_folder, &address, progress),
    }
}

fn against_server(
    plan: &Plan,
    zone_folder: &Path,
    address: &str,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, SimulationError> {
    let profile = Profile::load(zone_folder).map_err(SimulationError::Zone)?;
    let rulebook = Rulebook::load(&zone_folder.join("rules")).map_err(SimulationError::Zone)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (load, by_policy) = runtime.block_on(crate::against::load(plan, &profile, address, progress))?;
    Ok(Report::of_load(plan, &profile, &rulebook, load, &by_policy))
}

/// Also gives the zone that it came to.
pub(crate) fn in_memory(
    plan: &Plan,
    zone_folder: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Report, Zone), SimulationError> {
    let profile = Arc::new(Profile::load(zone_folder).map_err(SimulationError::Zone)?);
    let rulebook = Arc::new(Rulebook::load(&zone_folder.join("rules")).map_err(SimulationError::Zone)?);
    let vault = Vault::seeded(plan.seed);
    let origin = format!("{}.hetao.example/simulation", profile.key);
    let (ed25519, ml_dsa) = (vault.secret("log-ed25519")?, vault.secret("log-ml-dsa-44")?);
    let keys = LogKeys::from_seeds(&origin, *ed25519, *ml_dsa)?;
    let public = keys.public().clone();
    let (log, reader) = Log::open(Box::new(eventlog::memory::Memory::new()), keys)?;
    let rules = Arc::clone(&rulebook) as Arc<dyn Rules>;
    let outside = Arc::new(Outside::new(vault));
    let salts = Salts::seeded(plan.seed);
    let kernel =
        Kernel::new(log, reader.clone(), Zone::default(), Arc::clone(&profile), Arc::clone(&rules), outside, salts);
    let mut stage = OwnKernel { kernel, profile: Arc::clone(&profile) };
    let dates = Dates::of(&profile, plan, Instant::default());
    let adopt = ZoneCommand::Adopt { profile: profile.hash.as_str().into(), rulebook: rules.version().clone() };
    let now = days::at(&profile, dates.founded, 8, 0);
    let adopted = stage.perform(vec![one(Actor::System, now, desk::Command::Zone(adopt))])?;
    all_accepted("the zone folder", adopted)?;
    let heard = Heard { reader: &reader, keys: &public, rulebook: &rulebook };
    let report = play(&mut stage, plan, dates, &heard, progress)?;
    Ok((report, (*stage.zone()).clone()))
}

fn into_folder(
    plan: &Plan,
    zone_folder: &Path,
    data: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, SimulationError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let profile = Profile::load(zone_folder).map_err(SimulationError::Zone)?;
    let first = Dates::of(&profile, plan, Instant::default()).crossings.first().copied().unwrap_or(plan.from);
    let (failed, failure) = std::sync::mpsc::channel();
    let (park, writer) = open_park(zone_folder, data, days::at(&profile, first, 6, 0), failed)?;
    let dates = Dates::of(&profile, plan, park.zone().last_at);
    let mut stage = OpenPark { park: park.clone(), runtime: runtime.handle().clone() };
    let heard = Heard { reader: park.desk.log(), keys: &park.log_keys, rulebook: &park.rulebook };
    let report = play(&mut stage, plan, dates, &heard, progress);
    if report.is_ok() {
        snapshot(&mut stage)?;
    }
    drop((stage, park));
    // The last clone is gone: the writer finishes what it has, and ends.
    let _ = writer.join();
    // Whoever waited at the desk heard only that it stopped; the writer knows why.
    failure.try_recv().map_or(report, |error| Err(error.into()))
}

/// So that serving the folder starts quickly; at the play's own time, which is ahead of the park's clock.
fn snapshot(stage: &mut OpenPark) -> Result<(), SimulationError> {
    let zone = stage.zone();
    let Some(snapshots) = &stage.park.snapshots else { return Ok(()) };
    let record =
        ZoneCommand::RecordDigest { size: zone.size, digest: snapshots.save(&zone)?.into(), format: desk::FORMAT };
    let performed = stage.perform(vec![one(Actor::System, zone.last_at, desk::Command::Zone(record))])?;
    all_accepted("the digest of the zone", performed).map(drop)
}

/// With a clock that shows the days of the play; further on where the log has come further.
fn open_park(
    zone: &Path,
    data: &Path,
    at: Instant,
    failed: Sender<LogError>,
) -> Result<(Park, JoinHandle<()>), SimulationError> {
    let open = |at| {
        let failed = failed.clone();
        Park::open(Options {
            zone: zone.to_owned(),
            data: Some(data.to_owned()),
            clock: Clock::showing(at),
            origin: "http://simulation.example".to_owned(),
            settings: Settings { on_failure: Box::new(move |error| drop(failed.send(error))), ..Settings::default() },
            push_hosts: park::PushHosts::Public,
        })
    };
    match open(at) {
        Err(OpenError::ClockBehindLog { seconds }) => {
            Ok(open(at.plus(seconds.saturating_mul(Instant::SECOND)).plus(Instant::HOUR))?)
        }
        other => Ok(other?),
    }
}

/// The log as it is read for the checks, and the rulebook that explains what was refused.
pub(crate) struct Heard<'a> {
    pub reader: &'a LogReader,
    pub keys: &'a LogPublicKeys,
    pub rulebook: &'a Rulebook,
}

/// The days of a play: a handful for the paperwork, then those of the plan.
#[derive(Debug, Clone)]
pub(crate) struct Dates {
    pub founded: Date,
    /// One for each step of the paperwork.
    pub enrolment: Vec<Date>,
    pub crossings: Vec<Date>,
}

impl Dates {
    /// All of them after the last instant of the log.
    fn of(profile: &Profile, plan: &Plan, last_at: Instant) -> Self {
        let mut first = days::at_or_after(profile, plan.from);
        loop {
            let mut enrolment = vec![days::before(profile, first)];
            while enrolment.len() < ENROLMENT_DAYS {
                let earliest = enrolment.last().copied().unwrap_or(first);
                enrolment.push(days::before(profile, earliest));
            }
            enrolment.reverse();
            let begins = enrolment.first().copied().unwrap_or(first);
            let founded = days::before(profile, begins);
            let next = days::after(profile, first);
            if days::at(profile, founded, 7, 0) > last_at || next == first {
                let mut crossings = vec![first];
                while crossings.len() < usize::from(plan.days) {
                    let last = crossings.last().copied().unwrap_or(first);
                    crossings.push(days::after(profile, last));
                }
                return Self { founded, enrolment, crossings };
            }
            first = next;
        }
    }
}

fn play<S: Stage>(
    stage: &mut S,
    plan: &Plan,
    dates: Dates,
    heard: &Heard,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, SimulationError> {
    let founded = founders(stage, &dates)?;
    if founded.employers.is_empty() {
        return Err(SimulationError::Missing("organisation"));
    }
    let size_before = stage.zone().size;
    let mut week = Week::new(stage, plan, &founded, &dates);
    let travellers = week.enrol(progress)?;
    let (notes, outage) = week.cross(travellers, progress)?;
    let checks = checks::check(stage, heard, progress)?;
    Ok(report::Material { plan, dates: &dates, notes: &notes, outage, checks, size_before }.report(stage, heard))
}

/// Founds the park, or finds who founded it.
fn founders<S: Stage>(stage: &mut S, dates: &Dates) -> Result<Founded, SimulationError> {
    if !stage.zone().parties.organisations.is_empty() {
        return Ok(recall(&stage.zone(), &[]));
    }
    let employers = stage.profile().demo_organisations.len();
    let now = days::at(stage.profile(), dates.founded, 9, 0);
    found(stage, &Size { employers, officers_each: OFFICERS_EACH, personas: false }, now)
}
