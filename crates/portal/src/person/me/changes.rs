//! What may be asked of a decided application later: offered with its days, and asked on a page of its own.

use super::case::View;
use super::{case_page, page};
use crate::clerk::named;
use crate::service_form::{self, Asking, Filled};
use crate::{Caller, Posted, Problem, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, CaseId};
use cases::{About, Link, Offer};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{card, inset};
use frame::{Errors, Visit, Weight, button_link, buttons, format, say, submit};
use park::{Park, WorkError};
use profile::{ChangeKind, Service};

type ChangePath = Path<(String, String, String)>;

/// Each change that the application's service allows, with the days on which it can be asked.
pub(super) fn offered(view: &View) -> Markup {
    let park = &view.caller.portal.park;
    let zone = view.zone;
    let offers = cases::offers(&zone.cases, &zone.permits, &park.profile, view.id, view.case, park.now());
    html! {
        @if !offers.is_empty() {
            h2 { (say!(view.visit.language, "changes")) }
            @for offer in &offers { (one(view, offer)) }
        }
    }
}

fn one(view: &View, offer: &Offer) -> Markup {
    let l = view.visit.language;
    let Some(service) = view.caller.portal.park.profile.service(&offer.service) else { return html! {} };
    let href = view.visit.href(&format!("me/cases/{}/change/{}", view.id, offer.kind.as_str()));
    card(
        service.name.get(l),
        html! {
            p { (service.summary.get(l)) }
            @if let Some(from) = offer.from {
                p.govuk-hint { (say!(l, "changes-from", date = format::date(l, from))) }
            } @else {
                @if let Some(until) = offer.until {
                    p.govuk-hint { (say!(l, "changes-until", date = format::date(l, until))) }
                }
                (buttons(button_link(Weight::Secondary, service.name.get(l), &href)))
            }
        },
    )
}

/// The change named in the address, and who asks for it.
struct Asked {
    link: Link,
    caller: Caller,
    /// The service that carries it out, and the one whose form is asked.
    service: Service,
    form: Service,
}

fn asked(caller: Caller, id: &str, kind: &str) -> Result<Asked, Problem> {
    let id: CaseId = named(id)?;
    let kind = ChangeKind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or(Problem::NotFound)?;
    let portal = caller.portal.clone();
    let zone = portal.park.zone();
    let first = portal.case(&zone, &caller.on_case(id)?, id)?;
    let root = cases::root(&zone.cases, first);
    let profile = &portal.park.profile;
    let changes = profile.service_at(&root.service, root.service_version).map(|service| &service.changes);
    let change = changes.into_iter().flatten().find(|change| change.kind == kind).ok_or(Problem::NotFound)?;
    let service = profile.service(&change.service).ok_or(Problem::NotFound)?;
    let link = Link { case: id, kind };
    let form = cases::form_service(&zone.cases, profile, service, About::Change(link));
    let (service, form) = (service.clone(), form.clone());
    let mut caller = caller;
    caller.actor = acting(&caller, &zone, id, root)?;
    Ok(Asked { link, caller, service, form })
}

/// Of what is an organisation's, its clerk or delegate asks; of one's own, the person.
fn acting(caller: &Caller, zone: &Zone, id: CaseId, root: &cases::Case) -> Result<Actor, Problem> {
    let About::Organisation(of) = root.about else { return caller.as_person() };
    let me = caller.person()?;
    if let Actor::Delegate { organisation, .. } = caller.on_case(id)?
        && organisation == of
    {
        return caller.on_case(id);
    }
    let clerk = parties::person(&zone.parties, me).and_then(|person| person.clerk_of).filter(|own| *own == of);
    clerk.map(|organisation| Actor::Clerk { person: me, organisation }).ok_or(Problem::WrongCapacity)
}

/// The form, with what was answered first where it is asked again; or why it is of no use to fill it in.
pub(super) async fn show(caller: Caller, Path((_, id, kind)): ChangePath) -> Result<Markup, Problem> {
    let asked = asked(caller, &id, &kind)?;
    let park = &asked.caller.portal.park;
    let about = About::Change(asked.link);
    if let Err(refusal) = park.check_opening(&asked.caller.actor, &asked.service.key, Some(about)) {
        return Ok(cannot(&asked, refusal));
    }
    let filled = if asked.service.asks_again {
        let answers = park.answers_for(&asked.caller.actor, asked.link.case)?.answers;
        answers.map(|answers| Filled::of(asked.form.form.typed_of(&answers))).unwrap_or_default()
    } else {
        Filled::default()
    };
    Ok(form(&asked, &filled, &Errors::new()))
}

pub(super) async fn ask(caller: Caller, Path((_, id, kind)): ChangePath, posted: Posted) -> Result<Response, Problem> {
    let asked = asked(caller, &id, &kind)?;
    let actor = &asked.caller.actor;
    let filled = Filled::read(&asked.form.form.fields, &posted);
    let (value, once) = (filled.value(&asked.form.form), once::key(actor, &posted));
    let about = About::Change(asked.link);
    match asked.caller.portal.park.open_case(actor, &asked.service.key, about, &value, once).await {
        Ok(receipt) => {
            let case = Park::opened_case(&receipt).ok_or(Problem::Broken)?;
            Ok(asked.caller.done(&format!("me/cases/{case}"), "change-asked"))
        }
        Err(WorkError::Form(faults)) => {
            let errors = service_form::errors(asked.caller.language, &asked.form.form, &faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&asked, &filled, &errors)).into_response())
        }
        Err(WorkError::Refused(refusal)) => {
            let problem = Problem::from(WorkError::Refused(refusal));
            let told = problem.told(&asked.caller);
            let mut errors = Errors::new();
            errors.add_general([told.text, told.remedy].join(format::sentence_gap(asked.caller.language)));
            Ok((problem.status(), form(&asked, &filled, &errors)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn form(asked: &Asked, filled: &Filled, errors: &Errors) -> Markup {
    let (caller, l) = (&asked.caller, asked.caller.language);
    let visit = caller.visit();
    headed(&visit, asked).lead(asked.service.summary.get(l)).reading().faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        (crate::clerk::guidance(l, &asked.service))
        form method="post" novalidate {
            (visit.csrf_field())
            (once::field())
            (service_form::fields(&Asking { caller, filled, errors, alone: false, draft: None }, &asked.form.form.fields))
            (submit(Weight::Primary, &say!(l, "apply-submit")))
        }
    })
}

fn cannot(asked: &Asked, refusal: desk::Refusal) -> Markup {
    let (caller, l) = (&asked.caller, asked.caller.language);
    let visit = caller.visit();
    let told = Problem::from(WorkError::Refused(refusal)).told(caller);
    headed(&visit, asked).reading().body(html! {
        (inset(html! {
            p { strong { (say!(l, "apply-cannot")) } }
            p { (told.text) }
            @if !told.remedy.is_empty() { p { (told.remedy) } }
            @if let Some(section) = &told.section { p.hint { (format::source(l, section)) } }
        }))
    })
}

fn headed<'a>(visit: &'a Visit, asked: &Asked) -> frame::Page<'a> {
    let l = visit.language;
    let name = |service: &Service| service.name.get(l).to_owned();
    let zone = asked.caller.portal.park.zone();
    let first = cases::case(&zone.cases, asked.link.case);
    let first =
        first.and_then(|first| asked.caller.portal.park.profile.service_at(&first.service, first.service_version));
    match first {
        Some(first) => case_page(visit, asked.link.case, first.name.get(l), name(&asked.service)),
        None => page(visit, name(&asked.service)),
    }
}
