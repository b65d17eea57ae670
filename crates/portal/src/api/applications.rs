//! Applications: cases opened, for somebody new or about somebody or something known.

use super::body::Body;
use super::caller::ApiCaller;
use super::docs::Problems;
use super::idempotency;
use crate::problem::Problem;
use axum::Json;
use base::{CaseId, Key, PermitId, PersonId};
use cases::{About, Link};
use desk::Event;
use park::Applied;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// For somebody new, `form` describes them and they get an invitation; otherwise `person`, `permit` or `change` says what the
/// case is about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApplicationBody {
    #[schema(value_type = String, example = "commuter-pass")]
    service: Key,
    /// As the service's schema says.
    #[schema(value_type = Object)]
    form: serde_json::Value,
    #[schema(value_type = Option<String>)]
    person: Option<PersonId>,
    #[schema(value_type = Option<String>)]
    permit: Option<PermitId>,
    /// Of a service that changes a decided case: which, and how.
    change: Option<ChangeBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeBody {
    #[schema(value_type = String, example = "C-1042")]
    case: CaseId,
    /// `renew`, `amend`, `transfer`, `surrender`, `appeal`, `reconsider` or `correct`.
    #[serde(rename = "as")]
    #[schema(value_type = String)]
    kind: profile::ChangeKind,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApplicationView {
    #[schema(value_type = String, example = "C-1042")]
    case: CaseId,
    /// Whom it is about.
    #[schema(value_type = String, example = "P-1042")]
    person: PersonId,
    /// The request had been accepted before, under the same idempotency key.
    repeated: bool,
}

/// Opens a case.
#[utoipa::path(post, path = "/api/applications", tag = "cases", request_body = ApplicationBody,
    responses((status = 200, body = ApplicationView), Problems))]
pub(crate) async fn open(caller: ApiCaller, body: Body<ApplicationBody>) -> Result<Json<ApplicationView>, Problem> {
    let park = &caller.portal.park;
    let key = idempotency::key_of(&caller, body.asked)?;
    // Asked before the park is: it would send the invitation anew.
    if let Some(earlier) = idempotency::earlier(&caller.portal, key.as_deref())? {
        return opened(&earlier.events, true);
    }
    let ApplicationBody { service, form, person, permit, change } = body.value;
    if let Some(ChangeBody { case, kind }) = change {
        let about = About::Change(Link { case, kind });
        let receipt = park.open_case(&caller.actor, &service, about, &form, key).await?;
        return opened(&receipt.events, receipt.repeated);
    }
    let about = match (person, permit) {
        (_, Some(permit)) => About::Permit(permit),
        (Some(person), None) => About::Person(person),
        (None, None) if of_organisations(park, &service) => {
            About::Organisation(caller.actor.organisation().ok_or(Problem::WrongCapacity)?)
        }
        (None, None) => {
            let organisation = caller.actor.organisation().ok_or(Problem::WrongCapacity)?;
            let applied = park.apply_for(&caller.actor, organisation, &service, &form, key).await?;
            let Applied { case, person, repeated } = applied;
            return Ok(Json(ApplicationView { case, person, repeated }));
        }
    };
    let receipt = park.open_case(&caller.actor, &service, about, &form, key).await?;
    opened(&receipt.events, receipt.repeated)
}

/// Several people in one go, each with a whole form of their own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamBody {
    #[schema(value_type = String, example = "visitor-pass")]
    service: Key,
    /// As the service's schema says, one for each person.
    #[schema(value_type = Vec<Object>)]
    people: Vec<serde_json::Value>,
}

/// Applies for a team: all are opened, or none is.
#[utoipa::path(post, path = "/api/teams", tag = "cases", request_body = TeamBody,
    responses((status = 200, body = Vec<ApplicationView>), Problems))]
pub(crate) async fn team(caller: ApiCaller, body: Body<TeamBody>) -> Result<Json<Vec<ApplicationView>>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let organisation = caller.actor.organisation().ok_or(Problem::WrongCapacity)?;
    let TeamBody { service, people } = body.value;
    let applied = caller.portal.park.apply_for_team(&caller.actor, organisation, &service, &people, key).await?;
    let view = |Applied { case, person, repeated }| ApplicationView { case, person, repeated };
    Ok(Json(applied.into_iter().map(view).collect()))
}

/// Whether the service is about whichever organisation applies.
fn of_organisations(park: &park::Park, service: &Key) -> bool {
    park.profile.service(service).is_some_and(|service| service.about == profile::About::Organisation)
}

fn opened(events: &[Event], repeated: bool) -> Result<Json<ApplicationView>, Problem> {
    let opened = events.iter().find_map(|event| match event {
        Event::Cases(cases::Event::Opened { case, subject, .. }) => Some((*case, *subject)),
        _ => None,
    });
    let (case, person) = opened.ok_or(Problem::Broken)?;
    Ok(Json(ApplicationView { case, person, repeated }))
}
