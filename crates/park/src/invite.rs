//! A new one-time link, sent to the person it is for.

use crate::error::WorkError;
use crate::identity::InvitationLink;
use crate::open::Park;
use crate::outbox::Mail;
use base::{Actor, PersonId};

impl Park {
    /// The link before it stops working; the new one goes to the person's address and back to who asked.
    pub async fn invite_again(&self, actor: &Actor, person: PersonId) -> Result<InvitationLink, WorkError> {
        let link = self.invite(actor, person).await?;
        let zone = self.zone();
        let known = parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?;
        if let Some(details) = self.details(person).filter(|details| !details.email.is_empty()) {
            let mail = Mail::invitation(&details.email, known.language, &self.origin, person, &link);
            self.outbox.send(mail).await;
        }
        Ok(link)
    }
}
