//! Applying for oneself, from a service's own form.

use super::page;
use crate::application;
use crate::service_form::Filled;
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::response::Response;
use cases::About;
use frame::maud::Markup;
use frame::{Page, Visit};
use profile::{Applicant, Effect, Service};

/// What is erased is shown before it is asked for: that service has pages of its own.
fn service<'a>(caller: &'a Caller, key: &str) -> Result<&'a Service, Problem> {
    let service = application::service(caller, key, Applicant::Person)?;
    if matches!(service.effect, Effect::ErasePerson) { Err(Problem::NotFound) } else { Ok(service) }
}

pub(crate) async fn show(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    let service = service(&caller, &key)?;
    let about = About::Person(caller.person()?);
    Ok(application::show(&caller, headed(&caller.visit(), service), service, Some(about)))
}

pub(crate) async fn apply(
    caller: Caller,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let service = service(&caller, &key)?;
    let (actor, about) = (caller.as_person()?, About::Person(caller.person()?));
    let filled = Filled::read(&service.form, &posted);
    let visit = caller.visit();
    let page = headed(&visit, service);
    if let Some(answer) = application::of_another_version(&caller, page, service, &filled, &posted) {
        return Ok(answer);
    }
    let (value, once) = (filled.value(&service.form), once::key(&actor, &posted));
    match caller.portal.park.open_case(&actor, &service.key, about, &value, once).await {
        Ok(receipt) => {
            let case = application::opened(&receipt).ok_or(Problem::Broken)?;
            Ok(caller.done(&format!("me/cases/{case}"), "applied-for-oneself"))
        }
        Err(error) => application::again(&caller, headed(&caller.visit(), service), service, &filled, error),
    }
}

fn headed<'a>(visit: &'a Visit, service: &Service) -> Page<'a> {
    page(visit, service.name.get(visit.language).to_owned())
}
