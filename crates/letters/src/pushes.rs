//! Browsers that notices are pushed to: each is turned on in itself, by whoever is signed in there.

use crate::decide::is_digest;
use crate::feeds::Room;
use crate::model::{Event, Push, PushEnd, Refusal, State};
use base::{PersonId, Recorded, Sealed};
use std::sync::Arc;

/// Of one person. More than anybody reads notices on.
pub const PUSHES_MAX: usize = 8;

impl Room<'_> {
    pub fn subscribe(&self, person: PersonId, digest: Box<str>, subscription: Sealed) -> Result<Vec<Event>, Refusal> {
        let known = self.may_keep("keep_push", person)?;
        if !is_digest(&digest) || subscription.of != known.subject {
            return Err(Refusal::DigestsMustBeWellFormed);
        }
        // Two who sign in with one browser would read each other's notices: it is the last one's.
        let before = push(self.state, &digest).map(|push| push.person);
        let others = pushes_of(self.state, person).filter(|(other, _)| **other != digest).count();
        if others >= PUSHES_MAX {
            return Err(Refusal::PushesMustBeFew { max: PUSHES_MAX });
        }
        let ended = before.map(|person| Event::PushEnded { person, digest: digest.clone(), reason: PushEnd::Replaced });
        let subscribed = Event::PushSubscribed { person, digest, subscription };
        Ok(ended.into_iter().chain([subscribed]).collect())
    }

    pub fn end_push(&self, person: PersonId, digest: Box<str>) -> Result<Vec<Event>, Refusal> {
        self.may_keep("keep_push", person)?;
        ended(self.state, person, digest, PushEnd::TurnedOff)
    }
}

pub(crate) fn gone(state: &State, person: PersonId, digest: Box<str>) -> Result<Vec<Event>, Refusal> {
    ended(state, person, digest, PushEnd::Gone)
}

fn ended(state: &State, person: PersonId, digest: Box<str>, reason: PushEnd) -> Result<Vec<Event>, Refusal> {
    let theirs = push(state, &digest).is_some_and(|push| push.person == person);
    if theirs { Ok(vec![Event::PushEnded { person, digest, reason }]) } else { Err(Refusal::PushMustBeSubscribed) }
}

pub(crate) fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    match event {
        Event::PushSubscribed { person, digest, subscription } => {
            let push = Push { person: *person, subscription: subscription.clone(), since: recorded.at };
            state.pushes.insert(digest.clone(), Arc::new(push));
            state.pushes_of.entry(*person).or_default().insert(digest.clone());
        }
        Event::PushEnded { person, digest, .. } => {
            state.pushes.remove(digest);
            if let Some(of) = state.pushes_of.get_mut(person) {
                of.remove(digest);
                if of.is_empty() {
                    state.pushes_of.remove(person);
                }
            }
        }
        Event::Issued(_)
        | Event::Sent { .. }
        | Event::NotDelivered { .. }
        | Event::FeedOpened { .. }
        | Event::FeedClosed { .. } => {}
    }
}

/// The browser with this digest of its endpoint.
pub fn push<'a>(state: &'a State, digest: &str) -> Option<&'a Push> {
    state.pushes.get(digest).map(|push| &**push)
}

/// Each with the digest of its endpoint.
pub fn pushes_of(state: &State, person: PersonId) -> impl Iterator<Item = (&Box<str>, &Push)> + '_ {
    let digests = state.pushes_of.get(&person).into_iter().flatten();
    digests.filter_map(|digest| Some((digest, push(state, digest)?)))
}
