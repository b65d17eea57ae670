//! Passkeys: what lies between a question to an authenticator and its answer. Kept in memory, and not for long.
//!
//! It knows WebAuthn, not pages.

use crate::problem::Problem;
use base::{Instant, PersonId};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

/// A question that was not answered in this time is forgotten.
const ANSWER_WITHIN: i64 = 5 * Instant::MINUTE;
/// More questions at once than this many are not kept.
const OPEN_MAX: usize = 10_000;
/// What stands before the person's number in the handle that an authenticator keeps for them.
const HANDLE: &[u8; 12] = b"hetao-person";

enum Asked {
    Registration { person: PersonId, state: Box<PasskeyRegistration> },
    SignIn { state: Box<DiscoverableAuthentication> },
}

pub(crate) struct Ceremonies {
    webauthn: Webauthn,
    /// By session: one question at a time.
    open: Mutex<BTreeMap<String, (Instant, Asked)>>,
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
mod tests {
    use super::*;

    #[test]
    fn an_authenticators_handle_names_the_person_it_was_made_for_and_no_other_handle_names_anybody() {
        assert_eq!(person_of(handle(PersonId(1_042))), Some(PersonId(1_042)));
        assert_eq!(person_of(Uuid::nil()), None);
    }

    #[test]
    fn a_question_is_answered_by_its_own_session_and_in_time_or_not_at_all() {
        let ceremonies = Ceremonies::new(&Url::parse("http://localhost:8080").unwrap()).unwrap();
        let question = ceremonies.register("one", Instant(0), PersonId(1), "王丙", &[]).unwrap();
        assert_eq!(question["publicKey"]["rp"]["id"], "localhost");
        assert_eq!(question["publicKey"]["authenticatorSelection"]["residentKey"], "required");
        assert!(ceremonies.take("other", Instant(0)).is_none());
        assert!(ceremonies.take("one", Instant(ANSWER_WITHIN)).is_none(), "too late");
        assert!(ceremonies.take("one", Instant(0)).is_none(), "and gone");
    }
}
