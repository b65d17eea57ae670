//! Applying for a service, whoever applies: the pre-check before any typing, the service's own form or the draft that is
//! begun, and what becomes of what was sent.
//!
//! It knows no service by name. Whether somebody may apply is the rooms' and the rulebook's to say.

use crate::clerk::{guidance, named};
use crate::service_form::{self, Asking, Filled, Pressed};
use crate::{Caller, Posted, Problem, drafts, once};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base::Actor;
use cases::About;
use frame::maud::{Markup, html};
use frame::parts::inset;
use frame::{Errors, Page, Visit, Weight, button_link, buttons, first_submit, format, say, submit};
use park::{Park, WorkError};
use profile::{Applicant, DocumentAsked, Fee, Service, money};

/// The version of the service that the form was shown for.
pub(crate) const VERSION: &str = "service-version";

/// Who applies for what: about themself, the organisation, or somebody whom the form names.
pub(crate) struct Applying<'a> {
    pub actor: Actor,
    pub service: &'a Service,
    /// None where the form names somebody new.
    pub about: Option<About>,
    pub headed: for<'v> fn(&'v Visit, &Service) -> Page<'v>,
}

/// The service, if it may be applied for in this capacity.
pub(crate) fn service<'a>(caller: &'a Caller, key: &str, capacity: Applicant) -> Result<&'a Service, Problem> {
    let service = caller.portal.park.profile.service(&named(key)?).ok_or(Problem::NotFound)?;
    // What changes a case is asked for on that case's page.
    let here = service.about != profile::About::Case && service.may_be_applied_for_by(capacity);
    if here { Ok(service) } else { Err(Problem::NotFound) }
}

/// The form or the way to a draft, or why it is of no use to this caller to fill anything in.
pub(crate) fn show(caller: &Caller, applying: &Applying) -> Result<Markup, Problem> {
    let Applying { actor, service, about, headed } = applying;
    let visit = caller.visit();
    let page = headed(&visit, service);
    Ok(match caller.portal.park.check_opening(actor, &service.key, *about) {
        Ok(()) if service.is_applied_for_in_steps() => drafts::before_begin(caller, page, applying)?,
        Ok(()) => form(caller, page, service, &Filled::suggested(&service.form, caller), &Errors::new()),
        Err(refusal) => cannot(caller, page, service, refusal),
    })
}

/// Sends the form in, or begins a draft.
pub(crate) async fn apply(caller: &Caller, applying: &Applying<'_>, posted: &Posted) -> Result<Response, Problem> {
    let Applying { actor, service, about, .. } = applying;
    let park = &caller.portal.park;
    if service.is_applied_for_in_steps() {
        let draft = park.begin_draft(actor, &service.key, *about).await?;
        return Ok(Redirect::to(&caller.href(&format!("drafts/{}", draft.id))).into_response());
    }
    let mut filled = Filled::read(&service.form.fields, posted);
    filled.resolve(caller, &service.form.fields);
    if let Some(answer) = of_another_version(caller, applying, &filled, posted) {
        return Ok(answer);
    }
    let pressed = Pressed::of(posted);
    if pressed != Pressed::Send {
        filled.pressed(&pressed, &service.form.fields);
        let visit = caller.visit();
        return Ok(form(caller, (applying.headed)(&visit, service), service, &filled, &Errors::new()).into_response());
    }
    let (value, once) = (filled.value(&service.form), once::key(actor, posted));
    let applied = match about {
        Some(about) => {
            let opened = park.open_case(actor, &service.key, *about, &value, once).await;
            opened.and_then(|receipt| Park::opened_case(&receipt).ok_or(WorkError::NotFound)).map(Some)
        }
        None => {
            let organisation = actor.organisation().ok_or(Problem::WrongCapacity)?;
            park.apply_for(actor, organisation, &service.key, &value, once).await.map(|_| None)
        }
    };
    match applied {
        Ok(Some(case)) => Ok(done(caller, actor, case)),
        Ok(None) => Ok(caller.done("employer/people", "applied")),
        Err(error) => again(caller, applying, &filled, error),
    }
}

/// Where somebody goes whose application is in.
pub(crate) fn done(caller: &Caller, actor: &Actor, case: base::CaseId) -> Response {
    let what = match actor {
        Actor::Clerk { .. } | Actor::Delegate { .. } => "applied-for-organisation",
        _ => "applied-for-oneself",
    };
    caller.done(&format!("me/cases/{case}"), what)
}

/// What was typed comes back with what was wrong with it; what cannot be mended there is the caller's problem.
fn again(caller: &Caller, applying: &Applying, filled: &Filled, error: WorkError) -> Result<Response, Problem> {
    let service = applying.service;
    let (status, errors) = match error {
        WorkError::Form(faults) => {
            (StatusCode::UNPROCESSABLE_ENTITY, service_form::errors(caller.language, &service.form, &faults))
        }
        WorkError::Document(fault) => {
            let mut errors = Errors::new();
            errors.add(service_form::DOCUMENT_NUMBER, service_form::document_fault(caller.language, fault));
            (StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
        // What a room refused can be mended in the form too: a day that is past, a case already open.
        WorkError::Refused(refusal) => {
            let problem = Problem::from(WorkError::Refused(refusal));
            let mut errors = Errors::new();
            errors.add_general(in_one(caller, &problem));
            (problem.status(), errors)
        }
        error => return Err(error.into()),
    };
    let visit = caller.visit();
    Ok((status, form(caller, (applying.headed)(&visit, service), service, filled, &errors)).into_response())
}

/// A form that was shown for another version of the service is not taken: its questions, its offices and what was agreed
/// to may be others. What was typed comes back in the form as it is now, and what is asked no more beside it.
fn of_another_version(caller: &Caller, applying: &Applying, filled: &Filled, posted: &Posted) -> Option<Response> {
    let service = applying.service;
    let shown: u32 = posted.text(VERSION).parse().unwrap_or(service.version);
    if shown == service.version {
        return None;
    }
    let l = caller.language;
    let mut errors = Errors::new();
    errors.add_general(say!(
        l,
        "apply-other-version",
        shown = shown.to_string(),
        version = service.version.to_string()
    ));
    for (label, typed) in
        service_form::asked_no_more(l, caller.portal.park.profile.service_version(&service.key, shown), service, posted)
    {
        errors.add_general(say!(l, "apply-asked-no-more", label = label, typed = typed));
    }
    let visit = caller.visit();
    let page = (applying.headed)(&visit, service);
    Some((StatusCode::CONFLICT, form(caller, page, service, filled, &errors)).into_response())
}

/// What a problem says, and what to do.
pub(crate) fn in_one(caller: &Caller, problem: &Problem) -> String {
    let told = problem.told(caller);
    [told.text, told.remedy].join(format::sentence_gap(caller.language))
}

fn form(caller: &Caller, page: Page, service: &Service, filled: &Filled, errors: &Errors) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    let asking = Asking { caller, filled, errors, alone: false, draft: None };
    page.lead(service.summary.get(l)).reading().faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        (guidance(l, service))
        (at_hand(caller, service))
        form method="post" novalidate {
            (visit.csrf_field())
            (once::field())
            (frame::hidden(VERSION, &service.version.to_string()))
            (first_submit("then", "send"))
            (service_form::fields(&asking, &service.form.fields))
            (submit(Weight::Primary, &say!(l, "apply-submit")))
        }
    })
}

/// Said before anything was typed: why not, what to do, and under which section.
fn cannot(caller: &Caller, page: Page, service: &Service, refusal: desk::Refusal) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    let told = Problem::from(WorkError::Refused(refusal)).told(caller);
    page.lead(service.summary.get(l)).reading().body(html! {
        (inset(html! {
            p { strong { (say!(l, "apply-cannot")) } }
            p { (told.text) }
            @if !told.remedy.is_empty() { p { (told.remedy) } }
            @if let Some(section) = &told.section { p.hint { (crate::help::source(caller, section)) } }
        }))
        (buttons(button_link(
            Weight::Secondary,
            &say!(l, "apply-back"),
            &visit.href(&format!("services/{}", service.key)),
        )))
    })
}

/// Documents to have ready and what it costs, before typing begins.
pub(crate) fn at_hand(caller: &Caller, service: &Service) -> Markup {
    let l = caller.language;
    let document = |document: &DocumentAsked| {
        let name = document.name.get(l);
        if document.required { name.to_owned() } else { say!(l, "form-optional", label = name) }
    };
    let fee = |fee: &Fee| {
        let amount = format!("{} {}", fee.currency.code(), money::typed(fee.amount_minor));
        say!(l, "services-fee", name = fee.name.get(l), amount = amount)
    };
    html! {
        @if !service.documents.is_empty() {
            h2 { (say!(l, "services-documents")) }
            ul { @for asked in &service.documents { li { (document(asked)) } } }
        }
        @if !service.fees.is_empty() {
            h2 { (say!(l, "services-fees")) }
            ul { @for asked in &service.fees { li { (fee(asked)) } } }
        }
    }
}
