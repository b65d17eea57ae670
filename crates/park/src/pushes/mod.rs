//! Notices pushed to the browsers in which people turned them on: what a mail's subject says, and a link. Where a browser
//! is written to is sealed under its person's key, and goes with it.

mod client;
mod following;
mod notice;

pub(crate) use client::Pusher;
#[cfg(test)]
pub(crate) use client::{Lookup, Taken};

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Instant, PersonId};
use desk::context;
use serde::{Deserialize, Serialize};
use webpush::{Endpoint, Subscription};

const DIGEST_PURPOSE: &str = "push-endpoint";
/// What a browser is called, in characters.
const BROWSER_CHARS_MAX: usize = 60;

/// What is sealed of a browser.
#[derive(Serialize, Deserialize)]
struct Kept {
    subscription: Subscription,
    browser: String,
}

/// A browser that notices are pushed to, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushCard {
    /// What it is known by.
    pub digest: Box<str>,
    /// `Firefox, Windows`; empty where it did not say.
    pub browser: String,
    pub since: Instant,
}

impl Park {
    /// What browsers subscribe with: the park's public key.
    pub fn push_key(&self) -> String {
        self.pusher.public_key()
    }

    /// Turns notices on in the browser that gave the subscription. Who may is for the room to say. Gives what the browser
    /// is known by.
    pub async fn subscribe_push(
        &self,
        actor: &Actor,
        person: PersonId,
        subscription: Subscription,
        browser: &str,
    ) -> Result<Box<str>, WorkError> {
        subscription.check(self.pusher.hosts())?;
        let digest = self.push_digest(&subscription.endpoint)?;
        let zone = self.zone();
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        let kept = Kept { subscription, browser: browser.chars().take(BROWSER_CHARS_MAX).collect() };
        let subscription = self.vault.seal_json(subject, context::PUSH, &kept)?;
        let subscribe = letters::Command::SubscribePush { person, digest: digest.clone(), subscription };
        self.desk.command(actor.clone(), self.now(), subscribe).await?;
        Ok(digest)
    }

    /// What the browser with this endpoint is known by, whether or not it listens.
    pub fn push_digest(&self, endpoint: &str) -> Result<Box<str>, WorkError> {
        let endpoint = Endpoint::parse(endpoint, self.pusher.hosts())?;
        Ok(crate::writing::hex(&self.vault.tag(DIGEST_PURPOSE, endpoint.as_str())?).into())
    }

    pub async fn end_push(&self, actor: &Actor, person: PersonId, digest: &str) -> Result<(), WorkError> {
        let end = letters::Command::EndPush { person, digest: digest.into() };
        self.desk.command(actor.clone(), self.now(), end).await?;
        Ok(())
    }

    /// The person's browsers, the newest first.
    pub fn pushes(&self, person: PersonId) -> Vec<PushCard> {
        let zone = self.zone();
        let mut cards: Vec<PushCard> = letters::pushes_of(&zone.letters, person)
            .map(|(digest, push)| PushCard {
                digest: digest.clone(),
                browser: self.kept(push).map(|kept| kept.browser).unwrap_or_default(),
                since: push.since,
            })
            .collect();
        cards.sort_by_key(|card| std::cmp::Reverse(card.since));
        cards
    }

    fn kept(&self, push: &letters::Push) -> Option<Kept> {
        self.vault.open_json(&push.subscription, context::PUSH).ok()
    }
}
