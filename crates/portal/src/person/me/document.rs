//! The first step of confirming: the identity document, as the employer gave it, checked and if need be corrected by the
//! person who holds it.

use super::{case_page, confirm, may};
use crate::clerk::named;
use crate::service_form::{self, DOCUMENT_NUMBER as NUMBER};
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{CaseId, Date, Key, PersonId};
use desk::Refusal;
use frame::maud::{Markup, html};
use frame::{Choice, Errors, Field, Size, Visit, Weight, format, say, submit};
use park::{Document, WorkError};
use profile::{FieldKind, Form};
use rosters::{DocumentKind, FaultCode};

/// What every service's form calls the other two.
pub(super) const KIND: &str = "document-kind";
const EXPIRES: &str = "document-expires";
/// The longest number that the field takes; the form's schema is stricter.
const NUMBER_CHARS_MAX: u32 = 40;

/// The three fields as they stand or were typed.
#[derive(Default)]
pub(super) struct Typed {
    kind: String,
    pub(super) number: String,
    expires: String,
    pub(super) errors: Errors,
}

impl Typed {
    pub(super) fn posted(posted: &Posted) -> Self {
        Self {
            kind: posted.text(KIND).to_owned(),
            number: posted.text(NUMBER).to_owned(),
            expires: posted.date(EXPIRES),
            errors: Errors::new(),
        }
    }

    /// The document ran out before today.
    pub(super) fn is_over(&mut self, caller: &Caller) {
        self.errors.add(EXPIRES, say!(caller.language, "own-document-over"));
    }

    /// No document of its kind has such a number.
    pub(super) fn is_wrong(&mut self, caller: &Caller, fault: FaultCode) {
        self.errors.add(NUMBER, service_form::document_fault(caller.language, fault));
    }
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let (id, person) = confirming(&caller, &id)?;
    shown(&caller, id, &standing(&caller, person))
}

pub(super) async fn confirm(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let (id, person) = confirming(&caller, &id)?;
    let mut typed = Typed::posted(&posted);
    let service = confirm::service(&caller, id)?;
    let (kind, expires) = match checked(&caller, &service.form, &mut typed) {
        Some(checked) => checked,
        None => return faulty(&caller, id, &typed),
    };
    let document = Document { kind, number: &typed.number, expires };
    let done = caller.portal.park.confirm_document(&caller.as_person()?, person, &document, None).await;
    match done {
        Ok(_) => Ok(caller.done(&format!("me/cases/{id}/confirm"), "document-confirmed")),
        Err(WorkError::Refused(Refusal::Parties(parties::Refusal::DocumentMustBeInForce))) => {
            typed.is_over(&caller);
            faulty(&caller, id, &typed)
        }
        Err(WorkError::Document(fault)) => {
            typed.is_wrong(&caller, fault);
            faulty(&caller, id, &typed)
        }
        Err(error) => Err(error.into()),
    }
}

fn confirming(caller: &Caller, id: &str) -> Result<(CaseId, PersonId), Problem> {
    let id: CaseId = named(id)?;
    let zone = caller.portal.park.zone();
    let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
    may(caller, &zone, (id, case), "submit_case")?;
    Ok((id, case.subject))
}

/// What the person confirmed before, else what the employer's row or the host's form says.
pub(super) fn standing(caller: &Caller, person: PersonId) -> Typed {
    let park = &caller.portal.park;
    let zone = park.zone();
    let confirmed = parties::person(&zone.parties, person).and_then(|known| known.document.as_ref());
    if let (Some(document), Some(number)) = (confirmed, park.confirmed_document_number(person)) {
        let (kind, expires) = (document.kind.to_string(), document.expires.to_string());
        return Typed { kind, number, expires, errors: Errors::new() };
    }
    let details = park.details(person).unwrap_or_default();
    let expires = details.document_expires.map(|date| date.to_string()).unwrap_or_default();
    Typed { kind: details.document_kind, number: details.document_number, expires, errors: Errors::new() }
}

/// The form's own schema judges the three fields; what it says of the others is not asked here.
pub(super) fn checked(caller: &Caller, form: &Form, typed: &mut Typed) -> Option<(Key, Date)> {
    // However it was spaced and bracketed, the schema sees it in the kind's one form.
    let one_form = DocumentKind::of_code(&typed.kind).and_then(|kind| kind.number(&typed.number).ok());
    typed.number = one_form.unwrap_or_else(|| typed.number.to_ascii_uppercase());
    let fields = [(KIND, typed.kind.as_str()), (NUMBER, typed.number.as_str()), (EXPIRES, typed.expires.as_str())];
    let mut faults = form.check(&form.value_of(fields));
    faults.retain(|fault| fields.iter().any(|(name, _)| fault.field == *name));
    typed.errors = service_form::errors(caller.language, form, &faults);
    if !typed.errors.is_empty() {
        return None;
    }
    Some((Key::new(&typed.kind)?, typed.expires.parse().ok()?))
}

fn faulty(caller: &Caller, id: CaseId, typed: &Typed) -> Result<Response, Problem> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(caller, id, typed)?).into_response())
}

fn shown(caller: &Caller, id: CaseId, typed: &Typed) -> Result<Markup, Problem> {
    let service = confirm::service(caller, id)?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(case_page(&visit, id, service.name.get(l), say!(l, "own-document-title"))
        .crumb(say!(l, "own-confirm-title"), visit.href(&format!("me/cases/{id}/confirm")))
        .lead(say!(l, "own-document-lead"))
        .reading()
        .faulty(!typed.errors.is_empty())
        .body(html! {
            (typed.errors.summary(l))
            (form(caller, &visit, &service.form, typed))
        }))
}

/// The three fields as the service's form asks for them.
pub(super) fn form(caller: &Caller, visit: &Visit, form: &Form, typed: &Typed) -> Markup {
    let l = visit.language;
    html! {
        form method="post" novalidate {
            (visit.csrf_field())
            (kind_field(caller, form, typed))
            (field(caller, form, NUMBER, &typed.number, typed).size(Size::Medium)
                .characters_max(NUMBER_CHARS_MAX).without_spell_check().text())
            (field(caller, form, EXPIRES, &typed.expires, typed).date(l))
            (submit(Weight::Primary, &say!(l, "own-document-confirm")))
        }
    }
}

/// A field of the form, with its own label and hint.
fn field<'a>(caller: &Caller, form: &'a Form, name: &'a str, value: &'a str, typed: &'a Typed) -> Field<'a> {
    let l = caller.language;
    let known = form.field(name);
    let shown = Field::new(name, known.map_or(name, |field| field.label.get(l))).value(value).errors(&typed.errors);
    match known.and_then(|field| field.hint.as_ref()) {
        Some(hint) => shown.hint(hint.get(l)),
        None => shown,
    }
}

fn kind_field(caller: &Caller, form: &Form, typed: &Typed) -> Markup {
    let options = match form.field(KIND).map(|field| &field.kind) {
        Some(FieldKind::Choice(options)) => options.as_slice(),
        _ => &[],
    };
    let choices = options.iter().map(|option| Choice::new(option.key.as_str(), option.label.get(caller.language)));
    field(caller, form, KIND, &typed.kind, typed).radios(&choices.collect::<Vec<_>>())
}

/// The document in one line, as the task list shows it.
pub(super) fn in_short(caller: &Caller, document: &parties::Document) -> String {
    let l = caller.language;
    if document.expires == rosters::NO_EXPIRY {
        return say!(l, "own-document-confirmed");
    }
    say!(l, "own-document-confirmed-until", date = format::date(l, document.expires))
}
