//! What is asked of the applicant on legs that ask for more than an answer: to pay, to sign, to choose an appointment.

use super::case::View;
use super::signing::{self, Way};
use super::{may_on_leg, next};
use crate::{Posted, Problem};
use base::{Actor, Instant, Language, PersonId};
use cases::{Case, Leg, LegState, Stage, payment_reference, slots, undertaking};
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, details, inset, summary_list};
use frame::{Choice, Errors, Field, Weight, format, hidden, say, submit};
use profile::{AttendPlan, SignPlan, Signatory, TaskPlan};

/// The longest text that the page takes.
const TEXT_CHARS_MAX: u32 = 4_000;
/// Times that are offered on the page.
const TIMES_SHOWN: usize = 40;

/// What was typed and could not be taken, and why; the leg that it was typed for.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub leg: String,
    pub posted: Posted,
    pub errors: Errors,
    pub problem: Option<Markup>,
}

/// A card for each leg that waits for the applicant.
pub(super) fn asked(view: &View, typed: &Typed) -> Markup {
    let waits =
        |leg: &&Leg| view.case.stage == Stage::Deciding && leg.state == LegState::Open && leg.kind.is_condition();
    html! {
        @if let Some(problem) = &typed.problem { (problem) }
        @for leg in view.case.legs.iter().filter(waits) {
            @if leg.payment().is_some() { (payment(view, leg)) }
            @if leg.signing().is_some() { (signature(view, leg, typed)) }
            @if leg.attendance().is_some() { (appointment(view, leg, typed)) }
        }
    }
}

/// The legs that wait for the person: what to do, and where on the case's page.
pub(super) fn waiting<'a>(l: Language, me: PersonId, case: &'a Case) -> impl Iterator<Item = (String, &'a Leg)> + 'a {
    let open = case.legs.iter().filter(move |leg| case.stage == Stage::Deciding && leg.state == LegState::Open);
    open.filter_map(move |leg| {
        let label = if leg.payment().is_some() {
            say!(l, "own-task-pay")
        } else if let Some(signing) = leg.signing() {
            if signing.named.is_some_and(|named| named != me) {
                return None;
            }
            say!(l, "own-task-sign")
        } else if leg.attendance().is_some_and(|attendance| attendance.booked.is_none()) {
            say!(l, "own-task-choose")
        } else {
            return None;
        };
        Some((label, leg))
    })
}

fn href(view: &View, leg: &Leg, what: &str) -> String {
    view.visit.href(&format!("me/cases/{}/legs/{}/work/{what}", view.id, leg.key))
}

fn due(view: &View, leg: &Leg) -> Option<SummaryRow> {
    let l = view.visit.language;
    let due = cases::due(&view.zone.cases, &view.caller.portal.park.profile, leg);
    due.map(|due| SummaryRow::new(say!(l, "own-task-by"), html! { (format::date(l, due)) }))
}

fn payment(view: &View, leg: &Leg) -> Markup {
    let l = view.visit.language;
    let Some(payment) = leg.payment().filter(|payment| payment.settled.is_none()) else { return html! {} };
    let office = next::office_name(view.caller, &leg.office);
    let reference = payment_reference(view.id, &view.case.legs, &leg.key);
    let rows = [
        SummaryRow::new(say!(l, "work-amount-due"), html! { strong { (payment.due) } }),
        SummaryRow::new(say!(l, "work-reference"), html! { code { (reference) } }),
        SummaryRow::new(say!(l, "own-task-to"), html! { (office) }),
    ];
    html! {
        section.card id={ "task-" (leg.key) } {
            h2.card__heading { (say!(l, "own-task-pay")) }
            (summary_list(rows.into_iter().chain(due(view, leg))))
            p { (say!(l, "own-task-pay-how")) }
            @if !payment.refund_on.is_empty() { p.govuk-hint { (say!(l, "own-task-refund")) } }
        }
    }
}

fn signature(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let Some(plan) = undertaking(&view.caller.portal.park.profile, view.case, &leg.key) else { return html! {} };
    let may = may_on_leg(view.caller, view.zone, (view.id, view.case), leg, "sign_undertaking");
    let names = leg.signing().is_some_and(|signing| signing.signatory == Signatory::Named)
        && may_on_leg(view.caller, view.zone, (view.id, view.case), leg, "name_signatory").is_ok();
    let no_errors = Errors::new();
    let errors = if typed.leg == leg.key.as_str() { &typed.errors } else { &no_errors };
    html! {
        section.card id={ "task-" (leg.key) } {
            h2.card__heading { (say!(l, "own-task-sign")) }
            (summary_list(due(view, leg)))
            blockquote { @for line in plan.text.get(l).lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
            p.govuk-hint { (say!(l, "own-task-sign-version", version = plan.version)) }
            @if may.is_ok() {
                @match signing::way(view.caller) {
                    Way::Passkey => (signing::by_passkey(view.caller, view.visit, view.id, leg, plan.version, &plan.hash(l))),
                    Way::Demonstration => (plain_signature(view, leg, plan, errors)),
                    Way::None => (signing::without_passkey(view.visit)),
                }
                @let decline = html! {
                    form method="post" action=(href(view, leg, "decline")) novalidate {
                        (view.visit.csrf_field())
                        p { (say!(l, "own-task-decline-what")) }
                        (Field::new("decline-reason", say!(l, "own-task-decline-reason")).characters_max(TEXT_CHARS_MAX).long_text(3))
                        (submit(Weight::Grave, &say!(l, "own-task-decline-now")))
                    }
                };
                (details(say!(l, "own-task-decline"), decline))
            } @else {
                (not_mine(view, may))
            }
            @if names { (signatory(view, leg, typed, errors)) }
        }
    }
}

/// Somebody else signs; a delegate is told why it is not theirs to sign, and what to do.
fn not_mine(view: &View, may: Result<(), Problem>) -> Markup {
    let delegate = matches!(view.caller.on_case(view.id), Ok(Actor::Delegate { .. }));
    let told = may.err().filter(|_| delegate).map(|problem| problem.told(view.caller));
    html! {
        @if let Some(told) = told { (inset(html! { p { (told.text) } p { (told.remedy) } })) }
        @else { p { (say!(view.visit.language, "own-task-sign-other")) } }
    }
}

/// Without a passkey: for people of a demonstration, and marked so.
fn plain_signature(view: &View, leg: &Leg, plan: &SignPlan, errors: &Errors) -> Markup {
    let l = view.visit.language;
    html! {
        form method="post" action=(href(view, leg, "sign")) novalidate {
            (view.visit.csrf_field())
            (hidden("version", &plan.version.to_string()))
            (hidden("sha256", &plan.hash(l)))
            (inset(html! { p { (say!(l, "own-task-sign-demonstration")) } }))
            (Field::new("agree", say!(l, "own-task-sign-agree")).errors(errors)
                .checkboxes(&[Choice::new("yes", say!(l, "own-task-sign-read"))]))
            (submit(Weight::Primary, &say!(l, "own-task-sign-now")))
        }
    }
}

/// Somebody of the organisation, by their number: the organisation's page of people shows it.
fn signatory(view: &View, leg: &Leg, typed: &Typed, errors: &Errors) -> Markup {
    let l = view.visit.language;
    let named = leg.signing().and_then(|signing| signing.named).map(|person| person.to_string());
    let value = if typed.leg == leg.key.as_str() { typed.posted.text("signatory").to_owned() } else { String::new() };
    html! {
        @if let Some(named) = &named { p { (say!(l, "own-task-signatory-now", person = named.as_str())) } }
        form method="post" action=(href(view, leg, "signatory")) novalidate {
            (view.visit.csrf_field())
            (Field::new("signatory", say!(l, "own-task-signatory")).hint(say!(l, "own-task-signatory-hint")).value(value)
                .size(frame::Size::Short).errors(errors).text())
            (submit(Weight::Secondary, &say!(l, "own-task-signatory-name")))
        }
    }
}

fn plan<'a>(view: &'a View, leg: &Leg) -> Option<&'a AttendPlan> {
    let plan = view.service.legs.iter().find(|plan| plan.key == leg.key)?;
    match plan.task.as_ref()? {
        TaskPlan::Attend(plan) => Some(plan),
        TaskPlan::Pay(_) | TaskPlan::Sign(_) | TaskPlan::Vote(_) => None,
    }
}

fn appointment(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let Some(attendance) = leg.attendance() else { return html! {} };
    let (office, now) = (next::office_name(view.caller, &leg.office), view.caller.portal.park.now());
    let mut rows = vec![SummaryRow::new(say!(l, "own-task-to"), html! { (office) })];
    if let Some(plan) = plan(view, leg) {
        rows.push(SummaryRow::new(say!(l, "own-task-place"), html! { (plan.place.get(l)) }));
        if let Some(bring) = &plan.bring {
            rows.push(SummaryRow::new(say!(l, "own-task-bring"), html! { (bring.get(l)) }));
        }
    }
    if let Some(at) = attendance.booked {
        rows.insert(0, SummaryRow::new(say!(l, "own-task-when"), html! { strong { (view.visit.time(at)) } }));
    }
    rows.extend(due(view, leg));
    let may = may_on_leg(view.caller, view.zone, (view.id, view.case), leg, "book_appointment").is_ok();
    let changeable = attendance.booked.is_none_or(|at| now < at && attendance.changes_left > 0);
    html! {
        section.card id={ "task-" (leg.key) } {
            h2.card__heading {
                @if attendance.booked.is_some() { (say!(l, "own-task-appointment")) } @else { (say!(l, "own-task-choose")) }
            }
            (summary_list(rows))
            @if may && changeable { (times(view, leg, typed, now)) }
            @else if may { p { (say!(l, "own-task-no-change")) } }
        }
    }
}

fn times(view: &View, leg: &Leg, typed: &Typed, now: Instant) -> Markup {
    let l = view.visit.language;
    let booked = leg.attendance().and_then(|attendance| attendance.booked);
    let zone = &view.visit.time_zone;
    let free =
        slots(&view.zone.cases, &leg.office, now.plus(1)).filter(|(at, slot)| slot.is_free() && Some(*at) != booked);
    let choices: Vec<Choice> =
        free.take(TIMES_SHOWN).map(|(at, _)| Choice::new(at.to_string(), format::date_time(l, at, zone))).collect();
    let no_errors = Errors::new();
    let errors = if typed.leg == leg.key.as_str() { &typed.errors } else { &no_errors };
    let choose = html! {
        @if choices.is_empty() { p { (say!(l, "own-task-no-times")) } }
        @else {
            form method="post" action=(href(view, leg, "book")) novalidate {
                (view.visit.csrf_field())
                (Field::new("at", say!(l, "own-task-times")).errors(errors).radios(&choices))
                (submit(Weight::Primary, &say!(l, "own-task-book")))
            }
        }
    };
    html! {
        @if booked.is_some() {
            (details(say!(l, "own-task-change"), choose))
            form method="post" action=(href(view, leg, "cancel")) {
                (view.visit.csrf_field())
                (submit(Weight::Secondary, &say!(l, "own-task-cancel")))
            }
        } @else {
            (choose)
        }
    }
}
