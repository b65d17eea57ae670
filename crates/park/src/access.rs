//! Signing out for good, and tokens: what the log says of who is let in. What a cookie or a token looks like is the
//! portal's.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Instant, PersonId, TokenId};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use desk::{Event, Submission};
use parties::Command;
use sha2::{Digest, Sha256};

/// Enough that no two sessions of a person meet; the id itself would let its reader forge nothing, and is not told.
const DIGEST_BYTES: usize = 12;

/// A token that was issued. What its bearer shows is made of this and a secret of the park.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub token: TokenId,
    pub bearer: Actor,
    pub expires_at: Instant,
    /// Where that stands in the log.
    pub entry: u64,
}

/// How the log names a session.
pub fn session_digest(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(digest.get(..DIGEST_BYTES).unwrap_or_default())
}

impl Park {
    /// Ends one session of a person, for good: also after a restart, and for whoever kept its cookie.
    pub async fn sign_out(&self, person: PersonId, session_id: &str) -> Result<(), WorkError> {
        let session = Some(session_digest(session_id).into());
        self.as_person(person, Command::SignOut { person, session }).await
    }

    /// Ends every session of a person that began until now.
    pub async fn sign_out_everywhere(&self, person: PersonId) -> Result<(), WorkError> {
        self.as_person(person, Command::SignOut { person, session: None }).await
    }

    async fn as_person(&self, person: PersonId, command: Command) -> Result<(), WorkError> {
        self.desk.command(Actor::Person { person }, self.now(), command).await?;
        Ok(())
    }

    pub async fn issue_token(
        &self,
        actor: &Actor,
        bearer: &Actor,
        expires_at: Instant,
        key: Option<Box<str>>,
    ) -> Result<Issued, WorkError> {
        let command = Command::IssueToken { bearer: bearer.clone(), expires_at };
        let submission = Submission { actor: actor.clone(), now: self.now(), commands: vec![command.into()], key };
        let receipt = self.desk.submit(submission).await?;
        let issued = receipt.events.iter().find_map(|event| match event {
            Event::Parties(parties::Event::TokenIssued { token, bearer, expires_at }) => {
                Some(Issued { token: *token, bearer: bearer.clone(), expires_at: *expires_at, entry: receipt.first })
            }
            Event::Zone(_)
            | Event::Parties(_)
            | Event::Cases(_)
            | Event::Permits(_)
            | Event::People(_)
            | Event::Letters(_) => None,
        });
        issued.ok_or(WorkError::NotFound)
    }

    /// The token works no longer; gives the entry that says so.
    pub async fn revoke_token(&self, actor: &Actor, token: TokenId) -> Result<u64, WorkError> {
        let receipt = self.desk.command(actor.clone(), self.now(), Command::RevokeToken { token }).await?;
        Ok(receipt.first)
    }
}
