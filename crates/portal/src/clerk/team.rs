//! Applying for several people in one go: what they have in common once, then each of them.

use super::{organisation, page, service};
use crate::application;
use crate::service_form::{self, Asking, Filled, Pressed, team_errors};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use frame::maud::{Markup, html};
use frame::{Errors, Visit, Weight, first_submit, rows_of, say, submit};
use park::{TEAM, WorkError, team_field};
use profile::{Field, Service};

type Place = Path<(String, String)>;

/// A service that takes a team.
fn for_teams<'a>(caller: &'a Caller, key: &str) -> Result<&'a Service, Problem> {
    let service = service(caller, key)?;
    if service.form.team_most.is_some() { Ok(service) } else { Err(Problem::NotFound) }
}

pub(super) async fn show(caller: Caller, Path((_, key)): Place) -> Result<Markup, Problem> {
    let service = for_teams(&caller, &key)?;
    caller.portal.park.check_opening(&caller.actor, &service.key, None).map_err(WorkError::from)?;
    Ok(form(&caller, service, &Filled::default(), &Errors::new()))
}

pub(super) async fn apply(caller: Caller, Path((_, key)): Place, posted: Posted) -> Result<Response, Problem> {
    let service = for_teams(&caller, &key)?;
    let mut filled = Filled::read_team(&service.form, &posted);
    match Pressed::of(&posted) {
        Pressed::Send => {}
        Pressed::Add(_) => {
            filled.add_person(&service.form);
            return Ok(form(&caller, service, &filled, &Errors::new()).into_response());
        }
        Pressed::Remove(_, place) => {
            filled.remove_person(place);
            return Ok(form(&caller, service, &filled, &Errors::new()).into_response());
        }
        Pressed::Look | Pressed::Files(_) | Pressed::Later => {
            return Ok(form(&caller, service, &filled, &Errors::new()).into_response());
        }
    }
    let (people, once) = (filled.team(&service.form), once::key(&caller.actor, &posted));
    let park = &caller.portal.park;
    let (status, errors) =
        match park.apply_for_team(&caller.actor, organisation(&caller)?, &service.key, &people, once).await {
            Ok(_) => return Ok(caller.done("employer/people", "applied-for-team")),
            Err(WorkError::Form(faults)) => {
                (StatusCode::UNPROCESSABLE_ENTITY, team_errors(caller.language, &service.form, &faults))
            }
            Err(WorkError::Refused(refusal)) => {
                let problem = Problem::from(WorkError::Refused(refusal));
                let mut errors = Errors::new();
                errors.add_general(application::in_one(&caller, &problem));
                (problem.status(), errors)
            }
            Err(error) => return Err(error.into()),
        };
    Ok((status, form(&caller, service, &filled, &errors)).into_response())
}

fn form(caller: &Caller, service: &Service, filled: &Filled, errors: &Errors) -> Markup {
    let l = caller.language;
    let visit: Visit = caller.visit();
    let asking = Asking { caller, filled, errors, alone: false, draft: None };
    let of_each = || service.form.fields.iter().filter(|field: &&Field| !field.common);
    let people: Vec<(String, Markup)> = (0..filled.people())
        .map(|place| {
            let heading = say!(l, "team-person", number = (place + 1).to_string());
            (heading, asking.fields_at(of_each(), &team_field(place, "")))
        })
        .collect();
    let most = usize::from(service.form.team_most.unwrap_or(1));
    let shared = service.form.fields.iter().filter(|field| field.common);
    let title = say!(l, "team-title", service = service.name.get(l));
    page(&visit, title).lead(say!(l, "team-lead")).reading().faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        form method="post" novalidate {
            (visit.csrf_field())
            (once::field())
            (first_submit("then", "send"))
            h2 { (say!(l, "team-common")) }
            (service_form::fields(&asking, shared))
            h2 { (say!(l, "team-people")) }
            (rows_of(l, TEAM, &people, 1, most))
            (submit(Weight::Primary, &say!(l, "team-submit")))
        }
    })
}
