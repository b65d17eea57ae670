//! A case for the revocation of a pass: opened by an officer, decided by the supervision office.

use super::{office, page};
use crate::clerk::{guidance, named};
use crate::service_form::{self, Asking, Filled};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::PermitId;
use cases::About;
use frame::maud::{Markup, html};
use frame::{Errors, Weight, say, submit};
use park::WorkError;
use profile::{Applicant, Effect, Service};

/// The service that revokes passes, whatever the zone calls it.
fn service(caller: &Caller) -> Result<&Service, Problem> {
    let services = caller.portal.park.profile.services.values();
    let revokes = |service: &&Service| {
        service.may_be_applied_for_by(Applicant::Officer) && matches!(service.effect, Effect::RevokePermit)
    };
    services.into_iter().find(revokes).ok_or(Problem::NotFound)
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    form(&caller, named(&id)?, &Filled::default(), &Errors::new())
}

pub(super) async fn open(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let permit: PermitId = named(&id)?;
    let service = service(&caller)?;
    let filled = Filled::read(&service.form.fields, &posted);
    let value = filled.value(&service.form);
    let once = once::key(&caller.actor, &posted);
    let about = About::Permit(permit);
    match caller.portal.park.open_case(&caller.actor, &service.key, about, &value, once).await {
        Ok(_) => Ok(caller.done(&format!("office/passes/{permit}"), "revocation-opened")),
        Err(WorkError::Form(faults)) => {
            let errors = service_form::errors(caller.language, &service.form, &faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&caller, permit, &filled, &errors)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn form(caller: &Caller, permit: PermitId, filled: &Filled, errors: &Errors) -> Result<Markup, Problem> {
    let office = office(caller)?;
    caller.portal.permit(&caller.portal.park.zone(), &caller.actor, permit)?;
    let service = service(caller)?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, office, service.name.get(l).to_owned())
        .crumb(say!(l, "pass-title", permit = permit.to_string()), visit.href(&format!("office/passes/{permit}")))
        .lead(service.summary.get(l))
        .reading()
        .faulty(!errors.is_empty())
        .body(html! {
            (errors.summary(l))
            (guidance(l, service))
            form method="post" novalidate {
                (visit.csrf_field())
                (once::field())
                (service_form::fields(&Asking { caller, filled, errors, alone: false, draft: None }, &service.form.fields))
                (submit(Weight::Primary, &say!(l, "revocation-submit")))
            }
        }))
}
