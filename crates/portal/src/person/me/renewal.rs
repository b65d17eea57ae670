//! A new identity document in place of the one that was confirmed: gates refuse a pass whose holder's document has
//! expired. What changes is looked at by an officer before the person's passes work again, and the page says so first.

use super::document::{self, Typed};
use super::page;
use crate::{Caller, Posted, Problem};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::PermitId;
use desk::Refusal;
use frame::maud::{Markup, html};
use frame::parts::warning;
use frame::say;
use park::{Document, WorkError};
use permits::Status;
use profile::{Form, Profile};

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let typed = document::standing(&caller, caller.person()?);
    shown(&caller, &typed)
}

pub(super) async fn renew(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let person = caller.person()?;
    let mut typed = Typed::posted(&posted);
    let form = form(&caller.portal.park.profile)?;
    let Some((kind, expires)) = document::checked(&caller, form, &mut typed) else { return faulty(&caller, &typed) };
    let document = Document { kind, number: &typed.number, expires };
    let done = caller.portal.park.confirm_document(&caller.as_person()?, person, &document, None).await;
    match done {
        Ok(_) => Ok(caller.done("me", "document-renewed")),
        Err(WorkError::Refused(Refusal::Parties(parties::Refusal::DocumentMustBeInForce))) => {
            typed.is_over(&caller);
            faulty(&caller, &typed)
        }
        Err(WorkError::Document(fault)) => {
            typed.is_wrong(&caller, fault);
            faulty(&caller, &typed)
        }
        Err(error) => Err(error.into()),
    }
}

/// Every service that asks for a document asks for it alike.
fn form(profile: &Profile) -> Result<&Form, Problem> {
    let mut forms = profile.services.values().map(|service| &service.form);
    forms.find(|form| form.field(document::KIND).is_some()).ok_or(Problem::NotFound)
}

fn faulty(caller: &Caller, typed: &Typed) -> Result<Response, Problem> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(caller, typed)?).into_response())
}

fn shown(caller: &Caller, typed: &Typed) -> Result<Markup, Problem> {
    let form = form(&caller.portal.park.profile)?;
    let stopping = stopping(caller)?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, say!(l, "own-renewal-title"))
        .lead(say!(l, "own-renewal-lead"))
        .reading()
        .faulty(!typed.errors.is_empty())
        .body(html! {
            (typed.errors.summary(l))
            @if !stopping.is_empty() {
                (warning(&say!(l, "own-warning"), &say!(l, "own-renewal-stops")))
                ul { @for pass in &stopping { li { (pass) } } }
            }
            (document::form(caller, &visit, form, typed))
        }))
}

/// The person's passes that stand still once another document is confirmed.
fn stopping(caller: &Caller) -> Result<Vec<PermitId>, Problem> {
    let (zone, now) = (caller.portal.park.zone(), caller.portal.park.now());
    let own = permits::of_holder(&zone.permits, caller.person()?);
    let in_force = own.filter(|(_, permit)| permit.status == Status::Valid && permit.issue.valid_until > now);
    Ok(in_force.map(|(id, _)| id).collect())
}
