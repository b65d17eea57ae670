//! One application as the person sees it: both offices side by side, what happens next, questions to answer, what was
//! told, and everything that happened with its receipts.

use super::{changes, granted, history, may, next, page, remarks, tasks, told};
use crate::clerk::{named, stage_tag};
use crate::{Caller, Problem, casework, correspondence, dates};
use axum::extract::Path;
use base::{Actor, Bank, CaseId};
use cases::{Case, Event, Leg, LegState, Seen, Stage};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{TwoLegs, card, details, tag, timeline};
use frame::{Errors, Field, Visit, Weight, button_link, buttons, say, submit};
use park::{HistoryItem, HistoryText};
use profile::Service;

/// The longest answer that the page takes.
pub(super) const TEXT_CHARS_MAX: u32 = 4_000;

/// What was typed as an answer and could not be taken, and why.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub leg: String,
    pub answer: String,
    pub remark: String,
    pub errors: Errors,
}

/// Everything that the page's parts look into.
pub(super) struct View<'a> {
    pub caller: &'a Caller,
    pub visit: &'a Visit,
    pub zone: &'a Zone,
    pub id: CaseId,
    pub case: &'a Case,
    pub service: &'a Service,
    /// Whether what was written may be opened, as far as the rulebook lets each text through.
    pub opened: bool,
    /// Whether what was told is the reader's own, the organisation's where it applied for itself: whoever applied for
    /// somebody else sees how it stands, and that person sees it all.
    pub own: bool,
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    shown(&caller, named(&id)?, &Typed::default())
}

pub(super) fn shown(caller: &Caller, id: CaseId, typed: &Typed) -> Result<Markup, Problem> {
    shown_with(caller, id, typed, &tasks::Typed::default())
}

/// With what was typed for a task, besides.
pub(super) fn shown_with(caller: &Caller, id: CaseId, typed: &Typed, task: &tasks::Typed) -> Result<Markup, Problem> {
    let portal = &caller.portal;
    let zone = portal.park.zone();
    let actor = caller.on_case(id)?;
    let case = portal.case(&zone, &actor, id)?;
    let service = portal.park.profile.service_at(&case.service, case.service_version).ok_or(Problem::NotFound)?;
    let opened = portal.opens_texts(&zone, &actor, (id, case), Seen::Listed);
    let own = matches!(actor, Actor::Person { .. }) || cases::is_of_organisation(&zone.cases, case);
    let items = portal.park.history(&actor, id)?;
    let visit = caller.visit();
    let l = caller.language;
    let view = View { caller, visit: &visit, zone: &zone, id, case, service, opened, own: opened && own };
    Ok(page(&visit, service.name.get(l).to_owned())
        .caption(id.to_string())
        .actions(stage_tag(l, case))
        .faulty(!typed.errors.is_empty() || !task.errors.is_empty())
        .script("passkey.js")
        .body(html! {
            (typed.errors.summary(l))
            (task.errors.summary(l))
            (next::told(caller, &visit, id, case, service))
            @if just_sent(caller) { (following(&view)) }
            (granted::told(&view))
            (crate::links::linked(caller, &visit, &zone, &actor, (id, case), "me/cases"))
            (tasks::asked(&view, task))
            @for leg in asked(case) { (question(&view, leg, &items, typed)) }
            h2 { (say!(l, "own-board")) }
            (progress(&view, &items))
            (casework::board::all(portal, l, service, case))
            (dates::told(portal, &visit, &zone, case, &items))
            (remarks::section(&view, &items, typed))
            (told::told(&view, &items))
            (changes::offered(&view))
            (correspondence::of_case(caller, &visit, &zone, id))
            @if !just_sent(caller) { (following(&view)) }
            (receipts(&visit))
            (withdrawing(&view))
        }))
}

fn asked(case: &Case) -> impl Iterator<Item = &Leg> {
    case.legs.iter().filter(|leg| case.stage == Stage::Deciding && leg.state == LegState::Asked)
}

/// Both banks beside each other; a case of one office alone, or of none yet, is a plain time line.
fn progress(view: &View, items: &[HistoryItem]) -> Markup {
    let l = view.visit.language;
    let head = |leg: &Leg| casework::leg_head(&view.caller.portal, l, leg);
    let leg_of = |bank| casework::board::standing(view.case, bank);
    // Remarks have a place of their own.
    let steps = || items.iter().filter(|item| !matches!(item.event, Event::Remarked { .. }));
    match (leg_of(Bank::North), leg_of(Bank::South)) {
        (Some(north), Some(south)) => {
            let legs = TwoLegs {
                label: say!(l, "own-board-label"),
                north: head(north),
                south: head(south),
                moments: steps().map(|item| history::moment(view, item)).collect(),
            };
            html! { (legs) }
        }
        _ => html! {
            @for leg in &view.case.legs {
                @let head = head(leg);
                div.leg-alone {
                    p { strong { (head.office) } " " (tag(head.status.0, &head.status.1)) }
                    @if let Some(clock) = &head.clock { (clock) }
                }
            }
            (timeline(&steps().map(|item| history::step(view, item)).collect::<Vec<_>>()))
        },
    }
}

/// The latest question of one office, and the form that answers it.
fn question(view: &View, leg: &Leg, items: &[HistoryItem], typed: &Typed) -> Markup {
    let l = view.visit.language;
    let office = next::office_name(view.caller, &leg.office);
    let is_asked = |item: &&HistoryItem| matches!(&item.event, Event::Asked { leg: asked, .. } if *asked == leg.key);
    let asked = items.iter().rev().find(is_asked);
    let text = asked.filter(|_| view.opened).and_then(|item| match &item.text {
        HistoryText::Written(text) => Some(text.as_str()),
        HistoryText::None | HistoryText::Withheld | HistoryText::Erased => None,
    });
    let action = view.visit.href(&format!("me/cases/{}/legs/{}/answer", view.id, leg.key));
    let name = format!("answer-{}", leg.key);
    let answer = if typed.leg == leg.key.as_str() { typed.answer.as_str() } else { "" };
    html! {
        section.card id={ "question-" (leg.key) } {
            h2.card__heading { (say!(l, "own-question", office = office)) }
            @if let Some(text) = text { blockquote { p { (text) } } }
            @if may(view.caller, view.zone, (view.id, view.case), "answer_question").is_ok() {
                form method="post" action=(action) novalidate {
                    (view.visit.csrf_field())
                    (Field::new(name, say!(l, "own-answer")).hint(say!(l, "own-answer-hint")).value(answer)
                        .errors(&typed.errors).characters_max(TEXT_CHARS_MAX).long_text(5))
                    (submit(Weight::Primary, &say!(l, "own-answer-send")))
                }
            }
        }
    }
}

/// The number and the secret with which the case is followed without signing in: for those alone whom it concerns.
fn following(view: &View) -> Markup {
    let l = view.visit.language;
    let Some(secret) = view.caller.portal.park.secret_of_case(view.id).ok().filter(|_| view.own) else {
        return html! {};
    };
    let both = html! {
        p { (say!(l, "status-follow-text")) }
        dl.summary {
            div.summary__row { dt { (say!(l, "status-number")) } dd { code { (view.id) } } }
            div.summary__row { dt { (say!(l, "status-secret")) } dd { code { (secret) } } }
        }
        p { a href=(view.visit.href("status")) { (say!(l, "status-title")) } }
    };
    // Openly once, to be written down; afterwards whoever looks for it opens it.
    if just_sent(view.caller) { card(&say!(l, "status-follow"), both) } else { details(say!(l, "status-follow"), both) }
}

/// The page that a form of applying leads to.
fn just_sent(caller: &Caller) -> bool {
    let done = caller.queried("done");
    matches!(done.as_deref(), Some("case-submitted" | "applied-for-oneself" | "applied-for-organisation"))
}

/// How a downloaded receipt is checked by somebody who trusts nobody.
fn receipts(visit: &Visit) -> Markup {
    let l = visit.language;
    let steps = html! {
        p { (say!(l, "own-receipts-what")) }
        ol {
            li { (say!(l, "own-receipts-download")) }
            li { (say!(l, "own-receipts-verify")) (frame::format::sentence_gap(l)) code { "hetao verify --receipt receipt.json" } }
            li { (say!(l, "own-receipts-keys")) (frame::format::sentence_gap(l)) a href=(visit.href("log")) { (say!(l, "own-receipts-log")) } }
        }
        p { (say!(l, "own-receipts-sealed")) }
        p { (say!(l, "own-receipts-by-hash")) }
    };
    details(say!(l, "own-receipts"), steps)
}

fn withdrawing(view: &View) -> Markup {
    let l = view.visit.language;
    let open = !matches!(view.case.stage, Stage::Decided(_));
    let may = open && may(view.caller, view.zone, (view.id, view.case), "withdraw_case").is_ok();
    let href = view.visit.href(&format!("me/cases/{}/withdraw", view.id));
    html! { @if may { (buttons(button_link(Weight::Secondary, &say!(l, "own-withdraw"), &href))) } }
}
