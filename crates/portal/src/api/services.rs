//! Services as the zone folder describes them, with the JSON Schema of each form.

use super::caller::AnyCaller;
use super::docs::{Problems, Words};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Key, Localised};
use profile::{About, Applicant, Decider, Group, LegKind, Service};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceView {
    #[schema(value_type = String, example = "commuter-pass")]
    service: Key,
    version: u32,
    #[schema(value_type = Words)]
    name: Localised,
    #[schema(value_type = Words)]
    summary: Localised,
    /// Of the outline.
    section: String,
    /// Who may apply: `clerk`, `person`, `officer`.
    #[schema(value_type = Vec<String>)]
    applicants: Vec<Applicant>,
    /// What a case is about: `person`, `permit`, `organisation` or, to change it, a decided `case`.
    #[schema(value_type = String)]
    about: About,
    /// Where the catalogue shows it: `people`, `goods`, `capital` …
    #[schema(value_type = String)]
    group: Group,
    /// The person it is about has to confirm and consent before the offices start.
    confirmed_by_subject: bool,
    /// JSON Schema 2020-12 of `form`.
    #[schema(value_type = Object)]
    form: serde_json::Value,
    consents: Vec<ConsentWanted>,
    legs: Vec<LegPlanView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentWanted {
    #[schema(value_type = String)]
    consent: Key,
    version: u32,
    /// The office that will use the data.
    #[schema(value_type = String)]
    authority: Key,
    #[schema(value_type = Words)]
    purpose: Localised,
    #[schema(value_type = Words)]
    text: Localised,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LegPlanView {
    #[schema(value_type = String)]
    leg: Key,
    #[schema(value_type = String)]
    office: Key,
    #[schema(value_type = Words)]
    name: Localised,
    working_days: u16,
    /// `decide`, `endorse`, `vet` or `inspect`, which bind; `consult`, which does not.
    #[schema(value_type = String)]
    kind: LegKind,
    /// The legs that have to end favourably before this one begins.
    #[schema(value_type = Vec<String>)]
    after: Vec<Key>,
    /// `officer`, or `rule` where the rulebook may decide alone.
    #[schema(value_type = String)]
    by: Decider,
}

fn view(service: &Service) -> ServiceView {
    let consents = service.consents.iter().map(|consent| ConsentWanted {
        consent: consent.key.clone(),
        version: consent.version,
        authority: consent.authority.clone(),
        purpose: consent.purpose.clone(),
        text: consent.text.clone(),
    });
    let legs = service.legs.iter().map(|leg| LegPlanView {
        leg: leg.key.clone(),
        office: leg.office.clone(),
        name: leg.name.clone(),
        working_days: leg.working_days,
        kind: leg.kind,
        after: leg.after.clone(),
        by: leg.by,
    });
    ServiceView {
        service: service.key.clone(),
        version: service.version,
        name: service.name.clone(),
        summary: service.summary.clone(),
        section: service.section.clone(),
        applicants: service.applicants.clone(),
        about: service.about,
        group: service.group,
        confirmed_by_subject: service.confirmed_by_subject,
        form: service.form.schema.clone(),
        consents: consents.collect(),
        legs: legs.collect(),
    }
}

/// Every service.
#[utoipa::path(get, path = "/api/services", tag = "services",
    responses((status = 200, body = Vec<ServiceView>), Problems))]
pub(crate) async fn list(caller: AnyCaller) -> Json<Vec<ServiceView>> {
    Json(caller.portal.park.profile.services.values().map(view).collect())
}

/// One service with its form.
#[utoipa::path(get, path = "/api/services/{service}", tag = "services",
    params(("service" = String, Path, example = "commuter-pass")),
    responses((status = 200, body = ServiceView), Problems))]
pub(crate) async fn get(caller: AnyCaller, Place(service): Place<Key>) -> Result<Json<ServiceView>, Problem> {
    let known = caller.portal.park.profile.service(&service).ok_or(Problem::NotFound)?;
    Ok(Json(view(known)))
}
