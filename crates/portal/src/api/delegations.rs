//! Delegations: whom an organisation lets act for it, from when until when, and for what.

use super::body::{Bare, Body};
use super::caller::ApiCaller;
use super::docs::Problems;
use super::idempotency;
use super::receipts::{ReceiptView, submit, submit_as};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, Date, DelegationId, Key, OrganisationId, PersonId, Question};
use desk::Zone;
use parties::{Command, DelegatedAct, Delegation, Scope};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DelegationView {
    #[schema(value_type = String, example = "M-12")]
    delegation: DelegationId,
    #[schema(value_type = String, example = "O-12")]
    organisation: OrganisationId,
    #[schema(value_type = String, example = "P-1042")]
    delegate: PersonId,
    /// `offered`, `accepted` (begins later), `in-force`, `declined`, `ended` or `expired`.
    standing: &'static str,
    /// Every service that the organisation's clerks apply for, where none is named.
    #[schema(value_type = Vec<String>)]
    services: BTreeSet<Key>,
    /// `apply`, `answer`, `withdraw`, `see`, `sign`.
    acts: Vec<&'static str>,
    applications_max: Option<u32>,
    /// How many were opened under it.
    applications_opened: usize,
    /// First and last day, both included, on the calendar of the organisation's bank.
    from: String,
    until: String,
    offered_at: String,
    ended_at: Option<String>,
}

fn view(caller: &ApiCaller, zone: &Zone, (id, known): (DelegationId, &Delegation)) -> DelegationView {
    let park = &caller.portal.park;
    DelegationView {
        delegation: id,
        organisation: known.organisation,
        delegate: known.delegate,
        standing: parties::standing(&zone.parties, &park.profile, known, park.now()).as_str(),
        services: known.scope.services.clone(),
        acts: known.scope.acts.iter().map(|act| act.as_str()).collect(),
        applications_max: known.scope.applications_max,
        applications_opened: cases::of_delegation(&zone.cases, id).count(),
        from: known.scope.from.to_string(),
        until: known.scope.until.to_string(),
        offered_at: known.offered_at.to_string(),
        ended_at: known.ended_at.map(|at| at.to_string()),
    }
}

fn may_see(
    caller: &ApiCaller,
    zone: &Zone,
    actor: &Actor,
    id: DelegationId,
    known: &Delegation,
) -> Result<(), Problem> {
    let resource = parties::delegation_entity(id, known.organisation, known.delegate);
    caller.portal.ask(&Question::new("view_delegation", caller.portal.principal(zone, actor), resource))
}

/// What the caller's organisation has given, the newest first; for a delegate, the delegation under which they act; for
/// anybody else, what was given to them.
#[utoipa::path(get, path = "/api/delegations", tag = "delegations",
    responses((status = 200, body = Vec<DelegationView>), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Result<Json<Vec<DelegationView>>, Problem> {
    let zone = caller.portal.park.zone();
    let (actor, all): (_, Vec<_>) = match &caller.actor {
        Actor::Clerk { organisation, .. } => {
            (caller.actor.clone(), parties::delegations_of(&zone.parties, *organisation).collect())
        }
        Actor::Delegate { delegation: id, .. } => {
            let known = parties::delegation(&zone.parties, *id).map(|known| (*id, known));
            (caller.actor.clone(), known.into_iter().collect())
        }
        _ => {
            let (actor, person) = caller.oneself()?;
            (actor, parties::delegations_to(&zone.parties, person).collect())
        }
    };
    let seen = all.into_iter().filter(|(id, known)| may_see(&caller, &zone, &actor, *id, known).is_ok());
    Ok(Json(seen.map(|known| view(&caller, &zone, known)).collect()))
}

/// One delegation: for its delegate, and for the clerks of its organisation.
#[utoipa::path(get, path = "/api/delegations/{delegation}", tag = "delegations",
    params(("delegation" = String, Path, example = "M-12")),
    responses((status = 200, body = DelegationView), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(id): Place<DelegationId>) -> Result<Json<DelegationView>, Problem> {
    let zone = caller.portal.park.zone();
    let known = parties::delegation(&zone.parties, id).ok_or(Problem::NotFound)?;
    may_see(&caller, &zone, &caller.actor, id, known)?;
    Ok(Json(view(&caller, &zone, (id, known))))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegationBody {
    #[schema(value_type = String, example = "P-1042")]
    delegate: PersonId,
    /// Every service that the organisation's clerks apply for, where none is named.
    #[schema(value_type = Vec<String>)]
    #[serde(default)]
    services: BTreeSet<Key>,
    /// `apply`, `answer`, `withdraw`, `see`, `sign`.
    #[schema(value_type = Vec<String>, example = json!(["apply", "answer"]))]
    acts: BTreeSet<DelegatedAct>,
    /// How many applications may be made under it in all.
    #[serde(default)]
    applications_max: Option<u32>,
    /// The first day.
    #[schema(value_type = String, example = "2026-12-01")]
    from: Date,
    /// The last day.
    #[schema(value_type = String, example = "2027-02-28")]
    until: Date,
}

/// Offers somebody to act for the organisation; it works once they accept.
#[utoipa::path(post, path = "/api/organisations/{organisation}/delegations", tag = "delegations",
    params(("organisation" = String, Path, example = "O-12")), request_body = DelegationBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn offer(
    caller: ApiCaller,
    Place(organisation): Place<OrganisationId>,
    body: Body<DelegationBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let DelegationBody { delegate, services, acts, applications_max, from, until } = body.value;
    let scope = Scope { services, acts, applications_max, from, until };
    submit(&caller, body.asked, Command::OfferDelegation { organisation, delegate, scope }).await
}

/// The delegate accepts what is offered.
#[utoipa::path(post, path = "/api/delegations/{delegation}/accept", tag = "delegations",
    params(("delegation" = String, Path, example = "M-12")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn accept(
    caller: ApiCaller,
    Place(delegation): Place<DelegationId>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, bare.asked)?;
    submit_as(&caller, &caller.as_person()?, key, Command::AcceptDelegation { delegation }).await
}

/// The delegate declines what is offered.
#[utoipa::path(post, path = "/api/delegations/{delegation}/decline", tag = "delegations",
    params(("delegation" = String, Path, example = "M-12")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn decline(
    caller: ApiCaller,
    Place(delegation): Place<DelegationId>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, bare.asked)?;
    submit_as(&caller, &caller.as_person()?, key, Command::DeclineDelegation { delegation }).await
}

/// Either side ends it before its last day.
#[utoipa::path(delete, path = "/api/delegations/{delegation}", tag = "delegations",
    params(("delegation" = String, Path, example = "M-12")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn end(
    caller: ApiCaller,
    Place(delegation): Place<DelegationId>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, bare.asked, Command::EndDelegation { delegation }).await
}
