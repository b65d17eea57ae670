//! Asking for one's personal data to be erased: the service's form, then a page that says what will be lost, then a case
//! that an office decides.

use super::page;
use crate::service_form::{self, Asking, Filled};
use crate::{Caller, Posted, Problem, once};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cases::{About, Stage};
use frame::maud::{Markup, PreEscaped, html};
use frame::parts::{summary_list, warning};
use frame::{Errors, Visit, Weight, button_link, buttons, hidden, say, submit};
use permits::Status;
use profile::{Applicant, Effect, Service};

/// Set by the page that says what will be lost.
const CONFIRMED: &str = "confirmed";

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    form_page(&caller, service(&caller)?, &Filled::default(), &Errors::new())
}

pub(super) async fn ask(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let service = service(&caller)?;
    let filled = Filled::read(&service.form.fields, &posted);
    let value = filled.value(&service.form);
    let faults = service.form.check(&value);
    if !faults.is_empty() {
        let errors = service_form::errors(caller.language, &service.form, &faults);
        let page = form_page(&caller, service, &filled, &errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if posted.text(CONFIRMED) != "yes" {
        return Ok(loss_page(&caller, service, &posted, &value)?.into_response());
    }
    let actor = caller.as_person()?;
    let (about, key) = (About::Person(caller.person()?), once::key(&actor, &posted));
    let receipt = caller.portal.park.open_case(&actor, &service.key, about, &value, key).await?;
    let case = park::Park::opened_case(&receipt).ok_or(Problem::Broken)?;
    Ok(caller.done(&format!("me/cases/{case}"), "erasure-asked"))
}

/// The zone's service by which people have their data erased.
fn service(caller: &Caller) -> Result<&Service, Problem> {
    let erases = |service: &&Service| {
        matches!(service.effect, Effect::ErasePerson) && service.may_be_applied_for_by(Applicant::Person)
    };
    caller.portal.park.profile.services.values().find(erases).ok_or(Problem::NotFound)
}

fn form_page(caller: &Caller, service: &Service, filled: &Filled, errors: &Errors) -> Result<Markup, Problem> {
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, service.name.get(l).to_owned())
        .crumb(say!(l, "own-settings-title"), visit.href("me/settings"))
        .lead(service.summary.get(l))
        .reading()
        .faulty(!errors.is_empty())
        .body(html! {
            (errors.summary(l))
            @for paragraph in service.guidance.get(l).lines().filter(|line| !line.trim().is_empty()) { p { (paragraph) } }
            form method="post" novalidate {
                (visit.csrf_field())
                (once::field())
                (service_form::fields(&Asking { caller, filled, errors, alone: false, draft: None }, &service.form.fields))
                (submit(Weight::Primary, &say!(l, "own-erasure-continue")))
            }
        }))
}

/// What this very person would lose, and what was answered, before anything is opened.
fn loss_page(
    caller: &Caller,
    service: &Service,
    posted: &Posted,
    value: &serde_json::Value,
) -> Result<Markup, Problem> {
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, say!(l, "own-erasure-title")).crumb(service.name.get(l), visit.href("me/erasure")).reading().body(
        html! {
            (warning(&say!(l, "own-warning"), &say!(l, "own-erasure-final")))
            (losses(caller, &visit)?)
            (summary_list(service_form::answers(l, &service.form, value)))
            form method="post" {
                (visit.csrf_field())
                // What was typed goes along, so that the next step has it whole.
                @for (name, text) in posted.pairs().filter(|(name, _)| !["csrf", CONFIRMED].contains(name)) {
                    (hidden(name, text))
                }
                (hidden(CONFIRMED, "yes"))
                (buttons(html! {
                    (submit(Weight::Grave, &say!(l, "own-erasure-ask")))
                    (button_link(Weight::Secondary, &say!(l, "own-keep"), &visit.href("me/settings")))
                }))
            }
        },
    ))
}

fn losses(caller: &Caller, visit: &Visit) -> Result<PreEscaped<String>, Problem> {
    let l = visit.language;
    let me = caller.person()?;
    let zone = caller.portal.park.zone();
    let passes: Vec<_> =
        permits::of_holder(&zone.permits, me).filter(|(_, permit)| permit.status != Status::Revoked).collect();
    let open: Vec<_> =
        cases::of_subject(&zone.cases, me).filter(|(_, case)| !matches!(case.stage, Stage::Decided(_))).collect();
    Ok(html! {
        h2 { (say!(l, "own-erasure-lost")) }
        ul {
            li { (say!(l, "own-erasure-lost-data")) }
            li { (say!(l, "own-erasure-lost-account")) }
            @for (id, _) in &passes { li { (say!(l, "own-erasure-lost-pass", pass = id.to_string())) } }
            @for (id, _) in &open { li { (say!(l, "own-erasure-lost-case", case = id.to_string())) } }
        }
        p { (say!(l, "own-erasure-kept")) }
    })
}
