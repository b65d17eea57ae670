//! What can end a simulation or the seeding of a demonstration.

use base::Fault;
use desk::{Failure, Refusal, SubmitError};
use eventlog::LogError;
use park::{OpenError, WorkError};
use std::fmt;
use vault::VaultError;

#[derive(Debug)]
pub enum SimulationError {
    /// The zone folder or its rulebook has faults.
    Zone(Vec<Fault>),
    /// The zone has nothing of a kind that a simulation needs: a gate, an organisation, an office.
    Missing(&'static str),
    /// The plan asks for less or more than there can be.
    Plan {
        what: &'static str,
        least: u64,
        most: u64,
    },
    Open(Box<OpenError>),
    Log(LogError),
    Vault(VaultError),
    Work(Box<WorkError>),
    /// A command that the simulation relies on was refused.
    Refused {
        what: &'static str,
        refusal: Box<Refusal>,
    },
    Failed(Failure),
    /// The address of a server is none that can be played against.
    Address,
    /// The server that was to be played against does not answer as it should.
    Server(String),
    Thread(std::io::Error),
}

impl fmt::Display for SimulationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SimulationError::Zone(faults) => {
                write!(f, "the zone folder has {} faults", faults.len())?;
                faults.first().map_or(Ok(()), |first| write!(f, "; the first: {first}"))
            }
            SimulationError::Missing(what) => write!(f, "the zone has no {what}"),
            SimulationError::Plan { what, least, most } => write!(f, "{what} must be from {least} to {most}"),
            SimulationError::Open(error) => write!(f, "{error}"),
            SimulationError::Log(error) => write!(f, "{error}"),
            SimulationError::Vault(error) => write!(f, "{error}"),
            SimulationError::Work(error) => write!(f, "{error}"),
            SimulationError::Refused { what, refusal } => write!(f, "{what} was refused: {refusal:?}"),
            SimulationError::Failed(Failure::Busy) => f.write_str("the desk is busy"),
            SimulationError::Failed(Failure::Stopped) => f.write_str("the desk has stopped"),
            SimulationError::Failed(Failure::Vault) => f.write_str("a key could not be had"),
            SimulationError::Address => f.write_str(
                "the server's address must begin with http://: a demonstration is on this machine, without TLS",
            ),
            SimulationError::Server(what) => write!(f, "the server: {what}"),
            SimulationError::Thread(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for SimulationError {}

impl From<LogError> for SimulationError {
    fn from(error: LogError) -> Self {
        SimulationError::Log(error)
    }
}

impl From<VaultError> for SimulationError {
    fn from(error: VaultError) -> Self {
        SimulationError::Vault(error)
    }
}

impl From<OpenError> for SimulationError {
    fn from(error: OpenError) -> Self {
        SimulationError::Open(Box::new(error))
    }
}

impl From<WorkError> for SimulationError {
    fn from(error: WorkError) -> Self {
        SimulationError::Work(Box::new(error))
    }
}

impl From<std::io::Error> for SimulationError {
    fn from(error: std::io::Error) -> Self {
        SimulationError::Thread(error)
    }
}

impl From<SubmitError> for SimulationError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => SimulationError::Refused { what: "a command", refusal: Box::new(refusal) },
            SubmitError::Failed(failure) => SimulationError::Failed(failure),
        }
    }
}
