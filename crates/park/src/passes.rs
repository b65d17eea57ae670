//! Passes for their holders: bound to a phone's key, shown by the portal, or printed on a card.

use crate::error::WorkError;
use crate::open::Park;
use crate::{GATE_AUDIENCE, PASS_TYPE};
use base::{Actor, Instant, PermitId};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use credentials::{HolderKey, Jwk, PassClaims, status_list};
use desk::Submission;
use permits::{Form, Permit};

/// How long a published status list may be kept by those who fetch it, and after which it says nothing any more.
const STATUS_TTL_SECONDS: u32 = 60;
const STATUS_EXPIRES_SECONDS: i64 = 15 * 60;
/// The list has room for a while, so that its length tells little.
const STATUS_ENTRIES_STEP: u32 = 4_096;

/// A pass as its holder gets it.
#[derive(Debug, Clone)]
pub struct HolderPass {
    pub sd_jwt: String,
    pub form: Form,
}

impl Park {
    /// Binds the key that a phone's browser made, and issues the pass to it.
    pub async fn collect(
        &self,
        actor: &Actor,
        permit: PermitId,
        holder: Jwk,
        key: Option<Box<str>>,
    ) -> Result<HolderPass, WorkError> {
        self.bind(actor, permit, &holder, Form::Phone, key).await?;
        self.issue(permit, holder, Form::Phone)
    }

    /// A presentation made by the portal for somebody without scripts: good for minutes, and once.
    pub async fn portal_presentation(&self, actor: &Actor, permit: PermitId) -> Result<String, WorkError> {
        self.bind(actor, permit, &self.portal_key.public_jwk(), Form::Portal, None).await?;
        self.present_with(permit, &self.portal_key, Form::Portal)
    }

    /// A presentation to be printed on a card: good as long as the pass, or until another is made. Every card has a key
    /// of its own, which signs this once and is forgotten, so a card that was lost or given up never works again.
    pub async fn card_presentation(&self, actor: &Actor, permit: PermitId) -> Result<String, WorkError> {
        let key = HolderKey::from_pkcs8(&HolderKey::generate()?)?;
        let zone = self.zone();
        let known = permits::permit(&zone.permits, permit).ok_or(WorkError::NotFound)?;
        let earlier = known.bindings.iter().filter(|binding| binding.form == Form::Card);
        let unbind = earlier
            .map(|card| permits::Command::UnbindHolderKey { permit, thumbprint: card.thumbprint.clone() }.into());
        let thumbprint = thumbprint(&key.public_jwk()).into();
        let bind = permits::Command::BindHolderKey { permit, thumbprint, form: Form::Card }.into();
        let commands = unbind.chain(std::iter::once(bind)).collect();
        self.desk.submit(Submission { actor: actor.clone(), now: self.now(), commands, key: None }).await?;
        self.present_with(permit, &key, Form::Card)
    }

    fn present_with(&self, permit: PermitId, key: &HolderKey, form: Form) -> Result<String, WorkError> {
        let pass = self.issue(permit, key.public_jwk(), form)?;
        let mut nonce = [0; 16];
        getrandom::fill(&mut nonce).map_err(|error| WorkError::Store(error.to_string()))?;
        let audience = credential_form(form).audience(GATE_AUDIENCE);
        let nonce = BASE64_URL_SAFE_NO_PAD.encode(nonce);
        Ok(credentials::present(&pass.sd_jwt, &[], key, &audience, &nonce, seconds(self.now()))?)
    }

    /// Binds a key unless it is bound already; either way the rulebook is asked whether the actor may.
    async fn bind(
        &self,
        actor: &Actor,
        permit: PermitId,
        holder: &Jwk,
        form: Form,
        key: Option<Box<str>>,
    ) -> Result<(), WorkError> {
        let thumbprint: Box<str> = thumbprint(holder).into();
        let commands = vec![permits::Command::BindHolderKey { permit, thumbprint, form }.into()];
        match self.desk.submit(Submission { actor: actor.clone(), now: self.now(), commands, key }).await {
            Ok(_) => Ok(()),
            Err(desk::SubmitError::Refused(desk::Refusal::Permits(permits::Refusal::HolderKeyMustBeNew))) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn issue(&self, id: PermitId, holder: Jwk, form: Form) -> Result<HolderPass, WorkError> {
        let zone = self.zone();
        let permit = permits::permit(&zone.permits, id).ok_or(WorkError::NotFound)?;
        let claims = PassClaims {
            issuer: self.origin.clone(),
            vct: PASS_TYPE.to_owned(),
            permit: id,
            kind: permit.issue.kind.clone(),
            issued_at: seconds(self.now()),
            not_before: seconds(permit.issue.valid_from),
            expires_at: seconds(permit.issue.valid_until),
            status_uri: self.status_uri(),
            status_index: id.0,
            holder,
            disclosures: self.disclosures(permit),
        };
        Ok(HolderPass { sd_jwt: credentials::issue(&self.issuer, &claims)?, form })
    }

    /// What the holder may show or leave out.
    fn disclosures(&self, permit: &Permit) -> Vec<(String, serde_json::Value)> {
        let details = self.details(permit.issue.holder);
        let name = details.map(|details| ("name".to_owned(), details.name().into()));
        let employer = permit.issue.organisation.map(|id| ("organisation".to_owned(), id.to_string().into()));
        name.into_iter().chain(employer).collect()
    }

    pub fn status_uri(&self) -> String {
        format!("{}/status/1", self.origin)
    }

    /// The signed Token Status List of all passes, as it is now.
    pub fn status_list_token(&self) -> Result<String, WorkError> {
        let zone = self.zone();
        let statuses = permits::statuses(&zone.permits).map(|(index, status)| {
            let status = match status {
                permits::Status::Valid => status_list::PassStatus::Valid,
                permits::Status::Suspended => status_list::PassStatus::Suspended,
                permits::Status::Revoked => status_list::PassStatus::Invalid,
            };
            (index, status)
        });
        let last = zone.permits.permits.get_max().map_or(0, |(id, _)| id.0);
        let entries = (last / STATUS_ENTRIES_STEP + 1) * STATUS_ENTRIES_STEP;
        let list = status_list::StatusList::of_passes(entries, statuses)?;
        let now = seconds(self.now());
        let expires = now + STATUS_EXPIRES_SECONDS;
        Ok(list.sign(&self.issuer, &self.status_uri(), now, expires, STATUS_TTL_SECONDS)?)
    }
}

/// RFC 7638, base64url.
pub(crate) fn thumbprint(key: &Jwk) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(key.thumbprint())
}

fn seconds(at: Instant) -> i64 {
    at.0.div_euclid(Instant::SECOND)
}

fn credential_form(form: Form) -> credentials::Form {
    match form {
        Form::Phone => credentials::Form::Phone,
        Form::Portal => credentials::Form::Portal,
        Form::Card => credentials::Form::Card,
    }
}
