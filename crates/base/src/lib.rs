//! The words every room shares: ids, instants, banks, languages, actors, questions to the rulebook, refusals.
//!
//! Nothing here does input or output, reads a clock, or knows a room. It changes rarely, because everything is
//! rebuilt when it does.

mod actor;
mod bank;
mod fault;
mod ids;
mod language;
mod refusal;
mod rules;
mod sealed;
mod time;

pub use actor::{Actor, ActorParseError};
pub use bank::{Bank, Direction};
pub use fault::Fault;
pub use ids::{
    CaseId, ClosureId, DelegationId, GrantId, IdParseError, Key, LetterId, OrganisationId, PassageId, PermitId,
    PersonId, RosterId, TokenId, WatchId,
};
pub use language::{Language, Localised};
pub use refusal::{Refuse, Remark};
pub use rules::{Answer, Entity, Outcome, Question, Rules, Value};
pub use sealed::{Sealed, Subject};
pub use time::{Ctx, Instant, Recorded};

/// The calendar date type used throughout: a civil date of the proleptic Gregorian calendar, without a zone.
pub use jiff::civil::Date;
