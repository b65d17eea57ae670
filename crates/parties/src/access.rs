//! Sessions that people sign out of, and tokens that programs sign in with: who is let in, and who no longer is. Pure.
//!
//! It must not know cookies, signatures, or what a token looks like.

use crate::decide::Room;
use crate::delegations;
use crate::model::{Event, Refusal, SignedOut, State, Token};
use base::{Actor, Entity, Instant, PersonId, Question, Recorded, TokenId};
use profile::Profile;

/// No session lasts longer. What was signed out of is remembered for as long.
pub const SESSION_LIFE_MAX: i64 = 12 * Instant::HOUR;
/// Sessions of one person that are remembered by name.
const SESSIONS_MAX: usize = 100;
/// A device's token is renewed once a year, with some weeks to spare.
const TOKEN_DAYS_MAX: i64 = 400;

pub(crate) fn issue(room: &Room, bearer: Actor, expires_at: Instant) -> Result<Event, Refusal> {
    known(room, &bearer)?;
    let token = room.state.tokens.get_max().map_or(TokenId(1), |(last, _)| last.next());
    room.may("issue_token", token_entity(room.profile, token, &bearer))?;
    holds(room, &bearer)?;
    let life = expires_at.since(room.ctx.now);
    if life <= 0 || life > TOKEN_DAYS_MAX * Instant::DAY {
        return Err(Refusal::TokenMustEndInTime { days_max: TOKEN_DAYS_MAX });
    }
    Ok(Event::TokenIssued { token, expires_at: within_delegation(room, &bearer, expires_at), bearer })
}

/// A delegate's token ends with the delegation, at the latest.
fn within_delegation(room: &Room, bearer: &Actor, expires_at: Instant) -> Instant {
    let ends_at = delegations::held(room.state, bearer)
        .and_then(|(_, known)| delegations::ends_at(room.state, room.profile, known));
    ends_at.map_or(expires_at, |ends_at| expires_at.min(ends_at))
}

pub(crate) fn revoke(room: &Room, token: TokenId) -> Result<Event, Refusal> {
    let known = room.state.tokens.get(&token).ok_or(Refusal::TokenMustBeKnown { token })?;
    room.may("revoke_token", token_entity(room.profile, token, &known.bearer))?;
    if known.revoked_at.is_some() {
        Err(Refusal::TokenMustBeInForce { token })
    } else {
        Ok(Event::TokenRevoked { token })
    }
}

fn known(room: &Room, bearer: &Actor) -> Result<(), Refusal> {
    if let Some(person) = bearer.person() {
        room.known(person)?;
    }
    match bearer {
        Actor::Gate { gate } if room.profile.gate(gate).is_none() => {
            return Err(Refusal::GateMustBeKnown { gate: gate.clone() });
        }
        Actor::Clerk { organisation, .. } | Actor::Delegate { organisation, .. } => {
            room.organisation(*organisation).map(drop)?;
        }
        Actor::Officer { office, .. } => room.office(office)?,
        Actor::Gate { .. } | Actor::Person { .. } | Actor::Operator | Actor::System | Actor::Anonymous => {}
    }
    bearer.person().map_or(Ok(()), |person| room.living(person).map(drop))
}

/// Nobody gets a token for what they are not.
fn holds(room: &Room, bearer: &Actor) -> Result<(), Refusal> {
    let person = bearer.person().map(|person| room.known(person)).transpose()?;
    match (bearer, person) {
        (Actor::Clerk { organisation, .. }, Some(person)) if person.clerk_of != Some(*organisation) => {
            Err(Refusal::ClerkMustBeAppointed)
        }
        (Actor::Delegate { delegation, .. }, _) if delegations::held(room.state, bearer).is_none() => {
            Err(Refusal::DelegationMustBeKnown { delegation: *delegation })
        }
        (Actor::Officer { office, .. }, Some(person)) if !person.offices.contains(office) => {
            Err(Refusal::OfficerMustBeAppointed { office: office.clone() })
        }
        (_, _) => Ok(()),
    }
}

/// A token as the rulebook sees it: for whom, and on which bank.
pub fn token_entity(profile: &Profile, token: TokenId, bearer: &Actor) -> Entity {
    let bank = match bearer {
        Actor::Gate { gate } => profile.gate(gate).map(|gate| gate.bank),
        Actor::Officer { office, .. } => profile.office(office).map(|office| office.bank),
        Actor::Person { .. }
        | Actor::Clerk { .. }
        | Actor::Delegate { .. }
        | Actor::Operator
        | Actor::System
        | Actor::Anonymous => None,
    };
    Entity::new("Token", token)
        .with("token", token.to_string().as_str())
        .with("bearer_role", bearer.role())
        .with("person", bearer.person().map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("organisation", bearer.organisation().map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("delegation", bearer.delegation().map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("bank", bank.map_or("none", |bank| bank.as_str()))
}

/// The question whether somebody may revoke a token: whoever may, may also see that there is one.
pub fn token_question(
    state: &State,
    profile: &Profile,
    actor: &Actor,
    (id, token): (TokenId, &Token),
    now: Instant,
) -> Question {
    let principal = crate::principal(state, profile, actor, now);
    Question::new("revoke_token", principal, token_entity(profile, id, &token.bearer))
}

/// The token, if it is in force.
pub fn token_in_force(state: &State, id: TokenId, now: Instant) -> Option<&Token> {
    state.tokens.get(&id).filter(|token| token.revoked_at.is_none() && now < token.expires_at)
}

/// Whether the person signed out of a session that began then and whose id has this digest.
pub fn is_signed_out(state: &State, person: PersonId, session: &str, began_at: Instant) -> bool {
    state.signed_out.get(&person).is_some_and(|out| {
        out.everywhere_at.is_some_and(|at| began_at <= at) || out.sessions.iter().any(|(known, _)| &**known == session)
    })
}

pub(crate) fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    if let Event::SignedOut { person, session } = event {
        let mut out = state.signed_out.get(person).cloned().unwrap_or_default();
        sign_out(&mut out, session.as_deref(), recorded.at);
        state.signed_out.insert(*person, out);
    }
    if let Event::TokenIssued { token, bearer, expires_at } = event {
        let (bearer, expires_at) = (bearer.clone(), *expires_at);
        state.tokens.insert(*token, Token { bearer, issued_at: recorded.at, expires_at, revoked_at: None });
    }
    if let Event::TokenRevoked { token } = event
        && let Some(token) = state.tokens.get_mut(token)
    {
        token.revoked_at = Some(recorded.at);
    }
}

/// Tokens of these bearers work no longer.
pub(crate) fn end_tokens(state: &mut State, at: Instant, of: impl Fn(&Actor) -> bool) {
    let ends = |token: &Token| token.revoked_at.is_none() && of(&token.bearer);
    let over: Vec<TokenId> = state.tokens.iter().filter(|(_, token)| ends(token)).map(|(id, _)| *id).collect();
    for id in over {
        if let Some(token) = state.tokens.get_mut(&id) {
            token.revoked_at = Some(at);
        }
    }
}

fn sign_out(out: &mut SignedOut, session: Option<&str>, at: Instant) {
    out.sessions.retain(|(_, since)| at.since(*since) < SESSION_LIFE_MAX);
    match session {
        // The sessions before are among all of them.
        None => *out = SignedOut { everywhere_at: Some(at), sessions: Vec::new() },
        Some(session) => {
            if out.sessions.len() >= SESSIONS_MAX {
                // The oldest is forgotten by name, and is still over: it began before it was signed out of.
                let (_, oldest) = out.sessions.remove(0);
                out.everywhere_at = out.everywhere_at.max(Some(oldest));
            }
            out.sessions.push((session.into(), at));
        }
    }
}
