//! One gate's screen: waits for a pass, answers in huge type, and clears itself.

use super::seen;
use crate::officer::{passes, rules};
use crate::{Caller, Posted, Problem};
use axum::extract::{Path, Query};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Instant, Key, Language, Outcome, PassageId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Tone, Verdict, details, tag, verdict};
use frame::{Shell, Visit, Weight, format, say, submit};
use park::{PastDecision, Shown};
use people::Passage;
use profile::Gate;
use std::collections::BTreeMap;

/// Whoever may pass has gone on by then, and the screen waits for the next traveller.
const PASS_CLEARS_AFTER_SECONDS: u32 = 8;
/// Whoever may not reads why, and what to do; the next pass that is shown takes its place at once.
const REFUSAL_CLEARS_AFTER_SECONDS: u32 = 60;
/// An answer's address shows nothing after this.
const SHOWN_FOR: i64 = 2 * Instant::MINUTE;
/// Presentations are some kilobytes long; whatever is longer was not made by this park.
const PRESENTATION_CHARS_MAX: u32 = 8_000;
const LATEST: usize = 8;
/// Passages shown at once, the longest on the bridge first; the others are behind a disclosure.
const PASSAGES: usize = 8;

type Asked = BTreeMap<String, String>;

/// What the screen answers, and how long the decision took, in microseconds.
struct Answered {
    past: PastDecision,
    shown: Shown,
    took: Option<u32>,
}

pub(super) async fn show(
    caller: Caller,
    Path((_, gate)): Path<(String, String)>,
    Query(query): Query<Asked>,
) -> Result<Response, Problem> {
    let zone = caller.portal.park.zone();
    let gate = seen(&caller, &zone, &gate)?;
    let answered = answered(&caller, gate, &query)?;
    let visit = caller.visit();
    let page = visit.page(gate.name.get(caller.language)).shell(Shell::Wall).without_heading().script("gate.js");
    let clears = answered.as_ref().map(|answered| clears_after(answered.shown.outcome));
    let body = page.body(screen(&caller, &visit, &zone, gate, answered)?);
    let mut response = body.into_response();
    let headers = response.headers_mut();
    // The camera of the gate's own device reads codes here, and nowhere else on the site.
    let policy = "camera=(self), microphone=(), geolocation=(), payment=()";
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(policy));
    if let Some(seconds) = clears {
        let to = format!("{seconds}; url={}", visit.href(&format!("gates/{}", gate.key)));
        if let Ok(to) = HeaderValue::try_from(to) {
            headers.insert(HeaderName::from_static("refresh"), to);
        }
    }
    Ok(response)
}

pub(super) async fn present(
    caller: Caller,
    Path((_, gate)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let zone = caller.portal.park.zone();
    let gate = seen(&caller, &zone, &gate)?;
    let text = posted.text("presentation");
    let home = caller.href(&format!("gates/{}", gate.key));
    if text.is_empty() {
        return Ok(Redirect::to(&home).into_response());
    }
    let began = std::time::Instant::now();
    let answer = caller.portal.park.present(&caller.actor, &gate.key, text, None).await?;
    let took = began.elapsed().as_micros();
    Ok(Redirect::to(&format!("{home}?entry={}&took={took}", answer.sequence)).into_response())
}

pub(super) async fn end_passage(
    caller: Caller,
    Path((_, gate, passage, how)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let gate: Key = gate.parse().map_err(|_| Problem::NotFound)?;
    let passage: PassageId = passage.parse().map_err(|_| Problem::NotFound)?;
    let arrived = match how.as_str() {
        "arrived" => true,
        "returned" => false,
        _ => return Err(Problem::NotFound),
    };
    caller.portal.park.end_passage(&caller.actor, passage, arrived).await?;
    let done = if arrived { "passage-arrived" } else { "passage-returned" };
    Ok(caller.done(&format!("gates/{gate}"), done))
}

/// The decision that the address names, where it is this gate's and was made just now.
fn answered(caller: &Caller, gate: &Gate, query: &Asked) -> Result<Option<Answered>, Problem> {
    let Some(entry) = query.get("entry").and_then(|entry| entry.parse().ok()) else { return Ok(None) };
    let park = &caller.portal.park;
    let Some(past) = park.decision_at(entry)? else { return Ok(None) };
    if past.decision.gate != gate.key || park.now().since(past.at) > SHOWN_FOR {
        return Ok(None);
    }
    let shown = park.shown(&past.decision);
    Ok(Some(Answered { past, shown, took: query.get("took").and_then(|took| took.parse().ok()) }))
}

fn screen(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    gate: &Gate,
    answered: Option<Answered>,
) -> Result<Markup, Problem> {
    let l = caller.language;
    let more = more(caller, visit, zone, gate, answered.as_ref())?;
    Ok(match answered {
        None => verdict(Verdict::Ready, &say!(l, "gate-ready"), Some(gate.name.get(l)), None, more),
        Some(Answered { shown, .. }) => {
            let (reason, remedy) = told(l, &shown);
            verdict(verdict_of(shown.outcome), &word(l, shown.outcome), Some(&reason), remedy.as_deref(), more)
        }
    })
}

fn clears_after(outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Permitted => PASS_CLEARS_AFTER_SECONDS,
        Outcome::Referred | Outcome::Refused => REFUSAL_CLEARS_AFTER_SECONDS,
    }
}

fn verdict_of(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Permitted => Verdict::Pass,
        Outcome::Referred => Verdict::Refer,
        Outcome::Refused => Verdict::Refuse,
    }
}

fn word(l: Language, outcome: Outcome) -> String {
    match outcome {
        Outcome::Permitted => say!(l, "gate-pass"),
        Outcome::Referred => say!(l, "gate-refer"),
        Outcome::Refused => say!(l, "gate-refuse"),
    }
}

/// Reason and remedy as the traveller may read them.
fn told(l: Language, shown: &Shown) -> (String, Option<String>) {
    let reason = shown.reason.as_ref().map(|reason| reason.get(l).to_owned());
    let remedy = shown.remedy.as_ref().map(|remedy| remedy.get(l).to_owned()).filter(|remedy| !remedy.is_empty());
    let plain = match shown.outcome {
        Outcome::Permitted => say!(l, "gate-pass-text"),
        Outcome::Referred => say!(l, "gate-refer-text"),
        Outcome::Refused => say!(l, "gate-refuse-text"),
    };
    (reason.unwrap_or(plain), remedy)
}

/// Below the answer: the same in the other two languages, the field for the next pass, and what goes on at the gate.
fn more(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    gate: &Gate,
    answered: Option<&Answered>,
) -> Result<Markup, Problem> {
    let l = caller.language;
    let latest = caller.portal.park.latest_decisions(&gate.key, LATEST)?;
    Ok(html! {
        @if let Some(answered) = answered {
            div.gate-others {
                @for other in Language::ALL.into_iter().filter(|other| *other != l) { (in_other(other, &answered.shown)) }
            }
            p.gate-facts {
                (facts(visit, answered))
                @if answered.shown.outcome != Outcome::Permitted {
                    " · " (say!(l, "gate-stays", seconds = REFUSAL_CLEARS_AFTER_SECONDS)) " "
                    a href=(visit.href(&format!("gates/{}", gate.key))) { (say!(l, "gate-next")) }
                }
            }
        }
        @if rules::about_gate(caller, zone, gate, "operate_gate").outcome == Outcome::Permitted {
            (scan_form(visit, gate))
        }
        div.gate-lists {
            (passages(caller, visit, zone, gate))
            (latest_list(visit, caller, &latest))
        }
        p.gate-back { a href=(visit.href("gates")) { (say!(l, "gate-back")) } }
    })
}

fn in_other(other: Language, shown: &Shown) -> Markup {
    let (reason, remedy) = told(other, shown);
    html! {
        div.gate-other lang=(other) {
            p { strong { (word(other, shown.outcome)) } }
            p { (reason) }
            @if let Some(remedy) = remedy { p { (remedy) } }
        }
    }
}

/// When it was decided, how quickly, and where the entry is in the log.
fn facts(visit: &Visit, answered: &Answered) -> Markup {
    let l = visit.language;
    let at = format::time_of_day(answered.past.at, &visit.time_zone);
    html! {
        (say!(l, "gate-decided-at", time = at))
        @if let Some(took) = answered.took {
            " · " (say!(l, "gate-took", milliseconds = format::decimal(f64::from(took) / 1_000.0, 1)))
        }
        " · " (say!(l, "gate-entry", entry = answered.past.sequence))
    }
}

/// A scanner types the code and presses Enter; a person pastes it.
fn scan_form(visit: &Visit, gate: &Gate) -> Markup {
    let l = visit.language;
    html! {
        form.gate-scan method="post" action=(visit.href(&format!("gates/{}/present", gate.key))) novalidate data-gate="scan" {
            (visit.csrf_field())
            label.govuk-label for="presentation" { (say!(l, "gate-scan")) }
            div.gate-scan__row {
                input.govuk-input #presentation name="presentation" type="text" autocomplete="off" autofocus
                    spellcheck="false" maxlength=(PRESENTATION_CHARS_MAX);
                (submit(Weight::Primary, &say!(l, "gate-scan-submit")))
                button.govuk-button.button--secondary type="button" data-gate="camera" hidden { (say!(l, "gate-camera")) }
            }
            video.gate-camera data-gate="video" hidden muted playsinline aria-label=(say!(l, "gate-camera-view")) {}
        }
    }
}

/// Everybody on this bridge, by the number of the passage alone.
fn passages(caller: &Caller, visit: &Visit, zone: &Zone, gate: &Gate) -> Markup {
    let l = visit.language;
    let here = |open: &Passage| {
        caller.portal.park.profile.gate(&open.gate).is_some_and(|began_at| began_at.bridge == gate.bridge)
    };
    let open: Vec<(PassageId, &Passage)> =
        zone.people.passages.iter().filter(|(_, passage)| here(passage)).map(|(id, passage)| (*id, passage)).collect();
    // The rule asks where a passage began and who answers for it, so it is asked once for each of these.
    let mut asked: BTreeMap<(&Key, &Key), (bool, bool)> = BTreeMap::new();
    for (_, passage) in &open {
        asked.entry((&passage.gate, &passage.office)).or_insert_with(|| {
            let may = |action| rules::may_end(caller, zone, passage, action);
            (may("complete_passage"), may("return_passage"))
        });
    }
    let may_end = |passage: &Passage| asked.get(&(&passage.gate, &passage.office)).copied().unwrap_or_default();
    let (first, rest) = open.split_at(open.len().min(PASSAGES));
    let list = |passages: &[(PassageId, &Passage)]| {
        html! {
            ul {
                @for (id, passage) in passages {
                    li {
                        span { (id) " · " (passes::direction(l, passage.direction)) " · "
                            (format::time_of_day(passage.began_at, &visit.time_zone)) }
                        (passage_forms(visit, gate, *id, may_end(passage)))
                    }
                }
            }
        }
    };
    html! {
        section.gate-list {
            h2 { (say!(l, "gate-passages")) " " span.count { (open.len()) } }
            @if open.is_empty() { p { (say!(l, "gate-no-passages")) } }
            (list(first))
            @if !rest.is_empty() { (details(say!(l, "gate-more-passages", count = rest.len()), list(rest))) }
        }
    }
}

/// Whether they arrived or came back, for whoever may record it in a gate's stead.
fn passage_forms(visit: &Visit, gate: &Gate, id: PassageId, (arrived, returned): (bool, bool)) -> Markup {
    let l = visit.language;
    let form = |how: &str, label: &str| {
        let action = visit.href(&format!("gates/{}/passages/{id}/{how}", gate.key));
        html! {
            form method="post" action=(action) {
                (visit.csrf_field())
                (submit(Weight::Secondary, label))
            }
        }
    };
    html! {
        @if arrived { (form("arrived", &say!(l, "gate-arrived"))) }
        @if returned { (form("returned", &say!(l, "gate-returned"))) }
    }
}

fn latest_list(visit: &Visit, caller: &Caller, latest: &[PastDecision]) -> Markup {
    let l = visit.language;
    html! {
        section.gate-list {
            h2 { (say!(l, "gate-latest")) }
            @if latest.is_empty() { p { (say!(l, "gate-no-latest")) } }
            ul {
                @for past in latest {
                    @let shown = caller.portal.park.shown(&past.decision);
                    li {
                        span { (format::time_of_day(past.at, &visit.time_zone)) }
                        (tag(tone(shown.outcome), &word(l, shown.outcome)))
                        @if let Some(reason) = &shown.reason { span { (reason.get(l)) } }
                    }
                }
            }
        }
    }
}

fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Permitted => Tone::Good,
        Outcome::Referred => Tone::Caution,
        Outcome::Refused => Tone::Bad,
    }
}
