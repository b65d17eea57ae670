//! Tokens for the demonstration: for scripts and load generators that try a park in which everybody is synthetic.

use super::body::Body;
use super::caller::AnyCaller;
use super::docs::Problems;
use super::token::mint_token;
use crate::Caller;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, Instant, Key, PermitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const GOOD_FOR: i64 = Instant::DAY;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TokenBody {
    /// A key of the demonstration's sign-in page.
    #[schema(value_type = String, example = "officer-immigration-hong-kong")]
    Persona(Key),
    #[schema(value_type = String, example = "west-south")]
    Gate(Key),
    /// Whoever holds this pass, if they are synthetic: for load generators, which need more holders than there are
    /// personas.
    #[schema(value_type = String, example = "T-1042")]
    Holder(PermitId),
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenView {
    token: String,
    #[schema(value_type = String, example = "gate:west-south")]
    actor: Actor,
    #[schema(value_type = i64)]
    expires_at: Instant,
}

/// A token for a persona or a gate of the demonstration. There only under `--demo`, and for this machine alone.
#[utoipa::path(post, path = "/api/demo/tokens", tag = "demonstration",
    request_body = TokenBody, responses((status = 200, body = TokenView), Problems))]
pub(crate) async fn tokens(
    session: Caller,
    caller: AnyCaller,
    body: Body<TokenBody>,
) -> Result<Json<TokenView>, Problem> {
    let portal = &caller.portal;
    let near = session.address.is_loopback() || session.address.is_unspecified();
    if !portal.options.demo || !near {
        return Err(Problem::NotFound);
    }
    let actor = match body.value {
        TokenBody::Persona(persona) => portal.options.personas.get(&persona).ok_or(Problem::NotFound)?.clone(),
        TokenBody::Gate(gate) => {
            let gate = portal.park.profile.gate(&gate).ok_or(Problem::NotFound)?;
            Actor::Gate { gate: gate.key.clone() }
        }
        TokenBody::Holder(permit) => {
            let zone = portal.park.zone();
            let holder = permits::permit(&zone.permits, permit).ok_or(Problem::NotFound)?.issue.holder;
            let synthetic = parties::person(&zone.parties, holder).is_some_and(|person| person.synthetic);
            if !synthetic {
                return Err(Problem::NotFound);
            }
            Actor::Person { person: holder }
        }
    };
    let expires_at = portal.park.now().plus(GOOD_FOR);
    let token =
        mint_token(&portal.park, &actor, expires_at).map_err(|error| Problem::from(park::WorkError::from(error)))?;
    Ok(Json(TokenView { token, actor, expires_at }))
}
