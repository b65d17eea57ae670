//! One bank's watchlist: documents go on it sealed, and come off it with their key.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Bank, WatchId};
use desk::{Event, context, document_tag};

impl Park {
    /// Puts an identity document on the bank's list. The number itself is kept nowhere.
    pub async fn list_watch(&self, actor: &Actor, bank: Bank, kind: &str, number: &str) -> Result<WatchId, WorkError> {
        let tag = document_tag(&self.vault, kind, number).ok_or(WorkError::NotFound)?;
        let subject = self.one_subject()?;
        let tag = self.vault.seal(&subject, context::WATCH_TAG, &tag)?;
        let command = people::Command::ListWatch { bank, tag };
        let receipt = self.desk.command(actor.clone(), self.now(), command).await?;
        let listed = receipt.events.iter().find_map(|event| match event {
            Event::People(people::Event::WatchListed { watch, .. }) => Some(*watch),
            _ => None,
        });
        listed.ok_or(WorkError::NotFound)
    }

    /// Takes an entry off, and destroys the key of what it said.
    pub async fn unlist_watch(&self, actor: &Actor, watch: WatchId) -> Result<(), WorkError> {
        let subject = self.zone().people.watch.get(&watch).map(|known| known.tag.of.clone());
        self.desk.command(actor.clone(), self.now(), people::Command::UnlistWatch { watch }).await?;
        if let Some(subject) = subject {
            self.vault.erase(&subject)?;
        }
        Ok(())
    }
}
