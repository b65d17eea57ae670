//! Applying from a service's own form: for the organisation itself, for a visitor, or for a colleague who is on no roster.

use super::{organisation, page, service};
use crate::application;
use crate::service_form::Filled;
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::response::Response;
use frame::maud::Markup;
use frame::{Page, Visit, say};
use profile::{About, Service};

pub(super) async fn show(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    let service = service(&caller, &key)?;
    let about = about(&caller, service)?;
    Ok(application::show(&caller, headed(&caller.visit(), service), service, about))
}

pub(super) async fn apply(
    caller: Caller,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let service = service(&caller, &key)?;
    let filled = Filled::read(&service.form, &posted);
    let visit = caller.visit();
    let page = headed(&visit, service);
    if let Some(answer) = application::of_another_version(&caller, page, service, &filled, &posted) {
        return Ok(answer);
    }
    let value = filled.value(&service.form);
    let once = once::key(&caller.actor, &posted);
    let park = &caller.portal.park;
    let applied = match about(&caller, service)? {
        Some(about) => {
            let opened = park.open_case(&caller.actor, &service.key, about, &value, once).await;
            opened.map(|receipt| application::opened(&receipt))
        }
        None => {
            let organisation = organisation(&caller)?;
            park.apply_for(&caller.actor, organisation, &service.key, &value, once).await.map(|_| None)
        }
    };
    match applied {
        Ok(Some(case)) => Ok(caller.done(&format!("me/cases/{case}"), "applied-for-organisation")),
        Ok(None) => Ok(caller.done("employer/people", "applied")),
        Err(error) => application::again(&caller, headed(&caller.visit(), service), service, &filled, error),
    }
}

/// The organisation itself, or nobody whom the park knows yet.
fn about(caller: &Caller, service: &Service) -> Result<Option<cases::About>, Problem> {
    match service.about {
        About::Organisation => Ok(Some(cases::About::Organisation(organisation(caller)?))),
        About::Person => Ok(None),
        About::Permit | About::Case => Err(Problem::NotFound),
    }
}

fn headed<'a>(visit: &'a Visit, service: &Service) -> Page<'a> {
    page(visit, service.name.get(visit.language).to_owned()).caption(say!(visit.language, "apply-caption"))
}
