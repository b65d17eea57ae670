//! Sessions: a signed cookie that says who acts, since when, and nothing else.
//!
//! It knows no page and no route. Times are the park's.

use crate::kiosk;
use axum::http::{HeaderMap, HeaderValue, header};
use base::{Actor, Instant};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::sync::Mutex;
use subtle::ConstantTimeEq;
use vault::{Vault, VaultError};

/// A session ends this long after signing in, whatever happens.
const LIFE_MAX: i64 = parties::SESSION_LIFE_MAX;
/// A session ends when nothing was asked for so long.
const IDLE_MAX: i64 = Instant::HOUR;
/// The cookie is renewed no oftener than this.
const RENEW_AFTER: i64 = Instant::MINUTE;
/// Cookies longer than this are not ours.
const COOKIE_BYTES_MAX: usize = 1_024;
/// Sessions that were signed out of are remembered until they would have ended; beyond this many, the oldest are not.
const ENDED_MAX: usize = 100_000;

/// Whom the cookie stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    #[serde(rename = "a")]
    pub actor: Actor,
    #[serde(rename = "i")]
    pub issued_at: Instant,
    #[serde(rename = "s")]
    pub seen_at: Instant,
    /// Random: what the form token is made of, and how a session is signed out of.
    #[serde(rename = "r")]
    pub id: String,
}

/// What a handler wants done with the session; the entry does it on the way out.
#[derive(Debug, Clone)]
pub(crate) enum SessionChange {
    /// A new session, with a new id, in this capacity.
    Begin(Actor),
    /// The same person in another capacity: the session's end stays where it was.
    Switch(Actor),
    End,
}

/// How long sessions last and what their cookie is called.
struct Manner {
    name: &'static str,
    name_secure: &'static str,
    life_max: i64,
    idle_max: i64,
    renew_after: i64,
    /// Whether the browser keeps the cookie when it is closed.
    lasting: bool,
}

/// At a desk or on a phone.
const USUAL: Manner = Manner {
    name: "hetao",
    // A name with this prefix is kept by browsers only when it came over an encrypted connection and for this host.
    name_secure: "__Host-hetao",
    life_max: LIFE_MAX,
    idle_max: IDLE_MAX,
    renew_after: RENEW_AFTER,
    lasting: true,
};

/// At a kiosk, where the next one is waiting.
const AT_KIOSK: Manner = Manner {
    name: "hetao-kiosk",
    name_secure: "__Host-hetao-kiosk",
    life_max: kiosk::LIFE_MAX,
    idle_max: kiosk::IDLE_MAX,
    renew_after: Instant::SECOND,
    lasting: false,
};

pub(crate) struct Sessions {
    key: [u8; 32],
    secure: bool,
    manner: Manner,
    ended: Mutex<BTreeMap<String, Instant>>,
}

impl Sessions {
    pub fn new(vault: &Vault, secure: bool) -> Result<Self, VaultError> {
        Ok(Self { key: *vault.secret("session-cookie")?, secure, manner: USUAL, ended: Mutex::default() })
    }

    /// Those of the self-service terminals. Their key is another: no cookie of one kind passes for one of the other.
    pub fn of_kiosks(vault: &Vault, secure: bool) -> Result<Self, VaultError> {
        Ok(Self { key: *vault.secret("kiosk-cookie")?, secure, manner: AT_KIOSK, ended: Mutex::default() })
    }

    /// The session that a request's cookie stands for, if it is ours, in time and not signed out of.
    pub fn of(&self, headers: &HeaderMap, now: Instant) -> Option<Session> {
        let name = self.cookie_name();
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut ours = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(key, _)| *key == name);
        let session = ours.find_map(|(_, value)| self.read(value))?;
        let (age, idle) = (now.since(session.issued_at), now.since(session.seen_at));
        // A minute of grace: two clocks of one machine may differ by a little after a restart.
        let in_time = (-Instant::MINUTE..self.manner.life_max).contains(&age)
            && (-Instant::MINUTE..self.manner.idle_max).contains(&idle);
        (in_time && !self.is_ended(&session.id)).then_some(session)
    }

    /// A session without anybody: for the token of forms such as sign-in.
    pub fn begin(&self, actor: Actor, now: Instant) -> Result<Session, getrandom::Error> {
        let mut id = [0; 16];
        getrandom::fill(&mut id)?;
        Ok(Session { actor, issued_at: now, seen_at: now, id: BASE64_URL_SAFE_NO_PAD.encode(id) })
    }

    pub fn needs_renewal(&self, session: &Session, now: Instant) -> bool {
        now.since(session.seen_at) >= self.manner.renew_after
    }

    /// When the session ends if nothing more is asked, as it is after this answer; and whether asking would put it off.
    pub fn ends_at(&self, session: &Session, now: Instant) -> (Instant, bool) {
        let seen_at = if self.needs_renewal(session, now) { now } else { session.seen_at };
        let (idle, life) = (seen_at.plus(self.manner.idle_max), session.issued_at.plus(self.manner.life_max));
        (idle.min(life), idle < life)
    }

    /// The token that every form of the session carries.
    pub fn csrf(&self, session: &Session) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.sign(b"form", session.id.as_bytes()))
    }

    /// Compared without telling by its time how much was right.
    pub fn csrf_is_right(&self, session: &Session, given: &str) -> bool {
        self.csrf(session).as_bytes().ct_eq(given.as_bytes()).into()
    }

    pub fn end(&self, session: &Session) {
        let Ok(mut ended) = self.ended.lock() else { return };
        ended.retain(|_, at| session.seen_at.since(*at) < LIFE_MAX);
        if ended.len() < ENDED_MAX {
            ended.insert(session.id.clone(), session.seen_at);
        }
    }

    pub fn cookie(&self, session: &Session) -> Option<HeaderValue> {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(session).ok()?);
        let signature = BASE64_URL_SAFE_NO_PAD.encode(self.sign(b"session", payload.as_bytes()));
        let age = self.manner.lasting.then_some(LIFE_MAX / Instant::SECOND);
        self.header(&format!("{payload}.{signature}"), age)
    }

    pub fn no_cookie(&self) -> Option<HeaderValue> {
        self.header("", Some(0))
    }

    fn header(&self, value: &str, age: Option<i64>) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.cookie_name();
        let age = age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
        let text = format!("{name}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::try_from(text).ok()
    }

    fn read(&self, cookie: &str) -> Option<Session> {
        if cookie.len() > COOKIE_BYTES_MAX {
            return None;
        }
        let (payload, signature) = cookie.split_once('.')?;
        let given = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        let right: bool = self.sign(b"session", payload.as_bytes()).ct_eq(given.as_slice()).into();
        if !right {
            return None;
        }
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }

    fn is_ended(&self, id: &str) -> bool {
        self.ended.lock().is_ok_and(|ended| ended.contains_key(id))
    }

    fn cookie_name(&self) -> &'static str {
        if self.secure { self.manner.name_secure } else { self.manner.name }
    }

    fn sign(&self, purpose: &[u8], text: &[u8]) -> [u8; 32] {
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.key) else { return [0; 32] };
        mac.update(purpose);
        mac.update(&[0]);
        mac.update(text);
        mac.finalize().into_bytes().into()
    }
}
