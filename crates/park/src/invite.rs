//! A new one-time link, sent to the person it is for.

use crate::error::WorkError;
use crate::identity::{InvitationLink, invite};
use crate::open::Park;
use base::{Actor, PersonId};
use desk::{Event, Submission, context};

impl Park {
    /// The link before it stops working. A letter takes the new one to the person's address; whoever asked is told it
    /// too, and told the same one again under the same key.
    pub async fn invite_again(
        &self,
        actor: &Actor,
        person: PersonId,
        key: Option<Box<str>>,
    ) -> Result<InvitationLink, WorkError> {
        let zone = self.zone();
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        let invitation = self.new_link()?.by_letter(&self.vault, subject)?;
        let commands = vec![invite(person, invitation).into()];
        let receipt = self.desk.submit(Submission { actor: actor.clone(), now: self.now(), commands, key }).await?;
        self.link_in(&receipt.events)?.ok_or(WorkError::NotFound)
    }

    /// The link that events sent, if they did.
    pub(crate) fn link_in(&self, events: &[Event]) -> Result<Option<InvitationLink>, WorkError> {
        let link = events.iter().find_map(|event| match event {
            Event::Parties(parties::Event::Invited { secret, expires_at, .. }) => Some((secret.as_ref()?, *expires_at)),
            _ => None,
        });
        let Some((secret, expires_at)) = link else { return Ok(None) };
        let opened = self.vault.open_sealed(secret, context::INVITATION)?;
        let secret = String::from_utf8(opened.to_vec()).map_err(|_| vault::VaultError::UnexpectedShape)?;
        Ok(Some(InvitationLink { secret, expires_at }))
    }

    /// Where a link leads, in the person's own language.
    pub fn link_address(&self, person: PersonId, link: &InvitationLink) -> String {
        let language = parties::person(&self.zone().parties, person).map(|known| known.language).unwrap_or_default();
        format!("{}/{language}/enrol/{person}/{}", self.origin, link.secret)
    }
}
