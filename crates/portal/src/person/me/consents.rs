//! Consents: each purpose asked on a page of its own with its whole text, and everything that was agreed to, to be looked
//! up and withdrawn.

use super::{case_page, confirm, consents_missing, next, page};
use crate::clerk::named;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use base::{CaseId, Key, PermitId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, card, empty, inset, summary_list, warning};
use frame::{Visit, Weight, button_link, buttons, say, submit, submit_as};
use parties::Command;
use permits::Status;
use profile::Consent;

type StepPath = Path<(String, String, String)>;

/// One purpose of the application that is being confirmed.
pub(super) async fn ask(caller: Caller, Path((_, id, key)): StepPath) -> Result<Markup, Problem> {
    asked(&caller, named(&id)?, &named(&key)?, false)
}

/// Agreed to, or not: not agreeing changes nothing, and the page says what follows from it.
pub(super) async fn answer(caller: Caller, Path((_, id, key)): StepPath, posted: Posted) -> Result<Response, Problem> {
    let (id, key): (CaseId, Key) = (named(&id)?, named(&key)?);
    // The version that was read is the one that is agreed to: the text may have changed since.
    let version = posted.text("version").parse().map_err(|_| Problem::Malformed)?;
    match posted.text("answer") {
        "agree" => {
            confirm::service(&caller, id)?;
            let give = Command::GiveConsent { person: caller.person()?, consent: key, version };
            let park = &caller.portal.park;
            park.desk.command(caller.as_person()?, park.now(), give).await?;
            Ok(caller.done(&format!("me/cases/{id}/confirm"), "consent-given"))
        }
        "refuse" => Ok(asked(&caller, id, &key, true)?.into_response()),
        _ => Err(Problem::Malformed),
    }
}

fn asked(caller: &Caller, id: CaseId, key: &Key, refused: bool) -> Result<Markup, Problem> {
    let service = confirm::service(caller, id)?;
    let consent = service.consents.iter().find(|consent| consent.key == *key).ok_or(Problem::NotFound)?;
    let zone = caller.portal.park.zone();
    let person = parties::person(&zone.parties, caller.person()?).ok_or(Problem::NotFound)?;
    let given = confirm::is_given(person, consent);
    let visit = caller.visit();
    let l = caller.language;
    let back = visit.href(&format!("me/cases/{id}/confirm"));
    let purpose = say!(l, "own-consent-step", purpose = consent.purpose.get(l));
    Ok(case_page(&visit, id, service.name.get(l), purpose)
        .crumb(say!(l, "own-confirm-title"), back.as_str())
        .lead(say!(l, "own-consent-lead"))
        .reading()
        .body(html! {
            @if refused {
                (warning(&say!(l, "own-warning"), &say!(l, "own-consent-refused")))
                p { a href=(visit.href(&format!("me/cases/{id}/withdraw"))) { (say!(l, "own-submit-rather-not")) } }
                p { a href=(back) { (say!(l, "own-consent-back")) } }
            }
            (summary_list(described(caller, consent)))
            (inset(html! { p { (consent.text.get(l)) } }))
            @if given {
                p { (say!(l, "own-consent-already")) (frame::format::sentence_gap(l))
                    a href=(visit.href("me/consents")) { (say!(l, "own-consents-title")) } }
            } @else {
                form method="post" {
                    (visit.csrf_field())
                    (frame::hidden("version", &consent.version.to_string()))
                    (buttons(html! {
                        (submit_as(Weight::Primary, &say!(l, "own-consent-agree"), "answer", "agree"))
                        (submit_as(Weight::Secondary, &say!(l, "own-consent-refuse"), "answer", "refuse"))
                    }))
                }
            }
        }))
}

/// Who will use the data, for what, and which version of the text it is.
pub(super) fn described(caller: &Caller, consent: &Consent) -> Vec<SummaryRow> {
    let l = caller.language;
    vec![
        SummaryRow::new(say!(l, "own-consent-authority"), html! { (next::office_name(caller, &consent.authority)) }),
        SummaryRow::new(say!(l, "own-consent-purpose"), html! { (consent.purpose.get(l)) }),
        SummaryRow::new(say!(l, "own-consent-version"), html! { (consent.version) }),
    ]
}

/// Everything that the person agreed to.
pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let zone = caller.portal.park.zone();
    let person = parties::person(&zone.parties, caller.person()?).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, say!(l, "own-consents-title")).lead(say!(l, "own-consents-lead")).reading().body(html! {
        @if person.consents.is_empty() {
            (empty(&say!(l, "own-consents-none"), &say!(l, "own-consents-none-text"), None))
        }
        @for given in &person.consents { (given_card(&caller, &visit, given)) }
        (consents_missing::cards(&caller, &visit, &zone)?)
    }))
}

fn given_card(caller: &Caller, visit: &Visit, given: &parties::Consent) -> Markup {
    let l = visit.language;
    let known = offered(caller, &given.key);
    let heading = known.map_or_else(|| given.key.to_string(), |known| known.purpose.get(l).to_owned());
    let authority = known.map(|known| next::office_name(caller, &known.authority)).unwrap_or_default();
    let rows = vec![
        SummaryRow::new(say!(l, "own-consent-authority"), html! { (authority) }),
        SummaryRow::new(say!(l, "own-consent-given"), visit.time(given.given_at)),
        SummaryRow::new(say!(l, "own-consent-version"), html! { (given.version) }),
    ];
    let href = visit.href(&format!("me/consents/{}", given.key));
    card(
        &heading,
        html! {
            (summary_list(rows))
            // The text is shown only where it is the one that was agreed to.
            @if let Some(known) = known.filter(|known| known.version == given.version) { p { (known.text.get(l)) } }
            (buttons(button_link(Weight::Secondary, &say!(l, "own-consent-withdraw"), &href)))
        },
    )
}

pub(super) fn offered<'a>(caller: &'a Caller, key: &Key) -> Option<&'a Consent> {
    let services = caller.portal.park.profile.services.values();
    services.flat_map(|service| &service.consents).find(|consent| consent.key == *key)
}

pub(super) async fn ask_to_withdraw(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    let key: Key = named(&key)?;
    let zone = caller.portal.park.zone();
    let person = parties::person(&zone.parties, caller.person()?).ok_or(Problem::NotFound)?;
    let given = person.consents.iter().find(|given| given.key == key).ok_or(Problem::NotFound)?;
    let known = offered(&caller, &given.key);
    let visit = caller.visit();
    let l = caller.language;
    let resting = resting_on(&caller, &zone, &key)?;
    let purpose = known.map_or_else(|| key.to_string(), |known| known.purpose.get(l).to_owned());
    Ok(page(&visit, say!(l, "own-consent-withdraw-title", purpose = purpose))
        .crumb(say!(l, "own-consents-title"), visit.href("me/consents"))
        .reading()
        .body(html! {
            @if resting.is_empty() {
                p { (say!(l, "own-consent-withdraw-no-pass")) }
            } @else {
                (warning(&say!(l, "own-warning"), &say!(l, "own-consent-withdraw-passes")))
                ul { @for pass in &resting { li { (pass) } } }
                p { (say!(l, "own-consent-withdraw-again")) }
            }
            p { (say!(l, "own-consent-withdraw-past")) }
            (ways(&visit))
        }))
}

fn ways(visit: &Visit) -> Markup {
    let l = visit.language;
    html! {
        form method="post" {
            (visit.csrf_field())
            (buttons(html! {
                (submit(Weight::Grave, &say!(l, "own-consent-withdraw")))
                (button_link(Weight::Secondary, &say!(l, "own-keep"), &visit.href("me/consents")))
            }))
        }
    }
}

/// The person's valid passes that were issued by a service which asks for this consent.
fn resting_on(caller: &Caller, zone: &Zone, key: &Key) -> Result<Vec<PermitId>, Problem> {
    let profile = &caller.portal.park.profile;
    let asks =
        |permit: &permits::Permit| profile.consents_behind(&permit.issue.kind).any(|consent| consent.key == *key);
    let own = permits::of_holder(&zone.permits, caller.person()?);
    Ok(own.filter(|(_, permit)| permit.status == Status::Valid && asks(permit)).map(|(id, _)| id).collect())
}

pub(super) async fn withdraw(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Response, Problem> {
    let command = Command::WithdrawConsent { person: caller.person()?, consent: named(&key)? };
    let park = &caller.portal.park;
    park.desk.command(caller.as_person()?, park.now(), command).await?;
    Ok(caller.done("me/consents", "consent-withdrawn"))
}
