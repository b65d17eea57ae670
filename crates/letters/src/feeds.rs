//! Calendar feeds: each person keeps their own, and one for each office that they act for.

use crate::model::{Event, Feed, Refusal, State};
use base::{Ctx, Key, PersonId, Question, Recorded, Sealed};
use profile::Profile;
use std::sync::Arc;

pub(crate) struct Room<'a> {
    pub state: &'a State,
    pub people: &'a parties::State,
    pub profile: &'a Profile,
    pub ctx: &'a Ctx<'a>,
}

impl Room<'_> {
    pub fn open(
        &self,
        person: PersonId,
        office: Option<Key>,
        digest: Box<str>,
        secret: Sealed,
    ) -> Result<Vec<Event>, Refusal> {
        let known = self.may_keep("keep_feed", person)?;
        if let Some(office) = office.as_ref().filter(|office| !known.offices.contains(*office)) {
            return Err(Refusal::OfficeMustBeHeld { office: office.clone() });
        }
        if !crate::decide::is_digest(&digest) || secret.of != known.subject {
            return Err(Refusal::DigestsMustBeWellFormed);
        }
        let replaced = find(self.state, person, office.as_ref()).is_some();
        let closed = replaced.then(|| Event::FeedClosed { person, office: office.clone() });
        let opened = Event::FeedOpened { person, office, digest, secret };
        Ok(closed.into_iter().chain([opened]).collect())
    }

    pub fn close(&self, person: PersonId, office: Option<Key>) -> Result<Vec<Event>, Refusal> {
        self.may_keep("keep_feed", person)?;
        find(self.state, person, office.as_ref()).ok_or(Refusal::FeedMustBeOpen)?;
        Ok(vec![Event::FeedClosed { person, office }])
    }

    pub fn may_keep(&self, action: &'static str, id: PersonId) -> Result<&parties::Person, Refusal> {
        let person = parties::person(self.people, id).ok_or(Refusal::RecipientMustBeKnown { person: id })?;
        let principal = parties::principal(self.people, self.profile, self.ctx.actor, self.ctx.now);
        let resource = parties::person_entity(id, person.employer, person.host, person.erased);
        self.ctx.ask(&Question::new(action, principal, resource)).map_err(Refusal::RuledOut)?;
        Ok(person)
    }
}

fn find(state: &State, person: PersonId, office: Option<&Key>) -> Option<Box<str>> {
    let digests = state.feeds_of.get(&person)?;
    digests.iter().find(|digest| feed(state, digest).is_some_and(|feed| feed.office.as_ref() == office)).cloned()
}

pub(crate) fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    match event {
        Event::FeedOpened { person, office, digest, secret } => {
            let feed = Feed { person: *person, office: office.clone(), secret: secret.clone(), opened_at: recorded.at };
            state.feeds.insert(digest.clone(), Arc::new(feed));
            state.feeds_of.entry(*person).or_default().insert(digest.clone());
        }
        Event::FeedClosed { person, office } => {
            if let Some(digest) = find(state, *person, office.as_ref()) {
                state.feeds.remove(&digest);
                if let Some(of) = state.feeds_of.get_mut(person) {
                    of.remove(&digest);
                }
            }
        }
        Event::Issued(_)
        | Event::Sent { .. }
        | Event::NotDelivered { .. }
        | Event::PushSubscribed { .. }
        | Event::PushEnded { .. } => {}
    }
}

/// The feed with this digest of its secret.
pub fn feed<'a>(state: &'a State, digest: &str) -> Option<&'a Feed> {
    state.feeds.get(digest).map(|feed| &**feed)
}

/// The person's own first, then by office.
pub fn feeds_of(state: &State, person: PersonId) -> Vec<&Feed> {
    let digests = state.feeds_of.get(&person).into_iter().flatten();
    let mut feeds: Vec<&Feed> = digests.filter_map(|digest| feed(state, digest)).collect();
    feeds.sort_by(|one, other| one.office.cmp(&other.office));
    feeds
}
