//! Employers' roster files, as personnel offices export them: bytes in; rows, faulty rows and refusals out.
//!
//! * [`read`] takes a whole file in whichever of four encodings and three languages it was saved. It either refuses
//!   the file ([`RosterFault`]) or answers every row as a [`Row`] that may be applied for or a [`FaultyRow`] that says
//!   for each cell what is wrong.
//! * [`mend`] checks one faulty row again after a clerk changed some of its cells.
//! * [`template`] is an empty roster to start from.
//!
//! Nothing is guessed in silence: a date that can be read two ways, a name that can be split two ways and a file that
//! can be decoded two ways are faults that show the readings. What is normalised (full-width digits, spaces, brackets
//! of a document number, ways to write a country) is normalised to one form, so that two rows can be compared.
//!
//! This crate knows no clock (`today` comes in), no file system, no room of the zone, and never panics on input.

mod characters;
mod check;
mod columns;
mod contacts;
mod dates;
mod documents;
mod encoding;
mod faults;
mod limits;
mod messages;
mod names;
mod nationality;
mod read;
mod refusal;
mod row;
mod table;
mod template;
mod vocabulary;

pub use check::mend;
pub use columns::Column;
pub use documents::{DocumentKind, NO_EXPIRY};
pub use encoding::Encoding;
pub use faults::{Cell, CellFault, FaultCode, FaultyRow};
pub use limits::Limits;
pub use messages::{Message, TEXTS};
pub use read::read;
pub use refusal::RosterFault;
pub use row::{Roster, Row};
pub use table::Delimiter;
pub use template::template;
