//! Tokens of gates and other programs: issued, listed, revoked.

use super::body::{Bare, Body};
use super::caller::ApiCaller;
use super::docs::Problems;
use super::idempotency;
use super::receipts::{ReceiptView, submit};
use super::token::token_text;
use crate::Portal;
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, Instant, Outcome, Rules, TokenId};
use desk::Zone;
use parties::{Command, Token};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long a token is good where nobody says.
pub(crate) const DAYS: u16 = 365;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenRequest {
    /// Whom the program acts for.
    #[schema(value_type = String, example = "gate:west-south")]
    bearer: Actor,
    /// Days from now until it ends; 365 where none are given.
    #[schema(example = 365)]
    #[serde(default)]
    days: Option<u16>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewTokenView {
    #[schema(value_type = String, example = "K-12")]
    number: TokenId,
    #[schema(value_type = String, example = "gate:west-south")]
    bearer: Actor,
    expires_at: String,
    /// For the header `Authorization: Bearer …`. It is told here and nowhere else.
    token: String,
}

/// Issues a token: to the operator for anybody, to an operations centre for its own bank's gates, to a delegate for
/// themself. A delegate's token ends with the delegation at the latest, whatever days are asked for.
#[utoipa::path(post, path = "/api/tokens", tag = "tokens", request_body = TokenRequest,
    responses((status = 200, body = NewTokenView), Problems))]
pub(crate) async fn issue(caller: ApiCaller, body: Body<TokenRequest>) -> Result<Json<NewTokenView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let TokenRequest { bearer, days } = body.value;
    let park = &caller.portal.park;
    let expires_at = park.now().plus(i64::from(days.unwrap_or(DAYS)) * Instant::DAY);
    let issued = park.issue_token(&caller.actor, &bearer, expires_at, key).await?;
    let token = token_text(park, &issued).map_err(park::WorkError::from)?;
    let expires_at = issued.expires_at.to_string();
    Ok(Json(NewTokenView { number: issued.token, bearer: issued.bearer, expires_at, token }))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenStateView {
    #[schema(value_type = String, example = "K-12")]
    number: TokenId,
    #[schema(value_type = String, example = "gate:west-south")]
    bearer: Actor,
    issued_at: String,
    expires_at: String,
    #[schema(value_type = Option<String>)]
    revoked_at: Option<String>,
}

/// Of the tokens `among` which the caller looks, those that they may revoke, the newest first; those that are over too.
pub(crate) fn visible<'a>(
    portal: &Portal,
    zone: &'a Zone,
    actor: &Actor,
    among: impl Fn(&Token) -> bool,
) -> Vec<(TokenId, &'a Token)> {
    let (state, profile) = (&zone.parties, &portal.park.profile);
    let now = portal.park.now();
    let may = |(id, token): &(&TokenId, &Token)| {
        let question = parties::token_question(state, profile, actor, (**id, token), now);
        portal.park.rulebook.ask(&question).outcome == Outcome::Permitted
    };
    let looked_at = state.tokens.iter().rev().filter(|(_, token)| among(token));
    looked_at.filter(may).map(|(id, token)| (*id, token)).collect()
}

/// Tokens that the caller may revoke. What their bearers show is not told again.
#[utoipa::path(get, path = "/api/tokens", tag = "tokens",
    responses((status = 200, body = Vec<TokenStateView>), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Json<Vec<TokenStateView>> {
    let zone = caller.portal.park.zone();
    let view = |(number, token): (TokenId, &Token)| TokenStateView {
        number,
        bearer: token.bearer.clone(),
        issued_at: token.issued_at.to_string(),
        expires_at: token.expires_at.to_string(),
        revoked_at: token.revoked_at.map(|at| at.to_string()),
    };
    Json(visible(&caller.portal, &zone, &caller.actor, |_| true).into_iter().map(view).collect())
}

/// The token works no longer, from this answer on.
#[utoipa::path(delete, path = "/api/tokens/{token}", tag = "tokens",
    params(("token" = String, Path, example = "K-12")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn revoke(
    caller: ApiCaller,
    Place(token): Place<TokenId>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, bare.asked, Command::RevokeToken { token }).await
}
