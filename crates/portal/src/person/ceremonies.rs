//! Passkeys: what lies between a question to an authenticator and its answer. Kept in memory, and not for long.
//!
//! It knows WebAuthn, not pages.

use crate::problem::Problem;
use base::{Instant, PersonId};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Mutex;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

/// A question that was not answered in this time is forgotten.
const ANSWER_WITHIN: i64 = 5 * Instant::MINUTE;
/// More questions at once than this many are not kept.
const OPEN_MAX: usize = 10_000;
/// What stands before the person's number in the handle that an authenticator keeps for them.
const HANDLE: &[u8; 12] = b"hetao-person";

enum Asked {
    Registration {
        person: PersonId,
        state: Box<PasskeyRegistration>,
    },
    SignIn {
        state: Box<DiscoverableAuthentication>,
    },
    /// Which text it is for is said again with the answer, and has to be the same.
    Signature {
        person: PersonId,
        nonce: String,
        state: Box<PasskeyAuthentication>,
    },
}

pub(crate) struct Ceremonies {
    webauthn: Webauthn,
    /// By session: one question at a time.
    open: Mutex<BTreeMap<String, (Instant, Asked)>>,
}

/// A signature that an authenticator gave.
pub(crate) struct Signature {
    pub credential_id: Vec<u8>,
    pub nonce: String,
    /// The passkey's new counter, where it moved.
    pub renewed: Option<Registered>,
}

/// An authenticator that answered rightly.
pub(crate) struct Registered {
    pub id: Vec<u8>,
    pub credential: Value,
}

impl Ceremonies {
    pub fn new(origin: &Url) -> Result<Self, String> {
        let host = origin.host_str().unwrap_or_default();
        let builder = WebauthnBuilder::new(host, origin).map_err(|error| error.to_string())?;
        let webauthn = builder.rp_name("河套 Hetao").build().map_err(|error| error.to_string())?;
        Ok(Self { webauthn, open: Mutex::default() })
    }

    /// The question for a new passkey, for `navigator.credentials.create`. `known` are the person's passkeys so far.
    pub fn register(
        &self,
        session: &str,
        now: Instant,
        person: PersonId,
        name: &str,
        known: &[Value],
    ) -> Result<Value, Problem> {
        let known: Vec<CredentialID> = known.iter().filter_map(passkey).map(|key| key.cred_id().clone()).collect();
        let started = self.webauthn.start_passkey_registration(handle(person), &person.to_string(), name, Some(known));
        let (question, state) = started.map_err(broken)?;
        self.keep(session, now, Asked::Registration { person, state: Box::new(state) })?;
        let mut question = serde_json::to_value(question).map_err(broken)?;
        // Signing in asks for no name, so the authenticator has to keep the passkey by itself.
        if let Some(selection) = question.pointer_mut("/publicKey/authenticatorSelection") {
            *selection =
                json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "required" });
        }
        Ok(question)
    }

    pub fn registered(
        &self,
        session: &str,
        now: Instant,
        person: PersonId,
        answer: Value,
    ) -> Result<Registered, Problem> {
        let Some(Asked::Registration { person: asked, state }) = self.take(session, now) else {
            return Err(Problem::Passkey);
        };
        let answer: RegisterPublicKeyCredential = serde_json::from_value(answer).map_err(|_| Problem::Malformed)?;
        let finished = self.webauthn.finish_passkey_registration(&answer, &state).map_err(|_| Problem::Passkey)?;
        if asked != person {
            return Err(Problem::Passkey);
        }
        let credential = serde_json::to_value(&finished).map_err(broken)?;
        Ok(Registered { id: finished.cred_id().to_vec(), credential })
    }

    /// The question for whoever signs in, for `navigator.credentials.get`.
    pub fn sign_in(&self, session: &str, now: Instant) -> Result<Value, Problem> {
        let (question, state) = self.webauthn.start_discoverable_authentication().map_err(broken)?;
        self.keep(session, now, Asked::SignIn { state: Box::new(state) })?;
        let mut question = serde_json::to_value(question).map_err(broken)?;
        // The page's button asks at once; it does not wait in a field's suggestions.
        if let Some(object) = question.as_object_mut() {
            object.remove("mediation");
        }
        Ok(question)
    }

    /// Who signed in, with the passkey's new counter where it moved. `known` gives a person's passkeys.
    pub fn signed_in(
        &self,
        session: &str,
        now: Instant,
        answer: Value,
        known: impl FnOnce(PersonId) -> Vec<Value>,
    ) -> Result<(PersonId, Option<Registered>), Problem> {
        let Some(Asked::SignIn { state }) = self.take(session, now) else { return Err(Problem::Passkey) };
        let answer: PublicKeyCredential = serde_json::from_value(answer).map_err(|_| Problem::Malformed)?;
        let identified = self.webauthn.identify_discoverable_authentication(&answer);
        let (user, id) = identified.map_err(|_| Problem::Passkey)?;
        let person = person_of(user).ok_or(Problem::Passkey)?;
        let keys = known(person);
        let mut key = keys.iter().filter_map(passkey).find(|key| **key.cred_id() == *id).ok_or(Problem::Passkey)?;
        let finished =
            self.webauthn.finish_discoverable_authentication_v2(&answer, *state, DiscoverableKey::from(&key));
        let finished = finished.map_err(|_| Problem::Passkey)?;
        let moved = key.update_credential(&finished).unwrap_or(false);
        let renewed = if moved {
            Some(Registered { id: id.to_vec(), credential: serde_json::to_value(&key).map_err(broken)? })
        } else {
            None
        };
        Ok((person, renewed))
    }

    /// The question for somebody who signs `text` with one of their passkeys: the authenticator signs for that text and for
    /// no other, because the challenge is made of it.
    pub fn sign(
        &self,
        session: &str,
        now: Instant,
        person: PersonId,
        text: &str,
        known: &[Value],
    ) -> Result<Value, Problem> {
        let keys: Vec<Passkey> = known.iter().filter_map(passkey).collect();
        if keys.is_empty() {
            return Err(Problem::Passkey);
        }
        let (question, state) = self.webauthn.start_passkey_authentication(&keys).map_err(broken)?;
        let mut question = serde_json::to_value(question).map_err(broken)?;
        let challenge = question.pointer_mut("/publicKey/challenge").ok_or(Problem::Broken)?;
        // The library's own chance is the nonce.
        let nonce = challenge.as_str().unwrap_or_default().to_owned();
        *challenge = Value::from(challenge_of(text, &nonce));
        self.keep(session, now, Asked::Signature { person, nonce, state: Box::new(state) })?;
        Ok(question)
    }

    /// Whether the authenticator signed `text`, for whoever was asked.
    pub fn signed(
        &self,
        session: &str,
        now: Instant,
        person: PersonId,
        text: &str,
        answer: &Value,
        known: &[Value],
    ) -> Result<Signature, Problem> {
        let Some(Asked::Signature { person: asked, nonce, state }) = self.take(session, now) else {
            return Err(Problem::Passkey);
        };
        let answer: PublicKeyCredential = serde_json::from_value(answer.clone()).map_err(|_| Problem::Malformed)?;
        let state = with_challenge(&state, &challenge_of(text, &nonce))?;
        let finished = self.webauthn.finish_passkey_authentication(&answer, &state).map_err(|_| Problem::Passkey)?;
        let credential_id = finished.cred_id().to_vec();
        let key = known.iter().filter_map(passkey).find(|key| **key.cred_id() == credential_id);
        let mut key = key.filter(|_| asked == person && finished.user_verified()).ok_or(Problem::Passkey)?;
        let moved = key.update_credential(&finished).unwrap_or(false);
        let renewed = if moved {
            let credential = serde_json::to_value(&key).map_err(broken)?;
            Some(Registered { id: credential_id.clone(), credential })
        } else {
            None
        };
        Ok(Signature { credential_id, nonce, renewed })
    }

    fn keep(&self, session: &str, now: Instant, asked: Asked) -> Result<(), Problem> {
        let mut open = self.open.lock().map_err(|_| Problem::Broken)?;
        open.retain(|_, (at, _)| now.since(*at) < ANSWER_WITHIN);
        if open.len() >= OPEN_MAX {
            return Err(Problem::Busy);
        }
        open.insert(session.to_owned(), (now, asked));
        Ok(())
    }

    /// A question is answered once.
    fn take(&self, session: &str, now: Instant) -> Option<Asked> {
        let (at, asked) = self.open.lock().ok()?.remove(session)?;
        (now.since(at) < ANSWER_WITHIN).then_some(asked)
    }
}

/// What an authenticator is asked to sign for a text: whoever has text and nonce can reckon it again.
fn challenge_of(text: &str, nonce: &str) -> String {
    let digest = Sha256::digest(format!("hetao signature 1\n{nonce}\n{text}").as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(digest)
}

/// The library asks with a challenge of its own making alone; what it keeps is read and written as JSON.
fn with_challenge(state: &PasskeyAuthentication, challenge: &str) -> Result<PasskeyAuthentication, Problem> {
    let mut state = serde_json::to_value(state).map_err(broken)?;
    *state.pointer_mut("/ast/challenge").ok_or(Problem::Broken)? = Value::from(challenge);
    serde_json::from_value(state).map_err(broken)
}

fn passkey(known: &Value) -> Option<Passkey> {
    serde_json::from_value(known.clone()).ok()
}

fn broken(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a passkey question could not be made");
    Problem::Broken
}

/// What an authenticator keeps to say whose passkey it is: the person's number and no more.
fn handle(person: PersonId) -> Uuid {
    let mut bytes = [0; 16];
    let (name, number) = bytes.split_at_mut(HANDLE.len());
    name.copy_from_slice(HANDLE);
    number.copy_from_slice(&person.0.to_be_bytes());
    Uuid::from_bytes(bytes)
}

fn person_of(user: Uuid) -> Option<PersonId> {
    let number = user.as_bytes().strip_prefix(HANDLE)?;
    Some(PersonId(u32::from_be_bytes(number.try_into().ok()?)))
}

#[cfg(test)]
mod tests;
