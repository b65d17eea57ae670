//! What can go wrong with the log: few kinds, each with one plain message. It knows nothing of SQLite or PostgreSQL;
//! the storages translate their own errors into these.

/// A failure of the log. None of them is a refusal: a person who made a mistake never sees one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The store did not do what was asked. For whoever runs the machine.
    #[error("the log's storage failed: {what}")]
    Storage { what: String },
    /// What is stored is not what was signed. `sequence` names the entry where one can be named.
    #[error("{}", corrupt(*.sequence, .what))]
    Corrupt { sequence: Option<u64>, what: String },
    /// One of the entries to append exceeds [`crate::ENTRY_BYTES_MAX`]. Nothing was appended.
    #[error("entry {index} of the batch has {length} bytes; at most {} fit", crate::ENTRY_BYTES_MAX)]
    TooLarge { index: usize, length: usize },
    /// Nothing was appended. Free some room, then start again.
    #[error("the disk is full: nothing was appended; free some room, then start again")]
    DiskFull,
    /// Somebody else is writing to this log.
    #[error("another process is writing to this log ({what}); a log has one writer: stop it first")]
    Locked { what: String },
    /// The keys are not those of this log, or cannot be used as a log's keys.
    #[error("the log's keys do not fit: {what}")]
    Keys { what: String },
    /// A proof or tile was asked for that the tree of this size does not have.
    #[error("out of range: {what}")]
    OutOfRange { what: String },
    /// An earlier commit failed, so that nobody can say what is stored until the log is opened again.
    #[error("an earlier commit failed: the log must be opened again before anything is appended")]
    Stopped,
}

fn corrupt(sequence: Option<u64>, what: &str) -> String {
    match sequence {
        Some(sequence) => format!("the log is damaged at entry {sequence}: {what}"),
        None => format!("the log is damaged: {what}"),
    }
}

impl LogError {
    /// Damage that no single entry can be blamed for.
    pub fn corrupt(what: impl Into<String>) -> Self {
        LogError::Corrupt { sequence: None, what: what.into() }
    }

    /// Damage to one entry.
    pub fn corrupt_at(sequence: u64, what: impl Into<String>) -> Self {
        LogError::Corrupt { sequence: Some(sequence), what: what.into() }
    }
}
