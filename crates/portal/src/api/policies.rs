//! The rulebook, explained: every policy with its section, its reason and its text.

use super::caller::AnyCaller;
use super::docs::{Problems, Words};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, Bank, Key, Localised, Outcome, Rules};
use rulebook::PolicyCard;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyView {
    #[schema(value_type = String, example = "pass-must-not-be-revoked")]
    policy: Key,
    /// The version of the rulebook that is in force.
    #[schema(value_type = String)]
    rulebook: Key,
    /// `north` or `south`; absent where it is a rule of both banks.
    authority: Option<&'static str>,
    /// `permitted`, `referred` or `refused`.
    #[schema(value_type = String)]
    outcome: Outcome,
    rank: u16,
    /// Of the outline.
    section: String,
    /// An authority is to replace this rule by its own.
    illustrative: bool,
    #[schema(value_type = Words)]
    reason: Localised,
    #[schema(value_type = Words)]
    remedy: Localised,
    #[schema(value_type = String, format = Date)]
    since: base::Date,
    actions: Vec<String>,
    /// As its author wrote it, in Cedar.
    text: Option<String>,
}

/// A hidden policy is for the officers of the bank whose rule it is.
fn may_see(caller: &AnyCaller, card: &PolicyCard) -> bool {
    let bank = |office: &Key| caller.portal.park.profile.office(office).map(|office| office.bank);
    match &caller.actor {
        _ if !card.hidden => true,
        Actor::Officer { office, .. } => card.authority.is_none() || card.authority == bank(office),
        Actor::Anonymous
        | Actor::System
        | Actor::Operator
        | Actor::Gate { .. }
        | Actor::Person { .. }
        | Actor::Clerk { .. }
        | Actor::Delegate { .. } => false,
    }
}

fn view(caller: &AnyCaller, card: &PolicyCard, with_text: bool) -> PolicyView {
    let rulebook = &caller.portal.park.rulebook;
    PolicyView {
        policy: card.id.clone(),
        rulebook: rulebook.version().clone(),
        authority: card.authority.map(Bank::as_str),
        outcome: card.outcome,
        rank: card.rank,
        section: card.section.clone(),
        illustrative: card.illustrative,
        reason: card.reason.clone(),
        remedy: card.remedy.clone(),
        since: card.since,
        actions: card.actions.clone(),
        text: rulebook.text_of(&card.id).filter(|_| with_text).map(str::to_owned),
    }
}

/// Every policy that the caller may see, without its text.
#[utoipa::path(get, path = "/api/policies", tag = "policies",
    responses((status = 200, body = Vec<PolicyView>), Problems))]
pub(crate) async fn list(caller: AnyCaller) -> Json<Vec<PolicyView>> {
    let policies = caller.portal.park.rulebook.policies().filter(|card| may_see(&caller, card));
    Json(policies.map(|card| view(&caller, card, false)).collect())
}

/// What a policy says, and why.
#[utoipa::path(get, path = "/api/policies/{policy}", tag = "policies",
    params(("policy" = String, Path, example = "pass-must-not-be-revoked")),
    responses((status = 200, body = PolicyView), Problems))]
pub(crate) async fn get(caller: AnyCaller, Place(policy): Place<Key>) -> Result<Json<PolicyView>, Problem> {
    let card = caller.portal.park.rulebook.explain(&policy).filter(|card| may_see(&caller, card));
    card.map(|card| Json(view(&caller, card, true))).ok_or(Problem::NotFound)
}
