//! Applying for oneself, from a service's own form.

use super::page;
use crate::application::{self, Applying};
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::Response;
use cases::About;
use frame::maud::Markup;
use frame::{Page, Visit};
use profile::{Applicant, Effect, Service};

pub(crate) async fn show(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    application::show(&caller, &applying(&caller, service(&caller, &key)?)?)
}

pub(crate) async fn apply(
    caller: Caller,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    application::apply(&caller, &applying(&caller, service(&caller, &key)?)?, &posted).await
}

/// What is erased is shown before it is asked for: that service has pages of its own.
fn service<'a>(caller: &'a Caller, key: &str) -> Result<&'a Service, Problem> {
    let service = application::service(caller, key, Applicant::Person)?;
    if matches!(service.effect, Effect::ErasePerson) { Err(Problem::NotFound) } else { Ok(service) }
}

fn applying<'a>(caller: &Caller, service: &'a Service) -> Result<Applying<'a>, Problem> {
    Ok(Applying { actor: caller.as_person()?, service, about: Some(About::Person(caller.person()?)), headed })
}

fn headed<'a>(visit: &'a Visit, service: &Service) -> Page<'a> {
    page(visit, service.name.get(visit.language).to_owned())
}
