//! What people write on the record: limited, and sealed under the key of the person whom it is about before any
//! command names it.

use super::body::{BodyFault, BodyFaultKind};
use crate::Portal;
use crate::problem::Problem;
use base::{PersonId, Sealed};
use park::WorkError;

/// The longest reason, question, answer or note, in characters.
const TEXT_CHARS_MAX: usize = 4_000;

/// A text of a body's field, which must say something and not too much.
pub(crate) fn written<'a>(field: &str, text: &'a str) -> Result<&'a str, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TEXT_CHARS_MAX { Err(not_taken(field)) } else { Ok(text) }
}

/// The value of a field cannot be taken, though the text as such could be read.
pub(crate) fn not_taken(field: &str) -> Problem {
    let pointer = format!("/{field}");
    Problem::Body(Box::new(BodyFault { pointer, line: 1, column: 1, kind: BodyFaultKind::WrongValue }))
}

pub(crate) fn seal(portal: &Portal, person: PersonId, context: &str, text: &str) -> Result<Sealed, Problem> {
    let zone = portal.park.zone();
    let subject = &parties::person(&zone.parties, person).ok_or(Problem::NotFound)?.subject;
    let sealed = portal.park.vault.seal(subject, context, text.as_bytes());
    sealed.map_err(|error| WorkError::from(error).into())
}

/// A note that may be left out.
pub(crate) fn note(
    portal: &Portal,
    person: Option<PersonId>,
    context: &str,
    text: Option<&str>,
) -> Result<Option<Sealed>, Problem> {
    match (person, text.map(str::trim)) {
        (Some(person), Some(text)) if !text.is_empty() => {
            seal(portal, person, context, written("note", text)?).map(Some)
        }
        (None, _) | (_, None | Some(_)) => Ok(None),
    }
}
