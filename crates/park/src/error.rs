//! What can go wrong while opening a park, and while working in it.

use attachments::{AttachmentFault, ScannerNotUnderstood};
use base::Fault;
use credentials::CredentialError;
use desk::{Failure, Refusal, SubmitError};
use eventlog::LogError;
use profile::FieldFault;
use rosters::{FaultCode, RosterFault};
use std::fmt;
use vault::VaultError;
use webpush::PushError;

/// Why a park could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The zone folder's faults, all of them.
    Zone(Vec<Fault>),
    Log(LogError),
    Vault(VaultError),
    Credential(CredentialError),
    Folder(std::io::Error),
    Scanner(ScannerNotUnderstood),
    /// The system's clock is behind the log's last entry by this many seconds.
    ClockBehindLog {
        seconds: i64,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Zone(faults) => {
                writeln!(f, "the zone folder has {} fault(s):", faults.len())?;
                faults.iter().try_for_each(|fault| writeln!(f, "  {fault}"))
            }
            OpenError::Log(error) => write!(f, "the log could not be opened: {error}"),
            OpenError::Vault(error) => write!(f, "the key file could not be opened: {error}"),
            OpenError::Credential(error) => write!(f, "the pass issuer's key could not be used: {error}"),
            OpenError::Folder(error) => write!(f, "the data folder could not be used: {error}"),
            OpenError::Scanner(error) => write!(f, "{error}"),
            OpenError::ClockBehindLog { seconds } => write!(
                f,
                "this machine's clock is {seconds} seconds behind the log's last entry; set the clock right and start again"
            ),
        }
    }
}

impl std::error::Error for OpenError {}

macro_rules! from_error {
    ($target:ident: $($source:ty => $variant:ident),*) => {$(
        impl From<$source> for $target {
            fn from(error: $source) -> Self {
                $target::$variant(error)
            }
        }
    )*};
}

from_error!(OpenError: Vec<Fault> => Zone, LogError => Log, VaultError => Vault, CredentialError => Credential, std::io::Error => Folder, ScannerNotUnderstood => Scanner);

/// Why a piece of work was not done. Nothing of it took effect.
#[derive(Debug)]
pub enum WorkError {
    Refused(Refusal),
    Failed(Failure),
    /// The roster as a whole cannot be read.
    Roster(RosterFault),
    /// The form has faults.
    Form(Vec<FieldFault>),
    /// The number of an identity document is none of its kind.
    Document(FaultCode),
    /// A file that is handed in is not taken.
    Attachment(AttachmentFault),
    /// More was typed into a draft than any form asks for.
    DraftTooLarge,
    /// The person has as many drafts as anybody may.
    TooManyDrafts,
    /// The service's form has another version than the one that was looked through.
    FormChanged,
    /// The key that would open what is asked for was erased, or does not open it.
    Vault(VaultError),
    Credential(CredentialError),
    /// What a browser gave as its subscription is none.
    Push(PushError),
    Log(LogError),
    /// A file could not be stored or read.
    Store(String),
    /// What was asked for is not there, or not for the one who asks.
    NotFound,
}

impl fmt::Display for WorkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkError::Refused(refusal) => write!(f, "refused: {}", base::Refuse::code(refusal)),
            WorkError::Failed(failure) => write!(f, "failed: {failure:?}"),
            WorkError::Roster(fault) => write!(f, "roster: {}", fault.code()),
            WorkError::Form(faults) => write!(f, "the form has {} fault(s)", faults.len()),
            WorkError::Document(fault) => write!(f, "the document's number: {fault}"),
            WorkError::Attachment(fault) => write!(f, "a file: {fault}"),
            WorkError::DraftTooLarge => f.write_str("the draft is too large"),
            WorkError::TooManyDrafts => f.write_str("there are too many drafts"),
            WorkError::FormChanged => f.write_str("the form has changed"),
            WorkError::Vault(error) => write!(f, "{error}"),
            WorkError::Credential(error) => write!(f, "{error}"),
            WorkError::Push(error) => write!(f, "{error}"),
            WorkError::Log(error) => write!(f, "{error}"),
            WorkError::Store(what) => write!(f, "the file store: {what}"),
            WorkError::NotFound => f.write_str("not found"),
        }
    }
}

impl std::error::Error for WorkError {}

from_error!(WorkError: RosterFault => Roster, FaultCode => Document, AttachmentFault => Attachment, VaultError => Vault, CredentialError => Credential, PushError => Push, LogError => Log, Refusal => Refused, Failure => Failed);

impl From<SubmitError> for WorkError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => WorkError::Refused(refusal),
            SubmitError::Failed(failure) => WorkError::Failed(failure),
        }
    }
}
