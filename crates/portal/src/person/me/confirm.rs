//! Confirm and submit, step by step: the document, each consent, then submitting. The list of steps says what is done.

use super::{case_page, document, may, next};
use crate::clerk::named;
use crate::{Caller, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::CaseId;
use cases::Stage;
use desk::Refusal;
use frame::maud::html;
use frame::parts::{Link, Task, Tone, inset, tasks};
use frame::{Visit, Weight, problem, say, submit as button};
use parties::Person;
use profile::{Consent, Service};

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let id: CaseId = named(&id)?;
    shown(&caller, id, None)
}

pub(super) async fn submit(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let id: CaseId = named(&id)?;
    let park = &caller.portal.park;
    let command = cases::Command::Submit { case: id };
    let submitted = park.desk.command(caller.as_person()?, park.now(), command).await;
    match submitted.map_err(Problem::from) {
        Ok(_) => Ok(caller.done(&format!("me/cases/{id}"), "case-submitted")),
        // What is still to be done stands on the list: it is shown again, with the reason above it.
        Err(Problem::Refused(refusal)) if is_step_missing(&refusal) => shown(&caller, id, Some(&refusal)),
        Err(problem) => Err(problem),
    }
}

fn is_step_missing(refusal: &Refusal) -> bool {
    use cases::Refusal as Cases;
    matches!(refusal, Refusal::Cases(Cases::DocumentMustBeConfirmed | Cases::ConsentMustBeGiven { .. }))
}

/// The service of a case that the person may submit.
pub(super) fn service(caller: &Caller, id: CaseId) -> Result<&Service, Problem> {
    let zone = caller.portal.park.zone();
    let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
    may(caller, &zone, (id, case), "submit_case")?;
    caller.portal.park.profile.service_at(&case.service, case.service_version).ok_or(Problem::NotFound)
}

/// Whether this very version was agreed to.
pub(super) fn is_given(person: &Person, consent: &Consent) -> bool {
    person.consents.iter().any(|given| given.key == consent.key && given.version == consent.version)
}

fn shown(caller: &Caller, id: CaseId, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let service = service(caller, id)?;
    let zone = caller.portal.park.zone();
    let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
    if case.stage != Stage::Confirming {
        let passed = cases::Refusal::CaseMustBeConfirming { case: id };
        return Err(Problem::Refused(Box::new(Refusal::Cases(passed))));
    }
    let person = parties::person(&zone.parties, case.subject).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    let (steps, ready) = steps(caller, &visit, id, person, service);
    let told = refusal.map(|refusal| Problem::Refused(Box::new(refusal.clone())).told(caller));
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = case_page(&visit, id, service.name.get(l), say!(l, "own-confirm-title"))
        .lead(say!(l, "own-confirm-lead"))
        .reading()
        .faulty(refusal.is_some())
        .body(html! {
            @if let Some(told) = told { (problem(l, &told.text, &told.remedy, told.section.as_deref())) }
            (tasks(&steps))
            h2 { (say!(l, "own-submit-title")) }
            @if ready { p { (say!(l, "own-submit-text")) } } @else { (inset(html! { p { (say!(l, "own-submit-not-yet")) } })) }
            form method="post" {
                (visit.csrf_field())
                (button(if ready { Weight::Primary } else { Weight::Secondary }, &say!(l, "own-submit-button")))
            }
            p { a href=(visit.href(&format!("me/cases/{id}/withdraw"))) { (say!(l, "own-submit-rather-not")) } }
        });
    Ok((status, page).into_response())
}

/// The steps before submitting, and whether all are done.
fn steps(caller: &Caller, visit: &Visit, id: CaseId, person: &Person, service: &Service) -> (Vec<Task>, bool) {
    let l = visit.language;
    let profile = &caller.portal.park.profile;
    let today = profile.local_date(person.home_bank, caller.portal.park.now());
    let document = person.document.as_ref().filter(|document| document.expires >= today);
    let done = |done: bool| {
        if done { (Tone::Good, say!(l, "own-step-done")) } else { (Tone::Caution, say!(l, "own-task-to-do")) }
    };
    let mut ready = document.is_some();
    let mut steps = vec![Task {
        link: Link::new(say!(l, "own-document-title"), visit.href(&format!("me/cases/{id}/confirm/document"))),
        hint: document.map(|document| document::in_short(caller, document)),
        status: done(ready),
    }];
    for consent in &service.consents {
        let given = is_given(person, consent);
        ready &= given;
        let href = visit.href(&format!("me/cases/{id}/confirm/consents/{}", consent.key));
        steps.push(Task {
            link: Link::new(say!(l, "own-consent-step", purpose = consent.purpose.get(l)), href),
            hint: Some(next::office_name(caller, &consent.authority)),
            status: done(given),
        });
    }
    (steps, ready)
}
