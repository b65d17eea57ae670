//! Given a park with its log in memory, when submissions come in, then this is in the log and in the zone.

mod changes;
mod commands;
mod documents;
mod golden;
mod grants;
mod handle;
mod park;
mod path;
mod reactions;
mod replaying;
mod sequences;
mod submissions;

use crate::*;
use base::{Actor, Bank, CaseId, Direction, Instant, Key, PassageId, PermitId, PersonId, Refuse};
use commands::*;
use park::{Lenient, NINE_ON_MONDAY, PROFILE, Park, RULES, in_words, key};
