//! Applying for a service, whoever applies: the pre-check before any typing, the service's own form, and what becomes of
//! what was sent.
//!
//! It knows no service by name. Whether somebody may apply is the rooms' and the rulebook's to say.

use crate::clerk::{guidance, named};
use crate::service_form::{self, Filled};
use crate::{Caller, Posted, Problem, once};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::CaseId;
use cases::About;
use desk::{Event, Receipt};
use frame::maud::{Markup, html};
use frame::parts::inset;
use frame::{Errors, Page, Weight, button_link, buttons, format, say, submit};
use park::WorkError;
use profile::{Applicant, DocumentAsked, Fee, Service, money};

/// The version of the service that the form was shown for.
const VERSION: &str = "service-version";

/// The service, if it may be applied for in this capacity.
pub(crate) fn service<'a>(caller: &'a Caller, key: &str, capacity: Applicant) -> Result<&'a Service, Problem> {
    let service = caller.portal.park.profile.service(&named(key)?).ok_or(Problem::NotFound)?;
    // What changes a case is asked for on that case's page.
    let here = service.about != profile::About::Case && service.may_be_applied_for_by(capacity);
    if here { Ok(service) } else { Err(Problem::NotFound) }
}

/// The form, or why it is of no use to this caller to fill it in. `about` is none where the form names somebody new.
pub(crate) fn show(caller: &Caller, page: Page, service: &Service, about: Option<About>) -> Markup {
    match caller.portal.park.check_opening(&caller.actor, &service.key, about) {
        Ok(()) => form(caller, page, service, &Filled::suggested(&service.form, caller), &Errors::new()),
        Err(refusal) => cannot(caller, page, service, refusal),
    }
}

/// What was typed comes back with what was wrong with it; what cannot be mended there is the caller's problem.
pub(crate) fn again(
    caller: &Caller,
    page: Page,
    service: &Service,
    filled: &Filled,
    error: WorkError,
) -> Result<Response, Problem> {
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
            let told = problem.told(caller);
            let mut errors = Errors::new();
            errors.add_general([told.text, told.remedy].join(format::sentence_gap(caller.language)));
            (problem.status(), errors)
        }
        error => return Err(error.into()),
    };
    Ok((status, form(caller, page, service, filled, &errors)).into_response())
}

/// A form that was shown for another version of the service is not taken: its questions, its offices and what was agreed
/// to may be others. What was typed comes back in the form as it is now, and what is asked no more beside it.
pub(crate) fn of_another_version(
    caller: &Caller,
    page: Page,
    service: &Service,
    filled: &Filled,
    posted: &Posted,
) -> Option<Response> {
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
    Some((StatusCode::CONFLICT, form(caller, page, service, filled, &errors)).into_response())
}

/// The case that a submission opened.
pub(crate) fn opened(receipt: &Receipt) -> Option<CaseId> {
    receipt.events.iter().find_map(|event| match event {
        Event::Cases(cases::Event::Opened { case, .. }) => Some(*case),
        Event::Zone(_)
        | Event::Parties(_)
        | Event::Cases(_)
        | Event::Permits(_)
        | Event::People(_)
        | Event::Letters(_) => None,
    })
}

fn form(caller: &Caller, page: Page, service: &Service, filled: &Filled, errors: &Errors) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    page.lead(service.summary.get(l)).reading().faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        (guidance(l, service))
        (at_hand(caller, service))
        form method="post" novalidate {
            (visit.csrf_field())
            (once::field())
            (frame::hidden(VERSION, &service.version.to_string()))
            (service_form::fields(l, &service.form, filled, errors))
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
