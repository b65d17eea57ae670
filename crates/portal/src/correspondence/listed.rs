//! The letters of a case, as its page lists them.

use super::{kind_name, readable};
use crate::Caller;
use base::{CaseId, Language, LetterId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Tone, tag};
use frame::{Visit, Weight, format, say, submit};
use letters::{Delivery, Kind, Letter, Undelivered};

/// What there is, and, for whom it was written to, what can be had besides.
pub(crate) fn of_case(caller: &Caller, visit: &Visit, zone: &Zone, case: CaseId) -> Markup {
    let l = visit.language;
    let written: Vec<(LetterId, &Letter)> = letters::of_case(&zone.letters, case).collect();
    let to_be_had = to_be_had(caller, zone, case, &written);
    if written.is_empty() && to_be_had.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="letters" {
            h2 #letters { (say!(l, "letters-title")) }
            @if !written.is_empty() {
                ul.govuk-list { @for (id, letter) in &written { li { (line(caller, visit, zone, (*id, letter))) } } }
            }
            @for kind in to_be_had {
                form method="post" action=(visit.href(&format!("me/cases/{case}/letters/{}", kind.as_str()))) {
                    (visit.csrf_field())
                    (submit(Weight::Secondary, &say!(l, "letter-get", letter = kind_name(l, kind))))
                }
            }
            @if !written.is_empty() { p.govuk-hint { (say!(l, "letters-hint")) } }
        }
    }
}

/// In the reader's language, where there is none in it yet.
fn to_be_had(caller: &Caller, zone: &Zone, case: CaseId, written: &[(LetterId, &Letter)]) -> Vec<Kind> {
    let Ok(actor) = caller.on_case(case) else { return Vec::new() };
    if caller.portal.may_have_written(zone, &actor, case).is_err() {
        return Vec::new();
    }
    let has = |kind: &Kind| {
        written.iter().any(|(_, letter)| letter.issue.kind == *kind && letter.issue.language == caller.language)
    };
    caller.portal.park.letters_to_be_had(case).into_iter().filter(|kind| !has(kind)).collect()
}

fn line(caller: &Caller, visit: &Visit, zone: &Zone, (id, letter): (LetterId, &Letter)) -> Markup {
    let l = visit.language;
    let name = kind_name(l, letter.issue.kind);
    let language = say!(letter.issue.language, "own-language-name");
    html! {
        @if readable(caller, zone, id).is_ok() {
            a href=(visit.href(&format!("letters/{id}"))) download { (name) " (" (id) ", PDF)" }
        } @else {
            (name) " (" (id) ") " (tag(Tone::Neutral, &say!(l, "letter-withheld")))
        }
        (format::list_gap(l))
        span lang=(letter.issue.language.tag()) { (language) }
        (format::list_gap(l))
        (visit.time(letter.issued_at))
        @if let Some((tone, text)) = delivery(l, letter.delivery) { " " (tag(tone, &text)) }
    }
}

/// Nothing is said of what was never to be sent.
fn delivery(l: Language, delivery: Delivery) -> Option<(Tone, String)> {
    match delivery {
        Delivery::Kept => None,
        Delivery::Sent(_) => Some((Tone::Good, say!(l, "letter-sent"))),
        Delivery::Failed(Undelivered::NoAddress) => Some((Tone::Caution, say!(l, "letter-no-address"))),
        Delivery::Failed(Undelivered::Refused | Undelivered::GivenUp) => {
            Some((Tone::Bad, say!(l, "letter-not-delivered")))
        }
    }
}
