//! Consents that the person's passes and applications rest on and that are not given: withdrawn, most likely. Each can be
//! given again on a page of its own, with its whole text.

use super::consents::{described, offered};
use super::page;
use crate::clerk::named;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::Response;
use base::Key;
use cases::Stage;
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Link, Task, Tone, card, inset, summary_list};
use frame::{Visit, Weight, button_link, format, say, submit};
use parties::Command;
use permits::Status;
use profile::Consent;

/// A consent that is missing, and what waits for it, by number.
struct Missing<'a> {
    consent: &'a Consent,
    waiting: Vec<String>,
}

/// In the order in which the services ask for them. What is over waits for nothing.
fn missing<'a>(caller: &'a Caller, zone: &'a Zone) -> Result<Vec<Missing<'a>>, Problem> {
    let me = caller.person()?;
    let park = &caller.portal.park;
    let now = park.now();
    let in_time = |permit: &permits::Permit| permit.status != Status::Revoked && permit.issue.valid_until > now;
    let of_passes =
        permits::of_holder(&zone.permits, me).filter(|(_, permit)| in_time(permit)).flat_map(|(id, permit)| {
            let missing = permits::consents_missing(&zone.parties, &park.profile, me, &permit.issue.kind);
            missing.map(move |consent| (consent, id.to_string()))
        });
    let given = parties::person(&zone.parties, me).map_or(&[][..], |person| &person.consents);
    let deciding = cases::of_subject(&zone.cases, me).filter(|(_, case)| case.stage == Stage::Deciding);
    let of_cases = deciding.flat_map(|(id, case)| {
        let asked =
            park.profile.service_at(&case.service, case.service_version).map_or(&[][..], |service| &service.consents);
        let missing = asked.iter().filter(|asked| !given.iter().any(|given| given.key == asked.key));
        missing.map(move |consent| (consent, id.to_string()))
    });
    let mut all: Vec<Missing> = Vec::new();
    for (consent, waiting) in of_passes.chain(of_cases) {
        match all.iter_mut().find(|known| known.consent.key == consent.key) {
            Some(known) => known.waiting.push(waiting),
            None => all.push(Missing { consent, waiting: vec![waiting] }),
        }
    }
    Ok(all)
}

/// What the person's first page asks them to think about.
pub(super) fn tasks(caller: &Caller, visit: &Visit, zone: &Zone) -> Result<Vec<Task>, Problem> {
    let l = visit.language;
    let task = |missing: &Missing| Task {
        link: Link::new(
            say!(l, "own-task-consent", purpose = missing.consent.purpose.get(l)),
            visit.href(&again(&missing.consent.key)),
        ),
        hint: Some(waits(visit, missing)),
        status: (Tone::Caution, say!(l, "own-task-to-do")),
    };
    Ok(missing(caller, zone)?.iter().map(task).collect())
}

/// Below what was agreed to: what was not, and what waits for it.
pub(super) fn cards(caller: &Caller, visit: &Visit, zone: &Zone) -> Result<Markup, Problem> {
    let l = visit.language;
    let all = missing(caller, zone)?;
    Ok(html! {
        @if !all.is_empty() { h2 { (say!(l, "own-consents-missing")) } }
        @for missing in &all {
            (card(missing.consent.purpose.get(l), html! {
                (summary_list(described(caller, missing.consent)))
                p { (waits(visit, missing)) }
                (button_link(Weight::Primary, &say!(l, "own-consent-read"), &visit.href(&again(&missing.consent.key))))
            }))
        }
    })
}

fn again(consent: &Key) -> String {
    format!("me/consents/{consent}/again")
}

fn waits(visit: &Visit, missing: &Missing) -> String {
    let what = missing.waiting.join(format::list_gap(visit.language));
    say!(visit.language, "own-consent-waits", what = what)
}

pub(super) async fn ask(caller: Caller, Path((_, key)): Path<(String, String)>) -> Result<Markup, Problem> {
    let key: Key = named(&key)?;
    let zone = caller.portal.park.zone();
    let all = missing(&caller, &zone)?;
    let waiting = all.iter().find(|missing| missing.consent.key == key);
    let consent = waiting.map(|missing| missing.consent).or_else(|| offered(&caller, &key)).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    let purpose = say!(l, "own-consent-step", purpose = consent.purpose.get(l));
    Ok(page(&visit, purpose)
        .crumb(say!(l, "own-consents-title"), visit.href("me/consents"))
        .lead(say!(l, "own-consent-lead"))
        .reading()
        .body(html! {
            (summary_list(described(&caller, consent)))
            (inset(html! { p { (consent.text.get(l)) } }))
            @match waiting {
                Some(missing) => {
                    p { (waits(&visit, missing)) (format::sentence_gap(l)) (say!(l, "own-consent-again-follows")) }
                    form method="post" {
                        (visit.csrf_field())
                        (frame::hidden("version", &consent.version.to_string()))
                        (submit(Weight::Primary, &say!(l, "own-consent-agree")))
                    }
                }
                None => { p { (say!(l, "own-consent-nothing-waits")) } }
            }
            p { a href=(visit.href("me/consents")) { (say!(l, "own-consents-title")) } }
        }))
}

pub(super) async fn give(
    caller: Caller,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    // The version that was read is the one that is agreed to: the text may have changed since.
    let version = posted.text("version").parse().map_err(|_| Problem::Malformed)?;
    let give = Command::GiveConsent { person: caller.person()?, consent: named(&key)?, version };
    let park = &caller.portal.park;
    park.desk.command(caller.as_person()?, park.now(), give).await?;
    Ok(caller.done("me/consents", "consent-given"))
}
