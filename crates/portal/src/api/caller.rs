//! Who asks the API: the bearer of a token, or a signed-in session that proves it is our own page's script.

use super::token;
use crate::guard::CSRF_HEADER;
use crate::limits::Counted;
use crate::problem::Problem;
use crate::{Caller, Portal};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use base::{Actor, Language, PersonId};

/// Whoever asks, known or not.
pub(crate) struct AnyCaller {
    pub portal: Portal,
    pub actor: Actor,
    pub language: Language,
    /// A program with a token, and not somebody's browser.
    by_token: bool,
}

/// Somebody known: a person in a capacity, a gate, the operator.
pub(crate) struct ApiCaller(AnyCaller);

impl std::ops::Deref for ApiCaller {
    type Target = AnyCaller;
    fn deref(&self) -> &AnyCaller {
        &self.0
    }
}

impl AnyCaller {
    /// The natural person who acts.
    pub fn person(&self) -> Result<PersonId, Problem> {
        self.actor.person().ok_or(Problem::WrongCapacity)
    }

    /// The person for themselves, in whichever capacity they are signed in. A token for another capacity was given for
    /// that alone: a program of an organisation reaches nothing that is its clerk's own.
    pub fn as_person(&self) -> Result<Actor, Problem> {
        let person = self.person()?;
        let in_own_name = matches!(self.actor, Actor::Person { .. });
        if self.by_token && !in_own_name { Err(Problem::WrongCapacity) } else { Ok(Actor::Person { person }) }
    }

    /// The same, and whom it is about.
    pub fn oneself(&self) -> Result<(Actor, PersonId), Problem> {
        Ok((self.as_person()?, self.person()?))
    }
}

impl FromRequestParts<Portal> for AnyCaller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Problem> {
        let session = parts.extensions.get::<Caller>().ok_or(Problem::Broken)?;
        let token = bearer(&parts.headers)?;
        let by_token = token.is_some();
        let actor = match token {
            Some(token) => match token::read_token(&portal.park, token, portal.park.now()) {
                Some(actor) => actor,
                None => {
                    // Guessing is counted like any attempt to sign in.
                    session.count(Counted::SignIn)?;
                    return Err(Problem::TokenNotGood);
                }
            },
            None => {
                check_session(session, portal, parts)?;
                session.actor.clone()
            }
        };
        Ok(Self { portal: portal.clone(), actor, language: session.language, by_token })
    }
}

impl FromRequestParts<Portal> for ApiCaller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Problem> {
        let caller = AnyCaller::from_request_parts(parts, portal).await?;
        if caller.actor == Actor::Anonymous { Err(Problem::SignInFirst) } else { Ok(Self(caller)) }
    }
}

fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Problem::TokenNotGood)?;
    let (scheme, token) = text.split_once(' ').ok_or(Problem::TokenNotGood)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(Some(token.trim())) } else { Err(Problem::TokenNotGood) }
}

/// A session that changes something must come from our own pages: it shows the token of its forms, and where the
/// browser names the origin, it is ours.
fn check_session(session: &Caller, portal: &Portal, parts: &Parts) -> Result<(), Problem> {
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    if reads || session.actor == Actor::Anonymous {
        return Ok(());
    }
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let ours = portal.options.origin.origin().ascii_serialization();
    let from_elsewhere = text("origin").is_some_and(|origin| origin != ours);
    if from_elsewhere || session.crosses_sites(&parts.headers) {
        return Err(Problem::FormNotOurs);
    }
    if !session.token_is_right(text(CSRF_HEADER).unwrap_or_default()) {
        return Err(Problem::FormNotOurs);
    }
    session.count(Counted::Post)
}
