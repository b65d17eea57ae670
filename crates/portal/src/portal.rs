//! The state that every handler gets: the park, and what the portal keeps for itself.

use crate::asked::Asked;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::person::Ceremonies;
use crate::session::Sessions;
use crate::{caller, kept, kiosk};
use axum::http::Uri;
use base::{Actor, Key, PersonId};
use guidance::Guidance;
use park::Park;
use profile::Persona;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};
use url::Url;

/// How the portal runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Everybody is synthetic, and the demonstration's sign-in page is there.
    pub demo: bool,
    /// Where browsers reach it. A passkey belongs to this host's name.
    pub origin: Url,
    /// Whom the demonstration's sign-in page signs in.
    pub personas: BTreeMap<Key, Actor>,
}

impl Options {
    /// Whether cookies are for encrypted connections only.
    pub fn secure(&self) -> bool {
        self.origin.scheme() == "https"
    }
}

/// Why the portal cannot run.
#[derive(Debug)]
pub enum SetUpError {
    Vault(vault::VaultError),
    /// Passkeys cannot belong to this origin.
    Origin(String),
}

impl fmt::Display for SetUpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetUpError::Vault(error) => write!(f, "the session key could not be had: {error}"),
            SetUpError::Origin(what) => write!(f, "the origin cannot have passkeys: {what}"),
        }
    }
}

impl std::error::Error for SetUpError {}

/// Cheap to clone.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

pub struct Inner {
    pub park: Park,
    pub options: Options,
    pub(crate) sessions: Sessions,
    /// Of the kiosks: short, under a cookie of their own.
    pub(crate) kiosk_sessions: Sessions,
    pub(crate) codes: kiosk::Codes,
    pub(crate) limits: Limits,
    pub(crate) ceremonies: Ceremonies,
    pub(crate) metrics: Metrics,
    pub(crate) kept: kept::Everything,
    pub(crate) asked: Asked,
    /// Which of the demonstration's personas somebody is.
    played: BTreeMap<PersonId, usize>,
    /// Made when something is first looked up; none where it cannot be made.
    pub(crate) guidance: OnceLock<Option<Guidance>>,
    dashboard: crate::dashboard::Kept,
}

impl std::ops::Deref for Portal {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Portal {
    /// # Errors
    /// Where the vault gives no key for sessions, or the origin's host cannot have passkeys.
    pub fn new(park: Park, options: Options) -> Result<Self, SetUpError> {
        let sessions = Sessions::new(&park.vault, options.secure()).map_err(SetUpError::Vault)?;
        let kiosk_sessions = Sessions::of_kiosks(&park.vault, options.secure()).map_err(SetUpError::Vault)?;
        let ceremonies = Ceremonies::new(&options.origin).map_err(SetUpError::Origin)?;
        let mut played = BTreeMap::new();
        for (at, persona) in park.profile.personas.iter().enumerate() {
            if let Some(person) = options.personas.get(&persona.key).and_then(Actor::person) {
                played.entry(person).or_insert(at);
            }
        }
        let inner = Inner {
            park,
            options,
            asked: Asked::default(),
            played,
            sessions,
            kiosk_sessions,
            codes: kiosk::Codes::default(),
            limits: Limits::default(),
            ceremonies,
            metrics: Metrics::default(),
            kept: kept::Everything::default(),
            guidance: OnceLock::new(),
            dashboard: crate::dashboard::Kept::default(),
        };
        Ok(Self(Arc::new(inner)))
    }

    /// The persona whom the person plays in the demonstration.
    pub(crate) fn persona(&self, person: PersonId) -> Option<&Persona> {
        self.park.profile.personas.get(*self.played.get(&person)?)
    }

    /// The sessions that a request to this address belongs to.
    pub(crate) fn sessions_of(&self, uri: &Uri) -> &Sessions {
        if caller::is_of_kiosk(uri) { &self.kiosk_sessions } else { &self.sessions }
    }

    /// The dashboard's figures, at most a few seconds old.
    pub(crate) fn figures(&self) -> Arc<crate::dashboard::Figures> {
        self.dashboard.get(self)
    }
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal").field("options", &self.options).finish_non_exhaustive()
    }
}
