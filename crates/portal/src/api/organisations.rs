//! Organisations of both parks, and who acts for them.

use super::body::{Bare, Body};
use super::caller::{AnyCaller, ApiCaller};
use super::docs::{Problems, Words};
use super::idempotency;
use super::receipts::{ReceiptView, submit};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{Bank, Key, Language, Localised, OrganisationId, PersonId};
use desk::Post;
use park::{NewPerson, Who};
use parties::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganisationView {
    #[schema(value_type = String, example = "O-12")]
    organisation: OrganisationId,
    #[schema(value_type = Words)]
    name: Localised,
    /// `north` or `south`.
    bank: &'static str,
    /// Made up for the demonstration.
    synthetic: bool,
}

fn view(id: OrganisationId, known: &parties::Organisation) -> OrganisationView {
    OrganisationView {
        organisation: id,
        name: known.name.clone(),
        bank: known.bank.as_str(),
        synthetic: known.synthetic,
    }
}

/// Every organisation: names are public, the people of an organisation are not.
#[utoipa::path(get, path = "/api/organisations", tag = "organisations",
    responses((status = 200, body = Vec<OrganisationView>), Problems))]
pub(crate) async fn list(caller: AnyCaller) -> Json<Vec<OrganisationView>> {
    let zone = caller.portal.park.zone();
    Json(zone.parties.organisations.iter().map(|(id, known)| view(*id, known)).collect())
}

/// One organisation.
#[utoipa::path(get, path = "/api/organisations/{organisation}", tag = "organisations",
    params(("organisation" = String, Path, example = "O-12")),
    responses((status = 200, body = OrganisationView), Problems))]
pub(crate) async fn get(
    caller: AnyCaller,
    Place(id): Place<OrganisationId>,
) -> Result<Json<OrganisationView>, Problem> {
    let zone = caller.portal.park.zone();
    let known = parties::organisation(&zone.parties, id).ok_or(Problem::NotFound)?;
    Ok(Json(view(id, known)))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganisationBody {
    #[schema(value_type = Words)]
    name: Localised,
    /// `north` or `south`.
    #[schema(value_type = String)]
    bank: Bank,
}

/// Registers an organisation.
#[utoipa::path(post, path = "/api/organisations", tag = "organisations", request_body = OrganisationBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn register(caller: ApiCaller, body: Body<OrganisationBody>) -> Result<Json<ReceiptView>, Problem> {
    let OrganisationBody { name, bank } = body.value;
    let synthetic = caller.portal.park.is_demo();
    submit(&caller, body.asked, Command::RegisterOrganisation { name, bank, key: None, synthetic }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppointmentBody {
    #[schema(value_type = String, example = "P-1042")]
    person: PersonId,
}

/// Lets a person act for the organisation.
#[utoipa::path(post, path = "/api/organisations/{organisation}/clerks", tag = "organisations",
    params(("organisation" = String, Path, example = "O-12")), request_body = AppointmentBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn appoint_clerk(
    caller: ApiCaller,
    Place(organisation): Place<OrganisationId>,
    body: Body<AppointmentBody>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, Command::AppointClerk { person: body.value.person, organisation }).await
}

/// Ends that a person acts for the organisation.
#[utoipa::path(delete, path = "/api/organisations/{organisation}/clerks/{person}", tag = "organisations",
    params(("organisation" = String, Path, example = "O-12"), ("person" = String, Path, example = "P-1042")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn relieve_clerk(
    caller: ApiCaller,
    Place((organisation, person)): Place<(OrganisationId, PersonId)>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, bare.asked, Command::RelieveClerk { person, organisation }).await
}

/// Lets a person act for an office, as its authority named them.
#[utoipa::path(post, path = "/api/offices/{office}/officers", tag = "organisations",
    params(("office" = String, Path, example = "hk-immigration")), request_body = AppointmentBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn appoint_officer(
    caller: ApiCaller,
    Place(office): Place<Key>,
    body: Body<AppointmentBody>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, Command::AppointOfficer { person: body.value.person, office }).await
}

/// Makes an officer a head of the office, who shares out its work.
#[utoipa::path(post, path = "/api/offices/{office}/heads", tag = "organisations",
    params(("office" = String, Path, example = "hk-immigration")), request_body = AppointmentBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn appoint_head(
    caller: ApiCaller,
    Place(office): Place<Key>,
    body: Body<AppointmentBody>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, Command::AppointHead { person: body.value.person, office }).await
}

/// Ends that an officer is a head of the office.
#[utoipa::path(delete, path = "/api/offices/{office}/heads/{person}", tag = "organisations",
    params(("office" = String, Path, example = "hk-immigration"), ("person" = String, Path, example = "P-1042")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn relieve_head(
    caller: ApiCaller,
    Place((office, person)): Place<(Key, PersonId)>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, bare.asked, Command::RelieveHead { person, office }).await
}

/// Ends that a person acts for an office.
#[utoipa::path(delete, path = "/api/offices/{office}/officers/{person}", tag = "organisations",
    params(("office" = String, Path, example = "hk-immigration"), ("person" = String, Path, example = "P-1042")),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn relieve_officer(
    caller: ApiCaller,
    Place((office, person)): Place<(Key, PersonId)>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, bare.asked, Command::RelieveOfficer { person, office }).await
}

/// Somebody who is not registered yet, and is appointed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPersonBody {
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    given_name: String,
    #[serde(default)]
    latin_name: String,
    /// Where the one-time link goes.
    email: String,
    #[schema(value_type = String, example = "zh-Hant")]
    language: Language,
    /// `north` or `south`; the bank of the office or organisation where none is given.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    home_bank: Option<Bank>,
}

/// Who was appointed; their one-time link goes to them and nobody else.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppointedView {
    #[schema(value_type = String, example = "P-1042")]
    person: PersonId,
    sequence: u64,
    entries: usize,
    /// Until when the link that was sent is good.
    #[schema(value_type = Option<String>)]
    link_until: Option<String>,
}

async fn enrol(
    caller: &ApiCaller,
    body: Body<NewPersonBody>,
    post: Post,
    bank: Bank,
) -> Result<Json<AppointedView>, Problem> {
    let key = idempotency::key_of(caller, body.asked)?;
    let NewPersonBody { family_name, given_name, latin_name, email, language, home_bank } = body.value;
    let home_bank = home_bank.unwrap_or(bank);
    let new = Who::New(NewPerson { family_name, given_name, latin_name, email, language, home_bank });
    let appointed = caller.portal.park.appoint(&caller.actor, &new, post, key).await?;
    Ok(Json(AppointedView {
        person: appointed.person,
        sequence: appointed.first,
        entries: appointed.entries,
        link_until: appointed.link.map(|link| link.expires_at.to_string()),
    }))
}

/// Registers a person, lets them act for the organisation, and sends them a one-time link.
#[utoipa::path(post, path = "/api/organisations/{organisation}/new-clerks", tag = "organisations",
    params(("organisation" = String, Path, example = "O-12")), request_body = NewPersonBody,
    responses((status = 200, body = AppointedView), Problems))]
pub(crate) async fn enrol_clerk(
    caller: ApiCaller,
    Place(organisation): Place<OrganisationId>,
    body: Body<NewPersonBody>,
) -> Result<Json<AppointedView>, Problem> {
    let zone = caller.portal.park.zone();
    let bank = parties::organisation(&zone.parties, organisation).ok_or(Problem::NotFound)?.bank;
    enrol(&caller, body, Post::Organisation(organisation), bank).await
}

/// Registers a person, lets them act for the office, and sends them a one-time link.
#[utoipa::path(post, path = "/api/offices/{office}/new-officers", tag = "organisations",
    params(("office" = String, Path, example = "hk-immigration")), request_body = NewPersonBody,
    responses((status = 200, body = AppointedView), Problems))]
pub(crate) async fn enrol_officer(
    caller: ApiCaller,
    Place(office): Place<Key>,
    body: Body<NewPersonBody>,
) -> Result<Json<AppointedView>, Problem> {
    let bank = caller.portal.park.profile.office(&office).ok_or(Problem::NotFound)?.bank;
    enrol(&caller, body, Post::Office(office), bank).await
}
