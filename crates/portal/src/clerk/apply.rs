//! Applying for one person from the service's own form: a visitor, or a colleague who is on no roster.

use super::roster::guidance;
use super::{organisation, page, service};
use crate::service_form::{self, Filled};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use frame::maud::{Markup, html};
use frame::{Errors, Visit, Weight, say, submit};
use park::WorkError;
use profile::Service;

pub(super) async fn show(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    let service = service(&caller, &key)?;
    Ok(form(&caller.visit(), service, &Filled::default(), &Errors::new()))
}

pub(super) async fn apply(
    caller: Caller,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let service = service(&caller, &key)?;
    let organisation = organisation(&caller)?;
    let filled = Filled::read(&service.form, &posted);
    let value = filled.value(&service.form);
    let once = once::key(&caller.actor, &posted);
    let applied = caller.portal.park.apply_for(&caller.actor, organisation, &service.key, &value, once).await;
    let (status, errors) = match applied {
        Ok(_) => return Ok(caller.done("employer/people", "applied")),
        Err(WorkError::Form(faults)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, service_form::errors(caller.language, &service.form, &faults))
        }
        Err(WorkError::Document(fault)) => {
            let mut errors = Errors::new();
            errors.add(service_form::DOCUMENT_NUMBER, service_form::document_fault(caller.language, fault));
            (StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
        // What a room refused can be mended in the form too: a day that is past, a case already open.
        Err(WorkError::Refused(refusal)) => {
            let problem = Problem::from(WorkError::Refused(refusal));
            let told = problem.told(&caller);
            let mut errors = Errors::new();
            errors.add_general(format!("{} {}", told.text, told.remedy));
            (problem.status(), errors)
        }
        Err(error) => return Err(error.into()),
    };
    Ok((status, form(&caller.visit(), service, &filled, &errors)).into_response())
}

fn form(visit: &Visit, service: &Service, filled: &Filled, errors: &Errors) -> Markup {
    let l = visit.language;
    page(visit, service.name.get(l).to_owned())
        .caption(say!(l, "apply-caption"))
        .lead(service.summary.get(l))
        .reading()
        .faulty(!errors.is_empty())
        .body(html! {
            (errors.summary(l))
            (guidance(l, service))
            form method="post" novalidate {
                (visit.csrf_field())
                (once::field())
                (service_form::fields(l, &service.form, filled, errors))
                (submit(Weight::Primary, &say!(l, "apply-submit")))
            }
        })
}
