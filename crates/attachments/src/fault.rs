//! Why a file is not taken.

use profile::FileFormat;
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentFault {
    /// No file was chosen, or nothing is in it.
    Empty,
    TooLarge {
        bytes_max: usize,
    },
    /// Its content is none of the formats that we know.
    UnknownFormat,
    /// Its name promises one format, and it is another.
    NotWhatItsNameSays {
        found: FileFormat,
    },
    /// A format that we know, but not one that this document may have.
    NotTaken {
        format: FileFormat,
    },
    /// It does not read to its end, or a picture of it cannot be drawn.
    Damaged,
    /// Small as it is, it unfolds into far more than any document.
    UnfoldsTooFar,
    /// It carries a program that would run when it is opened.
    CarriesProgram,
    /// It opens with a password, which no officer has and no scanner.
    Locked,
    TooManyFiles {
        files_max: u8,
    },
    /// The scanner found something.
    Infected,
    /// A scanner is set up and did not answer: nothing is taken without it.
    NotScanned,
}

impl AttachmentFault {
    /// In kebab case; the words are `attachment-fault-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            AttachmentFault::Empty => "empty",
            AttachmentFault::TooLarge { .. } => "too-large",
            AttachmentFault::UnknownFormat => "unknown-format",
            AttachmentFault::NotWhatItsNameSays { .. } => "not-what-its-name-says",
            AttachmentFault::NotTaken { .. } => "not-taken",
            AttachmentFault::Damaged => "damaged",
            AttachmentFault::UnfoldsTooFar => "unfolds-too-far",
            AttachmentFault::CarriesProgram => "carries-program",
            AttachmentFault::Locked => "locked",
            AttachmentFault::TooManyFiles { .. } => "too-many-files",
            AttachmentFault::Infected => "infected",
            AttachmentFault::NotScanned => "not-scanned",
        }
    }

    /// The format that was found, where the words name it.
    pub fn format(self) -> Option<FileFormat> {
        match self {
            AttachmentFault::NotWhatItsNameSays { found } => Some(found),
            AttachmentFault::NotTaken { format } => Some(format),
            AttachmentFault::Empty
            | AttachmentFault::TooLarge { .. }
            | AttachmentFault::UnknownFormat
            | AttachmentFault::Damaged
            | AttachmentFault::UnfoldsTooFar
            | AttachmentFault::CarriesProgram
            | AttachmentFault::Locked
            | AttachmentFault::TooManyFiles { .. }
            | AttachmentFault::Infected
            | AttachmentFault::NotScanned => None,
        }
    }

    /// The number that was passed, where the words name it: megabytes, or files.
    pub fn limit(self) -> Option<u64> {
        match self {
            AttachmentFault::TooLarge { bytes_max } => u64::try_from(bytes_max >> 20).ok(),
            AttachmentFault::TooManyFiles { files_max } => Some(u64::from(files_max)),
            AttachmentFault::Empty
            | AttachmentFault::UnknownFormat
            | AttachmentFault::NotWhatItsNameSays { .. }
            | AttachmentFault::NotTaken { .. }
            | AttachmentFault::Damaged
            | AttachmentFault::UnfoldsTooFar
            | AttachmentFault::CarriesProgram
            | AttachmentFault::Locked
            | AttachmentFault::Infected
            | AttachmentFault::NotScanned => None,
        }
    }
}

impl fmt::Display for AttachmentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for AttachmentFault {}
