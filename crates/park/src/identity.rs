//! How people come to sign in: one-time links, and passkeys kept sealed.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Date, Instant, Key, PersonId, Subject};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use desk::{Invitation, Receipt, Submission, context};
use rosters::{DocumentKind, FaultCode};
use sha2::{Digest, Sha256};
use std::fmt;
use vault::{Vault, VaultError};

/// How long a one-time link is good.
pub const PASSKEY_INVITATION_DAYS: i64 = 14;
const SECRET_BYTES: usize = 24;

/// A one-time link's secret and until when it is good. The secret goes to the person and nowhere else.
#[derive(Clone)]
pub struct InvitationLink {
    pub secret: String,
    pub expires_at: Instant,
}

impl fmt::Debug for InvitationLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvitationLink(until {})", self.expires_at)
    }
}

impl InvitationLink {
    /// For the log, without the secret: whoever asked for the link passes it on.
    pub(crate) fn by_hand(&self) -> Invitation {
        Invitation { secret_digest: digest_of(&self.secret).into(), expires_at: self.expires_at, secret: None }
    }

    /// With the secret sealed under the person's own key, for the letter that will take it to them.
    pub(crate) fn by_letter(&self, vault: &Vault, subject: &Subject) -> Result<Invitation, VaultError> {
        let secret = vault.seal(subject, context::INVITATION, self.secret.as_bytes())?;
        Ok(Invitation { secret: Some(secret), ..self.by_hand() })
    }
}

pub(crate) fn invite(person: PersonId, invitation: Invitation) -> parties::Command {
    let Invitation { secret_digest, expires_at, secret } = invitation;
    parties::Command::Invite { person, secret_digest, expires_at, secret }
}

/// What the log knows of a link's secret.
pub(crate) fn digest_of(secret: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// An identity document as its bearer tells it.
#[derive(Clone)]
pub struct Document<'a> {
    pub kind: Key,
    pub number: &'a str,
    pub expires: Date,
}

/// The number in its kind's one form: whether a personnel office, a host or the bearer typed it, it is held to the same.
pub(crate) fn document_number(kind: &str, number: &str) -> Result<String, FaultCode> {
    DocumentKind::of_code(kind).ok_or(FaultCode::DocumentKindUnknown)?.number(number)
}

impl Park {
    pub(crate) fn new_link(&self) -> Result<InvitationLink, WorkError> {
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(|error| WorkError::Store(error.to_string()))?;
        let expires_at = self.now().plus(PASSKEY_INVITATION_DAYS * Instant::DAY);
        Ok(InvitationLink { secret: BASE64_URL_SAFE_NO_PAD.encode(secret), expires_at })
    }

    /// A new one-time link for somebody who lost theirs, or their last passkey. Nobody is written to: whoever asked
    /// passes it on.
    pub async fn invite(&self, actor: &Actor, person: PersonId) -> Result<InvitationLink, WorkError> {
        let link = self.new_link()?;
        self.desk.command(actor.clone(), self.now(), invite(person, link.by_hand())).await?;
        Ok(link)
    }

    /// Whether a link's secret is the person's, and in time.
    pub fn invitation_is_good(&self, person: PersonId, secret: &str) -> bool {
        let zone = self.zone();
        parties::person(&zone.parties, person).and_then(|person| person.invitation.as_ref()).is_some_and(|invitation| {
            *invitation.secret_digest == *digest_of(secret) && invitation.expires_at >= self.now()
        })
    }

    /// Adds a passkey: `credential` is the authenticator's registration as JSON, `credential_id` its raw id. With
    /// `invitation`, for somebody who cannot sign in yet.
    pub async fn add_passkey(
        &self,
        person: PersonId,
        credential_id: &[u8],
        credential: &serde_json::Value,
        invitation: Option<&str>,
    ) -> Result<(), WorkError> {
        let actor = if invitation.is_some() { Actor::Anonymous } else { Actor::Person { person } };
        let add = parties::Command::AddPasskey {
            person,
            name: passkey_name(credential_id).into(),
            credential: self.seal_passkey(person, credential)?,
            invited_by: invitation.map(|secret| digest_of(secret).into()),
        };
        self.desk.command(actor, self.now(), add).await?;
        Ok(())
    }

    /// Keeps a passkey's new counter.
    pub async fn use_passkey(
        &self,
        person: PersonId,
        credential_id: &[u8],
        credential: &serde_json::Value,
    ) -> Result<(), WorkError> {
        let command = parties::Command::UsePasskey {
            person,
            name: passkey_name(credential_id).into(),
            credential: self.seal_passkey(person, credential)?,
        };
        self.desk.command(Actor::Person { person }, self.now(), command).await?;
        Ok(())
    }

    /// The person's registered authenticators, as JSON.
    pub fn passkeys(&self, person: PersonId) -> Vec<serde_json::Value> {
        let zone = self.zone();
        let Some(person) = parties::person(&zone.parties, person) else { return Vec::new() };
        person.passkeys.iter().filter_map(|key| self.vault.open_json(&key.credential, context::PASSKEY).ok()).collect()
    }

    /// The person confirms their identity document, whose number is checked as a roster's is.
    pub async fn confirm_document(
        &self,
        actor: &Actor,
        person: PersonId,
        document: &Document<'_>,
        key: Option<Box<str>>,
    ) -> Result<Receipt, WorkError> {
        let number = document_number(document.kind.as_str(), document.number)?;
        let number = self.seal_text(person, context::DOCUMENT_NUMBER, &number)?;
        let (kind, expires) = (document.kind.clone(), document.expires);
        let confirm = parties::Command::ConfirmDocument { person, kind, number, expires };
        let submission = Submission { actor: actor.clone(), now: self.now(), commands: vec![confirm.into()], key };
        Ok(self.desk.submit(submission).await?)
    }

    fn seal_passkey(&self, person: PersonId, credential: &serde_json::Value) -> Result<base::Sealed, WorkError> {
        let zone = self.zone();
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        Ok(self.vault.seal_json(subject, context::PASSKEY, credential)?)
    }

    pub(crate) fn seal_text(&self, person: PersonId, context: &str, text: &str) -> Result<base::Sealed, WorkError> {
        let zone = self.zone();
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        Ok(self.vault.seal(subject, context, text.as_bytes())?)
    }
}

/// How a passkey is found without its id being in the log.
pub(crate) fn passkey_name(credential_id: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(credential_id))
}
