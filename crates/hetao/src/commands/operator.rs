//! The data folder opened by whoever runs the machine, to change something in it: while no server holds it, through the
//! same desk as everybody.

use crate::cli::Common;
use crate::data_folder::DataFolder;
use crate::demonstration;
use crate::ending::Failure;
use base::Refuse;
use desk::Settings;
use eventlog::LogError;
use park::{Clock, OpenError, Options, Park, WorkError};
use tokio::runtime::Runtime;

/// Opens the park, works in it, and lets it go when all is durable. `what` is what the server has to be stopped for.
pub fn at_work<T>(
    common: &Common,
    demo: bool,
    origin: &str,
    what: &str,
    work: impl FnOnce(&Park, &Runtime) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let data = DataFolder::new(common.data());
    let runtime = Runtime::new().map_err(|error| Failure::could_not(format!("no runtime: {error}")))?;
    let options = Options {
        zone: common.zone.clone(),
        data: Some(data.path.clone()),
        clock: if demo { demonstration::clock(&data, common)? } else { Clock::system() },
        origin: origin.to_owned(),
        settings: Settings::default(),
        push_hosts: park::PushHosts::Public,
    };
    let (park, writer) = Park::open(options).map_err(|error| match error {
        OpenError::Log(LogError::Locked { .. }) => Failure::could_not(format!(
            "a server holds {}; {what} while it is stopped: stop it, do this, start it again",
            data.path.display()
        )),
        other => other.into(),
    })?;
    let result = work(&park, &runtime);
    drop(park);
    drop(runtime);
    // The writer ends with the last clone of the park; what it had to say came back with the receipt.
    let _ = writer.join();
    result
}

/// Why a piece of work was not done, for whoever called the command. Nothing of it took effect.
pub fn not_done(error: WorkError) -> Failure {
    match error {
        WorkError::Refused(refusal) => {
            let about: String = refusal.remarks().iter().map(|(name, value)| format!(" ({name} {value})")).collect();
            Failure::wrong(format!("refused: {}{about}; nothing was changed", refusal.code()))
        }
        WorkError::Form(faults) => {
            let list: Vec<String> = faults.iter().map(|fault| format!("--{}: {:?}", fault.field, fault.code)).collect();
            Failure::usage(format!("{}; nothing was changed", list.join(", ")))
        }
        other => Failure::could_not(format!("{other}; nothing was changed")),
    }
}
