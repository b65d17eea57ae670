//! How a command ends, and the exit code that scripts see. The codes are documented in `hetao --help`: never renumber them.

use base::Fault;
use eventlog::LogError;
use park::OpenError;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use vault::VaultError;

/// The command did its work; its result has been printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// 0: done, or found right.
    Right,
    /// 1: what was checked is not right.
    Wrong,
}

impl Ending {
    pub fn of(right: bool) -> Self {
        if right { Ending::Right } else { Ending::Wrong }
    }

    pub fn exit_code(self) -> ExitCode {
        match self {
            Ending::Right => ExitCode::SUCCESS,
            Ending::Wrong => ExitCode::from(1),
        }
    }
}

/// Why the command stopped before it had a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 1: what was given or found is not right.
    Wrong,
    /// 2: the command was called in a way that it does not understand.
    Usage,
    /// 3: it could not be done here and now: a file is missing or unreadable, the disk is full, somebody else writes.
    CouldNot,
}

#[derive(Debug)]
pub struct Failure {
    pub kind: Kind,
    pub message: String,
}

impl Failure {
    pub fn wrong(message: impl Into<String>) -> Self {
        Self { kind: Kind::Wrong, message: message.into() }
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, message: message.into() }
    }

    pub fn could_not(message: impl Into<String>) -> Self {
        Self { kind: Kind::CouldNot, message: message.into() }
    }

    /// A file or folder that could not be used.
    pub fn at(path: &Path, error: &io::Error) -> Self {
        Self::could_not(format!("{}: {error}", path.display()))
    }

    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.kind {
            Kind::Wrong => 1,
            Kind::Usage => 2,
            Kind::CouldNot => 3,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        match &error {
            LogError::Corrupt { .. } | LogError::Keys { .. } => Self::wrong(error.to_string()),
            LogError::Storage { .. }
            | LogError::TooLarge { .. }
            | LogError::DiskFull
            | LogError::Locked { .. }
            | LogError::OutOfRange { .. }
            | LogError::Stopped => Self::could_not(error.to_string()),
        }
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self::could_not(error.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Log(error) => error.into(),
            OpenError::Zone(faults) => Self::of_faults(&faults),
            OpenError::Vault(_)
            | OpenError::Credential(_)
            | OpenError::Folder(_)
            | OpenError::Scanner(_)
            | OpenError::ClockBehindLog { .. } => Self::could_not(error.to_string()),
        }
    }
}

impl Failure {
    pub fn of_faults(faults: &[Fault]) -> Self {
        let list: String = faults.iter().map(|fault| format!("\n  {fault}")).collect();
        let message =
            format!("the zone folder has {} fault(s); `hetao zone check` lists them too:{list}", faults.len());
        Self::wrong(message)
    }
}
