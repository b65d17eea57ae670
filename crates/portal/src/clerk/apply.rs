//! Applying from a service's own form: for the organisation itself, for a visitor, or for a colleague who is on no roster.

use super::{organisation, page, service};
use crate::application::{self, Applying};
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::Response;
use frame::maud::Markup;
use frame::{Page, Visit, say};
use profile::{About, Service};

pub(super) async fn show(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    application::show(&caller, &applying(&caller, service(&caller, &key)?)?)
}

pub(super) async fn apply(
    caller: Caller,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    application::apply(&caller, &applying(&caller, service(&caller, &key)?)?, &posted).await
}

/// The organisation itself, or nobody whom the park knows yet.
fn applying<'a>(caller: &Caller, service: &'a Service) -> Result<Applying<'a>, Problem> {
    let about = match service.about {
        About::Organisation => Some(cases::About::Organisation(organisation(caller)?)),
        About::Person => None,
        About::Permit | About::Case => return Err(Problem::NotFound),
    };
    Ok(Applying { actor: caller.actor.clone(), service, about, headed })
}

fn headed<'a>(visit: &'a Visit, service: &Service) -> Page<'a> {
    page(visit, service.name.get(visit.language).to_owned()).caption(say!(visit.language, "apply-caption"))
}
