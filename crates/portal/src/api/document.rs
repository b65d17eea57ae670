//! The OpenAPI document: what the handlers say of themselves, and what holds for all of them.

use super::docs::{FaultView, ProblemView};
use crate::problem::Problem;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{InfoBuilder, OpenApi, PathItem, RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

const BEARER: &str = "token";
const SESSION: &str = "session";

static TEXT: LazyLock<Option<String>> = LazyLock::new(|| super::document().to_pretty_json().ok());

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "operation", responses((status = 200, body = Object)))]
pub(crate) async fn openapi() -> Result<Response, Problem> {
    let text = TEXT.as_deref().ok_or(Problem::Broken)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// Adds what every operation shares.
pub(crate) fn finished(mut document: OpenApi) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("hetao")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The operating platform of a science park on two banks of a river: every command and query as JSON. \
             Commands answer when their entries are durable in the log. What is refused is told as RFC 9457 problem \
             details in the language of Accept-Language. Bodies have at most 128 KiB, files 4 MiB.",
        ))
        .build();
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("From whoever runs the park; in a demonstration, from `POST /api/demo/tokens`."))
        .build();
    let session = ApiKey::Cookie(ApiKeyValue::with_description(
        "hetao",
        "The session of a signed-in browser; what changes something also needs X-CSRF-Token.",
    ));
    // Problems stand in no operation's own list of types.
    components.schemas.insert(ProblemView::name().into_owned(), ProblemView::schema());
    components.schemas.insert(FaultView::name().into_owned(), FaultView::schema());
    components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(session));
    document.security = Some(vec![
        SecurityRequirement::new(BEARER, Vec::<String>::new()),
        SecurityRequirement::new(SESSION, Vec::<String>::new()),
        SecurityRequirement::default(),
    ]);
    document.paths.paths.values_mut().for_each(share);
    document
}

fn share(item: &mut PathItem) {
    let language = ParameterBuilder::new()
        .name("Accept-Language")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("zh-Hant, zh-Hans or en: the language of problems"))
        .schema(Some(text()))
        .build();
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "1 to 128 visible ASCII characters; the same request under the same key takes effect once, for a day",
        ))
        .schema(Some(text()))
        .build();
    for operation in [&mut item.get, &mut item.post, &mut item.delete].into_iter().flatten() {
        add(operation, language.clone());
        describe(operation);
    }
    for operation in [&mut item.post, &mut item.delete].into_iter().flatten() {
        add(operation, key.clone());
    }
}

/// Every answer needs a description; of what was asked for, its type says the rest.
fn describe(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description.push_str("What was asked for.");
        }
    }
}

fn add(operation: &mut Operation, parameter: Parameter) {
    operation.parameters.get_or_insert_default().push(parameter.into());
}

fn text() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).into()
}
