//! People: their registration, and what they declare for themselves.

use super::body::{Bare, Body, Nothing};
use super::caller::{AnyCaller, ApiCaller};
use super::docs::Problems;
use super::idempotency;
use super::receipts::{ReceiptView, submit_as};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use axum::http::StatusCode;
use base::{Actor, Bank, Date, Key, Language, OrganisationId, PersonId};
use desk::{Details, context};
use park::Document;
use parties::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonView {
    #[schema(value_type = String, example = "P-1042")]
    person: PersonId,
    /// `north` or `south`.
    home_bank: &'static str,
    #[schema(value_type = Option<String>)]
    employer: Option<OrganisationId>,
    #[schema(value_type = Option<String>)]
    clerk_of: Option<OrganisationId>,
    #[schema(value_type = Vec<String>)]
    offices: Vec<Key>,
    #[schema(value_type = String)]
    language: Language,
    /// Name and addresses; absent where they were erased. The document's number is left out.
    #[schema(value_type = Option<Object>)]
    details: Option<Details>,
    document: Option<DocumentView>,
    consents: Vec<ConsentView>,
    erased: bool,
    synthetic: bool,
}

/// The identity document as the person confirmed it; its number is not told again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentView {
    #[schema(value_type = String)]
    kind: Key,
    #[schema(value_type = String, format = Date)]
    expires: Date,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentView {
    #[schema(value_type = String)]
    consent: Key,
    version: u32,
    given_at: String,
}

/// A person, to those who may see them: themselves, their organisation's clerks, officers concerned.
#[utoipa::path(get, path = "/api/persons/{person}", tag = "persons",
    params(("person" = String, Path, example = "P-1042")),
    responses((status = 200, body = PersonView), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(id): Place<PersonId>) -> Result<Json<PersonView>, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let known = parties::person(&zone.parties, id).ok_or(Problem::NotFound)?;
    caller.portal.view_person(&zone, &caller.actor, id, None, ::cases::Seen::Opened)?;
    let consent = |consent: &parties::Consent| ConsentView {
        consent: consent.key.clone(),
        version: consent.version,
        given_at: consent.given_at.to_string(),
    };
    Ok(Json(PersonView {
        person: id,
        home_bank: known.home_bank.as_str(),
        employer: known.employer,
        clerk_of: known.clerk_of,
        offices: known.offices.clone(),
        language: known.language,
        details: park.details(id).map(|details| Details { document_number: String::new(), ..details }),
        document: known
            .document
            .as_ref()
            .map(|document| DocumentView { kind: document.kind.clone(), expires: document.expires }),
        consents: known.consents.iter().map(consent).collect(),
        erased: known.erased,
        synthetic: known.synthetic,
    }))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonBody {
    #[schema(value_type = Object)]
    details: Details,
    /// `north` or `south`.
    #[schema(value_type = String)]
    home_bank: Bank,
    #[schema(value_type = Option<String>)]
    employer: Option<OrganisationId>,
    #[schema(value_type = String, example = "zh-Hant")]
    language: Language,
}

/// Registers a person who applies for nothing yet: an officer to be appointed, a clerk.
#[utoipa::path(post, path = "/api/persons", tag = "persons", request_body = PersonBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn register(caller: ApiCaller, body: Body<PersonBody>) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    if let Some(earlier) = idempotency::earlier(&caller.portal, key.as_deref())? {
        return Ok(Json(ReceiptView::repeated(&caller.portal, &earlier)));
    }
    let PersonBody { details, home_bank, employer, language } = body.value;
    let vault = &caller.portal.park.vault;
    let sealed = vault.create_subjects(1).and_then(|mut subjects| {
        let subject = subjects.pop().ok_or(vault::VaultError::UnknownSubject)?;
        let details = vault.seal_json(&subject, context::DETAILS, &details)?;
        Ok((subject, details))
    });
    let (subject, details) = sealed.map_err(park::WorkError::from)?;
    let synthetic = caller.portal.park.is_demo();
    // Whoever is registered for a visit comes with an application; see the clerks' services.
    let host = None;
    let command = Command::RegisterPerson { subject, details, home_bank, employer, host, language, synthetic };
    submit_as(&caller, &caller.actor, key, command).await
}

/// Sends the person a new one-time link; the link itself goes to them and nobody else.
#[utoipa::path(post, path = "/api/persons/{person}/invitations", tag = "persons",
    params(("person" = String, Path, example = "P-1042")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 204), Problems))]
pub(crate) async fn invite(
    caller: ApiCaller,
    Place(person): Place<PersonId>,
    body: Body<Nothing>,
) -> Result<StatusCode, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    caller.portal.park.invite_again(&caller.actor, person, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmationBody {
    #[schema(value_type = String, example = "hong-kong-identity-card")]
    kind: Key,
    number: String,
    #[schema(value_type = String, format = Date, example = "2031-05-04")]
    expires: Date,
}

/// The person confirms their identity document. Its number is sealed under their own key.
#[utoipa::path(post, path = "/api/persons/{person}/document", tag = "persons",
    params(("person" = String, Path, example = "P-1042")), request_body = ConfirmationBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn confirm_document(
    caller: ApiCaller,
    Place(person): Place<PersonId>,
    body: Body<ConfirmationBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let ConfirmationBody { kind, number, expires } = body.value;
    let document = Document { kind, number: &number, expires };
    let receipt = caller.portal.park.confirm_document(&caller.as_person()?, person, &document, key).await?;
    Ok(Json(ReceiptView::new(&receipt)))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentBody {
    #[schema(value_type = String)]
    consent: Key,
    version: u32,
}

/// The person consents: to one authority, for one purpose, in one version.
#[utoipa::path(post, path = "/api/persons/{person}/consents", tag = "persons",
    params(("person" = String, Path, example = "P-1042")), request_body = ConsentBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn give_consent(
    caller: ApiCaller,
    Place(person): Place<PersonId>,
    body: Body<ConsentBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let ConsentBody { consent, version } = body.value;
    submit_as(&caller, &caller.as_person()?, key, Command::GiveConsent { person, consent, version }).await
}

/// The person withdraws a consent; passes that rest on it are suspended.
#[utoipa::path(delete, path = "/api/persons/{person}/consents/{consent}", tag = "persons",
    params(("person" = String, Path, example = "P-1042"), ("consent" = String, Path)),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn withdraw_consent(
    caller: ApiCaller,
    Place((person, consent)): Place<(PersonId, Key)>,
    bare: Bare,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, bare.asked)?;
    submit_as(&caller, &caller.as_person()?, key, Command::WithdrawConsent { person, consent }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LanguageBody {
    /// `zh-Hant`, `zh-Hans` or `en`.
    #[schema(value_type = String, example = "zh-Hant")]
    language: Language,
}

/// The language in which the person is written to.
#[utoipa::path(post, path = "/api/persons/{person}/language", tag = "persons",
    params(("person" = String, Path, example = "P-1042")), request_body = LanguageBody,
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn set_language(
    caller: ApiCaller,
    Place(person): Place<PersonId>,
    body: Body<LanguageBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let command = Command::SetLanguage { person, language: body.value.language };
    submit_as(&caller, &caller.as_person()?, key, command).await
}

/// Ends every session of the person that began until now: their own, on every device.
#[utoipa::path(post, path = "/api/persons/{person}/sign-out", tag = "persons",
    params(("person" = String, Path, example = "P-1042")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn sign_out(
    caller: ApiCaller,
    Place(person): Place<PersonId>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    submit_as(&caller, &caller.as_person()?, key, Command::SignOut { person, session: None }).await
}

/// Whom the token or the session stands for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeView {
    #[schema(value_type = String, example = "officer:P-3:hk-immigration")]
    actor: Actor,
    #[schema(value_type = String)]
    language: Language,
}

/// Who asks.
#[utoipa::path(get, path = "/api/me", tag = "persons", responses((status = 200, body = MeView), Problems))]
pub(crate) async fn me(caller: AnyCaller) -> Json<MeView> {
    Json(MeView { actor: caller.actor, language: caller.language })
}
