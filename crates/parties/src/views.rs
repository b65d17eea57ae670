//! The narrowed-down queues that an officer keeps.

use crate::model::{Refusal, SavedView, State};
use base::PersonId;

/// More than these are no help in finding anything.
const VIEWS_MAX: usize = 20;
const QUERY_BYTES_MAX: usize = 200;

pub(crate) fn may_save(state: &State, person: PersonId, view: &SavedView) -> Result<(), Refusal> {
    let kept = state.views.get(&person);
    if !is_plain(&view.query) {
        return Err(Refusal::ViewMustBePlain);
    }
    if kept.is_some_and(|kept| kept.contains(view)) {
        return Err(Refusal::ViewMustBeNew);
    }
    if kept.is_some_and(|kept| kept.len() >= VIEWS_MAX) { Err(Refusal::ViewsMustBeFew) } else { Ok(()) }
}

pub(crate) fn may_remove(state: &State, person: PersonId, view: &SavedView) -> Result<(), Refusal> {
    let kept = state.views.get(&person).is_some_and(|kept| kept.contains(view));
    if kept { Ok(()) } else { Err(Refusal::ViewMustBeSaved) }
}

pub(crate) fn saved(state: &mut State, person: PersonId, view: &SavedView) {
    state.views.entry(person).or_default().push(view.clone());
}

pub(crate) fn removed(state: &mut State, person: PersonId, view: &SavedView) {
    if let Some(kept) = state.views.get_mut(&person) {
        kept.retain(|known| known != view);
    }
}

/// Names and keys alone: no room for anything personal, nor for anything that an address could be bent with.
fn is_plain(query: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'=' | b'&');
    !query.is_empty() && query.len() <= QUERY_BYTES_MAX && query.bytes().all(plain)
}
